"""Which rows of a table a question means: those of a body by what it does, of a person, and never the row of totals.

The bulletin and the plan are invented; what is expected was worked out by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest
from offices import opened

from assistant.answer import Answer

TODAY = dt.date(2026, 9, 20)
Ask = Callable[..., Answer]

PLAN = """清溪县2026年水污染防治工作计划
一、主要目标
城镇污水收集率达到71%；农村黑臭水体治理率达到88%左右。
二、重点任务
1.污水处理厂扩建。县第一污水处理厂年底前完成提标；县第三污水处理厂扩建，通水时间待土地手续办结后确定。（牵头：县住建局）
2.黑臭水体。6月底前完成排查。（牵头：县水利局）

三、重点项目
表1　2026年水污染防治项目表
序号	项目名称	实施主体	总投资（万元）	2026年投资（万元）	完成时限	责任单位
1	第一污水处理厂提标	县水投公司	5200	3100	2026年11月底	县住建局
2	柳河镇黑臭水体治理	柳河镇政府	870	870	2026年9月底	柳河镇政府
3	化纤厂尾水回用	清溪化纤厂	1640	1200	2026年10月底	柳河镇政府
4	东干渠管网二期	县水投公司	2400	900	2027年6月底	县水利局
合计	4个项目	—	10110	6070	—	—
"""

BULLETIN = """清溪县2026年上半年水污染防治任务进展通报
一、总体情况
上半年各镇任务进展不一。
二、各镇完成情况
表1　各镇任务完成情况
镇	应完成项	已完成项	完成率	分管负责人
柳河镇	10	7	70%	副镇长 段秋实
石桥镇	8	4	50%	副镇长 邹远帆
枫林镇	6	6	100%	副镇长 简若水

表2　入河排口情况
排口	属地镇街	实施单位	日排放量（吨）
一号排口	柳河镇	石桥镇	120
二号排口	柳河镇	柳河镇	200
三号排口	石桥镇	枫林镇	30
四号排口	石桥镇	石桥镇	40
注：①排放量为上半年日均数；②完成率低于60%的镇列入挂牌督办名单。

表3　上半年投入
设施	运营单位	投入（万元）
东泵站	县源洁公司	120
西泵站	县源洁公司	80
北闸	县供水公司	45
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("rows-meant")
    for name, text in (("plan.txt", PLAN), ("bulletin.txt", BULLETIN)):
        (folder / name).write_text(text, encoding="utf-8")
    assistant = opened(folder)
    return lambda question: offices.ask(assistant, question, TODAY)


def test_a_row_of_totals_is_no_row_where_its_number_says_so(ask: Ask) -> None:
    told = ask("清溪项目表里总投资最多的和最少的是哪两个").text
    assert "最多的是第一污水处理厂提标（5200万元）" in told
    assert "最少的是柳河镇黑臭水体治理（870万元）" in told
    assert "4个项目" not in told


def test_what_a_body_answers_for_is_a_list(ask: Ask) -> None:
    told = ask("清溪项目表里归柳河镇政府负责的项目").text
    assert "共2项" in told
    assert "| 化纤厂尾水回用 |" in told


def test_a_body_asked_for_by_its_duty_is_sought_in_that_column(ask: Ask) -> None:
    told = ask("石桥镇实施的排口，日排放量加起来多少").text
    assert "实施单位：石桥镇的共2项：一号排口、四号排口" in told
    assert "相加为160吨" in told


def test_a_body_in_two_columns_has_the_rows_of_either(ask: Ask) -> None:
    told = ask("石桥镇的排口日排放量加起来多少吨").text
    assert "属地镇街：石桥镇或实施单位：石桥镇的共3项：一号排口、三号排口、四号排口" in told
    assert "相加为190吨" in told


def test_a_firm_is_called_by_its_own_name(ask: Ask) -> None:
    told = ask("源洁那两个设施上半年投入合计多少").text
    assert "运营单位：县源洁公司的共2项：东泵站、西泵站" in told
    assert "相加为200万元" in told


def test_what_a_note_says_of_those_below_a_bound_tells_the_rows(ask: Ask) -> None:
    told = ask("哪些镇要挂牌督办").text
    assert "完成率低于60%的有1个：石桥镇（50%）" in told


def test_both_columns_named_are_summed(ask: Ask) -> None:
    told = ask("三个镇加一块应完成多少、实际完成多少").text
    assert "应完成项相加为24" in told
    assert "已完成项相加为17" in told


def test_a_thing_of_another_number_is_not_the_row(ask: Ask) -> None:
    told = ask("清溪第三污水处理厂扩建什么时候通水").text
    assert "待土地手续办结后确定" in told
    assert "第一污水处理厂提标的完成时限" not in told


def test_a_rate_that_the_text_states_is_no_amount_of_a_row(ask: Ask) -> None:
    told = ask("清溪黑臭水体治理率今年定的多少").text
    assert "88%" in told
    assert "870万元" not in told


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("段秋实是哪个镇的，他们完成得怎么样", ("柳河镇", "70%")),
        ("邹远帆分管的镇完成率多少", ("石桥镇", "50%")),
        ("简若水那儿应完成几项、已完成几项", ("枫林镇", "6")),
    ],
)
def test_a_person_of_a_column_means_the_row(ask: Ask, question: str, said: tuple[str, ...]) -> None:
    told = ask(question).text
    assert all(one in told for one in said), told
