"""Which rows and columns of a table a question names, as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.composers.tables.series import amount, decimal_text, in_unit
from assistant.understanding.table_names import is_place_name, named_of, places_in
from vectorstore.folding import fold_query

COLUMNS = ["PM2.5平均浓度上限", "重污染天数上限", "清洁取暖改造", "新能源重型货车"]
PLACES = ["古垣区", "壶阳县", "泉头县", "经济技术开发区"]


@pytest.mark.parametrize(
    ("question", "names", "meant"),
    [
        ("壶阳的PM2.5线", PLACES, ["壶阳县"]),
        ("壶阳和泉头差多少", PLACES, ["壶阳县", "泉头县"]),
        ("经开区给多少", PLACES, ["经济技术开发区"]),
        ("重污染和取暖改造", COLUMNS, ["重污染天数上限", "清洁取暖改造"]),
        ("新能源重卡", COLUMNS, ["新能源重型货车"]),
        ("浓度、重污染各多少", COLUMNS, ["PM2.5平均浓度上限", "重污染天数上限"]),
        ("上限是多少", COLUMNS, ["PM2.5平均浓度上限", "重污染天数上限"]),
        ("雨水口的镉", ["总镉", "总砷"], ["总镉"]),
        ("污水资源化利用率", ["新建污水管网", "资源化利用率"], ["资源化利用率"]),
        ("改厕完成率", ["改厕完成数", "完成率"], ["完成率"]),
        ("2026年目标", ["2025年完成值", "2026年目标值"], ["2026年目标值"]),
        ("谁牵头", COLUMNS, []),
    ],
)
def test_names_are_known_by_the_stretches_that_tell_them_apart(
    question: str, names: list[str], meant: list[str]
) -> None:
    assert [names[i] for i in named_of(fold_query(question), names)] == meant


def test_what_every_name_has_names_none() -> None:
    assert named_of("新建任务", ["新建任务甲类", "新建任务乙类", "新建任务丙类"]) == {}


def test_everyday_words_name_a_column_only_weakly() -> None:
    assert named_of("改造多少", COLUMNS)[2].weak
    assert not named_of("取暖改造多少", COLUMNS)[2].weak


def test_places_are_known_by_how_they_end() -> None:
    assert is_place_name("高新区（经开区）")
    assert not is_place_name("二氧化硫")
    assert "高新区" in list(places_in("那高新区给多少"))


def test_amounts_of_other_scales_are_compared_in_their_plain_unit() -> None:
    assert amount(Decimal("2.6"), "万吨") == amount(Decimal(26000), "吨")
    assert decimal_text(in_unit(Decimal(1000), "万户")) == "0.1"
    assert decimal_text(Decimal("0.2") + Decimal("0.1")) == "0.3"
    assert decimal_text(Decimal("1250")) == "1250"
