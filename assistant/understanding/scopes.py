"""Which documents a question is answered from: those that it or the exchange names, else the only one that knows its names."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Turn
from assistant.library import Library
from assistant.query import UnitMention
from assistant.understanding.called_documents import documents_called
from assistant.understanding.follow_up import Background
from assistant.understanding.places import place_names, spoken_places
from assistant.units import core, levels_agree
from assistant.vocabulary import wording
from assistant.words import frequency, tagged
from ingest.records import ParsedDocument
from vectorstore.folding import fold_query

# A word that the dictionary has more often is no name.
_COMMON = 300
_SHORTEST_HEAD = 3


class ScopeReader:
    """Finds the documents that questions are about, as paths; None is all of them."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def of_exchange(
        self,
        named: tuple[str, ...],
        before: Background,
        history: Sequence[Turn],
        chosen: Sequence[str],
    ) -> tuple[str, ...] | None:
        """Paths to answer from: those the question names, else those of the exchange it goes back to."""
        paths: tuple[str, ...] | None = named or None
        if paths is None:
            earlier = () if before.is_first else tuple(turn.content for turn in reversed(history))
            for text in (before.text, *earlier):
                if inherited := documents_called(fold_query(text), self._library).named:
                    paths = inherited
                    break
        if chosen:
            return (
                tuple(path for path in chosen if paths is None or path in paths)
                if paths
                else tuple(chosen)
            )
        return paths

    def of_rows(self, text: str, scope: Sequence[str] | None) -> tuple[str, ...] | None:
        """The only document with a table whose row the one place of a scope is, where a column is asked for that its own have not.

        A city's bulletin ranks its districts: 某区三季度完成率 is not told by the district's own plan.
        """
        own = self._library.within(scope)
        regions = {one.source.region for one in own}
        if scope is None or len(regions) != 1:
            return scope if scope is None else tuple(scope)
        names = {name for one in own for name in (one.source.region, *one.source.region_aliases)}
        known = self._library.folded(scope)
        found = {
            other.source.path
            for other in self._library.documents
            if other.source.path not in scope
            for table in other.tables
            if any(row.name in names for row in table.rows)
            and any(
                len(head) >= _SHORTEST_HEAD and head in text and head not in known
                for head in (fold_query(column.name) for column in table.columns)
            )
        }
        return tuple(found) if len(found) == 1 else tuple(scope)

    def of_names(
        self, units: Sequence[UnitMention], people: Sequence[str]
    ) -> tuple[str, ...] | None:
        """The only document that knows a body or person of the question, if it is only one.

        Others of its place that name them in their text or tables are asked as well: a bulletin has no records of them.
        """
        paths = {path for name in people for path in self._library.people[name]}
        for mention in units:
            paths |= {
                path
                for path, unit in self._library.units
                if not unit.group
                and any(
                    core(mention.name) == core(name) and levels_agree(mention.name, name)
                    for name in (unit.name, *unit.aliases)
                )
            }
        names = [*people, *(one.name for one in units)]
        paths |= {
            parsed.source.path
            for parsed in self._library.documents
            if any(_are_of_one_place(parsed, self._library[path]) for path in paths)
            and any(name in self._library.folded([parsed.source.path]) for name in names)
        }
        return tuple(paths) if len(paths) == 1 else None

    def of_places(self, text: str) -> tuple[str, ...] | None:
        """The only document that speaks of the places in the question, if it is only one."""
        places = place_names(text)
        paths = [
            parsed.source.path
            for parsed in self._library.documents
            if places and all(place in parsed.source.text for place in places)
        ]
        return tuple(paths) if len(paths) == 1 else None

    def of_towns(self, text: str) -> tuple[str, ...] | None:
        """The only document that has the towns and villages in the question, with their kind or without it."""
        towns = spoken_places(text, self._library.text)
        paths = [
            parsed.source.path
            for parsed in self._library.documents
            if towns and all(town in parsed.source.text for town in towns)
        ]
        return tuple(paths) if len(paths) == 1 else None

    def of_things(self, text: str) -> tuple[str, ...] | None:
        """The only document that has the names by which the question calls its things: 北苑 of 北苑污水厂."""
        kinds = wording("unknown_names", "kinds")
        names, end = [], 0
        for word, _ in tagged(text):
            end += len(word)
            rare = len(word) > 1 and frequency(word) < _COMMON and word in self._library.text
            if rare and kinds.match(text, end):
                names.append(word)
        paths = [
            parsed.source.path
            for parsed in self._library.documents
            if names and all(name in parsed.source.text for name in names)
        ]
        return tuple(paths) if len(paths) == 1 else None


def _are_of_one_place(one: ParsedDocument, other: ParsedDocument) -> bool:
    """Whether two documents speak for one place."""
    return bool(one.source.region) and one.source.region == other.source.region
