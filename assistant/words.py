"""Words of a Chinese text, by jieba's dictionary."""

from __future__ import annotations

import importlib
import logging
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from types import ModuleType


@cache
def _jieba() -> ModuleType:
    jieba = importlib.import_module("jieba")
    jieba.setLogLevel(logging.WARNING)
    return jieba


def cut(text: str, *, guess: bool = True) -> list[str]:
    """The words of a text in order. Without `guess`, what the dictionary lacks falls into characters."""
    return [str(word) for word in _jieba().cut(text, HMM=guess)]


def nouns(text: str) -> list[str]:
    """The nouns of a text, names and words of other alphabets included."""
    return [word for word, flag in tagged(text) if flag[0] in "nixljbe" or flag == "vn"]


# Understanding, ranking and refusing all tag the same question and its topic.
@lru_cache(maxsize=64)
def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """The words of a text with their parts of speech, unknown ones guessed: ("李明远", "nr")."""
    from jieba import posseg

    _jieba()
    return tuple((pair.word, pair.flag) for pair in posseg.cut(text))


def pairs(text: str) -> set[str]:
    """The neighbouring characters of a folded text, two by two; none reaches over punctuation."""
    runs = re.findall(r"[\u4e00-\u9fffa-z\d.]+", text)
    return {run[i : i + 2] for run in runs for i in range(len(run) - 1)}


def chinese_pairs(text: str) -> set[str]:
    """The pairs of neighbouring Chinese characters of a text."""
    return {pair for pair in pairs(text) if re.fullmatch(r"[\u4e00-\u9fff]{2}", pair)}


def stretches(text: str, shortest: int) -> Iterator[list[str]]:
    """The stretches of a text that reach over no blank, those of one length together, the longest first."""
    runs = text.split()
    for length in range(max(map(len, runs), default=0), shortest - 1, -1):
        yield [run[i : i + length] for run in runs for i in range(len(run) - length + 1)]


def sounds_alike(one: str, other: str) -> bool:
    """Whether two characters rhyme in some reading, whatever their tones: 铺 and 埠."""
    from pypinyin import Style, pinyin

    first, second = pinyin([one, other], style=Style.FINALS, heteronym=True, strict=False)
    return not set(first).isdisjoint(second)


def frequency(word: str) -> int:
    """How often the dictionary's corpus has a word, 0 when it is none."""
    _jieba().initialize()
    return int(_jieba().dt.FREQ.get(word, 0))


def dictionary_path() -> str:
    """The dictionary file: a word, its frequency and its part of speech on each line."""
    return str(_jieba().__file__).replace("__init__.py", "dict.txt")
