"""What so many of a kind come to by the rates of a sentence: 大型水体每条60万元, 其他每条25万元, so 1条大型 and 3条普通 135万元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.composers.reckoning.paragraphs import paragraphs_of
from assistant.composers.reckoning.products import OfOne, of_ones
from assistant.composers.tables.series import decimal_text
from assistant.composers.wording import cite, flat
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.proof.quantities import quantities
from assistant.query import Query
from assistant.search import SentenceSearch
from assistant.synonyms import with_synonyms
from assistant.vocabulary import asks
from assistant.words import chinese_pairs
from ingest.numerals import parse_number
from ingest.passages import split_sentences
from ingest.records import SourceDocument, Span
from prompts import phrase
from vectorstore.folding import fold

_PARTS = re.compile(
    r"[,，。;；?？、]|(?:和|加上?|外加|另有|还有|以及)(?=[^,，。;；?？、]{0,6}[\d一二两三四五六七八九十])"
)
_NUMBER = r"(?P<number>\d+(?:\.\d+)?|[一二两三四五六七八九十百]+)"
# 其他水体, 普通的: what none of the named kinds is.
_OTHERS = re.compile(r"其他|其它|其余|普通|一般|寻常|剩下|别的|常规|非")
_MONEY = frozenset(("元",))


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many of a kind a question speaks of, with the words that say of which kind."""

    number: Decimal
    said: str


class RateComposer:
    """Multiplies the numbers that a question gives by the rates that one sentence states, and adds the products up."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def blocks(self, query: Query) -> list[Block]:
        """What they come to; nothing unless each number of the question has one rate, and the same sentence states them."""
        if not asks("reckonings", "at_rates", query.text):
            return []
        for source, stretch, title in paragraphs_of(self._search.find(query, query.documents)):
            for sentence in split_sentences(source.text, stretch.start, stretch.end):
                if said := self._reckoned(query, source, sentence, title):
                    return [paragraph(said)]
        return []

    def _reckoned(
        self, query: Query, source: SourceDocument, sentence: Span, title: str
    ) -> Statement | None:
        rates = [one for one in of_ones(source, sentence) if _is_money(one) and not one.bound]
        if not rates or len({(one.unit, one.counter) for one in rates}) != 1:
            return None
        counted = _counted(query.text, rates[0].counter)
        asked = with_synonyms(f"{query.topic} {query.context}")
        about = chinese_pairs(fold(asked)) & chinese_pairs(fold(f"{title}{sentence.quote}"))
        matched = [(one, _rate_of(one, rates, counted)) for one in counted]
        if not matched or not about or any(rate is None for _, rate in matched):
            return None
        pairs = [(one, rate) for one, rate in matched if rate is not None]
        if len({id(rate) for _, rate in pairs}) != len(pairs):
            return None
        total = sum((one.number * rate.value for one, rate in pairs), Decimal(0))
        text = phrase(
            "product_at_rates",
            stated=flat(sentence.quote).strip().rstrip("。"),
            terms="+".join(
                f"{decimal_text(one.number)}×{decimal_text(rate.value)}" for one, rate in pairs
            ),
            total=f"{decimal_text(total)}{rates[0].unit}",
        )
        return Statement(text, cite(self._library, source, sentence), computed=(text,))


def _is_money(one: OfOne) -> bool:
    read = quantities(f"2{one.unit}")
    return bool(read) and read[0].unit in _MONEY


def _counted(text: str, counter: str) -> list[_Counted]:
    """The numbers that a question gives in a counter, each with the words around it."""
    found = []
    for part in _PARTS.split(text):
        numbers = list(re.finditer(rf"{_NUMBER}{re.escape(counter)}", part or ""))
        if len(numbers) > 1:
            return []
        for match in numbers:
            written = match["number"].replace("两", "二")
            number = parse_number(written) if not written[0].isdigit() else Decimal(written)
            if number is None:
                return []
            rest = f"{part[: match.start()]} {part[match.end() :]}"
            found.append(_Counted(Decimal(number), rest))
    return found


def _rate_of(one: _Counted, rates: Sequence[OfOne], counted: Sequence[_Counted]) -> OfOne | None:
    """The rate of the kind that a number is of; None where that is not sure."""
    if len(rates) == 1:
        return rates[0] if len(counted) == 1 else None
    own = [rate for rate in rates if _kind_pairs(rate, rates) & chinese_pairs(one.said)]
    if len(own) == 1:
        return own[0]
    others = [rate for rate in rates if _OTHERS.search(rate.clause.quote)]
    return others[0] if not own and len(others) == 1 and _OTHERS.search(one.said) else None


def _kind_pairs(rate: OfOne, rates: Sequence[OfOne]) -> set[str]:
    """What the clause of a rate says of its kind, and no other clause does."""
    other = [chinese_pairs(fold(one.clause.quote)) for one in rates if one is not rate]
    return chinese_pairs(fold(rate.clause.quote)).difference(*other)
