"""What one task says in a list: display values, a remark on its time limit, and a citation per value."""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.ledger import TaskEntry, measure_units
from assistant.origin import with_origin
from ingest.dates import chinese_date
from ingest.records import Measure, SourceDocument, Span, Task, Unit
from ingest.vocabulary import load_vocabulary

SECTION_SEPARATOR = " > "
NOT_KNOWN_DONE = "时限已过（文件未载明是否完成）"
STAGE_PASSED = "阶段时限已过，长期坚持"


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure of a task as it is shown."""

    number: str
    text: str
    units: tuple[str, ...]
    time_limits: tuple[str, ...]
    citation: Citation
    progress: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task as it is shown.

    `time_limit` is as written, `due` its last day (None where the text fixes none), `hint` what to know
    about limit and status on the day the row was made for, `review` what could not be read with certainty. `citation` proves the title, `citations` the
    other values by the name of their field here; a value without an entry is empty.
    """

    id: str
    document: str
    document_title: str
    number: str
    title: str
    problem: str
    leaders: tuple[str, ...]
    lead_units: tuple[str, ...]
    responsible_units: tuple[str, ...]
    measure_units: tuple[str, ...]
    cooperating_units: tuple[str, ...]
    acceptance_units: tuple[str, ...]
    supervising_units: tuple[str, ...]
    target: str
    time_limit: str
    due: dt.date | None
    ongoing: bool
    overdue: bool
    hint: str
    citation: Citation
    citations: dict[str, tuple[Citation, ...]]
    measures: tuple[MeasureRow, ...]
    review: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """Where the task stands, for reading: path, headings, page, character offsets."""
        return f"{self.document}；{self.place}"

    @property
    def place(self) -> str:
        """Where in its document the task stands."""
        cited = self.citation
        page = f"第{cited.page}页；" if cited.page is not None else ""
        section = f"{cited.section}；" if cited.section else ""
        return f"{section}{page}字符{cited.start}–{cited.end}"


def task_rows(entries: Iterable[TaskEntry], as_of: dt.date) -> tuple[TaskRow, ...]:
    """The rows for some entries of the ledger, judged on a day."""
    return tuple(_task_row(entry, as_of) for entry in entries)


def cite(document: SourceDocument, path: Sequence[str], span: Span, number: int = 1) -> Citation:
    """The citation of a span that stands under the headings of `path`."""
    page = bisect.bisect_right(document.pages, span.start) if document.pages else None
    section = SECTION_SEPARATOR.join(one_line(heading) for heading in path)
    return Citation(
        number,
        document.path,
        document.title,
        with_origin(section, document, span),
        span.quote,
        span.start,
        span.end,
        page or None,
    )


def one_line(text: str) -> str:
    """Text without its line breaks; between Latin words a break stands for a space."""
    if "\n" not in text:
        return text.strip()
    joined = re.sub(r"(?<=[!-~])[^\S\n]*\n\s*(?=[!-~])", " ", text.strip())
    return re.sub(r"[^\S\n]*\n\s*", "", joined)


def _task_row(entry: TaskEntry, as_of: dt.date) -> TaskRow:
    task, document = entry.task, entry.document
    own = {unit.name for unit in task.responsible_units}
    others = [unit for unit in measure_units(task) if unit.name not in own]
    return TaskRow(
        id=task.id,
        document=document.path,
        document_title=document.title,
        number=task.number,
        title=one_line(task.name),
        problem=_quote(task.problem),
        leaders=tuple(person.name for person in task.leaders),
        lead_units=_names(task.lead_units),
        responsible_units=_names(task.responsible_units),
        measure_units=_names(others),
        cooperating_units=_names(task.cooperating_units),
        acceptance_units=_names(task.acceptance_units),
        supervising_units=_names(task.supervising_units),
        target=_quote(task.target),
        time_limit=_without_label(_quote(entry.limit_wording)),
        due=entry.due,
        ongoing=entry.ongoing,
        overdue=entry.overdue(as_of),
        hint="；".join(_remarks(entry, as_of)),
        citation=cite(document, task.path, task.title),
        citations=_citations(entry),
        measures=tuple(_measure_row(document, task, measure) for measure in task.measures),
        review=task.review,
    )


def _measure_row(document: SourceDocument, task: Task, measure: Measure) -> MeasureRow:
    return MeasureRow(
        number=measure.number,
        text=one_line(measure.text.quote),
        units=_names(measure.units),
        time_limits=tuple(one_line(deadline.phrase.quote) for deadline in measure.deadlines),
        citation=cite(document, task.path, measure.span),
        progress=tuple(_report([one.span], one.as_of) for one in measure.progress),
    )


def _quote(span: Span | None) -> str:
    return one_line(span.quote) if span is not None else ""


def _without_label(line: str) -> str:
    """The value of a labelled line; a limit that is no date is known by its whole line only."""
    labels = sorted(load_vocabulary("labels")["deadline"], key=len, reverse=True)
    label = next((label for label in labels if line.startswith(label)), "")
    return line.removeprefix(label).lstrip("：: \u3000") if label else line


def _names(units: Iterable[Unit]) -> tuple[str, ...]:
    """Names without repeats; a former name in brackets is kept where the text writes it."""
    written = (
        one_line(unit.span.quote) if unit.span.quote.startswith(unit.name) else unit.name
        for unit in units
    )
    return tuple(dict.fromkeys(written))


def _citations(entry: TaskEntry) -> dict[str, tuple[Citation, ...]]:
    """The evidence of each value, numbered on from the title's citation."""
    found: dict[str, tuple[Citation, ...]] = {}
    number = 1
    for name, spans in _evidence(entry).items():
        cited = []
        for span in dict.fromkeys(spans):
            number += 1
            cited.append(cite(entry.document, entry.task.path, span, number))
        if cited:
            found[name] = tuple(cited)
    return found


def _evidence(entry: TaskEntry) -> dict[str, list[Span]]:
    """The spans behind each value: the labelled line where there is one, else the value itself."""
    task = entry.task
    limit = entry.limit
    whole = task.fields
    units = {
        "lead": task.lead_units,
        "responsible": task.responsible_units,
        "cooperating": task.cooperating_units,
        "acceptance": task.acceptance_units,
        "supervising": task.supervising_units,
    }
    evidence = {"leaders": _line(whole.get("leader"), [person.span for person in task.leaders])}
    for role, named in units.items():
        evidence[f"{role}_units"] = _line(whole.get(role), [unit.span for unit in named])
    evidence["measure_units"] = [unit.span for unit in measure_units(task)]
    evidence["problem"] = [task.problem] if task.problem else []
    evidence["target"] = _line(whole.get("target"), [task.target] if task.target else [])
    own = whole.get("deadline") if not entry.limit_is_from_measures else None
    evidence["time_limit"] = _line(own, [limit.clause] if limit else [])
    evidence["progress"] = [one.span for measure in task.measures for one in measure.progress]
    evidence["status"] = _line(whole.get("status"), [*task.reported] if task.status else [])
    return evidence


def _line(whole: Span | None, values: list[Span]) -> list[Span]:
    """The whole labelled line if it covers all values; a table cell's label may stand elsewhere."""
    if whole is not None and all(whole.covers(value) for value in values):
        return [whole]
    return values


def _remarks(entry: TaskEntry, as_of: dt.date) -> list[str]:
    remarks = [_time_remark(entry, as_of)]
    if entry.task.status is not None:
        remarks.append(f"文件载明：{_report(entry.task.reported, entry.task.status_as_of)}")
    for measure in entry.task.measures:
        name = f"措施{measure.number}" if measure.number else "措施"
        remarks += [f"{name}载明：{_report([one.span], one.as_of)}" for one in measure.progress]
    limit = entry.limit
    if limit is not None and limit.soft:
        remarks.append(f"原文为“{limit.soft}”")
    if limit is not None and limit.year_inferred:
        remarks.append("原文未写年份，按上下文推定")
    if entry.limit_is_from_measures:
        remarks.append("时限取自措施中最晚的一项")
    remarks.extend(f"请人工核对：{note}" for note in entry.task.review)
    return [remark for remark in remarks if remark]


def _report(told: Sequence[Span], as_of: dt.date | None) -> str:
    """What is reported, with the day it was true."""
    said = "；".join(one_line(one.quote) for one in told)
    return f"{said}（截至{chinese_date(as_of)}）" if as_of else said


def _time_remark(entry: TaskEntry, as_of: dt.date) -> str:
    limit = entry.limit
    if limit is None:
        return "未载明确定日期" if entry.limit_wording is not None else "未载明时限"
    if limit.latest is None:
        return _undated_remark(entry)
    if entry.document.reports_progress and entry.limit_is_from_measures:
        return "通报所载日期，办理情况见原文"
    if not limit.latest < as_of:
        return "长期坚持，阶段时限未到" if limit.ongoing else "时限未到"
    if limit.ongoing:
        return STAGE_PASSED
    # A status says more than we could: whether it was done is then the document's word, not ours.
    return "时限已过" if entry.task.status is not None else NOT_KNOWN_DONE


def _undated_remark(entry: TaskEntry) -> str:
    limit = entry.limit
    if limit is None:
        return ""
    if limit.undetermined:
        return "完成时间尚未确定"
    if limit.immediate:
        return "立即整改，未载明日期"
    if limit.relative:
        return "时限自事件起算，无固定日期"
    return "长期坚持" if limit.ongoing else "未载明确定日期"
