"""The original pages by address: where quotes stand on one, and its picture."""

from __future__ import annotations

import logging
import re
from dataclasses import astuple, dataclass

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse

from ingest.errors import IngestError
from ingest.records import SourceDocument
from ui.originals import Originals
from ui.page_marks import quote_boxes
from ui.protocol import Assistant
from ui.words import words_for

logger = logging.getLogger(__name__)

_DAY_S = 24 * 3600
_QUOTE = re.compile(r"(\d{1,6}):(\d{1,9})-(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mark:
    """A box of a quote, in shares of the page."""

    number: int
    left: float
    top: float
    width: float
    height: float


def original_routes(originals: Originals, assistant: Assistant) -> APIRouter:
    """The routes; only pages of documents that were read can be asked for."""
    router = APIRouter(prefix="/originals", include_in_schema=False)

    def known(request: Request, document: str, number: int) -> SourceDocument:
        sources = (one.source for one in assistant.documents())
        source = next((one for one in sources if one.path == document), None)
        if source is None or not originals.has(source) or not 1 <= number <= len(source.pages):
            raise HTTPException(404, words_for(request.cookies)("page_missing"))
        return source

    @router.get("/{number}.webp")
    def picture(request: Request, number: int, document: str) -> FileResponse:
        source = known(request, document, number)
        try:
            file = originals.picture(source, number)
        except IngestError as exc:
            logger.warning("page %d of %r cannot be drawn: %s", number, document, exc)
            raise HTTPException(422, words_for(request.cookies)("page_not_drawn")) from exc
        headers = {"cache-control": f"private, max-age={_DAY_S}"}
        return FileResponse(file, media_type="image/webp", headers=headers)

    @router.get("/{number}.json")
    def marks(request: Request, number: int, document: str, quotes: str = "") -> list[Mark]:
        """The boxes of quotes on a page, named as `number:start-end` with commas between."""
        source = known(request, document, number)
        try:
            glyphs = originals.glyphs(source, number)
        except IngestError as exc:
            logger.warning("page %d of %r cannot be searched: %s", number, document, exc)
            return []
        return [
            Mark(quote, *astuple(box))
            for quote, start, end in _quotes(quotes)
            for box in quote_boxes(source, start, end, number, glyphs)
        ]

    return router


def _quotes(written: str) -> list[tuple[int, int, int]]:
    """Quotes as their number, start and end; what is written otherwise is none."""
    return [(int(n), int(a), int(b)) for n, a, b in _QUOTE.findall(written)]
