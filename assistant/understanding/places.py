"""Which documents a question is about, by the places it names, and which places no document covers."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from assistant.library import Library
from assistant.words import cut, dictionary_path
from ingest.records import ParsedDocument

# “先不说沧州了” names a place in order to leave it.
_SET_ASIDE = re.compile(r"(?:不说|不谈|不管|不看|不问|撇开|抛开|除了|别说|放下)$")
_ADMINISTRATIVE = re.compile(r"[\u4e00-\u9fff]{2,5}(?:自治县|新区|区|县|市|镇|乡|街道)$")
_GENERIC = re.compile(
    r"^(?:全|各|本|我|该|某|城|郊|园|辖|社|小|老|新|地|片|市|区|县|镇|哪|几|两|其|外|这|那|整)*(?:自治县|新区|区|县|市|镇|乡|街道)$"
)


def named_documents(text: str, library: Library) -> tuple[str, ...]:
    """Paths of the documents whose place, issuer or title the question names, in their order there.

    A longer name wins over a shorter one inside it: 东湖新区 does not name 东湖区's document.
    """
    found: dict[str, int] = {}
    for parsed in library.documents:
        positions = [
            match.start()
            for name in _names(parsed)
            for match in re.finditer(re.escape(name), text)
            if not _SET_ASIDE.search(text[: match.start()])
        ]
        if positions:
            found[parsed.source.path] = min(positions)
    return tuple(sorted(found, key=lambda path: found[path]))


def _names(parsed: ParsedDocument) -> list[str]:
    source = parsed.source
    names = [
        source.region,
        *source.region_aliases,
        Path(source.path).stem.lower(),
        source.title.lower(),
    ]
    if source.document_number:
        names.append(source.document_number.lower())
    return [name for name in names if len(name) >= 2]


def unknown_places(text: str, library: Library) -> tuple[str, ...]:
    """Places the question names that occur in no document."""
    return tuple(place for place in place_names(text) if _bare(place) not in library.text)


def place_names(text: str) -> tuple[str, ...]:
    """Administrative places a question names, longest form first met (滨海新区, 蓟州)."""
    places: list[str] = []
    words = cut(text)
    for index, word in enumerate(words):
        joined = word + (words[index + 1] if index + 1 < len(words) else "")
        if _ADMINISTRATIVE.fullmatch(joined) and word in gazetteer() and not _GENERIC.match(joined):
            places.append(joined)
        elif word in gazetteer() and not _GENERIC.match(word):
            places.append(word)
    return tuple(dict.fromkeys(places))


def _bare(place: str) -> str:
    bare = re.sub(r"(?:自治县|新区|区|县|市|镇|乡|街道)$", "", place)
    return bare if len(bare) >= 2 else place


@cache
def gazetteer() -> frozenset[str]:
    """Place names of jieba's dictionary (tag ns)."""
    with Path(dictionary_path()).open(encoding="utf-8") as lines:
        entries = (line.split() for line in lines)
        return frozenset(
            word for word, *rest in entries if rest and rest[-1] == "ns" and len(word) >= 2
        )
