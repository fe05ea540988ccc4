"""The panel of sources: citations, and the whole document of the chosen one."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hand_made import cite, document, hostile, plan
from hypothesis import given
from hypothesis import strategies as st
from written_files import as_docx, as_html, as_pdf, as_xlsx, write

from assistant.answer import Citation
from ingest.files.limits import Limits
from ingest.parse import parse_text, read_file
from ingest.records import ParsedDocument
from ui.document import document_body
from ui.sources import render_empty, render_sources
from ui.words import Words

SAY = Words()
PM25 = "到2025年末，全区PM2.5年均浓度控制在36微克/立方米以下"
WATER = "地表水优良比例达到100%"
TEXT = "一、目标\n　　第一段，全文如此。\n\n  第二段第一句。第二段第二句。\n二、措施\n（1）甲单位负责。\n"
TABLE = "# 清单\n\n| 序号 | 问题 |\n|:--|---|\n| 1 | 河道<b>黑臭<br>严重 |\n| 2 | |\n"


def visible(markup: str) -> str:
    """The text a reader sees."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def marked(markup: str, number: int) -> list[str]:
    """The pieces marked as the quote of a citation."""
    marks = re.findall(r'<mark class="[^"]*" data-n="([\d ]+)">(.*?)</mark>', markup, re.DOTALL)
    return [visible(words) for numbers, words in marks if str(number) in numbers.split()]


def opened(parsed: ParsedDocument, *citations: Citation, chosen: int = 1) -> str:
    return render_sources(citations, 0, [parsed], SAY, chosen)


def test_the_whole_document_is_shown_with_every_quote_marked() -> None:
    parsed = plan()
    panel = opened(parsed, cite(parsed, PM25, 1), cite(parsed, WATER, 2))
    assert marked(panel, 1) == [PM25]
    assert marked(panel, 2) == [WATER]
    for section in ("一、指导思想", "三、整改措施"):
        assert section in visible(panel)


def test_the_chosen_quote_and_each_colour_are_told_apart() -> None:
    parsed = plan()
    panel = opened(parsed, cite(parsed, PM25, 1), cite(parsed, WATER, 2), chosen=2)
    assert '<mark class="c2 chosen" data-n="2">' in panel
    assert '<mark class="c1" data-n="1">' in panel
    assert panel.count('aria-pressed="true"') == 1
    assert "2 / 2" in visible(panel)


def test_it_says_which_document_it_is() -> None:
    parsed = plan()
    chosen = replace(cite(parsed, PM25), page=3)
    words = visible(opened(parsed, chosen))
    for part in (parsed.source.title, "和平政〔2025〕4号", "2025年9月6日", chosen.section, "第3页"):
        assert part in words


def test_each_citation_is_listed_with_title_and_section() -> None:
    parsed = plan()
    citation = cite(parsed, "重污染天数控制在4天以内", 3)
    panel = render_sources([citation], 2, [parsed], SAY)
    assert 'data-cite="2-3"' in panel
    assert f"3{citation.title}{citation.section}" in visible(panel)


def test_the_outline_leads_to_the_headings() -> None:
    parsed = plan()
    panel = opened(parsed, cite(parsed, PM25))
    anchors = re.findall(r'data-anchor="([^"]+)"', panel)
    assert len(anchors) > 3
    assert all(f'id="{anchor}"' in panel for anchor in anchors)


def test_headings_items_and_paragraphs_read_as_such() -> None:
    body = document_body(document("a.txt", "甲", TEXT), [], None, SAY)
    assert '<h4 id="s-0">一、目标</h4>' in body
    assert "<p>第一段，全文如此。</p>" in body
    assert '<p class="item">（1）甲单位负责。</p>' in body


def test_a_heading_that_runs_into_its_text_is_a_paragraph() -> None:
    body = document_body(plan(), [], None, SAY)
    assert re.search(r'<p id="s-\d+"[^>]*>（二）持续改善生态环境质量。到2025年末', body)
    assert re.search(r'<h4 id="s-\d+">二、整改目标</h4>', body)


def test_a_table_reads_as_a_table_and_its_quotes_are_marked() -> None:
    parsed = parse_text(TABLE, "t.md", "0")
    body = document_body(parsed, [cite(parsed, "黑臭")], 1, SAY)
    assert "<tr><th>序号</th><th>问题</th></tr>" in body
    assert '<td>河道&lt;b&gt;<mark class="c1 chosen" data-n="1">黑臭</mark><br>严重</td>' in body
    assert body.count("<tr>") == 3


def test_pages_are_told_apart_where_the_format_has_them() -> None:
    parsed = document("a.pdf", "甲", TEXT, pages=(0, TEXT.index("二、措施")))
    shown = re.findall(r"<(?:p|h4)[^>]*>([^<]+)", document_body(parsed, [], None, SAY))
    assert shown[0] == "第1页"
    assert shown[shown.index("第2页") + 1] == "二、措施"


def test_overlapping_quotes_show_each_character_once() -> None:
    parsed = document("a.txt", "甲", TEXT)
    first, second = cite(parsed, "第二段第一句。第二段", 1), cite(parsed, "第一句。第二段第二句", 2)
    panel = opened(parsed, first, second)
    assert "第二段第一句。第二段第二句。" in visible(panel)
    assert "".join(marked(panel, 1)) == first.quote
    assert "".join(marked(panel, 2)) == second.quote


def test_a_quote_over_two_paragraphs_is_marked_in_both() -> None:
    parsed = document("a.txt", "甲", TEXT)
    panel = opened(parsed, cite(parsed, "全文如此。\n\n  第二段第一句。"))
    assert marked(panel, 1) == ["全文如此。", "第二段第一句。"]


def test_a_quote_of_another_document_marks_nothing() -> None:
    parsed = plan()
    chosen = cite(parsed, PM25)
    other = Citation(2, "other.txt", "", "", WATER, chosen.end + 1, chosen.end + 20)
    assert marked(opened(parsed, chosen, other), 2) == []


def test_an_answer_without_citations_says_so() -> None:
    assert render_sources([], 0, [], SAY) == render_empty(SAY, "nothing_cited")


def test_a_document_that_is_gone_is_told() -> None:
    gone = Citation(1, "gone.txt", "旧文件", "", "原文", 0, 2)
    assert SAY("document_missing") in opened(plan(), gone)


PASTED = "序号\t问题\t时限\n1\t河道黑臭，\n岸边有垃圾\t2025年底前\n2\t扬尘\t\n以上各项每月报送。\n"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (PASTED, [["1", "河道黑臭，岸边有垃圾", "2025年底前"], ["2", "扬尘", ""]]),
        ("｜序号｜问题｜时限｜\n｜1｜河道｜6月｜\n", [["1", "河道", "6月"]]),
        (
            "序号   问题  时限\n 1     河道   6月\n 2     扬尘   7月\n",
            [["1", "河道", "6月"], ["2", "扬尘", "7月"]],
        ),
    ],
    ids=["tabs", "bars", "spaces"],
)
def test_a_pasted_table_is_drawn_as_one(text: str, rows: list[list[str]]) -> None:
    body = document_body(document("a.txt", "甲", text), [], None, SAY)
    assert re.findall(r"<th>(.*?)</th>", body) == ["序号", "问题", "时限"]
    assert [cells_of(row) for row in re.findall(r"<tr>(<td>.*?)</tr>", body)] == rows
    assert body.count("<table>") == 1


def cells_of(row: str) -> list[str]:
    return [visible(cell) for cell in re.findall(r"<td>(.*?)</td>", row)]


def test_a_quote_over_cells_of_a_pasted_table_is_marked_in_each() -> None:
    parsed = document("a.txt", "甲", PASTED)
    body = document_body(parsed, [cite(parsed, "1\t河道黑臭，\n岸边有垃圾\t2025年底前")], 1, SAY)
    assert marked(body, 1) == ["1", "河道黑臭，岸边有垃圾", "2025年底前"]
    assert "以上各项每月报送。</p>" in body


@pytest.mark.parametrize(
    "text",
    [
        "主任　　张三\n副主任　　李四\n委员　　王五\n",
        "甲\t乙\n丙\t丁\n",
        "一、总体  要求  概述\n正文一句。\n",
    ],
)
def test_lines_with_a_gap_or_two_are_no_table(text: str) -> None:
    assert "<table" not in document_body(document("a.txt", "甲", text), [], None, SAY)


@pytest.mark.parametrize("form", ["docx", "xlsx", "html", "pdf"])
def test_tables_of_office_files_are_drawn_with_their_quotes(tmp_path: Path, form: str) -> None:
    head, row = ["编号", "任务", "时限"], ["1", "河道治理", "2025年底前"]
    table = [head, row, ["2", "扬尘治理", "2026年底前"]]
    contents = {
        "docx": lambda: as_docx(["整改任务清单"], table),
        "xlsx": lambda: as_xlsx("整改任务清单", table),
        "html": lambda: as_html(["整改任务清单"], table),
        "pdf": lambda: as_pdf(["整改任务清单"], table),
    }
    name = f"清单.{form}"
    parsed = read_file(write(tmp_path, name, contents[form]()), name, Limits())
    panel = opened(parsed, cite(parsed, "扬尘治理"))
    assert re.findall(r"<th>(.*?)</th>", panel) == head
    assert "<td>河道治理</td><td>2025年底前</td>" in panel
    assert '<td><mark class="c1 chosen" data-n="1">扬尘治理</mark></td>' in panel


def test_a_quote_is_found_again_after_its_document_changed_elsewhere() -> None:
    parsed = plan()
    kept = cite(parsed, WATER)
    moved = document(parsed.source.path, parsed.source.title, "新增一段。\n" + parsed.source.text)
    assert marked(opened(moved, kept), 1) == [WATER]


def test_a_quote_that_its_document_no_longer_has_is_told() -> None:
    parsed = plan()
    panel = opened(document(parsed.source.path, "甲", "全部改写。"), cite(parsed, WATER))
    assert "这份文件后来有改动" in visible(panel)
    assert WATER in visible(panel)


def test_tags_and_markdown_of_a_document_stay_text() -> None:
    parsed = hostile()
    panel = opened(parsed, cite(parsed, "请完成附言整改任务。"))
    assert not set(re.findall(r"<(\w+)", panel)) & {"script", "img", "a", "b"}
    assert "《关于印发<河北省附言办法>的通知》" in visible(panel)
    assert "![图](https://attacker.invalid/b.png)" in visible(panel)


@given(
    text=st.text(st.characters(codec="utf-8", exclude_characters="|｜│┃#<"), max_size=80),
    data=st.data(),
)
def test_every_character_but_line_edges_is_shown_whatever_is_quoted(
    text: str, data: st.DataObject
) -> None:
    parsed = document("a.txt", "甲", text)
    bounds = st.integers(0, len(text))
    citations = []
    for number in (1, 2):
        start, end = sorted((data.draw(bounds), data.draw(bounds)))
        citations.append(Citation(number, "a.txt", "", "", text[start:end], start, end))
    body = document_body(parsed, citations, 1, SAY)
    assert re.sub(r"\s", "", visible(body)) == re.sub(r"\s", "", text)
