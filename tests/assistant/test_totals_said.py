"""What a text says of the number of its tasks, beside the tasks themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[[str], Answer]

LEDGER = """霞浦湾区环境整改台账（2025年）
序号	问题	牵头单位	完成时限	进展
1	石桥河返黑	区水务局	2025年5月31日	已完成
2	东码头扬尘	区交通运输局	2025年6月30日	已完成
3	望海饭庄油烟	区城管局	2025年7月31日	推进中
4	南坡采石坑	区自然资源局	2026年4月30日	推进中
5	盐场小区噪声	区城管局	2025年9月30日	未启动
填表说明：
1.共5项任务，截至8月31日已完成3项，推进中1项，未启动1项。
2.逾期的由区整改办通报。
"""

PLAN = """岱岭市督察整改方案
云办〔2025〕9号
一、工作目标
1.反馈问题共5项，2025年底前完成整改4项，其余2027年底前完成。
二、整改任务
问题1：河口县研究环保工作不够。
整改时限：立行立改，长期坚持
牵头单位：河口县政府
问题2：镜湖总磷偏高。
整改时限：2027年12月底
牵头单位：市生态环境局
问题3：城东管网混接。
整改时限：2025年11月底
牵头单位：市住建局
问题4：西山矿山未复绿。
整改时限：2026年10月底
牵头单位：市自然资源局
问题5：江滩非法码头。
整改时限：2025年7月底
牵头单位：市交通运输局
"""

NOTICE = """松江市生态环境局
关于责令松江市禾丰纸业有限公司限期整改的通知
松江市禾丰纸业有限公司：
2025年3月6日，我局对你公司进行了检查，发现环境问题4个。现通知如下：
一、存在问题
（一）废水方面
1.2号沉淀池池壁渗漏。
2.污泥压滤机停用，未报告。
（二）废气方面
3.5号锅炉布袋破损。
二、整改要求
（一）沉淀池4月底前修复。
（二）压滤机立即恢复使用。
（三）布袋4月15日前更换到位。
（四）每周五报送进展。
"""


def _ask(text: str, folder: Path, day: dt.date) -> Ask:
    assistant = offices.opened_on(text, folder)
    return lambda question: offices.ask(assistant, question, day)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    return _ask(LEDGER, tmp_path_factory.mktemp("ledger"), dt.date(2025, 9, 1))


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    return _ask(PLAN, tmp_path_factory.mktemp("plan"), dt.date(2025, 3, 1))


@pytest.mark.parametrize(
    "question",
    [
        "到8月底完成了几项，说明里的数和表里一致不",
        "台账已完成的我自己数着跟底下统计对不上",
        "销账的事先不说，挨个点一遍，完成的项数跟填表说明相符吗",
    ],
)
def test_a_note_on_the_states_is_set_against_the_rows(ledger: Ask, question: str) -> None:
    text = ledger(question).text
    assert "“已完成”写明3，逐行计数2项（1、2），不一致" in text
    assert "“推进中”写明1，逐行计数2项（3、4），不一致" in text
    assert "“未启动”写明1，逐行计数1项（5），一致" in text
    assert "表中行数写明5，逐行计数5项，一致" in text


def test_a_list_by_state_tells_that_the_text_counts_otherwise(ledger: Ask) -> None:
    text = ledger("哪些已经完成了").text
    assert "共2项" in text
    assert "表下写明“已完成”3项，逐行计数为2项，两者不一致" in text
    assert "两者不一致" not in ledger("哪些还没启动").text


def test_a_list_of_one_body_says_nothing_of_the_number_of_all(ledger: Ask) -> None:
    assert "写明“推进中”" not in ledger("区城管局牵头、还在推进的有哪些").text


@pytest.mark.parametrize(
    "question", ["方案说今年底完4项，按单子数数对得上吗", "2025年底前完成的有哪些"]
)
def test_what_is_due_by_a_day_is_counted_by_the_limits(plan: Ask, question: str) -> None:
    text = plan(question).text
    assert "2025年底前完成整改" in text
    assert "2项" in text
    assert "没有确定日期或长期坚持的1项（1），连同为3项" in text
    assert "不一致" in text


def test_a_number_that_holds_is_no_contradiction(tmp_path: Path) -> None:
    ask = _ask(PLAN.replace("完成整改4项", "完成整改3项"), tmp_path, dt.date(2025, 3, 1))
    assert "不一致" not in ask("2025年底前完成的有哪些").text
    assert "一致" in ask("方案说今年底完3项，按单子数数对得上吗").text


def test_problems_of_a_notice_are_its_findings_and_not_its_requirements(tmp_path: Path) -> None:
    ask = _ask(NOTICE, tmp_path, dt.date(2025, 3, 10))
    text = ask("禾丰纸业到底查出几个问题，我数着不够啊").text
    assert "共3个" in text
    assert "正文另写明“发现环境问题4个”" in text
    # 2号沉淀池 is the name of a thing, and 1. its number.
    assert "2号沉淀池池壁渗漏" in text


@pytest.mark.parametrize(
    ("question", "overdue"),
    [
        ("到7月底已经过了时限还没完的有哪几项", []),
        ("到8月15日，过了时限还没完的有哪几项", ["望海饭庄"]),
        ("现在是10月8日，逾期的有哪几项", ["望海饭庄", "盐场小区"]),
        ("截至8月20日逾期的有哪些", ["望海饭庄"]),
    ],
)
def test_the_day_by_which_it_is_asked_how_far_things_are_is_no_limit(
    ledger: Ask, question: str, overdue: list[str]
) -> None:
    text = ledger(question).text
    assert [one for one in ("望海饭庄", "盐场小区", "南坡采石坑") if one in text] == overdue


def test_a_state_is_asked_of_all_that_is_so_by_a_day(ledger: Ask) -> None:
    text = ledger("区城管局自己牵头、8月底还没办利索的有几件，分别啥").text
    assert "共2件" in text
    assert "望海饭庄" in text
    assert "盐场小区" in text
    # Before a day they are due, and not only so far.
    assert "盐场小区" not in ledger("8月底前还没办完的有哪些").text


@pytest.mark.parametrize(
    "question",
    [
        "今年完不成、要到26年或更晚才全部完成的问题有哪些",
        "今年干不完的有哪几个问题",
        "拖到明年的有哪些问题",
    ],
)
def test_what_is_due_later_has_no_end(plan: Ask, question: str) -> None:
    text = plan(question).text
    assert "共2" in text
    assert "镜湖总磷" in text
    assert "西山矿山" in text


def test_what_is_put_off_to_the_year_after_next(plan: Ask) -> None:
    text = plan("哪些问题要拖到后年").text
    assert "镜湖总磷" in text
    assert "西山矿山" not in text
