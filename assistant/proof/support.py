"""Where the words of a statement may come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.draft import Evidence, Statement
from ingest.markers import MARK_BEFORE_A_NUMBER
from vectorstore.folding import fold_query


@dataclass(frozen=True)
class Support:
    """The evidence of one statement, and what Duban worked out itself, as folded texts."""

    evidence: tuple[Evidence, ...]
    computed: tuple[str, ...] = ()

    @classmethod
    def of(cls, statement: Statement) -> Support:
        return cls(statement.evidence, statement.computed)

    @cached_property
    def quotes(self) -> str:
        """The quotations and what was computed."""
        return _folded(*(one.span.quote for one in self.evidence), *self.computed)

    @cached_property
    def figures(self) -> str:
        """Where figures may come from: the quotations, the document's number and date, and what was computed.

        Not from headings: the number of a section would bear out any figure that happens to equal it.
        """
        joined = self._joined(
            lambda one: (one.document.document_number, str(one.document.issued or ""))
        )
        # 3.5号锅炉 may be told as item 3, 5号锅炉, or be quoted as it is.
        apart = MARK_BEFORE_A_NUMBER.sub(r"\1 ", joined)
        return joined if apart == joined else f"{joined}\n{apart}"

    @cached_property
    def names(self) -> str:
        """Where names may come from: the quotations, their headings and the document's own particulars."""
        return self._joined(
            lambda one: (one.section, one.document.title, one.document.issuer, one.document.region)
        )

    @cached_property
    def headings(self) -> str:
        """The headings that the quotations stand under, and their documents' titles."""
        return _folded(*dict.fromkeys(f"{e.section}\n{e.document.title}" for e in self.evidence))

    @cached_property
    def bare_names(self) -> str:
        """`names` without white space."""
        return "".join(self.names.split())

    @cached_property
    def computed_text(self) -> str:
        return _folded(*self.computed)

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.document.title for one in self.evidence))

    def _joined(self, particulars: Callable[[Evidence], Sequence[str]]) -> str:
        parts = [part for one in self.evidence for part in (one.span.quote, *particulars(one))]
        return _folded(*parts, *self.computed)


def _folded(*parts: str) -> str:
    """Folded texts on a line each, so that a figure at the end of one takes no unit from the next."""
    return "\n".join(map(_fold, parts))


# The rows of a list share their document's title and headings, and a quotation is read several times.
_fold = lru_cache(maxsize=2048)(fold_query)
