"""The documents as the page lists them, and the addresses to upload, replace, delete and read them again.

An upload is the body of a request by itself rather than a form's part: it is written to the disk as it comes, and ends
where it passes the limit.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from starlette.requests import ClientDisconnect

from assistant.answer import Citation
from ingest.records import ParsedDocument, SourceDocument
from ui.accounts import Role
from ui.identity import Visitor, visitor_of
from ui.intake import Action, Intake, Job, RefusedError
from ui.words import Words, words_for

_MOST_NOTES = 50


def document_routes(intake: Intake) -> APIRouter:
    """The routes; all are for those who manage documents."""
    router = APIRouter(prefix="/documents", include_in_schema=False)

    @router.get("")
    def listed(request: Request) -> dict[str, Any]:
        visitor = _manager(request)
        say = words_for(request.cookies)
        return {
            "documents": [document_row(one, intake) for one in intake.documents()],
            "unread": [
                {"path": path, "reason": say(key, **values)}
                for path, (key, values) in intake.unread()
            ],
            "limit": intake.most_bytes,
            "mayReadAll": _may_read_all(visitor),
        }

    @router.get("/jobs")
    def jobs(request: Request) -> list[dict[str, Any]]:
        _manager(request)
        say = words_for(request.cookies)
        return [job_row(one, say) for one in intake.jobs()]

    @router.post("", status_code=202, response_model=None)
    async def upload(request: Request, name: str, replace: bool = False) -> Response:
        visitor = _manager(request)
        try:
            path, staged = intake.stage(name, _announced(request), replace=replace)
            size = 0
            try:
                with staged.open("wb") as file:
                    async for chunk in request.stream():
                        size += len(chunk)
                        if size > intake.most_bytes:
                            raise RefusedError(413, "upload_large", limit=intake.most_megabytes)
                        file.write(chunk)
                action = Action.REPLACE if replace else Action.ADD
                job = intake.submit(Job(action, path, _name(visitor), staged))
            except BaseException:
                intake.discard(staged)
                raise
        except RefusedError as exc:
            return _refusal(request, exc)
        except ClientDisconnect:
            return Response(status_code=400)
        except OSError as exc:
            why = RefusedError(507, "upload_unwritable", reason=exc.strerror or str(exc))
            return _refusal(request, why)
        return JSONResponse(job_row(job, words_for(request.cookies)), 202)

    @router.post("/read", status_code=202, response_model=None)
    def read_again(request: Request, path: str = "") -> Response:
        visitor = _manager(request)
        if not path and not _may_read_all(visitor):
            raise HTTPException(403, words_for(request.cookies)("admins_only"))
        return _submitted(request, visitor, Action.READ if path else Action.READ_ALL, path)

    @router.delete("", status_code=202, response_model=None)
    def delete(request: Request, path: str) -> Response:
        return _submitted(request, _manager(request), Action.DELETE, path)

    def _submitted(request: Request, visitor: Visitor, action: Action, path: str) -> Response:
        try:
            job = intake.submit(Job(action, path, _name(visitor)))
        except RefusedError as exc:
            return _refusal(request, exc)
        return JSONResponse(job_row(job, words_for(request.cookies)), 202)

    return router


def document_row(parsed: ParsedDocument, intake: Intake) -> dict[str, Any]:
    """What a document has become. `file` is what is replaced or deleted: the archive that it is in."""
    source = parsed.source
    confidence = source.confidence()
    return {
        "path": source.path,
        "file": intake.file_of(source.path),
        "title": source.title,
        "pages": len(source.pages),
        "passages": len(parsed.passages),
        "tasks": len(parsed.tasks),
        "obtained": source.obtained.value,
        "confidence": None if confidence is None else int(100 * confidence),
        "remarks": list(parsed.remarks),
        "review": list(parsed.notes[:_MOST_NOTES]),
        "reviewCount": len(parsed.notes),
    }


def job_row(job: Job, say: Words) -> dict[str, Any]:
    """How far a job is, in words where it failed."""
    problem = ""
    if job.problem is not None:
        key, values = job.problem
        problem = say(key, **values)
    return {
        "id": job.id,
        "action": job.action.value,
        "path": job.path,
        "by": job.by,
        "state": job.state.value,
        "page": job.page,
        "pages": job.pages,
        "problem": problem,
        "reasons": [{"path": path, "reason": why} for path, why in job.reasons],
    }


def opening(source: SourceDocument) -> Citation:
    """A citation of a document's first words, to open it by."""
    start = len(source.text) - len(source.text.lstrip())
    end = source.text.find("\n", start)
    quote = source.text[start : end if end > 0 else len(source.text)]
    page = 1 if source.pages else None
    return Citation(1, source.path, source.title, "", quote, start, start + len(quote), page)


def _manager(request: Request) -> Visitor:
    visitor = visitor_of(request)
    if not visitor.manages:
        raise HTTPException(403, words_for(request.cookies)("managers_only"))
    return visitor


def _may_read_all(visitor: Visitor) -> bool:
    return visitor.account is None or visitor.account.role is Role.ADMIN


def _name(visitor: Visitor) -> str:
    return visitor.account.name if visitor.account else ""


def _announced(request: Request) -> int | None:
    length = request.headers.get("content-length", "")
    return int(length) if length.isdecimal() else None


def _refusal(request: Request, exc: RefusedError) -> JSONResponse:
    message = words_for(request.cookies)(exc.key, **exc.values)
    return JSONResponse({"detail": message, "key": exc.key}, exc.status)
