"""Which body a question means: abbreviations, everyday and former names, groups, levels, near misses."""

from __future__ import annotations

import pytest

from assistant.app import Assistant
from assistant.library import task_units
from assistant.units import core, group_covers, is_abbreviation, matches, same_unit
from ingest.records import Span, Unit


def unit(text: str, *aliases: str, name: str = "", group: bool = False) -> Unit:
    return Unit(name or text, Span(0, len(text), text), aliases, group)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("城管委", "区城市管理委"),
        ("区城管委", "区城市管理委"),
        ("城管局", "区城市管理委"),
        ("市监局", "区市场监管局"),
        ("区市监局", "区市场监管局"),
        ("住建委", "区住房建设委"),
        ("住建局", "区住房建设委"),
        ("农委", "区农业农村委"),
        ("工信局", "区工业和信息化局"),
        ("供电公司", "区供电公司"),
        ("宣传部", "区委宣传部"),
        ("环保办", "环保办公室"),
        ("崔黄口镇", "崔黄口镇人民政府"),
        ("崔黄口", "崔黄口镇人民政府"),
        ("崔黄口镇政府", "崔黄口镇人民政府"),
        ("黄庄街道", "黄庄街道办事处"),
        ("黄庄街道", "黄庄街道办"),
        ("曹庄村", "曹庄村委会"),
        ("万卉社区", "万卉社区居委会"),
    ],
)
def test_an_abbreviation_names_the_body(asked: str, name: str) -> None:
    assert same_unit(asked, name)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("环保局", "区生态环境局"),
        ("交警", "公安武清分局"),
        ("武清公安分局", "公安武清分局"),
        ("水利局", "区水务局"),
        ("农业局", "区农业农村委"),
        ("工商局", "区市场监管局"),
        ("电力公司", "区供电公司"),
        ("审批局", "区政务服务办"),
        ("交通运输局", "区交通局"),
    ],
)
def test_an_everyday_name_means_the_body_that_has_the_duty_now(asked: str, name: str) -> None:
    assert same_unit(asked, name)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("水务局", "区水务运行调度中心"),
        ("区水务局", "区水务运行调度中心"),
        ("城管委", "区农业农村委"),
        ("农委", "区城市管理委"),
        ("住建委", "区城市管理委"),
        ("交通局", "区商务局"),
        ("环保局", "区水务局"),
        ("教育局", "区政务服务办"),
        ("管委会", "北园管委会"),
        ("镇人民政府", "高村镇人民政府"),
        ("高村镇", "泗村店镇人民政府"),
        ("农业办", "环保办"),
    ],
)
def test_a_near_miss_is_another_body(asked: str, name: str) -> None:
    assert not same_unit(asked, name)


@pytest.mark.parametrize("asked", ["市水务局", "县水务局", "省水务局"])
def test_a_level_that_is_said_must_be_the_bodys_own(asked: str) -> None:
    assert not same_unit(asked, "区水务局")


def test_without_a_level_the_body_of_any_level_is_meant() -> None:
    assert same_unit("生态环境局", "市生态环境局")
    assert same_unit("生态环境局", "区生态环境局")
    assert same_unit("环保局", "市生态环境局")
    assert not same_unit("区环保局", "市生态环境局")
    assert not same_unit("市环保局", "区生态环境局")


def test_a_name_that_begins_with_what_looks_like_a_level_is_no_level() -> None:
    assert same_unit("市监局", "区市场监管局")
    assert same_unit("市容环卫中心", "市容环卫中心")


def test_a_former_name_in_brackets_names_the_body() -> None:
    park = unit("京清园（原京滨园）", "京滨园", name="京清园")
    assert matches("京滨园", park)
    assert matches("京清园", park)
    assert not matches("京津园", park)


@pytest.mark.parametrize(
    ("asked", "group"),
    [
        ("崔黄口镇", "各镇人民政府、街道办事处、园区"),
        ("崔黄口镇人民政府", "各镇人民政府、街道办事处、园区"),
        ("黄庄街道", "各镇人民政府、街道办事处、园区"),
        ("京清园", "各镇人民政府、街道办事处、园区"),
        ("武清开发区", "各镇人民政府、街道办事处、园区"),
        ("崔黄口镇", "各涉农镇人民政府、街道办事处"),
        ("黄庄街道办", "各街道办"),
        ("曹庄村", "各村"),
        ("曹庄村", "相关村"),
        ("万卉社区", "各社区"),
        ("桥东镇", "各街道、镇"),
        ("松江县", "各区县人民政府"),
        ("临溪区", "各县（市、区）人民政府"),
        ("津渡市", "各县（市、区）党委、政府"),
        ("各镇人民政府、街道办事处、园区", "各镇人民政府、街道办事处、园区"),
    ],
)
def test_a_group_covers_the_single_bodies_of_its_kind(asked: str, group: str) -> None:
    assert group_covers(asked, group)
    assert matches(asked, unit(group, group=True))


@pytest.mark.parametrize(
    ("asked", "group"),
    [
        ("区水务局", "各镇人民政府、街道办事处、园区"),
        ("京清园", "各涉农镇人民政府、街道办事处"),
        ("北运河", "各镇人民政府、街道办事处、园区"),
        ("镇", "各镇人民政府、街道办事处、园区"),
        ("崔黄口镇", "各村"),
        ("曹庄村", "各社区"),
        ("高新区", "各县（市、区）人民政府"),
        ("万卉社区", "各区人民政府"),
    ],
)
def test_a_group_does_not_cover_bodies_of_another_kind(asked: str, group: str) -> None:
    assert not group_covers(asked, group)


def test_an_abbreviation_keeps_the_order_and_the_beginning_of_the_name() -> None:
    assert is_abbreviation("城管委", "城市管理委")
    assert not is_abbreviation("管城委", "城市管理委")
    assert not is_abbreviation("市管委", "城市管理委")
    assert not is_abbreviation("委", "城市管理委")
    assert not is_abbreviation("城市管理委", "城市管理委")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("区水务局", "水务局"),
        ("崔黄口镇人民政府", "崔黄口镇"),
        ("黄庄街道办事处", "黄庄街道"),
        ("环保办公室", "环保办"),
    ],
)
def test_the_core_of_a_name_is_what_tells_it_apart(name: str, expected: str) -> None:
    assert core(name) == expected


def test_every_body_of_the_documents_is_found_by_its_own_name(corpus: Assistant) -> None:
    for parsed in corpus.documents():
        for task in parsed.tasks:
            for entry in task_units(task):
                assert matches(entry.name, entry)


def test_no_body_of_a_document_is_taken_for_another(corpus: Assistant) -> None:
    # One body under two names: the documents write it both ways.
    both = {"大王古庄镇", "大王古庄镇人民政府"}, {"环保办", "环保办公室"}
    for parsed in corpus.documents():
        units = [entry for task in parsed.tasks for entry in task_units(task) if not entry.group]
        names = sorted({entry.name for entry in units})
        confused = [
            {one, other}
            for one in names
            for other in names
            if one < other and (same_unit(one, other) or same_unit(other, one))
        ]
        assert [pair for pair in confused if pair not in both] == []


def test_a_kind_of_body_is_met_by_the_governments_of_its_places() -> None:
    assert matches("县区", unit("白河县人民政府"))
    assert matches("县区", unit("南沟市人民政府"))
    assert not matches("县区", unit("南沟高新区管委会"))
    assert not matches("县区", unit("市人民政府"))
    assert not matches("县区", unit("市水务局"))
    assert matches("乡镇", unit("丁香镇人民政府"))
    assert not matches("乡镇", unit("白河县人民政府"))
