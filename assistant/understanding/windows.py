"""Stretches of time a question asks about: 2025年12月, 年底前, 本月, 30天内."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.query import Window
from ingest.numerals import parse_number
from ingest.records import ParsedDocument

_DAY = r"(?P<d>\d{1,2})[日号]"
_POINT = re.compile(
    r"(?:(?P<y>(?:19|20)\d{2})年|(?P<rel>今年|明年|(?<=[到至])后年(?!均|度)|去年|本年|当年))?\s*(?:"
    rf"(?P<m>\d{{1,2}})月(?:{_DAY}|(?P<mend>底|末))?"
    r"|(?P<yend>年?(?:底|末)|年?内)|(?P<half>上半年|下半年)|第?(?P<q>[一二三四1234])季度|(?P<mid>年?年中)|(?P<last>(?:年)?最后(?:三|3)个月)"
    r")?"
)
_THIS_MONTH = re.compile(r"(?:本月|这个月|当月)(?![底末])")
_NEXT_MONTH = re.compile(r"下个?月")
# 上月总结 and 较上月 are no limits.
_LAST_MONTH = re.compile(
    r"上个?月(?:份|里|底|内|末)?(?=就|该|要|应|到[期点]|完|办结|收|交|截)"
    r"|(?<![较比跟同])上个?月[底末](?=的|[,，?？]|$)"
)
_DURATION = re.compile(
    # 5月内 is May, and 5个月内 are five months.
    r"(?:未来|近|今后|往后|接下来|以后)?(?<!\d)(?!\d{1,2}月)(\d{1,3}|[一二两三四五六七八九十半]{1,2})个?(天|日|周|星期|礼拜|月|季度|年)(?:之?内|以内|里|之间)"
)
# 一年里被查到三次 tells how often, and asks for nothing that is due by then.
# 还有两个月到期的
_TO_GO = re.compile(
    r"(?:还有|再有|再过|不到|不足|剩)(?<!\d)(\d{1,3}|[一二两三四五六七八九十半]{1,2})个?(天|日|周|星期|礼拜|月|季度|年)(?:多|左右)?"
    r"(?:就|要|才|会)*(?=到期|到点|截止|到线|到日子)"
)
# 今天到期的
_DUE_TODAY = re.compile(
    r"(?P<day>今天|今日|今儿|明天|明日)(?=(?:就|要|该|会|刚好|正好|前|之前|内)*(?:到期|截止|到点|到线|交账|完成|办结))"
)
_OFTEN = re.compile(r"^[^,，。;；?？]{0,8}?(?:\d+|[一二两三四五六七八九十几多])(?:次|回|趟|轮|遍)")
_DAYS_IN = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "季度": 91, "年": 365}
_ISO = re.compile(r"(?<!\d)((?:19|20)\d{2})[-./](\d{1,2})(?:[-./](\d{1,2}))?(?!\d)")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-—–~～至到]\s*((?:19|20)\d{2})年")
_THIS_QUARTER = re.compile(r"(?:本|这个?|当)季度")
_NEXT_WEEK = re.compile(r"下(?:个)?(?:周|星期|礼拜)")
_MONTH_END = re.compile(r"(?<![\d一二三四五六七八九十上几哪])(?<!上个)(?:本|这个?|当)?月(?:底|末)")
_BEFORE = re.compile(r"^\s*(?:[及或]?(?:之前|以前|更早)|前|为止|截止)")
# 到5月20号已经该到期的: by then. 拖到26年 is when, and 从3月到5月 a stretch.
_BY_THEN = re.compile(r"^(?:[为就]?止|已经|该|还|都|就)")
_BY = "到"
_UP_TO = re.compile(r"(?:^|[,，。;；?？\s]|截至|截止)(?:截)?[到至]$")
# 到8月底还没办完的 is asked as of that day; 到8月底要完成的 and 8月底前没办完的 tell of limits.
_AS_OF_BEFORE = re.compile(r"(?:到|至|截[至止]到?|现在是|今天是?|站在)(?:了)?$")
_SO_FAR = re.compile(
    r"^(?:为止|止|时|这天|那天|这会儿)?(?![^,，。;；?？]{0,2}(?:前|要|应|须|得|该))(?:[^,，。;；?？要应须该才能]{0,6}[,，])?[^,，。;；?？要应须该才能]{0,12}?"
    r"(?:[没未]|已经?|[过销]了|(?:完成|办结|完工|[办做干改弄]完)了|[逾超过]期|超时)"
)
_NOT_YET = re.compile(r"^(?:时|了)?(?:都|也)?(?:还|仍|尚)(?:是|都)?[没未]")
_A_DAY = re.compile(r"\d.*(?:底|末|日|号)$")
_AFTER = re.compile(
    r"^\s*(?:(?:[,，、]?(?:或者?|及|甚至|乃至)?(?:是|还)?(?:更晚|再晚|更往后|更靠后))|(?:及|或)?(?:之后|以后|往后)|后(?!年)|起|开始)"
)
# 今年完不成的, 年底前干不完的: what is due later. 拖到明年的 may be due still later.
_NOT_WITHIN = re.compile(
    r"^(?:之?内|里|之前|以前|前)?(?:肯定|根本|都|还|是|也|怕是|恐怕|全)*"
    r"(?:[完干做弄办改整搞结]不[完成了掉]|收不了[尾口官]|(?:不能|没法|无法|不用|不会|不要求)(?:全部|按期)?(?:完成|[做干弄办改]完|办结|收[尾口官]))"
)
_PUT_OFF_TO = re.compile(r"(?:[拖跨推延挂留甩]|[延推]期|推迟|顺延|结转)(?:延|迟|着)?[到至](?:了)?$")
_TODAY = re.compile(
    r"(?:今天|今儿|今日|现在|眼下|目前|当前|站在|截到|截至|截止)(?:是|已经|都|到了|已)?$"
)
# 以2026年2月来看, 按11月5日算
_SEEN_FROM = re.compile(r"(?:以|按|照|拿|就|从|用)(?:着|照)?$")
_IS_SEEN = re.compile(r"^(?:这天|这一天|的日子)?(?:来)?(?:看|说|论|计|算(?!起)|为准)")
_MONTH_IN_CHINESE = re.compile(r"(?<![\d一二三四五六七八九十])(十[一二]?|[一二三四五六七八九])月")
_MONTHS = re.compile(r"(?<![\d月])(\d{1,2})([到至—–~～-])(\d{1,2})月")  # 1到3月
_FROM_TODAY = re.compile(
    r"(?:今天|今儿|今日|现在|即日|眼下)(?:起|往后|以后|之后|开始|算起?|往下)?[,，]?(?:到|至)\s*$"
)
_RANGE = re.compile(r"^\s*(?:到|至|-|—|~|～)\s*$")
# 今年的计划, 一季度信访, 照6月10日的统计: the time belongs to a text or its figures, and is no limit; 2月受理的信访
# are asked for by the day on which they came.
_OF_A_TEXT = re.compile(
    r"^(?!份?(?:间|里)?(?:受理|收到|接到|交办|转办|办结))的?(?:这|那)?(?:一)?[份期版个]?[\u4e00-\u9fff]{0,4}?(?:计划|方案|通报|通知|台账|清单|报告|公示|公告|信访|统计|口径|数据|反馈|督察(?!组))"
)
# 26年的, 25年底, 24年比23年; no stretch of time (21年内, 近25年, 已25年了) and no decade.
_SHORT_YEAR = re.compile(
    r"(?<![\d.第])(1[5-9]|2[1-9])年(?=年?[底末初](?!步)|\d{1,2}月)"
    # 2017底
    r"|(?<!\d)(20[12]\d)(?=[底末](?!步))"
    r"|(?<![\d.第近前后过满每共有约已整达超了])(2[1-9])年(?![内间多来]|以[内来上下]|了|期|限|时间|左右|前(?:的|就|建)|之久|一[次遍轮]|[一二三两\d]+[次遍轮])"
    r"|(?<=[比较跟和与])(2[1-9])年(?!内|以|来|期)"
)
_YEAR_SAID = re.compile(
    r"\d{4}年|后年|[今明去本当][年月天日]|即日|[下本这当]个?(?:周|星期|礼拜|季度)"
)
_BARE_YEAR = re.compile(r"\d{4}年|[今明后去本当]年")
_THIS_YEAR = re.compile("[今本当]年")
_STILL_DUE = re.compile(
    r"(?:要|会|就|该|将)?到(?:期|点|线)(?![了没未]|的?(?:了|还没))|[还尚](?:有|剩)"
)
_HALF_A_YEAR = dt.timedelta(days=190)
_A_YEAR = dt.timedelta(days=366)
_RELATIVE_YEARS = {"今年": 0, "本年": 0, "当年": 0, "明年": 1, "后年": 2, "去年": -1}


def with_full_years(text: str) -> str:
    """A question with its years in four digits: 26年的, 25年5月."""

    def full(match: re.Match[str]) -> str:
        return f"{match[2]}年" if match[2] else f"20{match[1] or match[3] or match[4]}年"

    return _SHORT_YEAR.sub(full, text)


def find_windows(text: str, as_of: dt.date) -> tuple[Window, ...]:
    """The windows a folded question names, in order; a mention of today is none.

    Where no year is said the window holds in any year: 九月底 of an old plan is not this year's.
    """
    text = _ISO.sub(_spelt_out, text)
    text = _MONTH_IN_CHINESE.sub(lambda match: f"{parse_number(match.group(1))}月", text)
    asked = text = _MONTHS.sub(r"\1月\2\3月", text)
    relative = list(_relative(text, as_of))
    for window in relative:
        text = text.replace(window.text, "，")
    windows = [one for one in (*relative, *_points(text, as_of)) if not _of_a_text(one, asked)]
    return tuple(_without_restated(list(_join_ranges(text, windows))))


def in_year_of_plans(
    text: str, as_of: dt.date, plans: Sequence[ParsedDocument]
) -> tuple[Window, ...]:
    """The windows of a text, those before or after a day without a year in that of the plans: 三季度前 of a plan of 2023.

    It is the year of today where that day is still to come, or the plans are of several years or of this last one.
    """
    windows = tuple(_to_come(one, text, as_of, plans) for one in find_windows(text, as_of))

    def is_past(window: Window) -> bool:
        return window.is_open and window.any_year and _end(window) < as_of

    begun = _begun(plans) if any(map(is_past, windows)) else None
    if begun is None or as_of - begun <= _A_YEAR:
        return windows

    def of_plans(window: Window) -> Window:
        if not is_past(window):
            return window
        said = window.text.removeprefix(_BY)
        # By a day on which nothing was due yet nobody asks: that of the next year is meant.
        dated = (find_windows(said, dt.date(begun.year + later, 1, 1)) for later in (0, 1))
        meant = next((one for one, *_ in dated if _end(one) >= begun), window)
        return replace(window, earliest=meant.earliest, latest=meant.latest, any_year=False)

    return tuple(map(of_plans, windows))


def _to_come(window: Window, text: str, as_of: dt.date, plans: Sequence[ParsedDocument]) -> Window:
    """A window of no year that is not over, in that of today, where something is due in it: 年底前 is no year before.

    What is still to fall due is so from today.
    """
    of_this_year = _THIS_YEAR.match(window.text) or window.any_year
    if window.latest is None or window.latest < as_of:
        return window
    if not of_this_year or not (window.any_year or window.is_open):
        return window
    if window.earliest and window.latest - window.earliest > _HALF_A_YEAR:
        return window  # 年内 of an older plan is in its own year
    from_today = window.is_open and _STILL_DUE.search(text)
    first = as_of if from_today else dt.date(as_of.year, 1, 1)
    meant = replace(window, earliest=window.earliest or first, any_year=False)
    due = (
        one.latest
        for plan in plans
        for one in (*plan.deadlines, *(task.deadline for task in plan.tasks if task.deadline))
    )
    return meant if any(map(meant.holds, due)) else window


def asked_as_of(
    text: str, windows: Sequence[Window], as_of: dt.date, plans: Sequence[ParsedDocument]
) -> tuple[Window | None, dt.date] | None:
    """The day as of which a state is asked (到8月底还没办完的, 现在是8月20日), with its window where it was read as a limit.

    Without a year it is that of the plans, where they have one.
    """
    for match in _POINT.finditer(text):
        said = _TODAY.search(text[: match.start()])
        dated = match["m"] and (match["d"] or match["mend"])
        if said and dated and (span := _span(match, int(match["y"] or as_of.year))):
            # What is today is so in this year; a count up to a day is in that of the list.
            of_list = not match["y"] and said.group().startswith("截")
            return None, _in_year_of(span[1], plans if of_list else ())
    for window in windows:
        before, said_so, after = text.partition(window.text.removeprefix(_BY))
        known = _AS_OF_BEFORE.search(before) and _SO_FAR.match(after)
        if window.latest is None or not said_so or not _A_DAY.search(said_so):
            continue
        if known or _NOT_YET.match(after):
            return window, _in_year_of(window.latest, plans if window.any_year else ())
    return None


def _in_year_of(day: dt.date, plans: Sequence[ParsedDocument]) -> dt.date:
    """A day without a year in that of the lists, where they have one and tell how far their tasks are."""
    years = {plan.source.year for plan in plans if any(task.state for task in plan.tasks)}
    own = years.pop() if len(years) == 1 else None
    return day if own is None or (day.month, day.day) == (2, 29) else day.replace(year=own)


def year_of_plans_told(windows: Sequence[Window], as_of: dt.date) -> Iterator[str]:
    """The remark that a day without a year was read in that of the plans."""
    for one in windows:
        year = _end(one).year
        if (
            one.is_open
            and not one.any_year
            and year != as_of.year
            and not _YEAR_SAID.search(one.text)
        ):
            yield f"“{one.text}”未写年份，按文件所在的{year}年理解"


def _begun(plans: Sequence[ParsedDocument]) -> dt.date | None:
    """When plans of one year begin: with the year in which the first of their tasks is due, or their own; else None."""
    years = {plan.source.year for plan in plans}
    own = years.pop() if len(years) == 1 else None
    if own is None:
        return None
    due = (task.deadline.latest for plan in plans for task in plan.tasks if task.deadline)
    issued = max(
        (one.source.issued for one in plans if one.source.issued), default=dt.date(own, 1, 1)
    )
    return min((day for day in due if day and day >= issued), default=issued)


def _end(window: Window) -> dt.date:
    return window.latest or window.earliest or dt.date.max


def _of_a_text(window: Window, text: str) -> bool:
    """Whether the time of a window says which text or figures are meant."""
    _, said, after = text.partition(window.text)
    return bool(said) and _OF_A_TEXT.match(after) is not None


def _points(text: str, as_of: dt.date) -> Iterator[Window]:
    year: int | None = None
    for match in _POINT.finditer(text):
        before = text[: match.start()].rstrip()
        if not match.group().strip() or _TODAY.search(before):
            continue
        if _SEEN_FROM.search(before) and _IS_SEEN.match(text[match.end() :]):
            continue
        if match["y"]:
            year = int(match["y"])
        elif match["rel"] == "当年" and year is not None:
            if match.group().strip() == "当年":
                continue  # 2025年当年 is that year and no other
        elif match["rel"]:
            year = as_of.year + _RELATIVE_YEARS[match["rel"]]
        span = _span(match, year if year is not None else as_of.year)
        if span is None:
            continue
        after = text[match.end() : match.end() + 6]
        if _FROM_TODAY.search(text[: match.start()]):
            if year is None and span[1] < as_of:
                span = _span(match, as_of.year + 1) or span
            yield Window(as_of, span[1], f"即日至{match.group().strip()}")
            continue
        yield _bounded(span, match.group().strip(), before, after, any_year=year is None)


def _span(match: re.Match[str], year: int) -> tuple[dt.date, dt.date] | None:
    try:
        if match["m"] and match["d"]:
            day = dt.date(year, int(match["m"]), int(match["d"]))
            return day, day
        if match["m"]:
            return _month(year, int(match["m"]))
    except ValueError:
        return None
    if match["half"]:
        first = match["half"] == "上半年"
        return dt.date(year, 1 if first else 7, 1), dt.date(
            year, 6 if first else 12, 30 if first else 31
        )
    if match["q"]:
        quarter = "一二三四".find(match["q"]) + 1 or int(match["q"])
        return dt.date(year, 3 * quarter - 2, 1), _month(year, 3 * quarter)[1]
    if match["mid"]:
        return _month(year, 6)
    if match["last"]:
        return dt.date(year, 10, 1), dt.date(year, 12, 31)
    if not match["y"] and not match["rel"] and not (match["yend"] or "").startswith("年"):
        return None  # 到底, 以内
    if match["yend"] and not match["yend"].endswith("内"):
        return _month(year, 12)
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _bounded(
    span: tuple[dt.date, dt.date], words: str, before: str, after: str, *, any_year: bool
) -> Window:
    if match := _NOT_WITHIN.match(after):
        return Window(span[1] + dt.timedelta(days=1), None, words + match.group(), any_year)
    if _BARE_YEAR.fullmatch(words) and _PUT_OFF_TO.search(before):
        return Window(span[0], None, words, any_year)
    match = _BEFORE.match(after)
    if match is None and _UP_TO.search(before) and (span[0] == span[1] or _BY_THEN.match(after)):
        return Window(None, span[1], f"{_BY}{words}", any_year)
    if match:
        if _BARE_YEAR.fullmatch(words):
            span = span[0], dt.date(span[0].year - 1, 12, 31)  # 2026年之前 is over with 2025
        return Window(None, span[1], words + match.group().strip(), any_year)
    if match := _AFTER.match(after):
        return Window(span[0], None, words + match.group().strip(), any_year)
    return Window(*span, words, any_year)


def _relative(text: str, as_of: dt.date) -> Iterator[Window]:
    for match in _THIS_MONTH.finditer(text):
        yield Window(*_month(as_of.year, as_of.month), match.group())
    for match in _NEXT_MONTH.finditer(text):
        yield Window(*_month(*_next_month(as_of)), match.group())
    for match in _LAST_MONTH.finditer(text):
        before = dt.date(as_of.year, as_of.month, 1) - dt.timedelta(days=1)
        yield Window(*_month(before.year, before.month), match.group())
    for match in _YEARS.finditer(text):
        first, last = int(match.group(1)), int(match.group(2))
        yield Window(dt.date(first, 1, 1), dt.date(last, 12, 31), match.group())
    for match in _THIS_QUARTER.finditer(text):
        quarter = (as_of.month - 1) // 3 + 1
        first_day = dt.date(as_of.year, 3 * quarter - 2, 1)
        yield Window(first_day, _month(as_of.year, 3 * quarter)[1], match.group())
    for match in _NEXT_WEEK.finditer(text):
        monday = as_of + dt.timedelta(days=7 - as_of.weekday())
        yield Window(monday, monday + dt.timedelta(days=6), match.group())
    for match in _MONTH_END.finditer(text):
        yield Window(*_month(as_of.year, as_of.month), match.group())
    for match in _DUE_TODAY.finditer(text):
        day = as_of + dt.timedelta(days=match["day"].startswith("明"))
        yield Window(day, day, match.group())
    for match in (*_DURATION.finditer(text), *_TO_GO.finditer(text)):
        if _OFTEN.match(text[match.end() :]):
            continue
        count = 0.5 if match.group(1) == "半" else parse_number(match.group(1)) or 0
        days = round(count * _DAYS_IN[match.group(2)])
        yield Window(as_of, as_of + dt.timedelta(days=days), match.group())


def _spelt_out(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return f"{year}年{int(month)}月{int(day)}日" if day else f"{year}年{int(month)}月"


def _join_ranges(text: str, windows: list[Window]) -> Iterator[Window]:
    """Two dates with 到 between them are one window."""
    pending: Window | None = None
    position = 0
    for window in windows:
        start = text.find(window.text, position)
        if pending is not None and _RANGE.match(text[position:start]):
            pending = Window(pending.earliest, window.latest, f"{pending.text}至{window.text}")
        else:
            if pending is not None:
                yield pending
            pending = window
        position = start + len(window.text) if start >= 0 else position
    if pending is not None:
        yield pending


def _without_restated(windows: Sequence[Window]) -> Iterator[Window]:
    """Windows without those that only say in other words by when: 上半年(6月底及以前), 8月底前(含8月).

    今年完不成、要到2026年或更晚的 says one thing twice as well.
    """
    ends = {one.latest for one in windows if one.earliest is None}
    starts: set[dt.date] = set()
    for one in windows:
        if one.latest is None and one.earliest is not None:
            if one.earliest not in starts:
                yield one
            starts.add(one.earliest)
        elif one.earliest is None or one.latest not in ends:
            yield one


def _month(year: int, month: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _next_month(day: dt.date) -> tuple[int, int]:
    return (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
