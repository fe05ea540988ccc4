"""Which states of a ledger's rows a question asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[[str], Answer]

LEDGER = """平泽县生态环境问题整改任务台账（截至2025年3月31日）
序号|问题来源|整改事项|责任单位|县级领导|完成时限|状态|备注
1|省督察|北门泵站溢流口封堵|县水利局|洪波|2025-01-31|已完成|封堵2处
2|省督察|老砖厂烟气治理|县工信局|洪波|2025-06-30|进行中|设备已到场
3|自查发现|望山垃圾转运站除臭|县城管局|洪波|2025-09-30|未启动|方案编制
4|自查发现|青石塘底泥清淤|县水利局|安宁|2025-08-31|进行中|清淤1.2万方
5|自查发现|南坡矿山复绿|县林业局|安宁|2025-02-28|已完成|复绿40亩
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(LEDGER, tmp_path_factory.mktemp("states"))
    return lambda question: offices.ask(assistant, question, dt.date(2025, 4, 1))


def test_what_is_only_counted_in_does_not_narrow_what_is_not_done(ask: Ask) -> None:
    text = ask("洪波手上还没办完的有哪些？（算上还没开工的）").text
    assert "老砖厂烟气治理" in text
    assert "望山垃圾转运站除臭" in text
    assert "北门泵站" not in text


def test_what_has_not_begun_is_asked_for_by_itself(ask: Ask) -> None:
    text = ask("洪波手上还没开工的有哪些").text
    assert "望山垃圾转运站除臭" in text
    assert "老砖厂烟气治理" not in text


def test_states_in_everyday_words_are_counted_each(ask: Ask) -> None:
    text = ask("台账里销完的、正办的、没动的各几项").text
    assert "| 文件载明已完成 | 2项 |" in text
    assert "| 文件载明正在推进 | 2项 |" in text
    assert "| 文件载明未启动 | 1项 |" in text


COMPLAINTS = """云台县环境问题整改台账（截至2025年3月31日）
序号|问题来源|整改事项|责任单位|县级领导|完成时限|状态|备注
1|群众信访|东街油烟扰民|县城管局|洪波|2024-12-31|已完成|安装净化器9台
2|群众信访|南圩养鸡场臭气|县农业农村局|洪波|2025-02-28|逾期|申请延期
3|市级督察|老码头砂石堆场|县交通运输局|安宁|2025-02-20|进行中|覆盖2处
4|市级督察|北门雨水口混接|县水利局|洪波|2025-03-10|进行中|改造1处
5|自查发现|林场垃圾焚烧点|县林业局|安宁|2025-09-30|未启动|
说明：
1.本台账共5项，其中群众信访2项、市级督察1项、自查发现1项。
"""


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(COMPLAINTS, tmp_path_factory.mktemp("complaints"))
    return lambda question: offices.ask(assistant, question, dt.date(2025, 4, 1))


def test_sources_go_by_what_people_call_them(complaints: Ask) -> None:
    text = complaints("老百姓反映上来的两件，完了几件？").text
    assert "共1件" in text
    assert "东街油烟扰民" in text
    assert "南圩养鸡场" not in text
    text = complaints("市里查出来的还剩几个没办完").text
    assert "老码头砂石堆场" in text
    assert "北门雨水口混接" in text
    assert "尚未到期" not in text


def test_what_a_note_counts_is_counted_by_the_column_that_has_it(complaints: Ask) -> None:
    text = complaints("台账下面写的各来源几项，跟表里一条条数的对得上吗").text
    assert "“群众信访”写明2，逐行计数2项（1、2），一致" in text
    assert "“市级督察”写明1，逐行计数2项（3、4），不一致" in text
    assert "进展另有写法" not in text


def test_what_the_ledger_itself_calls_overdue_is_told_beside_the_days_that_passed(
    complaints: Ask,
) -> None:
    text = complaints("洪波手上逾期的有哪几项").text
    assert "共2项" in text
    assert "其中台账自己写明逾期的1项：“2.南圩养鸡场臭气”。" in text


PLAN = """青岭县环境问题整改方案
一、整改任务
问题1：老城区油烟扰民。
整改措施：安装净化器，一年内被查处三次的停业整顿。
整改时限：立行立改，2024年9月底前
牵头单位：县城管局
问题2：白沙河混接严重。
整改措施：改造管网12公里。
整改时限：2025年12月底前
牵头单位：县住建局
配合单位：县城管局
问题3：园区堆场扬尘。
整改措施：全部覆盖。
整改时限：立即整改
牵头单位：县城管局
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(PLAN, tmp_path_factory.mktemp("plan"))
    return lambda question: offices.ask(assistant, question, dt.date(2024, 8, 1))


@pytest.mark.parametrize("question", ["立行立改的都有哪些", "马上就得改的是哪几个"])
def test_what_is_to_be_done_at_once_is_listed(plan: Ask, question: str) -> None:
    text = plan(question).text
    assert "共2项（立行立改）" in text
    assert "白沙河" not in text


def test_a_body_by_its_everyday_stem_leads_what_it_leads(plan: Ask) -> None:
    text = plan("城管那边打头的活儿列一下，不要配合的").text
    assert "共2项" in text
    assert "白沙河" not in text


def test_how_often_within_a_year_asks_for_no_list_by_time(plan: Ask) -> None:
    assert "停业整顿" in plan("一年里被逮住三次怎么办").text
