"""The list of citations."""

from __future__ import annotations

import html
import re

from hand_made import cite, hostile, plan

from assistant.answer import Answer, Citation
from ui.panel import MISSING, NOTHING_CITED, render_panel


def test_each_citation_is_listed_with_title_and_section() -> None:
    parsed = plan()
    citation = cite(parsed, "重污染天数控制在4天以内", 3)
    panel = render_panel(Answer("见[3]", (citation,)), 2, [parsed])
    assert 'value="2-3"' in panel
    words = html.unescape(re.sub("<[^>]+>", "", panel))
    assert f"[3]{citation.title}{citation.section}" in words


def test_only_the_chosen_citation_is_opened() -> None:
    parsed = plan()
    citations = (cite(parsed, "重污染天数", 1), cite(parsed, "地表水优良比例", 2))
    answer = Answer("见[1][2]", citations)
    assert "<article" not in render_panel(answer, 0, [parsed])
    opened = render_panel(answer, 0, [parsed], 2)
    assert opened.count('aria-pressed="true"') == 1
    assert '<mark class="chosen">地表水优良比例</mark>' in opened


def test_an_answer_without_citations_says_so() -> None:
    assert render_panel(Answer("没有"), 0, []) == NOTHING_CITED


def test_a_document_that_is_gone_is_told() -> None:
    citation = Citation(1, "gone.txt", "旧文件", "", "原文", 0, 2)
    assert MISSING in render_panel(Answer("见[1]", (citation,)), 0, [plan()], 1)


def test_titles_and_quotes_are_escaped_in_the_list_and_in_what_is_copied() -> None:
    parsed = hostile()
    quote = '附言整改见<img src="https://attacker.invalid/a.png" onerror="window.hacked = true">'
    panel = render_panel(Answer("见<b>[1]</b>", (cite(parsed, quote),)), 0, [parsed], 1)
    assert "<img" not in panel
    assert "<b>" not in panel
