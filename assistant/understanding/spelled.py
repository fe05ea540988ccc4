"""Questions typed in pinyin (wuqing qu PM2.5 yao kong zhi dao duo shao), read with the documents' own words.

Tones are not typed, so a row of syllables fits many words: the names and words of the documents and those that
questions are asked with come first, then the dictionary's; of several readings the one in the fewest words.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from assistant.vocabulary import load_words
from assistant.words import cut, frequency

_WORD = re.compile(r"[a-z]+")
_OTHER = re.compile(r"(pm\s?2\.5|pm\s?10|\b(?:t?vocs?|cod|bod|aqi|vip)\b|[^a-z\s']+)")
_CJK = re.compile(r"[\u4e00-\u9fff]+")
# In a question in characters: a word of two syllables or more, with nothing Latin or a figure at it.
_LATIN_WORD = re.compile(r"(?<![a-z\d.])[a-z]{4,}(?![a-z\d.])")
# One character of a word typed by its sound: 书香hua府, 园qu.
_ONE_SYLLABLE = re.compile(r"(?<![a-z\d.])[a-z]{2,6}(?![a-z\d.])")
_BESIDE = ((2, 2), (1, 2), (2, 1), (0, 2), (2, 0), (1, 1), (0, 1), (1, 0))
_FINE_DUST = re.compile(r"pm\s?2[。.,点]?5(?!\d)")
_PARTICLE = re.compile(r"(?<![a-z\d.])(?:de|le|ma|ne|ba)(?![a-z\d.])")
_FEWEST = 4  # syllables; fewer may be a name of another kind
_MOST_CHINESE = 0.2
_LONGEST_SYLLABLE = 6
_LONGEST_WORD = 6
_PER_WORD = 6.0  # what every further word costs, in units of the logarithm of a frequency
_NAME = 200
_QUESTION_WORD = 50


def with_fine_dust(text: str) -> str:
    """A folded question with PM2.5 as it is written, for PM25 and pm2，5."""
    return _FINE_DUST.sub("pm2.5", text)


class PinyinReader:
    """Reads pinyin with the words of the documents (`text`) and the names they use."""

    def __init__(self, text: str, names: Iterable[str]) -> None:
        self._text = text
        self._names = tuple(names)

    def read(self, text: str) -> str:
        """The question in characters; as it is where it is not pinyin."""
        if sum(map(len, _CJK.findall(text))) > _MOST_CHINESE * len(text):
            return self._with_words_read(text)
        # Figures, and the Latin names of what is measured, stay as they are.
        parts = [(run, self._syllables(run)) for run in _OTHER.split(text)]
        foreign = any(
            _WORD.search(run) and not _OTHER.fullmatch(run) and not found for run, found in parts
        )
        if foreign or sum(len(found) for _, found in parts) < _FEWEST:
            return text
        return "".join(self._decoded(found) if found else run.strip() for run, found in parts)

    def _with_words_read(self, text: str) -> str:
        """A question in characters, with the words in it that are typed in pinyin: hepingqu 的 laji."""

        def written(match: re.Match[str]) -> str:
            syllables = tuple(_split(match.group()))
            known = self._words.get(syllables)
            return known[0] if known is not None and len(syllables) > 1 else match.group()

        read = _LATIN_WORD.sub(written, text)
        for match in reversed(list(_ONE_SYLLABLE.finditer(read))):
            read = read[: match.start()] + self._character(match) + read[match.end() :]
        # A syllable by itself (de) is only read beside a word that was.
        return text if read == text else _PARTICLE.sub("", read)

    def _character(self, typed: re.Match[str]) -> str:
        """The character that a syllable stands for in a word of the documents; the syllable where there is none."""
        syllable, text = typed.group(), typed.string
        if len(_split(syllable)) != 1 or _PARTICLE.fullmatch(syllable):
            return syllable
        for before, after in _BESIDE:
            left = text[max(0, typed.start() - before) : typed.start()]
            right = text[typed.end() : typed.end() + after]
            if len(left) < before or len(right) < after or not _CJK.fullmatch(left + right):
                continue
            meant: Counter[str] = Counter(
                one
                for one in re.findall(f"{left}([\u4e00-\u9fff]){right}", self._text)
                if _sound(one) == (syllable,)
            )
            if meant:
                return max(meant, key=lambda one: meant[one])
        return syllable

    def _syllables(self, run: str) -> tuple[str, ...]:
        """The syllables of a run of Latin words; none where one of them is no pinyin."""
        if _OTHER.fullmatch(run):
            return ()
        found: list[str] = []
        for word in _WORD.findall(run):
            split = _split(word)
            if not split:
                return ()
            found += split
        return tuple(found)

    def _decoded(self, syllables: Sequence[str]) -> str:
        """The likeliest words for a row of syllables."""
        best: list[tuple[float, str]] = [(0.0, "")]
        for end in range(1, len(syllables) + 1):
            choices = [
                (best[begin][0] + score - _PER_WORD, best[begin][1] + word)
                for begin in range(max(0, end - _LONGEST_WORD), end)
                if (entry := self._words.get(tuple(syllables[begin:end]))) is not None
                for word, score in [entry]
            ]
            best.append(max(choices, default=(best[-1][0] - 100, best[-1][1] + syllables[end - 1])))
        return best[-1][1]

    @cached_property
    def _words(self) -> dict[tuple[str, ...], tuple[str, float]]:
        """The best word for each row of syllables, with the logarithm of its weight."""
        weights: Counter[str] = Counter()
        for word in cut(self._text):
            if _CJK.fullmatch(word) and len(word) <= _LONGEST_WORD:
                weights[word] += 3
        for name in self._names:
            if _CJK.fullmatch(name) and len(name) <= _LONGEST_WORD:
                weights[name] += _NAME
        known = load_words("questions")
        for word in (*known["fillers"]["words"], *known["typed"]["words"]):
            if _CJK.fullmatch(word):
                weights[word] += _QUESTION_WORD
        for character in {one for word in weights for one in word}:
            weights[character] += 1 + frequency(character) // 10_000
        best: defaultdict[tuple[str, ...], tuple[str, float]] = defaultdict(lambda: ("", -1.0))
        for word, weight in weights.items():
            key = _sound(word)
            if math.log(weight + 1) > best[key][1]:
                best[key] = (word, math.log(weight + 1))
        return dict(best)


def is_pinyin(text: str) -> bool:
    """Whether all Latin words of a folded text can be read as pinyin, names of what is measured left out."""
    words = [
        word
        for run in _OTHER.split(text)
        if not _OTHER.fullmatch(run)
        for word in _WORD.findall(run)
    ]
    return bool(words) and all(map(is_syllables, words))


def is_syllables(word: str) -> bool:
    """Whether a Latin word in small letters can be read as pinyin: ya, liu."""
    return bool(_split(word))


def _split(word: str) -> list[str]:
    """A word as syllables, the longest first; empty where it is none."""
    syllables = _known_syllables()
    found: list[list[str] | None] = [[]]
    for end in range(1, len(word) + 1):
        ways = [
            [*before, word[begin:end]]
            for begin in range(max(0, end - _LONGEST_SYLLABLE), end)
            if word[begin:end] in syllables and (before := found[begin]) is not None
        ]
        found.append(min(ways, key=len, default=None))
    return found[-1] or []


@lru_cache(maxsize=1)
def _known_syllables() -> frozenset[str]:
    from pypinyin import Style, lazy_pinyin
    from pypinyin.constants import PINYIN_DICT  # a reading for each character

    common = "".join(chr(code) for code in PINYIN_DICT if 0x4E00 <= code <= 0x9FFF)
    return frozenset(lazy_pinyin(common, style=Style.NORMAL, errors="ignore"))


def _sound(word: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin

    return tuple(lazy_pinyin(word, style=Style.NORMAL))
