"""What all of a kind come to: 2套 of 150吨/日 each are 300吨/日, and once every quarter is 4次 a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.composers.reckoning.figures_said import FigureSaid, figures_said
from assistant.composers.reckoning.paragraphs import paragraphs_about
from assistant.composers.tables.series import decimal_text
from assistant.composers.wording import cite, flat
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.proof.quantities import quantities
from assistant.query import Query
from assistant.search import SentenceSearch
from assistant.understanding.reckonings import asked_of_all, asked_of_period
from ingest.records import SourceDocument, Span
from prompts import phrase
from vectorstore.folding import fold

_CLAUSE = re.compile(r"[^，,；;。（）()\n\t|]+")
# 单套处理能力150吨/日, 每户补助2000元, 每月不少于200辆次.
_OF_ONE = re.compile(
    r"(?:单|每一?)(?P<one>套|台|座|户|家|辆|艘|所|人|名|条|处|组|亩|公里|口|栋|个(?!月|季)|半年|季度|个?月)"
    r"[^\d]{0,12}?(?=\d)"
)
_UNIT = re.compile(r"^[\d.,\s]+")
_AT_LEAST = re.compile(r"不少于|不低于|至少|以上")
_AT_MOST = re.compile(r"不超过|不高于|以内|以下")
_INEXACT = re.compile(r"约|左右|余|多(?=[\u4e00-\u9fff])")
# 辆次, 立方米/小时
_MORE_UNIT = re.compile(r"次|/(?:小时|分钟|[天日时分秒年月])")
# How many of one period another has.
_PERIODS = {
    ("年", "月"): 12,
    ("年", "季度"): 4,
    ("年", "半年"): 2,
    ("半年", "月"): 6,
    ("半年", "季度"): 2,
    ("季度", "月"): 3,
}


@dataclass(frozen=True, slots=True)
class OfOne:
    """A figure that a clause states for each of a kind, or for each of a period."""

    source: SourceDocument
    clause: Span
    counter: str
    thing: str
    value: Decimal
    unit: str

    @property
    def bound(self) -> str:
        text = self.clause.quote
        return "至少" if _AT_LEAST.search(text) else "最多" if _AT_MOST.search(text) else ""

    def times(self, count: Decimal | int) -> str:
        """What so many of them come to."""
        return f"{self.bound}{decimal_text(self.value * count)}{self.unit}"


class ProductComposer:
    """Multiplies what the text states for each of a kind by how many of them there are."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def blocks(self, query: Query) -> list[Block]:
        """What they come to together; nothing where one of the two figures is not sure."""
        unit, period = asked_of_all(query.text), asked_of_period(query.text)
        if unit is None and period is None:
            return []
        for source, stretch in paragraphs_about(query, self._search.find(query, query.documents)):
            for said in self._reckoned(source, stretch, unit, period):
                return [paragraph(said)]
        return []

    def _reckoned(
        self,
        source: SourceDocument,
        stretch: Span,
        unit: str | None,
        period: tuple[str, str] | None,
    ) -> Iterator[Statement]:
        stated = list(of_ones(source, stretch))
        if period is not None:
            whole, wanted = period
            own = [one for one in stated if (whole, one.counter) in _PERIODS]
            own = [one for one in own if _is_in(one.unit, wanted)]
            if len(own) == 1:
                yield self._of_period(own[0], whole)
        elif unit is not None:
            own = [one for one in stated if _is_in(one.unit, unit)]
            if len(own) == 1 and (counted := _number_of(source, stretch, own[0])) is not None:
                yield self._of_all(own[0], counted)

    def _of_all(self, each: OfOne, counted: FigureSaid) -> Statement:
        total = each.times(counted.value)
        text = phrase("product", count=counted.said, each=flat(each.clause.quote), total=total)
        spans = dict.fromkeys([counted.sentence, each.clause])
        return Statement(text, cite(self._library, each.source, *spans), computed=(text,))

    def _of_period(self, each: OfOne, whole: str) -> Statement:
        count = _PERIODS[whole, each.counter]
        text = phrase(
            "product_of_periods",
            each=flat(each.clause.quote),
            whole=f"一{'个' if whole == '季度' else ''}{whole}",
            count=f"{count}个{each.counter}",
            total=each.times(count),
        )
        return Statement(text, cite(self._library, each.source, each.clause), computed=(text,))


def of_ones(source: SourceDocument, stretch: Span) -> Iterator[OfOne]:
    """The clauses of a stretch that state one exact figure, or a bound, for each of something."""
    for match in _CLAUSE.finditer(stretch.quote):
        text = fold(match.group())
        of_one = _OF_ONE.search(text)
        if of_one is None or _INEXACT.search(text):
            continue
        own = [one for one in quantities(text) if one.start >= of_one.end() and one.unit]
        if len(own) != 1:
            continue
        unit = _UNIT.sub("", own[0].written.strip())
        if (more := _MORE_UNIT.match(text, own[0].end)) is not None and unit != "次":
            unit += more.group()
        start = stretch.start + match.start()
        yield OfOne(
            source,
            source.span(start, start + len(match.group())),
            of_one["one"].removeprefix("个") or "个",
            text[of_one.end("one") :][:2],
            own[0].value / quantities(f"1{unit}")[0].value,
            unit,
        )


def _is_in(unit: str, asked: str) -> bool:
    """Whether a figure is in the unit asked for, or is so much of it a day: 150吨/日 for 一天多少吨."""
    own, wanted = quantities(f"2{unit}")[0].unit, quantities(f"2{asked}")[0].unit
    return own == wanted or own.startswith(f"{wanted}/")


def _number_of(source: SourceDocument, stretch: Span, each: OfOne) -> FigureSaid | None:
    """How many of the kind the stretch states; None where it states none or several numbers."""
    counted = [
        one
        for one in figures_said(source, [stretch], each.counter)
        if one.unit == each.counter
        and not each.clause.covers(one.clause)
        # 个 counts anything: of the thing itself.
        and (each.counter != "个" or each.thing in one.clause.quote)
    ]
    values = {one.value for one in counted}
    return counted[0] if len(values) == 1 and counted[0].value > 1 else None
