"""Which body a question means: everyday names, abbreviations, former names and groups.

People write 城管委 for 区城市管理委 and 京滨园 for 京清园. Official short names keep characters of the full
name in their order, so an abbreviation is recognised as a subsequence of the full name that starts at a word
of it; names that share no characters (交警, 环保局) come from a small vocabulary of the genre.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from ingest.records import SourceDocument, Unit
from ingest.short_names import is_short_for
from ingest.vocabulary import load_vocabulary

_LEVEL = re.compile(r"^(?:省|市|区|县|镇|乡|街道|旗|州)(?=.{2,})")
_OFFICE = re.compile(
    r"(?:人民政府|(?<=[镇乡县区市道])政府|办事处|(?<=街道)办|(?<=村)(?:村民委员会|委会)|(?<=社区)居(?:民委员|委)会|管理委员会|管委会|委员会)$|(?<=办)公室$"
)
# 经开区 and 高新区 end like a district and are none.
_ZONE = re.compile(r"(?:开发|经开|高新|园|新|示范|工业|保税|管理|保护|社|片|小|校|景)区$")
_DISTRICT = "区"
_LEVELS_OF_PLACES = tuple("省市区县镇乡旗州")
_FORMS_OF_OFFICE = "局委办厅部"
_LONGEST_GAP = 4
_LENGTHS_OF_PLACES = (2, 3)
_SEPARATORS = re.compile(r"[\s（）()“”\"'、，,的]")


@lru_cache(maxsize=4096)
def core(name: str) -> str:
    """The part of a unit's name that tells it apart: 区水务局 → 水务局, 崔黄口镇人民政府 → 崔黄口镇.

    The administrative level in front and the form of office at the end are left out, because lists and
    speakers add or drop them freely.
    """
    bare = _SEPARATORS.sub("", name)
    bare = _LEVEL.sub("", bare)
    trimmed = _OFFICE.sub("", bare)
    return trimmed if len(trimmed) >= 2 else bare


def without_office(name: str) -> str:
    """A unit's name without its form of office, with its level: 环保办公室 and 环保办 are one body of a document."""
    bare = _SEPARATORS.sub("", name)
    trimmed = _OFFICE.sub("", bare)
    return trimmed if len(trimmed) >= 2 else bare


def matches(asked: str, unit: Unit) -> bool:
    """Whether a unit as asked for names this entry of a unit list, by itself or by the group it is in.

    A level in front of the asked name must agree with the entry's own (市水务局 is not 区水务局).
    """
    if unit.group:
        return group_covers(asked, unit.name)
    if endings := kinds_of_bodies().get(asked.removesuffix("政府")):
        place = _OFFICE.sub("", unit.name)
        return len(place) > 2 and place.endswith(endings) and not _ZONE.search(place)
    return any(same_unit(asked, name) for name in (unit.name, unit.span.quote, *unit.aliases))


@cache
def kinds_of_bodies() -> Mapping[str, tuple[str, ...]]:
    """The endings of the places that a kind of body governs, by the kind as speakers say it: 县区."""
    return {kind: tuple(endings) for kind, endings in load_vocabulary("units")["kinds"]}


def named_from_within(asked: str, source: SourceDocument) -> str:
    """A body as documents of its own place name it: 武清区水务局 is the 区水务局 of a document of 武清区.

    Empty where the place itself is asked for, which every body in its documents belongs to (街道 ⊂ 区).
    """
    bare = _SEPARATORS.sub("", asked)
    for place in sorted((source.region, *source.region_aliases), key=len, reverse=True):
        if place and bare.startswith(place):
            return bare.removeprefix(place)
    return asked


@lru_cache(maxsize=65536)
def same_unit(asked: str, name: str) -> bool:
    """Whether two names mean the same single body."""
    known = core(name)
    # 市监局 begins with what only looks like a level, so the name as asked is tried first.
    if _same_core(_SEPARATORS.sub("", asked), known):
        return True
    return levels_agree(asked, name) and _same_core(core(asked), known)


def levels_agree(asked: str, name: str) -> bool:
    """Whether no two levels in front of two names differ: 区水务局 and 水务局 agree, 市水务局 is of another level.

    So is 甲区水务局, which says whose it is.
    """
    level_asked, level_name = _LEVEL.match(asked), _LEVEL.match(name)
    if level_asked is None:
        return True
    office = asked[level_asked.end() :]
    place = name.removesuffix(office) if level_name is None and name.endswith(office) else ""
    of_place = place[-1:] if place.endswith(_LEVELS_OF_PLACES) else ""
    own = level_name.group() if level_name else of_place
    return own in ("", level_asked.group())


def _same_core(wanted: str, known: str) -> bool:
    if wanted == known or (len(wanted) >= 3 and known.endswith(wanted)):
        return True
    # 某某公安分局 for 公安某某分局: the same characters in another order.
    if len(wanted) >= 4 and sorted(wanted) == sorted(known):
        return True
    # 某某局 asks for an office and not for its sub-units.
    is_office = not wanted.endswith("局") or known.endswith(tuple(_FORMS_OF_OFFICE))
    if is_office and any(part in known for part in _everyday_names().get(wanted, ())):
        return True
    return is_abbreviation(wanted, known) or _abbreviates_behind_a_place(wanted, known)


def _abbreviates_behind_a_place(short: str, full: str) -> bool:
    """Whether an office is called without the place in front of its name: 生态局 for 某某生态环境局."""
    if len(short) < 3 or not short.endswith("局"):
        return False
    return any(is_abbreviation(short, full[place:]) for place in _LENGTHS_OF_PLACES)


def is_abbreviation(short: str, full: str) -> bool:
    """Whether `short` is an abbreviation of `full`, such as 城管委 of 城市管理委.

    Its characters occur in order in the full name and both begin alike. Speakers swap the form of office
    (城管局 for 城市管理委), so the last character may be another form; a place may leave out its kind
    (某口 for 某口镇).
    """
    if not 2 <= len(short) < len(full) or short[0] != full[0]:
        return False
    if full.startswith(short) and full[len(short) :] in load_vocabulary("units")["place_kinds"]:
        return True
    if short[-1] in _FORMS_OF_OFFICE and full[-1] in _FORMS_OF_OFFICE:
        if short[-1] != full[-1] and len(full) - len(short) > _LONGEST_GAP:
            return False
        short, full = short[:-1], full[:-1]
    elif short[-1] != full[-1]:
        return False
    return len(full) <= 4 * len(short) and is_short_for(short, full)


def group_covers(asked: str, group: str) -> bool:
    """Whether a collective entry (各镇人民政府、街道办事处、园区) covers the body asked for, by its kind."""
    bare = _SEPARATORS.sub("", asked)
    if bare and bare == _SEPARATORS.sub("", group):
        return True
    wanted = core(asked)
    in_a_zone = _ZONE.search(wanted) is not None
    return any(
        word in group
        and wanted.endswith(ending)
        and len(wanted) > len(ending)
        and not (in_a_zone and ending == _DISTRICT)
        for ending, words in load_vocabulary("units")["groups"]
        for word in words
    )


@cache
def _everyday_names() -> Mapping[str, tuple[str, ...]]:
    """By an everyday name, what is in the full names of the bodies that it may stand for: 交警, 交警局."""
    parts: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for spoken, part in load_vocabulary("units")["everyday"]:
        parts[spoken] += (part,)
        parts[f"{spoken}局"] += (part,)
    return dict(parts)
