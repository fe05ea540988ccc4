"""The years that a text leaves out: 年底前, 5月底前 and 明年 are read by the document's own time."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from ingest.numerals import parse_number

# A limit without a year that would have passed this long before signature belongs to the next year;
# within it, the plan was merely signed late.
SIGNED_LATE_DAYS = 60

# 今年, 本年 and 当年 are the anchor's own year.
_YEARS_AHEAD = {"明年": 1, "后年": 2, "次年": 1}


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a document says of its own time, to read 年底前 and 5月底前 by.

    `reported` is the day up to which it says to report, where that is not the day of signature.
    """

    issued: dt.date | None = None
    year: int | None = None
    reports_progress: bool = False
    reported: dt.date | None = None

    @property
    def base_year(self) -> int | None:
        """The year that 今年 means: a plan may be signed before the year it is for, a report after."""
        years = [self.issued.year] if self.issued is not None else []
        if self.year is not None:
            years.append(self.year)
        choose = min if self.reports_progress else max
        return choose(years, default=None)


@dataclass(frozen=True, slots=True)
class YearReader:
    """Finds the year of an expression; `carried` is the year of the date before it in the text.

    `afresh` tells that another point begins between the two (一是…；二是…), where a text may go back to its own year.
    """

    anchor: Anchor
    carried: int | None
    afresh: bool = False

    def read(self, groups: dict[str, str | None], month: int = 12) -> tuple[int, bool] | None:
        """The year and whether it is inferred; `month` is the month the expression ends in.

        The groups `year` (2024, 二〇二四) and `shift` (今年, 明年) are what the text itself says.
        """
        if written := groups.get("year"):
            year = parse_number(written)
            return (year, False) if year is not None else None
        base = self.anchor.base_year
        if shift := groups.get("shift"):
            return (base + _YEARS_AHEAD.get(shift, 0), True) if base is not None else None
        if self.carried is not None and self._may_lie_in(self.carried, month):
            goes_back = self.afresh and base is not None and self._lies_ahead_in(base, month)
            if not goes_back or base is None or base > self.carried:
                return self.carried, True
        if base is None:
            return None
        return (base if self._may_lie_in(base, month, SIGNED_LATE_DAYS) else base + 1), True

    def _may_lie_in(self, year: int, month: int, grace_days: int = 0) -> bool:
        """A plan sets no limits that have passed; a report speaks of the past."""
        if self.anchor.reports_progress or self.anchor.issued is None:
            return True
        return month_end(year, month) + dt.timedelta(days=grace_days) >= self.anchor.issued

    def _lies_ahead_in(self, year: int, month: int) -> bool:
        """Whether a plan that tells the day of its signature was signed before the month was over."""
        plans = self.anchor.issued is not None and not self.anchor.reports_progress
        return plans and self._may_lie_in(year, month)


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])
