"""The cited source as HTML."""

from __future__ import annotations

import html
import re

from hand_made import cite, document, hostile, plan
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Citation
from ui.source import render_source, surrounding_span

PM25 = "到2025年末，全区PM2.5年均浓度控制在36微克/立方米以下"
WATER = "地表水优良比例达到100%"
TEXT = (
    "一、目标\n　　第一段，全文如此。\n\n  第二段第一句。第二段第二句。\n二、措施\n甲单位负责。\n"
)


def visible(rendered: str) -> str:
    """The text a reader sees."""
    return html.unescape(re.sub(r"<[^>]+>", "", rendered))


def marked(rendered: str, kind: str = "") -> list[str]:
    opening = f'<mark class="{kind}">' if kind else "<mark>"
    return [html.unescape(m) for m in re.findall(f"{opening}(.*?)</mark>", rendered, re.DOTALL)]


def test_shows_the_section_around_the_quote_with_the_quote_marked() -> None:
    parsed = plan()
    chosen = cite(parsed, PM25)
    rendered = render_source(parsed, [chosen], chosen)
    assert marked(rendered, "chosen") == [PM25]
    assert "重点建设用地安全利用率达到100%" in visible(rendered)
    assert "三、整改措施" not in visible(rendered)


def test_says_which_document_it_is() -> None:
    parsed = plan()
    chosen = cite(parsed, PM25)
    shown = visible(render_source(parsed, [chosen], chosen))
    for part in (parsed.source.title, "和平政〔2025〕4号", "2025年9月6日", chosen.section):
        assert part in shown


def test_names_the_page_where_the_format_has_pages() -> None:
    parsed = plan()
    start = parsed.source.text.index(PM25)
    chosen = Citation(1, parsed.source.path, "", "", PM25, start, start + len(PM25), page=3)
    assert "第3页" in visible(render_source(parsed, [chosen], chosen))


def test_other_quotes_of_the_section_are_marked_less_strongly() -> None:
    parsed = plan()
    chosen, other = cite(parsed, PM25, 1), cite(parsed, WATER, 2)
    rendered = render_source(parsed, [chosen, other], chosen)
    assert marked(rendered, "chosen") == [PM25]
    assert marked(rendered) == [WATER]


def test_a_quote_of_another_document_marks_nothing() -> None:
    parsed = plan()
    chosen = cite(parsed, PM25)
    other = Citation(2, "other.txt", "", "", WATER, chosen.end + 1, chosen.end + 20)
    assert marked(render_source(parsed, [chosen, other], chosen)) == []


def test_overlapping_quotes_show_each_character_once() -> None:
    parsed = document("a.txt", "甲", TEXT)
    chosen, other = cite(parsed, "第二段第一句。第二段", 1), cite(parsed, "第一句。第二段第二句", 2)
    rendered = render_source(parsed, [chosen, other], chosen)
    assert "第二段第一句。第二段第二句。" in visible(rendered)
    assert marked(rendered, "chosen") == ["第二段", "第一句。第二段"]
    assert marked(rendered) == ["第二句"]


def test_a_quote_over_two_paragraphs_is_marked_in_both() -> None:
    parsed = document("a.txt", "甲", TEXT)
    chosen = cite(parsed, "全文如此。\n\n  第二段第一句。")
    rendered = render_source(parsed, [chosen], chosen)
    assert marked(rendered, "chosen") == ["全文如此。", "第二段第一句。"]


def test_paragraphs_are_those_of_the_document_without_indents_and_empty_lines() -> None:
    parsed = document("a.txt", "甲", TEXT)
    chosen = cite(parsed, "第一段")
    rendered = render_source(parsed, [chosen], chosen)
    paragraphs = [visible(p) for p in re.findall(r"<p(?: class=.heading.)?>(.*?)</p>", rendered)]
    assert paragraphs == ["一、目标", "第一段，全文如此。", "第二段第一句。第二段第二句。"]


def test_a_heading_line_is_told_apart_and_a_run_in_heading_is_not() -> None:
    parsed = plan()
    chosen = cite(parsed, PM25)
    rendered = render_source(parsed, [chosen], chosen)
    assert '<p class="heading">二、整改目标</p>' in rendered
    assert "<p>（二）持续改善生态环境质量。<mark" in rendered


def test_a_quote_outside_all_sections_shows_the_text_before_the_first() -> None:
    parsed = plan()
    span = surrounding_span(parsed, cite(parsed, "经区人民政府同意"))
    assert span.start == 0
    assert span.end == parsed.source.text.index("一、指导思想")


def test_a_document_without_sections_is_shown_whole() -> None:
    parsed = document("a.txt", "甲", "没有标题的一段话。")
    assert surrounding_span(parsed, cite(parsed, "一段话")).quote == "没有标题的一段话。"


def test_tags_and_markdown_of_a_document_stay_text() -> None:
    parsed = hostile()
    chosen = cite(parsed, "请完成附言整改任务。")
    rendered = render_source(parsed, [chosen], chosen)
    assert set(re.findall(r"<(\w+)", rendered)) <= {"article", "header", "h3", "p", "div", "mark"}
    assert "《关于印发<河北省附言办法>的通知》" in visible(rendered)
    assert "<script>window.hacked = true</script>" in visible(rendered)
    assert "![图](https://attacker.invalid/b.png)" in visible(rendered)


@given(text=st.text(min_size=1, max_size=80), data=st.data())
def test_every_character_but_line_edges_is_shown_whatever_is_quoted(
    text: str, data: st.DataObject
) -> None:
    parsed = document("a.txt", "甲", text)
    bounds = st.integers(0, len(text))
    citations = []
    for number in (1, 2):
        start, end = sorted((data.draw(bounds), data.draw(bounds)))
        citations.append(Citation(number, "a.txt", "", "", text[start:end], start, end))
    rendered = render_source(parsed, citations, citations[0])
    body = rendered.split('<div class="text">')[1].removesuffix("</div></article>")
    shown = surrounding_span(parsed, citations[0]).quote
    assert re.sub(r"\s", "", visible(body)) == re.sub(r"\s", "", shown)
