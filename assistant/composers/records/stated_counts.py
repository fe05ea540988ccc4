"""A number that the text states, beside the number of entries that it really has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.composers.wording import cite, flat, heading_span, joint_span, row_name
from assistant.draft import Block, Draft, Statement, bullets, paragraph
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.stated_counts import StatedCount, asked_count
from ingest.numerals import parse_number
from ingest.records import ParsedDocument, SourceDocument, Span, Task
from prompts import phrase

_NUMBER = r"(\d{1,3}|[一二三四五六七八九十]{1,3})(?:个|项|条|件)"
# What the list of annexes says of a list of all tasks: 附件：1.问题整改措施清单（17项）.
_ANNEXED = re.compile(
    rf"(?:问题|任务|整改|措施|事项)[\u4e00-\u9fff]{{0,6}}(?:清单|台[账帐])[（(]共?{_NUMBER}[)）]"
)
_TOTAL = re.compile(
    rf"共(?:有|列|安排|计|收|认领|梳理|发现|查出|排查出?|检查|交办|突出|问题|整改任务|整改)*{_NUMBER}(?:问题|任务|事项|整改)?"
)
# 指出我市存在4个方面11个问题, 发现环境问题9个
_SO_MANY = r"(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})[个项条]"
ANNOUNCED = re.compile(
    rf"(?:指出|反馈|提出|交办|指向|涉及|存在|梳理|分解)[^。；;，,\n]{{0,16}}?{_SO_MANY}(?:具体|突出|整改|重点)?(?:问题|任务|事项)"
    rf"|(?:发现|查出|指出|存在)[^。；;，,\n\d]{{0,8}}问题(?:共|共计|合计)?{_SO_MANY.replace('number', 'behind')}(?=[。；;，,\n])"
)
# Marks that a line may begin with before the word in brackets: （滞后）①….
_LINE_START = r"(?m)^[ \t　]*[-·●■▲]?[（(\[【〔]"


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a document says there is, and what it has."""

    parsed: ParsedDocument
    stated: Span
    number: int
    listed: tuple[tuple[str, tuple[Span, ...]], ...]


class StatedCountComposer:
    """Answers how many entries a document announces and how many it lists, citing both."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def draft(self, query: Query) -> Draft | None:
        """Both numbers for each document that states one; None where none does or nothing is listed."""
        asked = asked_count(query)
        if asked is None:
            return None
        found = (list(self._counted(one, asked)) for one in self._library.within(query.documents))
        blocks = [block for counted in found if counted for block in self._worded(counted)]
        return Draft(tuple(blocks)) if blocks else None

    def _counted(self, parsed: ParsedDocument, asked: StatedCount) -> Iterator[_Counted]:
        """What the text states first and, of all tasks, what the name of an annex states."""
        source = parsed.source
        listed = _listed(parsed, asked)
        kind = "|".join(asked.words)
        of_kind = re.compile(rf"(?:{kind})[^\d,，。;；\n]{{0,6}}{_NUMBER}") if kind else None
        covering = [one.span for one in parsed.tasks if one.labelled]
        all_tasks = ((_TOTAL, ANNOUNCED), (_ANNEXED,))
        for patterns in ((of_kind,),) if of_kind is not None else all_tasks:
            matches = (match for one in patterns for match in one.finditer(source.text))
            for match in matches:
                span = source.span(match.start(), match.end())
                number = parse_number(match.group(1))
                if number and listed and not any(one.covers(span) for one in covering):
                    yield _Counted(parsed, span, number, tuple(listed))
                    break

    def _worded(self, counted: Sequence[_Counted]) -> list[Block]:
        """Each number that a document states, and the entries beside which all of them are set."""
        source = counted[0].parsed.source
        items = (
            Statement(said, cite(self._library, source, *spans), computed=(said,))
            for said, spans in counted[0].listed
        )
        return [*(paragraph(self._stated(one)) for one in counted), bullets(*items)]

    def _stated(self, one: _Counted) -> Statement:
        source = one.parsed.source
        text = phrase(
            "stated_count" if one.number == len(one.listed) else "stated_count_differs",
            title=source.title,
            stated=flat(one.stated.quote),
            count=len(one.listed),
        )
        return Statement(text, cite(self._library, source, one.stated), computed=(text,))


def _listed(parsed: ParsedDocument, asked: StatedCount) -> list[tuple[str, tuple[Span, ...]]]:
    """The entries of the kind: tasks whose progress or row says so, else lines marked with it."""
    source = parsed.source
    tasks = [(task, _saying(source, task, asked.words)) for task in parsed.tasks]
    kept = [(task, span) for task, span in tasks if span is not None or not asked.words]
    if kept:
        return [(row_name(task), _proof(source, task, span)) for task, span in kept]
    return [(flat(line.quote), (line,)) for line in _marked_lines(source, asked.words)]


def _proof(source: SourceDocument, task: Task, saying: Span | None) -> tuple[Span, ...]:
    """A task's heading, and the progress it is counted by with the cell that sorts it."""
    if saying is None:
        return (heading_span(source, task),)
    told = [task.status, saying] if task.status else [saying]
    return (heading_span(source, task), *joint_span(source, told))


def _saying(source: SourceDocument, task: Task, words: Sequence[str]) -> Span | None:
    """The words that put a task into the kind: the cell of a row, or a progress that begins with them."""
    if not words:
        return None
    kind = "|".join(words)
    cell = re.search(rf"[\t|]\s*({kind})\s*(?=[\t|\n]|$)", task.span.quote) if task.row else None
    if cell is not None:
        return source.span(task.span.start + cell.start(1), task.span.start + cell.end(1))
    said = task.status is not None and re.match(rf"(?:已)?(?:{kind})", task.status.quote)
    return task.status if said else None


def _marked_lines(source: SourceDocument, words: Sequence[str]) -> list[Span]:
    marked = re.compile(rf"{_LINE_START}(?:{'|'.join(words)})[）)\]】〕][^\n]+")
    return [source.span(match.start(), match.end()) for match in marked.finditer(source.text)]
