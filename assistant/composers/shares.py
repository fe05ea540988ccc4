"""What share of a whole something is, of which the text states both in figures: 38家企业中14家, 74个已整治51个."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.composers.figures_said import FigureSaid, figures_said, shared_pairs
from assistant.composers.remainders import asked_about, percent, total_and_done
from assistant.composers.wording import cite
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.proof.quantities import quantities
from assistant.query import Query
from assistant.search import Found, SentenceSearch
from assistant.understanding.reckonings import asks_share
from ingest.records import SourceDocument, Span
from prompts import phrase
from vectorstore.folding import fold

_FEWEST_SHARED = 2
_MOST_SENTENCES = 2
_SENTENCE = re.compile(r"[^。；;\n\t|]+")
# 38家涉VOCs企业中14家, 排查216座设施，其中142座
_AMONG = re.compile(r"中[有的]?[,，]?(?:有|仅|只有)?$|其中[^,，]{0,8}$")
# 抽查30个工地，9个未落实
_BESIDE = re.compile(r"^[^,，]*[,，]$")
_INEXACT = re.compile(r"(?:约|近|超过?|逾|大概|不少于|不低于|不超过)$")
_NEGATIVE = re.compile(r"没|未|不|剩|还差|其余")


@dataclass(frozen=True, slots=True)
class _Parted:
    """A whole and a part of it, in the sentence that states both."""

    source: SourceDocument
    sentences: tuple[Span, ...]
    whole: str
    part: str
    share: str


class ShareComposer:
    """Divides a part that the text states by its whole, where the question asks for the share."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def blocks(self, query: Query) -> list[Block]:
        """The share in per cent; nothing where the text states one itself, or where part and whole are not sure."""
        if not asks_share(query.text):
            return []
        found = self._search.find(query, query.documents)[:_MOST_SENTENCES]
        asked = f"{query.topic} {query.context}"
        for one in found:
            if shared_pairs(asked, f"{one.place.title} {one.span.quote}") < _FEWEST_SHARED:
                continue
            if any(quantity.unit == "%" for quantity in quantities(fold(one.span.quote))):
                return []
            parted = [each for each in _among(query, one) if _says_alike(query, each.part)]
            parted = parted or list(_done(query, one))
            if len(parted) == 1:
                return [paragraph(self._worded(parted[0]))]
        return []

    def _worded(self, one: _Parted) -> Statement:
        text = phrase("share", whole=one.whole, part=one.part, share=one.share)
        return Statement(text, cite(self._library, one.source, *one.sentences), computed=(text,))


def _says_alike(query: Query, part: str) -> bool:
    """Whether question and part both speak of what is not, or both of what is."""
    return bool(_NEGATIVE.search(query.text)) is bool(_NEGATIVE.search(part))


def _among(query: Query, found: Found) -> Iterator[_Parted]:
    """The wholes of a sentence that it goes on to tell a part of: 38家企业中14家采用低效设施."""
    for match in _SENTENCE.finditer(found.span.quote):
        text = match.group()
        folded = fold(text)
        if len(folded) != len(text):
            continue
        for whole, part in pairwise(quantities(folded)):
            same = whole.unit and whole.unit == part.unit and whole.value > part.value
            between = folded[whole.end : part.start]
            exact = not any(_INEXACT.search(folded[: one.start]) for one in (whole, part))
            start, end = _clause_start(folded, whole.start), _clause_end(folded, part.end)
            told = _AMONG.search(between) or (
                _BESIDE.search(between) and shared_pairs(query.text, text[part.end : end])
            )
            if not (same and exact and told):
                continue
            at = found.span.start + match.start()
            sentence = found.source.span(at, at + len(text))
            yield _Parted(
                found.source,
                (sentence,),
                text[start : part.start].strip("，, 其中有仅只"),
                text[part.start : end].strip(),
                percent(part.value, whole.value),
            )


def _clause_start(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in "，,：:") + 1


def _clause_end(text: str, at: int) -> int:
    ends = [place for mark in "，,；;" if (place := text.find(mark, at)) >= 0]
    return min(ends, default=len(text))


def _done(query: Query, found: Found) -> Iterator[_Parted]:
    """What is reported done of a total, where the question speaks of what is done."""
    if _NEGATIVE.search(query.text):
        return
    for source, task, stretches in asked_about([found]):
        near = task is not None and task.row
        for unit in dict.fromkeys(one.unit for one in quantities(fold(found.span.quote))):
            if not unit or unit == "%":
                continue
            said = list(figures_said(source, stretches, unit, near=near))
            pair = total_and_done(query, task, said)
            if pair is not None and not pair[0].is_about:
                yield _of_figures(*pair)


def _of_figures(whole: FigureSaid, part: FigureSaid) -> _Parted:
    sentences = tuple(dict.fromkeys([whole.sentence, part.sentence]))
    share = percent(part.value, whole.value)
    return _Parted(whole.source, sentences, whole.said, part.said, share)
