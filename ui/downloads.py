"""Files and data by address: task lists in every form, kept conversations, and the board's rows."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from datetime import date
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response
from pydantic import BaseModel, ConfigDict

from assistant.export import Format, export_tasks
from ingest.records import SourceDocument
from ui.answer_tables import FORMS as TABLE_FORMS
from ui.answer_tables import answer_table, in_order
from ui.board import Board
from ui.conversation import Conversation
from ui.following import Following, HasDocuments
from ui.identity import user_of
from ui.papers import conversation_docx, conversation_markdown
from ui.store import ConversationStore
from ui.words import words_for

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TASK_TYPES = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.DOCX: _DOCX,
    Format.CSV: "text/csv; charset=utf-8",
    Format.ICS: "text/calendar; charset=utf-8",
    Format.JSON: "application/json",
    Format.MARKDOWN: "text/markdown; charset=utf-8",
}
_LONGEST_NAME = 40
_Paper = Callable[[str, Conversation, Sequence[SourceDocument]], bytes]
_PAPERS: dict[str, tuple[_Paper, str]] = {
    "docx": (conversation_docx, _DOCX),
    "md": (conversation_markdown, "text/markdown; charset=utf-8"),
}


class Selection(BaseModel):
    """The tasks to export, in this order, judged on a day."""

    model_config = ConfigDict(extra="forbid")

    tasks: list[str]
    as_of: date


def download_routes(
    board: Following[Board], store: ConversationStore, owner: HasDocuments
) -> APIRouter:
    """The routes; conversations are given only to the user they belong to."""
    router = APIRouter(include_in_schema=False)

    @router.get("/board/tasks.json")
    def board_rows(request: Request, as_of: date | None = None) -> Response:
        rows = board().as_json(as_of or date.today())
        if "gzip" in request.headers.get("accept-encoding", ""):
            rows, headers = gzip.compress(rows, compresslevel=1), {"content-encoding": "gzip"}
        else:
            headers = {}
        return Response(rows, media_type="application/json", headers=headers)

    @router.post("/export/tasks.{form}")
    def task_file(request: Request, form: Format, selection: Selection) -> Response:
        if form not in _TASK_TYPES:
            raise HTTPException(404, words_for(request.cookies)("no_such_format", form=form))
        rows = board().rows(selection.tasks, selection.as_of)
        content = export_tasks(rows, form, selection.as_of).content
        name = f"整改任务清单-{selection.as_of.isoformat()}.{form}"
        return _file(content, _TASK_TYPES[form], name)

    @router.get("/export/conversations/{id_}.{form}")
    def conversation_file(request: Request, id_: str, form: str) -> Response:
        kept = store.load(user_of(request), id_)
        if kept is None or form not in _PAPERS:
            raise HTTPException(404, words_for(request.cookies)("no_such_file"))
        title = store.title(user_of(request), id_)
        write, media_type = _PAPERS[form]
        sources = [document.source for document in owner.documents()]
        return _file(write(title, kept, sources), media_type, f"{title}.{form}")

    @router.get("/export/tables/{id_}/{exchange}/{index}.{form}")
    def table_file(
        request: Request, id_: str, exchange: int, index: int, form: str, order: str = ""
    ) -> Response:
        kept = store.load(user_of(request), id_)
        asked = kept.exchanges[exchange : exchange + 1] if kept and exchange >= 0 else ()
        sources = [document.source for document in owner.documents()]
        found = answer_table(asked[0].answer, index, sources) if asked else None
        if found is None or form not in TABLE_FORMS:
            raise HTTPException(404, words_for(request.cookies)("no_such_file"))
        rows = [int(row) for row in order.split(",") if row.isdecimal()]
        title = asked[0].question
        content = TABLE_FORMS[form](in_order(found, rows), title)
        return _file(content, _TASK_TYPES[Format(form)], f"{title[:_LONGEST_NAME]}.{form}")

    return router


def _file(content: bytes, media_type: str, name: str) -> Response:
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type=media_type, headers={"content-disposition": disposition})
