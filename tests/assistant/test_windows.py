"""Which stretch of time a question names; “today” is 15 November 2024 in all of them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.query import Window
from assistant.understanding.windows import find_windows, with_full_years

TODAY = dt.date(2024, 11, 15)
OPEN = "-"


def ends(window: Window) -> tuple[str, str]:
    """First and last day, `-` for an open end."""
    return str(window.earliest or OPEN), str(window.latest or OPEN)


def only(text: str) -> Window:
    windows = find_windows(text, TODAY)
    assert len(windows) == 1, windows
    return windows[0]


def test_how_often_something_happens_within_a_time_is_no_window() -> None:
    assert not find_windows("一年里被逮住三次的怎么办", TODAY)
    assert find_windows("三十天内要到期的有哪些", TODAY)


def test_a_month_is_no_number_of_months() -> None:
    assert ends(only("5月内要整改完的")) == ("2024-05-01", "2024-05-31")
    assert ends(only("2个月内要整改完的")) == ("2024-11-15", "2025-01-14")


def test_until_a_time_may_count_it_in() -> None:
    assert ends(only("2025年6月底及以前到期的")) == (OPEN, "2025-06-30")


def test_the_day_looked_from_is_no_window() -> None:
    assert not find_windows("以2026年2月来看都到期了吗", TODAY)


def test_a_short_year_stands_behind_any_word() -> None:
    assert with_full_years("再往后25年底的有没有") == "再往后2025年底的有没有"
    assert with_full_years("今后25年") == "今后25年"


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2025年12月31日到期的问题", "2025-12-31", "2025-12-31"),
        ("2025年12月1号的任务", "2025-12-01", "2025-12-01"),
        ("时限为2025年12月的问题", "2025-12-01", "2025-12-31"),
        ("2025年二月要完成什么", "2025-02-01", "2025-02-28"),
        ("2024年2月底完成的", "2024-02-01", "2024-02-29"),
        ("2025年6月末", "2025-06-01", "2025-06-30"),
        ("2025年底到期", "2025-12-01", "2025-12-31"),
        ("2025年末到期", "2025-12-01", "2025-12-31"),
        ("2025年年底到期", "2025-12-01", "2025-12-31"),
        ("2025年的任务", "2025-01-01", "2025-12-31"),
        ("2025年内完成", "2025-01-01", "2025-12-31"),
        ("2025年上半年", "2025-01-01", "2025-06-30"),
        ("2025年下半年", "2025-07-01", "2025-12-31"),
        ("2025年一季度", "2025-01-01", "2025-03-31"),
        ("2025年第三季度", "2025-07-01", "2025-09-30"),
        ("2025年第4季度", "2025-10-01", "2025-12-31"),
        ("2025年最后三个月", "2025-10-01", "2025-12-31"),
    ],
)
def test_a_stretch_with_its_year(text: str, earliest: str, latest: str) -> None:
    assert ends(only(text)) == (earliest, latest)
    assert not only(text).any_year


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("今年要完成的", "2024-01-01", "2024-12-31"),
        ("本年要完成的", "2024-01-01", "2024-12-31"),
        ("明年到期的", "2025-01-01", "2025-12-31"),
        ("去年底到期的", "2023-12-01", "2023-12-31"),
        ("今年年底到期", "2024-12-01", "2024-12-31"),
        ("今年下半年到期", "2024-07-01", "2024-12-31"),
        ("明年3月到期", "2025-03-01", "2025-03-31"),
        ("本月到期", "2024-11-01", "2024-11-30"),
        ("这个月到期", "2024-11-01", "2024-11-30"),
        ("下个月到期", "2024-12-01", "2024-12-31"),
        ("下月到期", "2024-12-01", "2024-12-31"),
        ("30天内到期", "2024-11-15", "2024-12-15"),
        ("未来7天之内到期", "2024-11-15", "2024-11-22"),
    ],
)
def test_a_stretch_counted_from_today(text: str, earliest: str, latest: str) -> None:
    assert ends(only(text)) == (earliest, latest)


def test_next_month_of_december_is_january() -> None:
    windows = find_windows("下个月到期", dt.date(2024, 12, 31))
    assert [ends(one) for one in windows] == [("2025-01-01", "2025-01-31")]


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2025年6月之前到期", OPEN, "2025-06-30"),
        ("2025年6月以前到期", OPEN, "2025-06-30"),
        ("2025年底前完成", OPEN, "2025-12-31"),
        ("2025年6月以后到期", "2025-06-01", OPEN),
        ("2025年1月1日之后到期", "2025-01-01", OPEN),
        ("2025年3月起", "2025-03-01", OPEN),
    ],
)
def test_before_and_after_leave_one_end_open(text: str, earliest: str, latest: str) -> None:
    assert ends(only(text)) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2025年6月到9月到期", "2025-06-01", "2025-09-30"),
        ("2024年10月至2025年3月", "2024-10-01", "2025-03-31"),
        ("从2024年12月到2025年12月", "2024-12-01", "2025-12-31"),
        ("2025年10月1日至10月5日", "2025-10-01", "2025-10-05"),
        ("今天到年底要完成", "2024-11-15", "2024-12-31"),
    ],
)
def test_two_dates_with_a_word_for_to_between_them_are_one_stretch(
    text: str, earliest: str, latest: str
) -> None:
    assert ends(only(text)) == (earliest, latest)


def test_two_dates_side_by_side_are_two_windows_and_share_the_year() -> None:
    windows = find_windows("2017年8月底和12月底两个节点", TODAY)
    assert [ends(one) for one in windows] == [
        ("2017-08-01", "2017-08-31"),
        ("2017-12-01", "2017-12-31"),
    ]
    assert not any(one.any_year for one in windows)


@pytest.mark.parametrize("text", ["9月到期", "九月底到期", "三季度", "上半年完成", "年中"])
def test_without_a_year_the_window_holds_in_any(text: str) -> None:
    window = only(text)
    assert window.any_year
    middle = window.latest
    assert middle is not None
    assert window.holds(middle.replace(year=2017))
    assert window.holds(middle.replace(year=2030))


def test_any_year_keeps_to_its_months() -> None:
    september = only("九月底到期")
    assert september.holds(dt.date(2021, 9, 30))
    assert not september.holds(dt.date(2021, 10, 1))
    assert not september.holds(None)


def test_chinese_months_are_months() -> None:
    assert ends(only("2025年十二月")) == ("2025-12-01", "2025-12-31")
    assert ends(only("2025年十月")) == ("2025-10-01", "2025-10-31")


@pytest.mark.parametrize(
    "text",
    [
        "今天是2024年11月1日，哪些问题到期",
        "现在11月初，哪些没到期",
        "截至2025年1月10日的问题",
        "站在2025年3月1日看",
    ],
)
def test_a_mention_of_today_is_no_window(text: str) -> None:
    assert find_windows(text, TODAY) == ()


@pytest.mark.parametrize(
    "text",
    [
        "到底怎么做",
        "散煤由谁牵头",
        "2月30日到期",
        "第三污水处理厂",
        "一共几项任务",
        "PM2.5是多少",
        "",
    ],
)
def test_what_is_no_date_is_no_window(text: str) -> None:
    assert find_windows(text, TODAY) == ()


def test_both_ends_of_a_window_belong_to_it() -> None:
    window = only("2025年12月到期")
    assert window.holds(dt.date(2025, 12, 1))
    assert window.holds(dt.date(2025, 12, 31))
    assert not window.holds(dt.date(2026, 1, 1))
    assert not window.holds(dt.date(2025, 11, 30))


def test_the_windows_words_are_the_questions() -> None:
    assert only("时限为2025年12月的问题有哪些").text == "2025年12月"


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31)), st.dates(dt.date(2000, 1, 1)))
@settings(deadline=None)
def test_a_date_written_out_is_a_window_of_that_day_whatever_today_is(
    day: dt.date, today: dt.date
) -> None:
    windows = find_windows(f"{day.year}年{day.month}月{day.day}日到期的任务", today)
    assert [(one.earliest, one.latest) for one in windows] == [(day, day)]


_PIECES = st.sampled_from(
    ["2025年", "今年", "明年", "3月", "十二月", "底", "前", "之后", "到", "至", "31日", "30天内", "季度",
     "上半年", "本月", "今天", "，", "的问题", "13月", "0月", "年底", "三", "0天内", "999天内"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=8).map("".join))
@settings(deadline=None)
def test_any_run_of_words_of_time_gives_well_formed_windows(text: str) -> None:
    for window in find_windows(text, TODAY):
        assert window.text
        assert isinstance(window.holds(TODAY), bool)


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("写到26年的有几个", "写到2026年的有几个"),
        ("是25年5月来的吧", "是2025年5月来的吧"),
        ("25年底前", "2025年底前"),
        ("24年比23年降了几个", "2024年比2023年降了几个"),
        ("近25年的老旧管网", "近25年的老旧管网"),
        ("20年内", "20年内"),
        ("用了25年", "用了25年"),
        ("2025年的", "2025年的"),
    ],
)
def test_years_in_two_digits_are_written_out(text: str, full: str) -> None:
    assert with_full_years(text) == full


def test_the_end_of_last_month_is_not_that_of_this_month() -> None:
    assert ends(only("时限卡在上个月底的是哪几项")) == ("2024-10-01", "2024-10-31")
    assert find_windows("比上月底多了几件", TODAY) == ()


def test_the_end_of_a_year_in_two_figures() -> None:
    assert ends(only(with_full_years("24年年底就得交账的"))) == ("2024-12-01", "2024-12-31")
