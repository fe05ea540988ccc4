"""Limits without a date of their own: 立行立改, 3个月内, 每年汛期前, 时间待资金落实后确定."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from ingest.anchor import Anchor
from ingest.deadlines.limit import Limit, Setting
from ingest.deadlines.patterns import deadline_patterns
from ingest.numerals import parse_number
from ingest.paragraphs import Paragraph
from ingest.time_expressions import time_expressions


def undetermined_limits(paragraph: Paragraph, _anchor: Anchor) -> Iterator[Limit]:
    """The text says itself that the date is not fixed yet."""
    for match in deadline_patterns().undetermined.finditer(paragraph.masked):
        yield Limit(*match.span(), undetermined=True)


def immediate_limits(paragraph: Paragraph, anchor: Anchor) -> Iterator[Limit]:
    """To be done at once."""
    for match in deadline_patterns().immediate.finditer(paragraph.masked):
        yield Limit(*match.span(), immediate=True, earliest=at_once(anchor))


def at_once(anchor: Anchor) -> dt.date | None:
    """The day a plan was signed; what a report was told to do at once was told before that."""
    return None if anchor.reports_progress else anchor.issued


def recurring_limits(paragraph: Paragraph, _anchor: Anchor) -> Iterator[Limit]:
    """Limits set by the seasons: every year, or once but on no date of the calendar."""
    words = deadline_patterns()
    for match in words.recurring.finditer(paragraph.masked):
        yield Limit(*match.span(), ongoing=True)
    for match in words.season.finditer(paragraph.masked):
        setting = Setting.around(paragraph, *match.span())
        if softening := words.soft_before.search(setting.before):
            start = match.start() - (len(setting.before) - softening.start("soft"))
            yield Limit(start, match.end(), relative=True, soft=softening["soft"])
        elif not setting.before.endswith("每年"):
            yield Limit(*match.span(), relative=True)


def relative_limits(paragraph: Paragraph, anchor: Anchor) -> Iterator[Limit]:
    """Spans of time that count from an event: 自公开之日起30日内, 时限不超过3个月."""
    words = deadline_patterns()
    for match in words.relative.finditer(paragraph.masked):
        setting = Setting.around(paragraph, *match.span())
        habitual = words.not_relative_after.match(setting.after)
        if not habitual and not words.not_relative_before.search(setting.before):
            yield _relative_limit(paragraph, match, anchor)
    for match in words.at_most.finditer(paragraph.masked):
        setting = Setting.around(paragraph, *match.span())
        if words.time_span_noun.search(setting.before):
            yield _relative_limit(paragraph, match, anchor)


def _relative_limit(paragraph: Paragraph, match: re.Match[str], anchor: Anchor) -> Limit:
    """Extend to the left over a softening word and over what the limit counts from."""
    words = deadline_patterns()
    start, soft, base = match.start(), "", None
    clause_start, _ = paragraph.clause(start)
    if softening := words.soft_before.search(paragraph.masked, clause_start, start):
        start, soft = softening.start(), softening["soft"]
    if counted := words.counting_from.search(paragraph.masked, clause_start, start):
        start = counted.start()
        base = _day_within(paragraph, *counted.span(), anchor)
    latest = later(base, match["count"], match["unit"]) if base else None
    return Limit(start, match.end(), base if latest else None, latest, soft=soft, relative=True)


def _day_within(paragraph: Paragraph, start: int, end: int, anchor: Anchor) -> dt.date | None:
    """The first day that is named inside a folded range."""
    days = (
        one.latest
        for one in time_expressions(paragraph, anchor)
        if one.level == "day" and start <= one.start and one.end <= end
    )
    return next(days, None)


def later(base: dt.date, count: str, unit: str) -> dt.date | None:
    """The last day of a period that starts on `base` (民法典第二百零二条: the same day of the last month).

    Working days depend on the holiday calendar and have no date here.
    """
    number = parse_number(count)
    if number is None or "工作日" in unit or "小时" in unit:
        return None
    if unit.endswith("月") or unit == "年":
        months = base.month - 1 + number * (12 if unit == "年" else 1)
        year, month = base.year + months // 12, months % 12 + 1
        return dt.date(year, month, min(base.day, calendar.monthrange(year, month)[1]))
    return base + dt.timedelta(days=number * (1 if unit in ("日", "天") else 7))
