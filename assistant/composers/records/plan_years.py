"""今年 asked of the documents of another year: where nothing falls into today's, the year of the plan is meant."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from assistant.draft import Block, own_words, paragraph
from assistant.library import Library
from assistant.query import Query, Window
from assistant.understanding.annual_plans import names_the_plan
from prompts import phrase

_THIS_YEAR = re.compile("今年|本年|当年")
_TITLE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")


def in_plan_year(query: Query, library: Library) -> tuple[Query, Block] | None:
    """A query with this year's windows in the one year of the documents' titles, and the remark that says so."""
    windows = [one for one in query.windows if _THIS_YEAR.match(one.text)]
    titles = [parsed.source.title for parsed in library.within(query.documents)]
    years = {frozenset(_TITLE_YEAR.findall(title)) for title in titles}
    if not windows or len(years) != 1 or len(next(iter(years))) != 1:
        return None
    ((year,),) = years
    apart = int(year) - query.as_of.year
    if not apart:
        return None
    moved = (_moved(one, apart, year) if one in windows else one for one in query.windows)
    limits = tuple(one for one in moved if not names_the_plan(one, query.text, titles))
    return replace(query, windows=limits), paragraph(own_words(phrase("plan_year", year=year)))


def _moved(window: Window, apart: int, year: str) -> Window:
    return replace(
        window,
        earliest=_day(window.earliest, apart),
        latest=_day(window.latest, apart),
        text=_THIS_YEAR.sub(f"{year}年", window.text),
    )


def _day(day: dt.date | None, years: int) -> dt.date | None:
    """The same day of another year; the last of February where that has one day less or more."""
    if day is None:
        return None
    if (day + dt.timedelta(days=1)).day == 1 and day.month == 2:
        return dt.date(day.year + years, 3, 1) - dt.timedelta(days=1)
    return day.replace(year=day.year + years)
