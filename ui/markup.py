"""Text for the chat window: only the Markdown an answer needs, nothing that a document could bring in.

An answer quotes documents, and a document may hold anything. What a browser could act on is therefore
turned into character references before Gradio's Markdown renderer sees it: tags, images, links and
addresses appear as the characters they are. Emphasis, lists, headings, tables and code remain.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_MARK = re.compile(r"\[(\d{1,4})\]")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
# Brackets make links and images, `@`, `://` and `www.` become links of their own accord, and `$` formulas.
_ACTIVE = re.compile(r"[<\[\]`$@]|&(?=[#\w])|:(?=//)|(?<=www)\.", re.IGNORECASE)


def literal(text: str) -> str:
    """Markdown that shows `text` exactly as typed."""
    return _PUNCTUATION.sub(_reference, text)


def answer_markdown(text: str, exchange: int, numbers: Collection[int]) -> str:
    """The Markdown of an answer with a button for each mark `[n]` whose citation exists.

    A button's value is `exchange-n`, so that the marks of earlier answers keep working.
    """
    pieces: list[str] = []
    done = 0
    for code in _CODE.finditer(text):
        pieces.append(_prose(text[done : code.start()], exchange, numbers))
        pieces.append(f"<code>{literal(code[2].strip())}</code>")
        done = code.end()
    pieces.append(_prose(text[done:], exchange, numbers))
    return "".join(pieces)


def cite_value(exchange: int, number: int) -> str:
    """What a citation's button sends when it is clicked; read back by `parse_cite_value`."""
    return f"{exchange}-{number}"


def parse_cite_value(sent: object) -> tuple[int, int] | None:
    """Exchange and citation number of a clicked button; None for anything a button cannot have sent."""
    match = re.fullmatch(r"(\d{1,6})-(\d{1,6})", sent, re.ASCII) if isinstance(sent, str) else None
    return (int(match[1]), int(match[2])) if match else None


def plain_text(text: str) -> str:
    """An answer without emphasis signs, for pasting into a report."""
    return re.sub(r"\*\*|`", "", text).strip()


def _prose(text: str, exchange: int, numbers: Collection[int]) -> str:
    pieces: list[str] = []
    done = 0
    for mark in _MARK.finditer(text):
        if int(mark[1]) in numbers:
            pieces += [
                _ACTIVE.sub(_reference, text[done : mark.start()]),
                _button(exchange, int(mark[1])),
            ]
            done = mark.end()
    pieces.append(_ACTIVE.sub(_reference, text[done:]))
    return "".join(pieces)


def _button(exchange: int, number: int) -> str:
    # Gradio's sanitizer keeps `value` on a button but drops data-* attributes.
    value = html.escape(cite_value(exchange, number))
    return (
        f'<button type="button" class="cite" value="{value}" title="查看出处">[{number}]</button>'
    )


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"
