"""Who is responsible: labelled fields, and the bracket that closes a paragraph."""

from __future__ import annotations

import pytest
from invented import names, parse

from ingest.responsibility import (
    closing_duties,
    field_lines,
    outside_labels,
    read_duties,
)


def closing(text: str) -> dict[str, list[str]] | None:
    found = closing_duties(text, 0, len(text))
    if found is None:
        return None
    duties = {role: names(units) for role, units in found[0].units.items()}
    return duties | ({"leader": names(found[0].leaders)} if found[0].leaders else {})


@pytest.mark.parametrize(
    ("bracket", "duties"),
    [
        ("区水务局", {"responsible": ["区水务局"]}),
        ("区水务局、区住建局", {"responsible": ["区水务局", "区住建局"]}),
        ("区水务局负责", {"responsible": ["区水务局"]}),
        ("区水务局牵头，区住建局配合", {"lead": ["区水务局"], "cooperating": ["区住建局"]}),
        (
            "区水务局、区城管局牵头，区住建局、各镇人民政府配合",
            {"lead": ["区水务局", "区城管局"], "cooperating": ["区住建局", "各镇人民政府"]},
        ),
        (
            "区水务局牵头负责；区住建局，各镇人民政府按职责分工配合落实",
            {"lead": ["区水务局"], "cooperating": ["区住建局", "各镇人民政府"]},
        ),
        ("区水务局牵头，区住建局", {"lead": ["区水务局"], "responsible": ["区住建局"]}),
        ("责任单位：区水务局", {"responsible": ["区水务局"]}),
        (
            "牵头单位：区水务局；配合单位：区住建局，各镇人民政府",
            {"lead": ["区水务局"], "cooperating": ["区住建局", "各镇人民政府"]},
        ),
        (
            "责任单位：白河园（原白石园）、区水务局，白河镇、丁香镇人民政府",
            {"responsible": ["白河园", "区水务局", "白河镇人民政府", "丁香镇人民政府"]},
        ),
        (
            "责任领导：王建国；责任单位：区水务局",
            {"responsible": ["区水务局"], "leader": ["王建国"]},
        ),
    ],
)
@pytest.mark.parametrize("marks", ["（）", "()"])
def test_the_closing_bracket_tells_who_does_what(
    bracket: str, duties: dict[str, list[str]], marks: str
) -> None:
    assert closing(f"清理河道3公里。{marks[0]}{bracket}{marks[1]}") == duties
    assert closing(f"清理河道3公里{marks[0]}{bracket}{marks[1]}。") == duties


@pytest.mark.parametrize(
    "text",
    [
        "修订管理办法（试行）",
        "治理挥发性有机物（VOCs）。",
        "断面水质提升（达到或优于Ⅲ类）",
        "新建泵站（含村级3座）",
        "由（区水务局）牵头治理",
        "没有括号。",
    ],
)
def test_other_brackets_name_nobody(text: str) -> None:
    assert closing(text) is None


def test_the_bracket_is_told_apart_from_the_text_before_it() -> None:
    text = "按照《办法（试行）》清理。（责任单位：白河园（原白石园））"
    found = closing_duties(text, 0, len(text))
    assert found is not None
    assert text[found[1] : found[2]] == "（责任单位：白河园（原白石园））"
    assert found[0].all_units()[0].aliases == ("白石园",)


def test_labels_in_one_line_end_where_the_next_begins() -> None:
    text = "牵头单位：区水务局；配合单位：区住建局，责任领导：王建国 完成时限：2026年底"
    duties = read_duties(text, outside_labels(text, 0, len(text)), len(text))
    assert names(duties.of("lead")) == ["区水务局"]
    assert names(duties.of("cooperating")) == ["区住建局"]
    assert names(duties.leaders) == ["王建国"]
    start, end = duties.fields["deadline"]
    assert text[start:end] == "2026年底"


def test_labels_inside_brackets_belong_to_the_bracket() -> None:
    text = "整改目标：清淤。（责任单位：区水务局）"
    assert [label.role for label in outside_labels(text, 0, len(text))] == ["target"]


def test_a_field_is_quoted_with_its_label() -> None:
    text = "牵头单位：区水务局；完成时限：2026年底"
    lines = field_lines(text, outside_labels(text, 0, len(text)), len(text))
    assert {role: span.quote for role, span in lines.items()} == {
        "lead": "牵头单位：区水务局",
        "deadline": "完成时限：2026年底",
    }


def test_an_empty_field_is_quoted_as_it_is() -> None:
    text = "牵头单位："
    lines = field_lines(text, outside_labels(text, 0, len(text)), len(text))
    assert lines["lead"].quote == text


def labelled(text: str) -> dict[str, list[str]]:
    duties = read_duties(text, outside_labels(text, 0, len(text)), len(text))
    return {role: names(units) for role, units in duties.units.items()}


def test_a_bracket_behind_a_name_gives_it_a_role_of_its_own() -> None:
    assert labelled("责任单位：白河镇人民政府（牵头）、县城管局、县住建局（配合）") == {
        "lead": ["白河镇人民政府"],
        "responsible": ["县城管局"],
        "cooperating": ["县住建局"],
    }


def test_a_list_of_units_ends_with_its_sentence() -> None:
    text = "责任单位：县水务局、县城管局。进度滞后的原因是手续多、资金难。"
    assert labelled(text) == {"responsible": ["县水务局", "县城管局"]}


def test_a_label_of_one_word_in_a_bracket_is_a_role() -> None:
    assert labelled("牵头：县发改局；责任：各乡镇人民政府") == {
        "lead": ["县发改局"],
        "responsible": ["各乡镇人民政府"],
    }


BRACKETED = """白河县夏季攻坚方案

一、主要任务
（一）错峰加油。引导车辆夜间加油。{0}县商务局牵头，各乡镇人民政府配合；5月底前{1}
（二）错峰生产。对26家企业制定方案。{0}县工信局、县生态环境局牵头，县财政局配合，6月底前完成{1}
（三）油品监管。抽检60批次。{0}县市场监管局牵头；长期坚持{1}
（四）错时施工。暂停高温喷涂。{0}县住建局牵头；5月20日前完成方案，6—9月实施{1}
"""


@pytest.mark.parametrize("marks", ["（）", "【】", "〔〕"])
def test_the_closing_bracket_tells_who_and_by_when(marks: str) -> None:
    fuel, work, oil, paint = parse(BRACKETED.format(*marks)).tasks
    assert [unit.name for unit in fuel.lead_units] == ["县商务局"]
    assert [unit.name for unit in fuel.cooperating_units] == ["各乡镇人民政府"]
    assert [unit.name for unit in work.lead_units] == ["县工信局", "县生态环境局"]
    limits = [task.deadline and task.deadline.phrase.quote for task in (fuel, work, oil)]
    assert limits == ["5月底前", "6月底前", "长期坚持"]
    # What is done by two days is no limit of the whole.
    assert [unit.name for unit in paint.lead_units] == ["县住建局"]
    assert paint.deadline is None
    assert "牵头" not in fuel.measures[0].text.quote


def test_a_bracket_behind_the_last_of_a_clause_is_said_of_all_of_it() -> None:
    text = """凌河区重点任务

1．支流整治
责任：区水务局（牵头），凌河街道、区生态环境局（配合）。
时限：2026年10月底。
2．污水厂扩容
责任：区住建局（牵头）、区发改局、区财政局。
时限：2026年12月底。
"""
    first, second = parse(text).tasks
    assert names(first.lead_units) == ["区水务局"]
    assert names(first.cooperating_units) == ["凌河街道", "区生态环境局"]
    assert first.responsible_units == ()
    # Without a bracket of their own those behind a 、 answer.
    assert names(second.lead_units) == ["区住建局"]
    assert names(second.responsible_units) == ["区发改局", "区财政局"]
