"""A file becomes a `ParsedDocument`: the one place that composes the steps of ingestion."""

from __future__ import annotations

import hashlib
import logging
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ingest.blank_tables import with_blank_tables
from ingest.blocks import Block, split_blocks
from ingest.deadlines import Anchor, find_deadlines
from ingest.errors import (
    DecodingError,
    EmptyFileError,
    FormatError,
    IngestError,
    LimitError,
    UnopenedError,
)
from ingest.figure_tables import find_figure_lists, find_figure_tables
from ingest.files.extracted import Extracted, without_unseen
from ingest.files.formats import TEXT, format_of
from ingest.files.limits import Limits
from ingest.files.plain_tables import with_plain_tables
from ingest.first_named import (
    stated_mark,
    stated_order,
    with_first_leading,
    with_marked_leading,
)
from ingest.forms import find_forms, with_forms
from ingest.group_rows import with_group_rows
from ingest.indicators import find_indicators
from ingest.joined_tables import joined_tables
from ingest.line_tables import with_line_tables
from ingest.markers import with_own_labels, with_own_names
from ingest.metadata import Metadata, read_metadata
from ingest.note_fields import with_fields_of_notes
from ingest.outline import Node, build_outline, to_sections
from ingest.own_labels import blank_labels, own_labels
from ingest.own_names import own_names
from ingest.passages import section_passages
from ingest.records import (
    Deadline,
    DocumentKind,
    Indicator,
    ParsedDocument,
    Section,
    SourceDocument,
    Span,
    Task,
)
from ingest.row_notes import with_notes_below
from ingest.row_tasks import table_tasks
from ingest.rows_of_sections import sections_with_rows
from ingest.said_behind import part_off
from ingest.set_tables import with_set_tables
from ingest.short_names import short_names, with_other_names
from ingest.tables import find_tables
from ingest.tasks import TaskReader
from ingest.unnumbered import split_unnumbered

logger = logging.getLogger(__name__)

# Changes whenever the same file would be read differently, so that stores notice.
PARSER_VERSION = 41
# What a list of tasks is called, and how many items with somebody in charge a plan of its own has.
_LIST_TITLE = re.compile("任务|问题|清单|台[账帐]|整改|事项|督办|交办")
_ENOUGH_ITEMS = 3
_ENCODINGS = ("utf-8-sig", "gb18030")


def parse_file(path: Path, root: Path, limits: Limits | None = None) -> ParsedDocument:
    """Read one file of the documents folder, in this process.

    Raises:
        IngestError: the file cannot be read; the message names it and says what to do.
    """
    return read_file(path, path.relative_to(root).as_posix(), limits or Limits())


def read_file(path: Path, name: str, limits: Limits) -> ParsedDocument:
    """Read one file, which `name` stands for in all that is said of it.

    Raises:
        IngestError: the file cannot be read.
    """
    try:
        if path.stat().st_size > limits.size:
            raise LimitError(name, f"文件超过 {limits.size_mb} MB 的上限，请拆分或压缩后再导入")
        content = path.read_bytes()
        extracted = _extract(path, content, limits)
        _check_length(extracted.text, name, limits)
        return parse_extracted(extracted, name, hashlib.sha256(content).hexdigest())
    except IngestError as exc:
        raise type(exc)(name, exc.message) from exc
    except OSError as exc:
        reason = f"无法读取文件（{exc.strerror or exc}），可能正被其他程序打开"
        raise UnopenedError(name, reason) from exc
    except MemoryError as exc:
        raise LimitError(name, f"读取所需内存超过 {limits.memory_mb} MB 的上限") from exc
    except Exception as exc:
        # Whatever a damaged file leads a library to: the file is named and the others go on.
        logger.exception("%s cannot be read", name)
        raise FormatError(name, f"文件已损坏，读取时出错（{type(exc).__name__}）") from exc


def _check_length(text: str, name: str, limits: Limits) -> None:
    if len(text) > limits.characters:
        raise LimitError(name, f"文字超过 {limits.characters} 字的上限，请拆分后再导入")


def _extract(path: Path, content: bytes, limits: Limits) -> Extracted:
    found = format_of(path)
    if found is TEXT:
        return _plain(decode(content, path.name))
    extracted = found.extract(path, limits)
    if path.suffix.lower() in found.suffixes:
        return extracted
    remark = f"扩展名是 {path.suffix}，内容是{found.name}，已按{found.name}读取"
    return replace(extracted, remarks=(*extracted.remarks, remark))


def _plain(written: str) -> Extracted:
    """Plain text without what cannot be seen, as every other format gives it."""
    text = without_unseen(written)
    left_out = len(written) - len(text)
    remark = f"去掉了 {left_out} 个看不见的字符（控制字符、零宽字符或改变书写方向的字符）"
    return Extracted(with_plain_tables(text), remarks=(remark,) if left_out else ())


def decode(content: bytes, name: str) -> str:
    """Decode UTF-8 (with or without a byte order mark) or GB18030, strictly; line ends become `\\n`.

    Raises:
        DecodingError: the bytes are neither.
        EmptyFileError: nothing but white space.
    """
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if not text.strip():
            raise EmptyFileError(name, "文件没有文字内容")
        return text
    raise DecodingError(
        name, "编码既不是 UTF-8 也不是 GB18030（GBK），请用文本编辑器另存为 UTF-8 后重试"
    )


def parse_text(text: str, name: str, sha256: str) -> ParsedDocument:
    """Everything Duban knows of a text; `name` is its path relative to the documents folder.

    Tables whose cells go on over several lines are written row by row, in what the document's text is then.
    """
    return parse_extracted(Extracted(with_plain_tables(text)), name, sha256)


def parse_extracted(extracted: Extracted, name: str, sha256: str) -> ParsedDocument:
    """Everything Duban knows of a document whose text was extracted from a file."""
    if not extracted.text.strip():
        raise EmptyFileError(name, "文件没有文字内容")
    text = extracted.text
    with with_own_names(own_names(text)), with_own_labels(own_labels(text), blank_labels(text)):
        return _parse(extracted, name, sha256)


def _parse(extracted: Extracted, name: str, sha256: str) -> ParsedDocument:
    text = extracted.text
    blocks = with_forms(text, with_set_tables(text, split_blocks(text)))
    blocks = with_group_rows(with_line_tables(text, with_blank_tables(text, blocks)))
    if not blocks:
        raise EmptyFileError(name, "去除网页导航等内容后没有正文")
    root = build_outline(blocks)
    split_unnumbered(root)
    part_off(root)
    end = len(text) if extracted.body_end is None else extracted.body_end
    body = [block for block in blocks if block.start < end]
    metadata = read_metadata(_front(root), body, without_unseen(Path(name).stem))
    source = _source(extracted, name, sha256, metadata)
    by_node, sections = to_sections(root, text, sha256)
    reports = metadata.kind is DocumentKind.PROGRESS_REPORT
    anchor = Anchor(metadata.issued, metadata.year, reports, metadata.reported)
    rows = _rows(root, source, by_node, anchor)
    tasks = tuple(task for own in rows.values() for task, row in own if row == task.span)
    items = TaskReader(text, sha256, by_node, anchor).read(root)
    if joined := sections_with_rows(items, tasks):
        tasks = joined
    elif not tasks or (
        not _are_the_list(tasks, source) and sum(map(_names_somebody, items)) >= _ENOUGH_ITEMS
    ):
        # A table of projects behind a plan is a table of figures; the plan's own items are its tasks.
        rows, tasks = {}, items
    tasks = with_notes_below(tasks, root, text)
    tasks = tuple(with_fields_of_notes(task, text) for task in tasks)
    names, order, mark = short_names(text), stated_order(text), stated_mark(text)
    tasks = tuple(with_marked_leading(task, mark) for task in tasks)
    tasks = tuple(with_first_leading(with_other_names(task, names), order) for task in tasks)
    indicators = _indicators(root, text, anchor)
    forms = [block for block in blocks if block.heads]
    tables = (
        *find_figure_tables(text, sha256, [row for own in rows.values() for _, row in own], forms),
        *find_figure_lists(text, sha256, sections, indicators, tasks),
    )
    return ParsedDocument(
        source=source,
        sections=sections,
        passages=tuple(
            passage
            for node in root.walk()
            for passage in section_passages(
                node, by_node[id(node)], text, sha256, rows.get(id(node), ())
            )
        ),
        tasks=tasks,
        deadlines=_deadlines(root, text, anchor, tasks),
        indicators=indicators,
        notes=tuple(f"{task.number} {remark}" for task in tasks for remark in task.review),
        remarks=extracted.remarks,
        tables=tuple(sorted(tables, key=lambda table: table.span.start)),
    )


def _are_the_list(rows: Sequence[Task], source: SourceDocument) -> bool:
    """Whether rows of tables are what the document lists as tasks, by the tables' titles, headings or its own."""
    titles = [source.title]
    for row in rows:
        titles += [row.caption.quote] if row.caption is not None else row.path[-1:]
    return any(_LIST_TITLE.search(title) for title in titles)


def _names_somebody(task: Task) -> bool:
    return bool(task.lead_units or task.responsible_units or task.leaders)


def _front(root: Node) -> Sequence[Block]:
    """What stands before the first heading; an annex passed on by itself has its title below 附件1."""
    if "".join(block.text for block in root.blocks) or not root.children:
        return root.blocks
    return root.children[0].blocks[1:]


def _source(extracted: Extracted, name: str, sha256: str, metadata: Metadata) -> SourceDocument:
    return SourceDocument(
        path=name,
        sha256=sha256,
        text=extracted.text,
        title=metadata.title,
        issuer=metadata.issuer,
        document_number=metadata.document_number,
        issued=metadata.issued,
        published=metadata.published,
        region=metadata.region,
        region_aliases=metadata.region_aliases,
        year=metadata.year,
        kind=metadata.kind,
        pages=extracted.pages,
        places=extracted.places,
        recognised=extracted.recognised,
    )


def _rows(
    root: Node, source: SourceDocument, sections: dict[int, Section], anchor: Anchor
) -> dict[int, list[tuple[Task, Span]]]:
    """The rows of tables that are tasks, or tell more of one, by `id()` of the node whose table it is."""
    text = source.text
    nodes = {
        id(node): [*find_tables(text, node.blocks), *find_forms(text, node.blocks)]
        for node in root.walk()
    }
    homes = {id(table): key for key, tables in nodes.items() for table in tables}
    found: defaultdict[int, list[tuple[Task, Span]]] = defaultdict(list)
    tables = [table for own in nodes.values() for table in own]
    for one in joined_tables(tables, text):
        home = homes[id(one.table)]
        path = sections[home].path
        for task in table_tasks(text, source.sha256, one.table, path, anchor, one.beside):
            found[home].append((task, task.span))
            for other, row in zip(one.others, task.beside, strict=False):
                found[homes[id(other)]].append((task, row))
    return dict(found)


def _deadlines(
    root: Node, text: str, anchor: Anchor, tasks: tuple[Task, ...]
) -> tuple[Deadline, ...]:
    """Time limits of the whole text: the labelled ones, and every other found in running text."""
    labelled = [task.deadline for task in tasks if task.deadline is not None]
    running = [
        deadline
        for node in root.walk()
        for block in node.blocks
        for deadline in find_deadlines(text, block.start, block.end, anchor)
    ]
    own = [d for d in running if not any(one.phrase.covers(d.phrase) for one in labelled)]
    return tuple(sorted([*labelled, *own], key=lambda deadline: deadline.phrase.start))


def _indicators(root: Node, text: str, anchor: Anchor) -> tuple[Indicator, ...]:
    return tuple(
        indicator
        for node in root.walk()
        for block in node.blocks
        for indicator in find_indicators(text, block.start, block.end, anchor)
    )
