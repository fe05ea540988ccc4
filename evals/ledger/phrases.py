"""Time limits as offices write them, with what each means, for a document that was signed on a known day."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from random import Random

from evals.ledger.expected import Limit

Phrase = Callable[[Random, dt.date], Limit]


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _year(chance: Random, signed: dt.date) -> int:
    return chance.randint(signed.year + 1, signed.year + 3)


def _before(chance: Random) -> str:
    return chance.choice(("前", "之前", "以前"))


# --- dated ----------------------------------------------------------------------------------------


def _month(chance: Random, signed: dt.date) -> Limit:
    year, month = _year(chance, signed), chance.randint(1, 12)
    written = chance.choice((
        "{}年{}月底前",
        "{}年{}月底",
        "{}年{}月前",
        "{}年{}月末",
        "{}年{}月底之前",
    ))
    return Limit(written.format(year, month), _month_end(year, month))


def _day(chance: Random, signed: dt.date) -> Limit:
    year, month, day = _year(chance, signed), chance.randint(1, 12), chance.randint(1, 28)
    return Limit(f"{year}年{month}月{day}日{_before(chance)}", dt.date(year, month, day))


def _year_end(chance: Random, signed: dt.date) -> Limit:
    year = _year(chance, signed)
    written = chance.choice(("{}年底前", "{}年底", "{}年年底前", "{}年末", "{}年底之前"))
    return Limit(written.format(year), dt.date(year, 12, 31))


def _half_year(chance: Random, signed: dt.date) -> Limit:
    year = _year(chance, signed)
    half, end = chance.choice((("上", dt.date(year, 6, 30)), ("下", dt.date(year, 12, 31))))
    return Limit(f"{year}年{half}半年", end)


def _quarter(chance: Random, signed: dt.date) -> Limit:
    year, quarter = _year(chance, signed), chance.randint(1, 4)
    number = chance.choice(("一二三四"[quarter - 1], f"第{'一二三四'[quarter - 1]}"))
    written = f"{year}年{number}季度{chance.choice(('前', '末', '底前', ''))}"
    return Limit(written, _month_end(year, quarter * 3))


def _period(chance: Random, signed: dt.date) -> Limit:
    first = _year(chance, signed)
    last = first + chance.randint(1, 3)
    dash = chance.choice(("—", "-", "～", "–", "至"))
    return Limit(
        f"{first}年{dash}{last}年" if dash == "至" else f"{first}{dash}{last}年",
        dt.date(last, 12, 31),
    )


def _months(chance: Random, signed: dt.date) -> Limit:
    year, first = _year(chance, signed), chance.randint(1, 6)
    last = chance.randint(first + 1, 12)
    return Limit(f"{year}年{first}月至{last}月", _month_end(year, last))


# --- dated, the year left out ---------------------------------------------------------------------


def _month_of_this_year(chance: Random, signed: dt.date) -> Limit:
    month = chance.randint(signed.month + 1, 12)
    written = chance.choice(("{}月底前", "今年{}月底前", "{}月末前"))
    return Limit(written.format(month), _month_end(signed.year, month))


def _day_of_this_year(chance: Random, signed: dt.date) -> Limit:
    month, day = chance.randint(signed.month + 1, 12), chance.randint(1, 28)
    return Limit(f"{month}月{day}日前", dt.date(signed.year, month, day))


def _end_of_this_year(chance: Random, signed: dt.date) -> Limit:
    written = chance.choice(("年底前", "今年年底前", "今年底前"))
    return Limit(written, dt.date(signed.year, 12, 31))


def _half_of_this_year(chance: Random, signed: dt.date) -> Limit:
    return Limit(chance.choice(("上半年", "今年上半年")), dt.date(signed.year, 6, 30))


def _quarter_of_this_year(chance: Random, signed: dt.date) -> Limit:
    return Limit(
        chance.choice(("第三季度前", "三季度末", "今年三季度前")), dt.date(signed.year, 9, 30)
    )


# --- without a day of the calendar ----------------------------------------------------------------


def _at_once(chance: Random, signed: dt.date) -> Limit:
    return Limit(chance.choice(("立行立改", "即知即改", "立查立改", "边督边改")), immediate=True)


def _every_year(chance: Random, signed: dt.date) -> Limit:
    return Limit(chance.choice(("每年汛期前", "每年采暖季前", "每年6月底前")), ongoing=True)


def _season(chance: Random, signed: dt.date) -> Limit:
    return Limit(f"{_year(chance, signed)}年{chance.choice(('汛期前', '采暖期前'))}", relative=True)


def _working_days(chance: Random, signed: dt.date) -> Limit:
    """Working days depend on the calendar of holidays, so there is no last day."""
    year, month, day = _year(chance, signed), chance.randint(1, 12), chance.randint(1, 28)
    count = chance.choice((5, 10, 15, 20))
    return Limit(f"自{year}年{month}月{day}日起{count}个工作日内", relative=True)


def _days_from_a_day(chance: Random, signed: dt.date) -> Limit:
    start = dt.date(_year(chance, signed), chance.randint(1, 12), chance.randint(1, 28))
    count = chance.choice((10, 30, 60))
    written = f"自{start.year}年{start.month}月{start.day}日起{count}日内"
    return Limit(written, start + dt.timedelta(days=count), relative=True)


def _days_from_an_event(chance: Random, signed: dt.date) -> Limit:
    event = chance.choice(("收到交办通知", "方案印发", "接到群众举报"))
    return Limit(f"{event}后{chance.choice(('15个工作日', '30日', '3个月'))}内", relative=True)


_YEARLESS: tuple[Phrase, ...] = (
    *(_month_of_this_year, _day_of_this_year, _end_of_this_year, _quarter_of_this_year),
    *(_every_year, _days_from_an_event),
)
_DATED: tuple[Phrase, ...] = (
    *(_month, _day, _year_end, _half_year, _quarter, _period),
    *(_every_year, _season, _working_days, _days_from_a_day, _days_from_an_event),
)


def running_limit(chance: Random, signed: dt.date, *, yearless: bool) -> Limit:
    """A limit in a sentence; some are weakened, which is part of their words.

    An issue leaves the year out everywhere or nowhere: behind another date, 5月底前 is of that date's year.
    """
    limit = chance.choice(_YEARLESS if yearless else _DATED)(chance, signed)
    if limit.latest is not None and not limit.relative and chance.random() < 0.2:
        soft = chance.choice(("力争", "计划", "预计", "争取", "拟"))
        return replace(limit, phrase=soft + limit.phrase, soft=soft)
    return limit


# --- in a labelled field --------------------------------------------------------------------------


def _plain_month(chance: Random, signed: dt.date) -> Limit:
    year, month = _year(chance, signed), chance.randint(1, 12)
    written = chance.choice(("{}年{}月", "{}.{}", "{}-{:02}", "{}/{}")).format(year, month)
    return Limit(written, _month_end(year, month))


def _plain_day(chance: Random, signed: dt.date) -> Limit:
    year, month, day = _year(chance, signed), chance.randint(1, 12), chance.randint(1, 28)
    written = chance.choice(("{}年{}月{}日", "{}-{:02}-{:02}", "{}.{}.{}", "{}/{}/{}"))
    return Limit(written.format(year, month, day), dt.date(year, month, day))


def _lasting(chance: Random, signed: dt.date) -> Limit:
    return Limit(chance.choice(("长期坚持", "持续推进", "长期", "常态化推进")), ongoing=True)


def _stage_then_lasting(chance: Random, signed: dt.date) -> Limit:
    stage = chance.choice((_plain_month, _month, _year_end))(chance, signed)
    words = chance.choice(("并长期坚持", "，长期坚持", "前完成并持续推进", "，并长期坚持"))
    if words.startswith("前") and not stage.phrase.endswith("底"):
        words = "并长期坚持"
    return replace(stage, phrase=stage.phrase + words, ongoing=True)


def _at_once_and_by(chance: Random, signed: dt.date) -> Limit:
    day = chance.choice((_month, _year_end))(chance, signed)
    return replace(day, phrase=f"{_at_once(chance, signed).phrase}，{day.phrase}", immediate=True)


def _not_fixed(chance: Random, signed: dt.date) -> Limit:
    return Limit(
        chance.choice(("待定", "待资金落实后确定", "另行确定", "待上级批复后明确")),
        undetermined=True,
    )


_UNDATED: tuple[Phrase, ...] = (_lasting, _at_once, _not_fixed)
_LABELLED_YEARLESS = (*_YEARLESS, _half_of_this_year, *_UNDATED)
_LABELLED = (
    *(
        *_DATED,
        _months,
        _plain_month,
        _plain_month,
        _plain_day,
        _stage_then_lasting,
        _at_once_and_by,
    ),
    *_UNDATED,
)


def labelled_limit(chance: Random, signed: dt.date, *, yearless: bool) -> Limit:
    """The value of a field 整改时限."""
    return chance.choice(_LABELLED_YEARLESS if yearless else _LABELLED)(chance, signed)
