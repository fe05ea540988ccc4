"""Rows of a table pasted as text, and their cells."""

from __future__ import annotations

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
