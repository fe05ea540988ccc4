"""A day as documents of the genre write it."""

from __future__ import annotations

import datetime as dt


def chinese_date(day: dt.date) -> str:
    """2025年12月31日."""
    return f"{day.year}年{day.month}月{day.day}日"
