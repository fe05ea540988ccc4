"""Sections: numbering restarts or runs on, annexes begin anew, and marks inside quotes are words."""

from __future__ import annotations

import pytest
from invented import SHIPPED, outline, parse, tree


def test_levels_follow_the_kinds_of_numbering() -> None:
    assert tree(
        "白河县方案\n一、任务\n（一）水\n1.管网\n（1）新建\n①选址\n2.河道\n（二）气\n二、保障"
    ) == [
        "一、任务",
        "  （一）水",
        "    1.管网",
        "      （1）新建",
        "        ①选址",
        "    2.河道",
        "  （二）气",
        "二、保障",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "1.治水\n1.1管网\n1.1.1新建\n（1）选址\n1.1.2修复\n1.2河道\n2.治气\n2.1扬尘",
        "1．治水\n1．1管网\n1．1．1新建\n（1）选址\n1．1．2修复\n1．2河道\n2．治气\n2．1扬尘",
    ],
)
def test_numbers_may_tell_the_levels_above(lines: str) -> None:
    assert [label.replace("．", ".") for label in tree(f"一、任务\n{lines}")] == [
        "一、任务",
        "  1.治水",
        "    1.1管网",
        "      1.1.1新建",
        "        （1）选址",
        "      1.1.2修复",
        "    1.2河道",
        "  2.治气",
        "    2.1扬尘",
    ]


def test_nested_numbers_may_stand_below_chinese_ones_and_in_markdown() -> None:
    assert tree("一、治水\n1.1 管网\n1.2 河道\n二、治气\n2.1 扬尘") == [
        "一、治水",
        "  1.1管网",
        "  1.2河道",
        "二、治气",
        "  2.1扬尘",
    ]
    assert tree("# 方案\n## 一、任务\n### 1. 治水\n#### 1.1 管网")[-1] == "    1.1管网"


@pytest.mark.parametrize(
    "line",
    [
        "1.5公里管网",
        "2.1公里管网",
        "1.1万吨污水",
        "1.1%",
        "1.1前完成",
        "1.2河道",
        "1.1责任单位：县水务局",
    ],
)
def test_a_figure_or_a_field_is_no_nested_number(line: str) -> None:
    assert tree(f"一、任务\n1.治水\n{line}") == ["一、任务", "  1.治水"]


def test_numbers_may_restart_under_every_parent() -> None:
    assert tree("一、任务\n（一）水\n1.管网\n2.河道\n（二）气\n1.扬尘\n2.锅炉") == [
        "一、任务",
        "  （一）水",
        "    1.管网",
        "    2.河道",
        "  （二）气",
        "    1.扬尘",
        "    2.锅炉",
    ]


def test_numbers_may_run_on_through_the_document() -> None:
    labels = tree("一、任务\n（一）水\n1.管网\n2.河道\n（二）气\n3.扬尘\n（三）土\n4.耕地")
    assert labels[-4:] == ["  （二）气", "    3.扬尘", "  （三）土", "    4.耕地"]


def test_levels_may_be_skipped() -> None:
    assert tree("一、任务\n1.管网\n2.河道\n二、保障\n（1）经费") == [
        "一、任务",
        "  1.管网",
        "  2.河道",
        "二、保障",
        "  （1）经费",
    ]


def test_a_chapter_stands_above_chinese_numbers() -> None:
    assert tree("第一章 总则\n一、依据\n第二章 任务\n一、治水") == [
        "第一章总则",
        "  一、依据",
        "第二章任务",
        "  一、治水",
    ]


@pytest.mark.parametrize("head", ["附件", "附件1", "附件：", "附件二", "附 件", "附录1", "附表"])
def test_an_annex_begins_anew(head: str) -> None:
    document = parse(
        f"白河县方案\n一、任务\n（一）治水。\n{head}\n\n白河县问题\n整改任务清单\n一、污水直排\n二、扬尘"
    )
    annex = [section for section in document.sections if section.annex]
    assert [section.title for section in annex] == ["白河县问题整改任务清单"]
    inside = [section for section in document.sections if section.parent == annex[0].id]
    assert [section.title for section in inside] == ["污水直排", "扬尘"]
    assert {section.level for section in inside} == {2}


def test_the_same_number_in_body_and_annex_has_two_paths() -> None:
    document = parse("方案\n一、目标\n改善。\n附件\n清单\n一、扬尘\n治理。")
    paths = [section.path for section in document.sections if section.number == "一、"]
    assert paths == [("一、目标",), ("附件 清单", "一、扬尘")]


def test_a_list_of_annexes_has_no_items() -> None:
    text = "方案\n一、任务\n1.洒水。\n2.覆盖。\n附件：1.2023年大气目标\n\n2.2023年断面目标\n\n3.2023年重点任务"
    assert tree(text) == ["一、任务", "  1.洒水", "  2.覆盖", "附件附件名录"]


def test_a_dated_line_that_does_not_continue_the_numbering_is_no_item() -> None:
    assert tree("一、任务\n1.洒水。\n5.2023年完成覆盖。") == ["一、任务", "  1.洒水"]
    assert tree("一、任务\n1.洒水。\n2.2023年完成覆盖。") == [
        "一、任务",
        "  1.洒水",
        "  2.2023年完成覆盖",
    ]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("（一）加强领导。成立专班，统筹推进。", "加强领导"),
        ("（一）加强领导；成立专班。", "加强领导"),
        ("（一）加强领导：成立专班。", "加强领导"),
        ("（一）加强领导", "加强领导"),
        ("（一）党组(党委)贯彻落实情况", "党组(党委)贯彻落实情况"),
        ("（一）治理“散。乱。污”企业。依法取缔。", "治理“散。乱。污”企业"),
        ("（一） 加强\u3000领导", "加强 领导"),
    ],
)
def test_a_heading_may_run_into_its_text(line: str, title: str) -> None:
    (child,) = outline(f"一、任务\n{line}").children[0].children
    assert child.title == title


def test_a_first_sentence_too_long_for_a_heading_is_text() -> None:
    sentence = "推进" + "河道清淤和管网建设" * 6
    (item,) = outline(f"一、任务\n1.{sentence}。完善机制。").children[0].children
    assert item.title == ""


@pytest.mark.parametrize(
    "heading",
    [
        "关于“学习不深。一是集中学习少；二是研讨少”问题",
        "关于“二是扬尘管控不严”问题",
        "关于“部分单位（含下属）检查少：流于形式”问题",
    ],
)
def test_a_quoted_problem_is_one_heading(heading: str) -> None:
    text = f"一、成效\n（一）党建\n1.{heading}。\n整改措施及成效：一是建立制度。二是开展培训。"
    assert tree(text)[-1] == f"    1.{heading}"


def test_markdown_headings_give_the_same_outline() -> None:
    plain = tree("白河县方案\n一、任务\n（一）水\n1.管网")
    assert tree("# 白河县方案\n\n## 一、任务\n\n### （一）水\n\n#### 1. 管网") == plain


def test_markdown_headings_need_no_numbers() -> None:
    assert tree("# 白河县方案\n## 任务\n### 水\n#### 管网\n### 气\n## 保障") == [
        "任务",
        "  水",
        "    管网",
        "  气",
        "保障",
    ]


def test_a_numbered_field_is_no_section() -> None:
    text = "一、扬尘\n（一）整改目标：扬尘下降。\n（二）整改措施：\n1.洒水。\n2.覆盖。"
    assert tree(text) == ["一、扬尘", "  1.洒水", "  2.覆盖"]


def test_indents_do_not_change_the_outline() -> None:
    text = "一、任务\n（一）水\n1.管网\n2.河道\n（二）气\n3.扬尘"
    indented = "\n".join(f"{'　' * (i % 3)}\u00a0{line}" for i, line in enumerate(text.split("\n")))
    assert tree(indented) == tree(text)


def test_sections_nest_and_know_their_text() -> None:
    document = parse("方案\n一、任务\n（一）水。治理。\n（二）气。治理。\n二、保障\n到位。")
    by_id = {section.id: section for section in document.sections}
    assert len(by_id) == len(document.sections)
    for section in document.sections[1:]:
        assert section.parent
        parent = by_id[section.parent]
        assert parent.level == section.level - 1
        assert section.path[:-1] == parent.path
        assert section.span.covers(section.heading)
        assert parent.parent is None or parent.span.covers(section.span)


@pytest.mark.parametrize(
    ("stem", "number", "count"),
    [
        ("wuqing", "三、", 2),
        ("heping", "1.", 3),
        ("jinqiao", "25.", 1),
        ("zhongbei", "(九)", 1),
    ],
)
def test_shipped_documents_number_in_their_own_ways(stem: str, number: str, count: int) -> None:
    path = next(path for path in SHIPPED if path.stem.startswith(stem))
    document = parse(path.read_text(encoding="utf-8"))
    found = [section for section in document.sections if section.number == number]
    assert len(found) >= count
    assert len({section.path for section in found}) == len(found)


def test_jinqiao_lists_its_annexes_without_items() -> None:
    path = next(path for path in SHIPPED if path.stem.startswith("jinqiao"))
    document = parse(path.read_text(encoding="utf-8"))
    assert document.sections[-1].title == "附件名录"
    assert not any("国控" in section.title for section in document.sections)


def test_offices_number_in_other_scripts_too() -> None:
    text = "白河县方案\n壹　目标\n贰　任务\n甲、治水\n1.管网\na）新建\n（ⅰ）选址\nb）修复\n乙、治气"
    assert tree(text) == [
        "壹目标",
        "贰任务",
        "  甲、治水",
        "    1.管网",
        "      a）新建",
        "        （ⅰ）选址",
        "      b）修复",
        "  乙、治气",
    ]


def test_roman_parts_hold_lettered_and_joined_numbers() -> None:
    text = "白河园区方案\nⅠ 原则\nA. 园区统筹\nB. 企业主体\nⅡ 企业要求\nⅡ-1 甲厂\nⅡ-2 乙厂"
    assert tree(text) == [
        "Ⅰ原则",
        "  A.园区统筹",
        "  B.企业主体",
        "Ⅱ企业要求",
        "  Ⅱ-1甲厂",
        "  Ⅱ-2乙厂",
    ]


def test_a_letter_that_may_be_roman_is_what_its_row_makes_it() -> None:
    letters = [chr(code) for code in range(ord("a"), ord("k"))]
    text = "白河园区方案\n一、任务\n" + "\n".join(f"{letter}) 第{letter}件事" for letter in letters)
    labels = tree(text)[1:]
    assert labels == [f"  {letter})第{letter}件事" for letter in letters]


@pytest.mark.parametrize("line", ["乙、丙两厂停产", "Ⅴ类水体消除", "c) 说明"])
def test_a_mark_that_begins_no_row_is_a_word(line: str) -> None:
    assert tree(f"白河县方案\n一、任务\n{line}") == ["一、任务"]


def test_named_tasks_stand_under_their_group() -> None:
    text = "白河县方案\n一、清单\n【共性问题】\n任务1 治水\n任务2 治气\n【个性问题】\n▲任务3 治土"
    assert tree(text) == [
        "一、清单",
        "  【共性问题】",
        "    任务1治水",
        "    任务2治气",
        "  【个性问题】",
        "    ▲任务3治土",
    ]


def test_a_bracketed_label_is_no_group() -> None:
    assert tree("白河县方案\n一、治水\n【整改目标】\n消除黑臭。") == ["一、治水"]


def test_a_part_without_a_number_closes_the_tasks_above_it() -> None:
    text = "白河县方案\n任务1 治水\n清淤。\n任务2 治气\n洒水。\n保障措施\n每月通报。"
    assert tree(text) == ["任务1治水", "任务2治气", "保障措施"]


def test_a_field_or_a_sentence_of_such_words_is_no_part() -> None:
    assert tree("白河县方案\n一、治水\n整改目标\n消除黑臭。") == ["一、治水"]
    assert tree("白河县方案\n一、治水\n保障措施要落实到人。") == ["一、治水"]


def test_a_numbered_field_is_none_of_the_measure_above_it() -> None:
    parsed = parse(
        "白河县方案\n二、任务\n（一）码头扬尘\n1.责任单位：甲镇\n2.整改措施：\n①苫盖物料\n②建成料仓\n3.整改时限：2026年8月底\n"
        "（二）沟渠黑臭\n1.责任单位：乙镇\n"
    )
    spans = {section.path[-1]: section.span.quote for section in parsed.sections[1:]}
    assert spans["②建成料仓"] == "②建成料仓"
    assert spans["（一）码头扬尘"].endswith("2026年8月底")
