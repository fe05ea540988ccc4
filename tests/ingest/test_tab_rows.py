"""Rows of a table pasted as text, and their cells."""

from __future__ import annotations

import pytest
from invented import measures, names, parse

from ingest.tab_rows import join_rows, tab_cells

HEAD = "序号\t问题\t责任单位\n"


def test_a_cell_may_have_line_breaks() -> None:
    text = f"{HEAD}1\t露天焚烧\n屡禁不止\t农业农村局\n2\t扬尘\t住建局"
    bounds, begin = [], 0
    for line in text.split("\n"):
        bounds.append((begin, begin + len(line)))
        begin += len(line) + 1
    rows = [text[start:end] for start, end in join_rows(text, bounds)]
    assert rows == [HEAD.strip(), "1\t露天焚烧\n屡禁不止\t农业农村局", "2\t扬尘\t住建局"]


def test_an_empty_cell_is_a_cell() -> None:
    text = f"{HEAD}1\t\t 农业农村局"
    cells = list(tab_cells(text, (len(HEAD), len(text))))
    assert [text[start:end] for start, end in cells] == ["1", "", " 农业农村局"]


@pytest.mark.parametrize("framed", [True, False])
def test_rows_between_strokes_may_be_broken_within_their_cells(framed: bool) -> None:
    text = """|序号|整改任务|整改措施|责任单位|完成时限|
|1|拆除河道违建|1.下达拆除通知；
2.组织强制拆除；
3.恢复河道原貌。|县水利局、
青口镇人民政府|2026年9月底|
|2|治理裸露矿山|生态修复120亩。|县自然资源局|2027年6月底|
"""
    lines = text.splitlines()
    text = "\n".join(lines if framed else [line.strip("|") for line in lines])
    first, second = parse("青口县整改任务清单\n\n" + text).tasks
    assert [number for number, _ in measures(first)] == ["1", "2", "3"]
    assert names(first.responsible_units) == ["县水利局", "青口镇人民政府"]
    assert names(second.responsible_units) == ["县自然资源局"]


def test_open_cells_at_the_end_of_a_row_may_be_left_out() -> None:
    text = (
        "青口县整改任务清单\n\n"
        "序号\t整改任务\t责任分工\t\t完成时限\t包保领导\n"
        "\t\t主责部门\t协同部门\n"
        "1\t拆除河道违建\t县水利局\t青口镇政府\t2026年9月底\t王建国\n"
        "2\t治理裸露矿山\t县自然资源局\t县林业局\t2027年6月底\n"
    )
    first, second = parse(text).tasks
    assert names(first.lead_units) == ["县水利局"]
    assert names(second.lead_units) == ["县自然资源局"]
    assert names(second.cooperating_units) == ["县林业局"]
    assert names(first.leaders) == ["王建国"]
    assert second.leaders == ()
    assert second.review == ()
