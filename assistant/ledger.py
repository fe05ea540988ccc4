"""The ledger: every task of every document as records, filtered by exact rules.

“哪些任务由区水务局牵头、已经过期” is a question about records. Only a filter over all of them can say that
its list is complete, which no search for similar passages can.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.errors import UsageError
from assistant.row_persons import persons_of
from assistant.units import matches, named_from_within
from ingest.records import Deadline, Measure, ParsedDocument, SourceDocument, Span, Task, Unit
from ingest.remarks import progress_told, remarks

# A status that begins like this and goes on to acceptance or nothing reports a task as done. Anything else
# (基本完成, 已完成检查98家) is left to the reader, because a wrong “done” hides a task that somebody has to chase.
_DONE = re.compile(
    r"(?:目前)?(?:均|全部|已全部)?(?:已|已经)?(?:按期|如期)?(?:完成整改|整改完成|完成销号|完成|办结|销号|整改到位|消除|完工)"
    r"(?:[，,、并]?(?:已)?(?:通过|待|正在|等待|申请|[未拟]|尚未)?(?:验收|销号|核查|审核)+)?"
    # The date in brackets, or the heading that the task stands under: 已完成整改的任务（8项）.
    r"(?:的?(?:任务|问题|事项|项目))?(?:[（(][^（()）]*[)）])?[。；;.]?$"
)


# A result told in a sentence (9月18日完工…1月9日通过市级核查销号) counts where nothing in it is left open.
_SETTLED = re.compile(r"完成整改|整改完成|通过.{0,8}(?:核查|验收|销号)|\d日(?:已)?(?:完成)?销号")
# Below the heading 办结日期 a day says that it was done.
_DAY_ALONE = re.compile(r"(?:(?:19|20)\d{2}[年./-])?\d{1,2}[月./-]\d{1,2}日?")
_LEFT = re.compile(r"尚未|未完|正在|剩余|还有|还剩|推进中|整改中|序时")
_OPEN = re.compile(r"未|正在|滞后|剩余|还有|序时|推进中|整改中|%")


_BEGUN = re.compile(r"(?:陆续|逐步|择机|适时|全面|正式)?(?:开工|动工|开建|启动)")


class Role(StrEnum):
    """What a unit or a person has to do with a task."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    ACCEPTANCE = "acceptance"
    SUPERVISING = "supervising"
    COOPERATING = "cooperating"
    LEADER = "leader"


class Reported(StrEnum):
    """What a document says of a task's progress, in its own words; never inferred from a date."""

    DONE = "done"
    NOT_DONE = "not_done"  # asked for only: whatever is not reported as done
    NOT_CLOSED = "not_closed"  # asked for only: whatever is not reported as closed
    RUNNING = "running"
    CLOSED = "closed"  # asked for only, of documents that tell what was closed from what is done
    UNCLOSED = "unclosed"  # asked for only: reported as done, and not that it was closed
    NOT_STARTED = "not_started"
    BEHIND = "behind"
    NOT_BEHIND = "not_behind"  # asked for only: whatever is reported in any other way


# That it was closed, and not that it is to be: 4月28日销号, 已于5月12日公示销号.
_WAS_CLOSED = re.compile(
    r"(?:\d[日号]|已(?:经|于)?)[^,，。；;未待拟前]{0,10}?(?:通过|完成|公示|批准|予以|正式)*(?:销号|核销)(?!申请|材料|资料|程序|手续|条件)"
)
# 待销号: nothing is left to do, and it only waits to be closed.
_TO_BE_CLOSED = re.compile(r"^(?:待|等待?|拟|申请|报请)(?:验收|核查)?(?:销号|核销)")
_CLOSED = re.compile(r"(?<![待未拟不请理可])(?:销号|核销)")
_REPORTED = (
    (Reported.NOT_STARTED, re.compile(r"^(?:尚|还|目前)*未(?:启动|开工|动工|开始)")),
    (
        Reported.BEHIND,
        re.compile(
            r"^(?:已|严重|明显|轻微|略有?)?(?:超期|逾期|滞后)|[（(]已?(?:超期|逾期|滞后)[)）]|未达到?(?:时序|序时)|(?:进[度展]|推进)(?:明显|严重|相对|比较|较为)?(?:滞后|落后|偏慢|较慢)|缓慢"
        ),
    ),
    (
        Reported.RUNNING,
        re.compile(
            r"(?:整改|治理|整治|办理|施工|建设)中|正在|推进|进行中|在办|达到?(?:时序|序时)进度"
        ),
    ),
)


class Order(StrEnum):
    """How a list of tasks is sorted."""

    DOCUMENT = "document"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class TaskEntry:
    """A task together with the document it stands in."""

    document: SourceDocument
    task: Task

    @property
    def limit(self) -> Deadline | None:
        """The time limit this task is filtered by.

        Its own where it has one. Items without a stated limit (the numbered points of a plan) take the
        latest of their measures' limits, because they are done when the last measure is. A stated limit
        that is no date (按序时进度推进) is never replaced by a measure's.
        """
        if self.task.deadline is not None or "deadline" in self.task.fields:
            return self.task.deadline
        deadlines = (d for measure in self.task.measures for d in measure.deadlines)
        return _latest([one for one in deadlines if not is_begun_within(one)])

    @property
    def limit_is_from_measures(self) -> bool:
        return self.task.deadline is None and self.limit is not None

    @property
    def limit_wording(self) -> Span | None:
        """The limit as the document writes it, also where it is no date."""
        limit = self.limit
        return limit.phrase if limit is not None else self.task.fields.get("deadline")

    @property
    def due(self) -> dt.date | None:
        """The last day of the limit; for an ongoing task the end of its stage."""
        return self.limit.latest if self.limit is not None else None

    @property
    def ongoing(self) -> bool:
        return self.limit is not None and self.limit.ongoing

    def overdue(self, on: dt.date) -> bool:
        """Whether the limit has passed on a day of what is not reported as done; that does not mean it was not met."""
        return self.reported is not Reported.DONE and self.passed(on)

    def passed(self, on: dt.date) -> bool:
        """Whether the limit has passed on a day, be the task done or not.

        That of a task of which a part has no date yet has not; one that its document calls overdue is so from its last
        day. In a report of what was done, dates in the text of unlabelled items are events or old limits.
        """
        if self.due is None or self.due > on:
            return False
        if self.due == on:
            return self.task.state is not None and "逾期" in self.task.state.quote
        if self.limit is not None and self.limit.undetermined:
            return False
        return not (self.document.reports_progress and self.limit_is_from_measures)

    @property
    def reported(self) -> Reported | None:
        """The progress the document reports, None where it reports none or in other words.

        What the remarks of a row say was closed is done, whatever was built for it: 隔油池建成4座, 5月12日公示销号.
        """
        told = reported_by(self.task.state.quote) if self.task.state is not None else None
        if told is Reported.DONE and (left := _measures_left(self.task)):
            return reported_by(left[0].states[0].quote)
        if told is None and any(_WAS_CLOSED.search(one.quote) for one in remarks(self.task)):
            return Reported.DONE
        return told

    def is_reported(self, asked: Reported) -> bool:
        """Whether the document reports the progress asked for."""
        if asked is Reported.NOT_DONE:
            return self.reported is not Reported.DONE
        if asked in (Reported.CLOSED, Reported.NOT_CLOSED):
            return self.closed is (asked is Reported.CLOSED)
        if asked is Reported.NOT_BEHIND:
            return self.task.state is not None and self.reported is not Reported.BEHIND
        if asked is Reported.UNCLOSED:
            return not self.closed and (self.reported is Reported.DONE or self.waits_for_closing)
        return self.reported is asked

    @property
    def waits_for_closing(self) -> bool:
        """Whether the state of the task is that it only has to be closed."""
        return any(_TO_BE_CLOSED.match(one.quote) for one in self.task.reported)

    @property
    def closed(self) -> bool:
        """Whether the document says that the task was closed, be it in the remarks of its row."""
        return any(_CLOSED.search(one.quote) for one in progress_told(self.task))


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Conditions on tasks, all of which must hold; a field left at its default asks nothing.

    `documents` are paths: None is every document and an empty tuple is no document at all, so that a
    name which resolves to nothing cannot turn into a search of everything. `unit` is matched in `role`,
    or in any role; a role without a unit asks that somebody is named in it; with `Role.LEADER` the unit
    is a person. `due_before` and `due_after` include the day itself. `overdue_on` is the day to judge by.
    Every word of `text` must occur in the task.
    """

    documents: tuple[str, ...] | None = None
    unit: str = ""
    role: Role | None = None
    leader: str = ""
    due_before: dt.date | None = None
    due_after: dt.date | None = None
    overdue_on: dt.date | None = None
    ongoing: bool | None = None
    text: str = ""
    labelled: bool | None = None


class Ledger:
    """The tasks of all ingested documents, in the order of the documents and of their text."""

    def __init__(self, documents: Sequence[ParsedDocument]) -> None:
        self._entries = tuple(
            TaskEntry(document.source, task) for document in documents for task in document.tasks
        )

    def tasks(
        self, wanted: TaskFilter | None = None, sort: Order = Order.DOCUMENT
    ) -> tuple[TaskEntry, ...]:
        """Every task that meets the filter, and no other."""
        conditions = _conditions(wanted or TaskFilter())
        found = [entry for entry in self._entries if all(holds(entry) for holds in conditions)]
        if sort is Order.DEADLINE:
            found.sort(key=lambda entry: (entry.due is None, entry.due or dt.date.max))
        return tuple(found)


def meets(entry: TaskEntry, wanted: TaskFilter) -> bool:
    """Whether one task meets a filter."""
    return all(holds(entry) for holds in _conditions(wanted))


def units_in_role(task: Task, role: Role) -> tuple[Unit, ...]:
    """The units a task names in a role.

    A measure's own units are responsible for it, so they count as responsible for its task.
    """
    own = own_units(task, role)
    return own + measure_units(task) if role is Role.RESPONSIBLE else own


def own_units(task: Task, role: Role) -> tuple[Unit, ...]:
    """The units that a task itself names in a role, without those of its measures."""
    by_role = {
        Role.LEAD: task.lead_units,
        Role.RESPONSIBLE: task.responsible_units,
        Role.COOPERATING: task.cooperating_units,
        Role.ACCEPTANCE: task.acceptance_units,
        Role.SUPERVISING: task.supervising_units,
    }
    return by_role.get(role, ())


def measure_units(task: Task) -> tuple[Unit, ...]:
    """The units named at the measures of a task, in text order."""
    return tuple(unit for measure in task.measures for unit in measure.units)


_Condition = Callable[[TaskEntry], bool]


def _conditions(wanted: TaskFilter) -> list[_Condition]:
    conditions = [*_date_conditions(wanted)]
    documents = wanted.documents
    if documents is not None:
        conditions.append(lambda entry: entry.document.path in documents)
    if wanted.unit or wanted.role is not None:
        conditions.append(lambda entry: _has_unit(entry, wanted.unit, wanted.role))
    if wanted.leader:
        conditions.append(lambda entry: _has_leader(entry.task, wanted.leader))
    if wanted.ongoing is not None:
        conditions.append(lambda entry: entry.ongoing is wanted.ongoing)
    if wanted.labelled is not None:
        conditions.append(lambda entry: entry.task.labelled is wanted.labelled)
    if wanted.text:
        words = [_folded(word) for word in wanted.text.split()]
        conditions.append(lambda entry: _has_words(entry, words))
    return conditions


def _date_conditions(wanted: TaskFilter) -> list[_Condition]:
    conditions: list[_Condition] = []
    before, after, overdue_on = wanted.due_before, wanted.due_after, wanted.overdue_on
    if before is not None:
        conditions.append(lambda entry: entry.due is not None and entry.due <= before)
    if after is not None:
        conditions.append(lambda entry: entry.due is not None and entry.due >= after)
    if overdue_on is not None:
        conditions.append(lambda entry: entry.overdue(overdue_on))
    return conditions


def _has_unit(entry: TaskEntry, asked: str, role: Role | None) -> bool:
    task = entry.task
    if role is Role.LEADER:
        return _has_leader(task, asked)
    roles = tuple(Role) if role is None else (role,)
    named = [unit for each in roles for unit in units_in_role(task, each)]
    if not asked:
        return bool(named)
    within = named_from_within(asked, entry.document)
    if not within and named:
        return True
    if within not in ("", asked) and any(matches(within, unit) for unit in named):
        return True
    # With no role asked for, a person's name typed for a unit is answered as it was meant.
    return any(matches(asked, unit) for unit in named) or (
        role is None and _has_leader(task, asked)
    )


def _measures_left(task: Task) -> list[Measure]:
    """The measures of a row, each with a row of its own that tells its state, which are not done yet."""
    told = [one for one in task.measures if task.row and one.states]
    return [one for one in told if reported_by(one.states[0].quote) is not Reported.DONE]


def _has_leader(task: Task, asked: str) -> bool:
    wanted = _folded(asked)
    return any(wanted in ("", _folded(name)) for name in persons_of(task))


def _has_words(entry: TaskEntry, words: Sequence[str]) -> bool:
    text = _folded(f"{entry.task.title.quote}\n{entry.task.words}")
    return all(word in text for word in words)


def is_begun_within(deadline: Deadline) -> bool:
    """Whether something is only begun within a period, of whose end nothing is due: “十四五”期间开工建设."""
    behind = deadline.clause.quote[deadline.phrase.end - deadline.clause.start :]
    return "期" in deadline.phrase.quote and _BEGUN.match(behind) is not None


def _latest(deadlines: Sequence[Deadline]) -> Deadline | None:
    dated = [deadline for deadline in deadlines if deadline.latest is not None]
    if dated:
        return max(dated, key=lambda deadline: deadline.latest or dt.date.min)
    return deadlines[0] if deadlines else None


def reported_by(words: str) -> Reported | None:
    """The progress that the words of a document report; None where they are others."""
    said = "".join(words.split())
    if _says_done(said):
        return Reported.DONE
    return next((kind for kind, pattern in _REPORTED if pattern.search(said)), None)


def _says_done(said: str) -> bool:
    first, rest = _clauses(said)
    return (
        _DONE.match(said) is not None
        # 已完成，6月13日镇级验收: what follows tells of it, unless something is still left.
        or (_DONE.match(first) is not None and _LEFT.search(rest) is None)
        or _DAY_ALONE.fullmatch(said) is not None
        or (_SETTLED.search(said) is not None and _OPEN.search(said) is None)
    )


def _clauses(said: str) -> tuple[str, str]:
    """The first clause of a state, and the rest."""
    first, *rest = re.split("[，,；;]", said, maxsplit=1)
    return first, "".join(rest)


def _folded(text: str) -> str:
    """Text for comparing: width folded, lower case, without any white space."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def resolve_document(name: str, documents: Sequence[ParsedDocument]) -> tuple[str, ...]:
    """The paths of the documents a person means by a name.

    A path, file name or document number comes first, then a region or another way of writing it, then a
    part of a title or path; the first of these that any document meets decides.

    Raises:
        UsageError: no document goes by the name; the message lists those there are.
    """
    wanted = _folded(name).replace("\\", "/")
    tests: tuple[Callable[[SourceDocument], bool], ...] = (
        lambda source: (
            wanted in _exact_names(source) or wanted.endswith("/" + _folded(source.path))
        ),
        lambda source: wanted in _regions(source),
        # One character (区) would be a part of almost every title.
        lambda source: len(wanted) > 1 and wanted in _folded(f"{source.title}\n{source.path}"),
        lambda source: any(region in wanted for region in _regions(source)),
    )
    for test in tests:
        found = tuple(document.source.path for document in documents if test(document.source))
        if wanted and found:
            return found
    raise UsageError(f"没有名为“{name}”的文件。{_known(documents)}")


def _exact_names(source: SourceDocument) -> set[str]:
    path = _folded(source.path)
    file_name = path.rpartition("/")[2]
    stem = file_name.rpartition(".")[0] or file_name
    return {path, file_name, stem, _folded(source.title), _folded(source.document_number)} - {""}


def _regions(source: SourceDocument) -> set[str]:
    return {_folded(region) for region in (source.region, *source.region_aliases)} - {""}


def _known(documents: Sequence[ParsedDocument]) -> str:
    if not documents:
        return "还没有入库的文件，请先运行 duban ingest。"
    lines = (f"{document.source.path}（{document.source.title}）" for document in documents)
    return "已入库的文件：" + "、".join(lines)
