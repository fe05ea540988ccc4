"""The second and the third of a column of figures, and cells that say that they are not fixed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer, Turn
from assistant.understanding.nth_places import asked_nth, with_extreme_before
from assistant.understanding.task_numbers import task_numbers

Ask = Callable[..., Answer]

PLAN = """沅岭县2025年污染防治攻坚战工作计划

一、重点任务
加快下列项目建设。

附件：沅岭县2025年重点项目表

序号	项目名称	建设内容	总投资（万元）	实施单位	完成时限
1	污水厂二期工程	新增1.5万吨/日	8600	县住建局	2025年10月底
2	南岸湿地工程	湿地680亩	2780	县水利局	2026年6月底
3	矿山修复工程	修复3座	3150	县自然资源局	2025年12月底
4	雨污分流工程	管网23公里	5200	县住建局	2025年12月底
5	监测站升级工程	升级5个站	待定	县生态环境局	待定
"""


LEDGER = """沅岭县2025年整改任务清单

1.小散码头未取缔
牵头单位：县交通局
整改措施：取缔小散码头7处并复绿。
整改时限：2025年9月底前
2.裸地扬尘
牵头单位：县住建局
整改措施：苫盖裸地12处。
整改时限：2025年8月底前
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(PLAN, tmp_path_factory.mktemp("places"))
    return lambda question, *turns: offices.ask(assistant, question, dt.date(2025, 7, 1), turns)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("重点项目里总投资第二多的是哪个", "雨污分流工程（5200万元）"),
        ("重点项目总投资排第三的是哪个", "矿山修复工程（3150万元）"),
        ("哪个项目总投资第二少", "矿山修复工程（3150万元）"),
    ],
)
def test_the_place_asked_for_is_reckoned(ask: Ask, question: str, expected: str) -> None:
    text = ask(question).text
    assert expected in text
    assert "监测站升级工程表中写作“待定”，未计入" in text


def test_the_second_is_asked_of_the_question_before(ask: Ask) -> None:
    first = "重点项目里哪个总投资最多"
    turns = (Turn(role="user", content=first), Turn(role="assistant", content=ask(first).text))
    assert "雨污分流工程（5200万元）" in ask("排第二的呢", *turns).text


def test_what_is_not_fixed_is_told_as_it_is_written(ask: Ask) -> None:
    assert "表中写作“待定”" in ask("监测站升级工程总投资多少").text


def test_a_table_behind_the_name_of_an_annex_is_there(ask: Ask) -> None:
    answer = ask("南岸湿地工程投资多少")
    assert "2780万元" in answer.text
    assert "没有附上正文" not in answer.text


@pytest.fixture(scope="module")
def ask_of_ledger(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(LEDGER, tmp_path_factory.mktemp("counts"))
    return lambda question, *turns: offices.ask(assistant, question, dt.date(2025, 7, 1), turns)


@pytest.mark.parametrize(("many", "differs"), [("10", True), ("7", False), ("5", False)])
def test_more_things_than_a_task_counts_are_remarked(
    ask_of_ledger: Ask, many: str, differs: bool
) -> None:
    text = ask_of_ledger(f"要取缔的{many}处小散码头谁牵头").text
    assert "县交通局" in text
    assert (f"提问中的{many}处与文件不符" in text) is differs


def test_a_place_is_no_number_of_a_task() -> None:
    assert asked_nth("那48项任务里排第20的是啥") is None
    assert task_numbers("那48项任务里排第20的是啥") == (20,)
    assert task_numbers("总投资排第三的是哪个") == ()


@pytest.mark.parametrize(
    ("text", "question", "meant"),
    [
        ("第三呢?", "哪个项目最贵", "哪个项目第三贵"),
        ("倒数第二呢", "哪个村补得最多", "哪个村补得倒数第二多"),
        ("倒数第二呢", "哪个村补得最少", "哪个村补得第二少"),
        ("第二条呢", "哪个村补得最少", "第二条呢"),
        ("第二呢", "这件事谁牵头", "第二呢"),
    ],
)
def test_another_place_of_the_same(text: str, question: str, meant: str) -> None:
    assert with_extreme_before(text, question) == meant
