"""How something is divided: counted parts, parts by their heading, parts found by what they say, things of one kind."""

from __future__ import annotations

from assistant.composers.outline.found_parts import FoundPartsComposer
from assistant.composers.outline.part_counts import PartCountComposer
from assistant.composers.outline.parts import PartsComposer
from assistant.composers.outline.things_made import ThingsMadeComposer
from assistant.composers.refusals import RefusalComposer
from assistant.draft import Draft
from assistant.library import Library
from assistant.query import Query
from assistant.search import SentenceSearch


class OutlineComposer:
    """Answers what the parts of something are, and how many."""

    def __init__(self, library: Library, search: SentenceSearch, refusals: RefusalComposer) -> None:
        self._part_counts = PartCountComposer(library)
        self._parts = PartsComposer(library)
        self._found_parts = FoundPartsComposer(library, search, refusals)
        self._things_made = ThingsMadeComposer(library, search)

    def draft(self, query: Query) -> Draft | None:
        """The parts of what the question asks about, or its things of one kind; None where it asks for neither."""
        return (
            self._part_counts.draft(query)
            or self._parts.parts(query)
            or self._found_parts.draft(query)
            or self._things_made.draft(query)
        )
