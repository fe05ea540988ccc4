"""Sentences and passages: the pieces of text that are searched, shown and cited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.blocks import Block, is_table_row, is_table_rule
from ingest.brackets import CLOSING_MARKS, closing_marks, outside, trim
from ingest.outline import Node, record_id
from ingest.records import ParsedDocument, Passage, Section, SourceDocument, Span, Task
from ingest.remarks import remarks

LONGEST_PASSAGE = 480
LONGEST_ITEM = 900
_SENTENCE_END = "。！？!?"
_CLAUSE_END = "；;"
_LONG_SENTENCE = 200
# 问：… on one line and 答：… on the next.
_QUESTION = re.compile(r"问\s*\d{0,3}\s*[:：]")
_ANSWER = re.compile(r"答\s*\d{0,3}\s*[:：]")
# No sentence of a document is so long; what is longer is text that has lost its punctuation.
_LONGEST_SENTENCE = 2000


def split_sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Sentences of a range, white space around them left out.

    Sentence marks inside quotation marks and brackets do not count. A sentence longer than 200 characters
    is also split at semicolons, and text that has no punctuation wherever it gets too long to be read.
    """
    pieces: list[tuple[int, int]] = []
    for begin, finish in _cut(text, start, end, _SENTENCE_END):
        if finish - begin > _LONG_SENTENCE:
            pieces.extend(_cut(text, begin, finish, _CLAUSE_END))
        else:
            pieces.append((begin, finish))
    return tuple(
        Span(*part, text[slice(*part)]) for piece in pieces for part in _readable(text, *piece)
    )


def _readable(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A piece in parts of bounded length."""
    for begin in range(start, end, _LONGEST_SENTENCE):
        part = trim(text, begin, min(begin + _LONGEST_SENTENCE, end))
        if part[0] < part[1]:
            yield part


def _cut(text: str, start: int, end: int, marks: str) -> Iterator[tuple[int, int]]:
    begin, closing = start, closing_marks(text, start, end)
    for position in outside(closing, start, end):
        if position < begin or text[position] not in marks:
            continue
        finish = position + 1
        while finish < end and text[finish] in CLOSING_MARKS:
            finish += 1
        # The bracket of responsible units that follows the full stop belongs to the sentence.
        if finish < end and text[finish] in "（(" and _closes_range(text, closing, finish, end):
            finish = end
        trimmed = trim(text, begin, finish)
        if trimmed[0] < trimmed[1]:
            yield trimmed
        begin = finish
    trimmed = trim(text, begin, end)
    if trimmed[0] < trimmed[1]:
        yield trimmed


def _closes_range(text: str, closing: Mapping[int, int], start: int, end: int) -> bool:
    """Whether the bracket opening at `start` runs to the end of the range."""
    return all(text[position] in " 。\u00a0\u3000\n" for position in outside(closing, start, end))


def section_passages(
    node: Node, section: Section, text: str, sha256: str, rows: Sequence[tuple[Task, Span]] = ()
) -> Iterator[Passage]:
    """The section's own text as passages: whole where short, else cut between sentences.

    `rows` are the rows of its tables with their tasks; each is a passage of its own under its task's title, a
    sentence a cell or measure.
    """
    cells = {block.start: block.cells for block in node.blocks if block.cells}
    for task, row in rows:
        yield _row_passage(task, row, section, sha256, _spans(text, cells.get(row.start, ())[1:]))
    sentences: list[Span] = []
    for block in _with_answers(node.blocks, text):
        if any(block.start in row for _, row in rows):
            continue
        if is_table_row(block):
            sentences.extend(_table_row(text, block))
        elif _QUESTION.match(block.text):
            sentences.append(Span(block.start, block.end, block.text))
        else:
            sentences.extend(split_sentences(text, block.start, block.end))
    for group in _groups(sentences):
        start, end = group[0].start, group[-1].end
        yield Passage(
            id=record_id(sha256, "passage", start, end),
            section=section.id,
            path=section.path,
            span=Span(start, end, text[start:end]),
            sentences=tuple(group),
        )


def _with_answers(blocks: Sequence[Block], text: str) -> Iterator[Block]:
    """The blocks, a question and the answer below it as one: neither tells anything without the other."""
    asked: Block | None = None
    for block in blocks:
        if asked is not None and _ANSWER.match(block.text):
            yield Block(asked.start, block.end, text[asked.start : block.end])
            asked = None
            continue
        if asked is not None:
            yield asked
        asked = block if _QUESTION.match(block.text) else None
        if asked is None:
            yield block
    if asked is not None:
        yield asked


def whole_items(parsed: ParsedDocument) -> tuple[Passage, ...]:
    """The document in pieces to be read: the passages of a numbered item and all below it as one, where short.

    A sentence is found by its own passage, but who is responsible or by when tends to stand in another passage of
    the same item. An item of more than `LONGEST_ITEM` characters falls into its own text and the items below it.
    """
    passages = sorted(parsed.passages, key=lambda passage: passage.span.start)
    items: list[Passage] = []
    first = 0
    while first < len(passages):
        last, path = _widest_item(passages, first)
        alone = last == first + 1
        items.append(
            passages[first] if alone else _joined(parsed.source, passages[first:last], path)
        )
        first = last
    return tuple(items)


def _widest_item(passages: Sequence[Passage], first: int) -> tuple[int, tuple[str, ...]]:
    """Where the widest item that begins with the passage `first` and is short enough ends, and its path."""
    path = passages[first].path
    before = passages[first - 1].path if first else ()
    for depth in range(1, len(path) + 1):
        label = path[:depth]
        if before[:depth] == label:
            continue
        last = first + 1
        while last < len(passages) and passages[last].path[:depth] == label:
            last += 1
        if passages[last - 1].span.end - passages[first].span.start <= LONGEST_ITEM:
            return last, label
    return first + 1, path


def _joined(source: SourceDocument, passages: Sequence[Passage], path: tuple[str, ...]) -> Passage:
    start, end = passages[0].span.start, passages[-1].span.end
    return Passage(
        id=record_id(source.sha256, "item", start, end),
        section=passages[0].section,
        path=path,
        span=source.span(start, end),
        sentences=tuple(sentence for passage in passages for sentence in passage.sentences),
        page=passages[0].page,
    )


_SHORTEST_REMARK = 6


def _row_passage(
    task: Task, row: Span, section: Section, sha256: str, others: Sequence[Span]
) -> Passage:
    """A row as a passage; of `others`, its cells, those whose column is none of a task's fields are sentences too."""
    cells = [span for role, span in task.fields.items() if role != "measures" or not task.measures]
    cells += [task.title, *(measure.span for measure in task.measures)]
    # What a row remarks tells something by itself (招标流标1次), unless it is but a word or two.
    cells += [one for one in remarks(task) if len(one.quote) >= _SHORTEST_REMARK]
    cells += [one for one in others if not any(one.overlaps(span) for span in cells)]
    return Passage(
        id=record_id(sha256, "passage", row.start, row.end),
        section=section.id,
        path=(*section.path, f"{task.number}{task.title.quote}"),
        span=row,
        sentences=tuple(
            sorted(
                dict.fromkeys(cell for cell in cells if row.covers(cell)),
                key=lambda span: (span.start, span.end),
            )
        ),
    )


def _table_row(text: str, block: Block) -> Iterator[Span]:
    """A row of a table is one sentence, whatever its length; the rule below the header is none.

    Of a row whose cells stand on lines of their own each cell is one.
    """
    if block.cells:
        yield from _spans(text, block.cells)
    elif not is_table_rule(block):
        yield Span(block.start, block.end, block.text)


def _spans(text: str, cells: Sequence[tuple[int, int]]) -> list[Span]:
    return [Span(start, end, text[start:end]) for start, end in cells if start < end]


def _groups(sentences: Sequence[Span]) -> Iterator[list[Span]]:
    group: list[Span] = []
    for sentence in sentences:
        if group and sentence.end - group[0].start > LONGEST_PASSAGE:
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group
