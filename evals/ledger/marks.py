"""Numbering marks of offices, and the labels they put before a field."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ingest.numerals import to_chinese

Numbering = Callable[[int], tuple[str, str]]
"""A position in a row → the mark as written and the number it shows."""

LABELS: dict[str, tuple[str, ...]] = {
    "lead": ("牵头单位", "牵头部门", "主办单位", "牵头责任单位", "牵头科室"),
    "responsible": ("责任单位", "责任部门", "责任科室", "承办单位", "整改责任单位", "责任主体"),
    "cooperating": ("配合单位", "协办单位", "配合部门", "协办"),
    "leader": ("责任人", "责任领导", "区级领导负责人", "督导领导", "县级责任领导", "包保领导"),
    "target": ("整改目标", "工作目标"),
    "deadline": ("整改时限", "完成时限", "办结时限", "时间节点", "完成时间", "整改期限"),
    "measures": ("整改措施", "具体措施", "工作举措", "整改举措", "主要措施"),
    "acceptance": ("验收销号单位", "验收销号责任单位", "验收销号牵头责任单位", "验收单位", "销号单位"),
    "problem": ("存在问题", "问题描述", "反馈问题", "问题表现"),
    "status": ("整改情况", "进展情况", "完成情况", "整改进展"),
}  # fmt: skip


def label(chance: Random, role: str) -> str:
    return chance.choice(LABELS[role])


def _chinese(pattern: str) -> Numbering:
    return lambda value: (pattern.format(to_chinese(value)), to_chinese(value))


def _arabic(pattern: str) -> Numbering:
    return lambda value: (pattern.format(value), str(value))


def _one_of(series: str, pattern: str = "{}") -> Numbering:
    return lambda value: (pattern.format(series[value - 1]), series[value - 1])


_ROMAN, _WIDE, _CIRCLED = "ⅠⅡⅢⅣⅤⅥ", "１２３４５６", "①②③④⑤⑥"
# By depth: what a mark may stand above.
KINDS: tuple[tuple[Numbering, ...], ...] = (
    (_one_of(_ROMAN, "{}、"), _one_of(_ROMAN, "{}.")),
    (_chinese("{}、"), _chinese("{}、"), _chinese("## {}、"), _chinese("{}．"), _chinese("第{}部分 ")),
    (_chinese("（{}）"), _chinese("({})"), _chinese("（{}）、")),
    (
        *(_chinese("问题{}："), _arabic("任务{}："), _arabic("问题{}、"), _chinese("整改任务{}：")),
        *(_arabic("任务{} "), _arabic("【问题{}】"), _arabic("事项{}.")),
    ),
    (_arabic("{}."), _arabic("{}．"), _arabic("{}、"), _arabic("{}. "), _one_of(_WIDE, "{}．"), _arabic("{} . ")),
    (_arabic("（{}）"), _arabic("({})"), _arabic("{}）"), _arabic("[{}]"), _arabic("【{}】"), _arabic("（{}）、")),
    (_one_of(_CIRCLED), _one_of(_CIRCLED, "{} ")),
)  # fmt: skip
OUTERMOST, INNERMOST = 0, len(KINDS) - 1


def numbering(chance: Random, depth: int) -> Numbering:
    return chance.choice(KINDS[depth])


def unnumbered(heading: str) -> Numbering:
    """Headings without a number: Markdown's, or a bare line."""
    return lambda _value: (heading, "")
