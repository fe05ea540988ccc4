"""Which words are time limits, what range of dates they mean, and which dates are none.

The sentences are of two kinds: rows of the development notes as the five documents write them, and
invented ones of other places, so that no rule leans on a document.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.deadlines import Anchor, find_deadlines, parse_deadline_field
from ingest.records import Deadline

DOCUMENTS = Path(__file__).parents[2] / "documents"
PLAN = Anchor(dt.date(2024, 3, 15), 2024)
REPORT = Anchor(dt.date(2021, 12, 21), 2021, reports_progress=True)
FLAGS = ("ongoing", "undetermined", "immediate", "relative", "year_inferred")


def dates(deadline: Deadline) -> tuple[str, str]:
    """Both ends of the range, `-` for an open one."""
    return str(deadline.earliest or "-"), str(deadline.latest or "-")


def flags(deadline: Deadline) -> set[str]:
    return {name for name in FLAGS if getattr(deadline, name)}


def only(sentence: str, anchor: Anchor = PLAN) -> Deadline:
    found = find_deadlines(sentence, 0, len(sentence), anchor)
    assert len(found) == 1, [one.phrase.quote for one in found]
    return found[0]


def phrases(sentence: str, anchor: Anchor = PLAN) -> list[str]:
    return [one.phrase.quote for one in find_deadlines(sentence, 0, len(sentence), anchor)]


# --- rows of the notes ---------------------------------------------------------------------------


def plan_of(year: int, month: int, day: int) -> Anchor:
    return Anchor(dt.date(year, month, day), year)


@pytest.mark.parametrize(
    ("anchor", "sentence", "phrase", "earliest", "latest"),
    [
        (
            plan_of(2024, 9, 10),
            "力争年底前增加20家绩效B级及以上企业。",
            "力争年底前",
            "-",
            "2024-12-31",
        ),
        (
            plan_of(2024, 9, 10),
            "实施清淤，预计2024年底前完工；",
            "预计2024年底前",
            "-",
            "2024-12-31",
        ),
        (
            plan_of(2024, 9, 10),
            "2024年完成重点行业企业绩效升级。",
            "2024年",
            "2024-01-01",
            "2024-12-31",
        ),
        (
            plan_of(2024, 9, 10),
            "2025年底前基本完成“一口一策”分类整治。",
            "2025年底前",
            "-",
            "2025-12-31",
        ),
        (
            plan_of(2024, 9, 10),
            "到2025年，浓度控制在38微克/立方米以内。",
            "到2025年",
            "-",
            "2025-12-31",
        ),
        (plan_of(2024, 9, 10), "到2025年底利用率达到93%以上。", "到2025年底", "-", "2025-12-31"),
        (
            plan_of(2024, 9, 10),
            "扩建工程，计划2025年底完成施工建设。",
            "计划2025年底",
            "-",
            "2025-12-31",
        ),
        (plan_of(2024, 9, 10), "处理厂建设，预计2025年底建成。", "预计2025年底", "-", "2025-12-31"),
        (
            plan_of(2024, 9, 10),
            "2025年考核断面水质有所提升。",
            "2025年",
            "2025-01-01",
            "2025-12-31",
        ),
        (
            plan_of(2025, 9, 6),
            "到2025年末，重污染天数控制在4天以内。",
            "到2025年末",
            "-",
            "2025-12-31",
        ),
        (
            plan_of(2025, 9, 6),
            "持续推动建设，2025年基本建成“无废城市”。",
            "2025年",
            "2025-01-01",
            "2025-12-31",
        ),
        (
            Anchor(None, 2023),
            "2023年，辖区主要污染物排放总量持续减少。",
            "2023年",
            "2023-01-01",
            "2023-12-31",
        ),
        (
            plan_of(2017, 8, 23),
            "限期销账,2017年12月底前基本完成;",
            "2017年12月底前",
            "-",
            "2017-12-31",
        ),
        (
            plan_of(2017, 8, 23),
            "2017年10月底前,完成35蒸吨锅炉“清零”任务。",
            "2017年10月底前",
            "-",
            "2017-10-31",
        ),
        (
            plan_of(2017, 8, 23),
            "2017年,城镇污水处理率达到92.5%。",
            "2017年",
            "2017-01-01",
            "2017-12-31",
        ),
        (
            plan_of(2017, 8, 23),
            "更新换代,2020年全部使用智能渣土车。",
            "2020年",
            "2020-01-01",
            "2020-12-31",
        ),
        (
            plan_of(2017, 8, 23),
            "2020年生活垃圾回收利用率达到35%以上。",
            "2020年",
            "2020-01-01",
            "2020-12-31",
        ),
        (REPORT, "有关县(市、区)于2021年2月底前做好排查。", "2021年2月底前", "-", "2021-02-28"),
        (REPORT, "时序调整至“十四五”期间开工建设。", "“十四五”期间", "2021-01-01", "2025-12-31"),
        (REPORT, "跟踪环评应于2020年3月底前完成,但至今未完成", "2020年3月底前", "-", "2020-03-31"),
        (REPORT, "有限公司应于2019年完成搬迁。", "2019年", "2019-01-01", "2019-12-31"),
        (REPORT, "要求2021年2月28日老厂区设备均搬迁完成。", "2021年2月28日", "-", "2021-02-28"),
    ],
)
def test_limits_as_the_five_documents_write_them(
    anchor: Anchor, sentence: str, phrase: str, earliest: str, latest: str
) -> None:
    deadline = only(sentence, anchor)
    assert deadline.phrase.quote == phrase
    assert dates(deadline) == (earliest, latest)


def test_at_once_and_by_a_date_are_one_limit_that_begins_with_the_document() -> None:
    deadline = only("能够立即解决的,立行立改,2017年8月底前整改到位;", plan_of(2017, 8, 23))
    assert deadline.phrase.quote == "立行立改,2017年8月底前"
    assert dates(deadline) == ("2017-08-23", "2017-08-31")
    assert deadline.immediate


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("自约谈之日起,3个月内向市委、市政府上报整改报告。", "自约谈之日起,3个月内"),
        ("整改时限原则上不超过3个月。", "原则上不超过3个月"),
    ],
)
def test_limits_that_count_from_an_event_have_no_date(sentence: str, phrase: str) -> None:
    deadline = only(sentence, REPORT)
    assert deadline.phrase.quote == phrase
    assert flags(deadline) == {"relative"}
    assert deadline.latest is None


def test_an_unfixed_date_is_kept_in_the_words_of_the_text() -> None:
    sentence = "启动扩建工程，规模提升至0.6万吨/日，完成时间待资金落实后确定。计划2025年底前完成。"
    first, second = find_deadlines(sentence, 0, len(sentence), PLAN)
    assert first.phrase.quote == "完成时间待资金落实后确定"
    assert flags(first) == {"undetermined"}
    assert dates(first) == ("-", "-")
    assert first.clause.quote.startswith("启动扩建工程")
    assert second.soft == "计划"


def test_a_month_takes_its_year_from_the_date_before() -> None:
    sentence = "2021年2月底前上报企业清单,并于5月底前完成治理。"
    first, second = find_deadlines(
        sentence, 0, len(sentence), Anchor(dt.date(2022, 6, 1), 2022, True)
    )
    assert (first.latest, first.year_inferred) == (dt.date(2021, 2, 28), False)
    assert (second.latest, second.year_inferred) == (dt.date(2021, 5, 31), True)
    assert second.phrase.quote == "5月底前"


def test_the_date_before_counts_even_when_it_stands_outside_the_range() -> None:
    text = "一是2021年2月底前完成排查。二是做好查漏补缺,5月底前完成替代任务。"
    start = text.index("二是")
    (deadline,) = find_deadlines(text, start, len(text), Anchor(dt.date(2022, 6, 1), 2022, True))
    assert deadline.latest == dt.date(2021, 5, 31)
    assert deadline.clause.quote == "做好查漏补缺,5月底前完成替代任务"


# --- sentences of other places -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "phrase", "latest"),
    [
        ("到2026年末，湿地保护率达到60%。", "到2026年末", "2026-12-31"),
        ("今年年底前完成验收。", "今年年底前", "2024-12-31"),
        ("今年底完成验收。", "今年底", "2024-12-31"),
        ("明年6月底前建成投用。", "明年6月底前", "2025-06-30"),
        ("年内完成整改。", "年内", "2024-12-31"),
        ("2024年上半年完成招标。", "2024年上半年", "2024-06-30"),
        ("2024年第三季度前开工。", "2024年第三季度前", "2024-09-30"),
        ("三季度末完成整改。", "三季度末", "2024-09-30"),
        ("7月15日前上报方案。", "7月15日前", "2024-07-15"),
        ("本月底前报送。", "本月底前", "2024-03-31"),
        ("2024年12月底之前完成。", "2024年12月底之前", "2024-12-31"),
        ("2025年前完成搬迁。", "2025年前", "2025-12-31"),
        ("2024年10月上旬完成。", "2024年10月上旬", "2024-10-10"),
        ("该工程2024年11月完工。", "2024年11月", "2024-11-30"),
        ("最迟不超过2024年底。", "2024年底", "2024-12-31"),
        ("2024.12.31前完成。", "2024.12.31前", "2024-12-31"),
        ("二〇二四年十二月底前完成。", "二〇二四年十二月底前", "2024-12-31"),
        ("２０２４年１２月底前完成。", "２０２４年１２月底前", "2024-12-31"),
        ("2024 年 12 月底前完成。", "2024 年 12 月底前", "2024-12-31"),
        ("2024—2027年，逐步实现全覆盖。", "2024—2027年", "2027-12-31"),
        ("2024年4月至10月完成整治。", "2024年4月至10月", "2024-10-31"),
        ("“十四五”末全面消除黑臭水体。", "“十四五”末", "2025-12-31"),
        ("“十五五”期间建成3座再生水厂。", "“十五五”期间", "2030-12-31"),
        ("自2024年5月1日起3个月内完成。", "自2024年5月1日起3个月内", "2024-08-01"),
        ("自2024年4月1日起30日内完成。", "自2024年4月1日起30日内", "2024-05-01"),
    ],
)
def test_limits_of_other_places(sentence: str, phrase: str, latest: str) -> None:
    deadline = only(sentence)
    assert deadline.phrase.quote == phrase
    assert str(deadline.latest) == latest


@pytest.mark.parametrize(
    ("sentence", "phrase", "soft"),
    [
        ("项目计划2025年底建成。", "计划2025年底", "计划"),
        ("力争到2025年底实现全覆盖。", "力争到2025年底", "力争"),
        ("拟于2025年6月完成招标。", "拟于2025年6月", "拟"),
        ("原则上2024年10月底前完成。", "原则上2024年10月底前", "原则上"),
        ("2024年底前力争完成主体工程。", "2024年底前力争", "力争"),
        ("按照年度工作计划2024年底前完成。", "2024年底前", ""),
        ("2024年底前基本完成整治。", "2024年底前", ""),
    ],
)
def test_a_softening_word_stays_with_its_limit(sentence: str, phrase: str, soft: str) -> None:
    deadline = only(sentence)
    assert (deadline.phrase.quote, deadline.soft) == (phrase, soft)


@pytest.mark.parametrize(
    ("sentence", "phrase", "expected"),
    [
        ("即知即改，问题不过夜。", "即知即改", {"immediate"}),
        ("组织属地立即整改。", "立即整改", {"immediate"}),
        ("立查立改，长期坚持。", "立查立改，长期坚持", {"immediate", "ongoing"}),
        ("2024年12月底前完成整改，并长期坚持。", "2024年12月底前", {"ongoing"}),
        ("每年汛期前完成管网清掏。", "每年汛期前", {"ongoing"}),
        ("2024年汛期前完成清淤。", "2024年汛期前", {"relative"}),
        ("收到交办通知后15个工作日内反馈。", "收到交办通知后15个工作日内", {"relative"}),
        ("两年内完成搬迁。", "两年内", {"relative"}),
        ("竣工时间视审批情况确定。", "竣工时间视审批情况确定", {"undetermined"}),
    ],
)
def test_limits_without_an_end_in_the_calendar(
    sentence: str, phrase: str, expected: set[str]
) -> None:
    deadline = only(sentence)
    assert (deadline.phrase.quote, flags(deadline)) == (phrase, expected)


def test_a_month_that_has_long_passed_at_signature_is_one_of_the_next_year() -> None:
    assert only("3月底前完成。", plan_of(2024, 11, 20)).latest == dt.date(2025, 3, 31)
    assert only("2月底前完成。", plan_of(2024, 3, 15)).latest == dt.date(2024, 2, 29)


@pytest.mark.parametrize(
    "sentence",
    [
        "施工现场于2023年10月1日被指出存在扬尘问题，至10月5日问题仍未整改到位。",
        "2023年12月，省督察组发现该企业超标排放，未完成整改。",
        "2020年以来，累计完成治理12处。",
        "2023年6月、7月两次停运。",
        "截至2024年2月底，已完成12家。",
        "截止2024年12月31日,完成淘汰任务。",
        "2024年1月1日起，全面禁止露天焚烧。",
        "每日巡查，每月10日前通报，每季度检查一次。",
        "24小时值守，日产日清。",
        "重污染天数控制在4天以内。",
        "浓度较2020年下降10%。",
        "为达到国家2025年考核要求奠定基础。",
        "贯彻《中国制造2025》，落实《布局规划（2024—2035年）》。",
        "按照〈2025年底前完成整治的方案〉执行，落实<2025年底前行动方案>要求。",
        "按照某政发〔2025〕3号文件完成整改。",
        "高标准落实“十四五”规划目标任务。",
        "2020年前建成的小区要完成雨污分流改造。",
        "持续推进河道保洁，适时开展“回头看”，尽快完成。",
        "对能立即整改的，迅速落实。",
        "3个月内两次被通报的，予以约谈。",
        "立足今后5年干部队伍建设。",
        "2024年，全区有25家企业。",
        "老旧车辆（使用15年以上）淘汰。",
    ],
)
def test_other_dates_of_a_plan_are_no_limits(sentence: str) -> None:
    assert phrases(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "2021年4月20日,印发了《指南》。",
        "2021年5月初,市住建局完成了移交工作。",
        "2021年11月,组织各县开展专项检查。",
        "2021年10月底前，已全部完成整改。",
        "2021年6月底前完成了清理工作。",
        "2021年县城区剩余管网117公里均已完工。",
        "“十三五”期间，完成治理30处。",
        "该问题已整改完成,并持续常态化保持。",
    ],
)
def test_what_a_report_says_was_done_is_no_limit(sentence: str) -> None:
    assert phrases(sentence, REPORT) == []


@pytest.mark.parametrize(
    "sentence", ["到2022年底实现全覆盖。", "预计2022年6月完成。", "2022年完成剩余任务。"]
)
def test_what_a_report_announces_is_a_limit(sentence: str) -> None:
    assert only(sentence, REPORT).latest is not None


# --- clauses and ranges --------------------------------------------------------------------------


def test_the_clause_names_the_project_and_stops_at_the_semicolon() -> None:
    text = "（三）实施甲河清淤，预计2024年底前完工；实施乙园水质治理，目前已完成排查，预计2024年底前完工。"
    first, second = find_deadlines(text, 0, len(text), PLAN)
    assert first.clause.quote == "实施甲河清淤，预计2024年底前完工"
    assert second.clause.quote == "实施乙园水质治理，目前已完成排查，预计2024年底前完工"


def test_given_paragraphs_are_read_across_their_line_breaks() -> None:
    text = "建设再生水厂，2024年\n  12月底前完成。"
    (deadline,) = find_deadlines(text, 0, len(text), PLAN, bounds=[(0, len(text))])
    assert deadline.phrase.quote == "2024年\n  12月底前"
    assert deadline.latest == dt.date(2024, 12, 31)


def test_lines_are_paragraphs_of_their_own() -> None:
    text = "一、总体目标\n2024年12月底前完成。"
    assert only(text).clause.quote == "2024年12月底前完成"


def test_a_range_inside_a_title_sees_the_title_around_it() -> None:
    text = "落实《2025年底前完成整治方案》。"
    assert find_deadlines(text, 4, 12, PLAN) == ()


# --- labelled fields -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "latest", "expected"),
    [
        ("2024年12月", "2024-12-31", set()),
        ("2024年12月并长期坚持", "2024-12-31", {"ongoing"}),
        ("2025年", "2025-12-31", set()),
        ("2024年12月31日", "2024-12-31", set()),
        ("2024.12.31", "2024-12-31", set()),
        ("2024-06", "2024-06-30", set()),
        ("2024年第四季度", "2024-12-31", set()),
        ("2024年底前完成一期；2026年底前完成二期", "2026-12-31", set()),
        ("年底前", "2024-12-31", {"year_inferred"}),
        ("12月31日", "2024-12-31", {"year_inferred"}),
        ("立行立改，长期坚持", "None", {"immediate", "ongoing"}),
        ("长期坚持", "None", {"ongoing"}),
        ("常态化推进", "None", {"ongoing"}),
        ("三个月内", "None", {"relative"}),
        ("每年汛期前", "None", {"ongoing"}),
        ("待资金到位后确定", "None", {"undetermined"}),
        ("已完成", "None", set()),
    ],
)
def test_a_field_needs_no_words_around_its_date(
    value: str, latest: str, expected: set[str]
) -> None:
    deadline = parse_deadline_field(value, 0, len(value), PLAN)
    assert deadline.phrase.quote == value
    assert (str(deadline.latest), flags(deadline)) == (latest, expected)


def test_a_field_may_come_with_its_label_and_a_full_stop() -> None:
    text = "整改时限：2024年12月。"
    assert parse_deadline_field(text, 0, len(text), PLAN).phrase.quote == "2024年12月"


def test_a_labelled_line_in_running_text_is_read_as_a_field() -> None:
    text = "责任单位：县水利局\n预计完成时间：2025年6月"
    deadline = only(text)
    assert (deadline.phrase.quote, deadline.soft) == ("2025年6月", "预计")
    assert deadline.clause.quote == "预计完成时间：2025年6月"


def test_an_empty_field_gives_a_deadline_without_dates() -> None:
    deadline = parse_deadline_field("时限：  ", 3, 5, PLAN)
    assert dates(deadline) == ("-", "-")
    assert deadline.phrase.quote == "  "


# --- the five documents --------------------------------------------------------------------------


@cache
def corpus() -> str:
    texts = [path.read_text(encoding="utf-8") for path in sorted(DOCUMENTS.glob("*.txt"))]
    return "\n".join(texts)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_span_is_exact_and_inside_the_range(data: st.DataObject) -> None:
    text = corpus()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 600)))
    anchor = data.draw(st.sampled_from([PLAN, REPORT, Anchor()]))
    for deadline in find_deadlines(text, start, end, anchor):
        for span in (deadline.phrase, deadline.clause):
            assert text[span.start : span.end] == span.quote
            assert start <= span.start < span.end <= end
        assert deadline.clause.covers(deadline.phrase)
        assert (
            deadline.earliest is None
            or deadline.latest is None
            or deadline.earliest <= deadline.latest
        )


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="年月日底前到至2041十五三个内起，。《》“”立行改：整改时限\n 每", max_size=40)
)
def test_any_text_is_read_without_error(text: str) -> None:
    for deadline in (
        *find_deadlines(text, 0, len(text), PLAN),
        parse_deadline_field(text, 0, len(text), PLAN),
    ):
        assert text[deadline.phrase.start : deadline.phrase.end] == deadline.phrase.quote


@pytest.mark.parametrize(
    ("name", "anchor", "limits"),
    [
        ("wuqing-2024-rectification-plan", plan_of(2024, 9, 10), 50),
        ("heping-2025-rectification-plan", plan_of(2025, 9, 6), 3),
        ("jinqiao-2023-work-plan", Anchor(None, 2023), 1),
        ("zhongbei-2017-rectification-plan", plan_of(2017, 8, 23), 11),
        ("cangzhou-2022-rectification-report", REPORT, 12),
    ],
)
def test_number_of_limits_in_the_shipped_documents(name: str, anchor: Anchor, limits: int) -> None:
    text = (DOCUMENTS / f"{name}.txt").read_text(encoding="utf-8")
    assert len(find_deadlines(text, 0, len(text), anchor)) == limits


@pytest.mark.parametrize("value", ["全年", "全年持续开展", "贯穿全年"])
def test_the_whole_year_in_a_field_is_that_of_the_document(value: str) -> None:
    deadline = parse_deadline_field(value, 0, len(value), PLAN)
    assert dates(deadline) == ("2024-01-01", "2024-12-31")
    assert deadline.year_inferred


def test_the_whole_year_of_a_document_without_one_is_no_date() -> None:
    assert parse_deadline_field("全年", 0, 2, Anchor()).latest is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        # Another point goes back to the plan's own year …
        ("一是2025年3月底前完成排查；二是厂房扩建，11月底前通水。", ["2025-03-31", "2024-11-30"]),
        ("①2025年3月底前完成排查；②11月底前通水。", ["2025-03-31", "2024-11-30"]),
        # … a limit that would have passed by then, or of the same point, does not.
        ("一是2025年3月底前完成排查；二是2月底前通水。", ["2025-03-31", "2025-02-28"]),
        ("一是2025年3月底前完成排查，11月底前通水。", ["2025-03-31", "2025-11-30"]),
    ],
)
def test_a_year_reaches_into_the_next_point_only_where_the_plan_s_own_has_passed(
    text: str, days: list[str]
) -> None:
    found = find_deadlines(text, 0, len(text), PLAN)
    assert [str(one.latest) for one in found] == days


def test_a_day_that_is_in_no_calendar_means_the_end_of_its_month() -> None:
    text = "2024年11月31日前"
    assert parse_deadline_field(text, 0, len(text), PLAN).latest == dt.date(2024, 11, 30)
    beyond = "2024年11月32日前"
    assert parse_deadline_field(beyond, 0, len(beyond), PLAN).latest is None


def test_batches_with_a_number_of_things_each_have_their_own_day() -> None:
    assert phrases("完成45个村的治理，分三批：6月底前15个、9月底前20个、11月底前10个。") == [
        "6月底前",
        "9月底前",
        "11月底前",
    ]
    assert phrases("53个排污口中，工业类11个6月底前完成，生活类27个11月底前完成。") == [
        "6月底前",
        "11月底前",
    ]
    assert phrases("一季度完成6家、上半年累计完成15家、年底前全部完成。") == [
        "一季度",
        "上半年",
        "年底前",
    ]


@pytest.mark.parametrize("sentence", ["3月前20名由县政府表扬。", "前三季度排名下降。"])
def test_the_first_of_a_ranking_are_no_limit(sentence: str) -> None:
    assert phrases(sentence) == []
