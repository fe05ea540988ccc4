"""What a paragraph behind several tasks says of them: 以上三项任务由甲局牵头，均于11月底前完成。其中任务4于10月底前完成。

It stands at the end of the last task's text and would be read as that one's alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ingest.anchor import Anchor
from ingest.blocks import Block, is_table_row
from ingest.brackets import trim
from ingest.deadlines import find_deadlines, parse_deadline_field
from ingest.markers import RANK_TASK, Label, find_labels, ordinal, value_of
from ingest.numerals import parse_spoken
from ingest.outline import Node
from ingest.responsibility import DUTY_ROLES, Duties, read_duties
from ingest.tasks.limits import limit_of_sentence
from ingest.told_duties import acceptance_of_all, told_duties

_FEWEST_SHARED_OUT = 2
_ANY_YEAR = Anchor(None, 2000, False)
_NUMERAL = r"\d{1,2}|[一二两三四五六七八九十]{1,3}"
_THINGS = "(?:任务|问题|事项|工作|项目|整改项)"
_BOUNDARY = r"(?<![^，,。；;\n])"
# 以上三项任务, 上述各项工作; 以上工作 alone may be what the paragraph before it tells of (`_may_be_own`).
_OF_THOSE_ABOVE = (
    rf"(?:以上|上述|前述|[这此])(?:(?P<count>{_NUMERAL})[项个条类件]|各[项个]?|所有|全部|(?P<bare>(?<=以上)(?={_THINGS}由)))"
    rf"{_THINGS}"
)
# … and 其中任务4, 第5项任务, 两项任务 behind it.
_OF_ONE = rf"(?:其中[，,]?)?(?:(?:任务|问题|事项)\s*(?P<number>{_NUMERAL})|第\s*(?P<ordinal>(?:{_NUMERAL})(?:\s*[、和及至]\s*(?:{_NUMERAL}))*)\s*[项个条](?:{_THINGS})?)"
_AGAIN = rf"(?:这|上述|以上)?(?:{_NUMERAL})[项个]{_THINGS}"
_SUBJECT = re.compile(
    rf"{_BOUNDARY}(?:{_OF_THOSE_ABOVE}|{_OF_ONE}|(?P<again>{_AGAIN}))(?:[均都])?(?=[^、和及与至]|$)"
)
# 任务6由甲局负责: without 其中 before it.
_OPENS = re.compile(rf"{_OF_THOSE_ABOVE}|{_OF_ONE}\s*(?:[均都]?由|[^，,。；;、]{{0,4}}于)")


def part_off(root: Node) -> None:
    """Give such paragraphs sections of their own behind the tasks that they are about.

    A part of a document may hold nothing else: 二、分工, 第1、3项由甲局牵头；第2项由乙局牵头。
    """
    for node in list(root.walk()):
        _divide(root, node)
    for leaf in list(root.walk()):
        if leaf.parent is None or leaf.children:
            continue
        found = next(
            (i for i, one in enumerate(leaf.blocks) if i and _is_behind(one.text, one)), None
        )
        level = _level(leaf, leaf.blocks[found].text) if found else None
        if found and level is not None:
            _part(level, leaf, found)


def _divide(root: Node, node: Node) -> None:
    """Have a section cover the tasks above it that its paragraphs share out by their numbers, each of them."""
    listed = [one for one in node.children if one.rank == RANK_TASK and not one.children]
    blocks = [*node.blocks[1:], *(block for one in listed for block in one.blocks)]
    if node.parent is None or len(listed) < len(node.children) or not blocks:
        return
    said = [_shared_out(block) for block in blocks]
    numbers = {number for one in said for number in one}
    if not all(said) or len(numbers) < _FEWEST_SHARED_OUT:
        return
    above = [one for one in root.walk() if one.start < node.start and one.marker is not None]
    for rank in sorted({one.rank for one in above}, reverse=True):
        tasks = [one for one in above if one.rank == rank]
        values = [value_of(one.marker) for one in tasks if one.marker]
        if len(values) == len(numbers) and set(values) == numbers:
            node.blocks, node.children = [node.blocks[0], *blocks], []
            node.covers = tuple(tasks)
            return


def _shared_out(block: Block) -> set[int]:
    """The numbers that a paragraph says of who has each, or by when; none where it says anything else."""
    subjects = list(_SUBJECT.finditer(block.text))
    numbers: set[int] = set()
    if is_table_row(block) or not subjects or subjects[0].start() > 0:
        return set()
    told = 0
    for subject, following in zip_longest(subjects, subjects[1:]):
        own = _numbers(subject)
        stop = following.start() if following else len(block.text)
        behind = block.text[subject.end() : stop].strip("。；; \n")
        if not own or not behind.startswith(("由", "：", ":")):
            return set()
        own_limit = parse_deadline_field(behind, 1, len(behind), _ANY_YEAR)
        told += behind.startswith("由") or own_limit.tells_when
        numbers |= own
    return numbers if 2 * told > len(subjects) else set()


def _numbers(subject: re.Match[str]) -> set[int]:
    """The numbers of the tasks that words are about: 第1、3至5项; none where they do not name them."""
    written = subject["number"] or subject["ordinal"] or ""
    found: set[int] = set()
    for one in re.split("[、和及]", written):
        bounds = [ordinal(number.strip()) for number in one.split("至")]
        if bounds[0] is None or bounds[-1] is None:
            return set()
        found |= set(range(bounds[0], bounds[-1] + 1))
    return found


def _is_behind(written: str, block: Block) -> bool:
    if is_table_row(block):
        return False
    return _OPENS.match(written) is not None or acceptance_of_all(written, 0, len(written)) != ()


def _level(leaf: Node, written: str) -> tuple[Node, list[Node]] | None:
    """The section that ends with a leaf and the tasks beside it, as many as the paragraph says if it does."""
    said = _OPENS.match(written)
    if said and said["bare"] is not None:
        return (
            None
            if _may_be_own(leaf)
            else next((one for one in _levels(leaf) if len(one[1]) > 2), None)
        )
    count = parse_spoken(said["count"]) if said and said["count"] else None
    # What is said of tasks by their numbers is said of those that have them.
    numbers = _numbers(said) if said else set()
    levels = [one for one in _levels(leaf) if numbers <= _values(one[1])]
    exact = (one for one in levels if len(one[1]) == count)
    more = (one for one in levels if len(one[1]) > (count or 1))
    return next(exact, None) or next(more, None)


def _may_be_own(leaf: Node) -> bool:
    """Whether 以上问题由… may be said of the task alone that it stands in: others go on, or nobody else has this one."""
    beside = leaf.parent.children if leaf.parent else []
    fields = (find_labels(block.text, 0, len(block.text)) for block in leaf.blocks)
    told = {label.role for labels in fields for label in labels} & set(DUTY_ROLES)
    return not told or beside[-1] is not leaf


def _levels(leaf: Node) -> Iterator[tuple[Node, list[Node]]]:
    node = leaf
    while node.parent is not None:
        beside = node.parent.children
        until = next(i for i, one in enumerate(beside) if one is node)
        above = beside[: until + 1]
        last = max((i for i, one in enumerate(above) if one.covers), default=-1)
        yield node, [one for one in above[last + 1 :] if one.rank == node.rank]
        node = node.parent


def _part(level: tuple[Node, list[Node]], leaf: Node, place: int) -> None:
    node, tasks = level
    blocks = leaf.blocks[place:]
    leaf.blocks = leaf.blocks[:place]
    parent = node.parent
    assert parent is not None
    remark = Node(None, node.rank, blocks, blocks[0].start, "", parent=parent, covers=tuple(tasks))
    beside = next(i for i, one in enumerate(parent.children) if one is node)
    parent.children.insert(beside + 1, remark)


def said_behind(text: str, node: Node, anchor: Anchor) -> Duties:
    """What is said of a task behind it, of itself before what is said of several."""
    own, shared = Duties(), Duties()
    lineage = [node]
    while node.parent is not None:
        for remark in node.parent.children:
            if covered := next((one for one in lineage if _is_one_of(one, remark.covers)), None):
                for block in remark.blocks:
                    _read(text, block, covered, anchor, own, shared)
        node = node.parent
        lineage.append(node)
    for role, units in shared.units.items():
        own.units.setdefault(role, units)
    own.leaders = own.leaders or shared.leaders
    own.fields = {**shared.fields, **own.fields}
    return own


def _values(nodes: Sequence[Node]) -> set[int | None]:
    return {value_of(one.marker) for one in nodes if one.marker is not None}


def _is_one_of(node: Node, nodes: Sequence[Node]) -> bool:
    return any(one is node for one in nodes)


def _read(text: str, block: Block, node: Node, anchor: Anchor, own: Duties, shared: Duties) -> None:
    subjects = list(_SUBJECT.finditer(text, block.start, block.end))
    for subject, following in zip_longest(subjects, subjects[1:]):
        stop = following.start() if following else block.end
        numbers = _numbers(subject)
        if not numbers:
            shared.merge(_duties(text, subject.start(), subject.end(), stop, anchor))
        elif node.marker is not None and value_of(node.marker) in numbers:
            own.merge(_duties(text, subject.start(), subject.end(), stop, anchor))
    shared.units.setdefault("acceptance", []).extend(
        acceptance_of_all(text, block.start, block.end)
    )


def _duties(text: str, subject: int, start: int, stop: int, anchor: Anchor) -> Duties:
    """What the words from one place to another say of the subject before them."""
    duties, end = Duties(), trim(text, start, stop, "。；;")[1]
    for told in told_duties(text, start, end):
        duties.merge(told.duties)
    duties.merge(read_duties(text, _labels(text, start, end), end))
    limit = limit_of_sentence(text, start, end, anchor)
    found = find_deadlines(text, subject, end, anchor)
    if limit is None and len(found) == 1:
        limit = found[0].phrase.start, found[0].phrase.end
    if limit is None and text[start] in "：:" and not duties.units:
        # 第3项：2024年9月30日; 第2项：每年秋收前
        limit = trim(text, start + 1, end)
    if limit is not None:
        duties.fields["deadline"] = limit
    return duties


def _labels(text: str, start: int, end: int) -> Sequence[Label]:
    """The labels of a clause, of which the first may stand at its beginning."""
    return [
        Label(one.role, one.start + start, one.end + start, one.value_start + start)
        for one in find_labels(text[start:end], 0, end - start)
    ]
