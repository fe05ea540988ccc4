"""A limit that a document sets twice, to two days: whoever asks for one hears both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import offices
import pytest
from offices import opened

from assistant.answer import Answer

TODAY = dt.date(2026, 4, 10)

PLAN = """松口县2026年水污染防治工作计划

一、重点任务
序号	任务	牵头单位	完成时限
1	月亮塘清淤12万立方米，2026年5月底前完成4万立方米	县水利局	2026年9月底
2	东门河截污管网	县住建局	2026年8月底
3	西门河截污管网	县住建局	2026年10月底
4	养殖尾水整治一期	县农业农村局	2026年6月底

二、整改事项
问题一：卧牛山填埋场渗滤液积存。
整改措施：
1.2026年7月底前积存渗滤液全部处理完毕；
2.2026年8月底前完成防渗膜修补。
牵头单位：县城管局
整改时限：2026年11月底

三、保障措施
（一）调度。月亮塘清淤须于2026年8月底前完工，汛期停工避让。
（二）公开。卧牛山填埋场积存渗滤液应在2026年6月底前处理完毕，并对外公示。
（三）验收。西门河截污管网须于2026年10月底前完工。养殖尾水整治二期2026年12月底前完成。
（四）预案。2024年以前备案的应急预案须于2026年5月底前修订；2025年备案的于2026年11月底前修订。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Answer]:
    folder = tmp_path_factory.mktemp("limits_elsewhere")
    Path(folder / "songkou.txt").write_text(PLAN, encoding="utf-8")
    office = opened(folder)
    return lambda question: offices.ask(office, question, TODAY)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("月亮塘清淤什么时候完工", ["2026年9月底", "2026年8月底"]),
        ("第1项的完成时限", ["2026年9月底", "2026年8月底"]),
        ("卧牛山渗滤液哪天前处理完", ["2026年7月底", "2026年6月底"]),
        ("月亮塘清淤的完工时间前后说法不一样，核一下", ["2026年9月底", "2026年8月底"]),
    ],
)
def test_both_days_are_told_and_said_to_differ(
    ask: Callable[..., Answer], question: str, told: list[str]
) -> None:
    answer = ask(question).text
    assert all(one in answer for one in told)
    assert "请核对" in answer or "不一致" in answer


@pytest.mark.parametrize(
    "question",
    [
        "东门河截污管网什么时候完成",  # another river has another day
        "西门河截污管网什么时候完成",  # twice, to one day
        "养殖尾水整治一期什么时候完成",  # the second phase has another day
        "2024年以前备案的应急预案什么时候前修订",
        "防渗膜什么时候修补完",
        "月亮塘清淤谁牵头",
    ],
)
def test_what_has_one_limit_has_no_remark(ask: Callable[..., Answer], question: str) -> None:
    assert "请核对" not in ask(question).text
