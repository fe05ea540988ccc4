"""Tasks that stand without numbers: paragraphs of one form, or blocks of fields that begin with the same label.

海岸修复项目，由甲局牵头，…。达到序时进度。 / 【问题描述】… 【责任主体】… again and again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from ingest.blocks import Block, is_table_row
from ingest.markers import RANK_TASK, Marker, find_labels, find_marker, starts_with_label
from ingest.outline import Node
from ingest.responsibility import DUTY_ROLES, closing_duties
from ingest.tasks.states import closing_state
from ingest.title_lines import may_name
from ingest.told_duties import told_duties

_FEWEST_PARAGRAPHS = 3
_FEWEST_BLOCKS = 2
_RANK_REMARKS = 4.5
_MOST = 0.8
_LONGEST_NAME = 30
# The line that numbers a sheet of fields: 交办单 第11号　　交办日期：2026年4月8日; 3.
_CARD = re.compile(
    r"(?P<number>\d{1,3})$|[\u4e00-\u9fff]{0,8}\s*(?:第\s*(?P<ordinal>\d{1,4}|[一二三四五六七八九十]{1,3})\s*[号项张件单]|编号\s*[:：]\s*(?P<code>[A-Za-z\d-]{1,12}))"
    r"(?=[ \t\u3000：:]|$)"
)
# A first sentence that is but a name: 整治库区违规建筑。
_SENTENCE_NAME = re.compile(rf"[^，,。；;：:\n]{{4,{_LONGEST_NAME}}}。\s*\S")
_COUNTED = re.compile(
    r"(?P<first>[一二三四五六七八九十]{1,2})是(?!否)|第(?P<ordinal>[一二三四五六七八九十]{1,2})[，,：:]\s*"
    r"|[◎●○■□◆◇▲△▷★☆►▶➢➤❖※√✓]\s*"
)
_LED_BY = re.compile(r"[^，,。；;]{4,30}[，,]由[^，,。；;]{2,40}牵头")


def split_unnumbered(root: Node) -> None:
    """Give such paragraphs and blocks sections of their own, below the one they stand in."""
    unnumbered = not any(one.marker and one.marker.number for one in root.walk())
    for node in list(root.walk()):
        own = node.blocks[1:] if node.parent is not None else node.blocks
        has_children = bool(node.children)
        starts = list(_repeated_labels(own)) or list(_alike(own, has_children=has_children))
        if starts:
            _split(node, own, starts, len(own))
        elif not has_children and (counted := list(_counted(own))):
            _split(node, own, counted, counted[-1] + 1)
        elif not has_children and (titles := list(_titled(own))):
            # Remarks on all tasks may follow what is told of the last.
            _split(node, own, titles, _told_end(own, titles[-1], len(own)) or len(own))
        elif unnumbered and (told := list(_told(own))):
            _split(node, own, told, told[-1] + 1)


def _repeated_labels(blocks: Sequence[Block]) -> Iterator[int]:
    """Where blocks begin with the label of a name or a problem, which one task has once, or with the line above it.

    问题名称 and 存在问题 of one task are two such labels; it begins with the first of them.
    """
    written = [_problem_label(block) for block in blocks]
    first = next((label for label in written if label), "")
    found = [index for index, label in enumerate(written) if label == first != ""]
    if len(found) < _FEWEST_BLOCKS:
        return
    numbered = all(index and _CARD.match(blocks[index - 1].text) for index in found)
    yield from (index - numbered for index in found)


def _problem_label(block: Block) -> str:
    labels = find_labels(block.text, 0, len(block.text))
    mark = _number_of(block)
    begin = mark.length if mark else 1
    opens = labels and labels[0].role in ("name", "problem") and labels[0].start <= begin
    return block.text[labels[0].start : labels[0].end] if opens else ""


def _number_of(block: Block) -> Marker | None:
    """The number before the label that a block begins with: （二）存在问题：…."""
    mark = None if is_table_row(block) else find_marker(block.text)
    return mark if mark and starts_with_label(block.text[mark.length :]) else None


def _counted(blocks: Sequence[Block]) -> Iterator[int]:
    """Where paragraphs open with 一是, 二是 or 第一，第二，or with a mark, and most of them say who has what they tell.

    Of several marks one may head the tasks that another marks.
    """
    found: defaultdict[str, list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        opening = None if is_table_row(block) else _COUNTED.match(block.text)
        if opening:
            found["" if _count(opening) else opening[0].strip()].append(index)
    for marked in found.values():
        told = [index for index in marked if _names_somebody(blocks[index].text)]
        if len(told) >= _FEWEST_BLOCKS and len(told) >= _MOST * len(marked):
            yield from marked
            return


def _count(opening: re.Match[str]) -> str:
    return opening["first"] or opening["ordinal"] or ""


def _names_somebody(text: str) -> bool:
    labels = find_labels(text, 0, len(text))
    return (
        any(one.role in DUTY_ROLES for one in labels)
        or bool(told_duties(text, 0, len(text)))
        or closing_duties(text, 0, len(text)) is not None
    )


def _titled(blocks: Sequence[Block]) -> Iterator[int]:
    """Where lines are the names of tasks: nearly each stands above paragraphs that tell who has it."""
    above = [
        index
        for index, (line, below) in enumerate(pairwise(blocks))
        if may_name(line) and "。" in below.text and not is_table_row(below)
    ]
    bounds = pairwise([*above, len(blocks)])
    told = [begin for begin, end in bounds if _told_end(blocks, begin, end)]
    between = [index for index in above if told and told[0] <= index <= told[-1]]
    if len(told) >= _FEWEST_PARAGRAPHS and len(told) >= _MOST * len(between):
        yield from between


def _told(blocks: Sequence[Block]) -> Iterator[int]:
    """The paragraphs, one below the other, that begin with the name of a task and tell who has it.

    整治库区违规建筑。排查发现…。牵头部门为甲局，实施主体为乙镇，… Where tasks have numbers, these tell them.
    """
    for told, group in groupby(range(len(blocks)), key=lambda index: _tells_task(blocks[index])):
        found = list(group)
        if told and len(found) >= _FEWEST_PARAGRAPHS:
            yield from found
            return


def _tells_task(block: Block) -> bool:
    named = not is_table_row(block) and _SENTENCE_NAME.match(block.text) is not None
    told = told_duties(block.text, 0, len(block.text)) if named else []
    return any({"lead", "responsible"} & one.duties.units.keys() for one in told)


def _told_end(blocks: Sequence[Block], title: int, end: int) -> int:
    """Behind which of the paragraphs below a title it is told who has the task; 0 where none tells it."""
    for index in range(title + 1, end):
        block = blocks[index]
        if is_table_row(block):
            return 0
        if closing_duties(block.text, 0, len(block.text)) or told_duties(
            block.text, 0, len(block.text)
        ):
            return index + 1
    return 0


def _alike(blocks: Sequence[Block], *, has_children: bool) -> Iterator[int]:
    """Where each paragraph is a task: most of them say who leads it, or end with its state."""
    if has_children or len(blocks) < _FEWEST_PARAGRAPHS:
        return
    tests: tuple[Callable[[Block], bool], ...] = (_is_led, _has_state)
    if any(sum(map(test, blocks)) >= _MOST * len(blocks) for test in tests):
        yield from range(len(blocks))


def _is_led(block: Block) -> bool:
    return not is_table_row(block) and _LED_BY.match(block.text) is not None


def _has_state(block: Block) -> bool:
    long = not is_table_row(block) and "。" in block.text.rstrip("。")
    return long and closing_state(block.text, 0, len(block.text)) is not None


def _split(node: Node, blocks: Sequence[Block], starts: Sequence[int], end: int) -> None:
    """Sections from each start to the next, the last one up to `end`, and one of what stands behind that."""
    bounds = [*zip(starts, [*starts[1:], end], strict=True)]
    sections = [_section(blocks[start:stop], RANK_TASK, node) for start, stop in bounds]
    if end < len(blocks):
        sections.append(_section(blocks[end:], _RANK_REMARKS, node))
    first = blocks[starts[0]]
    node.blocks = [block for block in node.blocks if block.start < first.start]
    if not node.blocks:  # the root keeps a place to stand at
        node.blocks = [Block(first.start, first.start, "")]
    node.children = [*sections, *node.children]


def _section(blocks: Sequence[Block], rank: float, parent: Node) -> Node:
    first = blocks[0]
    if card := _CARD.match(first.text):
        number = card["number"] or card["ordinal"] or card["code"]
        mark = Marker(rank, number, card.group().strip(), card.end())
        return Node(mark, rank, list(blocks), first.start + card.end(), "", parent=parent)
    if number := _number_of(first):
        mark = Marker(rank, number.number, number.written, number.length)
        return Node(mark, rank, list(blocks), first.start + mark.length, "", parent=parent)
    counted = _COUNTED.match(first.text)
    mark = (
        Marker(rank, _count(counted), counted[0].strip(), counted.end())
        if counted
        else Marker(rank, "", "", 0)
    )
    title_end = _title_end(first, mark.length)
    title = first.text[mark.length : title_end]
    heading_end = first.start + title_end
    return Node(mark, rank, list(blocks), heading_end, title, parent=parent)


def _title_end(block: Block, begin: int) -> int:
    """Where the name that a paragraph begins with ends; nowhere for a block of fields."""
    if may_name(block):
        return len(block.text)
    if find_labels(block.text, 0, 12):
        return 0
    name = re.compile(rf"[^，,。；;：:]{{2,{_LONGEST_NAME}}}(?=[，,。；;：:])").match(
        block.text, begin
    )
    return name.end() if name else 0
