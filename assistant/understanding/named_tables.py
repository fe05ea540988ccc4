"""Which of several tables of a document a question means, by the words of its title and of its columns.

排口台账 means the table whose title or columns speak of 排口 and no other one's do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.library import Library
from assistant.query import Query
from assistant.synonyms import synonyms_of
from assistant.vocabulary import load_words
from assistant.words import pairs
from ingest.numerals import parse_number
from ingest.records import ParsedDocument, Span
from ingest.tables import heading_of_column
from vectorstore.folding import fold_query

_NUMBERED = re.compile(
    r"(?P<kind>附?表|台[账帐]|清单)\s*(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})"
)


@dataclass(frozen=True, slots=True)
class NamedTable:
    """A table by its title, what of the question names it, and whether its rows are tasks, with limits or without."""

    caption: Span
    words: tuple[str, ...]
    has_tasks: bool
    has_limits: bool


@dataclass(frozen=True, slots=True)
class _Table:
    caption: Span
    heads: frozenset[str]
    has_tasks: bool

    @property
    def words(self) -> str:
        """What names the table: its title, and the columns that are no field of a task."""
        own = sorted(
            head for head in self.heads if heading_of_column(head) in ("", "title", "problem")
        )
        caption = _NUMBERED.sub("", self.caption.quote)
        # The years and figures of a title stand in many questions.
        return re.sub(r"\d+", "，", fold_query("，".join([caption, *own])))


# Conditions, operation and selection all ask for it.
@lru_cache(maxsize=64)
def table_named(query: Query, library: Library) -> NamedTable | None:
    """The one table of the only document in scope that a question names; None where it names none or several."""
    documents = library.within(query.documents)
    if len(documents) != 1:
        return None
    parsed = documents[0]
    tables = _tables(parsed)
    if len(tables) < 2:
        return None
    if (numbered := _by_number(query.text, tables)) is not None:
        said = _NUMBERED.search(query.text)
        return _named(parsed, numbered, (said.group(),) if said else ())
    return _by_words(query, parsed, tables)


def _by_number(text: str, tables: Sequence[_Table]) -> _Table | None:
    asked = {parse_number(match["number"]) for match in _NUMBERED.finditer(text)}
    found = [
        one
        for one in tables
        if (own := _NUMBERED.match(one.caption.quote)) and parse_number(own["number"]) in asked
    ]
    return found[0] if len(found) == 1 else None


def _by_words(query: Query, parsed: ParsedDocument, tables: Sequence[_Table]) -> NamedTable | None:
    everyday = {
        pair for word in load_words("questions")["columns"]["of_all"] for pair in pairs(word)
    }
    title = pairs(fold_query(parsed.source.region))
    own = [pairs(one.words) - everyday - title for one in tables]
    counted = Counter(pair for words in own for pair in words)
    asked = pairs(" ".join([query.text, *synonyms_of(query.text)]))
    hits = [{pair for pair in words & asked if counted[pair] == 1} for words in own]
    best = max(map(len, hits))
    ahead = [i for i, found in enumerate(hits) if len(found) == best]
    if not best or len(ahead) > 1:
        return None
    return _named(parsed, tables[ahead[0]], _stretches(query.text, hits[ahead[0]]))


def _stretches(text: str, found: set[str]) -> tuple[str, ...]:
    """The stretches of a question that some of its pairs make up: 排口台 of 排口 and 口台."""
    marked = {i + k for i in range(len(text) - 1) if text[i : i + 2] in found for k in (0, 1)}
    runs = "".join(char if i in marked else " " for i, char in enumerate(text)).split()
    return tuple(dict.fromkeys(runs))


def _named(parsed: ParsedDocument, table: _Table, words: tuple[str, ...]) -> NamedTable:
    rows = [task for task in parsed.tasks if task.caption == table.caption]
    limits = any("deadline" in task.fields for task in rows)
    return NamedTable(table.caption, words, table.has_tasks, limits)


def _tables(parsed: ParsedDocument) -> list[_Table]:
    """The tables with a title of their own, those of tasks and those of figures."""
    heads: dict[Span, set[str]] = {}
    for task in parsed.tasks:
        if task.caption is not None:
            heads.setdefault(task.caption, set()).update(task.columns)
    tables = [_Table(caption, frozenset(own), True) for caption, own in heads.items()]
    tables += [
        _Table(one.caption, frozenset(column.name for column in one.columns), False)
        for one in parsed.tables
        if one.caption is not None and not one.of_tasks and not one.listed
    ]
    return tables
