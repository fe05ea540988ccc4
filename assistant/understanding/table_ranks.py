"""Which places of a ranking a question asks for (排头名的, 垫底的, 前三名, 倒数第二, 排第几), and which way they moved (掉了几位)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.vocabulary import wording
from ingest.numerals import parse_spoken
from ingest.records import ColumnKind, FigureRow, FigureTable

_NUMBER = r"(?P<{}>[一二两三四五六七八九十]|\d{{1,2}})"
_FIRST = re.compile(
    r"头名|头一名|排头(?!放|污)|榜首|打头阵|冠军|(?:排名?|名次|位次|名列|位列|位居)(?:在|是|为)?(?:第一(?![季批责])|首位)|第一名|第一位"
)
_LAST = re.compile(
    r"垫底|末位(?!发|淘)|最后一[名位]|倒数第一|(?:排名?|名次|位次?)(?:在|列|是)?(?:最后|最末|末尾|倒数(?![第\d一二三四五六七八九十两]))|末名"
)
# 头三个镇 are places of a ranking, 头一个秋冬 and 头一个负责的 are none.
_TOP = re.compile(
    rf"(?:排名|名次|位次|排)在?前{_NUMBER.format('foremost')}(?=的|[^\u4e00-\u9fff]|$)"
    rf"|(?:前|头){_NUMBER.format('top')}(?:[名位家]|个(?=$|[^\u4e00-\u9fff]|[是都有分各的在为谁呢吗]|[乡镇街村县区市]|地方|单位|企业|部门|园区|断面))"
)
_BOTTOM = re.compile(
    rf"(?:排名|名次|位次|排)在?(?:后|末|最后|倒数){_NUMBER.format('hindmost')}(?=的|[^\u4e00-\u9fff]|$)"
    rf"|(?:后|末|最后|倒数){_NUMBER.format('bottom')}[名位]"
)
_FROM_END = re.compile(rf"倒数第{_NUMBER.format('end')}(?!到)")
_NTH = re.compile(
    rf"(?<!倒数)(?:排|名列|位列|位居)?(?:在)?第{_NUMBER.format('nth')}[名位]|排(?:在)?第{_NUMBER.format('bare')}"
)
_WHICH_PLACE = re.compile(
    r"(?:排|列|居)(?:在|到)?(?:第几|几)|第几(?:名|位)|名次|(?:排名|位次)(?:是|为)?(?:多少|几|第几)"
)
_HOW_OFTEN = re.compile(r"(?:几|多少)[回次趟]")
_HEADS = ("排名", "名次", "位次", "排序")
_BEFORE = re.compile("上[个一]?(?:季|年|月|期|次|半|旬|周|轮)|去年|同期|前[一次期]|此前")
# 排名掉了几位, 名次升了的, 排名有变化的
_PLACE_SAID = re.compile("排名|名次|位次|排位|几[名位]|[进退]步(?=最)")
_UP = re.compile("升|提[高前]|进步|前进|往前|靠前了|涨")
_DOWN = re.compile("降|掉|下滑|后退|退步|退后|倒退|往后|靠后了|跌")
_MOVED = re.compile("变化|变动|变了|升降|进退")
_STAYED = re.compile("(?:没|没有|不|未)(?:变|动(?!静))|持平|原地")

# What is ranked is told by the matter.
_MATTERS = {
    "water": re.compile("水"),
    "air": re.compile("空气|大气|气质|pm2|pm10|优良天"),
    "noise": re.compile("噪声|声环境"),
}


@dataclass(frozen=True, slots=True)
class RankAsked:
    """The places asked for, counted from the top or `from_end`; the place of a row is asked where there are none.

    `said` are the words of the question for it; `by_quality` tells that they are of what is best, in whatever.
    """

    said: str
    first: int = 0
    last: int = 0
    from_end: bool = False
    by_quality: bool = False

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
    for name, from_end in (("best", False), ("worst", True)):
        if match := wording("tables", name).search(text):
            return RankAsked(match.group(), 1, 1, from_end, by_quality=True)
    return None


@dataclass(frozen=True, slots=True)
class RankMove:
    """Which way the places asked for have moved, or that they have not; any way where none is named. `said` is their word."""

    said: str
    up: bool
    down: bool
    stays: bool

    def holds(self, before: int, now: int) -> bool:
        """Whether something that has moved so is asked for."""
        if self.stays:
            return now == before
        if self.up != self.down:
            return now < before if self.up else now > before
        return now != before


def matters_of(text: str) -> frozenset[str]:
    """Which of the matters that places are ranked by a folded text speaks of: water, air, noise."""
    return frozenset(name for name, words in _MATTERS.items() if words.search(text))


def asked_rank_move(text: str) -> RankMove | None:
    """Which way places have moved since the ranking before, where a folded question asks that."""
    said = _PLACE_SAID.search(text)
    if said is None:
        return None
    up, down = _UP.search(text) is not None, _DOWN.search(text) is not None
    stays = _STAYED.search(text) is not None
    moves = up or down or stays or _MOVED.search(text)
    return RankMove(said.group(), up, down, stays) if moves else None


def rank_column(table: FigureTable) -> int | None:
    """The column that numbers the rows by their places, of now where there are several; None where a table ranks nothing."""
    columns = _rank_columns(table)
    return next((i for i in columns if not _is_of_before(table, i)), next(iter(columns), None))


def rank_column_of_time(table: FigureTable, text: str) -> int | None:
    """The column of places of the time that a question names: 上季度排名 where it asks for those of 上季度."""
    said = _BEFORE.search(text)
    compared = rank_columns_compared(table)
    if said is None or compared is None:
        return rank_column(table)
    words = {said.group(), *(("上年", "去年") if said.group() in ("上年", "去年", "同期") else ())}
    own = any(word in table.columns[compared[0]].name for word in words)
    return compared[0] if own else compared[1]


def rank_columns_compared(table: FigureTable) -> tuple[int, int] | None:
    """The columns of the places before and now; None where a table has not both."""
    columns = _rank_columns(table)
    before = [i for i in columns if _is_of_before(table, i)]
    now = [i for i in columns if i not in before]
    return (before[0], now[0]) if len(before) == len(now) == 1 else None


def place_in(row: FigureRow, column: int) -> int | None:
    """The place that a row has in a column of such."""
    written = "".join(row.cells[column].span.quote.split())
    return int(written) if written.isdecimal() else None


def _rank_columns(table: FigureTable) -> list[int]:
    return [
        i
        for i, one in enumerate(table.columns)
        if one.kind in (ColumnKind.NUMBER, ColumnKind.FIGURES) and one.name.endswith(_HEADS)
    ]


def _is_of_before(table: FigureTable, column: int) -> bool:
    return _BEFORE.search(table.columns[column].name) is not None


def _value(match: re.Match[str]) -> int:
    written = next(one for one in match.groups() if one)
    return parse_spoken(written) or 1
