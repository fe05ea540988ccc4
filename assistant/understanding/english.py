"""Questions in English, or with English in them, read with a glossary of the genre.

It is no translation: the recognisers and the search need the things and what is asked of them, in any order. What
the glossary does not have is left as it is, and so is what the documents write in Latin letters themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from assistant.understanding.places import divisions
from assistant.understanding.spelled import is_pinyin
from assistant.vocabulary import load_words

_WORD = re.compile(r"(?<![a-z\d.])[a-z]+(?:['’-][a-z]+)*(?![a-z\d.])")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")  # A级企业
_GAP = re.compile(r"[\s,]+")
_SHORTEST_NAME = 4
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_BOUNDS = {"before": "前", "by": "前", "until": "前", "till": "前", "after": "后", "since": "后"}


class EnglishReader:
    """Reads English with the Chinese words of the glossary; `text` is that of the documents."""

    def __init__(self, text: str) -> None:
        self._own = frozenset(_WORD.findall(text))

    def read(self, text: str) -> str:
        """The question with its English in Chinese, what is asked at the end; as it is where there is none."""
        words = [word for word in _WORD.findall(text) if word not in self._own]
        if not words or is_pinyin(text):
            return text
        asked: list[str] = []

        def written(match: re.Match[str]) -> str:
            phrase = _GAP.sub(" ", match.group())
            if asking := _glossary("asking").get(phrase):
                asked.append(asking)
                return " "
            return f" {_glossary('words')[phrase]} "

        read, known = _phrases().subn(written, _with_dates(text))
        if not known:
            return text
        read = _WORD.sub(self._rest, read)
        head, mark = re.fullmatch(r"(.*?)([?？.。!！\s]*)", read, re.DOTALL).groups()  # type: ignore[union-attr]
        head = re.sub(r"\s+", " ", head).strip()
        mark = "？" if mark.strip() else ""
        return " ".join([head, *dict.fromkeys(asked)]).strip() + mark

    def _rest(self, match: re.Match[str]) -> str:
        """A word that no phrase has: a name of a place, or nothing."""
        word = match.group()
        beside = match.string[: match.start()][-1:] + match.string[match.end() :][:1]
        if word in self._own or (len(word) == 1 and _CHINESE.search(beside)):
            return word
        if word in load_words("english")["silent"]["words"]:
            return " "
        return _divisions_by_sound().get(word, word)


@cache
def _glossary(table: str) -> Mapping[str, str]:
    entries: dict[str, str] = load_words("english")[table]
    return {phrase: meaning for ways, meaning in entries.items() for phrase in ways.split("|")}


@cache
def _phrases() -> re.Pattern[str]:
    """Every phrase of the glossary, the longest first."""
    known = sorted((*_glossary("asking"), *_glossary("words")), key=len, reverse=True)
    ways = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in known)
    return re.compile(rf"(?<![a-z\d.-])(?:{ways})(?![a-z\d-])")


def _with_dates(text: str) -> str:
    """English dates as Chinese ones: by the end of June 2025 is 2025年6月底前."""
    months: dict[str, int] = load_words("english")["months"]
    names = "|".join(sorted(months, key=len, reverse=True))

    def written(match: re.Match[str]) -> str:
        month = f"{months[match['month']]}月" if match["month"] else ""
        number = match["day"] or match["day_first"]
        day = f"{int(re.sub('[a-z]', '', number))}日" if number else ""
        end = "底" if match["end"] and not day else ""
        bound = _BOUNDS.get(match["bound"] or "", "")
        return f" {match['year']}年{month}{day}{end}{bound} "

    return re.sub(
        rf"(?<![a-z])(?:(?P<bound>{'|'.join(_BOUNDS)})\s+)?(?:the\s+)?(?P<end>end\s+of\s+)?"
        rf"(?:(?:(?P<day_first>{_DAY})\s+)?(?P<month>{names})\.?,?\s+(?:(?P<day>{_DAY}),?\s+)?)?"
        r"(?P<year>(?:19|20)\d\d)(?![\d.年])",
        written,
        text,
    )


@cache
def _divisions_by_sound() -> Mapping[str, str]:
    """Places of the dictionary by their pinyin in one word: beijing."""
    from pypinyin import lazy_pinyin

    by_sound = {"".join(lazy_pinyin(name)): name for name in sorted(divisions())}
    return {sound: name for sound, name in by_sound.items() if len(sound) >= _SHORTEST_NAME}
