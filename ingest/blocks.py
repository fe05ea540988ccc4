"""Lines to blocks: the paragraphs of a document, without page chrome and with soft breaks mended.

Nothing is removed from the text; blocks are ranges over it. A block may contain a line break where the
source broke a sentence in the middle.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ingest.brackets import trim
from ingest.markers import find_marker, is_label, starts_with_label
from ingest.tab_rows import NARROWEST, join_rows
from ingest.unit_lists import ends_as_body, is_unit_name
from ingest.vocabulary import load_vocabulary

_TABLE_RULE = re.compile(r"\|?[\s:|-]+\|?")
_SENTENCE_END = "。！？；：!?;:…"
_OPEN_ROUND, _CLOSE_ROUND = "（(", "）)"
# Characters in a line of a page, and how many lines must break off within a sentence to show its width.
_NARROWEST_PAGE, _WIDEST_PAGE, _FEWEST_BROKEN = 20, 80, 3
# Lines that a bracket may reach over, from the second on.
_LONGEST_BRACKET = 6
# Two characters, and the number of a page that stands in the middle or at the right of it.
_INDENTS = ("\u3000\u3000", "    ")
_PAGE_NUMBER = re.compile(r"(?:\u3000{6,}|[ ]{16,})[\u3000 ]*\d{1,3}\s*")
_CLOSERS = "”’）)》】"
_LISTING = r"[、，,；;：:。\s]"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: `start` and `end` are offsets without the white space around it.

    `cells` are those of a row whose cells stand on lines of their own (`ingest.line_tables`), or of a form, which has
    the headings of its cells beside them (`ingest.forms`).
    """

    start: int
    end: int
    text: str
    cells: tuple[tuple[int, int], ...] = ()
    heads: tuple[tuple[int, int], ...] = ()


def split_blocks(text: str) -> list[Block]:
    """The paragraphs of a text in order, page chrome left out."""
    blocks: list[Block] = []
    lines = split_lines(text)
    margin = _margin(lines)
    for index, block in enumerate(lines):
        opens = margin is not None and index and _begins_deeper(text, lines[index - 1], block)
        following = lines[index : index + _LONGEST_BRACKET]
        if blocks and not opens and _continues(blocks[-1], following, margin):
            start = blocks.pop().start
            blocks.append(Block(start, block.end, text[start : block.end]))
        else:
            blocks.append(block)
    return blocks


def _begins_deeper(text: str, previous: Block, block: Block) -> bool:
    """Whether a line begins with the indent of a paragraph and the one before it with none."""
    before = text[text.rfind("\n", 0, previous.start) + 1 : previous.start]
    own = text[text.rfind("\n", 0, block.start) + 1 : block.start]
    return own in _INDENTS and not before and not is_table_row(previous)


def split_lines(text: str) -> list[Block]:
    """The lines of a text in order, a row of a table as one, page chrome and empty lines left out."""
    bounds: list[tuple[int, int]] = []
    begin = 0
    for line in text.split("\n"):
        bounds.append((begin, begin + len(line)))
        begin += len(line) + 1
    lines: list[Block] = []
    for begin, finish in join_rows(text, bounds):
        start, end = trim(text, begin, finish)
        tabs = text.count("\t", begin, finish)
        in_table = bool(lines) and is_table_row(lines[-1]) and tabs == lines[-1].text.count("\t")
        if start < end and ("\t" in text[start:end] or (tabs and in_table)):
            start, end = begin, finish  # An empty first or last cell is a cell.
        numbers_page = _PAGE_NUMBER.fullmatch(text, begin, finish) is not None
        if start < end and not numbers_page and not is_chrome(text[start:end]):
            lines.append(Block(start, end, text[start:end]))
    return lines


def content_range(text: str, start: int, end: int) -> tuple[int, int]:
    """A range without the white space and the lines of page chrome at its ends."""
    lines = split_lines(text[start:end])
    return (start + lines[0].start, start + lines[-1].end) if lines else (start, start)


def is_chrome(line: str) -> bool:
    """Whether a line belongs to the web page the document was saved from, not to the document."""
    return any(pattern.match(line) for pattern in _chrome_patterns())


@cache
def _chrome_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p) for p in load_vocabulary("documents")["chrome"]["lines"])


def is_table_row(block: Block) -> bool:
    """Whether a block is a row of a table: Markdown's, or cells between strokes or tabs, or on lines of their own."""
    return bool(block.cells) or is_row(block.text)


def is_row(line: str) -> bool:
    """Whether a line has the cells of a row, between strokes with or without a frame, or between tabs."""
    return line.lstrip().startswith("|") or has_strokes(line) or line.count("\t") >= NARROWEST - 1


def has_strokes(line: str) -> bool:
    """Whether strokes stand between the cells of a line and none at its beginning: a pasted row, not Markdown's."""
    tabbed = line.count("\t") >= NARROWEST - 1
    return not tabbed and not line.startswith("|") and line.count("|") >= NARROWEST


def is_table_rule(block: Block) -> bool:
    """Whether a block is the line of dashes between the header and the rows of a Markdown table."""
    return _TABLE_RULE.fullmatch(block.text) is not None


@dataclass(frozen=True, slots=True)
class _Margin:
    """Where lines of a page end: at a number of characters, or at a width that a figure takes up half a character of."""

    width: float
    measure: Callable[[str], float]

    def reached(self, block: Block) -> bool:
        """Whether the last line of a block reaches the margin, up to an indent of two characters."""
        return self.measure(block.text[block.text.rfind("\n") + 1 :]) >= self.width - 2


def _margin(lines: Sequence[Block]) -> _Margin | None:
    """The margin at which a text copied from a page was broken into lines; None where paragraphs are lines.

    Then no line is longer, several are as long, and most of these break off within a sentence.
    """
    written = [line.text for line in lines if not is_table_row(line)]
    found: list[tuple[int, _Margin]] = []
    for measure in (len, _printed):
        margin = _Margin(max(map(measure, written), default=0), measure)
        full = [
            (line, after)
            for line, after in pairwise(lines)
            if margin.reached(line) and not is_table_row(line)
        ]
        broken = [
            one for one in full if one[0].text[-1] not in _SENTENCE_END and not _opens(one[1])
        ]
        is_page = _NARROWEST_PAGE <= margin.width <= _WIDEST_PAGE
        if is_page and len(broken) >= max(_FEWEST_BROKEN, 0.7 * len(full)):
            found.append((len(broken), margin))
    return max(found, key=lambda one: one[0])[1] if found else None


def _printed(line: str) -> float:
    """How wide a line is printed, in Chinese characters."""
    return len(line) - sum(map(str.isascii, line)) / 2


def _opens(block: Block) -> bool:
    """Whether a line begins a paragraph by what it begins with."""
    return (
        block.text.startswith("#")
        or find_marker(block.text) is not None
        or starts_with_label(block.text)
    )


def _continues(previous: Block, lines: Sequence[Block], margin: _Margin | None) -> bool:
    """Whether the first of some lines goes on with the sentence that `previous` leaves unfinished.

    Where lines are not known to be broken at a width, only prose is joined: a line that has a full stop
    somewhere, or ends in a comma or within brackets, and then breaks off. Headings have none of these, so they
    are never glued to the paragraph below them. A label on a line of its own has its value below it.
    """
    block = lines[0]
    if is_table_row(previous) or is_table_row(block) or _opens(block):
        return False
    if is_label(previous.text):
        return True
    if margin is not None and margin.reached(previous):
        return previous.text[-1] not in "。！？"
    if margin is not None and starts_with_label(previous.text):
        return _breaks_off_in_name(previous.text, block.text)
    if _within_brackets(previous.text) and _closes_bracket(lines):
        return True
    if _is_finished(previous.text):
        return False
    if previous.text.endswith(("，", ",", "、")):
        return True
    if starts_with_label(previous.text) or block.text.startswith(("附件", "附：", "附:")):
        return False
    return "。" in previous.text and "。" in block.text


def _breaks_off_in_name(line: str, below: str) -> bool:
    """Whether the last name of a list is whole only with the line below: 责任单位：甲局、乙区人民⏎政府."""
    begun = re.split(_LISTING, line)[-1]
    return not ends_as_body(begun) and is_unit_name(begun + re.split(_LISTING, below)[0])


def _within_brackets(text: str) -> bool:
    """Whether a line ends inside round brackets."""
    return max(map(text.rfind, _OPEN_ROUND)) > max(map(text.rfind, _CLOSE_ROUND))


def _closes_bracket(lines: Sequence[Block]) -> bool:
    """Whether lines close a bracket before they open any, or something else begins."""
    for line in lines:
        if line is not lines[0] and (is_table_row(line) or _opens(line)):
            return False
        first = next((mark for mark in line.text if mark in _OPEN_ROUND + _CLOSE_ROUND), "")
        if first:
            return first in _CLOSE_ROUND
    return False


def _is_finished(text: str) -> bool:
    last = text.rstrip(_CLOSERS)[-1:] or text[-1:]
    return last in _SENTENCE_END or text.endswith(("|", "）", ")"))
