"""How far two days are apart, as people say it."""

from __future__ import annotations

import calendar
import datetime as dt


def days_apart(one: dt.date, other: dt.date, *, in_days: bool = False) -> str:
    """In months where both are the same day of a month or its last, else in days."""
    early, late = sorted([one, other])
    months = (late.year - early.year) * 12 + late.month - early.month
    alike = early.day == late.day or (_is_last(early) and _is_last(late))
    return f"{months}个月" if alike and months and not in_days else f"{(late - early).days}天"


def _is_last(day: dt.date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]
