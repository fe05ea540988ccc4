"""What a document tells of the rows of its list below it.

A paragraph under the code of a row (ZD-05：…) or one that opens with codes (2.沙-03某厂…), a sentence that opens with its
number (第6项延期申请尚未批复), or what comes next for the thing that one row alone is about (小水电下一步措施：…).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.blocks import is_row, is_table_row
from ingest.markers import ordinal
from ingest.outline import Node
from ingest.records import Span, Task

# 3 numbers a paragraph of its own as well, ZD-03 only a row.
_CODE = re.compile(r"[A-Z]{1,4}[-－—–]?\d{1,3}")
_NUMERAL = r"\d{1,3}|[一二三四五六七八九十]{1,3}"
_ITEM = "[项号件]"
# 第6项, 第4项、第9项, 第3至5项; 序号6, 序号2、序号9均由…. Else of 序号6、7 a rule for both is told, which is a sentence of its own.
_GIVES = r"[均都]?(?:由|为|系|是|属)"
_NUMBERED = (
    r"序号(?:为|是)?\s*\d{1,3}(?:(?!\d|\s*[、和及与至—-]\s*(?:序号)?\d)"
    rf"|(?:\s*[、和及与至—-]\s*(?:序号)?\d{{1,3}})+(?={_GIVES}))"
)
_NUMBERS = rf"(?:{_NUMBERED}|第\s*(?:{_NUMERAL})(?:\s*{_ITEM}?\s*[、和及与至]\s*第?\s*(?:{_NUMERAL}))*\s*{_ITEM}(?![、和及与，,；;。]))"
_ITEM_MARK = r"\d{1,2}\s*[.．、)）]|[(（]\d{1,2}[)）]|[①-⑳]"
# 其余由丙主任调度: all rows that the sentence does not name.
_REST = (
    rf"(?:其余|其他)(?:各|所有)?(?:(?:{_NUMERAL})?[项件个])?(?:任务|问题|事项|项目|件)?(?={_GIVES})"
)
# What is said of such rows at the beginning of a clause, up to the next ones, to the rest or the end of the sentence.
_OF_NUMBERS = re.compile(
    rf"(?:^|(?<=[。；;，,：:、\n]))(?:{_ITEM_MARK})?(?:其中|另外?)?(?P<numbers>{_NUMBERS})"
    rf"(?:(?![，,；;、](?:第\s*(?:{_NUMERAL})\s*{_ITEM}|序号\s*\d|{_REST}))[^。；;\n]){{4,}}[。；;]?"
)
_OF_REST = re.compile(rf"(?<=[。；;，,、\n])(?:另外?)?{_REST}[^。；;\n]{{3,}}[。；;]?")
# … and what it is that these, or the rest, are said of: 第3项、第8项均由….
SUBJECT = re.compile(rf"(?:{_NUMBERS}|{_REST})(?:整改|任务|问题|事项)?[均都]?(?=由|为|系|是|属)")
# （一）关于序号2。…: the whole paragraph.
_ABOUT = re.compile(rf"关于(?P<numbers>{_NUMBERS})(?:的(?:说明|情况))?[。：:]")
_NOTE = re.compile(r"[（(]?(?:补充|表[\d一二三四五六七八九十])?(?:说明|附?注|备注)\s*[:：]")
# 1.第6项…, 注：（1）第6项…: what an item of the notes says of a row goes on to its end.
MARK = re.compile(
    r"\s*(?:(?:补充|表[\d一二三四五六七八九十])?(?:说明|附?注|备注)\s*[:：]\s*)?(?:(?:\d{1,2}\s*[.．、]|[(（]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*[)）]|[①-⑳])\s*)?"
)
_NUMBER = re.compile(rf"(?P<span>[至到—-]\s*)?(?:第\s*)?(?P<number>{_NUMERAL})")
_GOING_ON = re.compile(
    r"^(?:\d{1,2}\s*[.．、])?\s*(?P<subject>[\u4e00-\u9fff]{2,8}?)的?(?:下一步|后续)(?:整改|工作)?(?:措施|安排|打算|工作|计划)[:：]"
)
_SHORTEST_SUBJECT = 2
# Several codes that a paragraph opens with: ZD-03、ZD-06均由….
_CLAUSE_END = re.compile(r"[。；;]\s*")
_BETWEEN_CODES = re.compile(r"\s*[、和及与]\s*")


def with_notes_below(tasks: tuple[Task, ...], root: Node, text: str) -> tuple[Task, ...]:
    """Rows with what the text below them tells of each as what goes on with them.

    Numbers are those that no other row has; in the notes of a table, and between two, those of the table above.
    """
    rows = sorted((task for task in tasks if task.row), key=lambda task: task.span.start)
    single = _by_number(rows)
    notes: dict[str, list[Span]] = {task.id: [] for task in rows}
    end = max((task.span.end for task in rows), default=0)
    for node in root.walk() if rows else ():
        number = node.marker.number if node.marker else ""
        if _CODE.fullmatch(number) and number in single:
            span = Span(node.start, node.end, text[node.start : node.end])
            notes[single[number].id].append(span)
            continue
        for block in node.blocks:
            if is_table_row(block):
                continue
            known = single
            if block.start < end or _NOTE.match(block.text):
                above = [task for task in rows if task.span.end <= block.start]
                known = _by_number(above) | _by_number(_last_table(above, rows))
            for task, span in (
                *_told(rows, known, block.start, block.text),
                *_told_of_codes(rows, block.start, block.text),
            ):
                notes[task.id].append(span)
    return tuple(
        replace(task, beside=(*task.beside, *notes[task.id])) if notes.get(task.id) else task
        for task in tasks
    )


def _by_number(rows: Sequence[Task]) -> dict[str, Task]:
    """The rows whose numbers no other of them has."""
    counted = Counter(task.number for task in rows)
    return {task.number: task for task in rows if task.number and counted[task.number] == 1}


def _last_table(above: Sequence[Task], rows: Sequence[Task]) -> list[Task]:
    """The rows of the table that ends above a place, by its title; none where it goes on below the place."""
    if not above or any(task.caption == above[-1].caption for task in rows[len(above) :]):
        return []
    return [task for task in above if task.caption == above[-1].caption]


def _told(
    rows: Sequence[Task], single: dict[str, Task], start: int, written: str
) -> Iterator[tuple[Task, Span]]:
    """What a paragraph tells of single rows."""
    by_number = {ordinal(number): task for number, task in single.items()}
    if going_on := _GOING_ON.match(written):
        named = _rows_about(rows, going_on["subject"])
        if len(named) == 1:
            yield named[0], Span(start, start + len(written), written)
            return
    begin = _mark_before(written)
    if about := _ABOUT.match(written, begin):
        for number in _numbers(about["numbers"]):
            if task := by_number.get(number):
                yield task, Span(start, start + len(written), written)
        return
    matches = list(_OF_NUMBERS.finditer(written[begin:]))
    for match in matches:
        at, end = begin + match.start(), begin + match.end()
        if at == begin:
            at = 0  # with the mark, which the sentence begins with
        if at == 0 and len(matches) == 1:
            # An item of the notes that begins with a row is about it up to its end, or to the rest of the rows.
            stop = written.find("。", end - 1)
            rest = _OF_REST.search(written, end)
            end = rest.start() if rest else stop + 1 if stop >= 0 else len(written)
        for number in _numbers(match["numbers"]):
            if task := by_number.get(number):
                yield task, Span(start + at, start + end, written[at:end])
    yield from _of_the_rest(by_number, start, written, begin)


def _of_the_rest(
    by_number: Mapping[int | None, Task], start: int, written: str, begin: int
) -> Iterator[tuple[Task, Span]]:
    """What a sentence that gives some rows to somebody tells of all others: 第3项由甲包保；其余由乙调度."""
    for rest in _OF_REST.finditer(written, begin):
        opens = max(written.rfind("。", begin, rest.start()) + 1, begin)
        before = _OF_NUMBERS.finditer(written[opens : rest.start()])
        named = {number for one in before for number in _numbers(one["numbers"])}
        others = [task for number, task in by_number.items() if number not in named]
        many = _NUMBER.match(rest.group(), len("其余"))
        counted = many is None or ordinal(many["number"]) == len(others)
        if named and named <= by_number.keys() and counted:
            for task in others:
                yield task, Span(start + rest.start(), start + rest.end(), rest.group())


def _told_of_codes(rows: Sequence[Task], start: int, written: str) -> Iterator[tuple[Task, Span]]:
    """What a paragraph tells of the rows whose codes open it or a clause of it: all rows of one that has several parts.

    What opens the paragraph goes on to the next codes, what opens a clause to the end of its sentence.
    """
    above = [row for row in rows if row.span.end <= start]
    codes = {row.number for row in above if row.number and ordinal(row.number) is None}
    if not any(one in written for one in codes):
        return
    first = _mark_before(written)
    begins = [first, *(one.end() for one in _CLAUSE_END.finditer(written, first))]
    opened = [(at, named) for at in begins if (named := _codes_at(codes, written, at))]
    for (at, named), (stop, _) in pairwise([*opened, (len(written), frozenset())]):
        end = stop if at == first else min(stop, written.find("。", at) + 1 or stop)
        begin = 0 if at == first else at
        for row in above:
            if row.number in named:
                yield row, Span(start + begin, start + end, written[begin:end])


def _codes_at(codes: Collection[str], written: str, at: int) -> frozenset[str]:
    """The codes that stand at a place of a text, several in a list; ZD-1 does not stand in ZD-12."""
    named: set[str] = set()
    while code := max((one for one in codes if written.startswith(one, at)), key=len, default=""):
        named.add(code)
        at += len(code)
        between = _BETWEEN_CODES.match(written, at)
        at = between.end() if between else at
    return frozenset() if written[at : at + 1].isdigit() else frozenset(named)


def _mark_before(written: str) -> int:
    """Where a paragraph begins behind the mark of an item: 1.第6项…."""
    mark = MARK.match(written)
    return mark.end() if mark is not None else 0


def _numbers(written: str) -> Iterator[int]:
    """The numbers that are named together: 第4项、第9项; 第3至5项 are three."""
    last = None
    for match in _NUMBER.finditer(written):
        number = ordinal(match["number"])
        if number is None:
            continue
        yield from range(last + 1, number) if match["span"] and last is not None else ()
        yield number
        last = number


def _rows_about(rows: Sequence[Task], subject: str) -> list[Task]:
    """The rows whose titles have the longest stretch of a subject that any has, which is at least half of it."""
    for length in range(len(subject), max(_SHORTEST_SUBJECT, (len(subject) + 1) // 2) - 1, -1):
        parts = [subject[i : i + length] for i in range(len(subject) - length + 1)]
        if about := [row for row in rows if any(part in row.title.quote for part in parts)]:
            return about
    return []


def notes_on(task: Task) -> list[Span]:
    """What the text below the list of a row tells of it; rows of other tables that go on with it are none."""
    return [one for one in task.beside if not is_row(one.quote)]
