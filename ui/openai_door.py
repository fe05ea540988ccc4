"""Duban as a model for other chat programs: OpenAI's `/v1/models` and `/v1/chat/completions`.

Reference: https://platform.openai.com/docs/api-reference/chat. The citations stand below the answer, where any program
shows them, and as records in a field `citations` of the message.
"""

from __future__ import annotations

import json
import logging
import re
import time
import uuid
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Literal

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel

from assistant.answer import Answer, Turn
from assistant.errors import AssistantError
from ingest.records import SourceDocument
from ui.conversation import UNEXPECTED
from ui.doors import citation_record
from ui.memo import reference
from ui.protocol import Assistant
from vectorstore.errors import StoreError

logger = logging.getLogger(__name__)

MODEL = "duban"
_HEAD = "\n\n出处：\n"
_REFERENCES = re.compile(re.escape(_HEAD) + r".*", re.DOTALL)
_CORRECTED = "\n\n更正：\n\n"


class Part(BaseModel):
    """A piece of a message; only its text is read."""

    type: str
    text: str = ""


class Message(BaseModel):
    role: str
    content: str | list[Part] | None = None

    @property
    def words(self) -> str:
        if isinstance(self.content, list):
            return "".join(part.text for part in self.content)
        return self.content or ""


class Completion(BaseModel):
    """What is read of a request; sampling parameters mean nothing here and are passed over.

    `as_of` and `documents` go beyond OpenAI's: today for the question, and the paths to answer from.
    """

    messages: list[Message]
    stream: bool = False
    as_of: date | None = None
    documents: list[str] = []


def openai_routes(assistant: Assistant) -> APIRouter:
    """The two routes; every request is answered from its own messages alone."""
    router = APIRouter(prefix="/v1")

    @router.get("/models")
    def models() -> dict[str, Any]:
        model = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
        return {"object": "list", "data": [model]}

    @router.post("/chat/completions", response_model=None)
    def completions(request: Completion) -> Response:
        question, history = _question(request.messages)
        if not question.strip():
            return _error(400, "最后一条 user 消息是空的，没有可以回答的问题。")
        sources = [document.source for document in assistant.documents()]
        call = (question, history, request.as_of, tuple(request.documents))
        if request.stream:
            lines = _stream(assistant.stream(*call), sources)
            return StreamingResponse(lines, media_type="text/event-stream")
        try:
            return JSONResponse(_whole(assistant.answer(*call), sources))
        except (AssistantError, StoreError) as exc:
            logger.exception("completion could not be answered")
            return _error(400, str(exc))

    return router


def _question(messages: Sequence[Message]) -> tuple[str, tuple[Turn, ...]]:
    """The last user message, and the turns before it without the references we put below them."""
    last = max((i for i, one in enumerate(messages) if one.role == "user"), default=-1)
    if last < 0:
        return "", ()
    turns = []
    for one in messages[:last]:
        role: Literal["user", "assistant"] = "user" if one.role == "user" else "assistant"
        if one.role in ("user", "assistant") and one.words:
            turns.append(Turn(role, _REFERENCES.sub("", one.words)))
    return messages[last].words, tuple(turns)


def _whole(answer: Answer, sources: Sequence[SourceDocument]) -> dict[str, Any]:
    message = {
        "role": "assistant",
        "content": answer.text + _references(answer, sources),
        "citations": [citation_record(one) for one in answer.citations],
    }
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    usage = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
    return {**_envelope("chat.completion"), "choices": [choice], "usage": usage}


def _stream(growing: Iterator[Answer], sources: Sequence[SourceDocument]) -> Iterator[str]:
    """Server-sent events: what each partial answer adds, the references, and the end."""
    envelope = _envelope("chat.completion.chunk")
    yield _event(envelope, {"role": "assistant", "content": ""})
    sent, answer = "", Answer("")
    try:
        for answer in growing:
            if answer.text.startswith(sent):
                yield _event(envelope, {"content": answer.text[len(sent) :]})
                sent = answer.text
    except (AssistantError, StoreError) as exc:
        logger.exception("completion could not be answered")
        yield _event(envelope, {"content": str(exc)})
    except Exception:
        logger.exception("unexpected error while answering")
        yield _event(envelope, {"content": UNEXPECTED})
    # Verification may take back what a model had begun to say.
    corrected = "" if answer.text.startswith(sent) and sent == answer.text else _CORRECTED
    rest = f"{corrected}{answer.text}" if corrected else ""
    citations = [citation_record(one) for one in answer.citations]
    delta = {"content": rest + _references(answer, sources), "citations": citations}
    yield _event(envelope, delta)
    yield _event(envelope, {}, "stop")
    yield "data: [DONE]\n\n"


def _references(answer: Answer, sources: Sequence[SourceDocument]) -> str:
    by_path = {source.path: source for source in sources}
    lines = [
        f"[{one.number}] {reference(one, by_path.get(one.document))}：“{' '.join(one.quote.split())}”"
        for one in answer.citations
    ]
    return _HEAD + "\n".join(lines) if lines else ""


def _envelope(kind: str) -> dict[str, Any]:
    name = f"chatcmpl-{uuid.uuid4().hex}"
    return {"id": name, "object": kind, "created": int(time.time()), "model": MODEL}


def _event(envelope: dict[str, Any], delta: dict[str, Any], end: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": end}
    return f"data: {json.dumps({**envelope, 'choices': [choice]}, ensure_ascii=False)}\n\n"


def _error(status: int, message: str) -> JSONResponse:
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": None}
    return JSONResponse({"error": error}, status_code=status)
