"""Questions that records decide: whole lists, places in an order, counts by role and month, bodies in doubt.

Asked over documents of five layouts; what is asserted can be counted in them by hand.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import offices
import pytest
from offices import opened_over

from assistant.answer import Answer
from assistant.app import Assistant

DATA = Path(__file__).parents[1] / "data"
FILES = (
    "elsewhere/hailing-2025-task-ledger.txt",
    "elsewhere/yunpu-2026-central-inspection-rectification.txt",
    "elsewhere/shiqiao-county-2026-work-plan.txt",
    "farther/tongxi-2025-task-list.txt",
    "farther/yunyuan-2026-notice.txt",
    "farther/lanz-2025-progress.txt",
    "afield/tongping-district-2026-completion-publicity.txt",
    "plans/linshui-2023-rectification-plan.txt",
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened_over((DATA / name for name in FILES), tmp_path_factory.mktemp("office"))


def ask(assistant: Assistant, question: str, today: str = "2025-10-15") -> Answer:
    return offices.ask(assistant, question, dt.date.fromisoformat(today))


def rows(answer: Answer) -> list[str]:
    """The rows of the answer's tables as text, headings left out."""
    lines = (line for line in answer.text.splitlines() if line.startswith("| "))
    return [line for line in lines if not line.startswith(("| ---", "| 编号", "| 文件"))]


def numbers(answer: Answer) -> list[str]:
    return [row.split(" | ")[0].strip("| ") for row in rows(answer)]


# --- whole lists --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("把海棱的台账从头念一遍", 22),
        ("云浦认领了哪些问题？", 12),
        ("桐溪要整改的都有啥", 16),
        ("临水反馈了哪12个问题", 12),
        ("云浦的个性问题都有哪些任务？", 8),
    ],
)
def test_the_tasks_of_a_document_are_listed_whole_and_counted(
    office: Assistant, question: str, count: int
) -> None:
    answer = ask(office, question)
    assert f"共{count}项" in answer.text.split("\n")[0]
    assert len(rows(answer)) == count


def test_a_question_about_a_thing_is_no_whole_list(office: Assistant) -> None:
    assert len(rows(ask(office, "海棱台账里贝壳堆放那项问题是什么情况？"))) < 22


# --- places in the order of limits --------------------------------------------------------------------


def test_both_ends_are_answered_each_by_itself(office: Assistant) -> None:
    answer = ask(office, "海棱台账办结时限最靠前和最靠后的各是哪项？")
    assert numbers(answer) == ["17", "18"]
    assert "时限最早的共1项（2025年2月28日）" in answer.text
    assert "时限最晚的共1项（2026年12月31日）" in answer.text


@pytest.mark.parametrize(
    ("question", "number"),
    [("海棱台账时限第二晚的是哪项", "12"), ("云浦第三早到期的是哪个任务", "6")],
)
def test_a_place_counts_days_and_not_tasks(office: Assistant, question: str, number: str) -> None:
    assert numbers(ask(office, question)) == [number]


def test_a_list_and_then_its_first_are_both_answered(office: Assistant) -> None:
    answer = ask(office, "海棱区住建局牵头的有哪些，哪个最早到期？")
    assert numbers(answer) == ["1", "2", "3", "3"]


# --- counts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("临水验收单位里哪家验得最多？", ["市生态环境局", "共4项"]),
        ("海棱哪个单位配合得最多？", ["区生态环境分局", "共7项"]),
        ("海棱每个月各到期几项？", ["2025年12月", "3项", "未写明日期"]),
        ("云浦按年份各有几项到期？", ["2026年", "7项", "2028年"]),
        ("石荞按季度看各有几项到期？", ["2026年第四季度"]),
        ("石荞谁手上的任务最多？", ["县生态环境局", "共11项"]),
        ("云浦哪位领导督导的最多，哪位最少？", ["庾成舟", "共5项", "鲁静澜、费冬野", "共2项"]),
    ],
)
def test_tasks_are_counted_by_role_and_by_time(
    office: Assistant, question: str, facts: list[str]
) -> None:
    answer = ask(office, question)
    assert not answer.refused
    for fact in facts:
        assert fact in answer.text


def test_a_group_of_bodies_is_nobody_in_particular(office: Assistant) -> None:
    first = ask(office, "石荞配合最多的是谁？").text.split("\n")[0]
    assert "各镇街" not in first


def test_the_task_with_the_most_measures_is_named(office: Assistant) -> None:
    assert "“5.中心城区管网短板突出”" in ask(office, "云浦哪个任务的举措最多？").text


# --- roles --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("云浦市生态环境局不唱主角、只帮忙的有哪几项", ["4", "6", "9", "10"]),
        ("海棱区住建局光配合不牵头的是哪几件", ["7"]),
        ("石荞县公安局只给人打下手的有几项", ["2", "18", "20", "25"]),
    ],
)
def test_a_body_that_only_cooperates_does_not_lead(
    office: Assistant, question: str, expected: list[str]
) -> None:
    listed = numbers(ask(office, question))
    assert [re.sub(r"^.*[)）、]", "", number) for number in listed] == expected


def test_roles_of_one_body_are_counted_apart(office: Assistant) -> None:
    answer = ask(office, "海棱区生态环境分局牵头和配合的各几项？")
    assert "共2项（牵头单位：生态环境分局）" in answer.text
    assert "共7项（配合单位：生态环境分局）" in answer.text


def test_leads_that_accept_their_own_work(office: Assistant) -> None:
    answer = ask(office, "临水有哪些问题是自己干自己验的？")
    assert numbers(answer) == ["5", "6", "8", "9", "11"]


# --- a body in doubt ----------------------------------------------------------------------------------


def test_a_body_with_tasks_is_said_to_have_them_first(office: Assistant) -> None:
    answer = ask(office, "海棱区应急管理局有任务没有？")
    assert answer.text.startswith("有。")
    assert numbers(answer) == ["14"]


def test_a_body_that_only_a_group_covers_is_told_so(office: Assistant) -> None:
    answer = ask(office, "铜屏石盘镇是不是就没它的事？")
    assert answer.text.startswith("有。")
    assert "没有单独点名石盘镇" in answer.text
    assert "“各镇街”" in answer.text
    assert numbers(answer) == ["6", "9"]
    assert any("“各镇街”指" in one.quote for one in answer.citations)


def test_a_body_without_tasks_is_refused(office: Assistant) -> None:
    assert ask(office, "云浦市商务局有没有任务？").refused


def test_tasks_by_name_and_by_group_are_told_apart_and_added(office: Assistant) -> None:
    answer = ask(office, "铜屏江口镇一共配合几项？“各镇街”也算进去")
    assert "共3项" in answer.text
    assert "另有2项" in answer.text
    assert "合计5项" in answer.text


def test_a_bracket_behind_a_body_is_its_part(office: Assistant) -> None:
    answer = ask(office, "金澜的安环部手上有几件？")
    assert numbers(answer) == ["B-2", "C-2", "E-1"]
    assert "责任单位（监测井）" in answer.text


# --- limits -------------------------------------------------------------------------------------------


def test_tasks_without_a_limit(office: Assistant) -> None:
    assert numbers(ask(office, "海棱台账里没写具体日期的有哪些？")) == ["9"]
    assert "写明时限" in ask(office, "石荞有明确时限的任务有几项？").text


def test_what_is_due_from_today_is_tasks_and_measures_told_apart(office: Assistant) -> None:
    answer = ask(office, "从今天到年底，桐溪还有哪些没完的要到期？", "2025-10-12")
    listed, measures = answer.text.split("另有")
    assert "其所在任务的时限不在此期间" in measures
    assert "扩建清河路提升泵站" in measures
    assert "扩建清河路提升泵站" not in listed
    assert {"5", "8", "12", "15"} <= set(numbers(answer))


def test_a_notice_goes_by_the_company_it_is_sent_to(office: Assistant) -> None:
    answer = ask(office, "从今天到6月底，金澜还有哪几项要办结？", "2026-04-10")
    assert {one.document for one in answer.citations} == {"yunyuan-2026-notice.txt"}
    assert {"A-3", "B-1", "B-3", "C-2"} <= set(numbers(answer))


# --- progress -----------------------------------------------------------------------------------------


def test_closed_tasks_stand_in_the_order_of_their_closing(office: Assistant) -> None:
    assert numbers(ask(office, "铜屏已销号的，按销号日期从早到晚排")) == ["5", "9", "7", "1", "2"]
    assert numbers(ask(office, "海棱最早销号的是哪项？")) == ["9"]


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("澜洲通报开头说滞后几项，后面实际列了几项？", ["滞后3项", "实际列出4项", "不一致"]),
        ("桐溪说明里写已销号几项，表里实际有几项？", ["已销号5项", "实际列出4项", "不一致"]),
        ("海棱说明写一共几项，表里实际列了几项？", ["共列22项", "实际列出22项", "两者一致"]),
    ],
)
def test_a_stated_number_is_set_against_the_real_one(
    office: Assistant, question: str, facts: list[str]
) -> None:
    answer = ask(office, question)
    for fact in facts:
        assert fact in answer.text


def test_a_value_of_a_column_picks_rows(office: Assistant) -> None:
    assert numbers(ask(office, "海棱群众信访来的有哪几项？")) == ["9", "17", "22"]
    assert numbers(ask(office, "桐溪申请延期的是哪项？")) == ["13"]


def test_events_of_a_report_stand_by_day(corpus: Assistant) -> None:
    answer = ask(corpus, "沧州通报里2021年3月，写明哪一天的事，按时间排一排")
    days = re.findall(r"^- (\d{4}-\d\d-\d\d)：", answer.text, re.MULTILINE)
    assert days == ["2021-03-01", "2021-03-08", "2021-03-15", "2021-03-16"]


# --- what is none of these ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        "海棱渔港贝壳那项有没有写明时限？",
        "石荞每季度抽检几座加油站？",
        "云浦小水电最早哪年退出，最晚哪年？",
        "澜洲尾矿库闭库重新定到哪天？",
    ],
)
def test_a_question_about_one_thing_is_answered_about_it(office: Assistant, question: str) -> None:
    answer = ask(office, question)
    assert not answer.refused
    assert "符合条件的共" not in answer.text
    assert "时限最早的共" not in answer.text


def test_a_measure_is_found_by_its_place(office: Assistant) -> None:
    answer = ask(office, "云浦任务3的第二条措施是什么，责任单位里有市公安局吗？")
    assert "机械化冲洗不少于5次" in answer.text
    assert "责任单位不包括市公安局" in answer.text


def test_bodies_and_persons_are_counted_apart(office: Assistant) -> None:
    answer = ask(office, "云浦谭叙白和庾成舟各督导几项？")
    assert "共3项（负责领导：谭叙白）" in answer.text
    assert "共5项（负责领导：庾成舟）" in answer.text


def test_whether_there_are_tasks_with_a_condition(office: Assistant) -> None:
    assert "共2项" in ask(office, "海棱有没有长期坚持的任务？").text


def test_a_leader_is_known_by_the_post(office: Assistant) -> None:
    assert numbers(ask(office, "金澜一把手名下有几项？")) == ["E-1"]
    assert numbers(ask(office, "金澜生产副总经理管哪几项？")) == ["A-1", "A-2", "A-3"]


def test_whose_role_is_asked_for_is_no_condition(office: Assistant) -> None:
    answer = ask(office, "桐溪柳林街道红砖厂归哪个局主责，关了哪两家？")
    assert "县工信局" in answer.text
