"""What is still open is told by the documents that report progress; what is left out of a list is not asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer, Turn

Ask = Callable[..., Answer]

LEDGER = """清屏县生态环境问题整改台账（2025年6月）
序号|问题|责任单位|责任人|整改时限|进展情况|销号情况
1|西郊渣土场扬尘|县城管局|局长 荀直|2025年5月31日|完成覆盖|已销号
2|红沙河网箱养殖|县农业农村局|局长 庾明|2025年8月31日|清理9处|整改中
"""

PLAN = """峡山市贯彻落实省督察反馈意见整改方案
一、河道水体管护不到位
市级领导负责人：蔺远
牵头单位：市水利局
整改时限：2025年6月底前
二、矿山修复滞后
市级领导负责人：蔺远、邬承
牵头单位：市自然资源局
整改时限：2025年6月底前并长期坚持
三、油烟扰民
市级领导负责人：邬承
牵头单位：市城管局
整改时限：2025年12月底前
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("open")
    (folder / "ledger.txt").write_text(LEDGER, encoding="utf-8")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    assistant = offices.opened(folder)

    def answer(question: str, *turns: Turn) -> Answer:
        return offices.ask(assistant, question, dt.date(2025, 6, 10), turns)

    return answer


def test_a_plan_that_reports_nothing_does_not_fill_the_list(ask: Ask) -> None:
    text = ask("哪些还没销号").text
    assert "共1项" in text
    assert "红沙河" in text
    assert "油烟扰民" not in text


def test_a_plan_that_is_named_is_asked_all_the_same(ask: Ask) -> None:
    assert "没有载明各项任务的进展" in ask("峡山市哪些任务还没完成").text


def test_what_goes_on_is_left_out_where_that_is_said(ask: Ask) -> None:
    text = ask("这个月底蔺远名下要交账的有几条？后面还得长期干的那种先别算").text
    assert "共1项" in text
    assert "河道水体管护" in text
    assert "矿山修复" not in text


def test_that_shared_ones_count_for_both_is_no_condition(ask: Ask) -> None:
    text = ask("蔺远跟邬承谁身上背的问题多，各几条（一起管的两边都算）").text
    assert "蔺远2项，邬承2项" in text


def test_another_thing_of_the_same_body_is_asked_about_itself(ask: Ask) -> None:
    before = (
        Turn("user", "峡山河道那条归谁牵头"),
        Turn("assistant", "市水利局牵头。"),
    )
    text = ask("餐馆油烟扰民那条也是它家牵头？", *before).text
    assert "市城管局" in text


def test_a_plan_tells_no_progress_and_which_limits_have_passed(ask: Ask) -> None:
    answer = ask("峡山市还有几项没整改完")
    assert answer.refused
    assert "没有载明各项任务的进展" in answer.text
    answer = ask("峡山市哪些任务完成了")
    assert answer.refused
    assert "时限已过" not in answer.text


def test_who_each_of_all_tasks_has_is_a_list_of_them(ask: Ask) -> None:
    text = ask("峡山市一共几个问题，各是谁牵头").text
    assert "共3项" in text
    for body in ("市水利局", "市自然资源局", "市城管局"):
        assert body in text


def test_what_has_to_do_with_water_is_told_by_titles(ask: Ask) -> None:
    text = ask("峡山市哪几个问题跟水有关").text
    assert "共1项（提到“水”）" in text
    assert "河道水体管护" in text
