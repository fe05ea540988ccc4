"""Which values of the columns of a table a question names, and which it leaves out: 类型为工业的, 除了雨水.

A cell may hold several (氨氮、总磷). A value counts where it sorts the rows into kinds, because it stands in several of
them, or where the question names its column too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.ledger import Reported, reported_by
from assistant.synonyms import synonyms_of
from assistant.understanding.task_columns import telling_pairs
from assistant.vocabulary import generic_words, load_words, wording
from assistant.words import cut, pairs
from ingest.records import Span
from ingest.unit_lists import names_nobody
from ingest.vocabulary import load_vocabulary
from vectorstore.folding import fold_query

_LONGEST_VALUE = 12
_SHORTEST_OWN = 2
# One pair of characters (处理) stands in many questions that do not mean the column.
_ENOUGH_PAIRS = 2
_HAVING = re.compile(r"(?:(?P<none>没有?|无)|有)(?:人|谁|单位|企业)?.{0,2}$")
# Of the rows: a column with more values does not sort them.
_MOST_VALUES = 0.5
_BETWEEN_VALUES = re.compile(r"[、，,;；/]|(?<=.{2})[和及与](?=.{2})")
_NOT_YET = re.compile("没(?!有)")
_PARTICLE = re.compile("[了过]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_OWN_BODY = re.compile(r"^[县区市省州](?=.{2,}[局委办队院]$)")
_CALENDAR = re.compile(r"\d(?:年|月|日|号)")
_LETTERS = re.compile("[a-z]{3,}")
# 劣Ⅴ类 is said as 劣五类.
_CLASS = re.compile("(ⅳ|ⅴ|ⅲ|ⅱ|ⅰ|iii|ii|iv|i|v)类")
_CLASSES = {"i": "一", "ii": "二", "iii": "三", "iv": "四", "v": "五"}
_CLASSES |= {"ⅰ": "一", "ⅱ": "二", "ⅲ": "三", "ⅳ": "四", "ⅴ": "五"}
# C级, 红牌: a grade is said without its word.
_GRADE = re.compile("(?P<own>[a-z甲乙丙丁红黄绿蓝橙])[级类档牌]")
_PLACE = re.compile(r"(?P<stem>[\u4e00-\u9fff]{2,3})(?:新?区|县|市|镇|乡|街道)")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
# 严重滞后 is 滞后 as well.
_DEGREE = re.compile("^(?:严重|轻微|明显|略有?)(?=.{2})")


@dataclass(frozen=True, slots=True)
class ColumnValue:
    """A value of a column that a question names; an `excluded` one the rows asked for must not have.

    One `within` stands among other words of a cell: 罚款 in 罚款2000元. `said` are the question's words for it, where they
    are others.
    """

    column: str
    value: str
    excluded: bool = False
    within: bool = False
    said: str = ""

    @property
    def wording(self) -> str:
        """As an answer says the condition."""
        if self.within:
            return f"{self.column}含“{self.value}”"
        if self.excluded and names_nobody(self.value):
            return f"{self.column}：有"
        return f"{self.column}{'不含' if self.excluded else '：'}{self.value}"

    def holds(self, cell: str) -> bool:
        """Whether a cell has the value, or lacks it where it is excluded."""
        if self.within:
            return self.value in fold_query(cell)
        parts = parts_of(cell)
        of_degrees = (_DEGREE.sub("", part) for part in parts)
        return (self.value in (*parts, *of_degrees)) is not self.excluded


def parts_of(cell: str) -> tuple[str, ...]:
    """The values of a cell, folded: 氨氮、总磷 has two."""
    bare = "".join(_ASIDE.sub("", fold_query(cell)).split())
    parts = [part for part in _BETWEEN_VALUES.split(bare) if part]
    return tuple(dict.fromkeys([bare, *parts])) if bare else ()


def values_named(
    text: str, columns: Mapping[str, Sequence[str]], names: Iterable[str] = ()
) -> list[ColumnValue]:
    """The values named in a folded question, given the cells of each column by its heading.

    The longest come first, so that 不属实 does not name 属实. What belongs to one of `names` names no value: 工业 of
    工业园总排口.
    """
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " " * len(name))
    sorting = {head: sorting_values(text, head, cells) for head, cells in columns.items()}
    known = [(value, head) for head, values in sorting.items() for value in values]
    found: list[ColumnValue] = []
    rest = text
    for value in sorted({value for value, _ in known}, key=lambda one: (-len(one), one)):
        heads = [head for one, head in known if one == value]
        match = (
            _said(value, rest) or _said_beside(heads, value, rest) or _of_source(heads, value, rest)
        )
        if match is None:
            continue
        excluded = wording("columns", "without").search(rest[: match.start()]) is not None
        # One value of several columns is meant in the one that the question names.
        head = max(heads, key=lambda one: len(pairs(fold_query(one)) & pairs(text)))
        said = match.group() if match.group() != value else ""
        found.append(ColumnValue(head, value, excluded, said=said))
        rest = rest[: match.start()] + " " * len(match.group()) + rest[match.end() :]
    return sorted(found, key=lambda one: text.find(one.value))


def words_within(text: str, columns: Mapping[str, Sequence[str]]) -> list[ColumnValue]:
    """Words of a folded question that some rows have in a column of remarks or results: 罚了款, 罚款2000元."""
    said = _PARTICLE.sub("", text)
    asked = " ".join([text, said, *synonyms_of(said)])
    heads = tuple(load_vocabulary("tables")["remark_heads"])
    found: list[ColumnValue] = []
    for head, cells in columns.items():
        if not head.endswith(heads):
            continue
        folded = [fold_query(cell) for cell in cells]
        found += [
            ColumnValue(head, word, within=True)
            for word in dict.fromkeys(word for cell in folded for word in cut(cell))
            if len(word) > 1
            and word in asked
            and _HAN.fullmatch(word)
            and word not in generic_words()
            and not all(word in cell for cell in folded)
        ]
    return found


def columns_filled(text: str, columns: Mapping[str, Sequence[str]]) -> list[ColumnValue]:
    """Columns that a folded question wants filled in, or left open: 有人被处理的 of 责任人被处理情况."""
    found: list[ColumnValue] = []
    for head, cells in columns.items():
        blanks = {fold_query(cell) for cell in cells if cell and names_nobody(cell)}
        told = pairs(fold_query(head)) & pairs(text)
        if not blanks or len(told) < _ENOUGH_PAIRS:
            continue
        first = min(text.index(pair) for pair in told)
        last = max(text.index(pair) for pair in told) + 2
        if having := _HAVING.search(text[:first]):
            wanted, said = having["none"] is None, text[having.start() : last]
            found += [ColumnValue(head, blank, wanted, said=said) for blank in sorted(blanks)]
    return found


def has_values(cells: Mapping[str, Span], named: Sequence[ColumnValue]) -> bool:
    """Whether a row has, of each column, one of the values named and none of those left out."""
    for column in {one.column for one in named}:
        cell = cells[column].quote if column in cells else ""
        own = [one for one in named if one.column == column]
        wanted = [one for one in own if not one.excluded]
        if wanted and not any(one.holds(cell) for one in wanted):
            return False
        if column not in cells or not all(one.holds(cell) for one in own if one.excluded):
            return False
    return True


def sorting_values(text: str, head: str, cells: Sequence[str]) -> list[str]:
    """The values by which a column sorts its rows; all of them where a question names the column."""
    rows = [parts_of(cell) for cell in cells]
    counted = Counter(part for row in rows for part in row)
    named = bool(telling_pairs(head) & pairs(text))
    # 暂不销号，延期至2026年9月底 is sorted by how it begins.
    single = {row[0] if len(row) == 1 else row[1] for row in rows if row}
    sorts = 1 < len(single) <= _MOST_VALUES * len(rows)
    sorts = sorts or (1 < len(single) < len(rows) and all(len(one) == 1 for one in single))
    # 严重滞后 sorts the rows where 滞后 does.
    degrees = {one for one in counted if _DEGREE.match(one) and counted[_DEGREE.sub("", one)]}
    return [
        value
        for value, count in counted.items()
        if len(value) <= _LONGEST_VALUE
        and re.search(r"[a-z\u4e00-\u9fff]", value)
        and (count > 1 or sorts or named or value in degrees)
        and not _CALENDAR.search(value)
    ]


def _said(value: str, text: str) -> re.Match[str] | None:
    """Where a question has a value; one of a single character only as a kind: 水类, 涉水."""
    if len(value) > 1:
        # 县水利局 is 水利局 within its county.
        bare = _OWN_BODY.sub("", value)
        found = re.search(re.escape(value), text) or re.search(
            rf"(?<![省市县区州]){re.escape(bare)}", text
        )
        # 东城 is 东城区 to those who work there.
        if (place := _PLACE.fullmatch(value)) and not found:
            found = re.search(rf"{place['stem']}(?![\u4e00-\u9fff]?[区县市镇乡村局路街])", text)
        # 没开工 is 未开工.
        found = found or re.search(re.escape(value), _NOT_YET.sub("未", text))
        found = found or re.search(_spoken(value), text) or _called(value, text)
        found = found or _said_in_letters(value, text)
        graded = _GRADE.fullmatch(value)
        return found or (_said_kind(graded["own"], text) if graded else None)
    return _said_kind(value, text)


def _said_kind(value: str, text: str) -> re.Match[str] | None:
    """Where a question has a kind of one character: 涉水, 水类, 评了D的, D的有几家."""
    one = re.escape(value)
    letter = rf"|(?<![a-z\d]){one}(?=的|等|牌|企业)" if value.isascii() else ""
    return re.search(
        rf"(?<=涉){one}|{one}(?=类|级|档|牌|方面)|(?<=[是跟和与关于]){one}(?=有关|相关|沾边|的问题|污染的|上的)"
        rf"|[评定划判](?:了|为|成|到|上|的是|是)*{one}(?![\u4e00-\u9fff]*?[色区])(?=的|$|[,，?？])"
        + letter,
        text,
    )


def _said_in_letters(value: str, text: str) -> re.Match[str] | None:
    """Where a question has what of a value is written in letters: 用SCR的, of SCR脱硝."""
    letters = _LETTERS.search(value)
    if letters is None:
        return None
    return re.search(rf"(?<![a-z\d]){letters.group()}(?![a-z\d])", text)


def _called(value: str, text: str) -> re.Match[str] | None:
    """Where a question has what people call a value, or the state that it is: 压根没那回事 for 不属实, 拖后腿 for 滞后."""
    ways: list[str] = load_words("questions")["spoken_values"].get(value, [])
    state = reported_by(value)
    # What is done is told apart further: 已销号 is no 已完成.
    is_told = state in (Reported.BEHIND, Reported.NOT_STARTED) and not _DEGREE.match(value)
    said = wording("operations", state.value).search(text) if state and is_told else None
    return next((found for one in ways if (found := re.search(one, text))), said)


def _of_source(heads: Iterable[str], value: str, text: str) -> re.Match[str] | None:
    """Where a question has what people call a source: 群众告上来的 for 群众信访."""
    if not any("来源" in head or "渠道" in head for head in heads):
        return None
    spoken: Mapping[str, Sequence[str]] = load_words("questions")["spoken_sources"]
    ways = (way for word, own in spoken.items() if word in value for way in own)
    return next((found for way in ways if (found := re.search(way, text))), None)


def _said_beside(heads: Iterable[str], value: str, text: str) -> re.Match[str] | None:
    """Where a question has what of a value its heading leaves to say: 验收方式填镇级的, of 镇级验收."""
    for head in heads:
        shared = [one for one in telling_pairs(head) & pairs(value) if one in text]
        own = next((value.replace(one, "") for one in shared if one in value), "")
        if len(own) >= _SHORTEST_OWN:
            return re.search(re.escape(own), text)
    return None


def in_written_words(said: str) -> str:
    """What people say in the words that values are written in: 省级资金 for 省里的钱."""
    return re.sub("(?<=[省市县区镇乡村])里的?", "级", said).replace("钱", "资金")


def _spoken(value: str) -> str:
    """A pattern of how people say a value."""
    levelled = re.sub(
        "(?<=[省市县区镇乡村])级", "(?:级|里的?)(?:部门|单位)?(?:来|去)?", re.escape(value)
    )
    first = levelled.replace("第一", "(?:第一|头一|首)") if value.startswith("第一") else levelled
    water = _CLASS.sub(lambda match: f"(?:{match[1]}|{_CLASSES[match[1]]})类", first)
    return water.replace("资金", "(?:资金|钱)")
