"""Streamed text cut into sentences, list items and table rows, each complete with its citation marks.

A sentence is handed out as soon as it is certain where it ends: marks may stand before its full stop or behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARK = re.compile(r"[\[【［]\s*\^?\s*(\d{1,3}(?:\s*[,，、;；\-–—]\s*\^?\d{1,3})*)\s*[\]】］]")
_MARKS_ONLY = re.compile(rf"(?:{_MARK.pattern}|[\s。；;.！？!?”’」』）)])+")
_TABLE_CODE = re.compile(r"[\[【［]\s*(表\s*\d{1,2})\s*[\]】］]")
_BULLET = re.compile(r"^\s*(?:[-*•·]|\d{1,2}[.、)）])\s+")
_HEADING = re.compile(r"^\s*#{1,6}\s*")
_RULE = re.compile(r"\|?[\s:|-]+\|?")
_BEGUN_MARK = re.compile(r"[\[【［]\s*\^?[\d\s,，、;；\-–—^]*")
_UNDECIDED = -1
_CLOSING = "]】］"
_STOPS = "。！？!?"
_QUOTES_AFTER = "”’」』）)"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, list item or row as the model wrote it, its marks taken out.

    `style` is paragraph, bullets, table (with its `cells`) or place, where the block called `code` goes; `line`
    counts the lines, so that sentences of one paragraph are known to belong together.
    """

    text: str
    marks: tuple[int, ...]
    style: str
    line: int
    cells: tuple[str, ...] = ()
    code: str = ""


class SentenceSplitter:
    """Cuts text that comes in pieces of any length."""

    def __init__(self) -> None:
        self._held = ""
        self._line = 0
        self._style = "paragraph"
        self._at_line_start = True

    def feed(self, piece: str) -> Iterator[Sentence]:
        """The sentences that this piece completes."""
        self._held += piece.replace("\r", "")
        while (cut := self._cut()) is not None:
            text, self._held = self._held[:cut], self._held[cut:]
            yield from self._sentence(text)

    def finish(self) -> Iterator[Sentence]:
        """What is left when the text ends, complete or not."""
        rest, self._held = self._held, ""
        yield from self._sentence(rest)

    def _cut(self) -> int | None:
        """Where the first sentence that is certainly complete ends."""
        held = self._held
        newline = held.find("\n")
        is_row = self._at_line_start and held.lstrip(" ").startswith("|")
        limit = newline if newline >= 0 else len(held)
        if not is_row:
            for position in range(limit):
                if (end := self._end_of_sentence(position, limit)) is not None:
                    return end if end != _UNDECIDED else None
        return newline + 1 if newline >= 0 else None

    def _end_of_sentence(self, position: int, limit: int) -> int | None:
        held = self._held
        character = held[position]
        if character not in _STOPS + "；;":
            return None
        before = held[:position].rstrip()
        marked = bool(before) and before[-1] in _CLOSING
        if character in "；;" and not marked:
            return None
        end = position + 1
        if marked:
            return (
                end  # at once, whatever else may come: a second full stop is dropped by `_sentence`
            )
        while end < limit and held[end] in _QUOTES_AFTER + _STOPS:
            end += 1
        return self._behind_marks(end, limit)

    def _behind_marks(self, end: int, limit: int) -> int:
        """Past marks that follow a full stop; `_UNDECIDED` as long as more of them may come."""
        complete = limit < len(self._held)
        while True:
            rest = self._held[end:limit]
            gap = len(rest) - len(rest.lstrip(" "))
            mark = _MARK.match(rest, gap)
            if mark:
                end += mark.end()
                continue
            if not rest[gap:]:
                return limit if complete else _UNDECIDED
            if not complete and _BEGUN_MARK.fullmatch(rest, gap):
                return _UNDECIDED
            return end

    def _sentence(self, raw: str) -> Iterator[Sentence]:
        starts_line, self._at_line_start = self._at_line_start, raw.endswith("\n")
        line = self._line
        self._line += raw.endswith("\n")
        if starts_line:
            self._style = "bullets" if _BULLET.match(raw) else "paragraph"
        text = _BULLET.sub("", _HEADING.sub("", raw)) if starts_line else raw
        text = text.strip()
        if not text or _MARKS_ONLY.fullmatch(text):
            return
        if starts_line and text.startswith("|"):
            yield from _row(text, line)
            return
        before, *codes = _TABLE_CODE.split(text)
        if before.strip():
            yield Sentence(plain(before), marks_of(before), self._style, line)
        for code, rest in zip(codes[::2], codes[1::2], strict=True):
            yield Sentence("", (), "place", line, code="".join(code.split()))
            if rest.strip(" 。") and not _MARKS_ONLY.fullmatch(rest):
                yield Sentence(plain(rest), marks_of(rest), self._style, line)


def _row(text: str, line: int) -> Iterator[Sentence]:
    if _RULE.fullmatch(text):
        return
    cells = [plain(cell) for cell in text.strip().strip("|").split("|")]
    if not any(cells[-1:]):
        cells = cells[:-1]  # the marks had a column of their own
    if any(cells):
        yield Sentence("", marks_of(text), "table", line, tuple(cells))


def marks_of(text: str) -> tuple[int, ...]:
    """The numbers of a text's citation marks, each once: [1][3], 【1，3】, [1-3]."""
    numbers: list[int] = []
    for group in _MARK.findall(text):
        for part in re.split(r"[,，、;；]", group):
            first, *last = re.findall(r"\d+", part)
            numbers += range(int(first), int(last[0]) + 1) if last else [int(first)]
    return tuple(dict.fromkeys(numbers))


def plain(text: str) -> str:
    """Text without marks and emphasis; a link stays visible as what it is."""
    text = re.sub(r"\*\*|__|`", "", _MARK.sub("", text))
    return re.sub(r"\s+(?=[。；;，,])", "", " ".join(text.split()))
