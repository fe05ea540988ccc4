"""Questions about progress notices and the tables in them: which rows, who is ahead, by how much, and since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest
from offices import opened

from assistant.answer import Answer
from assistant.app import Assistant

TODAY = dt.date(2026, 5, 12)
Ask = Callable[[str], Answer]

BULLETIN = """银川口市生态环境保护委员会办公室关于2026年第一季度整改进展情况的通报

一、各地进展

表1 各地整改进展及排名
排名  地区  任务总数  已完成  序时推进  滞后  完成率
1  南亭县  12  9  3  0  75.0%
2  北岭县  10  6  3  1  60.0%
3  西坝区  8  4  2  2  50.0%
合计  —  30  19  8  3  63.3%

南亭县完成较好，予以表扬。西坝区两个点位长期没有动工。

2026年4月8日
"""
PLAN = """望洲县2026年污染防治工作方案

一、重点项目

表1 望洲县重点项目表
序号\t项目名称\t总投资（万元）\t资金来源\t责任单位\t计划完成时间
1\t城南污水处理厂扩建工程\t3200\t省级资金\t县住建局\t2026年12月
2\t望洲陶瓷窑炉脱硝改造项目\t1850\t企业自筹\t县工信局\t2026年8月
3\t农村厕所改造项目\t640\t省级资金、县级配套\t县农业农村局\t2026年10月

2026年2月3日
"""
LEDGER = """桃溪镇突出环境问题整改清单

序号|问题来源|存在问题|整改措施|牵头单位|完成时限|验收方式|目前进展
1|县级巡查|砂场物料未覆盖|覆盖防尘网|镇经济发展办|2026年3月31日|镇级验收|已完成，待验收
2|自查发现|鱼塘尾水直排|建设沉淀池2个|镇农业农村办|2026年6月30日|县级验收|整改中
3|县级巡查|垃圾桶破损12个|更换垃圾桶|镇综合执法队|2026年4月30日|镇级验收|已完成，4月22日镇级验收
4|群众来信|豆腐坊烟囱冒黑烟|改用电锅炉|镇经济发展办|2026年5月31日|镇级验收|整改中，锅炉已到货
5|自查发现|弃土堆约900方|外运清零|镇自然资源所|2026年7月31日|县级验收|整改中，已清运350方

说明：
1.“镇级验收”由镇环保办组织。
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("notices")
    files = {"bulletin": BULLETIN, "plan": PLAN, "ledger": LEDGER}
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return opened(folder, tmp_path_factory.mktemp("home"))


@pytest.fixture
def ask(office: Assistant) -> Ask:
    return lambda question: offices.ask(office, question, TODAY)


# --- tables of figures ------------------------------------------------------------------------------


def test_none_at_all_asks_for_the_rows_that_have_zero(ask: Ask) -> None:
    answer = ask("银川口哪些地方一个掉队的都没有？")
    assert "滞后为0的有1个：南亭县" in answer.text
    assert "北岭县" not in answer.text


def test_who_did_better_is_told_by_the_share_in_points(ask: Ask) -> None:
    answer = ask("西坝和北岭谁完成得好，差几个百分点")
    assert "完成率：北岭县（60.0%）比西坝区（50.0%）高10个百分点" in answer.text
    assert "已完成" not in answer.text


def test_of_two_projects_the_dearer_one_by_parts_of_their_names(ask: Ask) -> None:
    answer = ask("望洲污水处理厂扩建和陶瓷窑炉脱硝，哪个砸钱多，多出多少")
    assert "多1350万元" in answer.text


def test_rows_by_a_value_in_everyday_words(ask: Ask) -> None:
    answer = ask("望洲项目表里哪几个花的是省里的钱")
    assert "共2项（资金来源：省级资金）" in answer.text
    assert "城南污水处理厂" in answer.text
    assert "农村厕所" in answer.text
    assert "陶瓷" not in answer.text


# --- columns of a list ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question", ["桃溪清单里验收方式是镇级验收的有几项", "桃溪清单里验收方式填“镇级”的一共几项"]
)
def test_a_heading_said_with_its_value_is_no_topic(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert "共3项（验收方式：镇级验收）" in answer.text
    assert "鱼塘" not in answer.text


def test_more_of_one_value_or_of_another(ask: Ask) -> None:
    assert "县级巡查2项，自查发现2项，一样多" in ask("桃溪县里巡查出来的多还是自己查出来的多").text
    answer = ask("桃溪的问题，县里巡查的多还是群众来信的多？")
    assert "县级巡查2项，群众来信1项；县级巡查更多，多1项" in answer.text
