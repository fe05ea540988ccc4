"""Figures that one sentence states for the years or the stages of one thing: 2026年120公里, 2027年140公里."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.composers.reckoning.figures_said import FigureSaid
from assistant.words import chinese_pairs

# What tells the members of a series apart. A time limit (2026年底前) does not: what is done by then adds up already.
_YEAR = re.compile(r"(?<!\d)(20\d{2})年(?![底末前\d])")
_STAGE = re.compile(r"([一二三四]期|[上下]半年|第?[一二三四]季度)(?!前)")
# 预计2026年5月底前完成 says nothing of the thing.
_WHEN = re.compile(
    r"(?:预计|计划|力争|确保)?(?:20\d{2}年)?(?:\d{1,2}月|年)?[底末]?前?(?:完成|建成)?"
)


def by_time(figures: Sequence[FigureSaid]) -> list[tuple[str, FigureSaid]]:
    """Figures of one sentence with the year or the stage of each; empty where they are not of one thing."""
    labelled = []
    for one in figures:
        years, stages = _YEAR.findall(one.before), _STAGE.findall(one.before)
        if len(years) + len(stages) == 1:
            labelled.append(((*years, *stages)[0], one))
    labels = [label for label, _ in labelled]
    if len(labelled) < 2 or len(set(labels)) < len(labels):
        return []
    # A figure of the sentence without a label is the whole that the series shares out, or the series is none.
    whole = [one for one in figures if all(one is not member for _, member in labelled)]
    total = sum((one.value for _, one in labelled), Decimal(0))
    if any(one.value != total for one in whole) or len({one.unit for one in figures}) > 1:
        return []
    first, *rest = (_thing(one) for _, one in labelled)
    return labelled if all(thing <= first for thing in rest) else []


def _thing(one: FigureSaid) -> set[str]:
    """What a figure of a series is of, less when."""
    return chinese_pairs(_WHEN.sub(" ", _STAGE.sub(" ", _YEAR.sub(" ", one.words))))
