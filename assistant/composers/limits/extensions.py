"""Whether a task was put off, and whether that was granted: 第5项批准延期了没, 管网那项已经批到9月底了吧."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.composers.limits.changed_limits import ChangedLimits
from assistant.composers.records.fields import FieldComposer
from assistant.composers.records.row_notes import RowNotes
from assistant.draft import Draft, own_words, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Field, Query
from assistant.synonyms import with_synonyms
from assistant.understanding.topic import specific_words
from assistant.words import pairs
from ingest.numerals import parse_number
from prompts import phrase
from vectorstore.folding import fold

_PUT_OFF = re.compile(
    r"延期|延[长后到至迟]|延[\d一二两三四五六七八九十半几]+个?[天日月周年]|宽限|顺延|推迟|展期"
)
_GRANTED = re.compile(r"批(?:准|复|下|了|没|过|给)|同意|获批|准(?:了|许)|(?<!待)批(?=[到延])")
_PENDING = re.compile(r"(?:[未没待等]|正在)[^，,。；;]{0,8}(?:批|同意|答复)")
_ASKS_WHICH = re.compile(r"哪[几些]|多少|几[项个条件]")
# Pairs of characters that a row has to share with the question to be the one meant.
_FEWEST_SHARED = 3


class ExtensionComposer:
    """Answers whether a task was put off from the row that speaks of it and the notes on that row."""

    def __init__(self, library: Library, fields: FieldComposer) -> None:
        self._library = library
        self._fields = fields
        self._changed = ChangedLimits(library)
        self._notes = RowNotes(library)

    def draft(self, query: Query) -> Draft | None:
        """The limit of the row asked about and what is told of another; None where no single row speaks of one."""
        asked = _PUT_OFF.search(query.text) and not _ASKS_WHICH.search(query.text)
        if not asked or not (query.asks_confirmation or _GRANTED.search(query.text)):
            return None
        entry = self._meant(query)
        if entry is None:
            return None
        of_limit = replace(query, fields=frozenset({Field.DEADLINE}))
        blocks, answered = self._fields.blocks(of_limit, entry, (), of_whole=True)
        if Field.DEADLINE not in answered:
            return None
        told = self._changed.told_in(of_limit, (entry,), Draft(tuple(blocks)))
        told = self._notes.told_in(of_limit, told)
        if not _PUT_OFF.search(entry.task.words):
            return replace(told, blocks=(paragraph(own_words(phrase("not_put_off"))), *told.blocks))
        granted = query.asks_confirmation and _GRANTED.search(query.text)
        if granted and _PENDING.search("".join(one.text for one in told.statements())):
            told = replace(told, blocks=(paragraph(own_words(phrase("not_granted"))), *told.blocks))
        return told

    def _meant(self, query: Query) -> TaskEntry | None:
        """The row with the number asked for or a word of its own, or that of those put off with most of the question."""
        entries = [
            TaskEntry(parsed.source, task)
            for parsed in self._library.within(query.documents)
            for task in parsed.tasks
            if task.row
        ]
        if query.task_numbers:
            return self._told_alone([
                one for one in entries if parse_number(one.task.number) in query.task_numbers
            ])
        words = specific_words(query)
        titled = [
            one for one in entries if any(word in fold(one.task.title.quote) for word in words)
        ]
        if len(titled) == 1:
            return self._told_alone(titled)
        put_off = [one for one in entries if _PUT_OFF.search(one.task.words)]
        asked = pairs(with_synonyms(_PUT_OFF.sub(" ", query.topic)))
        shares = [len(asked & pairs(fold(entry.task.words))) for entry in put_off]
        best = max(shares, default=0)
        if best < _FEWEST_SHARED or shares.count(best) > 1:
            return None
        return put_off[shares.index(best)]

    def _told_alone(self, entries: Sequence[TaskEntry]) -> TaskEntry | None:
        """The only row there is, unless the text around its list may speak of its delay."""
        if len(entries) != 1:
            return None
        (entry,) = entries
        tasks = self._library[entry.document.path].tasks
        elsewhere = any(
            _PUT_OFF.search(one.quote) and not any(one.start in task for task in tasks)
            for one in self._library[entry.document.path].sentences
        )
        return None if elsewhere and not _PUT_OFF.search(entry.task.words) else entry
