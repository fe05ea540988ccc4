"""What follows from figures that a text states, by the first kind of reckoning that the question asks for."""

from __future__ import annotations

from assistant.composers.reckoning.changes import ChangeComposer
from assistant.composers.reckoning.complements import ComplementComposer
from assistant.composers.reckoning.differences import DifferenceComposer
from assistant.composers.reckoning.ends_said import EndsSaidComposer
from assistant.composers.reckoning.other_parts import OtherPartComposer
from assistant.composers.reckoning.products import ProductComposer
from assistant.composers.reckoning.rates import RateComposer
from assistant.composers.reckoning.remainders import RemainderComposer
from assistant.composers.reckoning.rest import RestComposer
from assistant.composers.reckoning.shares import ShareComposer
from assistant.composers.reckoning.spare import SpareComposer
from assistant.composers.reckoning.sums import SumComposer
from assistant.composers.reckoning.two_figures import TwoFiguresComposer
from assistant.composers.reckoning.without_lack import WithoutLackComposer
from assistant.composers.reckoning.year_before import YearBeforeComposer
from assistant.draft import Block
from assistant.library import Library
from assistant.query import Query
from assistant.search import SentenceSearch


class ReckoningComposer:
    """Reckons from figures of one document, each of which the answer cites."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._kinds = (
            ChangeComposer(library, search),
            OtherPartComposer(library, search),
            YearBeforeComposer(library, search),
            WithoutLackComposer(library, search),
            SpareComposer(library, search),
            RemainderComposer(library, search),
            ComplementComposer(library, search),
            RestComposer(library, search),
            ShareComposer(library, search),
            DifferenceComposer(library, search),
            SumComposer(library, search),
            ProductComposer(library, search),
            RateComposer(library, search),
            EndsSaidComposer(library, search),
            TwoFiguresComposer(library, search),
        )

    def blocks(self, query: Query) -> list[Block]:
        """What was reckoned, with the figures it comes from; empty where the question asks for nothing of the kind."""
        return next(filter(None, (one.blocks(query) for one in self._kinds)), [])
