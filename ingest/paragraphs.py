"""Paragraphs folded for matching: half width and without white space, with the way back to the text.

Whatever reads running text (times, limits, figures) matches on the folded form, so that no pattern has
to know of full-width digits or of a line break inside a date, and takes its quotes from the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.blocks import split_blocks
from ingest.records import Span

# On each side of a word. No clause of a document is longer; the bound keeps text without punctuation cheap.
_LONGEST_CLAUSE = 2000
_FEWEST_TABS = 2  # of a row; a single one is an indent
CIRCLED_NUMBERS = frozenset(map(chr, range(ord("①"), ord("⑳") + 1)))
BLANK = "\ufffc"  # stands for a character of a title, so that no pattern can match inside

_NUMBER_AND_YEAR = re.compile(r"(?<=\d)\s(?=\s*(?:19|20)\d{2}\s*年)")
_STRONG = re.compile(r"[。;!?|]")
_TITLES = re.compile(
    r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|〈[^〈〉]*〉|<(?:[\u4e00-\u9fff]|20\d\d年)[^<>]{1,80}>"
    r"|[〔\[](?:19|20)\d\d[〕\]]|\((?:19|20)\d\d\)\d*号"
)
# Numbering, ordinals and a field's label at the head of a clause; none of them is part of what is governed.
_CLAUSE_HEAD = re.compile(
    r"(?:\(?[一二三四五六七八九十\d]{1,3}\)|\d{1,3}[.、](?=\d{4}年|\D)|[一二三四五六七八九十]{1,3}、|[①-⑳]|[^,:、]{2,14}:)?"
    r"(?:[一二三四五六七八九十]{1,2}是)?"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A folded paragraph. "Folded" offsets count its characters, "raw" ones those of `text`.

    `folded[i]` is `text[offsets[i]]` in its folded form; `masked` is `folded` with titles (《…》) and
    document numbers blanked out; `stops` are the positions of strong punctuation.
    """

    text: str
    offsets: tuple[int, ...]
    folded: str
    masked: str
    stops: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The exact words of a non-empty folded range."""
        first, last = self.offsets[start], self.offsets[end - 1] + 1
        return Span(first, last, self.text[first:last])

    def written(self, start: int, end: int) -> str:
        """The document's own characters of a folded range, without white space."""
        return "".join(self.text[i] for i in self.offsets[start:end])

    def clause(self, position: int) -> tuple[int, int]:
        """The stretch between strong punctuation around a position."""
        after = bisect_left(self.stops, position)
        start = self.stops[after - 1] + 1 if after else 0
        end = self.stops[after] if after < len(self.stops) else len(self.masked)
        return max(start, position - _LONGEST_CLAUSE), min(end, position + _LONGEST_CLAUSE)

    def clip(self, start: int, end: int, first: int, last: int) -> tuple[int, int]:
        """A folded range cut to the raw offsets `[first, last)`."""
        while start < end and self.offsets[start] < first:
            start += 1
        while end > start and self.offsets[end - 1] >= last:
            end -= 1
        return start, end

    def clause_span(self, start: int, end: int, first: int, last: int) -> Span:
        """The clause around folded `[start, end)`, without its numbering, inside raw `[first, last)`."""
        clause_start, clause_end = self.clause(start)
        clause_start, clause_end = self.clip(clause_start, max(clause_end, end), first, last)
        head = _CLAUSE_HEAD.match(self.masked, clause_start, clause_end)
        if head and head.end() <= start and head.end() < clause_end:
            clause_start = head.end()
        return self.span(min(clause_start, start), clause_end)


def paragraphs(
    text: str, start: int, end: int, bounds: Sequence[tuple[int, int]] | None = None
) -> Iterator[Paragraph]:
    """The whole paragraphs that `[start, end)` touches; context around the range tells titles and years.

    `bounds` are the paragraphs of the text where the caller knows them; without them the lines around the
    range are joined as `ingest.blocks` does.
    """
    if bounds is None:
        first = text.rfind("\n", 0, start) + 1
        last = text.find("\n", end)
        last = len(text) if last < 0 else last
        bounds = [(first + b.start, first + b.end) for b in split_blocks(text[first:last])]
    for begin, finish in bounds:
        if begin < end and finish > start:
            yield fold_paragraph(text, begin, finish)


def fold_paragraph(text: str, start: int, end: int) -> Paragraph:
    """Fold `text[start:end]`. A character whose folded form is longer than one keeps its own form.

    The tabs of a row become the bars of one: a figure at the end of a cell takes nothing from the next. So does a
    blank between a number and a year (任务8　2022年…), which are no 82022.
    """
    in_row = text.count("\t", start, end) >= _FEWEST_TABS
    bars = {one.start() for one in _NUMBER_AND_YEAR.finditer(text, start, end)}
    bars |= {i for i in range(start, end) if in_row and text[i] == "\t"}
    offsets = tuple(
        i for i in range(start, end) if i in bars or (not text[i].isspace() and text[i] != "\u200b")
    )
    folded = "".join("|" if i in bars else text[i] for i in offsets).translate(_FOLDED)
    masked = _TITLES.sub(lambda title: BLANK * len(title.group()), folded)
    stops = tuple(mark.start() for mark in _STRONG.finditer(masked))
    return Paragraph(text, offsets, folded, masked, stops)


class _FoldTable(dict[int, str]):
    """A `str.translate` table that works out each character's form when it is first met."""

    def __missing__(self, code: int) -> str:
        form = self[code] = _fold(chr(code))
        return form


_FOLDED = _FoldTable()


def _fold(character: str) -> str:
    if character in CIRCLED_NUMBERS:
        return character  # ①2027年 is no year 12027.
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 and not folded.isspace() else character
