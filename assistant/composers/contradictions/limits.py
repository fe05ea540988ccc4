"""Limits that a document sets one thing twice, to two days: the row says 11月底, a later sentence 10月底前."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from assistant.composers.contradictions.said import Contradiction, Matter, Said
from assistant.composers.limits.changed_limits import changes_of
from assistant.library import Library
from assistant.proof.quantities import Quantity, quantities
from assistant.understanding.row_conditions import days_told, limit_column, year_of
from assistant.words import chinese_pairs, pairs
from ingest.records import (
    Deadline,
    FigureRow,
    FigureTable,
    ParsedDocument,
    SourceDocument,
    Span,
    Task,
)
from vectorstore.folding import fold

# What was due before, is told of as done or was put off sets no other day.
_OF_ANOTHER_KIND = re.compile(
    r"已|未|仅|截[至止]|[每各]|前三|累计|分别|实际|原[定时]|首批|部分|一半|过半|延[期长至到]|顺延|推迟|宽限|调整"
)
_OF_A_PART = re.compile("其中")
_OF_THE_REST = re.compile("剩余|其余|余下")
# Words of any limit, which do not tell of what.
_OF_ANY = re.compile(
    r"其中|问题|最迟|力争|确保|争取|计划|预计|必须|全部|全面|任务|工作|整改|时限|期限|限期|完成|完工|完毕|竣工|到位|结束|务必"
    r"|建成|投运|投用|投入(?:使用|运行|运营)|通水|清零|见底|收尾|扫尾|(?:设计)?规模|倒排工期|加快进度|列入[^，,]{0,12}(?:项目|任务|工程|计划)"
    r"|剩余|其余|余下|并?通过[^，,]{0,4}验收(?:监测)?|(?:19|20)\d{2}年|今年|治理|整治|[须应将要于在前由其并的之]"
)
_COMMAS = ("，", ",")
_YEAR_ALONE = re.compile(r"[到于在至]?(?:(?:19|20)\d{2}|今|本|全)?年[度内]?")
_DAY = re.compile(r"(?:20\d{2}[年.-])?\d{1,2}[月.-](?:\d{1,2}日?|底|末|[上中下]旬)?前?")
# The headings of a limit that a list tells beside a later one, and of that.
_EARLIER_HEAD = re.compile("^原|原定")
_LATER_HEAD = re.compile("^(?:新|现)|(?:调整|变更|延期|延长|顺延)后|延期至|宽限")
_OVERDUE = re.compile("逾期|超期|未完成|滞后")
# Columns that tell what is to be done by a row, which is called by a firm or place.
_WORK_HEADS = re.compile("内容|措施|要求|任务|问题|做法")
# 要求11月底前完成 says nothing of what, and 由副县长甲包抓 tells whose it is.
_ONLY_ASKED = re.compile(r"要求|务必|必须|确保|力争|原则上|统一|[须应于在并]")
_BY_WHOM = re.compile(
    r"由[^，,。；;]{2,24}?(?:负责|牵头|包[抓保案联干]|督办|调度|实施|承担|落实)|要求"
)
# What is said behind the name of a project that tells no part of it.
_OF_PROJECTS = re.compile("工程|项目|改造|建设|实施")
_TO_WHAT = re.compile("[至到为]|$")
_WISHES = frozenset(("力争", "争取"))
# What is said beside of parts, between a thing and its limit.
_OF_PARTS = re.compile("其中|含|包括")
# 甲厂、乙厂完成除尘改造: what is set for several is set for each.
_LISTED = re.compile(r"^(?P<list>\s*[^\s、]{2,}(?:、[^\s、]{2,})+)(?P<rest>.*)$")
# Days are no amounts, and 二期, 一级 and 首批 tell one thing from another.
_NO_AMOUNTS = frozenset("年月日天期级批")
_LABEL = re.compile(r"^\s*(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、](?!\d))\s*")
_ASIDE = re.compile(r"[(（][^（()）]*[)）]")
_ROW_NUMBER = re.compile(r"(?:第\s*\d{1,2}\s*项|序号\s*\d{1,2})[：:]?")
_BREAKS = "。；;，,：:\n\t|"
_ENDS = "。；;\n\t|"
# Characters that a name has or lacks without being another one.
_LOOSE = frozenset("县市区省镇乡村")
_FEWEST_SHARED = 3
_SHORTEST_NAME = 7
_SHORTEST_ROW = 3


@dataclass(frozen=True, slots=True)
class _Due:
    """What is due by a day: its words without those of any limit, what stands around them, and its amounts.

    `about` is its `own` words, or how its sentence begins where these say nothing; `behind` are those behind the day, and
    `named` is all that names it, the sentence up to the day included.

    `row` is the row of a table of no tasks, `column` the heading of its limit, and `summed` the row of a table that sums up
    tasks. A `part` is counted beside others, the `rest` is what is left of a whole; `anew` was the limit set later.
    """

    day: dt.date
    phrase: Span
    about: str
    own: str
    around: str
    behind: str = ""
    named: str = ""
    amounts: tuple[Quantity, ...] = ()
    task: Task | None = None
    row: FigureRow | None = None
    column: str = ""
    part: bool = False
    rest: bool = False
    anew: bool = False
    summed: Span | None = None

    @property
    def title(self) -> str:
        """What an item is called that it stands in; nothing for a row."""
        return fold(self.task.title.quote) if self.task is not None and not self.task.row else ""

    @property
    def is_of_record(self) -> bool:
        """Whether it is the limit of a whole task or row."""
        limit = self.task.deadline if self.task is not None else None
        own = limit is not None and limit.phrase == self.phrase
        return own or self.anew or self.row is not None


def limits_twice(library: Library, parsed: ParsedDocument) -> Iterator[Contradiction]:
    """The limits of one thing that stand in two places of a document and differ."""
    text = parsed.source.text
    dated = [one for limit in parsed.deadlines if (one := _due(library, parsed, limit))]
    dated += [*_set_anew(parsed), *_summed_up(parsed)]
    rows = list(_rows(parsed))
    for one, other in combinations(dated, 2):
        if _are_apart(text, one, other) and _contradict(one, other):
            yield _told(parsed, one, other)
    for table, row in rows:
        for other in dated:
            if _is_said_of_row(parsed, table, row, other):
                yield _told(parsed, row, other)


def _told(parsed: ParsedDocument, one: _Due, other: _Due) -> Contradiction:
    names = (f"{one.title} {one.about}", f"{other.title} {other.about}")
    return Contradiction(Matter.LIMIT, names, _said(parsed, one), _said(parsed, other))


def _said(parsed: ParsedDocument, due: _Due) -> Said:
    if due.row is not None:
        return Said(due.phrase, due.row.span, row=due.row.name, column=due.column)
    if due.is_of_record:
        return Said(due.phrase, due.phrase, due.task)
    if due.summed is not None:
        return Said(due.phrase, due.summed)
    sentence = next((one for one in parsed.sentences if one.covers(due.phrase)), due.phrase)
    return Said(due.phrase, sentence)


# -- what is due ---------------------------------------------------------------------------------


def _due(library: Library, parsed: ParsedDocument, limit: Deadline) -> _Due | None:
    """What is due by a limit of the text; None where it has no day, or is that of a part."""
    source, place = parsed.source, library.place(parsed.source.path, limit.phrase.start)
    if limit.latest is None or limit.ongoing or _YEAR_ALONE.fullmatch(limit.phrase.quote):
        return None
    task = place.task
    if task is not None and task.deadline is not None and task.deadline.phrase == limit.phrase:
        head = next((one for one, cell in task.columns.items() if cell.covers(limit.phrase)), "")
        if _EARLIER_HEAD.search(head) or any(changes_of(source, task)):
            return None  # which of its days holds is told with the task
        said, behind = re.split(f"[{_BREAKS}]", task.title.quote)[0], ""
    else:
        said, behind = _clause(source.text, limit.phrase)
        if _OF_ANOTHER_KIND.search(said) or limit.soft in _WISHES:
            return None
    sentence = max(source.text.rfind(mark, 0, limit.phrase.start) for mark in _ENDS) + 1
    head = source.text[sentence : limit.phrase.start]
    if source.reports_progress and _is_overdue(source, limit):
        return None
    path = " ".join(place.section.path)
    around = fold(f"{path} {_own_words(task)} {said}")
    bare = _ROW_NUMBER.sub("", _LABEL.sub("", fold(said)))
    amounts = _amounts(bare)
    if len({one.unit for one in amounts}) < len(amounts):
        return None  # 清淤86万立方米，5月底前完成40万立方米
    own, rest = _about(bare), _OF_THE_REST.search(said) is not None
    about = own
    if not chinese_pairs(own):
        opening = _opening(head)
        about = _about(opening)
        if not rest and {one.unit for one in amounts} & {one.unit for one in _amounts(opening)}:
            return None  # so many of a whole
    return _Due(
        limit.latest,
        limit.phrase,
        about,
        own,
        around,
        _about(fold(behind)),
        f"{around} {fold(head)}",
        amounts,
        task,
        part=_OF_A_PART.search(said) is not None,
        rest=rest,
    )


def _set_anew(parsed: ParsedDocument) -> Iterator[_Due]:
    """The later limits of rows whose list tells them in a column of their own, beside those that they had first."""
    for task in parsed.tasks:
        heads = [one for one in task.columns if _LATER_HEAD.search(one)]
        if len(heads) != 1 or not any(map(_EARLIER_HEAD.search, task.columns)):
            continue
        cell = task.columns[heads[0]]
        days = set(days_told(cell.quote, parsed.source.year))
        if len(days) == 1:
            about = _about(fold(re.split(f"[{_BREAKS}]", task.title.quote)[0]))
            yield _Due(days.pop(), cell, about, about, fold(_own_words(task)), task=task, anew=True)


def _summed_up(parsed: ParsedDocument) -> Iterator[_Due]:
    """The limits of tasks in a table behind them that sums them up."""
    for task in parsed.tasks:
        for row in task.beside if task.deadline is not None and not task.row else ():
            found = list(_DAY.finditer(row.quote)) if re.search("[\t|\n]", row.quote) else []
            days = set(days_told(row.quote, parsed.source.year))
            if len(found) == len(days) == 1:
                name = fold(task.title.quote)
                cell = parsed.source.span(row.start + found[0].start(), row.start + found[0].end())
                yield _Due(days.pop(), cell, name, name, "", task=task, summed=row)


def _is_overdue(source: SourceDocument, limit: Deadline) -> bool:
    """Whether what is said right behind a limit is that it has passed."""
    end = min(
        (at for mark in _ENDS if (at := source.text.find(mark, limit.phrase.end)) >= 0),
        default=len(source.text),
    )
    return _OVERDUE.search(source.text, limit.phrase.end, end) is not None


def _own_words(task: Task | None) -> str:
    """What a record says itself: the cells of a row, the title of any other task."""
    if task is None:
        return ""
    return " ".join(one.quote for one in (task.title, *task.columns.values()))


def _rows(parsed: ParsedDocument) -> Iterator[tuple[FigureTable, _Due]]:
    """What the rows of tables that are no tasks are due by, where a cell tells one day."""
    for table in parsed.tables:
        column = None if table.of_tasks or table.listed else limit_column(table)
        if column is None:
            continue
        for row in table.rows:
            cell = row.cells[column].span
            days = set(days_told(cell.quote, year_of(table, parsed.source.year)))
            name = fold(row.name)
            if len(days) == 1 and not row.total and len(name) >= _SHORTEST_ROW:
                words = " ".join(one.span.quote for one in row.cells)
                caption = table.caption.quote if table.caption else ""
                around = fold(f"{caption} {words}")
                head = table.columns[column].name
                yield table, _Due(days.pop(), cell, name, name, around, row=row, column=head)


def _clause(text: str, limit: Span) -> tuple[str, str]:
    """The words between two marks around a limit, with what stands before a comma that the limit follows at once; and those behind it."""
    start = max(text.rfind(mark, 0, limit.start) for mark in _BREAKS) + 1
    end = _next_break(text, limit.end)
    # 9月底前，三期工程建成通水
    alone = not re.search(r"[\u4e00-\u9fff]", text[start : limit.start] + text[limit.end : end])
    if alone and text[end : end + 1] in _COMMAS:
        end = _next_break(text, end + 1)
    after = text[limit.end : end]
    before = _BY_WHOM.sub(" ", text[start : limit.start])
    own = _ONLY_ASKED.sub("", before).strip()
    if not own and text[start - 1 : start] in _COMMAS:
        begin, end = _clause_before(text, start), start
        while _OF_PARTS.match(text, begin) and text[begin - 1 : begin] in _COMMAS:
            begin, end = _clause_before(text, begin), begin
        before = _BY_WHOM.sub(" ", f"{text[begin:end]}{text[start : limit.start]}")
    return f"{before} {after}", after


def _next_break(text: str, start: int) -> int:
    """Where the next mark stands between two clauses."""
    return min((at for mark in _BREAKS if (at := text.find(mark, start)) >= 0), default=len(text))


def _opening(head: str) -> str:
    """How a sentence begins that names its thing first: 长洲河清淤 of 长洲河清淤8万立方米，…，其余今年6月底前完成."""
    first = re.split("[，,、]", _LABEL.sub("", fold(head)), maxsplit=1)[0]
    return first.rsplit(":", 1)[-1]


def _clause_before(text: str, start: int) -> int:
    """Where the clause begins that ends with the mark before a place."""
    return max(text.rfind(mark, 0, start - 1) for mark in _BREAKS) + 1


@lru_cache(maxsize=4096)
def _amounts(said: str) -> tuple[Quantity, ...]:
    return tuple(one for one in quantities(said) if one.unit and one.unit not in _NO_AMOUNTS)


def _about(said: str) -> str:
    """A folded clause without its amounts and the words of any limit."""
    for one in reversed(_amounts(said)):
        said = f"{said[: one.start]} {said[one.end :]}"
    return _OF_ANY.sub(" ", said)


# -- whether two are of one thing ------------------------------------------------------------------


def _are_apart(text: str, one: _Due, other: _Due) -> bool:
    """Whether two limits stand in two sentences; one sentence tells apart what is due on several days."""
    first, second = sorted((one.phrase, other.phrase), key=lambda span: span.start)
    return re.search("[。\n]", text[first.end : second.start]) is not None


def _contradict(one: _Due, other: _Due) -> bool:
    """Whether two limits are of one thing and of two days; one of them stands outside of tasks, which differ."""
    if one.day == other.day or one.part or other.part:
        return False
    if one.task is not None and other.task is not None and one.task.id == other.task.id:
        record, said = (one, other) if one.is_of_record else (other, one)
        return record.is_of_record and not said.is_of_record and _goes_beyond(record, said)
    if _are_of_two_tasks(one.task, other.task) or not _share_a_thing(one, other):
        return False
    figures = {(each.value, each.unit) for each in one.amounts}
    if other.amounts and figures and figures.isdisjoint((a.value, a.unit) for a in other.amounts):
        return False
    if _is_short_for(one.about, other.about) or _is_short_for(other.about, one.about):
        return True
    return _is_told_by(one.about, f"{other.around} {other.about}") and _is_told_by(
        other.about, f"{one.around} {one.about}"
    )


def _share_a_thing(one: _Due, other: _Due) -> bool:
    """Whether the words of two have so much in common that they name one thing, that of an item being its title too."""
    first, second = _pairs(one.about), _pairs(other.about)
    if len(first & second) >= _FEWEST_SHARED:
        return True
    if not first & second:
        return False
    own, others = first | _pairs(one.title), second | _pairs(other.title)
    return len(own & others) >= _FEWEST_SHARED


def _goes_beyond(record: _Due, said: _Due) -> bool:
    """Whether a task says of itself another day than its limit: for the rest of it, or in a note below its list."""
    task = record.task
    if task is None:
        return False
    if said.summed is not None:
        return task.deadline is None or not task.deadline.ongoing
    if task.row:
        noted = any(one.covers(said.phrase) for one in task.beside)
        cells = (task.title, task.fields.get("measures"))
        wholes = (_whole(one.quote) for one in cells if one is not None)
        named = any(chinese_pairs(one) and _is_within(one, said.about) for one in wholes)
        around = f"{record.around} {_whole(task.title.quote)}"
        return noted and named and not said.rest and _is_within(said.about, around)
    return said.rest and said.day > record.day and _is_within(said.own, record.around)


def _is_said_of_row(parsed: ParsedDocument, table: FigureTable, row: _Due, other: _Due) -> bool:
    """Whether a limit of the text is that of a row of a table, to another day: it names it and nothing beside it."""
    if row.day == other.day or row.row is None:
        return False
    tabled = (span for one in parsed.tables for span in (one.span, *one.notes))
    if any(span.overlaps(other.phrase) for span in tabled):
        return False
    if not _is_within(row.about, other.named):
        return False
    names = (fold(one.name) for one in table.rows if one is not row.row)
    if any(name and name not in row.about and name in other.named for name in names):
        return False
    around = f"{row.around} {row.about}"
    if _is_within(other.own, around):
        return other.day > row.day or not other.rest
    works = any(_WORK_HEADS.search(one.name) for one in table.columns)
    if works or other.part or other.rest or other.is_of_record:
        return False
    return _is_the_project(row.about, other.own) and _is_within(other.behind, around)


def _is_the_project(name: str, said: str) -> bool:
    """Whether words name a project and nothing of it: 第一污水处理厂（3万吨/日）提标至准Ⅳ类, and no 配套管网 behind it."""
    bare = "".join(re.findall(r"[^\s,，]+", _ASIDE.sub("", said)))
    _, found, behind = bare.partition("".join(_OF_ANY.sub("", name).split()))
    return bool(found) and _TO_WHAT.match(_OF_PROJECTS.sub("", behind)) is not None


def _is_short_for(about: str, other: str) -> bool:
    """Whether some words are how a longer name ends: 水源地规范化建设 of 乡镇集中式饮用水水源地规范化建设."""
    short = about.strip(" ,")
    return len(short) >= _SHORTEST_NAME and other.strip(" ,").endswith(short)


def _whole(cell: str) -> str:
    """What a problem or measure of a row is about: 南岭矿山复绿 of 南岭矿山未复绿."""
    return _about(re.sub("[未不]", "", fold(_ASIDE.sub("", cell))))


def _are_of_two_tasks(one: Task | None, other: Task | None) -> bool:
    """Whether both are tasks: an item of a report that only says who has to do it is none."""
    if one is None or other is None:
        return False
    return sum(not (task.row or task.labelled or task.deadline) for task in (one, other)) != 1


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(chinese_pairs(text))


def _is_told_by(about: str, other: str) -> bool:
    """Whether another text says some words, or says them of one of several things that they name."""
    listed = _LISTED.match(about)
    names = listed["list"].split("、") if listed else []
    return _is_within(about, other) or any(
        len(name.strip()) >= _SHORTEST_ROW and _is_within(f"{name}{rest}", other)
        for name in names
        for rest in [listed["rest"] if listed else ""]
    )


def _is_within(about: str, other: str) -> bool:
    """Whether every character of some words stands in another text beside one that it stands beside here."""
    known = pairs(other)
    for run in re.findall(r"[\u4e00-\u9fffa-z\d.]{2,}", about):
        held = {
            at + step for at in range(len(run) - 1) if run[at : at + 2] in known for step in (0, 1)
        }
        if any(at not in held and mark not in _LOOSE for at, mark in enumerate(run)):
            return False
    return True
