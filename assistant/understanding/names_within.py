"""A name within a question that no document has: 截至9月底枫渚台账销了几项, 副市长张三和李四谁管, 恒发铸造的冲天炉.

A word that the tagger guesses to be a name, for the dictionary does not have it, is one. A word of the dictionary is one
where it is a person's surname and given name, and before what places, works and papers are called.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from assistant.synonyms import says
from assistant.understanding.known_names import begins_no_name, is_known
from assistant.vocabulary import wording
from assistant.words import frequency, tagged
from ingest.vocabulary import load_vocabulary

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_PAIR = re.compile(r"[\u4e00-\u9fff]{2}")
_NAME, _LONGEST = 2, 4
_WHOLE_NAME = 3
_DIVISIONS = "市区县镇乡"
_LONGEST_BEFORE_KIND = 3
# How the tagger calls persons, places, institutions and other names.
_NAMES = ("nr", "ns", "nt", "nz")
# And what single characters of a name that it does not know: nouns, morphemes, unknown ones.
_OF_NAMES = "ngxbj"
_COMMON_NOUN, _COMMON = 300, 1000
_NO_NAME = re.compile("[里局办委省]$|[和跟与]")


def name_within(question: str, text: str) -> str:
    """The first name of a folded question that a text does not have, with its kind; empty where there is none."""
    words, start = tagged(question), 0
    for at, (word, flag) in enumerate(words):
        run = _CHINESE.match(question, start)
        if run is not None and _CHINESE.fullmatch(word):
            found = _Found(run.group(), question[max(0, start - 1) : start], text)
            two = (words[at], *(words[at + 1 : at + 2] or [("", "")]))
            if (
                name := _guessed(word, flag, found)
                or _somebody(two, found)
                or _before_kind(two, found)
            ):
                return name
        start += len(word)
    return ""


@dataclass(frozen=True, slots=True)
class _Found:
    """The Chinese characters of a question from a word on, the character before them, and the text that may know them."""

    run: str
    before: str
    text: str

    def is_unknown(self, length: int) -> bool:
        """Whether what the run begins with may be a name and is none that the text knows, whole or but for a character."""
        name = self.run[:length]
        if (
            any(part in self.text for part in (name[:_NAME], name[-_NAME:]))
            or says(name, self.text)
            or _NO_NAME.search(name)
        ):
            return False
        if begins_no_name(name[0]) or begins_no_name(name[-1]) or self._is_cut_out(length):
            return False
        return not is_known(name, self.run, self.text)

    def _is_cut_out(self, length: int) -> bool:
        """Whether the text has what stands before a name with its first character, or its last one with what follows.

        What the dictionary does not know is cut wrongly as often as not: 钢料 of 澄钢料场.
        """
        around = (self.before + self.run[0], self.run[length - 1 : length + 1])
        return any(_PAIR.fullmatch(one) and one in self.text for one in around)


def _guessed(word: str, flag: str, found: _Found) -> str:
    """A word that is tagged as a name and that the dictionary has not at all, or as somebody's."""
    if not _NAME <= len(word) <= _LONGEST or flag[:2] not in _NAMES:
        return ""
    if (frequency(word) and not _is_somebodys(word, flag)) or _has_a_word(word):
        return ""
    is_division = len(word) == _WHOLE_NAME and word[-1] in _DIVISIONS
    return word if found.is_unknown(_NAME if is_division else len(word)) else ""


def _has_a_word(name: str) -> bool:
    """Whether a guessed name begins or ends with a common word: 马路边."""
    return (
        len(name) > _NAME and max(frequency(name[:_NAME]), frequency(name[-_NAME:])) >= _COMMON_NOUN
    )


def _is_somebodys(word: str, flag: str) -> bool:
    """Whether a word is a surname with a given name, and neither common nor ends with a common word (段时间)."""
    if flag != "nr" or word[0] not in _surnames() or frequency(word) >= _COMMON_NOUN:
        return False
    return len(word) == _NAME or frequency(word[1:]) < _COMMON


def _somebody(words: Sequence[tuple[str, str]], found: _Found) -> str:
    """A surname with a given name of two characters, in one word or two, that the text has not, with all of it or a part."""
    (word, flag), (behind, of_behind) = words
    name = found.run[:_WHOLE_NAME]
    is_whole = word == name and flag == "nr" and not frequency(word)
    is_parted = word + behind == name and len(word) == 1 and flag == of_behind == "nr"
    if not (is_whole or is_parted) or name[0] not in _all_surnames() or _NO_NAME.search(name):
        return ""
    if _has_a_word(name):
        return ""
    # The same given name behind another surname is somebody else's.
    without_surname = f"(?<![{_all_surnames()}]){name[1:]}"
    is_known_so = name[:-1] in found.text or re.search(without_surname, found.text) is not None
    return "" if is_known_so or begins_no_name(name[-1]) else name


def _before_kind(words: Sequence[tuple[str, str]], found: _Found) -> str:
    """A rare word before what places, works and papers are called, with that: 恒发铸造, 沙洼村, 枫渚台账."""
    (word, flag), (behind, _) = words
    is_named = flag[:2] in _NAMES
    if len(word) == 1:
        names = [word + behind] if len(behind) == 1 and flag[0] in _OF_NAMES else []
    else:
        # Of the dictionary's words only nouns and names are called so, of no common thing: 毛毯厂.
        names = [*([word] if is_named or flag == "n" else []), word[:-1]]
    for name in names:
        kind = _kind(found.run, len(name), of_nouns=bool(frequency(name)) and not is_named)
        if kind is None or not _NAME <= len(name) <= _LONGEST_BEFORE_KIND:
            continue
        # What the dictionary has not may be cut out of two words (台账里|老街), unless much stands behind.
        if len(word) > 1 and not (is_named or frequency(word) or len(kind.group()) > 1):
            continue
        is_rare = frequency(name) < _COMMON_NOUN and not frequency(name + kind.group())
        if is_rare and found.is_unknown(len(name)):
            return name + kind.group()
    return ""


def _kind(run: str, at: int, *, of_nouns: bool) -> re.Match[str] | None:
    """What a place, a work or a paper is called by, at some place of a run; `of_nouns` leaves out what may be anything's."""
    ways = ("kinds_of_nouns",) if of_nouns else ("kinds_of_nouns", "kinds", "papers")
    found = (wording("unknown_names", way).match(run, at) for way in ways)
    return next(filter(None, found), None)


@cache
def _surnames() -> str:
    return "".join(load_vocabulary("units")["surnames"])


@cache
def _all_surnames() -> str:
    return _surnames() + "".join(load_vocabulary("units")["rarer_surnames"])
