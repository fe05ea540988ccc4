"""Which documents a question is about, by the places it names, and which places no document covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from assistant.library import Library
from assistant.understanding.subjects import subjects
from assistant.vocabulary import load_words, wording
from assistant.words import dictionary_path, frequency, sounds_alike
from ingest.records import ParsedDocument

# “先不说沧州了” names a place in order to leave it.
_SET_ASIDE = re.compile(r"(?:不说|不谈|不管|不看|不问|撇开|抛开|除[了去开]?|别说|放下)$")
_SET_ASIDE_AFTER = re.compile(
    r"路|大街|大道|桥|小区|部(?!分)|(?:先)?(?:放一边|放下|不管|不说|不谈|撇开|先不)"
)
# A town after its county: the dictionary does not know every town. 市方案和县计划 name documents and no town.
_NESTED = re.compile(
    r"[\u4e00-\u9fff](?:省|市|区|县|州)(?![和与跟及同比较]|方案|计划|要点|清单|台账|通报)((?:(?![我你他它咱您这那哪该找在是有要给从到归由条个项件谁问请让被把里还几各全某约谈])[\u4e00-\u9fff]){2,3}(?:镇|乡|街道|县|区))"
)
# A name at the beginning of a clause that ends like a division and is no everyday word (工业区). What has a
# pronoun or a verb in it ends with a word that only begins so: 我该找区里, 这条区领导; 各镇, 城镇 and 村官镇官 are no towns.
_OPENING_PLACE = re.compile(
    r"(?:^|[,，。?？、;；和与跟]|隔壁的?|邻近的?|旁边的?)[那这]?(?P<place>(?:(?![我你他它咱您别的其另旁这那哪该找在是有要给从到归由条个项件谁问请让被把换按比全])[\u4e00-\u9fff]){2,3}"
    r"(?:[区县市]|(?:(?<![城乡各全每俩])[镇乡]|(?<![各全每俩])街道)(?![官街村镇结])))"
    r"(?![里级长委上直属内]|领导|政府|台账|[\u4e00-\u9fff]{0,2}(?:局|委|办))"
)
# A name without its kind inside a longer run may be a part of other words: 厂边黑河.
_BEFORE_BARE_NAME = re.compile(r"(?:^|[^\u4e00-\u9fff]|[在到去和与跟及对比像是说看问换那除了])$")
# Everyday words that end like a division.
_NO_DIVISION = re.compile(
    r"(?:夜|早|集|菜|超|门|股|都|城|楼|上|牛|熊)市$|(?:社|小|片|库|矿|景|厂|园|辖|城|郊|山|校|营|灾|林|牧|工业|居民|住宅|保护|缓冲|核心)区$"
)
# A place by where it lies from a document's own: 甲县的邻居乙县, 甲区西边的乙区, 跟甲县挨着的乙镇.
_PLACE = r"(?P<place>[\u4e00-\u9fff]{2,4}?(?:新区|区|县|市|镇|乡|街道))(?![里级长委上直属内])"
_NEXT_TO = r"(?:挨着|紧挨着?|靠着|紧邻|毗邻|邻近|临近)"
_BESIDE = (
    r"(?:的)?(?:邻居|隔壁|旁边|边上|对面|近邻|相邻|毗邻|邻近|接壤|交界|搭界|挨着|紧挨着?|[东西南北]{1,2}[边面侧邻]|以[东西南北])"
    r"(?:的|那个|是|叫|有个)*" + _PLACE
)
# 天津市第二生态环境保护督察组, which people call 第二督察组.
_INSPECTION_GROUP = re.compile(
    r"(?P<level>中央|省|市|)第(?P<number>[一二三四五六七八九十]+)(?:生态)?(?:环境|环保)?(?:保护)?督察组"
)
_RARE = 300
_REST_OF_NAME = 2
_MOSTLY = 0.6
_ADMINISTRATIVE = re.compile(r"[\u4e00-\u9fff]{2,5}(?:自治县|新区|区|县|市|镇|乡|街道)$")
_GENERIC = re.compile(
    r"^(?:的|全|各|本|我|该|某|城|郊|园|辖|社|小|老|新|地|片|市|区|县|镇|乡|街|哪|几|两|其|外|这|那|整)*(?:自治县|新区|区|县|市|镇|乡|街道)$"
)


def named_documents(text: str, library: Library) -> tuple[str, ...]:
    """Paths of the documents whose place, company or title the question names, in their order there.

    One that names none of these may name the inspection group whose findings a document's title is about.

    A name inside a longer name of another document does not count: 某达建材 is not the document about 某达新材料.
    """
    found: dict[str, dict[int, int]] = {}
    for parsed in library.documents:
        ends: dict[int, int] = {}
        for name in _names(parsed):
            for match in re.finditer(re.escape(name), text):
                if (
                    not _SET_ASIDE.search(text[: match.start()])
                    and not _SET_ASIDE_AFTER.match(text[match.end() :])
                    and _is_whole(text, match.start(), match.end(), parsed, library)
                    and not _begins_a_body(text, match.start(), match.end(), parsed, library)
                ):
                    ends[match.start()] = max(match.end(), ends.get(match.start(), 0))
        if ends:
            found[parsed.source.path] = ends
    found = _but_what_is_asked_of(found, text, library)
    paths = sorted(found, key=lambda path: min(found[path])) or _of_inspection_group(text, library)
    about_companies = [path for path in paths if subjects(library[path].source)]
    # A company named with its county means the document about the company, not all of the county's.
    named_companies = [
        path
        for path in about_companies
        if any(name in text for name in subjects(library[path].source))
    ]
    return _of_the_kind_named(text, named_companies or paths, library)


def _of_inspection_group(text: str, library: Library) -> list[str]:
    """The documents on the findings of the group that a question names: 第二督察组, 中央第一督察组."""
    asked = _INSPECTION_GROUP.search(text)
    if asked is None or _SET_ASIDE.search(text[: asked.start()]):
        return []
    of_groups = (
        (parsed.source.path, group)
        for parsed in library.documents
        if (group := _INSPECTION_GROUP.search(parsed.source.title)) is not None
    )
    return [
        path
        for path, group in of_groups
        if group["number"] == asked["number"] and asked["level"] in ("", group["level"])
    ]


def _but_what_is_asked_of(
    found: dict[str, dict[int, int]], text: str, library: Library
) -> dict[str, dict[int, int]]:
    """The documents named, by where their names begin and end, but for places that are asked about inside one of them.

    甲市方案里乙县有几条 is answered from the one plan, though 乙县 has a document as well; 甲市方案里和乙县计划里 means both.
    """
    inside = wording("called_documents", "inside")
    asked = {path for path in found if any(inside.match(text, end) for end in found[path].values())}
    places = sorted((start, path) for path, ends in found.items() for start in ends)
    joined = wording("called_documents", "joined")
    together = {
        path
        for (_, before), (start, behind) in pairwise(places)
        if joined.search(text[:start]) and asked & {before, behind}
        for path in (before, behind)
    }
    kinds = wording("called_documents", "kind_behind")
    return {
        path: ends
        for path, ends in found.items()
        if path in asked | together
        or any(kinds.match(text, end) for end in ends.values())
        or not any(_speaks_of(library[one], library[path].source.region) for one in asked)
    }


def _speaks_of(parsed: ParsedDocument, place: str) -> bool:
    return bool(place) and place in parsed.source.text


def _of_the_kind_named(text: str, paths: Sequence[str], library: Library) -> tuple[str, ...]:
    """Of several documents of one place those of the kind that the question says: 某县的清单 is not its 督办函.

    Where none is called so, those of a kind that people do not tell from it: 台账 for 清单.
    """
    if len({library[path].source.region for path in paths}) != 1:
        return tuple(paths)
    alike: list[list[str]] = load_words("questions")["called_documents"]["kinds"]
    kinds = [kind for kinds in alike for kind in kinds if kind in text]
    for called in (kinds, [one for some in alike for one in some if set(some) & set(kinds)]):
        titled = [
            path for path in paths if any(one in library[path].source.title for one in called)
        ]
        if titled:
            return tuple(titled)
    return tuple(paths)


def _names(parsed: ParsedDocument) -> list[str]:
    source = parsed.source
    names = [source.region, *source.region_aliases, *subjects(parsed.source)]
    names += [Path(source.path).stem.lower(), source.title.lower(), source.document_number.lower()]
    return [name for name in names if len(name) >= 2]


def _is_whole(text: str, start: int, end: int, parsed: ParsedDocument, library: Library) -> bool:
    """Whether the longest name that begins here and stands in some document stands in this one."""
    stretch = end
    while stretch < len(text) and text[start : stretch + 1] in library.text:
        stretch += 1
    return (
        stretch == end or text[start:stretch] in parsed.source.text or not subjects(parsed.source)
    )


def _begins_a_body(
    text: str, start: int, end: int, parsed: ParsedDocument, library: Library
) -> bool:
    """Whether a place without its kind begins a name that documents of other places have as well: 某川 of 某川磷化."""
    if text[start:end] not in parsed.source.region_aliases:
        return False
    name = text[start : end + _REST_OF_NAME]
    return re.fullmatch(r"[\u4e00-\u9fff]+", name[end - start :]) is not None and any(
        name in other.source.text
        for other in library.documents
        if other.source.region != parsed.source.region
    )


def unknown_places(text: str, library: Library, *, nested: bool = False) -> tuple[str, ...]:
    """Places the question names that occur in no document, as words and not inside other words.

    With `nested` only those named after the division that they lie in (和平区南市街道) count: the question is about a
    document's place, and other names may be no places at all.
    """
    named = _nested_places(text) if nested else place_names(text)
    return tuple(
        place
        for place in dict.fromkeys((*named, *_places_beside(text, library)))
        if place not in library.text
        and not _is_spoken_of(_bare(place), library)
        and not _is_a_slip(place, library)
    )


def _is_spoken_of(name: str, library: Library) -> bool:
    """Whether a place without its kind is a word of the documents, and not only a part of somebody's name."""
    if name not in library.words:
        return False
    persons = {*library.people, *library.persons_in_text}
    of_persons = sum(library.text.count(one) for one in persons if name in one)
    return library.text.count(name) > of_persons


def _is_a_slip(place: str, library: Library) -> bool:
    """Whether a town that nobody knows is written as one of the documents is but for a character.

    In a name of two characters the other one has to sound alike: 东铺镇 is 东埠镇, and 大寺镇 no 大良镇.
    """
    known = place in gazetteer() or _bare(place) in divisions()
    if known or not place.endswith(("镇", "乡", "街道")):
        return False
    name = len(_bare(place))
    for at in range(name):
        slip = f"(?<={place[:at]})[\u4e00-\u9fff](?={place[at + 1 :]})"
        meant = re.findall(slip, library.text)
        if meant and (name > 2 or any(sounds_alike(place[at], one) for one in meant)):
            return True
    return False


def _places_beside(text: str, library: Library) -> list[str]:
    """Places that a question names by where they lie from the place of a document."""
    own = {
        name
        for parsed in library.documents
        for name in (parsed.source.region, *parsed.source.region_aliases)
        if name
    }
    regions = "|".join(map(re.escape, sorted(own, key=len, reverse=True)))
    ways = (rf"(?:{regions}){_BESIDE}", rf"{_NEXT_TO}(?:{regions})的{_PLACE}") if own else ()
    found = [one["place"] for way in ways for one in re.finditer(way, text)]
    # Of the towns and counties that a document speaks of, too; 某厂旁边的生活区 is no place of its own.
    near_any = re.finditer(rf"(?P<near>[\u4e00-\u9fff]{{2}}){_BESIDE}", text)
    found += [
        one["place"]
        for one in near_any
        if one["near"] in library.text and one["place"].endswith(("县", "镇", "乡"))
    ]
    return [one for one in dict.fromkeys(found) if not is_no_single_place(one)]


def _nested_places(text: str) -> list[str]:
    names = (match.group(1) for match in _NESTED.finditer(text))
    return [name for name in names if not is_no_single_place(name)]


def place_names(text: str) -> tuple[str, ...]:
    """Administrative places a question names (滨海新区, 蓟州), by the gazetteer of the dictionary.

    The gazetteer is looked up in the text directly: a segmenter that does not expect a place cuts through it.
    """
    places: list[str] = []
    position = 0
    while position < len(text):
        place = _place_at(text, position)
        if place:
            places.append(place)
        position += max(1, len(place))
    places += [
        match["place"]
        for match in _OPENING_PLACE.finditer(text)
        if not _GENERIC.match(match["place"]) and frequency(_bare(match["place"])) < _RARE
    ]
    places += _nested_places(text)
    return tuple(dict.fromkeys(name for name in places if not _NO_DIVISION.search(name)))


def spoken_places(question: str, text: str) -> list[str]:
    """Towns and villages of a folded text that a question names, with their kind or without it: 陈咀, 小王村."""
    found: list[str] = []
    for length in (5, 4, 3, 2):
        for start in range(len(question) - length + 1):
            name = question[start : start + length]
            if any(name in one for one in found) or not _is_spoken_place(name, text):
                continue
            found.append(name)
    return found


def _is_spoken_place(name: str, text: str) -> bool:
    """Whether a text calls something so, and hardly ever without the kind of a place behind it."""
    if not re.fullmatch(r"[\u4e00-\u9fff]+", name) or name not in text:
        return False
    if len(name) > 2 and name.endswith(("村", "镇", "乡", "街道")):
        return not is_no_single_place(name) and name[0] not in "各全某该本个镇乡村"
    kinds = len(re.findall(rf"{name}(?:镇|乡|街道|村)", text))
    return kinds > 0 and kinds >= _MOSTLY * text.count(name)


def is_no_single_place(name: str) -> bool:
    """Whether a name that ends as places do is no place of its own: 各乡镇, 工业区."""
    return bool(_GENERIC.match(name) or _NO_DIVISION.search(name))


def _place_at(text: str, start: int) -> str:
    for length in range(6, 1, -1):
        name = text[start : start + length]
        if len(name) < length or _GENERIC.match(name):
            continue
        if _ADMINISTRATIVE.fullmatch(name) and (name in gazetteer() or _bare(name) in divisions()):
            return name
        if name in gazetteer() and name in divisions() and _BEFORE_BARE_NAME.search(text[:start]):
            return name
    return ""


def _bare(place: str) -> str:
    bare = re.sub(r"(?:自治县|新区|区|县|市|镇|乡|街道|省)$", "", place)
    return bare if len(bare) >= 2 else place


@cache
def divisions() -> frozenset[str]:
    """Names of administrative divisions without their kind: 保定 of 保定市."""
    return frozenset(
        _bare(name)
        for name in gazetteer()
        if name.endswith(("市", "县", "区", "省")) and len(name) > 2
    )


@cache
def gazetteer() -> frozenset[str]:
    """Place names of jieba's dictionary (tag ns)."""
    with Path(dictionary_path()).open(encoding="utf-8") as lines:
        entries = (line.split() for line in lines)
        return frozenset(
            word for word, *rest in entries if rest and rest[-1] == "ns" and len(word) >= 2
        )
