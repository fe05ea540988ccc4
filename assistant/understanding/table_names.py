"""Which rows and columns of a table a question names, as people write them: 壶阳 for 壶阳县, 新管网 for 新建污水管网.

A name is taken to be meant by the stretches of it that the question repeats. What several names share tells none of
them apart, and the everyday words of the genre (任务, 上限, 建设) do so only beside a row that is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.units import is_abbreviation
from assistant.vocabulary import load_words
from ingest.records import FigureTable, ParsedDocument
from vectorstore.folding import fold_query

_TOKEN = re.compile(r"[a-z]+(?:\d+(?:\.\d+)?)?|\d+(?:\.\d+)?|[^\W\d_a-z]")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
# The shortest name that may be said without one of its characters.
_SHORTENED = 4
_SHORTEST = 2
# Zones that are called by their kind alone, without 区.
_ZONE_OF_KIND = re.compile("(高新|经开)区$")
# The number of one of several things of a name.
_NUMBERED = (
    re.compile(r"第(?P<number>[一二三四五六七八九十\d]+)(?P<thing>[\u4e00-\u9fff]{2})"),
    re.compile(r"(?P<thing>[\u4e00-\u9fff]{2})(?:工程|项目)?(?P<number>[一二三四五六\d])(?=期|号)"),
)


@dataclass(frozen=True, slots=True)
class Named:
    """That a question names something: by which stretches of its name, and how much of it these are.

    A `weak` one is named by everyday words alone.
    """

    stretches: frozenset[str]
    weight: int
    weak: bool = False


def named_of(text: str, names: Sequence[str]) -> dict[int, Named]:
    """The names that a folded question means, by their position."""
    asked = _tokens(text)
    found: dict[int, Named] = {}
    for index, name in enumerate(names):
        if one := _named(text, asked, name):
            found[index] = one
    kept = {
        i: one
        for i, one in found.items()
        if not _is_part_of_another(i, one, found)
        and not _stands_beside_another(text, i, one, found)
    }
    if any(not one.weak for one in kept.values()):
        bare = [fold_query(name) for name in names]
        kept = {i: one for i, one in kept.items() if not one.weak or _is_its_own(i, one, bare)}
    # What all of many names have in common names none of them.
    if len(kept) == len(names) > 2 and len({one.stretches for one in kept.values()}) == 1:
        return {}
    return kept


def is_place_name(name: str) -> bool:
    """Whether a row or column is a place: 壶阳县, 东岭镇, 高新区."""
    return _place_kind().search(_ASIDE.sub("", fold_query(name))) is not None


def row_places(tables: Iterable[FigureTable]) -> Iterator[str]:
    """The places that rows of tables are, folded, and as people call them: 宜昌 for 宜昌市."""
    for row in (row for one in tables for row in one.rows if not row.total):
        name = fold_query(row.name)
        if is_place_name(name):
            core = _place_kind().sub("", name)
            yield from (one for one in (name, core) if len(one) >= _SHORTEST)


def row_places_named(text: str, documents: Iterable[ParsedDocument]) -> tuple[str, ...]:
    """The places that a folded text names in full of those that rows of tables are, other than whole documents' own."""
    named: dict[str, None] = {}
    for parsed in documents:
        own = {fold_query(one) for one in (parsed.source.region, *parsed.source.region_aliases)}
        for row in (row for table in parsed.tables for row in table.rows if not row.total):
            name = fold_query(row.name)
            if name in text and name not in own and is_place_name(name):
                named[name] = None
    return tuple(named)


def places_in(text: str) -> Iterator[str]:
    """Stretches of a folded text that end as the names of places do, longest first for each end."""
    for match in re.finditer(r"[\u4e00-\u9fff]+", text):
        run = match.group()
        for end in range(len(run), 1, -1):
            if _place_kind().search(run[:end]):
                yield from (run[start:end] for start in range(max(0, end - 12), end - 1))


def names_place(text: str, place: str) -> bool:
    """Whether a folded text names a place, by the name asked about or by one that it is short for."""
    return place in text or any(is_abbreviation(place, one) for one in places_in(text))


def _named(text: str, asked: Sequence[str], name: str) -> Named | None:
    bare, tokens, is_place = _parts_of(name)
    if is_place:
        return _named_place(text, bare)
    if is_of_another_number(text, bare):
        return None
    stretches = list(_shared(tokens, asked))
    strong = [one for one in stretches if one not in _everyday()]
    if not stretches and (symbol := _pollutant(text, bare)):
        strong = stretches = [symbol]
    if not stretches and (short := _shortened(text, bare)):
        strong = stretches = [short]
    if not stretches:
        return None
    weight = sum(map(_weight, map(_tokens, stretches)))
    return Named(frozenset(stretches), weight, weak=not strong)


def _shortened(text: str, name: str) -> str | None:
    """A name as a text has it without one of its inner characters: 季度分 for 季度得分."""
    if len(name) < _SHORTENED:
        return None
    forms = (name[:at] + name[at + 1 :] for at in range(1, len(name) - 1))
    return next((one for one in forms if one in text), None)


def is_of_another_number(text: str, name: str) -> bool:
    """Whether a text tells a thing of a name by another number than the name has: 第二污水厂, 管网三期."""
    for pattern in _NUMBERED:
        for own in pattern.finditer(name):
            said = {one["number"] for one in pattern.finditer(text) if one["thing"] == own["thing"]}
            if said and own["number"] not in said:
                return True
    return False


def names_the_number(text: str, name: str) -> bool:
    """Whether a text tells a thing of a name by the number that the name has."""
    return any(
        own.group() == said.group()
        for pattern in _NUMBERED
        for own in pattern.finditer(name)
        for said in pattern.finditer(text)
    )


@lru_cache(maxsize=16384)
def _parts_of(name: str) -> tuple[str, tuple[str, ...], bool]:
    """A name folded without what it has in brackets, its tokens, and whether it is a place."""
    bare = _ASIDE.sub("", fold_query(name)).replace(" ", "")
    return bare, tuple(_tokens(bare)), is_place_name(bare)


def _named_place(text: str, name: str) -> Named | None:
    """A place by its whole name, without its kind (壶阳), or shortened (经开区)."""
    core = _place_kind().sub("", name)
    zone = _ZONE_OF_KIND.match(name)
    if zone and re.search(rf"{zone[1]}(?!技术|企业|产业)", text):
        return Named(frozenset([zone[1]]), len(zone[1]))
    for form in (name, core):
        if len(form) >= _SHORTEST and form in text:
            return Named(frozenset([form]), len(form))
    short = (place for place in places_in(text) if len(place) > 2 and is_abbreviation(place, name))
    found = next(short, "")
    return Named(frozenset([found]), len(found)) if found else None


def _shared(name: Sequence[str], asked: Sequence[str]) -> Iterator[str]:
    """The longest stretches of a name that the question has, from left to right."""
    position = 0
    while position < len(name):
        length = 0
        for start, token in enumerate(asked):
            if token != name[position]:
                continue
            run = 0
            while (
                position + run < len(name)
                and start + run < len(asked)
                and name[position + run] == asked[start + run]
            ):
                run += 1
            length = max(length, run)
        stretch = name[position : position + length]
        if _weight(stretch) >= _SHORTEST:
            yield "".join(stretch)
            position += length
        else:
            position += 1


def _weight(tokens: Sequence[str]) -> int:
    """How much a stretch tells: characters count one, words of letters (pm2.5) two."""
    return sum(2 if re.match("[a-z]", one) else 1 for one in tokens)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _pollutant(text: str, name: str) -> str:
    """A pollutant of one character that both have: 镉 of 总镉."""
    words: list[str] = load_words("questions")["pollutants"]["words"]
    return next((one for one in words if one in name and one in text), "")


def _is_part_of_another(index: int, one: Named, found: Mapping[int, Named]) -> bool:
    """Whether all that names one of them names another one better."""
    return any(
        other.weight > one.weight
        and all(any(part in whole for whole in other.stretches) for part in one.stretches)
        for position, other in found.items()
        if position != index
    )


def _stands_beside_another(text: str, index: int, one: Named, found: Mapping[int, Named]) -> bool:
    """Whether what names it is one phrase with what names another: 污水 in 污水资源化利用率.

    Of two stretches that overlap (改厕完成 and 完成率 in 改厕完成率) the one behind is the noun that is meant.
    """
    return any(
        all(
            any(
                _is_of_phrase(text, part, whole, other.weight > one.weight)
                for whole in other.stretches
            )
            for part in one.stretches
        )
        for position, other in found.items()
        if position != index
    )


def _is_of_phrase(text: str, part: str, whole: str, is_fuller: bool) -> bool:
    if is_fuller and (f"{part}{whole}" in text or f"{whole}{part}" in text):
        return True
    overlaps = range(1, min(len(part), len(whole)))
    return any(part.endswith(whole[:n]) and part + whole[n:] in text for n in overlaps)


def _is_its_own(index: int, one: Named, names: Sequence[str]) -> bool:
    """Whether a stretch stands in no other name: 浓度, where one column alone has it."""
    others = [name for i, name in enumerate(names) if i != index]
    return not any(part in name for part in one.stretches for name in others)


@cache
def _everyday() -> frozenset[str]:
    return frozenset(load_words("questions")["tables"]["everyday"])


@cache
def _place_kind() -> re.Pattern[str]:
    kinds = load_words("questions")["tables"]["place_kinds"]
    longest_first = "|".join(sorted(kinds, key=len, reverse=True))
    return re.compile(rf"(?:{longest_first})$")
