"""What the text below a list tells of a row, beside what the row itself says: 第1项经复核为11处, 第5项延期未批复.

A cell is read as the last word on its row where nothing says that it no longer is. So whoever is told a row hears what
the notes say of the same kind: of the limit with the limit, of another figure of the unit with the figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.composers.wording import cite, cite_task, flat, numbers_in, task_name
from assistant.draft import Block, Draft, Statement, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.proof.quantities import quantities
from assistant.query import DUTY_FIELDS, Field, Query
from assistant.row_verdicts import denial
from assistant.synonyms import with_synonyms
from assistant.vocabulary import asks
from assistant.words import pairs
from ingest.numerals import parse_number
from ingest.records import Span, Task
from ingest.row_notes import MARK, notes_on
from prompts import phrase
from vectorstore.folding import fold

# More rows are a list, of which each one's notes would be a second.
_MOST_ROWS = 3
_ASKS_NOTES = re.compile(
    r"(?:补充|附加|表[下后末]|文末|最后)?(?:说明|附注|表注|注释|注解|备注|注)(?:那?里|中|上|部分|那[块段栏])?(?:头|面|边)?(?:[^,，。；;?？]{0,12}第[^,，。；;?？]{1,4}[项号])?(?:是|又|还|都|另)*(?:咋|怎么|怎样|如何|有没有)?(?:写|说|讲|交代|提)(?:到|过)?(?:的|了)?(?:什么|啥|没有?|吗)?[?？]?$"
)
_NUMBERED = re.compile(r"第\s*[\d一二三四五六七八九十、和及至]+\s*[项号件]")
_OF_TIME = re.compile(r"\d\s*[年月日]|[年月季]度?[底末]|延期|延[长至到后]|顺延|推迟|提前|时限|期限")
_OF_DUTY = re.compile(
    r"负责|牵头|落实|责任|包[保案]|配合|移交|改由|[局委办会科室所站]验收|[局委办会科室所站]复核"
)
_OF_REASON = re.compile(r"因[\u4e00-\u9fff]|由于|受[^,，]{1,10}影响|待[\u4e00-\u9fff]|纠纷|争议")
_OF_STATE = re.compile(r"[未尚已待暂]|批[复准]|滞后|完成|启动|取消|合并|移[出交]")


class RowNotes:
    """Tells with an answer about single rows what the notes below their list say to it."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def told_in(self, query: Query, draft: Draft) -> Draft:
        """An answer with the notes on the rows that it tells of, where they concern what it tells."""
        entries = [] if draft.refused else self._rows_told(query, draft)
        asked = _ASKS_NOTES.search(query.text) is not None
        if asked and query.refers_back:
            entries = _nearest(query.context, entries)
        if not 0 < len(entries) <= _MOST_ROWS:
            return draft
        if asked and len(entries) == 1 and (notes := notes_on(entries[0].task)):
            return replace(draft, blocks=tuple(self._block(entries[0], one) for one in notes))
        # One note may be on several of the rows.
        untold = {
            note: self._block(entry, note)
            for entry in entries
            for note in self._untold(query, entry, draft)
        }
        denied = [one for entry in entries for one in self._denied(entry, draft)]
        return replace(draft, blocks=(*draft.blocks, *denied, *untold.values()))

    def _rows_told(self, query: Query, draft: Draft) -> list[TaskEntry]:
        """The rows that the answer cites, in its order."""
        found: dict[str, TaskEntry] = {}
        for statement in draft.statements():
            for one in statement.evidence:
                task = self._library.place(one.document.path, one.span.start).task
                if task is not None and task.row and _is_asked(query, task):
                    found.setdefault(task.id, TaskEntry(one.document, task))
        return list(found.values())

    def _untold(self, query: Query, entry: TaskEntry, draft: Draft) -> Iterator[Span]:
        """The notes that neither the words of the answer nor its evidence have."""
        told = _words(draft)
        cited = [one.span for said in draft.statements() for one in said.evidence]
        for note in notes_on(entry.task):
            known = any(_bare(note) in text for text in told) or any(map(note.covers, cited))
            if not known and _concerns(query, entry.task, note, told):
                yield note

    def _denied(self, entry: TaskEntry, draft: Draft) -> Iterator[Block]:
        """That what a row is about was found not to be so, where the answer does not say it."""
        cell = denial(entry.task)
        if cell is None or any(cell.quote.strip() in text for text in _words(draft)):
            return
        head = next(head for head, own in entry.task.columns.items() if own == cell)
        name = task_name(entry.task)
        text = phrase("task_field", task=name, fields=f"{head}为{flat(cell.quote)}")
        evidence = cite_task(self._library, entry, entry.task.title, cell)
        yield paragraph(Statement(text, evidence, computed=numbers_in(name)))

    def _block(self, entry: TaskEntry, note: Span) -> Block:
        text = phrase("row_note", said=_bare(note))
        return paragraph(Statement(text, cite(self._library, entry.document, note)))


def _words(draft: Draft) -> list[str]:
    """All that an answer says, its tables included."""
    return [text for one in draft.statements() for text in (one.text, *one.cells)]


def _nearest(context: str, entries: Sequence[TaskEntry]) -> list[TaskEntry]:
    """The row that has the most of what was asked and answered before."""
    before = pairs(context)
    return sorted(entries, key=lambda entry: -len(before & pairs(fold(entry.task.span.quote))))[:1]


def _is_asked(query: Query, task: Task) -> bool:
    """Whether a row has the number asked for, where one is."""
    return not query.task_numbers or parse_number(task.number) in query.task_numbers


def _concerns(query: Query, task: Task, note: Span, told: Sequence[str]) -> bool:
    """Whether a note says something to what the question asks, or another figure of a kind that the answer has."""
    said = fold(_NUMBERED.sub(" ", note.quote))
    if _ASKS_NOTES.search(query.text):
        return True
    filled = {role for role, line in task.fields.items() if note.covers(line)}
    if filled and not any(field.value in filled for field in query.fields):
        return False  # what the record has of it is not asked for
    if Field.DEADLINE in query.fields and _OF_TIME.search(said):
        return True
    if asks("operations", "reason", query.text) and _OF_REASON.search(said):
        return True
    if query.fields & DUTY_FIELDS and _OF_DUTY.search(said):
        return True
    if (Field.STATUS in query.fields or query.asks_confirmation) and _OF_STATE.search(said):
        return True
    answer = fold("".join(told))
    beside = set(fold(task.title.quote)) | set(answer)
    asked = (one for one in pairs(with_synonyms(query.topic)) if not beside.issuperset(one))
    if any(one in said for one in asked):
        return True
    if query.fields and query.fields <= DUTY_FIELDS:
        return False
    units = {one.unit for one in quantities(said)}
    return any(one.unit in units for one in quantities(answer))


def _bare(note: Span) -> str:
    """A note for reading, without the mark of its item and its last point."""
    return MARK.sub("", flat(note.quote), count=1).rstrip("。；;，,")
