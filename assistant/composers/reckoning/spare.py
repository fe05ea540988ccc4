"""What a works could still take in: 设计能力每日400吨, 实际处理310吨/日, so there is room for 90吨/日."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.composers.reckoning.figures_said import FigureSaid, figures_said, units_of
from assistant.composers.reckoning.paragraphs import paragraphs_about
from assistant.composers.tables.series import decimal_text
from assistant.composers.wording import cite
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.query import Query
from assistant.search import SentenceSearch
from assistant.understanding.reckonings import asks_spare
from prompts import phrase

_CAN = re.compile(r"设计|核定|额定|(?:处理|转运|接纳)能力|规模|总?库容|容积|容量")
_DOES = re.compile(r"实际|检查时|目前|现(?:有|状|已)?|日均|已(?:填埋|使用|存)")
# 每日400吨 and 日处理能力400吨 are 400吨/日.
_DAILY = re.compile(r"每[日天]|日(?:均|处理|转运|焚烧|填埋)")
_PER_DAY = re.compile(r"/[日天d]$")


class SpareComposer:
    """Subtracts what a works does from what it is built for, where one sentence states both."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def blocks(self, query: Query) -> list[Block]:
        """The room that is left; nothing unless a sentence has one figure of each, and the first is the larger."""
        if not asks_spare(query.text):
            return []
        for source, stretch in paragraphs_about(query, self._search.find(query, query.documents)):
            figures = [
                one
                for unit in units_of(stretch)
                for one in figures_said(source, [stretch], unit, near=True)
            ]
            pairs = {(can.place, does.place): (can, does) for can, does in _pairs(figures)}
            if len(pairs) == 1:
                return [paragraph(self._worded(*next(iter(pairs.values()))))]
        return []

    def _worded(self, can: FigureSaid, does: FigureSaid) -> Statement:
        about = "约" if can.is_about or does.is_about else ""
        unit = does.unit if _PER_DAY.search(does.unit) or not _is_daily(does) else f"{does.unit}/日"
        left = decimal_text(can.value - does.value)
        text = phrase("spare", total=can.said, used=does.said, left=f"{about}{left}{unit}")
        return Statement(text, cite(self._library, can.source, can.sentence), computed=(text,))


def _pairs(figures: Sequence[FigureSaid]) -> Iterator[tuple[FigureSaid, FigureSaid]]:
    """What a works is built for and what it does, told in one sentence and in one unit."""
    for can in figures:
        for does in figures:
            of_both = _CAN.search(can.before) and _DOES.search(does.before)
            if (
                of_both
                and not _DOES.search(can.before)
                and not _CAN.search(does.before)
                and can.sentence == does.sentence
                and _measure(can) == _measure(does)
                and can.value > does.value
            ):
                yield can, does


def _is_daily(one: FigureSaid) -> bool:
    return _PER_DAY.search(one.unit) is not None or _DAILY.search(one.before) is not None


def _measure(one: FigureSaid) -> tuple[str, bool]:
    """The unit of a figure and whether it is that of a day, however the text writes it."""
    return _PER_DAY.sub("", one.unit), _is_daily(one)
