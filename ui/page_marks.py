"""Where quotes stand on the picture of a page.

The text of a document is put together from a page's characters: lines are joined, tables written row by row, page
numbers left out. So a quote is looked for among the characters again, whole or else part by part; of several like it
the one that comes as many places after the page's beginning.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.files.page_images import Glyph
from ingest.records import SourceDocument

_PARTS = re.compile(r"\||\n|<br\s*/?>")
_CLAUSES = re.compile(r"[^。；;，,：:、]+[。；;，,：:、]*")
_WIDEST_GAP = 3.0  # between neighbours in one box, in heights of theirs


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in shares of its width and height."""

    left: float
    top: float
    width: float
    height: float


def page_of(source: SourceDocument, offset: int) -> int:
    """The number of the page that an offset of the text is on, from 1; 0 where the file has no pages."""
    return bisect_right(source.pages, offset)


def quote_boxes(
    source: SourceDocument, start: int, end: int, page: int, glyphs: Sequence[Glyph]
) -> tuple[Box, ...]:
    """The boxes of what a quote has on a page, line by line; none if its words are not found there."""
    first = source.pages[page - 1]
    last = source.pages[page] if page < len(source.pages) else len(source.text)
    characters = _Characters(glyphs)
    found: list[Glyph] = []
    for begin, stop in _parts(source.text, max(start, first), min(end, last)):
        whole = characters.find(source.text, first, begin, stop)
        if not whole:
            clauses = _CLAUSES.finditer(source.text, begin, stop)
            whole = [g for c in clauses for g in characters.find(source.text, first, *c.span())]
        found += whole
    return tuple(_lines(found))


class _Characters:
    """The characters of a page as one string to look in, without spaces and differences of width."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        self._glyphs = [one for one in glyphs for _ in _fold(one.text)]
        self._letters = "".join(_fold(one.text) for one in glyphs)

    def find(self, text: str, first: int, start: int, end: int) -> list[Glyph]:
        """What stands for `text[start:end]` on the page that begins at `first`; empty if it is not found."""
        wanted = _fold(text[start:end])
        at = self._letters.find(wanted) if wanted else -1
        if at < 0:
            return []
        for _ in range(_fold(_PARTS.sub("", text[first:start])).count(wanted)):
            later = self._letters.find(wanted, at + 1)
            if later < 0:
                break
            at = later
        # One character may be several letters: Ⅳ.
        return list(dict.fromkeys(self._glyphs[at : at + len(wanted)]))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a quote between signs that only the text has."""
    at = start
    for divider in [*_PARTS.finditer(text, start, end), None]:
        stop = divider.start() if divider else end
        if text[at:stop].strip():
            yield at, stop
        at = divider.end() if divider else end


def _fold(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())


def _lines(glyphs: Sequence[Glyph]) -> Iterator[Box]:
    """One box for the neighbours on a line."""
    line: list[Glyph] = []
    for one in glyphs:
        if line and not _goes_on(line[-1], one):
            yield _box(line)
            line = []
        line.append(one)
    if line:
        yield _box(line)


def _goes_on(one: Glyph, after: Glyph) -> bool:
    height = max(one.bottom - one.top, after.bottom - after.top)
    same_line = min(one.bottom, after.bottom) - max(one.top, after.top) > height / 2
    return same_line and -height <= after.x0 - one.x1 <= _WIDEST_GAP * height


def _box(line: Sequence[Glyph]) -> Box:
    left, top = min(one.x0 for one in line), min(one.top for one in line)
    right, bottom = max(one.x1 for one in line), max(one.bottom for one in line)
    return Box(left, top, right - left, bottom - top)
