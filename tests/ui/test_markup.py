"""Answers and questions as Markdown for the chat window."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ui.markup import answer_markdown, cite_value, literal, parse_cite_value, plain_text


def rendered(markdown: str) -> str:
    return MarkdownIt("gfm-like", {"linkify": False}).render(markdown)


def test_a_mark_becomes_a_button_that_names_exchange_and_citation() -> None:
    markdown = answer_markdown("控制在36微克以下。[1]", 2, [1])
    assert '<button type="button" class="cite" value="2-1"' in markdown
    assert ">[1]</button>" in markdown


def test_a_number_in_brackets_that_cites_nothing_stays_text() -> None:
    assert "button" not in answer_markdown("见附表[7]。", 0, [1])
    assert "[7]" in html.unescape(answer_markdown("见附表[7]。", 0, [1]))


def test_a_mark_inside_code_is_code() -> None:
    markdown = answer_markdown("`a[1]` 与 [1]", 0, [1])
    assert markdown.count("<button") == 1
    assert "<code>a&#91;1&#93;</code>" in markdown


def test_tables_lists_and_emphasis_remain() -> None:
    text = "**共2项**\n\n| 单位 | 时限 |\n|---|---|\n| 甲局 [1] | 2025年 |\n\n- 一项"
    shown = rendered(answer_markdown(text, 0, [1]))
    assert "<strong>共2项</strong>" in shown
    assert "<td>甲局 <button" in shown
    assert "<li>一项</li>" in shown


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "![图](https://attacker.invalid/a.png)",
        "[说明](javascript:alert(1))",
        "[说明]: https://attacker.invalid",
        "<https://attacker.invalid>",
        "https://attacker.invalid 与 www.attacker.invalid 与 a@attacker.invalid",
        "`<b>` 与 ``` <i> `",
        "&lt;b&gt; 与 &#60;b&#62;",
        "《关于印发<河北省办法>的通知》",
    ],
)
def test_what_a_document_brings_in_is_shown_as_it_is(text: str) -> None:
    shown = rendered(answer_markdown(text, 0, []))
    assert set(re.findall(r"<(\w+)", shown)) <= {"p", "code"}
    assert "://" not in answer_markdown(text, 0, [])
    words = html.unescape(re.sub(r"</?(?:p|code)>", "", shown))
    assert re.sub(r"[\s`]", "", words) == re.sub(r"[\s`]", "", text)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=60))
def test_a_question_is_shown_exactly_as_typed(question: str) -> None:
    shown = rendered(literal(question))
    assert html.unescape(re.sub(r"</?p>", "", shown)).strip() == question


def test_a_button_value_is_read_back() -> None:
    assert parse_cite_value(cite_value(3, 12)) == (3, 12)


@pytest.mark.parametrize("sent", ["", "1", "1-", "-1-2", "a-b", "１-２", "1-2-3", None, 5, ["1-2"]])
def test_what_no_button_sends_is_refused(sent: object) -> None:
    assert parse_cite_value(sent) is None


def test_plain_text_has_no_emphasis_signs() -> None:
    assert plain_text("**38**微克 [1]\n") == "38微克 [1]"
