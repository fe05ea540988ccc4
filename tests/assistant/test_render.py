"""A draft becomes Markdown with numbered marks, and document text stays text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.draft import Draft, Evidence, Statement, bullets, paragraph, table
from assistant.render import escape, render, unescaped
from ingest.records import SourceDocument, Span

TEXT = "第一句话。第二句话。第三句话。"
FIRST, SECOND, THIRD = (Span(start, start + 5, TEXT[start : start + 5]) for start in (0, 5, 10))
PLAN = SourceDocument("plans/plan.txt", "a" * 64, TEXT, "东湖区整改方案", pages=(0, 10))
NOTICE = SourceDocument("notice.txt", "b" * 64, TEXT, "督办函")


def said(text: str, *spans: Span, source: SourceDocument = PLAN) -> Statement:
    return Statement(text, tuple(Evidence(source, span, "一、目标") for span in spans))


def row(*cells: str, span: Span = FIRST) -> Statement:
    return Statement("", (Evidence(PLAN, span),), cells)


def markdown_types(text: str) -> set[str]:
    """Kinds of Markdown token a reader's page would render, except text and paragraphs."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    kinds = {token.type for token in tokens}
    kinds |= {child.type for token in tokens for child in token.children or ()}
    return kinds - {"paragraph_open", "paragraph_close", "inline", "text", "softbreak"}


# --- marks and citations --------------------------------------------------------------------------


def test_marks_are_numbered_in_the_order_of_first_use() -> None:
    draft = Draft((
        paragraph(said("乙。", SECOND)),
        bullets(said("甲。", FIRST), said("丙。", THIRD)),
    ))
    answer = render(draft)
    assert answer.text == "乙。[1]\n\n- 甲。[2]\n- 丙。[3]"
    assert [(one.number, one.quote) for one in answer.citations] == [
        (1, SECOND.quote),
        (2, FIRST.quote),
        (3, THIRD.quote),
    ]


def test_the_same_quotation_keeps_its_number() -> None:
    answer = render(Draft((paragraph(said("甲。", FIRST)), paragraph(said("乙。", SECOND, FIRST)))))
    assert answer.text == "甲。[1]\n\n乙。[2][1]"
    assert len(answer.citations) == 2


def test_the_same_place_of_another_document_is_another_citation() -> None:
    answer = render(Draft((paragraph(said("甲。", FIRST), said("乙。", FIRST, source=NOTICE)),)))
    assert answer.text == "甲。[1]乙。[2]"
    assert [one.document for one in answer.citations] == ["plans/plan.txt", "notice.txt"]


def test_a_quotation_given_twice_is_marked_once() -> None:
    assert render(Draft((paragraph(said("甲。", FIRST, FIRST)),))).text == "甲。[1]"


def test_a_citation_says_where_the_quotation_stands() -> None:
    citation = render(Draft((paragraph(said("丙。", THIRD)),))).citations[0]
    assert (citation.document, citation.title) == ("plans/plan.txt", "东湖区整改方案")
    assert citation.section == "一、目标"
    assert TEXT[citation.start : citation.end] == citation.quote == THIRD.quote
    assert citation.page == 2


def test_a_format_without_pages_has_no_page() -> None:
    citation = render(Draft((paragraph(said("甲。", FIRST, source=NOTICE)),))).citations[0]
    assert citation.page is None


def test_what_duban_says_itself_has_no_mark() -> None:
    answer = render(Draft((paragraph(said("共两项。")), paragraph(said("甲。", FIRST)))))
    assert answer.text == "共两项。\n\n甲。[1]"


# --- blocks -----------------------------------------------------------------------------------------


def test_a_table_has_a_column_for_the_evidence() -> None:
    draft = Draft((table(("编号", "任务"), (row("一", "散煤"), row("二", "扬尘", span=SECOND))),))
    assert render(draft).text.splitlines() == [
        "| 编号 | 任务 | 出处 |",
        "| --- | --- | --- |",
        "| 一 | 散煤 | [1] |",
        "| 二 | 扬尘 | [2] |",
    ]


def test_an_empty_cell_is_a_dash() -> None:
    assert "| 一 | — | [1] |" in render(Draft((table(("编号", "时限"), (row("一", ""),)),))).text


def test_a_table_is_a_table_whatever_its_cells_hold() -> None:
    draft = Draft((table(("编号", "任务"), (row("一", "甲|乙\n丙"), row("二", "`|`"))),))
    text = render(draft).text
    assert len(text.splitlines()) == 4
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert html.count("<tr>") == 3
    assert html.count("<td>") == 6
    assert "甲|乙 丙" in html


def test_remarks_come_first_and_are_kept() -> None:
    answer = render(
        Draft((paragraph(said("甲。", FIRST)),), notices=("已按“武清”理解“武青”", "乙"))
    )
    assert answer.text.startswith("（已按“武清”理解“武青”；乙）\n\n")
    assert answer.notices == ("已按“武清”理解“武青”", "乙")


def test_a_refusal_is_told_as_one() -> None:
    assert render(Draft((paragraph(said("未找到。")),), refused=True)).refused
    assert not render(Draft((paragraph(said("甲。", FIRST)),))).refused


def test_an_empty_draft_is_an_empty_text() -> None:
    assert render(Draft()).text == ""


# --- document text is text ------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![图](http://evil.example/x.png)",
    "[点这里](javascript:alert(1))",
    "[1]: http://evil.example",
    "<http://evil.example>",
    "**加粗**和_斜体_",
    "`代码`",
    "《关于印发<河北省方案>的通知》",
    "反斜杠\\[链接](http://evil.example)",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_markup_in_document_text_is_shown_and_not_obeyed(hostile: str) -> None:
    assert markdown_types(render(Draft((paragraph(said(hostile)),))).text) == set()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_reader_sees_the_characters_of_the_document(hostile: str) -> None:
    tokens = MarkdownIt("commonmark").parse(escape(hostile))
    shown = "".join(child.content for token in tokens for child in token.children or ())
    assert shown == hostile


@pytest.mark.parametrize("title", ["《关于印发<河北省方案>的通知》", "浓度<50，温度>20"])
def test_what_is_no_markup_is_written_as_in_the_document(title: str) -> None:
    assert render(Draft((paragraph(said(title)),))).text == title


@pytest.mark.parametrize("hostile", [*HOSTILE, "> 引文"])
def test_without_markdown_the_characters_of_the_document_are_left(hostile: str) -> None:
    assert unescaped(escape(hostile)) == hostile


@pytest.mark.parametrize("hostile", HOSTILE)
def test_markup_in_a_cell_is_shown_and_not_obeyed(hostile: str) -> None:
    text = render(Draft((table(("甲", "乙"), (row("一", hostile),)),))).text
    kinds = {kind for kind in markdown_types(text) if not kind.startswith(("t", "thead"))}
    assert kinds == set()


def test_line_breaks_of_the_source_do_not_break_the_line() -> None:
    assert render(Draft((bullets(said("甲\n\n# 乙")),))).text == "- 甲 # 乙"


@given(st.text(alphabet="<>[]()!*_`\\|#-&;:/ab1甲。 \n", max_size=30))
@settings(deadline=None)
def test_no_text_makes_a_link_an_image_or_a_tag(text: str) -> None:
    rendered = render(Draft((paragraph(said(f"文{text}字。")),))).text
    forbidden = {"link_open", "image", "html_inline", "html_block", "em_open", "strong_open"}
    assert not markdown_types(rendered) & (forbidden | {"code_inline", "fence", "code_block"})
