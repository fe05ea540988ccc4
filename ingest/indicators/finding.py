"""The named figures of running text, with the bound and the time that the words around them give."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ingest.anchor import Anchor
from ingest.deadlines.patterns import deadline_patterns
from ingest.indicators.figures import last_break
from ingest.indicators.names import FigureNamer, NamedFigure
from ingest.indicators.patterns import indicator_patterns
from ingest.paragraphs import Paragraph, paragraphs
from ingest.records import Indicator
from ingest.time_expressions import TimeExpression, time_expressions

_TOWARDS = re.compile("(?:截[至止])?[到至]?$")
_LONGEST_TOWARDS = 3
# What a time said before does not reach over: a contrast, and the next point of its row, which that behind 一是 is not
# where the time stands in front of the whole row.
_CONTRAST = re.compile(",(?:但|仍|却|至今|目前)")
_POINT = re.compile(
    r"[;。,:](?:(?P<first>\(1\)|①|1[.、)](?!\d)|一[是要])|\(\d{1,2}\)|[②-⑳]|\d{1,2}[.、)](?!\d)|[二三四五六七八九十]{1,2}[是要])"
)
# When a thing was found or told of is not when its figures are: 2022年督察指出的…，仍有9个; 2022年整改不到位的4项，新发现3项.
_OF_AN_EVENT = re.compile(
    r"[^,;。]{0,8}?(?:督察|巡察|回头看|整改|指出|通报|反馈|交办|移交|转办|上报|承诺)[^,;。]{0,8}的"
)
_SENTENCE_OPENING = re.compile("[^,;]{0,6}?[到至]?")


def find_indicators(
    text: str,
    start: int,
    end: int,
    anchor: Anchor,
    bounds: Sequence[tuple[int, int]] | None = None,
) -> tuple[Indicator, ...]:
    """Named figures in `text[start:end]`, in order; `bounds` as in `paragraphs`."""
    return tuple(
        indicator
        for paragraph in paragraphs(text, start, end, bounds)
        for indicator in _ParagraphReader(paragraph, anchor).read(start, end)
    )


class _ParagraphReader:
    def __init__(self, paragraph: Paragraph, anchor: Anchor) -> None:
        self._paragraph = paragraph
        self._masked = paragraph.masked
        self._anchor = anchor
        self._times = time_expressions(paragraph, anchor)
        self._stated = [one for one in self._times if not self._is_baseline(one)]
        self._heading = [one for one in self._stated if self._heads_sentence(one)]

    def read(self, first: int, last: int) -> Iterator[Indicator]:
        """Indicators whose figure lies inside the raw range `[first, last)`."""
        for named in FigureNamer(self._paragraph, self._times).named():
            start, end = self._paragraph.clip(named.start, named.end, first, last)
            if start <= named.figure.start and end == named.end:
                yield self._record(named, start, first, last)

    def _record(self, named: NamedFigure, start: int, first: int, last: int) -> Indicator:
        figure = named.figure
        date, year = self._time_of(figure.start)
        lead = self._masked[last_break(self._masked, figure.start) : figure.start]
        soft = deadline_patterns().soft.search(lead)
        return Indicator(
            name=named.name,
            value=figure.value,
            unit=figure.unit,
            comparator=_comparator(named.before, figure.after),
            wording="…".join(part for part in (named.before, figure.after) if part),
            span=self._paragraph.span(start, named.end),
            clause=self._paragraph.clause_span(start, named.end, first, last),
            date=date,
            year=year,
            soft=soft["soft"] if soft else "",
        )

    def _time_of(self, position: int) -> tuple[str, int | None]:
        """The nearest time before a figure in its sentence; else the year that heads the paragraph's last
        dated sentence, in a plan (到2025年末，…。重点建设用地…达到100%)."""
        sentence = self._sentence_start(position)
        time = self._last(self._stated, position)
        if time and time.start >= sentence and self._reaches(time, position):
            nearby = max(sentence, time.start - _LONGEST_TOWARDS)
            towards = _TOWARDS.search(self._masked, nearby, time.start)
            begin = towards.start() if towards else time.start
            return self._paragraph.written(begin, time.end), time.latest.year
        heading = self._last(self._heading, position)
        if heading and not self._anchor.reports_progress:
            return "", heading.latest.year
        return "", None

    def _reaches(self, time: TimeExpression, position: int) -> bool:
        """Whether a time is that of a figure behind it, which it is in its own clause and, often, in those after it."""
        if (
            "," not in self._masked[time.end : position]
            and ";" not in self._masked[time.end : position]
        ):
            return True
        if _CONTRAST.search(self._masked, time.end, position):
            return False
        if (point := _POINT.search(self._masked, time.end, position)) and not point["first"]:
            return False
        return _OF_AN_EVENT.match(self._masked, time.end, position) is None

    def _last(self, times: Sequence[TimeExpression], position: int) -> TimeExpression | None:
        """The last of these that ends before a position."""
        count = bisect_right(times, position, key=lambda one: one.end)
        return times[count - 1] if count else None

    def _is_baseline(self, time: TimeExpression) -> bool:
        return self._masked.endswith(("较", "比", "与", "由"), 0, time.start)

    def _heads_sentence(self, time: TimeExpression) -> bool:
        opening = (self._sentence_start(time.start), time.start)
        return (
            time.level == "year" and _SENTENCE_OPENING.fullmatch(self._masked, *opening) is not None
        )

    def _sentence_start(self, position: int) -> int:
        """Where a sentence begins, or the cell of a row."""
        return max(self._masked.rfind(mark, 0, position) for mark in "。|") + 1


def _comparator(before: str, after: str) -> str:
    """The words after a figure decide before those in front of it: 控制在40%左右 is about 40%."""
    words = indicator_patterns()
    for said in (after, before):
        if bounded := words.bounding.search(said):
            return words.symbols[bounded.group()]
    return "="
