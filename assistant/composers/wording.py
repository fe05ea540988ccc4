"""How records are put into words: names of tasks, documents, duties and limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.draft import Evidence
from assistant.ledger import Reported, Role, TaskEntry, own_units
from assistant.library import Library
from assistant.query import Field, Query
from ingest.brackets import trim
from ingest.paragraphs import CIRCLED_NUMBERS
from ingest.passages import split_sentences
from ingest.records import Measure, Person, SourceDocument, Span, Task, Unit
from prompts import phrase

# （二）, which a heading without a number of its own begins with.
_MARK_IN_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")

# Whole lines are cited up to these numbers of characters.
# The label of a list of names, which ends before the next one: 督办领导：某某；督办单位：某局.
_LABEL_BEFORE = re.compile(
    r"(?:^|[\s。；;，,（(【〔*])(?P<label>[\u4e00-\u9fff]{2,10})[】〕*]*[:：][^。；;:：]*$"
)
_LONGEST_LINE = 220
_LONGEST_ROW = 400

ROLE_FIELDS = {
    Field.LEADER: "责任领导",
    Field.LEAD: "牵头单位",
    Field.RESPONSIBLE: "责任单位",
    Field.COOPERATING: "配合单位",
    Field.ACCEPTANCE: "验收单位",
    Field.SUPERVISING: "督导单位",
}


def flat(text: str) -> str:
    """Text for reading: without the line breaks and indents of the source."""
    return "".join(line.strip() for line in text.split("\n"))


def readable(text: str, task: Task | None) -> str:
    """A sentence for reading; a row of a table as its labelled values."""
    if _is_lined(text):
        return "；".join(line.strip() for line in text.split("\n") if line.strip())
    separator = "\t" if text.count("\t") >= 2 else "|"
    if separator == "|" and not text.lstrip().startswith("|"):
        return flat(text)
    if task is None or not task.fields:
        return "；".join(flat(cell) for cell in text.split(separator) if cell.strip())
    values = [
        f"{name}：{flat(task.fields[role].quote)}"
        for role, name in _COLUMN_NAMES
        if role in task.fields and task.fields[role] != task.title
    ]
    return f"{row_name(task)}（{'；'.join(values)}）"


def _is_lined(text: str) -> bool:
    """Whether a row has each of its cells on a line: these are short, and no sentence is broken over them."""
    lines = [one.strip() for one in text.split("\n") if one.strip()]
    return len(lines) > 2 and not re.search("[。；，：]", text) and max(map(len, lines)) <= 30


def row_name(task: Task) -> str:
    """A task of a table by its number and title."""
    # A point would make one figure of a number and a title that begins with one: 13.9座小水电站.
    number = f"{task.number}、" if task.number else ""
    return f"{number}{task.name}"


def column_name(role: str) -> str:
    """How the column of a field is called, empty for one that is none."""
    return dict(_COLUMN_NAMES).get(role, "")


_COLUMN_NAMES = (
    ("problem", "存在问题"),
    ("target", "整改目标"),
    ("measures", "整改措施"),
    ("lead", "牵头单位"),
    ("responsible", "责任单位"),
    ("cooperating", "配合单位"),
    ("acceptance", "验收单位"),
    ("supervising", "督导单位"),
    ("leader", "责任领导"),
    ("deadline", "完成时限"),
    ("status", "进展情况"),
)


def names(entries: Iterable[Unit | Person]) -> str:
    """Bodies by their names and persons as they are written, with the posts that stand before them."""
    return "、".join(
        flat(entry.span.quote) if isinstance(entry, Person) else entry.name for entry in entries
    )


def status_name(status: Reported) -> str:
    """What a document reports of a task's progress, as a condition or a heading."""
    return _STATUS_NAMES[status]


_STATUS_NAMES = {
    Reported.DONE: "文件载明已完成",
    Reported.NOT_DONE: "文件未载明已完成",
    Reported.CLOSED: "文件载明已销号",
    Reported.NOT_CLOSED: "文件未载明已销号",
    Reported.UNCLOSED: "文件载明已完成、未载明已销号",
    Reported.RUNNING: "文件载明正在推进",
    Reported.NOT_STARTED: "文件载明未启动",
    Reported.BEHIND: "文件载明超期或进度滞后",
    Reported.NOT_BEHIND: "文件未载明超期或进度滞后",
}


def task_name(task: Task) -> str:
    """A task as it is referred to: “十一、农作物秸秆综合利用统计数据不实”."""
    number = f"{task.number}、" if task.number and not task.number.isdigit() else ""
    number = number or (f"{task.number}." if task.number else "")
    return f"“{number}{task.name}”"


def counted_by_parts(entries: Sequence[TaskEntry]) -> str:
    """That some tasks are counted by the parts of their matters, and how many these are; empty where none has parts."""
    matters = {(one.document.path, one.task.title.start) for one in entries}
    if len(matters) == len(entries):
        return ""
    return phrase("counted_by_parts", matters=len(matters))


def task_number(entry: TaskEntry) -> str:
    """A task's number, with its part's where items restart in each part: （二）3."""
    task = entry.task
    if not task.number:
        own = _MARK_IN_BRACKETS.match(task.path[-1]) if task.path else None
        return own.group() if own else ""
    if task.labelled or len(task.path) < 2:
        return task.number
    part = task.path[-2]
    mark = part[: part.find(")") + 1] or part[: part.find("）") + 1]
    return f"{mark}{task.number}"


def measure_name(measure: Measure) -> str:
    """A measure by its number and first clause."""
    text = flat(measure.text.quote)
    clause = text[: min((text.find(mark) for mark in "。，,；" if mark in text), default=30)]
    is_mark = measure.number and not measure.number.endswith("是")
    return f"“{in_brackets(measure.number) if is_mark else ''}{clause[:40]}”"


def measure_numbers(measures: Iterable[Measure]) -> str:
    """The numbers of some measures as the text has them: （一）（三）."""
    return "".join(in_brackets(one.number) for one in measures if one.number)


def in_brackets(number: str) -> str:
    """The number of a measure as it stands before it: （一）; ② has its circle."""
    return number if number in CIRCLED_NUMBERS else f"（{number}）"


def label_of(task: Task, role: str, default: str) -> str:
    """The document's own label of a field, such as 责任领导."""
    line = task.fields.get(role)
    if line is None:
        return default
    head = line.quote.replace(":", "：").split("：")[0].strip("【】* \u3000")
    return head if 2 <= len(head) <= 14 and line.quote.strip() != head else default


def by_label(
    source: SourceDocument, task: Task, field: Field
) -> list[tuple[str, list[Unit | Person]]]:
    """Who has a duty, by the document's own labels of it: 督办领导 and 企业整改责任人 are two."""
    default = label_of(task, field.value, ROLE_FIELDS[field])
    found: dict[str, list[Unit | Person]] = {}
    for one in people_or_units(task, field):
        line = source.text.rfind("\n", 0, one.span.start) + 1
        written = None if task.row else _LABEL_BEFORE.search(source.text[line : one.span.start])
        found.setdefault(written["label"] if written else default, []).append(one)
    return list(found.items()) if len(found) > 1 else [(default, [*people_or_units(task, field)])]


def people_or_units(task: Task, field: Field) -> tuple[Unit | Person, ...]:
    """Who has the duty that a field tells; nobody for a field that tells none."""
    if field not in ROLE_FIELDS:
        return ()
    return task.leaders if field is Field.LEADER else own_units(task, Role(field.value))


def heading_span(source: SourceDocument, task: Task) -> Span:
    """A task's title with its number, where they stand on one line; a row's title is its cell."""
    if task.row:
        return task.title
    line_start = max(source.text.rfind("\n", 0, task.title.start) + 1, task.span.start)
    before = source.text[line_start : task.title.start]
    if len(before) > 8:
        return task.title
    start = line_start + len(before) - len(before.lstrip())
    return source.span(start, task.title.end)


def field_spans(source: SourceDocument, task: Task, field: Field) -> list[Span]:
    """What to cite for a field: its whole line, or the sentences that name who has it.

    A row may have further ones in the lines below it, of its single measures.
    """
    line = task.fields.get(field.value)
    named = [one.span for one in people_or_units(task, field)]
    # 〔责任〕甲局牵头，乙局配合 names the lead in the field of another role.
    lines = (
        [line]
        if line is not None
        else [one for one in task.fields.values() if one.covers(named[0])][:1]
        if named
        else []
    )
    apart = [one for one in named if not any(around.covers(one) for around in lines)]
    return list(dict.fromkeys([*lines, *_telling(source, task, apart)]))


def _telling(source: SourceDocument, task: Task, named: Sequence[Span]) -> list[Span]:
    """The sentence of a task that each name stands in; the name itself where none has it, and in a row."""
    apart = bool(named) and not task.row
    sentences = split_sentences(source.text, task.span.start, task.span.end) if apart else []
    return [next((one for one in sentences if one.covers(name)), name) for name in named]


def line_of_fields(entry: TaskEntry, span: Span) -> Span:
    """The line that a field shares with others (牵头单位：甲局；验收单位：乙局), which a reader finds at once; else the field."""
    text = entry.document.text
    end = text.find("\n", span.end)
    first, last = text.rfind("\n", 0, span.start) + 1, end if end >= 0 else len(text)
    line = entry.document.span(*trim(text, first, last))
    shared = sum(line.covers(one) for one in entry.task.fields.values())
    return line if shared > 1 and entry.task.span.covers(line) and not entry.task.row else span


def joint_span(source: SourceDocument, spans: Sequence[Span]) -> list[Span]:
    """Spans of neighbouring lines as one, so that a block of labels is one citation."""
    merged: list[Span] = []
    for span in sorted(set(spans), key=lambda one: one.start):
        if merged and not source.text[merged[-1].end : span.start].strip(" \n\r\t\u3000；;。|"):
            merged[-1] = source.span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def cite_task(library: Library, entry: TaskEntry, *spans: Span | None) -> tuple[Evidence, ...]:
    """Evidence for what is said of one task; of a row of a table, or of a task of one short line, the whole of it.

    A reader finds the line at once, and one mark says more than five for its parts. What stands outside of it,
    as a cell merged with those below, is cited by itself.
    """
    line, cited = entry.task.span, list(dict.fromkeys(one for one in spans if one is not None))
    inside = [one for one in cited if line.covers(one)]
    if inside and _is_one_line(entry.task):
        cited = [line, *(one for one in cited if one not in inside)]
    return cite(library, entry.document, *cited)


def _is_one_line(task: Task) -> bool:
    text = task.span.quote.strip()
    if task.row:
        # Cells may have several lines; a row whose cells stand below each other has to be as short as a line.
        beside = "\n" not in text or re.search(r"[\t|｜]", text) is not None
        return len(text) <= (_LONGEST_ROW if beside else _LONGEST_LINE)
    return len(text) <= _LONGEST_LINE and "\n" not in text


def task_label_block(source: SourceDocument, task: Task) -> list[Span]:
    """The label lines of a task (who, what, by when) as few citations as possible."""
    lines = [
        span for role, span in task.fields.items() if role not in ("measures", "problem", "status")
    ]
    # What the document says once for all tasks (排在第一位的为牵头单位) stands apart from each.
    apart = [span for span in lines if not (task.row or task.span.covers(span))]
    if lines := [span for span in lines if span not in apart]:
        return [*joint_span(source, lines), *dict.fromkeys(apart)]
    named = [entry.span for field in ROLE_FIELDS for entry in people_or_units(task, field)[:1]]
    return [*joint_span(source, _telling(source, task, named)), *dict.fromkeys(apart)]


def numbers_in(text: str) -> tuple[str, ...]:
    """The figures of a text, as what Duban itself says of a task has them: its number, those of its measures."""
    return tuple(re.findall(r"\d+(?:\.\d+)*", text))


def limit_text(entry: TaskEntry) -> str:
    wording = entry.limit_wording
    return flat(wording.quote) if wording else ""


def scope_name(query: Query, library: Library) -> str:
    """The documents an answer is about, as it names them."""
    documents = library.within(query.documents)
    if query.documents is None:
        return f"现有{len(documents)}份文件"
    return "、".join(f"《{parsed.source.title}》" for parsed in documents)


def cite(library: Library, source: SourceDocument, *spans: Span | None) -> tuple[Evidence, ...]:
    return tuple(library.evidence(source, span) for span in spans if span is not None)


def counts_compared(counts: Mapping[str, int]) -> str:
    """How many each has, and which has the most."""
    said = "，".join(f"{name}{count}项" for name, count in counts.items())
    most, fewest = max(counts.values()), min(counts.values())
    ahead = "、".join(name for name, count in counts.items() if count == most)
    if most == fewest:
        return phrase("count_compare_equal", counts=said)
    if len(counts) == 2:
        return phrase("count_compare", counts=said, most=ahead, more=most - fewest)
    return phrase("count_compare_most", counts=said, most=ahead)
