"""How many of a whole have what some of it lack: of 30台, 其中26台无环保标识, so 4 have it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.composers.tables.series import decimal_text
from assistant.composers.wording import cite, flat
from assistant.draft import Block, Evidence, Statement, paragraph
from assistant.library import Library
from assistant.proof.quantities import Quantity, quantities
from assistant.query import Query
from assistant.search import SentenceSearch
from assistant.synonyms import with_synonyms
from assistant.understanding.reckonings import asked_count
from assistant.words import chinese_pairs
from prompts import phrase
from vectorstore.folding import fold

_MOST_SENTENCES = 3
_FEWEST_SHARED = 2
_OF_THEM = re.compile(r"^[^。；;]{0,24}?中[,，]?(?:仍|还|就|只|共|另)?有?$")
_LACKING = re.compile(
    r"^[\u4e00-\u9fff]{0,6}?(?:未|没有|没|无|缺少|缺|不(?![少低高超足大小])|非)(?P<what>[^,，。；;（(]{2,24})"
)
_DENIED = re.compile(r"[没未无不缺]")
_DONE = re.compile("完成|及时|全面|有效")
_DIGITS = re.compile(r"^[\d.,\s]+")


class WithoutLackComposer:
    """Subtracts those that lack something from the whole, where the question asks for those that have it."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def blocks(self, query: Query) -> list[Block]:
        """How many there are; nothing where what they lack is not what is asked, or is asked itself."""
        unit = asked_count(query.text)
        if unit is None or query.fields or _DENIED.search(query.text):
            return []
        asked = chinese_pairs(with_synonyms(f"{query.topic} {query.context}"))
        for found in self._search.find(query, query.documents)[:_MOST_SENTENCES]:
            text = fold(flat(found.span.quote))
            shared = asked & chinese_pairs(f"{found.place.title} {text}")
            lacking = [one for one in _lacking(text) if _is_asked(one, asked, unit)]
            if len(lacking) == 1 and len(shared) > _FEWEST_SHARED:
                evidence = cite(self._library, found.source, found.span)
                return [paragraph(_worded(text, lacking[0], evidence))]
        return []


@dataclass(frozen=True, slots=True)
class _Lacking:
    """A whole and the part of it that lacks something, up to where that is told."""

    whole: Quantity
    part: Quantity
    what: str
    end: int


def _worded(text: str, one: _Lacking, evidence: tuple[Evidence, ...]) -> Statement:
    start = max((text.rfind(mark, 0, one.whole.start) for mark in "，。；;"), default=-1) + 1
    unit = _DIGITS.sub("", one.part.written.strip())
    left = f"{decimal_text(one.whole.value - one.part.value)}{unit}"
    said = phrase("those_without_lack", said=text[start : one.end].strip(), left=left)
    return Statement(said, evidence, computed=(said,))


def _lacking(text: str) -> Iterator[_Lacking]:
    """The wholes of a folded sentence behind each of which stands which part lacks something."""
    for whole, part in pairwise(quantities(text)):
        lack = _LACKING.match(text[part.end :])
        of_them = _OF_THEM.match(text[whole.end : part.start])
        if lack and of_them and whole.unit == part.unit and whole.value > part.value:
            yield _Lacking(whole, part, lack["what"], part.end + lack.end())


def _is_asked(one: _Lacking, asked: set[str], unit: str) -> bool:
    """Whether a question asks, in the unit of a part, for most of what that lacks."""
    what, wanted = chinese_pairs(_DONE.sub(" ", one.what)), quantities(f"2{unit}")
    same = bool(wanted) and wanted[0].unit == one.part.unit
    return same and 2 * len(what & asked) > len(what) > 0
