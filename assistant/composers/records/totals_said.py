"""What a text says of the numbers of its own tasks, beside the tasks themselves: 共16项任务，已完成7项，未启动2项.

It stands below a table (小计：14个，其中完成4个), in a note (本台账共列14项) or before the list (反馈问题共9项，2025年底前完成整改6项).
Tasks are counted by their states as they are written, by the column whose values the line counts (省督察6项，市级检查6项),
or by their limits.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from assistant.composers.wording import flat
from assistant.ledger import TaskEntry
from assistant.understanding.windows import find_windows
from ingest.numerals import parse_number
from ingest.records import ParsedDocument, SourceDocument, Span, Task
from vectorstore.folding import fold_query

_COUNT = r"(\d{1,4})\s*(?:个|项|条|件|家|处|宗|起)"
_SUM = r"(?:合计|小计|共计|总计)\s*[:：]?"
_NOTE = r"(?:[^\n]{0,3}[:：])?(?:\d{1,2}[.．、])?\s*本(?:台[账帐]|清单|表)(?:共|合计|总计)(?:列入?|有|计|收录?)*"
_LINE = re.compile(rf"^[ \t\u3000]*(?:{_SUM}|{_NOTE})\s*{_COUNT}[^\n]*", re.MULTILINE)
# 共16项任务, 反馈问题共9项, 督察反馈的12个问题, 表二共10项
_THINGS = "问题|任务|事项|举报件|信访件|交办件"
_TABLE = r"(?:附?表|台[账帐]|清单)\s*(?:[一二三四五六七八九十]|\d{1,2}(?!\d*[项个件条]))"
_WHOLE = re.compile(
    rf"(?:{_TABLE}|共|{_THINGS})[^\d，,。；;：:\n]{{0,10}}(?P<behind>\d{{1,3}})\s*[个项条件宗](?!月)"
    rf"|(?P<before>\d{{1,3}})\s*[个项条件宗](?:整改|突出|具体|重点|环境|反馈)*(?:{_THINGS})"
)
_NUMBERED = re.compile(r"(?:附?表|台[账帐]|清单)\s*([一二三四五六七八九十]|\d{1,2})")
_BY_DAY = re.compile(
    rf"(?P<until>(?:(?:19|20)\d{{2}}年|年)(?:\d{{1,2}}月)?(?:(?:底|末)?(?:(?:之|以)?前|内)|[底末][，,]?(?=完成|办结|整改|累计)))"
    rf"[^\d，,。；;\n]{{0,14}}?{_COUNT}"
)
_OF_STATE = re.compile(rf"([\u4e00-\u9fff]{{2,8}}?)[”\"」]?的?{_COUNT}")
_IN_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_LEAD = re.compile(r"^(?:[日月号]|其中|含|包括)+")
_DONE_PREFIX = re.compile(r"^已")
_CLAUSES = re.compile(r"[,，;；。]")
# What a line goes on with is of the same tasks only where it says so.
_GOES_ON = re.compile(r"(?:^[^。]*|。\s*(?:其中|截[至止]|目前)[^。]*)")
_SENTENCE_BEGINS = re.compile(r"^(?:.*[。;；:：.．])?[ \t\u3000]*")
# 完成9个问题中的6个
_NAME_ENDS = re.compile("(?:中的|的)$")
_EVER = re.compile(
    r"长期坚持的?(?:有|共)?\s*(\d{1,3})\s*[个项]|(\d{1,3})\s*[个项]为?(?:要求)?长期坚持"
)
_AT_ONCE = re.compile("立行立改|立即")
# A whole that is that far from the tasks is one of other things.
_MOST_APART = 3


@dataclass(frozen=True, slots=True)
class Part:
    """What a line counts apart: the tasks that it says to be so many, by their own words or limits.

    `perhaps` are those that it may count in as well: to be done at once or ever by no day, or in that state and another
    (已完成，待验收). Of those with a day so many as `at_once` may be counted elsewhere.
    """

    name: str
    number: int
    tasks: tuple[Task, ...]
    perhaps: tuple[Task, ...] = ()
    column: str = ""
    by_day: bool = False
    at_once: int = 0

    @property
    def holds(self) -> bool:
        """Whether the number may be that of the tasks."""
        fewest, most = len(self.tasks) - self.at_once, len(self.tasks) + len(self.perhaps)
        return fewest <= self.number <= most

    @property
    def counted(self) -> tuple[Task, ...]:
        """All that may be counted, in the order of the list."""
        return tuple(sorted((*self.tasks, *self.perhaps), key=lambda one: one.span.start))

    def may_be(self, listed: Set[str]) -> bool:
        """Whether tasks listed, by their ids, are those counted, with those or without that it may count in."""
        return {one.id for one in self.tasks} <= listed <= {one.id for one in self.counted}

    def told_by(self, entry: TaskEntry) -> Span | None:
        """What of a task it is counted by."""
        if self.by_day:
            return entry.limit_wording
        return entry.task.columns.get(self.column) if self.column else entry.task.state


@dataclass(frozen=True, slots=True)
class TotalLine:
    """A line that sums up a list: how many tasks it states, and how many of each part.

    `told_of` tells that it stands by the list and says so, so that its whole is no other one's.
    """

    parsed: ParsedDocument
    span: Span
    tasks: tuple[Task, ...]
    total: int
    parts: tuple[Part, ...]
    told_of: bool

    @property
    def is_below(self) -> bool:
        """Whether it stands below a table."""
        return all(one.row for one in self.tasks) and self.span.start >= self.tasks[-1].span.end

    @property
    def column(self) -> str:
        """The heading of the column whose values most parts count; empty for the states of the rows."""
        heads = [one.column for one in self.parts if one.tasks and not one.by_day]
        return max(heads, key=heads.count, default="")


def total_lines(parsed: ParsedDocument) -> list[TotalLine]:
    """The lines that sum up the tasks of a document."""
    below = list(_below_tables(parsed))
    said = (
        one
        for one in _in_sentences(parsed)
        if not any(other.span.overlaps(one.span) for other in below)
    )
    return [*below, *said]


def _below_tables(parsed: ParsedDocument) -> Iterator[TotalLine]:
    """The lines of their own below tables, each of the rows above it."""
    source = parsed.source
    for match in _LINE.finditer(source.text):
        above = [task for task in parsed.tasks if task.row and task.span.end <= match.start()]
        if not above:
            continue
        rows = tuple(task for task in above if task.caption == above[-1].caption)
        span = source.span(match.start(), match.end())
        parts = _parts(source, rows, match.group()[match.end(1) - match.start() :])
        told = any(one.tasks for one in parts)
        yield TotalLine(parsed, span, rows, int(match.group(1)), parts if told else (), True)


def _in_sentences(parsed: ParsedDocument) -> Iterator[TotalLine]:
    """What the text itself says of a list whose number is about the same."""
    source = parsed.source
    lists = _lists(parsed)
    own = [one.span for tasks in lists.values() for one in tasks]
    for line in re.finditer(r"[^\n]+", source.text) if lists else ():
        if not _WHOLE.search(line.group()):
            continue
        if any(one.overlaps(source.span(*line.span())) for one in own):
            continue
        wholes = list(_wholes(line.group(), lists))
        ends = [*(one.start for one in wholes[1:]), len(line.group())]
        for whole, end in zip(wholes, ends, strict=False):
            begin = _SENTENCE_BEGINS.search(line.group(), 0, whole.start)
            start = begin.end() if begin else whole.start
            behind = _of_the_same(line.group()[whole.end : end]).rstrip()
            # 到2025年底，完成9个问题中的6个
            rest = line.group()[start : whole.start] + " " * (whole.end - whole.start) + behind
            parts = _parts(source, whole.tasks, rest, whole.number)
            told = tuple(one for one in parts if one.tasks)
            behind = behind if told else _CLAUSES.split(behind, maxsplit=1)[0]
            span = source.span(line.start() + start, line.start() + whole.end + len(behind))
            yield TotalLine(parsed, span, whole.tasks, whole.number, told, whole.named)


@dataclass(frozen=True, slots=True)
class _Whole:
    """The number of all tasks in a line, the list that it is of, and whether the line names that as a table."""

    start: int
    end: int
    number: int
    tasks: tuple[Task, ...]
    named: bool


def _wholes(line: str, lists: dict[Span | None, tuple[Task, ...]]) -> Iterator[_Whole]:
    """The first number of all tasks in a line, and those of further tables that it names."""
    found = False
    for match in _WHOLE.finditer(line):
        table = _NUMBERED.match(match.group())
        if found and table is None:
            continue
        number = int(match["behind"] or match["before"])
        if tasks := _list_meant(lists, number, table[1] if table else ""):
            found = True
            yield _Whole(*match.span(), number, tasks, table is not None)


def _of_the_same(text: str) -> str:
    """How a line goes on about the same tasks."""
    found = []
    position = 0
    while (match := _GOES_ON.match(text, position)) and match.group():
        found.append(match.group())
        position = match.end()
    return "".join(found)


def _lists(parsed: ParsedDocument) -> dict[Span | None, tuple[Task, ...]]:
    """The lists of tasks of a document: its tables by their titles, and what stands under labels or states."""
    lists: dict[Span | None, list[Task]] = {}
    for task in parsed.tasks:
        if task.row or task.labelled or task.state is not None:
            lists.setdefault(task.caption, []).append(task)
    return {caption: tuple(tasks) for caption, tasks in lists.items()}


def _list_meant(
    lists: dict[Span | None, tuple[Task, ...]], number: int, numbered: str
) -> tuple[Task, ...]:
    """The list that a whole is of: that with the number of a table, else the one with about so many tasks."""
    if numbered:
        asked = parse_number(numbered)
        named = (
            tasks
            for caption, tasks in lists.items()
            if caption is not None
            and (own := _NUMBERED.match(caption.quote))
            and parse_number(own[1]) == asked
        )
        return next(named, ())
    exactly = [tasks for tasks in lists.values() if len(tasks) == number]
    if exactly:
        return exactly[0] if len(exactly) == 1 else ()
    (only, *others) = lists.values()
    listed = all(one.row or one.labelled for one in only)
    return only if listed and not others and abs(len(only) - number) <= _MOST_APART else ()


def _parts(
    source: SourceDocument, tasks: Sequence[Task], text: str, total: int | None = None
) -> tuple[Part, ...]:
    """The numbers of a line behind its whole, each with the tasks that it counts."""
    bounds = list(_BY_DAY.finditer(text))
    rest = _BY_DAY.sub(_blank, _IN_BRACKETS.sub(_blank, text))
    states = [(_LEAD.sub("", one[1]) or one[1], int(one[2])) for one in _OF_STATE.finditer(rest)]
    heads = dict.fromkeys(head for task in tasks for head in task.columns)
    bare = {
        head: [_bare(cell.quote) if (cell := _cell(one, head)) else "" for one in tasks]
        for head in ("", *heads)
    }
    named = {_bare(name) for name, _ in states}
    columns = sorted(bare, key=lambda head: -sum(one in named for one in bare[head]))
    numbers = [int(one[2]) for one in bounds] + [number for _, number in states]
    apart = total is not None and sum(numbers) <= total
    at_once = sum(number for name, number in states if _AT_ONCE.search(name))
    own: dict[str, Part] = {}
    for name, number in states:
        own.setdefault(name, _of_state(tasks, name, number, columns))
    dated = [one for one in tasks if one not in _counted_as_ever(source, tasks, text)]
    return (*_of_days(source, dated, bounds, at_once, apart=apart), *own.values())


def _counted_as_ever(source: SourceDocument, tasks: Sequence[Task], text: str) -> list[Task]:
    """The tasks without an end, where a line counts just so many of them by themselves: due by no day, then."""
    said = _EVER.search(text)
    ever = [one for one in tasks if (entry := TaskEntry(source, one)).ongoing and entry.due is None]
    return ever if said is not None and int(said[1] or said[2]) == len(ever) else []


def _of_state(tasks: Sequence[Task], name: str, number: int, columns: Sequence[str]) -> Part:
    for head in columns:
        own = tuple(one for one in tasks if _is_worded(_cell(one, head), name))
        among = tuple(one for one in tasks if _has_worded(_cell(one, head), name))
        if among:
            perhaps = tuple(one for one in among if one not in own)
            return Part(name, number, own or among, perhaps if own else (), head)
    return Part(name, number, ())


def _of_days(
    source: SourceDocument,
    tasks: Sequence[Task],
    bounds: Sequence[re.Match[str]],
    at_once: int,
    *,
    apart: bool,
) -> Iterator[Part]:
    """What is due by days: each from the one before it, where the numbers add up to the whole."""
    since = dt.date.min
    for match in bounds:
        windows = find_windows(fold_query(match["until"]), dt.date(source.year or 1, 1, 1))
        day = windows[0].latest if windows else None
        if day is None or (source.year is None and match["until"].startswith("年")):
            continue
        entries = [TaskEntry(source, one) for one in tasks]
        dated = [one for one in entries if one.due is not None and since < one.due <= day]
        undated = [one for one in entries if since == dt.date.min and _has_no_day(one)]
        yield Part(
            _NAME_ENDS.sub("", "".join(match.group()[: match.start(2) - match.start()].split())),
            int(match[2]),
            tuple(one.task for one in dated if one not in undated),
            tuple(one.task for one in undated),
            by_day=True,
            at_once=at_once,
        )
        since = day if apart else dt.date.min


def _has_no_day(entry: TaskEntry) -> bool:
    """Whether a task is to be done at once or ever: it may be done by any day."""
    return entry.ongoing or (entry.due is None and entry.limit_wording is not None)


def _cell(task: Task, head: str) -> Span | None:
    return task.columns.get(head) if head else task.state


def _bare(state: str) -> str:
    return _DONE_PREFIX.sub("", flat(state).rstrip("。；;"))


def _is_worded(cell: Span | None, state: str) -> bool:
    """Whether a cell is worded so, with 已 before it or without."""
    return cell is not None and _bare(cell.quote) == _bare(state)


def _has_worded(cell: Span | None, state: str) -> bool:
    """Whether one clause of a cell is worded so: 清理垃圾35吨，已办结."""
    return cell is not None and any(
        _bare(one) == _bare(state) for one in _CLAUSES.split(flat(cell.quote))
    )


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
