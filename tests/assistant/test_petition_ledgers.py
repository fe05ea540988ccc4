"""Lists and roles over the rows of a ledger of petitions and over a plan: states, everyday values, numbers, groups.

What is expected was worked out by hand; every answer's citations are verbatim.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest
from offices import opened

from assistant.answer import Answer, Turn
from assistant.ledger import Role
from assistant.understanding.group_roles import asked_group
from assistant.understanding.task_numbers import petition_numbers, task_numbers

TODAY = dt.date(2026, 7, 20)
Ask = Callable[..., Answer]

LEDGER = """梧川区群众信访举报件办理台账
（截至2026年7月15日）
序号\t交办日期\t属地\t反映问题\t污染类型\t是否属实\t责任单位（第一位为主办）\t包案领导\t办结时限\t办理状态\t备注
1\t4月2日\t东埠街道\t洗衣店锅炉冒黑烟\t大气\t属实\t区生态环境分局、东埠街道\t陆天明\t2026年5月20日\t已办结\t锅炉已拆除
2\t4月3日\t白石镇\t河湾养鹅户粪水下河\t水\t部分属实\t白石镇、区农业农村局\t秦月\t2026年8月10日\t阶段性办结\t15户中11户已清退
3\t4月5日\t白石镇\t石料场夜间放炮\t噪声\t不属实\t区公安分局\t陆天明\t2026年4月30日\t已办结\t系修路爆破，手续齐全
4\t4月7日\t东埠街道\t老机修厂院内堆放油桶\t固废\t属实\t区生态环境分局、区公安分局、东埠街道\t秦月\t2026年9月30日\t未办结\t已转运8吨
5\t4月9日\t青山乡\t砖厂烟尘\t大气\t属实\t青山乡、区生态环境分局\t秦月\t2026年6月30日\t未办结\t脱硫设备到货
6\t4月9日\t青山乡\t反映水塘死鱼\t水\t不属实\t区水利局\t陆天明\t2026年5月10日\t已办结\t水质检测合格
"""

PLAN = """龙渠县突出环境问题整改方案
龙渠县人民政府
2026年1月10日

附件1
整改任务清单

【问题1】履责情况报告不全。5个乡镇未报告履责情况。
整改时限：2026年6月底前，并长期坚持
责任领导：祁云
牵头单位：县委办公室
配合单位：龙渠生态环境分局，各乡镇（街道）
验收单位：县委督查室

【问题2】河道采砂坑未回填。沙湾段留有采砂坑3处。
整改时限：2026年5月底前
责任领导：冯远
牵头单位：县水利局
配合单位：县公安局，沙湾镇
验收单位：龙渠生态环境分局

【问题3】排污口整治滞后。应整治的40个排污口只完成22个。
整改时限：2026年10月底前（原定2026年6月底前，因汛期延期）
责任领导：冯远
牵头单位：龙渠生态环境分局
配合单位：县水利局，各乡镇（街道）
验收单位：市生态环境局

【问题4】铅锌尾矿库渗漏。尾矿库渗滤液超标。
整改时限：2026年12月底前
责任领导：祁云
牵头单位：县水利局
配合单位：县应急管理局
验收单位：省生态环境厅

【问题5】湿地公园内违规养殖。
整改时限：长期坚持
责任领导：冯远
牵头单位：县林业局
配合单位：青山乡
验收单位：省林业局
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Asks an assistant over both documents, checking every citation."""
    folder = tmp_path_factory.mktemp("petitions")
    for name, text in (("ledger.txt", LEDGER), ("plan.txt", PLAN)):
        (folder / name).write_text(text, encoding="utf-8")
    assistant = opened(folder)

    def asked(question: str, *before: str) -> Answer:
        history = [Turn("user" if i % 2 == 0 else "assistant", one) for i, one in enumerate(before)]
        return offices.ask(assistant, question, TODAY, history)

    return asked


def _rows(answer: Answer) -> list[str]:
    """The numbers of the rows of the tables of an answer."""
    lines = (line for line in answer.text.splitlines() if line.startswith("| "))
    first = (line.split("|")[1].strip() for line in lines)
    return [one for one in first if one.isdigit()]


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("梧川台账里状态写着“未办结”的，给我捋一遍", ["4", "5"]),
        ("梧川未办结的点位有哪些", ["4", "5"]),
        ("梧川哪几件是阶段性办结的", ["2"]),
        ("梧川哪几件没办完", ["2", "4", "5"]),
    ],
)
def test_rows_in_the_state_named(ask: Ask, question: str, rows: list[str]) -> None:
    assert _rows(ask(question)) == rows


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("查下来子虚乌有的举报是哪些件？", ["3", "6"]),
        ("哪几件反映的情况有真有假", ["2"]),
        ("梧川查实了的举报有哪些", ["1", "4", "5"]),
        ("梧川举报件里哪几件跟水有关", ["2", "6"]),
    ],
)
def test_values_as_people_say_them(ask: Ask, question: str, rows: list[str]) -> None:
    assert _rows(ask(question)) == rows


def test_two_rows_by_their_numbers(ask: Ask) -> None:
    answer = ask("2号件和5号件谁的期限先到？先到的那件弄完没")
    assert answer.text.startswith("先到期的是“砖厂烟尘”（2026年6月30日）")
    assert _rows(answer) == ["5", "2"]
    assert "未办结" in answer.text


def test_a_row_by_its_number(ask: Ask) -> None:
    assert "脱硫设备到货" in ask("梧川5号信访件为啥没办完").text
    assert "不属实" in ask("6号件属实不").text
    both = ask("梧川3、5号件各是谁包案").text
    assert "陆天明" in both
    assert "秦月" in both


def test_a_body_in_any_role_and_in_the_lead(ask: Ask) -> None:
    answer = ask("公安分局在梧川台账上沾了几件？哪件是它打头的？")
    assert _rows(answer) == ["3", "4", "3"]
    assert "共2件（涉及单位：公安分局）" in answer.text
    assert "共1项（牵头单位：公安分局）" in answer.text


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("龙渠哪几个问题是把“各乡镇（街道）”一锅端列成配合单位的？", ["1", "3"]),
        ("龙渠要各乡镇配合的有哪些问题", ["1", "3"]),
        ("龙渠有哪些问题得请省里的厅局下来验收，各由谁验？", ["4", "5"]),
        ("龙渠今年6月底前（含）到总时限的有哪些问题？长期那种带死线的也算", ["1", "2"]),
        ("龙渠今年6月底前到期的有哪些问题？长期坚持的也算上", ["1", "2", "5"]),
    ],
)
def test_groups_levels_and_asides(ask: Ask, question: str, rows: list[str]) -> None:
    assert _rows(ask(question)) == rows


def test_what_an_aside_leaves_out_is_no_condition() -> None:
    assert asked_group("哪几个问题有它？“各乡镇”那种笼统的不用算") is None
    assert asked_group("各镇街分别牵头哪几项任务") is None
    group = asked_group("哪些问题由各镇(街道)配合")
    assert group is not None
    assert group.role is Role.COOPERATING


def test_the_thing_named_decides_and_not_the_body_claimed(ask: Ask) -> None:
    answer = ask("采砂坑既然归生态环境分局牵头，那配合的都有谁？").text
    assert "牵头单位不包括生态环境分局" in answer
    assert "牵头单位为县水利局" in answer
    assert "配合单位为县公安局、沙湾镇" in answer


def test_the_other_tasks_of_the_body_spoken_of(ask: Ask) -> None:
    before = ("龙渠采砂坑那项谁牵头", "由县水利局牵头，责任领导是冯远。")
    assert _rows(ask("这个局手上还牵头别的吗", *before)) == ["2", "4"]
    assert _rows(ask("它还配合别的什么吗", *before)) == ["3"]


def test_what_is_left_of_the_row_spoken_of(ask: Ask) -> None:
    before = ("河湾养鹅的有多少户", "台账记载共15户，目前阶段性办结。")
    answer = ask("还剩几户没清走？给到哪天", *before).text
    assert "按“15户”和“11户已清退”计，还有4户" in answer
    assert "2026年8月10日" in answer


def test_numbers_of_petitions() -> None:
    assert petition_numbers("3号件和20号件谁先到期") == (3, 20)
    assert task_numbers("3、20号信访件归谁") == (3, 20)
    assert petition_numbers("5月3号办结的件") == ()
    assert petition_numbers("1号机组") == ()


def test_a_question_goes_on_from_the_number_asked_about(ask: Ask) -> None:
    before = ("龙渠第3个问题什么时候到期", "2026年10月底前。")
    assert "牵头单位为龙渠生态环境分局" in ask("这项谁牵头", *before).text
    assert "责任领导为秦月" in ask("那谁包案", "5号件办得怎么样", "未办结。").text
