"""Firms of letters by what people call them: 海润化工 or 海润 for 海润化工股份有限公司."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from assistant.query import UnitMention
from assistant.units import matches
from assistant.words import frequency
from ingest.records import Unit
from vectorstore.folding import fold_query

# What the name of a firm ends in, and what stands for where it is.
_FORM = re.compile(
    r"(?:[（(][^（()）]*[)）])?(?:股份|控股|集团|专业)?(?:有限)?(?:责任)?(?:公司|集团|合作社)$|(?:集团|股份)$"
)
_LEVEL = "省市区县旗镇乡"
_SHORTEST, _SIGN = 3, 2


def short_names(firms: Iterable[Unit], places: Iterable[str]) -> Mapping[str, Unit]:
    """What each firm may be called, folded, by way of calling it; ways that two firms share are left out.

    They are its aliases, its name without place and form, and the two characters that this begins with, where they
    are no word.
    """
    stems = sorted({place.rstrip(_LEVEL) for place in places} - {""}, key=len, reverse=True)
    ways: list[tuple[str, Unit]] = []
    for unit in {one.name: one for one in firms}.values():
        bare = _FORM.sub("", unit.name)
        place = next((one for one in stems if bare.startswith(one)), "")
        own = bare.removeprefix(place).lstrip(_LEVEL) if place else bare
        called = {*unit.aliases, bare, own if len(own) >= _SHORTEST else bare}
        sign = own[:_SIGN]
        if len(own) > _SIGN and not frequency(sign):
            called.add(sign)
        ways += [(fold_query(one), unit) for one in called if len(one) >= _SIGN]
    counts = Counter(way for way, _ in ways)
    return {way: unit for way, unit in ways if counts[way] == 1}


def firms_mentioned(
    text: str, known: Mapping[str, Unit], units: tuple[UnitMention, ...]
) -> tuple[UnitMention, ...]:
    """The bodies of a folded question with the firms that it calls by a short name, each once."""
    found: list[UnitMention] = []
    rest = text
    for way in sorted(known, key=len, reverse=True):
        unit = known[way]
        if way in rest:
            rest = rest.replace(way, " " * len(way))
            if not any(matches(one.name, unit) for one in (*units, *found)):
                # By the name that the letter gives it other documents may know it too.
                found.append(UnitMention(way if way in unit.aliases else unit.name))
    return (*units, *found)
