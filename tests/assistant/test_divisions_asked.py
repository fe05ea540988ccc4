"""How something is divided, asked in other words than its heading's, and how many items each of several parts has."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from offices import ask, opened_on, opened_over

from assistant.app import Assistant

DATA = Path(__file__).resolve().parents[1] / "data"
TODAY = dt.date(2026, 3, 1)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    files = [
        DATA / "plans" / "linshui-2023-rectification-plan.txt",
        DATA / "elsewhere" / "yunpu-2026-central-inspection-rectification.txt",
        DATA / "yonder" / "yiquan-2026-work-plan.txt",
        DATA / "yonder" / "yuanning-2026-rectification-plan.txt",
        DATA / "province" / "cangyan-2025-shengji-ducha-shishifangan.txt",
        DATA / "province" / "yuanyang-2025-zhongyang-ducha-fangan.txt",
    ]
    return opened_over(files, tmp_path_factory.mktemp("home"))


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("云浦这回整改怎么组织推动的，分了哪四条", ["专班", "月调度", "公示", "移交"]),
        ("沅宁鹿角山渗滤液分了哪四步处理", ["移动式处理设备", "积存量", "破损膜", "封场"]),
        (
            "沅阳怎么抓这摊整改的落实，写了哪五条保障",
            ["组织领导", "调度销号", "督导问效", "责任追究", "信息公开"],
        ),
        ("临水的整改分哪三个阶段推", ["制定方案", "集中整改", "巩固提升"]),
        (
            "临水督察反馈这件事要达到的目标，分了哪三个方面",
            ["全面整改", "持续改善", "长效机制"],
        ),
    ],
)
def test_what_no_heading_names_is_found_and_its_parts_told_in_order(
    office: Assistant, question: str, parts: list[str]
) -> None:
    text = ask(office, question, TODAY).text
    assert f"分为{len(parts)}项" in text
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    assert len(lines) == len(parts)
    assert all(part in line for line, part in zip(lines, parts, strict=True))


@pytest.mark.parametrize(
    "question",
    [
        "云浦这回整改怎么组织推动的，分了哪九条",  # another number of parts
        "沂泉方案对核辐射写了哪三条",  # nothing is said of it
        "沅阳信息公开写了哪五条",  # one part of five
    ],
)
def test_no_section_is_told_that_the_question_does_not_mean(
    office: Assistant, question: str
) -> None:
    assert "分为" not in ask(office, question, TODAY).text


def test_each_of_the_parts_named_is_counted_with_the_numbers_of_its_items(
    office: Assistant,
) -> None:
    text = ask(office, "沂泉计划里蓝天、碧水、净土三块各几项，一直编到几号？", TODAY).text
    assert "共16项（编号1至16）" in text
    for part in ("7项（编号1至7）", "5项（编号8至12）", "4项（编号13至16）"):
        assert part in text
    assert "1. 优化产业结构……7. 应对重污染天气" in text


def test_a_part_of_one_item_is_counted_with_the_others(office: Assistant) -> None:
    text = ask(office, "沅阳方案碧水保卫战、解决群众身边突出环境问题各几条", TODAY).text
    assert "6项（编号5至10）" in text
    assert "1项（编号16）" in text


def test_parts_with_the_word_for_a_body_in_their_names_are_counted(office: Assistant) -> None:
    text = ask(office, "苍岩方案水环境、大气环境、土壤三方面各几条", TODAY).text
    assert "4项（编号1至4）" in text
    assert "3项（编号5至7）" in text
    assert "3项（编号8至10）" in text


_UNTITLED = """青坪县噪声污染整治情况通报

一、工作情况
全县安装监测设备12套。

二、部门合力
各部门建立会商制度，合力整治夜间噪声。
(1)
施工工地由县住房城乡建设局每周巡查。
(2)娱乐场所由县公安局每月抽查。
(3)餐饮门店由县城管局随时抽查。
"""


def test_a_part_that_has_only_a_number_is_told_by_its_first_words(tmp_path: Path) -> None:
    office = opened_on(_UNTITLED, tmp_path)
    text = ask(office, "青坪夜间太吵这事，几家部门合力管，分了哪三个方面", TODAY).text
    assert "分为3项" in text
    assert "住房城乡建设局" in text


_RECORDS = """青坪县餐饮油烟整治方案

一、餐饮油烟
县城管局摸清全县餐饮店底数，建立登记台账。加大夜间巡查力度，建立巡查台账。对超标的依法处罚，建立处罚台账。

二、渣土运输
县公安局核发通行证，建立发证台账。
"""


def test_things_of_one_kind_over_a_paragraph_are_counted(tmp_path: Path) -> None:
    office = opened_on(_RECORDS, tmp_path)
    text = ask(office, "青坪治饭店油烟要建哪三本账", TODAY).text
    assert "同一段写明的台账有3本" in text
    assert all(name in text for name in ("登记台账", "巡查台账", "处罚台账"))
    assert "发证台账" not in text
    assert "有3本" not in ask(office, "青坪治饭店油烟要建哪五本账", TODAY).text
