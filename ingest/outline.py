"""The outline: which section each paragraph belongs to, by its numbering mark and the marks before it.

Numbers may restart under every parent or run on through the whole document, annexes start a new scope, and
levels may be skipped; so a section's place follows from the rank of its mark and what is open above it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.blocks import Block, is_table_row
from ingest.brackets import top_level, trim
from ingest.enumerations import numbered_points
from ingest.markers import (
    RANK_ARTICLE,
    RANK_GROUP,
    RANK_ITEM,
    RANK_PARAGRAPH,
    RANK_TASK,
    Marker,
    find_labels,
    find_marker,
    find_markers,
    find_nested_marker,
    heading_role,
    needs_sequence,
    numbers,
    starts_with_label,
    value_of,
)
from ingest.records import Section, Span
from ingest.title_lines import title_lines
from ingest.unit_lists import looks_like_units
from ingest.vocabulary import load_vocabulary

ANNEX_LIST_TITLE = "附件名录"
_ANNEX = re.compile(r"附\s*[件录表]\s*(?:\d{1,2}|[一二三四五六七八九十])?\s*[:：]?$")
# 附录一 与… with its title on the line, and what explains the words of a document behind its last part.
_TITLED_ANNEX = re.compile(
    r"(?P<number>附\s*[件录表]\s*(?:\d{1,2}|[一二三四五六七八九十]))[\s:：]+(?P<title>[^。；;]{2,60})$"
)
_GLOSSARY = re.compile(r"(?:名词|术语|用语)(?:解释|说明|注释)[:：]?$")
_ANNEX_LIST = re.compile(
    r"附\s*件\s*[:：]\s*\S|附\s*[:：]\s*(?:1\s*[.．、]|[^\n]*[（(](?:略|另)[^（()）]*[）)]\s*$)"
)
# 注：1.…: what is numbered on from there are notes, and no sections.
_NOTES = re.compile(r"(?:表|附)?注(?:释)?\s*[:：]\s*")
# 第八条 【错时作业】当日10时至16时…
_NAME_OF_ARTICLE = re.compile(r"【([^【】]{2,20})】")
_BULLETED = re.compile(
    r"[◆◇■□●○▲△▼★☆▶►※]\s*(?P<words>[\u4e00-\u9fff][^。；;：:，,（(]{1,40}(?:[（(][^。；;（()）]{1,40}[)）])?)"
)
_RANK_ROOT, _RANK_ANNEX = -1.0, 0.0
_RANK_PART = 3.0
_RANK_ABOVE_FIELDS = 3.9
_FEWEST_FIELD_HEADINGS = 2
_RANK_TITLE = 2.1  # of a Markdown heading with one #
_LONGEST_HEADING = 160
_LONGEST_RUN_IN_HEADING = 40
_LARGEST_NUMBER = 300


@dataclass(slots=True)
class Node:
    """A section while the outline is being built; `blocks` are its own, heading included.

    `covers` are the sections that one says something of which stands behind them (`ingest.said_behind`).
    """

    marker: Marker | None
    rank: float
    blocks: list[Block]
    heading_end: int
    title: str
    annex: bool = False
    annex_list: bool = False
    parent: Node | None = field(default=None, repr=False)
    children: list[Node] = field(default_factory=list)
    covers: tuple[Node, ...] = field(default=(), repr=False)

    @property
    def start(self) -> int:
        return self.blocks[0].start

    @property
    def end(self) -> int:
        """Where the section ends, its children included."""
        return max(self.blocks[-1].end, self.children[-1].end if self.children else 0)

    @property
    def label(self) -> str:
        """Number and title as they are read: （一）提升污水处理能力."""
        number = self.marker.written if self.marker else ("附件" if self.annex_list else "")
        return f"{number}{self.title}" if number else self.title

    def body(self) -> Iterator[tuple[int, int]]:
        """The section's own text after its heading, block by block."""
        for block in self.blocks:
            start = max(block.start, self.heading_end) if self.rank > _RANK_ROOT else block.start
            while start < block.end and block.text[start - block.start] in "。：:；;":
                start += 1
            if start < block.end:
                yield start, block.end

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()


def build_outline(blocks: Sequence[Block]) -> Node:
    """The tree of sections over the blocks; the root holds what stands before the first heading."""
    if not blocks:
        raise ValueError("an outline needs at least one block")
    root = Node(None, _RANK_ROOT, [], blocks[0].start, "")
    stack = [root]
    pending_annex = False
    names = title_lines(blocks)
    above_fields = _has_field_headings(blocks)
    notes = _notes_of(blocks)
    for block, below in zip(blocks, [*blocks[1:], None], strict=True):
        if block.start in notes:
            stack[-1].blocks.append(block)
            continue
        if annex := _opened_annex(block, below):
            _open(stack, annex)
            pending_annex = not annex.title
            continue
        marker = _accept_marker(block, stack[-1]) or _heads_group(block, below)
        if above_fields and marker is not None and marker.rank == RANK_TASK:
            marker = replace(marker, rank=_RANK_ABOVE_FIELDS)
        if marker is not None and not root.children and _is_document_title(marker, root):
            root.blocks.append(block)
            continue
        if block.start in names:
            _open(
                stack, Node(Marker(RANK_TASK, "", "", 0), RANK_TASK, [block], block.end, block.text)
            )
        elif _ANNEX_LIST.match(block.text):
            _open(stack, _annex_list(block))
        elif marker is not None:
            _open(stack, _section(block, marker))
        elif pending_annex and _is_title_line(block):
            _extend_title(stack[-1], block)
            continue
        else:
            _close_above_field(stack, block)
            stack[-1].blocks.append(block)
        pending_annex = False
    if not root.blocks:
        root.blocks.append(Block(blocks[0].start, blocks[0].start, ""))
    return root


def _notes_of(blocks: Sequence[Block]) -> frozenset[int]:
    """Where the notes begin that go on from 注：1.… or stand below 注：, each with the next number."""
    found: set[int] = set()
    last: Marker | None = None
    expected = 0
    for block in blocks:
        if opened := _NOTES.match(block.text):
            last = find_marker(block.text[opened.end() :])
            expected = 2 if last is not None and value_of(last) == 1 else 0
            expected = expected or (1 if opened.end() == len(block.text) else 0)
            continue
        marker = find_marker(block.text) if expected and not is_table_row(block) else None
        alike = marker is not None and (last is None or marker.rank == last.rank)
        if marker is None or not alike or value_of(marker) != expected:
            expected = 0
            continue
        found.add(block.start)
        last, expected = marker, expected + 1
    return frozenset(found)


def _has_field_headings(blocks: Sequence[Block]) -> bool:
    """Whether the fields of tasks are headings that rank above tasks by their marks: 问题一：…, （二）整改措施."""
    found = 0
    for block in blocks:
        marker = None if is_table_row(block) else find_marker(block.text)
        if marker is not None and marker.rank == RANK_PARAGRAPH:
            found += heading_role(block.text[marker.length :].strip()) is not None
    return found >= _FEWEST_FIELD_HEADINGS


def _is_document_title(marker: Marker, root: Node) -> bool:
    """Whether a Markdown heading before the first part is the title; a notice may carry two of them."""
    if marker.number:
        return False
    headings = [found for found in (find_marker(block.text) for block in root.blocks) if found]
    return (not headings and not _has_title(root)) or marker.rank <= _RANK_TITLE


def _has_title(root: Node) -> bool:
    """Whether a line before the first heading ends as the titles of documents do: 某县整改任务清单."""
    endings = tuple(load_vocabulary("documents")["title_endings"])
    return any(block.text.endswith(endings) for block in root.blocks)


def _open(stack: list[Node], node: Node) -> None:
    while stack[-1].rank >= node.rank:
        stack.pop()
    node.parent = stack[-1]
    stack[-1].children.append(node)
    stack.append(node)


def _close_above_field(stack: list[Node], field: Block) -> None:
    """Close what is numbered below a numbered field: 8.整改时限：… is none of the measure ③ right above it."""
    if is_table_row(field):
        return
    marker = find_marker(field.text)
    if marker is None or not marker.number or not starts_with_label(field.text[marker.length :]):
        return
    while stack[-1].rank > marker.rank >= RANK_PARAGRAPH:
        stack.pop()


def _accept_marker(block: Block, current: Node) -> Marker | None:
    """The block's mark, unless it only looks like one: a dated title in a list of annexes, say."""
    if is_table_row(block):
        return None
    nested = find_nested_marker(block.text)
    if nested is not None and _goes_on(nested, current):
        return None if starts_with_label(block.text[nested.length :]) else nested
    marks = (one for one in find_markers(block.text) if _is_mark(one, block, current))
    return next(marks, None) or _unnumbered_part(block, current)


def _unnumbered_part(block: Block, current: Node) -> Marker | None:
    """The mark of a heading without a number that opens what follows the tasks: 组织保障 on a line of its own.

    Where such a heading stands above, one of what is to be done is a part as well: 总体要求, 重点任务.
    """
    title = block.text.rstrip("：:")
    words = load_vocabulary("labels")
    is_part = title in words["other_parts"]
    is_part = is_part or (title in words["measure_parts"] and _is_below_unnumbered(current))
    return Marker(_RANK_PART, "", "", 0) if is_part and heading_role(title) is None else None


def _is_below_unnumbered(node: Node | None) -> bool:
    while node is not None:
        if node.rank == _RANK_PART and node.marker is not None and not node.marker.number:
            return True
        node = node.parent
    return False


def _heads_group(block: Block, below: Block | None) -> Marker | None:
    """The mark of a line that heads the numbered items right below it: ◆县水利局（分管领导：某某）; 县水利局：."""
    if below is None or is_table_row(block) or is_table_row(below):
        return None
    line = _BULLETED.fullmatch(block.text)
    words = len(block.text.rstrip("：:"))
    if line is None and (words == len(block.text) or not looks_like_units(block.text, 0, words)):
        return None
    first = find_marker(below.text)
    begins = first is not None and first.rank > RANK_GROUP and value_of(first) == 1
    return Marker(RANK_GROUP, "", "", line.start("words") if line else 0) if begins else None


def _is_mark(marker: Marker, block: Block, current: Node) -> bool:
    """Whether a mark numbers a section, by what follows it and by the numbers before it."""
    if not marker.number:
        return True
    if current.annex_list and "。" not in block.text:
        return False
    if marker.rank >= RANK_PARAGRAPH and starts_with_label(block.text[marker.length :]):
        return False  # （二）整改时限：… is a field of the issue above, whatever its number.
    value = value_of(marker)
    if value is None or value > _LARGEST_NUMBER:
        return False
    if value == 1 and marker.rank >= RANK_ITEM and _lists_points(block.text):
        return False
    rest = block.text[marker.length : marker.length + 5]
    dated = marker.rank == RANK_ITEM and re.match(r"(?:19|20)\d\d年", rest.strip())
    if value > 1 and (dated or needs_sequence(marker)):
        return _follows(marker, current)
    return True


def _lists_points(text: str) -> bool:
    """Whether a paragraph is a row of points from its beginning: ①…②…; it is text then, not their heading."""
    points = numbered_points(text, 0, len(text))
    return bool(points) and points[0].start == 0


def _goes_on(nested: Marker, current: Node) -> bool:
    """Whether 1.1 stands right below a section 1, or 1.2 behind 1.1; a figure (1.5公里) may begin a line too."""
    *above, last = numbers(nested.number)
    node: Node | None = current
    while node is not None and node.rank > nested.rank:
        node = node.parent
    if node is None or node.marker is None or last is None:
        return False
    if node.rank == nested.rank:
        return numbers(node.marker.number) == (*above, last - 1)
    return last == 1 and numbers(node.marker.number) == (*above,)


def _follows(marker: Marker, current: Node) -> bool:
    """Whether the mark continues the numbering of a section that is open."""
    node: Node | None = current
    while node is not None:
        if node.marker is not None and node.rank == marker.rank:
            before, value = value_of(node.marker), value_of(marker)
            return before is not None and value == before + 1
        node = node.parent
    return False


def _section(block: Block, marker: Marker) -> Node:
    title_start, title_end = _heading(block, marker)
    title = " ".join(block.text[title_start:title_end].split())
    framed = block.text.startswith("】", title_end)
    return Node(marker, marker.rank, [block], block.start + title_end + framed, title)


def _heading(block: Block, marker: Marker) -> tuple[int, int]:
    """Range of the heading's words in the block: up to the first full stop, or the whole block.

    A first sentence too long for a heading is text, so the section has a number and no title.
    """
    text = block.text
    start, end = trim(text, marker.length, len(text))
    if marker.rank == RANK_ARTICLE:
        named = _NAME_OF_ARTICLE.match(text, start)
        return named.span(1) if named else (start, start)
    field = next((one.start for one in find_labels(text, start, end) if one.start > start), end)
    for position in top_level(text, start, end):
        if position == field and text[position - 1] in " \u3000":
            return trim(text, start, position)  # 任务一 河道清淤 牵头：甲局 时限：6月底前
        if text[position] in "。；;":
            limit = _LONGEST_HEADING if position + 1 >= end else _LONGEST_RUN_IN_HEADING
            return (start, position) if position - start <= limit else (start, start)
        if text[position] in "：:" and position - start <= 20:
            return start, position
    return (start, end) if end - start <= _LONGEST_HEADING else (start, start)


def _opened_annex(block: Block, below: Block | None) -> Node | None:
    """The annex that a line opens: by its number, by number and title, or as the explanation of words.

    A line with a title is but an entry of a list where another such line, or nothing, follows.
    """
    if _ANNEX.match(block.text):
        return _annex(block)
    if _GLOSSARY.match(block.text):
        return Node(None, _RANK_ANNEX, [block], block.end, block.text.rstrip(":："), annex=True)
    titled_line = _TITLED_ANNEX.match(block.text)
    if titled_line is None or below is None or _TITLED_ANNEX.match(below.text):
        return None
    number = titled_line["number"]
    marker = Marker(_RANK_ANNEX, number, f"{number} ", len(number))
    return Node(marker, _RANK_ANNEX, [block], block.end, titled_line["title"], annex=True)


def _annex(block: Block) -> Node:
    number = block.text.rstrip(":： ")
    marker = Marker(_RANK_ANNEX, number, f"{number} ", len(block.text))
    return Node(marker, _RANK_ANNEX, [block], block.end, "", annex=True)


def _annex_list(block: Block) -> Node:
    return Node(None, _RANK_ANNEX, [block], block.start, ANNEX_LIST_TITLE, annex_list=True)


def _is_title_line(block: Block) -> bool:
    return len(block.text) <= 60 and "。" not in block.text and not starts_with_label(block.text)


def _extend_title(annex: Node, block: Block) -> None:
    annex.title += "".join(block.text.split())
    annex.heading_end = block.end
    annex.blocks.append(block)


def record_id(sha256: str, kind: str, start: int, end: int) -> str:
    """A record's id: the same content at the same place has the same id at every ingest."""
    return hashlib.sha256(f"{sha256}:{kind}:{start}:{end}".encode()).hexdigest()[:20]


def to_sections(
    root: Node, text: str, sha256: str
) -> tuple[dict[int, Section], tuple[Section, ...]]:
    """Frozen sections in document order, and the same by `id()` of their node."""
    by_node: dict[int, Section] = {}
    for node in root.walk():
        parent = by_node.get(id(node.parent)) if node.parent else None
        start, end = node.start, node.end
        by_node[id(node)] = Section(
            id=record_id(sha256, "section", start, end)
            if parent
            else record_id(sha256, "root", 0, 0),
            number=node.marker.written if node.marker else "",
            title=node.title,
            level=0 if parent is None else parent.level + 1,
            parent=parent.id if parent else None,
            path=(*parent.path, node.label) if parent else (),
            heading=Span(start, node.heading_end, text[start : node.heading_end]),
            span=Span(start, end, text[start:end]),
            annex=node.annex,
        )
    return by_node, tuple(by_node.values())


def titled(nodes: Iterable[Node], words: Sequence[str]) -> list[Node]:
    """The nodes whose title holds one of the words."""
    return [node for node in nodes if any(word in node.title for word in words)]
