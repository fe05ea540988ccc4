"""Lists of responsible units: split, shared endings expanded, groups kept whole.

“崔黄口镇、王庆坨镇人民政府” names two governments; “各镇人民政府、街道办事处、园区” is one group, because 各
governs all three; “京清园（原京滨园）” is one body with a former name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ingest.brackets import split_top_level, trim
from ingest.records import Person, Span, Unit
from ingest.vocabulary import any_of, load_vocabulary

_FORMER = re.compile(
    r"[（(](?:原|现|曾用名|原名|简称|以下简称|又称)[“\"]?([^（()）”\"]+)[”\"]?[)）]"
)
_DUTY = re.compile(
    r"(?:按照?职责分工)?(?:共同|分别|具体|统筹|协调|联合)*(?:牵头负责|牵头|负责落实|负责|配合落实|配合|协助|参与|组织实施|实施|落实|协同|验收销号|验收)$"
)
# … and a duty written behind the name in brackets: 区水务局（牵头）.
_DUTY_IN_BRACKETS = re.compile(r"[（(](?:牵头|主办|配合|协办|负责)(?:单位|部门|负责)?[)）]$")
_PART = re.compile(r"[（(][^（()）]{2,14}[)）]$")
_AND_OTHERS = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})等\s*(?:相关|有关|各|多个)?\s*(?:单位|部门|委办局)$"
)
_AND = re.compile("以及|会同|和|及|与")
# 安坪区委、区政府 and 高新区党工委、管委会 are two bodies of one place.
_PARTY = re.compile(r"(?P<place>[^各]{2,}?)(?:党委|党工委|委)")
_OF_THE_PLACE = ("政府", "人民政府", "管委会", "管理委员会")
# A place, and an office that is named without one.
_OF_A_PLACE = re.compile(r"[^各]{2,}[县区市旗州盟] [^省市县区州盟旗各].*局")
# What stands behind the bodies of a sentence: 市住建局，重新确定为12月20日前完成.
_LIMIT = re.compile(r"\d\s*[月日]|(?:19|20)\d{2}\s*年")
# Between the lines that a name is broken over, or two names: white space, with the number of a page or without.
_GAP = re.compile(r"\s*(?:<br\s*/?>\s*)+|\s*\n\s*[-—–]+\s*\d{1,3}\s*[-—–]+\s*\n\s*|\s+")
# The number of a page that a list goes on behind.
_PAGE = re.compile(r"[-—–]+\s*\d{1,3}\s*[-—–]+\s*\n\s*")
_LEADING = re.compile(r"^(?:由|以及|和|及|与|并)")
LONGEST_NAME = 4  # 欧阳建国; longer ones have the dot of a transcription.
# 运维单位某某公司: what a firm is to the thing, before its name.
_PART_OF_FIRM = re.compile(
    r"(?:运维|运营|施工|建设|监理|设计|产权|代建|承建|第三方|技术|托管)(?:单位|机构|企业)(?=\S{3,}(?:公司|集团|厂|院|中心)$)"
)
# What a document may put beside a name to say something of it: ▲县水利局.
MARKS = "▲△★☆●◆※*＊#"
_TRAILING = "。.；;，,、 等"


def parse_units(text: str, start: int, end: int) -> tuple[Unit, ...]:
    """The units listed in a range, each once, in order."""
    entries = _merge_groups(text, _entries(text, start, end))
    names = _expand_shared(text, entries)
    units: dict[str, Unit] = {}
    for (begin, finish, _), name in zip(entries, names, strict=True):
        written = text[begin:finish]
        aliases = tuple(_FORMER.findall(_GAP.sub("", written)))
        units.setdefault(name, Unit(name, Span(begin, finish, written), aliases, is_group(written)))
    return tuple(units.values())


def parse_people(text: str, start: int, end: int) -> tuple[Person, ...]:
    """The persons listed in a range; a post in brackets or before the name is left out of the name."""
    people = []
    entries = list(_persons(text, start, end))
    post: int | None = None
    for (begin, finish, _), below in zip(entries, [*entries[1:], None], strict=False):
        s, e = trim(text, begin, finish, "。.；;")
        written = "".join(text[s:e].split())
        if below and below[2].isspace() and _is_bare(text, below) and _is_of(written):
            post = s if post is None else post  # 村主任 张福, 管委会环保科 苏锦
            continue
        parted = _parted().fullmatch(written)
        plain = re.sub(r"[（(].*?[)）]|等$", "", written)
        name = parted["family"] + parted["given"] if parted else _without_posts(plain)
        if re.fullmatch(r"[\u4e00-\u9fff·]{2,12}", name) and not names_nobody(name):
            first = s if post is None else post
            people.append(Person(name, Span(first, e, text[first:e])))
        post = None
    return tuple(people)


def _persons(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The stretches between separators; blanks within a name of two characters part nothing: 彭　越."""
    pieces: list[tuple[int, int, str]] = []
    mark = ""
    for begin, finish, separator in split_top_level(text, start, end, "、，,；;/ \u3000"):
        mark = separator if not mark.strip() else mark
        if begin < finish:  # Several blanks in a row part like one.
            pieces.append((begin, finish, mark))
            mark = ""
    index = 0
    while index < len(pieces):
        begin, finish, separator = pieces[index]
        after = index + 1
        parted = after < len(pieces) and pieces[after][2].isspace()
        if parted and len(_words(text, pieces[index])) == len(_words(text, pieces[after])) == 1:
            finish, index = pieces[after][1], after
        yield begin, finish, separator
        index += 1


def _words(text: str, piece: tuple[int, int, str]) -> str:
    return text[piece[0] : piece[1]].strip("。.")


@cache
def _posts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    post = rf"(?:常务)?副?{any_of(load_vocabulary('units')['posts'])}"
    before = re.compile(rf".*{post}(?=[\u4e00-\u9fff·]{{2,}}$)")
    return before, re.compile(rf"(?:^|(?<=[\u4e00-\u9fff·]{{2}})){post}$")


@cache
def _parted() -> re.Pattern[str]:
    """A family name and a post with the given name in brackets: 陆县长（文川）; （兼） and （代） are no names."""
    post = rf"(?:常务)?副?{any_of(load_vocabulary('units')['posts'])}"
    han = "\u4e00-\u9fff"
    return re.compile(
        rf"(?P<family>(?![副正原代前老各])[{han}]){post}[（(](?P<given>(?![兼代原男女副正])[{han}]{{1,2}})[)）]"
    )


def _is_post(entry: str) -> bool:
    """Whether an entry is a post, with or without the place that it is of."""
    return entry.endswith(tuple(load_vocabulary("units")["posts"]))


def _is_of(entry: str) -> bool:
    """Whether an entry is what the person named behind it is: a post, or the body that they are of."""
    return _is_post(entry) or is_unit_name(entry)


def _is_bare(text: str, entry: tuple[int, int, str]) -> bool:
    """Whether an entry is a name of the usual length without a post."""
    written = text[entry[0] : entry[1]].strip()
    return 2 <= len(written) <= LONGEST_NAME and not _is_post(written)


def _without_posts(entry: str) -> str:
    """The name without posts: 王建国 of 副区长王建国 and of 王建国副区长; nothing of a post alone."""
    before, after = _posts()
    rest = after.sub("", entry)
    if rest != entry:
        return "" if is_unit_name(rest) else rest
    return before.sub("", entry)


def are_names(people: Sequence[Person]) -> bool:
    """Whether persons read from a list have names of the usual length, and are no other words."""
    return all(len(one.name) <= LONGEST_NAME for one in people)


@cache
def surnames() -> frozenset[str]:
    """The characters that surnames begin with, the rarer ones too."""
    words = load_vocabulary("units")
    return frozenset("".join([*words["surnames"], *words["rarer_surnames"]]))


def looks_like_units(text: str, start: int, end: int) -> bool:
    """Whether a closing bracket lists bodies ((建管站、工业办)) and not something else ((试行), (VOCs))."""
    # 各街道、镇 is one group, whose last kind is no name by itself.
    entries = [text[s:e] for s, e, _ in _merge_groups(text, _entries(text, start, end))]
    if not entries:
        return False
    known = sum(is_unit_name(one) or ("、" in one and is_group(one)) for one in entries)
    return known == len(entries) or (len(entries) >= 3 and known * 3 >= len(entries) * 2)


def names_nobody(value: str) -> bool:
    """Whether a field is filled in with words for nothing (无, 待定, —)."""
    return value.strip() in load_vocabulary("units")["nobody"]


def is_group(name: str) -> bool:
    """Whether an entry names several bodies at once (各村, 相关镇…)."""
    return name.startswith(tuple(load_vocabulary("units")["group_starts"]))


def is_unit_name(entry: str) -> bool:
    """Whether an entry of a list ends as the names of bodies do, or names a group of them."""
    bare = re.sub(r"[（(][^（()）]*[)）]|\s+", "", entry)
    if not re.fullmatch(r"[\u4e00-\u9fff·“”\"]{2,24}", bare):
        return False
    return ends_as_body(bare) or is_group(bare)


def ends_as_body(name: str) -> bool:
    """Whether a name ends as the names of single bodies do; 各区人民 is broken off before its end."""
    return name.endswith(tuple(load_vocabulary("units")["suffixes"]))


def _entries(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Ranges of the list's entries with the separator before each."""
    entries = []
    for begin, finish, separator in _pieces(text, start, end):
        finish = _without_endings(text, begin, finish)
        for s, e, sep in _split_and(text, begin, finish, separator):
            s, e = trim(text, s, e, _TRAILING)
            if lead := _LEADING.match(text[s:e]):
                s += lead.end() if len(text[s:e]) - lead.end() >= 2 and text[s] in "由以" else 0
            e = _without_endings(text, s, e)
            s += len(text[s:e]) - len(text[s:e].lstrip(MARKS))
            e -= len(text[s:e]) - len(text[s:e].rstrip(MARKS))
            if of_firm := _PART_OF_FIRM.match(text[s:e]):
                s += of_firm.end()
            if s < e and not names_nobody(text[s:e]) and not _LIMIT.search(text[s:e]):
                entries.append((s, e, sep))
    return entries


def _without_endings(text: str, start: int, end: int) -> int:
    """Where an entry ends before the words of duty behind it and before 等部门."""
    end = trim(text, start, end, _TRAILING)[1]
    for ending in (_DUTY_IN_BRACKETS, _DUTY, _AND_OTHERS):
        if match := ending.search(text[start:end]):
            end = trim(text, start, start + match.start(), _TRAILING)[1]
    return end


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The stretches between separators; a line that ends in one goes on with the list behind that."""
    before = ""
    for begin, finish, separator in split_top_level(text, start, end, "、，,；;/"):
        before = separator or before
        yield begin, finish, before


def _split_and(text: str, start: int, end: int, separator: str) -> list[tuple[int, int, str]]:
    """Split “甲镇和乙镇” and “甲局 乙局” where both sides are bodies; 工业和信息化局 is one.

    Lines are entries of a list, unless a name was broken between them.
    """
    start, end = trim(text, start, end)
    if page := _PAGE.match(text, start, end):
        start = page.end()
    for gap in _GAP.finditer(text, start, end):
        stop, begin = gap.span()
        left, right = _GAP.sub("", text[start:stop]), _GAP.split(text[begin:end])[0]
        if not right:
            break
        if separator and "\n" in gap.group() and _OF_A_PLACE.fullmatch(f"{left} {right}"):
            continue  # 甲县人民政府、乙县⏎水务局: where marks part the bodies, the line broke off within a name.
        both = is_unit_name(left) and is_unit_name(right) and not _generic().fullmatch(right)
        if both or ("\n" in gap.group() and not is_unit_name(left + right)):
            return [(start, stop, separator), *_split_and(text, begin, end, "、")]
    for word in _AND.finditer(text, start + 1, end):
        left, right = text[start : word.start()].strip(), text[word.end() : end].strip()
        # 农业农村 is half a name, and no village: 区农业农村和海洋局.
        whole = is_unit_name(left) and not left.endswith("农业农村")
        if whole and is_unit_name(right) and len(left) >= 3:
            return [(start, word.start(), separator), (word.end(), end, "、")]
    return [(start, end, separator)]


@cache
def _generic() -> re.Pattern[str]:
    suffixes = sorted(load_vocabulary("units")["suffixes"], key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(suffixes)})+")


def is_kind(entry: str) -> bool:
    """Whether an entry is but a kind of body (街道办事处, 园区); 区纪委监委 is the body of a 区."""
    return _generic().fullmatch(entry) is not None and not (
        len(entry) > 2 and entry.startswith(("县", "区", "市"))
    )


def _merge_groups(text: str, entries: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Join “各镇人民政府” with the bare kinds that follow it (、街道办事处、园区) into one entry."""
    merged: list[tuple[int, int, str]] = []
    for start, end, separator in entries:
        follows_group = (
            merged and separator == "、" and is_group(text[merged[-1][0] : merged[-1][1]])
        )
        if follows_group and is_kind(text[start:end]):
            begin, _, before = merged.pop()
            merged.append((begin, end, before))
        else:
            merged.append((start, end, separator))
    return merged


def _expand_shared(text: str, entries: Sequence[tuple[int, int, str]]) -> list[str]:
    """Full names: an ending that the last of several places carries belongs to those before it too."""
    names = [_without_part(_FORMER.sub("", _GAP.sub("", text[s:e]))) for s, e, _ in entries]
    for index in range(len(names) - 1, 0, -1):
        ending = _shared_ending(names[index])
        if ending is None or entries[index][2] != "、":
            continue
        previous = names[index - 1]
        if _is_bare_place(previous, ending) and not is_group(previous):
            names[index - 1] = previous + ending
    for index, own in enumerate(names[1:], start=1):
        party = _PARTY.fullmatch(names[index - 1])
        if party is not None and entries[index][2] == "、":
            place = party["place"]
            office = own.removeprefix(place[-1])
            if office in _OF_THE_PLACE:
                names[index] = place + office
    return names


def _without_part(name: str) -> str:
    """The name without the bracket that tells its part: 安环部 of 安环部（监测井）; 各县（市、区） is a whole."""
    bare = _PART.sub("", name)
    return bare if not is_group(name) and is_unit_name(bare) else name


def _shared_ending(name: str) -> str | None:
    for ending in load_vocabulary("units")["shared"]:
        rest = name.removesuffix(ending)
        if rest != name and len(rest) >= 2 and not is_group(name) and _place_kind(rest):
            return str(ending)
    return None


def _place_kind(name: str) -> str | None:
    return next((k for k in load_vocabulary("units")["place_kinds"] if name.endswith(k)), None)


def _is_bare_place(name: str, ending: str) -> bool:
    kind = _place_kind(name)
    if kind is None or len(name) <= len(kind):
        return False
    return ending not in ("办事处", "街道办事处") or kind in ("街道", "街")
