"""Lists of responsible bodies and leaders, as official documents shorten them."""

from __future__ import annotations

import pytest
from invented import SHIPPED, names, parse

from ingest.unit_lists import is_group, looks_like_units, parse_people, parse_units


def units(text: str) -> list[str]:
    return names(parse_units(text, 0, len(text)))


def people(text: str) -> list[str]:
    return names(parse_people(text, 0, len(text)))


@pytest.mark.parametrize(
    ("text", "full"),
    [
        (
            "白河镇、丁香镇、石桥镇人民政府",
            ["白河镇人民政府", "丁香镇人民政府", "石桥镇人民政府"],
        ),
        (
            "南门街道办事处，白河镇、丁香镇人民政府",
            ["南门街道办事处", "白河镇人民政府", "丁香镇人民政府"],
        ),
        ("东门街道、西门街道办事处", ["东门街道办事处", "西门街道办事处"]),
        ("凤岭区、临江区人民政府", ["凤岭区人民政府", "临江区人民政府"]),
        ("白河镇和丁香镇人民政府", ["白河镇人民政府", "丁香镇人民政府"]),
        ("县水务局、白河镇人民政府", ["县水务局", "白河镇人民政府"]),
        ("县水务局，白河镇，丁香镇人民政府", ["县水务局", "白河镇", "丁香镇人民政府"]),
    ],
)
def test_a_shared_ending_belongs_to_every_place_before_it(text: str, full: list[str]) -> None:
    assert units(text) == full


def test_an_expanded_name_still_points_at_what_is_written() -> None:
    text = "白河镇、丁香镇人民政府"
    assert [one.span.quote for one in parse_units(text, 0, len(text))] == [
        "白河镇",
        "丁香镇人民政府",
    ]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("各镇人民政府、街道办事处、园区", ["各镇人民政府、街道办事处、园区"]),
        ("相关镇人民政府、街道办事处，区水务局", ["相关镇人民政府、街道办事处", "区水务局"]),
        ("区水务局、各镇人民政府、街道办事处", ["区水务局", "各镇人民政府、街道办事处"]),
        ("各县（市、区）人民政府，市水务局", ["各县（市、区）人民政府", "市水务局"]),
        ("各村、各社区", ["各村", "各社区"]),
    ],
)
def test_a_group_is_one_entry(text: str, entries: list[str]) -> None:
    found = parse_units(text, 0, len(text))
    assert names(found) == entries
    assert [one.group for one in found] == [is_group(entry) for entry in entries]


@pytest.mark.parametrize(
    ("text", "name", "aliases"),
    [
        ("白河园（原白石园）", "白河园", ("白石园",)),
        ("临港园区管委会(原城南园区管委会)", "临港园区管委会", ("城南园区管委会",)),
        (
            "县生态环境保护委员会办公室（以下简称“县环委办”）",
            "县生态环境保护委员会办公室",
            ("县环委办",),
        ),
        ("县水务集团（曾用名县自来水公司）", "县水务集团", ("县自来水公司",)),
    ],
)
def test_a_former_or_short_name_is_an_alias(text: str, name: str, aliases: tuple[str, ...]) -> None:
    (unit,) = parse_units(text, 0, len(text))
    assert (unit.name, unit.aliases, unit.span.quote) == (name, aliases, text)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("区水务局和区住建局", ["区水务局", "区住建局"]),
        ("区水务局及区住建局", ["区水务局", "区住建局"]),
        ("区水务局 区住建局\u3000区城管局", ["区水务局", "区住建局", "区城管局"]),
        ("区水务局\n区住建局", ["区水务局", "区住建局"]),
        ("区水务局/区住建局；区城管局", ["区水务局", "区住建局", "区城管局"]),
        ("区工业和信息化局", ["区工业和信息化局"]),
        ("市发展和改革委员会、市文化和旅游局", ["市发展和改革委员会", "市文化和旅游局"]),
        ("区水务局、区水务局", ["区水务局"]),
        ("区水务局、 区住建局。", ["区水务局", "区住建局"]),
    ],
)
def test_entries_are_split_where_both_sides_are_bodies(text: str, entries: list[str]) -> None:
    assert units(text) == entries


@pytest.mark.parametrize(
    "text",
    [
        "区水务局牵头",
        "区水务局负责",
        "由区水务局牵头负责",
        "区水务局按职责分工负责",
        "区水务局（牵头）",
        "区水务局(牵头单位)",
        "区水务局等",
        "区水务局等有关部门",
        "区水务局等单位",
        "区水务局配合落实。",
    ],
)
def test_words_about_duties_are_no_part_of_the_name(text: str) -> None:
    assert units(text) == ["区水务局"]


@pytest.mark.parametrize("text", ["", "无", "—", "-", "/", "待定", " ", "、，"])
def test_an_empty_field_names_nobody(text: str) -> None:
    assert units(text) == []
    assert people(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "王建国",
        "王建国（副县长）",
        "王建国(县委常委、副县长)",
        "副县长王建国",
        "王建国副县长",
        "常务副县长 王建国",
        "县委常委、常务副县长王建国",
        "白河县丁香镇党委书记王建国",
        " 王建国。",
    ],
)
def test_a_post_is_no_part_of_a_leaders_name(text: str) -> None:
    assert people(text) == ["王建国"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王建国、李红", ["王建国", "李红"]),
        ("王建国，李红；欧阳志远", ["王建国", "李红", "欧阳志远"]),
        ("王建国 李红", ["王建国", "李红"]),
        ("王建国（副县长）、李红（县委常委）", ["王建国", "李红"]),
        ("镇党委书记王建国、镇长李红等", ["王建国", "李红"]),
        ("阿依古丽·买买提", ["阿依古丽·买买提"]),
        ("李主任", ["李主任"]),
    ],
)
def test_several_leaders_are_listed(text: str, found: list[str]) -> None:
    assert people(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "区水务局",
        "建管站、工业办、执法大队",
        "各村",
        "相关社区、城管科",
        "区水务局、白河镇",
        "县公路管理段、县水务局、县住建局",
        "各街道、镇配合",
    ],
)
def test_a_bracket_that_lists_bodies(text: str) -> None:
    assert looks_like_units(text, 0, len(text))


@pytest.mark.parametrize(
    "text", ["试行", "VOCs", "达到或优于Ⅲ类", "2026年", "含村级泵站3座", "", "见附件1"]
)
def test_a_bracket_that_says_something_else(text: str) -> None:
    assert not looks_like_units(text, 0, len(text))


def test_units_of_the_shipped_documents_are_names_and_not_clauses() -> None:
    for path in SHIPPED:
        for task in parse(path.read_text(encoding="utf-8")).tasks:
            listed = (*task.lead_units, *task.responsible_units, *task.acceptance_units)
            for unit in (*listed, *(unit for measure in task.measures for unit in measure.units)):
                assert 2 <= len(unit.name) <= 30
                assert not set(unit.name) & set("。；：，")


@pytest.mark.parametrize("post", ["县政协主席", "县人大常委会主任", "县委副书记"])
def test_a_post_before_a_name_is_no_person(post: str) -> None:
    text = f"{post} 赵海燕"
    assert [one.name for one in parse_people(text, 0, len(text))] == ["赵海燕"]


def test_a_page_number_between_lines_belongs_to_no_name() -> None:
    written = "县水务局、各乡镇人民\n          — 3 —\n\n政府、县住建局\n- 4 -\n县城管局"
    assert units(written) == ["县水务局", "各乡镇人民政府", "县住建局", "县城管局"]


def test_a_name_broken_behind_its_place_stays_whole_where_marks_part_the_bodies() -> None:
    text = "石桥县人民政府、长岭县\n自然资源局"
    assert [one.name for one in parse_units(text, 0, len(text))] == [
        "石桥县人民政府",
        "长岭县自然资源局",
    ]


@pytest.mark.parametrize(
    ("written", "name"),
    [("村支书 王长根", "王长根"), ("村主任 张福", "张福"), ("镇长 向明远", "向明远")],
)
def test_a_post_with_a_gap_before_the_name_is_no_person(written: str, name: str) -> None:
    assert names(parse_people(written, 0, len(written))) == [name]


def test_persons_with_their_posts_behind_them_are_all_kept() -> None:
    written = "王副书记 张局长"
    assert len(parse_people(written, 0, len(written))) == 2
