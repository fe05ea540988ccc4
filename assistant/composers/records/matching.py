"""Which task, and which of its measures, a question is about."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain

from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Query
from assistant.search import Found
from assistant.synonyms import synonyms_of, with_synonyms
from assistant.understanding.addressed_firms import is_alone, names_firm
from assistant.understanding.task_numbers import petition_numbers
from assistant.understanding.thing_alone import thing_alone
from assistant.understanding.topic import generic_pairs, specific_words
from assistant.units import core
from assistant.vocabulary import generic_words
from assistant.words import cut, pairs, stretches
from ingest.numerals import parse_number
from ingest.records import Measure, Span, Task
from ingest.tables import numbers_rows
from vectorstore.folding import fold, fold_query

# From this share of what the question says in the measures, it is about one of them.
_ABOUT_A_MEASURE = 0.5
# Measures of one task say much the same: the word that only one of them has tells which is meant.
_RARITY = 3
# A stretch this long, and this share of the title, is the title's name and not its kind (建筑垃圾).
_SHORTEST_NAME = 4
_MOST_OF_A_TITLE = 0.4
_CODE = re.compile(r"(?=.*[a-z])(?=.*\d)[a-z\d-]{3,}|[\u4e00-\u9fff]{1,4}-\d{1,4}")
_FAR_BEHIND = 0.6
_TOWN = re.compile("(?:镇|乡|街道|村|园区|开发区)$")
# A task with fewer measures is told by them anyway; so many others may name its thing in passing.
_SEVERAL = 2
_BESIDE = 1
_PLACE_KIND = re.compile("(?<=..)(?:镇|乡|街道|村|社区)$")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年?(?!\d)")


class TaskMatcher:
    """Matches questions to tasks by number, by the sentences found, and by what they share."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def choose(self, query: Query, found: Sequence[Found]) -> TaskEntry | None:
        """The task a question is about: by its number, else the one its best sentences stand in."""
        if query.task_numbers:
            return self._by_number(query)
        best: dict[str, float] = defaultdict(float)
        entries: dict[str, TaskEntry] = {}
        for one in found:
            if one.place.task is not None:
                task = one.place.task
                entries[task.id] = TaskEntry(one.source, task)
                best[task.id] = max(best[task.id], one.relevance)
        if not entries:
            return None
        entries = _of_the_places(query, _of_the_year(query, entries))
        shares = _shares(query, {key: one.task.words for key, one in entries.items()})
        chosen = max(
            entries.values(), key=lambda entry: best[entry.task.id] + shares[entry.task.id]
        )
        # Where what answers stands in no task, the fields of a task far behind it, or of one that has nothing of what
        # the question names, are not what is asked. What goes on from a task need not name it.
        outside = found[0].place.task is None
        words = fold(chosen.task.words)
        named = query.refers_back or any(word in words for word in specific_words(query))
        if outside and (best[chosen.task.id] < _FAR_BEHIND or not named):
            return None
        return chosen if query.refers_back or _is_about(query, chosen.task) else None

    def by_title(self, query: Query) -> TaskEntry | None:
        """The only task named by its code (GX-008), or whose title has a long stretch of the question: a company, a place."""
        entries = [
            TaskEntry(parsed.source, task)
            for parsed in self._library.within(query.documents)
            for task in parsed.tasks
        ]
        coded = [one for one in entries if is_coded(one.task, query.text)]
        if len(coded) == 1:
            return coded[0]
        if len(petition_numbers(query.text)) == 1:
            return self._by_number(query)
        if firm := self._firm(query, entries):
            return firm
        titles = [fold("".join(entry.task.name.split())) for entry in entries]
        for stretch in chain.from_iterable(stretches(fold(query.topic), _SHORTEST_NAME)):
            holding = [one for one, title in zip(entries, titles, strict=True) if stretch in title]
            if holding:
                whole = len(stretch) >= _MOST_OF_A_TITLE * len(
                    holding[0].task.title.quote.rstrip("。")
                )
                return holding[0] if len(holding) == 1 and whole else None
        return None

    def _firm(self, query: Query, entries: Sequence[TaskEntry]) -> TaskEntry | None:
        """The part of a letter that is addressed to the only firm named, where nothing else is: 某某公司要做什么."""
        if len(query.units) != 1:
            return None
        named = [one for one in entries if names_firm(query, one)]
        if len(named) != 1:
            return None
        return named[0] if is_alone(query, named[0]) else None

    def by_thing(self, text: str, documents: Sequence[str] | None) -> TaskEntry | None:
        """The only task by whose title a thing is one, where a folded question asks how that is dealt with: 某渠怎么治.

        None where further tasks speak of it, as all of it is meant then.
        """
        thing = thing_alone(text, self._library)
        if not thing:
            return None
        entries = [
            TaskEntry(parsed.source, task)
            for parsed in self._library.within(documents)
            for task in parsed.tasks
        ]
        titled = [one for one in entries if thing in fold_query(one.task.title.quote)]
        if len(titled) != 1 or len(titled[0].task.measures) < _SEVERAL:
            return None
        speaking = sum(thing in fold_query(one.task.span.quote) for one in entries)
        return titled[0] if speaking <= len(titled) + _BESIDE else None

    def petitions(self, query: Query) -> list[TaskEntry]:
        """The rows of several numbers of petitions (3、20号件), of the first ledger that has them all."""
        numbers = petition_numbers(query.text)
        for parsed in self._library.within(query.documents) if len(numbers) > 1 else ():
            rows = {parse_number(one.number): one for one in parsed.tasks if one.row}
            if all(number in rows for number in numbers):
                return [TaskEntry(parsed.source, rows[number]) for number in numbers]
        return []

    def _by_number(self, query: Query) -> TaskEntry | None:
        numbered = [
            TaskEntry(parsed.source, task)
            for parsed in self._library.within(query.documents)
            for task in parsed.tasks
            if parse_number(task.number) in query.task_numbers
        ]
        # Petitions stand in the rows of a ledger: 3号件 is no third point of a plan.
        petition = petition_numbers(query.text) or petition_numbers(query.earlier)
        rows = [one for one in numbered if one.task.row] if petition else []
        return next(iter(rows or numbered), None)


def _of_the_places(query: Query, entries: dict[str, TaskEntry]) -> dict[str, TaskEntry]:
    """Of some tasks those that name the town asked about and all that is asked of it; all where none does.

    某镇的扬尘谁负责 may be told by a task of all towns, which another one that names the town is no answer to.
    """
    towns = [one.name for one in query.units if one.role is None and _TOWN.search(one.name)]
    if not towns:
        return entries
    asked = [*([town] for town in towns), *([w, *synonyms_of(w)] for w in specific_words(query))]
    own = {
        key: entry
        for key, entry in entries.items()
        if all(any(fold(way) in fold(entry.task.words) for way in ways) for ways in asked)
    }
    return own or entries


def _is_about(query: Query, task: Task) -> bool:
    """Whether a task has anything of a question's topic but words that all tasks have.

    光伏治理谁负责 is not answered by the task 散煤治理, with which it has 治理 alone.
    """
    if not specific_words(query):
        return True
    shared = pairs(with_synonyms(query.topic)) & pairs(fold(task.words))
    return not shared or not shared <= generic_pairs()


def _of_the_year(query: Query, entries: dict[str, TaskEntry]) -> dict[str, TaskEntry]:
    """Without sister tasks of other years (2024年农厕, 2025年农厕), where a title has the year of the question."""
    asked = set(_YEAR.findall(query.text))
    named = {key: set(_YEAR.findall(fold(one.task.title.quote))) for key, one in entries.items()}
    if not any(asked & years for years in named.values()):
        return entries
    return {key: one for key, one in entries.items() if not named[key] or asked & named[key]}


def body_named(query: Query, task: Task) -> str:
    """The one body of a question, or of a task's measures whose place it names in short (某庄 for 某庄镇); empty without one."""
    named = {one.name for one in query.units} or {
        core(unit.name)
        for measure in task.measures
        for unit in measure.units
        if not unit.group
        and (place := _PLACE_KIND.sub("", core(unit.name)))
        and place in query.text
    }
    return next(iter(named)) if len(named) == 1 else ""


def names_a_step(query: Query, task: Task) -> bool:
    """Whether a question has a word of a task's measures that is none of the task's title: 鉴别什么时候做完."""
    title = fold(task.title.quote)
    measures = " ".join(fold(one.text.quote) for one in task.measures)
    words = (one for one in cut(query.topic) if len(one) > 1 and one not in generic_words())
    return any(one in measures and one not in title for one in words)


def is_coded(task: Task, text: str) -> bool:
    """Whether a folded question has a code of a task, of letters and figures: its number (沙-03), or its 受理编号."""
    cells = (cell.quote for head, cell in task.columns.items() if numbers_rows(head))
    codes = (fold_query(one).strip("*☆★△▲#") for one in (task.number, *cells))
    return any(
        re.search(rf"(?<![a-z\d]){re.escape(code)}(?!\d)", text)
        for code in codes
        if _CODE.fullmatch(code)
    )


def measure_of(query: Query, task: Task, found: Sequence[Found]) -> Measure | None:
    """The measure with units of its own that says most of what the question says.

    None where the question is no more about one measure than about the whole task, whose title says as much.
    """
    measures = [one for one in task.measures if one.units]
    shares = _shares(query, {str(i): one.text.quote for i, one in enumerate(measures)}, _RARITY)
    best = max(shares, key=lambda key: shares[key], default=None)
    inside = any(one.place.measure in measures for one in found[:3])
    if best is None or (shares[best] < _ABOUT_A_MEASURE and not inside):
        return None
    said = pairs(f"{query.topic} {query.context}") & pairs(fold(measures[int(best)].text.quote))
    told = said - pairs(fold(task.title.quote)) - generic_pairs()
    return measures[int(best)] if told else None


def matched_sentence(entry: TaskEntry, found: Sequence[Found]) -> Span | None:
    """The sentence of the issue's description by which the question was matched to it."""
    task = entry.task
    if task.problem is None or not task.labelled:
        return None
    inside = (one.span for one in found if one.source == entry.document)
    return next((span for span in inside if task.problem.covers(span)), None)


def _shares(query: Query, texts: Mapping[str, str], rarity: int = 1) -> dict[str, float]:
    """How much of what the question says each text holds; what only few of them hold counts more, by `rarity`."""
    grams = pairs(with_synonyms(f"{query.topic} {query.context}"))
    folded = {key: fold(text) for key, text in texts.items()}
    counts = {gram: sum(gram in text for text in folded.values()) for gram in grams}
    weights = {gram: 1 / (1 + count) ** rarity for gram, count in counts.items() if count}
    total = math.fsum(weights.values()) or 1.0
    return {
        key: math.fsum(weight for gram, weight in weights.items() if gram in text) / total
        for key, text in folded.items()
    }
