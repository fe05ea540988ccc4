"""Typing errors mended from the documents' own words, never in silence.

Chinese is typed by sound, so a wrong character usually sounds like the right one (仓州 for 沧州, 过炉 for 锅炉).
Where the segmenter falls back to single characters, which is what a typo does to it, the stretch is
compared by sound with the words of the documents. A mended word must share a character with what was typed.
A name of three characters or more may also have one that only looks alike (汉沽港 for 汊沽港).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from assistant.understanding.offices import offices_in
from assistant.units import same_unit
from assistant.words import cut, frequency, sounds_alike
from ingest.vocabulary import load_vocabulary

_CJK = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST_WORD = 4
_RARE = 30
_COUNTING, _COUNTED = "哪几每多这那一二两三四五六七八九十半", "天月年周日个家条项件号次"
_KIND = re.compile(r"(?:街道|[镇乡村区县市州])?(?:人民政府|政府|办事处|管委会)?$")
_DIVISION = re.compile("街道|[镇乡县](?![级委里长直])")
_SHORTEST_ALIKE = 3
# What tells neighbours of one name apart: 东丽 and 西丽, 一厂 and 二厂, 区水务局 and 市水务局.
_TELLING = re.compile(r"[省市区县镇乡村街东西南北上下前后左右大小新老一二三四五六七八九十]")
_FORMS_OF_OFFICE = ("局", "委", "办")
_TIME = re.compile(r"[年月][初中底末内]")
_GRAMMAR = "是有到的了在和与要把被给从就都还又先谁哪几多少没不能会去来也为对将让由于等之着得地这那个种两一么什再在做作已以需须起比归该应只才"


@dataclass(frozen=True, slots=True)
class Correction:
    """A word as typed and as understood."""

    typed: str
    meant: str


class TypoCorrector:
    """Corrects questions against the words and names of the documents."""

    def __init__(self, text: str, names: Iterable[str]) -> None:
        self._text = text
        self._names = tuple(names)

    @cached_property
    def _by_sound(self) -> dict[str, dict[str, int]]:
        """Words of the documents with their frequency, by toneless pinyin; names count a hundredfold."""
        words: dict[str, int] = defaultdict(int)
        for word in cut(self._text):
            if 2 <= len(word) <= _LONGEST_WORD and _CJK.fullmatch(word):
                words[word] += 1
        for name in self._names:
            if 2 <= len(name) <= 6 and _CJK.fullmatch(name):
                words[name] += 100
        index: dict[str, dict[str, int]] = defaultdict(dict)
        for word, count in words.items():
            index[_sound(word)][word] = count
        return index

    def correct(self, text: str) -> tuple[str, tuple[Correction, ...]]:
        """The text with its typos mended, and what was changed."""
        words = cut(text, guess=False)
        corrections: list[Correction] = []
        position = 0
        while position < len(words):
            taken, correction = self._at(words, position)
            if correction is not None and (
                _cuts_a_question(words, position)
                or self._cuts_a_name(words, position, taken)
                or self._shortens_a_name(words, position, taken)
                or self._makes_no_place(words, position, taken, correction)
            ):
                correction = None
            if correction is not None:
                corrections.append(correction)
                words[position : position + taken] = [correction.meant]
            position += 1
        return "".join(words), tuple(corrections)

    def _at(self, words: list[str], position: int) -> tuple[int, Correction | None]:
        for taken in (3, 2, 1):
            stretch = words[position : position + taken]
            typed = "".join(stretch)
            if len(stretch) < taken or not 2 <= len(typed) <= 6 or not _CJK.fullmatch(typed):
                continue
            if _TIME.fullmatch(typed) or _is_office_behind_a_verb(typed):
                continue
            if all(len(word) > 1 and _is_word(word) for word in stretch) or self._stands(typed):
                continue
            if meant := self._meant(typed):
                return taken, Correction(typed, meant)
        return 1, None

    def _stands(self, typed: str) -> bool:
        """Whether the documents have a stretch. Reading them is dear, and most that they lack lacks a pair already."""
        return all(pair in self._pairs for pair in pairwise(typed)) and typed in self._text

    @cached_property
    def _pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(pairwise(self._text))

    def _cuts_a_name(self, words: list[str], position: int, taken: int) -> bool:
        """Whether some words end or begin within a name that the question has: 跟金 of 和平跟金桥."""
        text = "".join(words)
        offices = [match.span() for match in offices_in(text)]
        start = len("".join(words[:position]))
        end = start + len("".join(words[position : position + taken]))
        names = [
            one.span()
            for name in self._names
            if name in text
            for one in re.finditer(re.escape(name), text)
        ]
        return any(first < start < last or first < end < last for first, last in (*names, *offices))

    def _shortens_a_name(self, words: list[str], position: int, taken: int) -> bool:
        """Whether some words call an office of the documents by a short name: 海渔局 for 海洋渔业局."""
        behind = "".join(words[position + taken : position + taken + 1])[:1]
        short = "".join(words[position : position + taken]) + behind
        return behind in _FORMS_OF_OFFICE and any(same_unit(short, name) for name in self._names)

    def _makes_no_place(
        self, words: list[str], position: int, taken: int, correction: Correction
    ) -> bool:
        """Whether a name of a place that nobody knows would become a word that is none: 适度 for 石度 of 石度镇."""
        kind = _DIVISION.match("".join(words[position + taken :]))
        return kind is not None and f"{correction.meant}{kind.group()}" not in self._text

    def _meant(self, typed: str) -> str | None:
        candidates = self._by_sound.get(_sound(typed), {})
        # 清溪先 of 清溪先放一边 has the place as it is called, and is no 清溪县.
        named = any(name in typed for name in self._names)
        alike = {
            word: count
            for word, count in candidates.items()
            if len(word) == len(typed)
            and _may_be_meant(typed, word, is_name=word in self._names and not named)
        }
        if alike:
            return max(alike, key=lambda word: alike[word])
        gaps = zip(typed, _with_gaps(typed), strict=False)
        like = (self._looks_like(gap, one) for one, gap in gaps if one not in _GRAMMAR)
        return next(filter(None, like), None)

    def _looks_like(self, gap: tuple[str, str], typed: str) -> str | None:
        """The name that alone stands in the documents around a gap, if its character there tells no neighbours apart.

        Somebody of another surname is another person: 梁国栋 is no 沈国栋.
        """
        names = self._by_gap.get(gap)
        if not names:
            return None
        before, after = gap
        alike = set(re.findall(f"{before}[\u4e00-\u9fff]{after}", self._text))
        name = next((one for one in names if alike == {one}), None)
        if name is None or (not before and _are_two_surnames(typed, name[0])):
            return None
        return None if _TELLING.match(name[len(before)]) else name

    @cached_property
    def _by_gap(self) -> dict[tuple[str, str], list[str]]:
        """Names less their kind by what is left of them without one character.

        The text is looked at for the one gap that a question has: for all of them it would be read thousands of times.
        """
        names = {_KIND.sub("", name, count=1) for name in self._names}
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name in names:
            if _CJK.fullmatch(name):
                for gap in _with_gaps(name):
                    found[gap].append(name)
        return found


def _are_two_surnames(typed: str, meant: str) -> bool:
    """Whether two characters are surnames that nobody types for each other: 梁 and 沈, but not 汪 and 王."""
    return {typed, meant} <= _surnames() and not sounds_alike(typed, meant)


@cache
def _surnames() -> frozenset[str]:
    units = load_vocabulary("units")
    return frozenset("".join([*units["surnames"], *units["rarer_surnames"]]))


def _with_gaps(word: str) -> list[tuple[str, str]]:
    """A word around each of its characters; none where it is too short to be known so."""
    if len(word) < _SHORTEST_ALIKE:
        return []
    return [(word[:place], word[place + 1 :]) for place in range(len(word))]


def _is_office_behind_a_verb(typed: str) -> bool:
    """Whether what was typed is an office as people call it behind 是 and the like: 是水务局 is no 市水务局."""
    rest = typed[1:]
    return typed[0] in _GRAMMAR and any(one.group() == rest for one in offices_in(rest))


def _cuts_a_question(words: list[str], position: int) -> bool:
    """Whether a stretch begins with what a word before it counts or asks for: 天报 of 哪天报."""
    before, stretch = "".join(words[:position]), words[position]
    return before.endswith(tuple(_COUNTING)) and stretch.startswith(tuple(_COUNTED))


def _is_word(word: str) -> bool:
    """Whether a word is common enough to be meant; rare variants (秸杆) may be typing errors."""
    return frequency(word) >= _RARE


def _may_be_meant(typed: str, word: str, *, is_name: bool = False) -> bool:
    """At least half of the characters agree, and none of the two kinds is a word of grammar.

    是区 is not 市区, and 打到 is not 达到: such pairs are ordinary speech that only sounds alike. In a name of three
    characters or more one may sound like a word of grammar: 河与县 for 河屿县.
    """
    kept = [a for a, b in zip(typed, word, strict=True) if a == b]
    changed = [a for a, b in zip(typed, word, strict=True) if a != b]
    if 2 * len(kept) < len(typed) or not changed:
        return False
    if is_name and len(typed) > 2 and len(changed) == 1:
        return True
    return not any(
        character in _GRAMMAR for character in (*changed, *(kept if len(typed) == 2 else ()))
    )


# A question's stretches are ordinary words, and the next question has them again.
@lru_cache(maxsize=8192)
def _sound(word: str) -> str:
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(word))
