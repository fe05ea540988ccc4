"""Which documents a question names, and which places it names that no document covers."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from assistant.library import Library
from assistant.understanding.places import named_documents, place_names, unknown_places
from assistant.understanding.subjects import subjects
from ingest.parse import parse_file, parse_text

ROOT = Path(__file__).parents[2]
WUQING = "wuqing-2024-rectification-plan.txt"
HEPING = "heping-2025-rectification-plan.txt"
JINQIAO = "jinqiao-2023-work-plan.txt"
ZHONGBEI = "zhongbei-2017-rectification-plan.txt"
CANGZHOU = "cangzhou-2022-rectification-report.txt"

NOTICE = """关于督促东湖恒达新材料有限公司限期整改的督办函
东湖恒达新材料有限公司：
一、存在问题
（一）炉膛温度不达标。
东湖县生态环境局
2024年5月6日
"""
LIST = """东湖县2024年突出生态环境问题整改任务清单
一、南沟河水体返黑返臭
牵头单位：县住建局
整改目标：消除黑臭。恒达混凝土公司完成料场封闭。
整改时限：2024年9月
"""


@cache
def shipped() -> Library:
    folder = ROOT / "documents"
    return Library([parse_file(path, folder) for path in sorted(folder.glob("*.txt"))])


@cache
def county() -> Library:
    """A county with its task list, and an order to one company of the county."""
    return Library([
        parse_text(LIST, "list.txt", "a" * 64),
        parse_text(NOTICE, "notice.txt", "b" * 64),
    ])


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("武清的PM2.5目标", (WUQING,)),
        ("武清区的PM2.5目标", (WUQING,)),
        ("和平区垃圾收运", (HEPING,)),
        ("金桥街叉车", (JINQIAO,)),
        ("金桥街道叉车", (JINQIAO,)),
        ("中北镇渣土", (ZHONGBEI,)),
        ("沧州市柴油货车", (CANGZHOU,)),
        ("沧州和武清的秸秆", (CANGZHOU, WUQING)),
        ("武清跟沧州的秸秆", (WUQING, CANGZHOU)),
        ("武清区崔黄口镇的地毯企业", (WUQING,)),
        ("和平政〔2025〕4号写了什么", (HEPING,)),
        ("heping-2025-rectification-plan里写了什么", (HEPING,)),
        ("散煤由谁牵头", ()),
        ("全区各镇都要做什么", ()),
    ],
)
def test_documents_are_named_by_their_place_number_or_file(
    question: str, expected: tuple[str, ...]
) -> None:
    assert named_documents(question, shipped()) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("先不说沧州了。和平区主次干道怎么扫", (HEPING,)),
        ("武清先放一边，和平呢", (HEPING,)),
        ("撇开武清，看看和平", (HEPING,)),
        ("除了武清，和平和中北怎么说", (HEPING, ZHONGBEI)),
        ("不说武清了", ()),
    ],
)
def test_a_place_that_is_set_aside_is_not_named(question: str, expected: tuple[str, ...]) -> None:
    assert named_documents(question, shipped()) == expected


def test_a_company_means_the_document_about_it_and_the_county_all_of_its_own() -> None:
    assert named_documents("恒达新材料的炉膛温度", county()) == ("notice.txt",)
    assert named_documents("东湖恒达的炉膛温度", county()) == ("notice.txt",)
    assert named_documents("东湖县的南沟河", county()) == ("list.txt", "notice.txt")
    assert named_documents("东湖县恒达新材料的炉膛温度", county()) == ("notice.txt",)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("第二督察组反馈了几个问题", (WUQING,)),
        ("市第一生态环境保护督察组说了什么", (HEPING,)),
        ("中央第一环保督察组的意见怎么改", (ZHONGBEI,)),
        ("省第二督察组反馈了几个问题", ()),
        ("第三督察组反馈了几个问题", ()),
        ("先不说第二督察组", ()),
        ("武清和第一督察组", (WUQING,)),
    ],
)
def test_an_inspection_group_names_the_documents_on_its_findings_where_nothing_else_does(
    question: str, expected: tuple[str, ...]
) -> None:
    named = named_documents(question, shipped())
    assert set(expected) <= set(named)
    assert bool(named) is bool(expected)


def test_another_company_of_like_name_is_not_the_one_of_the_document() -> None:
    assert named_documents("恒达混凝土的料场", county()) == ()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("滨海新区的优良天数目标", ("滨海新区",)),
        ("蓟州区的优良天数目标", ("蓟州区",)),
        ("宝坻区怎么治理散煤", ("宝坻区",)),
        ("天穆镇的污水谁管", ("天穆镇",)),
        ("军粮城街道23年的目标", ("军粮城街道",)),
        ("大寺镇有任务吗", ("大寺镇",)),  # no slip for 大良镇
        ("松林镇今年蓝天得有多少天", ("松林镇",)),  # 松林 is only a part of somebody's name
    ],
)
def test_a_place_no_document_covers_is_unknown(question: str, expected: tuple[str, ...]) -> None:
    assert unknown_places(question, shipped()) == expected


@pytest.mark.parametrize(
    "question",
    [
        "武清的散煤由谁牵头",
        "崔黄口镇有哪些任务",
        "肃宁县的空气质量",
        "任丘市的黑臭水体",
        "全区有多少任务",
        "各镇要做什么",
        "哪个区更严",
        "这个镇的任务",
        "谁家东西多",
        "城镇污水谁管",
        "两个乡镇的进度",
        "崔黄扣镇的地毯",
        "PM2.5是多少",
    ],
)
def test_places_of_the_documents_and_words_of_kind_are_not_unknown(question: str) -> None:
    assert unknown_places(question, shipped()) == ()


def test_places_are_known_by_the_gazetteer() -> None:
    assert "滨海新区" in place_names("滨海新区和武清区的目标")
    assert place_names("责任单位有哪些") == ()


def test_a_notice_by_a_bureau_is_named_by_the_company_it_is_about() -> None:
    text = (
        "柳江市生态环境局河湾分局\n关于责令柳江市恒澜表面处理有限公司限期整改环境问题的通知\n"
        "柳江市恒澜表面处理有限公司：\n现将整改要求通知如下：\n一、立即停产。\n"
    )
    assert subjects(parse_text(text, "notice.txt", "0" * 64).source) == ("恒澜表面处理", "恒澜")
