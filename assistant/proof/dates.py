"""Dates: 2024年底 is 2024-12-31, 12月 after 2024年6月 is of that year, and 2024年12月 is no 2025年12月.

A date of a statement is borne out if the evidence sets the same day, or a day that a wider one (2024年) holds.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.draft import Evidence
from ingest.anchor import Anchor
from ingest.paragraphs import fold_paragraph
from ingest.time_expressions import TimeExpression, time_expressions

_ISO = re.compile(r"(?<!\d)((?:19|20)\d{2})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")


@dataclass(frozen=True, slots=True)
class DateCheck:
    """What became of the dates of a text.

    `missing` are those not borne out. `text` has its dates written out, and `rest`, as long, has the proven ones
    blanked.
    """

    missing: tuple[str, ...]
    text: str
    rest: str


def check_dates(text: str, evidence: Iterable[Evidence], computed: str) -> DateCheck:
    """Compare the dates of a folded text with those of its evidence."""
    evidence = tuple(evidence)
    text = _ISO.sub(lambda match: f"{match[1]}年{int(match[2])}月{int(match[3])}日", text)
    anchor = _anchor(evidence[0]) if evidence else Anchor()
    known = [
        one
        for item in evidence
        for one in _dates_around(item.document.text, item.span.start, item.span.end, _anchor(item))
    ]
    known += _dates(computed, anchor)
    known += [_day(item.document.issued) for item in evidence if item.document.issued]
    missing, rest = [], list(text)
    paragraph = fold_paragraph(text, 0, len(text))
    for one in time_expressions(paragraph, anchor):
        span = paragraph.span(one.start, one.end)
        if any(_says(one, other) for other in known):
            rest[span.start : span.end] = "\n" * (span.end - span.start)
        elif not one.year_inferred and span.quote not in computed:
            missing.append(span.quote)
    return DateCheck(tuple(missing), text, "".join(rest))


def _says(said: TimeExpression, known: TimeExpression) -> bool:
    """Whether a date said follows from one that is known."""
    if said.year_inferred:
        # Its year is not written: the month and day have to be right.
        same_end = (said.latest.month, said.latest.day) == (known.latest.month, known.latest.day)
        return same_end and said.level == known.level
    if (said.earliest, said.latest) == (known.earliest, known.latest):
        return True
    if said.edged or said.marked or said.level == "day":
        # 年底 and 12月31日, 12月底 and 12月 say the same day as a limit.
        return said.latest == known.latest and (
            said.edged or known.edged or known.marked or said.marked
        )
    return said.earliest <= known.earliest and known.latest <= said.latest


# The statements of an answer cite the same sentences, and so do the answers of a conversation.
@lru_cache(maxsize=1024)
def _dates_around(text: str, start: int, end: int, anchor: Anchor) -> tuple[TimeExpression, ...]:
    """The dates inside a quotation, read with the line before it, which may hold their year."""
    before = max(text.rfind("\n", 0, start), start - 200, 0)
    paragraph = fold_paragraph(text, before, end)
    return tuple(
        one for one in time_expressions(paragraph, anchor) if paragraph.offsets[one.start] >= start
    )


def _dates(text: str, anchor: Anchor) -> list[TimeExpression]:
    text = _ISO.sub(lambda match: f"{match[1]}年{int(match[2])}月{int(match[3])}日", text)
    return list(time_expressions(fold_paragraph(text, 0, len(text)), anchor)) if text else []


def _anchor(item: Evidence) -> Anchor:
    document = item.document
    return Anchor(document.issued, document.year, document.reports_progress)


def _day(day: dt.date) -> TimeExpression:
    return TimeExpression(0, 0, day, day, "day")
