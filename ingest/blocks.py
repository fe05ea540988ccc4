"""Lines to blocks: the paragraphs of a document, without page chrome and with soft breaks mended.

Nothing is removed from the text; blocks are ranges over it. A block may contain a line break where the
source broke a sentence in the middle.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ingest.brackets import trim
from ingest.enumerations import numbered_points
from ingest.markers import RANK_ITEM, find_marker, is_label, starts_with_label, value_of
from ingest.tab_rows import NARROWEST, join_rows
from ingest.unit_lists import ends_as_body, is_unit_name, looks_like_units
from ingest.vocabulary import load_vocabulary

_TABLE_RULE = re.compile(r"\|?[\s:|-]+\|?")
_SENTENCE_END = "。！？；：!?;:…"
_OPEN_ROUND, _CLOSE_ROUND = "（(", "）)"
# Characters in a line of a page, and how many lines must break off within a sentence to show its width.
_FEW_LONGER = 10  # one line in so many
_NARROWEST_PAGE, _WIDEST_PAGE, _FEWEST_BROKEN = 20, 80, 3
# Lines that a bracket may reach over, from the second on.
_LONGEST_BRACKET = 6
# Two characters, and the number of a page that stands in the middle or at the right of it.
_INDENTS = ("\u3000\u3000", "    ")
_PAGE_NUMBER = re.compile(r"(?:\u3000{6,}|[ ]{16,})[\u3000 ]*\d{1,3}\s*")
_NUMBER_OF_PAGE = re.compile(
    r"^[ \t\u3000]*(?:[-—–]+\s*\d{1,3}\s*[-—–]+|第\s*\d{1,3}\s*页.{0,10})[ \t\u3000]*$",
    re.MULTILINE,
)
_SHORTEST_HEAD, _MOST_TITLE_LINES = 6, 3
_FIELD_IN_CELL = re.compile(r"(?:^|\|)\s*[\u4e00-\u9fff]{2,8}[:：]")
_SHORT_REST = re.compile(r"[\u4e00-\u9fff]{1,2}(?:[、，,；;。\s]|$)")
_SHORT_LABEL = re.compile(r"[\u4e00-\u9fff]{2}[:：]")
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
        if blocks and (
            _lists_below_label(text, blocks[-1], following)
            or (not opens and _continues(blocks[-1], following, margin))
        ):
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
    heads = _running_heads(text, lines)
    return [one for one in lines if one.start not in heads]


def _running_heads(text: str, lines: Sequence[Block]) -> frozenset[int]:
    """Where lines start that stand at the head of each page: beside its number, and as the title or once more.

    The last cell of a row may stand so too, but does not end as titles and letterheads do.
    """
    written = Counter(one.text for one in lines)
    front = lines[:_MOST_TITLE_LINES]
    title = "".join(one.text for one in front)
    endings = (*load_vocabulary("documents")["title_endings"], "文件", "表")
    found: set[int] = set()
    for above, line, below in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        is_head = line not in front and line.text in title
        is_head = is_head or (written[line.text] > 1 and line.text.endswith(endings))
        if not is_head or len(line.text) < _SHORTEST_HEAD or is_table_row(line):
            continue
        before = text[above.end if above else 0 : line.start]
        behind = text[line.end : below.start if below else len(text)]
        if _NUMBER_OF_PAGE.search(before) or _NUMBER_OF_PAGE.search(behind):
            found.add(line.start)
    return frozenset(found)


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
    stroked = not tabbed and not line.startswith("|") and line.count("|") >= NARROWEST
    # 任务：河道清淤 | 牵头：甲局 | 时限：6月底 are fields.
    return stroked and len(_FIELD_IN_CELL.findall(line)) <= line.count("|")


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
        lengths = sorted(map(measure, written), reverse=True)
        # A few lines may stick out, where most of the others end at the margin.
        for longer in range(min(len(lengths), 1 + len(lengths) // _FEW_LONGER)):
            margin = _Margin(lengths[longer], measure)
            full = [
                (line, after)
                for line, after in pairwise(lines)
                if margin.reached(line) and not is_table_row(line)
            ]
            broken = [
                one for one in full if one[0].text[-1] not in _SENTENCE_END and not _opens(one[1])
            ]
            is_page = _NARROWEST_PAGE <= margin.width <= _WIDEST_PAGE
            fewest = max(_FEWEST_BROKEN, 0.4 * len(written)) if longer else _FEWEST_BROKEN
            if is_page and len(broken) >= max(fewest, 0.7 * len(full)):
                found.append((len(broken), margin))
                break
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
    if is_table_row(previous) or is_table_row(block):
        return False
    full = margin is not None and margin.reached(previous)
    if full and _counts_on(previous.text, block.text):
        return True
    if full and not _is_finished(previous.text) and _SHORT_LABEL.match(block.text):
        return True  # 整治⏎要求：…
    if _opens(block):
        return False
    if is_label(previous.text):
        return True
    if full:
        return previous.text[-1] not in "。！？"
    if starts_with_label(previous.text) and (margin is not None or _SHORT_REST.match(block.text)):
        return _breaks_off_in_name(previous.text, block.text)
    if _within_brackets(previous.text) and _closes_bracket(lines):
        return True
    if _is_finished(previous.text):
        return False
    if previous.text.endswith(("，", ",", "、")) or (margin is not None and "。" in previous.text):
        return True
    if starts_with_label(previous.text) or block.text.startswith(("附件", "附：", "附:")):
        return False
    return "。" in previous.text and "。" in block.text


def _counts_on(text: str, line: str) -> bool:
    """Whether a line begins with the point that follows the last one within a paragraph: …：（1）…；⏎（2）…."""
    mark = find_marker(line)
    value = value_of(mark) if mark is not None and mark.rank > RANK_ITEM else None
    points = numbered_points(text + line, 0, len(text) + len(line)) if value else []
    opening = next((i for i, one in enumerate(points) if one.start == len(text)), 0)
    return opening > 0 and text[points[0].start - 1 : points[0].start] not in ("", "\n")


def _lists_below_label(text: str, previous: Block, lines: Sequence[Block]) -> bool:
    """Whether a line goes on with the list below a label on a line of its own, with no empty line between.

    责任单位⏎甲局⏎乙镇人民政府: a body below bodies, and a point of what is to be done below one that ends in a semicolon.
    """
    block = lines[0]
    label, *values = previous.text.split("\n")
    near = text.count("\n", previous.end, block.start) == 1
    if not (near and values and is_label(label)) or _opens(block) or is_table_row(block):
        return False
    bodies = all(looks_like_units(one, 0, len(one)) for one in (values[-1], block.text))
    return bodies or values[-1].endswith(("；", ";"))


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
