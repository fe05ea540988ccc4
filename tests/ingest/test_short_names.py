"""Short names of bodies that a document defines in its text, and the two bodies of one place."""

from __future__ import annotations

import hashlib

import pytest

from ingest.parse import parse_text
from ingest.short_names import is_short_for, short_names
from ingest.unit_lists import parse_units


@pytest.mark.parametrize(
    ("text", "full", "short"),
    [
        ("镇综合行政执法局简称执法局，镇属单位照此。", "镇综合行政执法局", "执法局"),
        (
            "由市水利投资集团有限公司（以下简称“市水投集团”）实施。",
            "市水利投资集团有限公司",
            "市水投集团",
        ),
        ("“东湖分局”指市生态环境局东湖分局。", "市生态环境局东湖分局", "东湖分局"),
        ("“区城投公司”为东湖区城市投资有限公司的简称。", "东湖区城市投资有限公司", "区城投公司"),
    ],
)
def test_a_body_and_its_short_name_are_found(text: str, full: str, short: str) -> None:
    assert short_names(text) == {full: (short,), short: (full,)}


def test_a_renamed_body_is_known_by_all_of_its_names() -> None:
    text = "原城建科更名为规划建设办公室（下称“规建办”），原农业服务中心并入农业农村办公室。"
    names = short_names(text)
    assert set(names["规建办"]) == {"规划建设办公室", "城建科"}
    assert set(names["城建科"]) == {"规划建设办公室", "规建办"}
    assert names["农业服务中心"] == ("农业农村办公室",)


@pytest.mark.parametrize(
    "text",
    [
        "挥发性有机物（以下简称VOCs）治理。",
        "“回头看”指督察整改情况的复核。",
        "“两家企业”指东湖颜料有限公司。",
    ],
)
def test_terms_that_are_no_bodies_are_left(text: str) -> None:
    assert short_names(text) == {}


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("城管委", "城市管理委", True),
        ("污水厂", "污水处理厂", True),
        ("管城委", "城市管理委", False),
        ("城管局", "城市管理委", False),
    ],
)
def test_a_short_name_keeps_characters_in_their_order(
    short: str, full: str, expected: bool
) -> None:
    assert is_short_for(short, full) is expected


def test_the_bodies_of_a_task_have_both_names() -> None:
    text = (
        "东湖区整改任务清单\n\n一、河道垃圾\n责任单位：区城投公司\n整改措施：\n"
        "1.清运垃圾。（区城投公司）\n整改时限：2026年6月底\n\n"
        "“区城投公司”为东湖区城市投资有限公司的简称。\n"
    )
    (task,) = parse_text(text, "a.txt", hashlib.sha256(text.encode()).hexdigest()).tasks
    for unit in (*task.responsible_units, *task.measures[0].units):
        assert unit.name == "区城投公司"
        assert unit.aliases == ("东湖区城市投资有限公司",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("安坪区委、区政府，市水利局", ["安坪区委", "安坪区政府", "市水利局"]),
        ("洞桥高新区党工委、管委会", ["洞桥高新区党工委", "洞桥高新区管委会"]),
        ("市委、市政府", ["市委", "市政府"]),
        ("各区县党委、政府", ["各区县党委、政府"]),
        ("桃川县委、县人民政府、县水利局", ["桃川县委", "桃川县人民政府", "县水利局"]),
        ("市农委、县政府", ["市农委", "县政府"]),
    ],
)
def test_party_and_government_of_a_place(text: str, names: list[str]) -> None:
    assert [unit.name for unit in parse_units(text, 0, len(text))] == names
