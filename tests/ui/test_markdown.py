"""Answers as HTML for the chat window."""

from __future__ import annotations

import html
import re

import pytest
from hand_made import cite, hostile
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Citation
from assistant.render import escape
from ui.markdown import answer_html
from ui.markup import cite_value, colour, parse_cite_value, text
from ui.words import Words

SAY = Words()
CITATION = Citation(1, "a.txt", "甲方案", "一、目标", "控制在36微克以下", 0, 8)


def shown(markup: str) -> str:
    """The text a reader sees."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def test_a_mark_becomes_a_raised_button_with_its_quote() -> None:
    markup = answer_html("控制在36微克以下。[1]", [CITATION], 2, SAY)
    assert '<sup><button type="button" class="cite c1" data-cite="2-1"' in markup
    assert 'data-quote="控制在36微克以下"' in markup
    assert 'aria-label="出处1：甲方案 · 一、目标"' in markup


def test_quotes_of_one_answer_have_colours_of_their_own() -> None:
    assert len({colour(number) for number in range(1, 7)}) == 6


def test_a_number_in_brackets_that_cites_nothing_stays_text() -> None:
    markup = answer_html("见附表[7]。", [CITATION], 0, SAY)
    assert "button" not in markup
    assert "[7]" in shown(markup)


def test_a_mark_that_a_document_brings_in_stays_text() -> None:
    markup = answer_html(escape("文件写着[1]") + "[1]", [CITATION], 0, SAY)
    assert markup.count("<button") == 1
    assert "文件写着[1]" in shown(markup)


def test_a_mark_inside_code_is_code() -> None:
    markup = answer_html("`a[1]` 与 [1]", [CITATION], 0, SAY)
    assert markup.count("<button") == 1
    assert "<code>a[1]</code>" in markup


def test_tables_lists_and_emphasis_are_shown_as_such() -> None:
    markdown = "**共2项**\n\n| 单位 | 时限 |\n|---|---|\n| 甲局 [1] | 2025年 |\n\n- 一项"
    markup = answer_html(markdown, [CITATION], 0, SAY)
    assert "<strong>共2项</strong>" in markup
    assert "<td>甲局 <sup>" in markup
    assert '<th scope="col"><button type="button" class="sort">单位</button></th>' in markup
    assert "<li>一项</li>" in markup


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "![图](https://attacker.invalid/a.png)",
        "[说明](javascript:alert(1))",
        "[说明]: https://attacker.invalid",
        "<https://attacker.invalid>",
        "https://attacker.invalid 与 www.attacker.invalid 与 a@attacker.invalid",
        "《关于印发<河北省办法>的通知》",
        "$x$ 与 \\(y\\)",
    ],
)
def test_what_a_document_brings_in_is_shown_as_it_is(words: str) -> None:
    for markdown in (words, escape(words)):
        markup = answer_html(markdown, [CITATION], 0, SAY)
        assert set(re.findall(r"<(\w+)", markup)) <= {"p"}
    assert shown(answer_html(escape(words), [CITATION], 0, SAY)).strip() == words


@given(st.text(max_size=200))
def test_nothing_written_becomes_more_than_text_and_structure(markdown: str) -> None:
    allowed = "p em strong s ul ol li h1 h2 h3 h4 h5 h6 pre code blockquote hr br figure div table"
    allowed += " thead tbody tr th td button sup"
    markup = answer_html(markdown, [CITATION], 0, SAY)
    assert set(re.findall(r"<([a-zA-Z]\w*)", markup)) <= set(allowed.split())
    assert not re.search(
        r"<[^>]*\s(?:on\w+|href|src|style)\s*=", markup.replace('style="text-align', "")
    )


def test_quotes_and_titles_cannot_leave_their_attributes() -> None:
    quote = '附言整改见<img src="https://attacker.invalid/a.png" onerror="window.hacked = true">'
    markup = answer_html("[1]", [cite(hostile(), quote)], 0, SAY)
    assert "<img" not in markup
    assert set(re.findall(r"<(\w+)", markup)) == {"p", "sup", "button"}


@given(st.text())
def test_escaped_words_read_back_unchanged(words: str) -> None:
    assert html.unescape(text(words)) == words or "\r" in words or "\x00" in words
    assert not set(text(words)) & set("<>\"'")


def test_a_button_value_is_read_back() -> None:
    assert parse_cite_value(cite_value(3, 12)) == (3, 12)


@pytest.mark.parametrize("sent", ["", "1", "1-", "-1-2", "a-b", "１-２", "1-2-3", None, 5, ["1-2"]])
def test_what_no_button_sends_is_refused(sent: object) -> None:
    assert parse_cite_value(sent) is None
