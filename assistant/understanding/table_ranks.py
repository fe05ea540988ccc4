"""Which places of a ranking a question asks for: 排头名的, 垫底的, 前三名, 倒数第二, 排第几."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.numerals import parse_spoken
from ingest.records import ColumnKind, FigureTable

_NUMBER = r"(?P<{}>[一二两三四五六七八九十]|\d{{1,2}})"
_FIRST = re.compile(
    r"头名|头一名|排头(?!放|污)|榜首|打头阵|冠军|(?:排|名列|位列|位居)(?:在)?(?:第一|首位)|第一名|第一位"
)
_LAST = re.compile(
    r"垫底|末位(?!发|淘)|最后一[名位]|倒数第一|(?:排|位)(?:在|列)?(?:最后|最末|末尾)|末名"
)
# 头三个镇 are places of a ranking, 头一个秋冬 and 头一个负责的 are none.
_TOP = re.compile(
    rf"(?:前|头){_NUMBER.format('top')}(?:[名位家]|个(?=$|[^\u4e00-\u9fff]|[是都有分各的在为谁呢吗]|[乡镇街村县区市]|地方|单位|企业|部门|园区|断面))"
)
_BOTTOM = re.compile(rf"(?:后|末|最后|倒数){_NUMBER.format('bottom')}[名位]")
_FROM_END = re.compile(rf"倒数第{_NUMBER.format('end')}(?!到)")
_NTH = re.compile(
    rf"(?<!倒数)(?:排|名列|位列|位居)?(?:在)?第{_NUMBER.format('nth')}[名位]|排(?:在)?第{_NUMBER.format('bare')}"
)
_WHICH_PLACE = re.compile(
    r"(?:排|列|居)(?:在|到)?(?:第几|几)|第几(?:名|位)|名次|(?:排名|位次)(?:是|为)?(?:多少|几|第几)"
)
_HOW_OFTEN = re.compile(r"(?:几|多少)[回次趟]")
_HEADS = ("排名", "名次", "位次", "排序")


@dataclass(frozen=True, slots=True)
class RankAsked:
    """The places asked for, counted from the top or `from_end`; the place of a row is asked where there are none.

    `said` are the words of the question for it.
    """

    said: str
    first: int = 0
    last: int = 0
    from_end: bool = False

    @property
    def of_row(self) -> bool:
        """Whether it is asked which place something has."""
        return not self.first

    def holds(self, place: int, size: int) -> bool:
        """Whether a place, of so many, is one of those asked for."""
        counted = size + 1 - place if self.from_end else place
        return self.first <= counted <= self.last


def asked_rank(text: str) -> RankAsked | None:
    """The places of a ranking that a folded question asks for; None where it asks for none."""
    if _HOW_OFTEN.search(text):
        return None  # how often something came to a place is no row of a ranking
    if match := _WHICH_PLACE.search(text):
        return RankAsked(match.group())
    for pattern, from_end in ((_TOP, False), (_BOTTOM, True)):
        if match := pattern.search(text):
            return RankAsked(match.group(), 1, _value(match), from_end)
    if match := _FROM_END.search(text):
        return RankAsked(match.group(), _value(match), _value(match), from_end=True)
    for pattern, from_end in ((_FIRST, False), (_LAST, True)):
        if match := pattern.search(text):
            return RankAsked(match.group(), 1, 1, from_end)
    if match := _NTH.search(text):
        return RankAsked(match.group(), _value(match), _value(match))
    return None


def rank_column(table: FigureTable) -> int | None:
    """The column that numbers the rows by their places; None where a table ranks nothing."""
    return next(
        (
            i
            for i, one in enumerate(table.columns)
            if one.kind in (ColumnKind.NUMBER, ColumnKind.FIGURES) and one.name.endswith(_HEADS)
        ),
        None,
    )


def _value(match: re.Match[str]) -> int:
    written = next(one for one in match.groups() if one)
    return parse_spoken(written) or 1
