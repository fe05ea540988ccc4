"""Points numbered within a paragraph: 一是…；二是… , 第一，…；第二，… , （1）…；（2）… , ①…②… , （i）…（ii）… , A.…；B.….

A row of marks counts only as far as it counts on from one, and a single mark is none: a figure or a reference to
another point looks the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.brackets import top_level, trim
from ingest.markers import ordinal, roman

_BEFORE = '。；;，,：:)）】〕\n\t |>\u3000"'
_BULLET = re.compile(r"(?:[—–]{2}|[•●·-][ \t\u3000]*)(?!\d{1,3}\s*[-—–])(?=[\u4e00-\u9fff\d“])")
_CIRCLED = frozenset(map(chr, range(ord("①"), ord("⑳") + 1)))  # never a part of the words


@dataclass(frozen=True, slots=True)
class Point:
    """A numbered point: where its mark begins, where its words begin, and its number as written."""

    start: int
    words: int
    number: str


# 一是 stays with the words it opens, also where its line breaks off; the others are marks in front of them.
_KINDS: tuple[tuple[re.Pattern[str], bool], ...] = (
    (re.compile(r"([一二三四五六七八九十]{1,2})\n?是(?!否)"), True),
    (re.compile(r"([一二三四五六七八九十]{1,2})要(?!求)"), True),
    (re.compile(r"第([一二三四五六七八九十]{1,2})[，,、：:]\s*"), False),
    (re.compile(r"措施\s*([一二三四五六七八九十]{1,2}|\d{1,2})[：:、]\s*"), False),
    (re.compile(r"([①-⑳])[、.．]?\s*"), False),
    (re.compile(r"[（(]\s*(\d{1,2})\s*[)）][、.．]?\s*"), False),
    (re.compile(r"[（(]\s*([ivx]{1,4}|[ⅰ-ⅻ])\s*[)）]\s*"), False),
    (
        re.compile(
            r"(?<![\d.．])(\d{1,2})(?:[)）、]|[.．](?!\d(?!\d{3}年|\d?月|\d{0,3}[家处台座户名辆口栋艘件起]|\d{0,3}个(?!月|百分点))))\s*"
        ),
        False,
    ),
    (re.compile(r"([A-H])[.．、)）]\s*(?=[\u4e00-\u9fff“])"), False),
    (re.compile(r"([a-h])[.．、)）]\s*(?=[\u4e00-\u9fff“])"), False),
)


def numbered_points(text: str, start: int, end: int, after: int = 0) -> list[Point]:
    """The points of a range by the first kind of mark that numbers at least two of them; else none.

    They begin with one, or go on with those that were read before, `after` so many.
    """
    outside = frozenset(top_level(text, start, end))
    for pattern, is_word in _KINDS:
        points = _row(
            text, list(pattern.finditer(text, start, end)), outside, after, is_word=is_word
        )
        if len(points) >= 2:
            return points
    return []


def bulleted_points(text: str, start: int, end: int) -> list[Point]:
    """The points of a range whose lines, at least two, open with the dash or dot of a list."""
    opening = (
        match
        for match in _BULLET.finditer(text, start, end)
        if not text[max(start, text.rfind("\n", start, match.start()) + 1) : match.start()].strip()
    )
    points = [Point(match.start(), match.end(), "") for match in opening]
    return points if len(points) >= 2 else []


def lined_points(text: str, start: int, end: int) -> list[Point]:
    """The lines of a range as its points, where each but the last ends in a semicolon and that in a full stop."""
    bounds: list[tuple[int, int]] = []
    begin = start
    for line in text[start:end].split("\n"):
        bounds.append(trim(text, begin, begin + len(line)))
        begin += len(line) + 1
    lines = [one for one in bounds if one[0] < one[1]]
    *above, last = [text[one[1] - 1] for one in lines] or [""]
    listed = bool(above) and set(above) <= set("；;") and last in "。；;"
    return [Point(begin, begin, "") for begin, _ in lines] if listed else []


def _row(
    text: str,
    matches: Sequence[re.Match[str]],
    outside: frozenset[int],
    after: int,
    *,
    is_word: bool,
) -> list[Point]:
    points: list[Point] = []
    for match in matches:
        before = text[match.start() - 1] if match.start() > 0 else "\n"
        begins = before in _BEFORE or match.group(1) in _CIRCLED
        value = _value(match.group(1))
        if value != after + len(points) + 1 or not begins:
            continue
        # A mark in brackets of its own (（1）) is never outside all brackets.
        if match.start() not in outside and text[match.start()] not in "（(":
            continue
        number = "".join(match.group().split()) if is_word else match.group(1)
        points.append(Point(match.start(), match.start() if is_word else match.end(), number))
    return points


def _value(number: str) -> int | None:
    """The place of a point in its row: ii, 2, ② and b are second."""
    if value := roman(number) or ordinal(number):
        return value
    is_letter = number.isascii() and number.isalpha()
    return ord(number.lower()) - ord("a") + 1 if is_letter and len(number) == 1 else None
