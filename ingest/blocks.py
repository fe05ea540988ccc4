"""Lines to blocks: the paragraphs of a document, without page chrome and with soft breaks mended.

Nothing is removed from the text; blocks are ranges over it. A block may contain a line break where the
source broke a sentence in the middle.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.brackets import trim
from ingest.markers import find_marker, starts_with_label
from ingest.tab_rows import NARROWEST, join_rows
from ingest.vocabulary import load_vocabulary

_TABLE_RULE = re.compile(r"\|?[\s:|-]+\|?")
_SENTENCE_END = "。！？；：!?;:…"
_CLOSERS = "”’）)》】"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: `start` and `end` are offsets without the white space around it."""

    start: int
    end: int
    text: str


def split_blocks(text: str) -> list[Block]:
    """The paragraphs of a text in order, page chrome left out."""
    blocks: list[Block] = []
    for block in _lines(text):
        if blocks and _continues(blocks[-1], block):
            start = blocks.pop().start
            blocks.append(Block(start, block.end, text[start : block.end]))
        else:
            blocks.append(block)
    return blocks


def _lines(text: str) -> list[Block]:
    bounds: list[tuple[int, int]] = []
    begin = 0
    for line in text.split("\n"):
        bounds.append((begin, begin + len(line)))
        begin += len(line) + 1
    lines: list[Block] = []
    for begin, finish in join_rows(text, bounds):
        start, end = trim(text, begin, finish)
        if start < end and "\t" in text[start:end]:
            start, end = begin, finish  # An empty first or last cell is a cell.
        if start < end and not is_chrome(text[start:end]):
            lines.append(Block(start, end, text[start:end]))
    return lines


def content_range(text: str, start: int, end: int) -> tuple[int, int]:
    """A range without the white space and the lines of page chrome at its ends."""
    lines = _lines(text[start:end])
    return (start + lines[0].start, start + lines[-1].end) if lines else (start, start)


def is_chrome(line: str) -> bool:
    """Whether a line belongs to the web page the document was saved from, not to the document."""
    return any(pattern.match(line) for pattern in _chrome_patterns())


@cache
def _chrome_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p) for p in load_vocabulary("documents")["chrome"]["lines"])


def is_table_row(block: Block) -> bool:
    """Whether a block is a row of a table: Markdown's, or cells between tabs."""
    return block.text.startswith("|") or block.text.count("\t") >= NARROWEST - 1


def is_table_rule(block: Block) -> bool:
    """Whether a block is the line of dashes between the header and the rows of a Markdown table."""
    return _TABLE_RULE.fullmatch(block.text) is not None


def _continues(previous: Block, block: Block) -> bool:
    """Whether `block` goes on with the sentence that `previous` leaves unfinished.

    Only prose is joined: a line that has a full stop somewhere, or ends in a comma, and then breaks off.
    Headings have neither, so they are never glued to the paragraph below them.
    """
    if _is_finished(previous.text) or block.text.startswith("#"):
        return False
    if is_table_row(previous) or is_table_row(block):
        return False
    if find_marker(block.text) is not None or starts_with_label(block.text):
        return False
    if previous.text.endswith(("，", ",", "、")):
        return True
    if starts_with_label(previous.text) or block.text.startswith(("附件", "附：", "附:")):
        return False
    return "。" in previous.text and "。" in block.text


def _is_finished(text: str) -> bool:
    last = text.rstrip(_CLOSERS)[-1:] or text[-1:]
    return last in _SENTENCE_END or text.endswith(("|", "）", ")"))
