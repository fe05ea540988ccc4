"""Who is responsible, as the text says it: labelled fields, and the bracket that closes a measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from ingest.blocks import content_range
from ingest.brackets import closing_bracket, closing_marks, split_top_level, top_level, trim
from ingest.deadlines.alone import limit_alone
from ingest.markers import Label, broken_label, find_labels, known_labels
from ingest.records import Person, Span, Unit
from ingest.unit_lists import is_kind, is_unit_name, looks_like_units, parse_people, parse_units

UNIT_ROLES = ("lead", "responsible", "cooperating", "acceptance", "supervising")
DUTY_ROLES = (*UNIT_ROLES, "leader")
_DUTY_WORDS = (
    ("cooperating", re.compile(r"(?:配合|协助|参与|协同)[^、，,；;]{0,4}$")),
    ("lead", re.compile(r"牵头[^、，,；;]{0,6}$")),
    ("acceptance", re.compile(r"验收(?:销号)?$")),
)
# What may follow a limit and belong to it: 2025年底，并长期坚持.
# … and what ends a list of persons: 责任领导为某某，均于6月底前完成.
_TIME_FOLLOWS = re.compile(r"[均都]?(?:须|应|于|在|力争|\d|长期|持续|常态|立[行整即])")
_LIMIT_GOES_ON = re.compile("并|且|其中|长期|持续|常态")
# Who only watches over a duty does not bear it: 甲局牵头，乙局督导.
LOOKS_ON = re.compile(
    r"(?:督导|监督|督办|指导|督促)(?:落实|实施)?(?![局所站科处室委])[^、，,；;]{0,2}$"
)
_DAY_BEHIND = re.compile(
    r"\s*(?:(?:19|20)\d{2}年)?\d{1,2}月(?:\d{1,2}日|底|[上中下]旬)?(?:之|以)?前"
)
_DAY = re.compile(r"(?:(?:19|20)\d{2}年|\d{1,2}[月日—-])")
_CLAUSE_MARKS = "，,；;"
# How Markdown tables break a line inside a cell.
LINE_BREAKS = re.compile(r"(?:\s*<br\s*/?>)+\s*$")
# 问题名称：某事　　来源：信访: a field that no vocabulary knows ends the one before it too.
_FURTHER_LABEL = re.compile(r"(?<=\S)[ \u3000]{2,}(?=[\u4e00-\u9fff]{2,8}[:：])")
_SHORT_NAME = re.compile("(?:以下)?(?:简称|下称)")
_SAYS_DUTIES = re.compile(r"(?<![（(])(?:牵头|配合)(?:负责|落实)?(?:[，,。；;]|$)")
_ROLES_BEHIND = {"牵头": "lead", "主办": "lead", "配合": "cooperating", "协办": "cooperating"}
_ROLE_BEHIND = re.compile(r"[（(](牵头|主办|配合|协办)[^（()）]{0,4}[)）]")
_ROLE_CLOSING = re.compile(_ROLE_BEHIND.pattern + r"[。\s]*$")
# … and behind the heading of a column, unless it names several: 责任单位（牵头、配合）.
_ROLE_OF_HEADING = re.compile(r"[（(](牵头|主办|配合|协办)(?:单位|部门|科室)?[)）]$")
_WITHIN = re.compile(
    r"[（(](?P<who>[^（()）]{3,80}(?:牵头|配合|负责|落实|协助)[^（()）]{0,6})[)）]"
)


@dataclass(slots=True)
class Duties:
    """Units by role, leaders, and the ranges that other fields of the same bracket hold."""

    units: dict[str, list[Unit]] = field(default_factory=dict)
    leaders: list[Person] = field(default_factory=list)
    fields: dict[str, tuple[int, int]] = field(default_factory=dict)

    def all_units(self) -> tuple[Unit, ...]:
        return tuple(unit for role in UNIT_ROLES for unit in self.units.get(role, ()))

    def of(self, role: str) -> tuple[Unit, ...]:
        return tuple(self.units.get(role, ()))

    def merge(self, other: Duties) -> None:
        for role, units in other.units.items():
            known = self.units.setdefault(role, [])
            known.extend(unit for unit in units if unit.name not in {u.name for u in known})
        self.leaders.extend(other.leaders)
        self.fields.update(other.fields)


def outside_labels(text: str, start: int, end: int) -> list[Label]:
    """Field labels of a range that stand outside brackets."""
    labels = find_labels(text, start, end)
    if not labels:
        return []
    outside = set(top_level(text, start, end))
    closing = closing_bracket(text, start, end)
    if closing and text[closing[0]] != "【":
        outside -= set(range(*closing))
    outside |= _framed(text, labels, end)
    return [label for label in labels if label.start in outside]


def _framed(text: str, labels: Sequence[Label], end: int) -> set[int]:
    """The labels in a bracket of fields that another field stands behind: …（时限：6月底；责任单位：甲局）状态：已完成."""
    found: set[int] = set()
    for opening, following in zip(labels, [*labels[1:], None], strict=True):
        if text[opening.start - 1] not in "（(" or following is None:
            continue
        closing = closing_marks(text, opening.start - 1, end).get(opening.start - 1, end)
        inside = [one.start for one in labels if opening.start <= one.start < closing]
        behind = trim(text, closing + 1, end, "，,；;。")[0] if closing < end else end
        if len(inside) > 1 and any(one.start == behind for one in labels):
            found |= set(inside)
    return found


def label_values(text: str, labels: Sequence[Label], end: int) -> list[tuple[Label, int, int]]:
    """Each label with the range of its value, which ends where the next label begins."""
    values = []
    for index, label in enumerate(labels):
        stop = labels[index + 1].start if index + 1 < len(labels) else end
        if label.role in (*DUTY_ROLES, "deadline"):
            # A list of names, or a date, ends with its sentence.
            marks = top_level(text, label.value_start, stop)
            stop = next((i for i in marks if _ends(text, label, i)), stop)
        if label.role in DUTY_ROLES:
            stop = _before_clause_with_day(text, label.value_start, stop)
        if further := _FURTHER_LABEL.search(text, label.value_start, stop):
            stop = further.start()
        stop = label.value_start + len(LINE_BREAKS.sub("", text[label.value_start : stop]))
        start, finish = content_range(text, label.value_start, stop)
        start, finish = trim(text, start, finish, "；;，,【|/／")
        while finish > start and text[finish - 1] in "（(":
            finish = trim(text, start, finish - 1)[1]
        finish = _without_frame(text, start, finish)
        values.append((label, start, max(start, finish)))
    return values


def _ends(text: str, label: Label, place: int) -> bool:
    """Whether the value of a list of names or of a limit ends at a place."""
    # 整改时限为6月底，7月15日通过验收: without a colon it is but a clause of its sentence.
    bare = label.role == "deadline" and text[label.end : label.value_start] in ("", "为", "是")
    if label.role == "leader" and text[place] in "，,":
        return _TIME_FOLLOWS.match(text, place + 1) is not None
    return text[place] == "。" or (
        bare and text[place] in "，,；;" and not _LIMIT_GOES_ON.match(text, place + 1)
    )


def _before_clause_with_day(text: str, start: int, end: int) -> int:
    """Where a list of names ends before a clause that tells what is done by when: 责任单位：甲局；8月底前接通管网…"""
    marks = (place for place in top_level(text, start, end) if text[place] in "；;")
    return next((mark for mark in marks if _DAY_BEHIND.match(text, mark + 1, end)), end)


def _without_frame(text: str, start: int, end: int) -> int:
    """Where a value ends that stands last in a frame around several fields: 【牵头单位：甲局；配合单位：乙局】."""
    while end > start and text[end - 1] in "】〕）)" and not set(text[start:end]) & set("【〔（("):
        end = trim(text, start, end - 1)[1]
    return end


def read_duties(text: str, labels: Sequence[Label], end: int) -> Duties:
    """Duties from labelled values: 牵头单位：甲；配合单位：乙."""
    duties = Duties()
    for label, start, finish in label_values(text, labels, end):
        finish = trim(text, start, finish, "。")[1]
        if label.role in UNIT_ROLES:
            for role, unit in units_of(text, label.role, start, finish):
                duties.units.setdefault(role, []).append(unit)
        elif label.role == "leader":
            duties.leaders.extend(parse_people(text, start, finish))
        duties.fields.setdefault(label.role, (start, finish))
    return duties


def units_of(text: str, role: str, start: int, end: int) -> Iterator[tuple[str, Unit]]:
    """The units of a list in a role, each with that or one of its own: 甲局牵头，乙局配合; 牵头：甲局 配合：乙局."""
    labels = [one for one in find_labels(text, start, end) if one.role in UNIT_ROLES]
    if labels and labels[0].start == start:
        for own, units in read_duties(text, labels, end).units.items():
            yield from ((own, unit) for unit in units)
        return
    clauses = split_top_level(text, start, end, _CLAUSE_MARKS)
    if said := [one for begin, finish, _ in clauses if (one := called(text, begin, finish))]:
        yield from ((own, unit) for own, units in said for unit in units)
        return
    if _SAYS_DUTIES.search(text, start, end):
        for own, units in _by_duty_words(text, start, end).units.items():
            yield from ((own, unit) for unit in units)
        return
    if len(clauses) > 1 and all(_ROLE_CLOSING.search(text[slice(*one[:2])]) for one in clauses):
        # 甲局（牵头），乙局、丙镇（配合）: the bracket is said of all of its clause.
        for begin, finish, _ in clauses:
            behind = _ROLE_CLOSING.search(text[begin:finish])
            own = _ROLES_BEHIND[behind.group(1)] if behind else role
            yield from ((own, unit) for unit in parse_units(text, begin, finish))
        return
    for unit in parse_units(text, start, end):
        if looks_on := LOOKS_ON.search(unit.span.quote):
            begin = unit.span.start
            watching = parse_units(text, begin, begin + looks_on.start())
            yield from (("supervising", one) for one in watching if is_unit_name(one.name))
            continue
        yield _own_role(text, unit) or role, unit


def _own_role(text: str, unit: Unit) -> str | None:
    """The role that a bracket behind one name of a list gives it: 责任单位：甲局（牵头）、乙局."""
    behind = _ROLE_BEHIND.match(text, unit.span.end)
    return _ROLES_BEHIND[behind.group(1)] if behind else None


def called(text: str, start: int, end: int) -> tuple[str, tuple[Unit, ...]] | None:
    """The role of the bodies that a clause says it of, and these: 牵头单位为甲局, 甲局是责任主体."""
    clause = trim(text, start, end, "。")
    behind, before = _called()
    said = behind.fullmatch(text, *clause) or before.fullmatch(text, *clause)
    if said is None or not looks_like_units(text, *said.span("who")) or is_kind(said["who"]):
        return None
    return known_labels()["".join(said["label"].split())], parse_units(text, *said.span("who"))


@cache
def _called() -> tuple[re.Pattern[str], re.Pattern[str]]:
    labels = [word for word, role in known_labels().items() if role in UNIT_ROLES and len(word) > 3]
    label = f"(?P<label>{'|'.join(map(broken_label, sorted(labels, key=len, reverse=True)))})"
    who = "(?P<who>[^：:，,；;]+?)"
    return (
        re.compile(rf"{label}\s*(?:[均都]?(?:为|是))?\s*{who}"),
        re.compile(rf"由?{who}[均都]?(?:为|是|作为){label}"),
    )


def values_by_role(
    text: str, role: str, start: int, end: int
) -> Iterator[tuple[str, tuple[int, int]]]:
    """The stretches of a list in a role, each with that or the one that a label before it gives."""
    labels = [one for one in find_labels(text, start, end) if one.role in UNIT_ROLES]
    if not labels or labels[0].start > start:
        yield role, (start, end)
    for label, begin, finish in label_values(text, labels, end):
        yield label.role, (begin, finish)


def role_behind(heading: str) -> str | None:
    """The role that a bracket behind the heading of a column of bodies gives them: 第一责任单位（牵头）."""
    behind = _ROLE_OF_HEADING.search(heading)
    return _ROLES_BEHIND[behind.group(1)] if behind else None


def closing_duties(text: str, start: int, end: int) -> tuple[Duties, int, int] | None:
    """The duties in the bracket that closes a paragraph, with the bracket's range; None where it is other text."""
    bracket = closing_bracket(text, start, end)
    if bracket is None or _belongs_to_field(text, start, bracket[0]):
        return None
    begin, finish = bracket[0] + 1, bracket[1]
    if _SHORT_NAME.match(text, begin, finish):
        return None
    labels = find_labels(text, begin, finish)
    if labels and text[bracket[0]] == "【":
        return None  # A frame around fields, which are read as such.
    # 甲局牵头，乙局配合；分管领导：某某: words may stand before the labels.
    told = trim(text, begin, labels[0].start if labels else finish, _CLAUSE_MARKS)
    duties = _by_duty_words(text, *told)
    if labels:
        if alone := limit_alone(text, *told):
            duties.fields["deadline"] = alone  # （6月底前完成；配合单位：甲镇）
        duties.merge(read_duties(text, labels, finish))
    if not duties.units and not duties.leaders:
        return None
    return duties, bracket[0], bracket[1] + 1


def inner_duties(text: str, start: int, end: int) -> Duties:
    """The duties in brackets amid a paragraph: …，改造管网3公里（甲局牵头，乙局配合）。截至9月，…"""
    duties = Duties()
    for bracket in _WITHIN.finditer(text, start, end):
        duties.merge(_by_duty_words(text, *bracket.span("who")))
    return duties


def _belongs_to_field(text: str, start: int, bracket: int) -> bool:
    """Whether the bracket ends a labelled list of units: 配合单位：临港园区管委会（原城南园区管委会）."""
    line = max(start, text.rfind("\n", start, bracket) + 1)
    labels = outside_labels(text, line, bracket)
    return bool(labels) and labels[-1].role in DUTY_ROLES


def _by_duty_words(text: str, start: int, end: int) -> Duties:
    """Roles from the words after the units: 甲局牵头，乙局、丙局配合. Without such words all are responsible."""
    duties = Duties()
    clauses = [
        trim(text, begin, finish)
        for begin, finish, _ in split_top_level(text, start, end, _CLAUSE_MARKS)
        if not LOOKS_ON.search(text[begin:finish])
    ]
    parts = [one for one in clauses if limit_alone(text, *one) is None]
    if any(words.search(text[slice(*one)]) for one in parts for _, words in _DUTY_WORDS):
        # 甲局牵头；5月20日前完成方案，9月底前实施: what is done by when stands behind who does it.
        parts = [one for one in parts if not _DAY.match(text, *one)]
    if not parts or not all(looks_like_units(text, *part) for part in parts):
        return duties
    limits = [limit for one in clauses if (limit := limit_alone(text, *one))]
    if len(limits) == 1 and len(clauses) == len(parts) + 1:
        duties.fields["deadline"] = limits[0]
    pending: list[tuple[int, int]] = []
    for begin, finish in parts:
        pending.append((begin, finish))
        role = next(
            (r for r, words in _DUTY_WORDS if words.search(text[begin:finish].strip())), None
        )
        if role is not None:
            for s, e in pending:
                duties.units.setdefault(role, []).extend(parse_units(text, s, e))
            pending = []
    for begin, finish in pending:
        duties.units.setdefault("responsible", []).extend(parse_units(text, begin, finish))
    return duties


def field_lines(text: str, labels: Sequence[Label], end: int) -> dict[str, Span]:
    """The whole of each field, label and value together, by role."""
    lines: dict[str, Span] = {}
    for label, start, finish in label_values(text, labels, end):
        stop = max(finish, label.end + 1, start)
        lines.setdefault(label.role, Span(label.start, stop, text[label.start : stop]))
    return lines
