"""Numbering of Chinese official documents and labels of task fields.

GB/T 9704 has 一、 （一） 1. （1）; offices add 壹、 Ⅰ 甲、 A. a) ①, name their tasks (任务3) or mark them (▲).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.numerals import parse_number
from ingest.vocabulary import load_vocabulary

CHINESE_NUMERAL = "[一二三四五六七八九十百零〇]{1,5}"

RANK_ARTICLE = 3.2
RANK_PARAGRAPH = 4
RANK_TASK = 4.6
RANK_ITEM = 5
_RANK_ROMAN_PART, _RANK_LETTER, _RANK_ROMAN_POINT = 2.9, 6.5, 7.5

# What puts a task by its name: 任务3, ▲任务九, 问题二：, ■第3项, 第三个问题：.
_TASK_MARK = r"[☆★◇◆△▲○●□■※【〔]?\s*"
_BULLET = r"(?:[☆★◇◆△▲○●□■※]\s*)?"
_BEHIND_NAME = r"(?:[、：:．.】〕]\s*|\s+|(?=[（(“《])|$)"
_TASK_NAME = (
    rf"{_TASK_MARK}(?:整改)?(?:任务|问题|事项)\s*(\d{{1,3}}|{CHINESE_NUMERAL}){_BEHIND_NAME}"
)
_TASK_ORDINAL = (
    rf"{_TASK_MARK}第(\d{{1,3}}|{CHINESE_NUMERAL})(?:[项号]|个(?=问题|任务))"
    rf"(?:整改)?(?:任务|问题|事项)?(?:[，,]|{_BEHIND_NAME})"
)
_NUMBERED_AGAIN = re.compile(rf"(?:任务|问题|事项)(?:\d{{1,3}}|{CHINESE_NUMERAL})[：:]\s*")
# 一、整改任务：粉尘治理
_CALLED = re.compile(r"(?:整改|重点)(?:任务|问题|事项)[：:]\s*(?=\S)")
# A line of its own in brackets groups the tasks below it: 【共性问题】.
_GROUP = re.compile(r"【([^【】:：]{2,20})】")
RANK_GROUP = _RANK_CLASS = 4.55

# What stands behind a second digit where that begins a number of its own.
_WHOLE_ONLY = r"\d{0,2}(?:号|家|户|处|座|辆|名|个(?!百分|月|点))"

# The mark of an item whose text begins with a number: 3.5号锅炉 is item 3.
MARK_BEFORE_A_NUMBER = re.compile(rf"(?m)^(\s*\d{{1,3}})[.．](?=\d{_WHOLE_ONLY})")

# Rank orders the kinds: a marker of a lower rank closes all sections of the same or a higher rank.
# A block may fit several; the outline takes the first that its numbering bears out.
_PATTERNS: tuple[tuple[float, str], ...] = (
    (1, rf"第({CHINESE_NUMERAL}|\d{{1,2}})(?:部分|章|编)[、：: 　]?"),
    (_RANK_ROMAN_PART, r"([壹贰叁肆伍陆柒捌玖拾])(?:[、．.:： ]|　)\s*"),
    (_RANK_ROMAN_PART, r"([Ⅰ-Ⅻ])(?!类|级|期|类水|[-－—–])[、．.]?\s*"),
    (_RANK_ROMAN_PART, r"([IVX]{1,4})(?:[、．.]\s*|\s+)(?=[\u4e00-\u9fff])"),
    (3, rf"({CHINESE_NUMERAL})[、．.]"),
    # Articles of a notice: 第八条, 第八条之一; 第八条规定… goes on as a sentence.
    (
        RANK_ARTICLE,
        rf"第({CHINESE_NUMERAL}|\d{{1,3}})条(?:之{CHINESE_NUMERAL})?(?:[ \u3000]+|(?=【))",
    ),
    # 第一批　2026年底前完成的问题
    (3.4, rf"第({CHINESE_NUMERAL})(?:批次?|类|组)(?:[、：:]\s*|[ \u3000]+)(?=[^。；;]{{2,40}}$)"),
    (3.5, r"([甲乙丙丁戊己庚辛壬癸])、"),
    (4, rf"[（(]\s*({CHINESE_NUMERAL})\s*[)）][、．.]?"),
    (4, r"([㈠-㈩])"),
    # A number is no item when digits follow the dot (1.5万吨), unless they are a year or a month (1.2023年底前…) or
    # stand before what is never counted by tenths (1.2号生产线, 3.8个工地).
    (RANK_TASK, _TASK_NAME),
    (RANK_TASK, _TASK_ORDINAL),
    # The line that numbers a sheet of fields: 销号卡（一）, 交办单（2）.
    (
        RANK_TASK,
        rf"[\u4e00-\u9fff]{{0,6}}(?:卡片?|(?<!清)单)\s*[（(](\d{{1,3}}|{CHINESE_NUMERAL})[)）]$",
    ),
    # Codes of an office's own, TX-01.
    (4.7, r"[【\[〔]([A-Z]{1,4}[-－—–]?\d{1,2})[】\]〕]\s*"),
    (4.7, r"([A-Z]{1,4}[-－—–]\d{1,2})(?:[、：:]\s*|\s+)(?=[\u4e00-\u9fff\d“])"),
    (4.7, r"([A-Z]\d{1,2})(?:[、：:．]\s*|[ \u3000]+)(?=[\u4e00-\u9fff“A-Z\d])"),
    (_RANK_CLASS, r"([A-Z])类(?:[、：:]\s*|\s+)(?=[\u4e00-\u9fff])"),
    (4.7, r"([Ⅰ-Ⅻ][-－—–]\d{1,2})\s*"),
    (4.7, r"(\d{1,2}[-－—–]\d{1,2})[、.．]?[ \u3000]+(?=[\u4e00-\u9fff“])(?![年月日个项号时点])"),
    (4.8, r"([A-Z])[.．、]\s*(?=[\u4e00-\u9fff“])"),
    (5, rf"{_BULLET}(\d{{1,3}})\s*(?:、|[.．](?!\d(?!\d{{3}}年|\d?月|{_WHOLE_ONLY})))"),
    (5, r"([⒈-⒛])"),
    # 1 压实责任: a number and a space, which only its place in the row and a short line tell from a figure.
    (
        5,
        r"(\d{1,2})[ \u3000]+(?![个项条家处座名次台辆吨月日年号户亩件套人万亿元米天])(?=[\u4e00-\u9fff][^。；;：:，,\t]{3,30}$|(?:任务|问题|事项)[一二三四五六七八九十\d]{1,3}[：:])",
    ),
    (6, r"[（(]\s*(\d{1,2})\s*[)）][、．.]?"),
    (6, r"[【\[〔]\s*(\d{1,2})\s*[】\]〕][、．.]?\s*"),
    (6, r"([⑴-⒇])"),
    (6, r"(\d{1,2})[)）]"),
    (_RANK_LETTER, r"[（(]?([a-z])[)）]\s*(?=[\u4e00-\u9fff“])"),
    (7, r"([①-⑳])"),
    (_RANK_ROMAN_POINT, r"[（(]([ivx]{1,4})[)）]\s*"),
    (_RANK_ROMAN_POINT, r"[（(]?([ⅰ-ⅻ])[)）.．、]\s*"),
)
# Written in another script than digits or Chinese numerals; the value is the place in the row.
_SERIES = ("壹贰叁肆伍陆柒捌玖拾", "甲乙丙丁戊己庚辛壬癸", "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
# Numbers that are one character with their circle, brackets or dot: ① ⑴ ⒈ ㈠.
_SINGLE_CHARACTERS = frozenset(
    chr(code)
    for first, last in ("①⑳", "⑴⒇", "⒈⒛", "㈠㈩")
    for code in range(ord(first), ord(last) + 1)
)
# 1.1, 1.1.2: as long as no unit or date follows. Only the outline can tell them from a figure (1.5公里).
_NESTED = re.compile(
    r"(?:#{1,6}\s+)?(\d{1,2}(?:[.．]\d{1,2}){1,3})(?!\d|[.．]\d|\s*[%％℃万亿前月])[、.．]?\s*"
)
_LIMIT_FOLLOWS = (
    r"(?:为|是)?(?=\d{2,4}年|\d{1,2}月|[上下]半年|[一二三四]季度|年底|立行立改|立即|长期|持续|常态)"
)
_LEADER_FOLLOWS = (
    r"[均都]?(?:为|是|由)(?=[\u4e00-\u9fff·、，]{2,24}(?:[。；;\n]|$|(?<=[，均于])\d))"
)
# What Markdown and word processors put before the items of a list.
_BULLETS = "-•·●→➢ \u3000"
_LONGEST_SPREAD = 4
_HEADING = re.compile(r"(#{1,6})\s+")


@dataclass(frozen=True, slots=True)
class Marker:
    """A numbering mark at the start of a block: its rank, its number, and how many characters it takes."""

    rank: float
    number: str
    written: str
    length: int


# The names by which the document being read puts its tasks, set for as long as it is parsed: 央督1：, 省督2：.
_own_names: ContextVar[tuple[str, ...]] = ContextVar("own_names", default=())


@contextmanager
def with_own_names(names: Sequence[str]) -> Iterator[None]:
    """Read names of a document's own, followed by a number, as marks of tasks."""
    token = _own_names.set(tuple(sorted(names, key=len, reverse=True)))
    try:
        yield
    finally:
        _own_names.reset(token)


@lru_cache(maxsize=16)
def _own_name(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"{_TASK_MARK}((?:{'|'.join(map(re.escape, names))})\d{{1,3}})[、：:．.　 ]\s*"
    )


@cache
def _compiled() -> tuple[tuple[float, re.Pattern[str]], ...]:
    return tuple((rank, re.compile(pattern)) for rank, pattern in _PATTERNS)


def find_marker(text: str) -> Marker | None:
    """The numbering mark a block begins with, or None. A Markdown heading is a mark with or without a number."""
    return next(find_markers(text), None)


def find_markers(text: str) -> Iterator[Marker]:
    """Every way to read the beginning of a block as a numbering mark: i) goes on from h), or is the first."""
    heading = _HEADING.match(text)
    offset = heading.end() if heading else 0
    named = ((RANK_TASK, _own_name(_own_names.get())),) if _own_names.get() else ()
    for rank, pattern in (*named, *_compiled()):
        if match := pattern.match(text, offset):
            # （一）问题一：… is numbered twice; the words begin behind both.
            may_again = rank < RANK_TASK or rank == RANK_ITEM
            again = _NUMBERED_AGAIN.match(text, match.end()) if may_again else None
            if rank < RANK_PARAGRAPH and again is None:
                again = _CALLED.match(text, match.end())
            end = again.end() if again else match.end()
            yield Marker(rank, match.group(1), match.group().strip(), end)
    if (group := _GROUP.fullmatch(text)) and heading_role(group.group(1)) is None:
        yield Marker(RANK_GROUP, "", "", 0)
    if heading:
        # Unnumbered Markdown headings rank above 一、 and among themselves by the number of #.
        yield Marker(2 + len(heading.group(1)) / 10, "", "", heading.end())


def needs_sequence(marker: Marker) -> bool:
    """Whether the mark may as well be words (甲、乙两厂; 第三项，因故延期), so that only its place in a row tells."""
    number = marker.number
    if marker.written.endswith(("，", ",")):
        return True
    return (number != "" and number in "".join(_SERIES)) or (number.isascii() and number.isalpha())


def find_nested_marker(text: str) -> Marker | None:
    """A mark such as 1.1 or 1.1.2, which ranks below 1. and above （1）. It may be a figure instead."""
    match = _NESTED.match(text)
    if match is None:
        return None
    depth = len(numbers(match.group(1)))
    written = match.group().lstrip("#").strip()
    return Marker(RANK_ITEM + (depth - 1) / 10, match.group(1), written, match.end())


def numbers(number: str) -> tuple[int | None, ...]:
    """The values of a marker's number, level by level: 1.12 → 1, 12."""
    return tuple(ordinal(part) for part in re.split("[.．]", number))


def ordinal(number: str) -> int | None:
    """The value of a marker's number: 十五 → 15, ③ → 3."""
    if len(number) == 1 and number in _SINGLE_CHARACTERS:
        return int(unicodedata.numeric(number))
    for series in _SERIES:
        if len(number) == 1 and number in series:
            return series.index(number) + 1
    return parse_number(number)


def roman(number: str) -> int | None:
    """The value of a Roman numeral in small Latin letters, up to xii; None for anything else."""
    return _ROMAN.index(number) + 1 if number in _ROMAN else None


def value_of(marker: Marker) -> int | None:
    """The place of a mark in its row: Ⅲ-2 and b) are second, （i） is first; None where it has none."""
    number = re.sub(
        r"^(?:[A-Z]{1,4}|[\u4e00-\u9fff]{2,4})(?=\d)", "", re.split("[-－—–]", marker.number)[-1]
    ).lower()
    if not (number.isascii() and number.isalpha()):
        return ordinal(number) if number else None
    if marker.rank in (_RANK_ROMAN_PART, _RANK_ROMAN_POINT):
        return roman(number)
    return ord(number) - ord("a") + 1


@dataclass(frozen=True, slots=True)
class Label:
    """A field label in a text: its role, its range without the colon, and where the value begins."""

    role: str
    start: int
    end: int
    value_start: int


# The labels that only the document being read has. Everything that reads labels reads these too, from the
# splitting into blocks to the fields of a task, so they are set for as long as one document is parsed.
_own_labels: ContextVar[tuple[tuple[str, str], ...]] = ContextVar("own_labels", default=())


# … and those that may have blanks behind them instead of a colon, or stand above their values.
_blank_labels: ContextVar[frozenset[str]] = ContextVar("blank_labels", default=frozenset())


@contextmanager
def with_own_labels(
    labels: Mapping[str, str], blank: frozenset[str] = frozenset()
) -> Iterator[None]:
    """Read labels of a document's own beside the known ones, and lines that open with one of the `blank` labels."""
    token = _own_labels.set(tuple(sorted(labels.items())))
    blank_token = _blank_labels.set(blank)
    try:
        yield
    finally:
        _own_labels.reset(token)
        _blank_labels.reset(blank_token)


@cache
def known_labels() -> Mapping[str, str]:
    """The labels of the vocabulary with their roles; 整改措施及进展 is 整改措施和进展 and 整改措施与进展 too."""
    return {
        word.replace("及", also): role
        for role, words in load_vocabulary("labels").items()
        if not role.endswith("_parts")
        for word in words
        for also in "及和与"
    }


def _label_pattern() -> tuple[re.Pattern[str], Mapping[str, str]]:
    return _labels_with(_own_labels.get(), _blank_labels.get())


@lru_cache(maxsize=16)
def _labels_with(
    own: tuple[tuple[str, str], ...], blank: frozenset[str]
) -> tuple[re.Pattern[str], Mapping[str, str]]:
    roles = {**known_labels(), **dict(own)}
    longest_first = sorted(roles, key=len, reverse=True)

    def any_label(role: str, longer_than: int) -> str:
        chosen = (one for one in longest_first if len(one) > longer_than)
        return "|".join(broken_label(one) for one in chosen if roles[one] == role)

    # A label opens its line or follows a finished clause; inside a word it is text.
    before = r"(?:(?<=\A)|(?<=[\s。；;，,、|（(）).．【】〔〕*—–>→➢-]))"
    # 责任乡镇（单位）： says of what kind they are.
    kind = r"(?:[（(](?:单位|部门|主体|科室|企业|乡镇|街道)[)）])?"
    closed = rf"{kind}(?:[】〕*]*\s*[:：]\s*[*]*|(?<=[\u4e00-\u9fff])[】〕]\s*)"
    # A limit is a limit without a colon too: 整改时限2025年12月31日。
    limits = any_label("deadline", longer_than=2)
    # … and who is in charge in a sentence: 包保领导为副区长某某。
    leaders = any_label("leader", longer_than=3)
    others = "|".join(
        broken_label(one)
        for one in longest_first
        if (roles[one], len(one) > 2) != ("deadline", True)
        and (roles[one], len(one) > 3) != ("leader", True)
    )
    bare = rf"(?(limit){_LIMIT_FOLLOWS}|(?(leader){_LEADER_FOLLOWS}|(?!)))"
    label = rf"(?P<label>(?P<limit>{limits})|(?P<leader>{leaders})|{others})(?:{closed}|{bare})"
    # 主办单位　某局, at the beginning of its line or apart from what is before it; or above its value.
    words = "|".join(map(re.escape, sorted(blank & roles.keys(), key=len, reverse=True)))
    opening = (
        rf"|(?P<opening>{words})(?:[ \u3000]+(?=\S)|\s*\n\s*|\s*\Z)"
        if words
        else r"|(?P<opening>(?!))"
    )
    return re.compile(rf"{before}[【〔*]*(?:{label}{opening})"), roles


def find_labels(text: str, start: int, end: int) -> list[Label]:
    """Labels of task fields (牵头单位：…) in a range, in order; the longest label wins."""
    pattern, roles = _label_pattern()
    return [
        _label(match, roles)
        for match in pattern.finditer(text, start, end)
        if not match["opening"] or _stands_apart(text, match.start())
    ]


def broken_label(label: str) -> str:
    """The pattern of a label, which the end of a line or of a page may break, or blanks may spread: 完成时⏎限, 责　任　人."""
    page = r"\n(?:[ \u3000—–-]*\d{1,3}[ \u3000—–-]*\n)?"
    between = rf"(?:[ \u3000]|{page})?" if len(label) <= _LONGEST_SPREAD else rf"(?:{page})?"
    return between.join(map(re.escape, label))


def _label(match: re.Match[str], roles: Mapping[str, str]) -> Label:
    group = "opening" if match["opening"] else "label"
    words = re.sub(r"[\s\d—–-]+", "", match[group])
    return Label(roles[words], *match.span(group), match.end())


def _stands_apart(text: str, place: int) -> bool:
    before = text[text.rfind("\n", 0, place) + 1 : place]
    return not before.strip() or not before[-2:].strip(" \u3000")


def role_in_document(label: str) -> str | None:
    """The role that a label plays in the document being read alone, whatever it is elsewhere."""
    return dict(_own_labels.get()).get(label)


def heading_role(title: str) -> str | None:
    """The role of a field whose label is the whole of a heading: （一）整改目标, the text below it."""
    return _label_pattern()[1].get(title)


def starts_with_label(text: str) -> bool:
    """Whether a block opens with a field label, behind the bullet of a list or not."""
    pattern, _ = _label_pattern()
    return pattern.match(text, len(text) - len(text.lstrip(_BULLETS))) is not None


def is_label(text: str) -> bool:
    """Whether a block is nothing but a field label, with a colon or as the document being read has it."""
    match = _label_pattern()[0].match(text, len(text) - len(text.lstrip(_BULLETS)))
    return match is not None and match.end() == len(text)
