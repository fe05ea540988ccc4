"""Serves what `DUBAN_RECORD_DIR` kept, so that a real model's replies can be judged again without the model.

    python -m evals.replay FOLDER [--port 8399]

Then point DUBAN_CHAT_BASE_URL at it. A request that was not recorded gets HTTP 404: documents, prompts, the day
and the context have to be those of the recording. The fences, which are drawn anew each time, do not count.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click

from assistant.chat.recorder import request_key
from evals.errors import RecordingError

_LARGEST_REQUEST = 4_000_000


@dataclass(frozen=True, slots=True)
class Recorded:
    """One reply as it came."""

    status: int
    content_type: str
    reply: bytes


def read_recordings(folder: Path) -> dict[str, deque[Recorded]]:
    """The recorded replies by the key of their request, in the order in which they came.

    Raises:
        RecordingError: the folder holds no recording, or one that cannot be read.
    """
    found: defaultdict[str, deque[Recorded]] = defaultdict(deque)
    for file in sorted(folder.glob("*.json")):
        try:
            row = json.loads(file.read_text(encoding="utf-8"))
            reply = str(row["reply"]).encode("utf-8")
            found[row["key"]].append(Recorded(int(row["status"]), row["content_type"], reply))
        except (OSError, ValueError, KeyError, TypeError) as exc:
            raise RecordingError(f"无法读取记录 {file}：{exc}") from exc
    if not found:
        raise RecordingError(f"{folder} 里没有记录，请先设置 DUBAN_RECORD_DIR 并提问")
    return dict(found)


class ReplayServer(ThreadingHTTPServer):
    """A chat endpoint that says again what was recorded; the last reply of a request is repeated."""

    daemon_threads = True

    def __init__(self, recordings: dict[str, deque[Recorded]], port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.recordings = recordings

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def reply_to(self, body: object) -> Recorded | None:
        replies = self.recordings.get(request_key(body))
        if not replies:
            return None
        return replies.popleft() if len(replies) > 1 else replies[0]


class _Handler(BaseHTTPRequestHandler):
    server: ReplayServer

    def do_POST(self) -> None:
        length = min(int(self.headers.get("Content-Length", 0)), _LARGEST_REQUEST)
        recorded = self.server.reply_to(json.loads(self.rfile.read(length) or b"null"))
        if recorded is None:
            message = json.dumps({"error": {"message": "没有录下这个请求"}}, ensure_ascii=False)
            recorded = Recorded(HTTPStatus.NOT_FOUND, "application/json", message.encode("utf-8"))
        self.send_response(recorded.status)
        self.send_header("Content-Type", recorded.content_type)
        self.send_header("Content-Length", str(len(recorded.reply)))
        self.end_headers()
        self.wfile.write(recorded.reply)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@click.command(help="重放 DUBAN_RECORD_DIR 里录下的对话模型回答。")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=8399, show_default=True)
def main(folder: Path, port: int) -> None:
    try:
        recordings = read_recordings(folder)
    except RecordingError as exc:
        raise click.ClickException(str(exc)) from exc
    with ReplayServer(recordings, port) as server:
        click.echo(f"DUBAN_CHAT_BASE_URL={server.url}", err=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("已停止。", err=True)


if __name__ == "__main__":
    main()
