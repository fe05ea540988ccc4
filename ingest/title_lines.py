"""Tasks that are put by nothing but a line with their name, above the same fields again and again.

危险废物贮存不规范
废活性炭与废溶剂混放。
责任部门：安环部
整改期限：2025年3月31日前
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.blocks import Block, is_table_row
from ingest.markers import RANK_TASK, find_labels, find_marker, heading_role

_LONGEST = 40
_FEWEST_TITLES = 2
_FEWEST_FIELDS = 2
_FEWEST_OF_ONE_FIELD = 3
_NO_FIELDS = ("category", "status")


def title_lines(blocks: Sequence[Block]) -> frozenset[int]:
    """Where such lines start."""
    return frozenset(start for part in _parts(blocks) for start in _titles(part))


def _parts(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks below each heading down to those of tasks, which name what is right below them by themselves."""
    part: list[Block] = []
    for block in blocks:
        marker = None if is_table_row(block) else find_marker(block.text)
        if marker is not None and marker.rank <= RANK_TASK:
            yield part
            part = []
        else:
            part.append(block)
    yield part


def _titles(blocks: Sequence[Block]) -> list[int]:
    """The lines with fields below each, unless fields stand above them all: then they are text of one task."""
    found: list[int] = []
    fields: list[set[str]] = []
    title: Block | None = None
    for block in blocks:
        if may_name(block):
            title = block
        elif roles := _fields(block):
            if title is not None:
                found.append(title.start)
                fields.append(set())
                title = None
            if not found:
                return []
            fields[-1] |= roles
    shared = set.intersection(*fields) if fields else set()
    # One field is enough where it says who has each of several.
    several = len(found) >= _FEWEST_OF_ONE_FIELD and bool(shared & {"lead", "responsible"})
    enough = len(shared) >= _FEWEST_FIELDS or several
    return found if len(found) >= _FEWEST_TITLES and enough else []


def may_name(block: Block) -> bool:
    """Whether a line may be the name of a task: short, without marks, and no field."""
    text = block.text
    return (
        len(text) <= _LONGEST
        and not text.isdecimal()
        and not set(text) & set("。；;：:？！")
        and not text.endswith(("，", ",", "、"))
        and not is_table_row(block)
        and find_marker(text) is None
        and heading_role(text) is None
        and not _fields(block)
    )


def _fields(block: Block) -> set[str]:
    """The roles of the fields of a block; none where it opens with other words, or with a remark."""
    labels = [] if is_table_row(block) else find_labels(block.text, 0, len(block.text))
    opens = labels and not block.text[: labels[0].start].strip("【〔*—–-•· \u3000")
    if not opens or labels[0].role in _NO_FIELDS:
        return set()
    return {label.role for label in labels}.difference(_NO_FIELDS)
