"""An answer's Markdown as HTML: paragraphs, lists, emphasis, code and tables, and nothing that acts.

An answer quotes documents, and a document may hold anything. Raw HTML, links and images are not part of this
Markdown, so whatever a document brings in appears as the characters it consists of. Marks like `[1]` become
buttons; one that the text escapes (`\\[1\\]`) or that cites nothing stays text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from assistant.answer import Citation
from ui.markup import cite_value, colour, text
from ui.words import Words

_MARK = re.compile(r"\[(\d{1,4})\]")
_INACTIVE = ["html_block", "html_inline", "link", "image", "autolink", "reference", "code"]


def answer_html(markdown: str, citations: Sequence[Citation], exchange: int, say: Words) -> str:
    """The HTML of an answer; a mark's button sends `exchange-number`."""
    cited = {one.number: one for one in citations}
    env = {"citations": cited, "exchange": exchange, "say": say}
    return str(_parser().render(markdown, env))


def parse(markdown: str, citations: Sequence[Citation] = ()) -> list[Token]:
    """The blocks of an answer; marks of `citations` are tokens of type `cite`, others are text."""
    return _parser().parse(markdown, {"citations": {one.number: one for one in citations}})


def where(citation: Citation) -> str:
    """Title and headings of a citation, in one line."""
    return " · ".join(
        part for part in (citation.title or citation.document, citation.section) if part
    )


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.disable(_INACTIVE)
    parser.inline.ruler.before("link", "cite", _cite)
    rules = {
        "cite": _cite_button,
        "table_open": _table_begin,
        "table_close": lambda *_: "</table></div></figure>",
        "th_open": lambda *_: '<th scope="col"><button type="button" class="sort">',
        "th_close": lambda *_: "</button></th>",
    }
    for name, rule in rules.items():
        parser.add_render_rule(name, rule)
    return parser


def _cite(state: StateInline, silent: bool) -> bool:
    """The inline rule for a mark whose citation exists."""
    mark = _MARK.match(state.src, state.pos)
    cited: Mapping[int, Citation] = state.env["citations"]
    if mark is None or int(mark[1]) not in cited:
        return False
    if not silent:
        state.push("cite", "", 0).meta = {"citation": cited[int(mark[1])]}
    state.pos = mark.end()
    return True


def _table_begin(
    _renderer: RendererHTML,
    _tokens: Sequence[Token],
    _index: int,
    _options: object,
    env: dict[str, Any],
) -> str:
    say = env["say"]
    forms = "".join(
        f'<button type="button" class="export-table" data-form="{form}">{name}</button>'
        for form, name in (("xlsx", "Excel"), ("docx", "Word"), ("csv", "CSV"))
    )
    return (
        f'<figure class="table"><div class="table-tools" lang="{say.language}">'
        f'<button type="button" class="quiet copy-table">{text(say("copy_table"))}</button>'
        f'<details class="menu"><summary class="quiet">{text(say("export_table"))}</summary>'
        f'<div>{forms}</div></details></div><div class="scroll"><table>'
    )


def _cite_button(
    _renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    _options: object,
    env: dict[str, Any],
) -> str:
    return cite_button(tokens[index].meta["citation"], env["exchange"], env["say"])


def cite_button(citation: Citation, exchange: int, say: Words) -> str:
    """A small raised number that shows its quote when pointed at and opens the source when clicked."""
    number = citation.number
    label = say("source_label", number=number, where=where(citation))
    return (
        f'<sup><button type="button" class="cite {colour(number)}" '
        f'data-cite="{cite_value(exchange, number)}" data-quote="{text(citation.quote.strip())}" '
        f'data-where="{text(where(citation))}" aria-label="{text(label)}">'
        f"{number}</button></sup>"
    )
