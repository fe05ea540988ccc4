"""Sheets of fields that stand side by side in plain text, line by line: 牵头单位：甲局　　　　牵头单位：乙局."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

_GAP = re.compile(r"[ \t]{4,}|[ \t]*\u3000[ \t\u3000]+")
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}(?=[:：])")
_FEWEST_ALIKE = 2
_SLACK = 4  # half characters that a line of the right sheet may begin to the left of the others


def with_sheets_apart(lines: Sequence[str]) -> list[str]:
    """The lines with each pair of such sheets one below the other; several fields of one sheet may share a line too."""
    written: list[str] = []
    for empty, group in groupby(lines, key=lambda line: not line.strip()):
        run = list(group)
        written += run if empty else _apart(run)
    return written


def _apart(lines: Sequence[str]) -> Sequence[str]:
    pieces = [list(_pieces(line)) for line in lines]
    alike = [
        one for one in pieces if len(one) == 2 and _label(one[0][1]) == _label(one[1][1]) != ""
    ]
    if len(alike) < _FEWEST_ALIKE or any(len(one) > 2 for one in pieces):
        return lines
    edge = min(one[1][0] for one in alike) - _SLACK
    words = [one for line in pieces for one in line]
    left = [text for place, text in words if place < edge]
    return [*left, "", *(text for place, text in words if place >= edge)]


def _pieces(line: str) -> Iterator[tuple[int, str]]:
    """What wide gaps part, with the place of each in half characters."""
    begin = len(line) - len(line.lstrip())
    for gap in [*_GAP.finditer(line.rstrip(), begin), None]:
        stop = gap.start() if gap else len(line.rstrip())
        yield _width(line[:begin]), line[begin:stop]
        begin = gap.end() if gap else stop


def _label(words: str) -> str:
    found = _LABEL.match(words)
    return found.group() if found else ""


def _width(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in words)
