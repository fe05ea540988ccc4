"""A day as documents of the genre write it."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator

_MONTH_AND_DAY = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})[日号]")
_LEAP_YEAR = 2024


def chinese_date(day: dt.date) -> str:
    """2025年12月31日."""
    return f"{day.year}年{day.month}月{day.day}日"


def impossible_days(text: str) -> Iterator[str]:
    """Days that are in no calendar, as they are written: 11月31日."""
    for match in _MONTH_AND_DAY.finditer(unicodedata.normalize("NFKC", text)):
        month, day = int(match[1]), int(match[2])
        if 1 <= month <= 12 and day > calendar.monthrange(_LEAP_YEAR, month)[1]:
            yield match.group()
