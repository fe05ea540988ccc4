"""Questions over a district's plan, its zone's ledger and the city's bulletin, which speak of each other's places."""

from __future__ import annotations

import datetime as dt

import offices
import pytest

from assistant.app import Assistant

TODAY = dt.date(2025, 10, 20)

PLAN = """望海区2025年碧水保卫战工作计划

任务1 老城区雨污分流
年内完成混接点改造318处。
牵头：区住建局 配合：区城管局

任务2 污水处理厂扩建
11月底前完成主体结构。
牵头：区住建局 配合：区发展改革局

每月5日前，各牵头单位最晚将进展报区攻坚办。

望海区人民政府
2025年3月6日
"""

LEDGER = """临港经济开发区生态环境问题整改台账（截至2025年9月10日）
序号	问题概况	分管领导	牵头部门	整改要求	整改时限	进展情况	状态	下一步安排	备注
1	雨污管网混接	黎望泊	建设局	改造混接点46处	2025年10月31日	已完成31处	推进中	10月中旬完成内窥检测	
2	排海渠水体发黑	车冬梅	农水办	清淤1.8公里	2025年8月31日	清淤1.1公里	逾期	9月12日复工，9月底前完成剩余0.7公里	拟申请延期
3	夜间施工噪声	车冬梅	执法局	22时后禁止打桩	立行立改	3月18日整改到位	已销号	加强夜间巡查	3月25日销号
"""

BULLETIN = """潞海市督察整改工作领导小组办公室
关于2025年第三季度整改进展情况的通报

一、总体进展
各地情况如下表。

表1 各地年度任务完成情况
地区	任务数	已完成	完成率
望海区	11	6	54.5%
柳塘区	9	6	66.7%
临港经开区	10	6	60.0%

二、有关要求
（一）各牵头单位每月25日前将整改进展报市整改办。

潞海市督察整改工作领导小组办公室
2025年10月15日
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("one_city")
    for name, text in (("plan", PLAN), ("ledger", LEDGER), ("bulletin", BULLETIN)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return offices.opened(folder)


def told(assistant: Assistant, question: str) -> str:
    return offices.ask(assistant, question, TODAY).text


def test_a_column_of_the_citys_table_is_asked_for_a_district_with_its_own_plan(
    assistant: Assistant,
) -> None:
    assert "望海区的完成率为54.5%" in told(assistant, "望海区三季度完成率多少")


def test_what_is_done_next_is_told_with_the_row(assistant: Assistant) -> None:
    assert "9月12日复工" in told(assistant, "排海渠发黑的，接下来怎么安排")


def test_a_closed_row_is_told_without_it(assistant: Assistant) -> None:
    assert "加强夜间巡查" not in told(assistant, "夜间施工噪声哪天整改到位的")


@pytest.mark.parametrize("question", ["台账第1条混接点改完几处了", "台账里第1项混接点要改多少处"])
def test_a_row_of_the_ledger_goes_by_its_number(assistant: Assistant, question: str) -> None:
    text = told(assistant, question)
    assert "31处" in text or "46处" in text
    assert "318处" not in text


def test_what_state_a_row_is_in_is_no_target(assistant: Assistant) -> None:
    assert "逾期" in told(assistant, "台账第2条什么状态")


def test_who_is_told_of_progress_is_no_body_of_a_task(assistant: Assistant) -> None:
    assert "25日" in told(assistant, "各牵头单位每月最晚几号给市整改办报进展")
