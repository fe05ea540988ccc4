"""How far what a report tells is from what a plan of the same place aims at: 优良天数比率离今年目标还差多少."""

from __future__ import annotations

from assistant.composers.reckoning.over_time import told_in
from assistant.composers.reckoning.reported import (
    StatedFigure,
    asked_of,
    compared,
    display_name,
    figures_aimed_at,
    figures_reported,
)
from assistant.composers.tables.series import is_better_lower
from assistant.composers.wording import cite
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.reckonings import asked_years
from assistant.vocabulary import asks
from prompts import phrase


class AgainstPlanComposer:
    """Sets the newest figure that a report of a place tells against the one that its plan aims at for the year."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def blocks(self, query: Query) -> list[Block]:
        """How far the figure asked for is from its aim; nothing unless one figure of one place alone is asked for."""
        text = query.text
        if not asks("reckonings", "against_plan", text) or asks("tables", "which", text):
            return []
        documents = self._library.within(query.documents)
        reports = [one for one in documents if one.source.reports_progress and one.source.issued]
        reports.sort(key=lambda one: str(one.source.issued), reverse=True)
        for report in reports:
            year = report.source.year
            if year is None or any(one != str(year) for one in asked_years(text)):
                continue
            plans = [
                one
                for one in documents
                if one.source.region == report.source.region != ""
                and not one.source.reports_progress
            ]
            aims = [one for plan in plans for one in figures_aimed_at(self._library, plan, year)]
            pairs = compared(figures_reported(self._library, report), aims) if aims else []
            if (pair := asked_of(text, pairs)) is not None:
                return [paragraph(self._worded(*pair, year))]
        return []

    def _worded(self, now: StatedFigure, aim: StatedFigure, year: int) -> Statement:
        gap = phrase("at_plan")
        if now.value != aim.value:
            name = "above_plan" if now.value > aim.value else "below_plan"
            gap = phrase(name, difference=now.gap_to(aim))
        text = phrase(
            "against_plan",
            thing=f"{now.place}的{now.name}" if now.place else display_name(now, aim),
            now=told_in(now),
            title=aim.parsed.source.title,
            year=year,
            aim=aim.written,
            gap=gap,
            verdict=_verdict(now, aim),
        )
        evidence = [
            one
            for figure in (now, aim)
            for one in cite(self._library, figure.parsed.source, *figure.spans)
        ]
        return Statement(text, tuple(evidence), computed=(text,))


def _verdict(now: StatedFigure, aim: StatedFigure) -> str:
    """Whether the aim is kept up to now, where it is known which way is the better one."""
    lower = is_better_lower(display_name(now, aim), now.unit)
    if lower is None:
        return ""
    kept = now.value <= aim.value if lower else now.value >= aim.value
    return phrase("plan_kept" if kept else "plan_missed")
