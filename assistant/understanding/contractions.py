"""Short forms of two words of a task's title, read in full and never in silence: 农厕 for 农村厕所."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

from assistant.understanding.typos import Correction
from assistant.words import cut, frequency

_WORD = re.compile(r"[\u4e00-\u9fff]{2}")
_RARE = 30
# What may stand between other words of a question is no short form: 个月 of 两个月.
_GRAMMAR = frozenset(
    "是有到的了在和与要把被给从都还又谁哪几多少没不去来也为对将让由之这那个年月日项件条家"
)


class ContractionReader:
    """Reads short forms that the documents do not have themselves."""

    def __init__(self, text: str, titles: Iterable[str]) -> None:
        self._text = text
        self._titles = tuple(titles)

    @cached_property
    def _full(self) -> dict[str, str]:
        """What each short form stands for, where it stands for one thing alone."""
        found: dict[str, set[str]] = defaultdict(set)
        for title in self._titles:
            for one, other in pairwise(cut(title)):
                if _WORD.fullmatch(one) and _WORD.fullmatch(other):
                    found[one[0] + other[0]].add(one + other)
        return {
            short: next(iter(full))
            for short, full in found.items()
            if len(full) == 1
            and short not in self._text
            and frequency(short) < _RARE
            and not _GRAMMAR & set(short)
        }

    def read(self, text: str) -> tuple[str, tuple[Correction, ...]]:
        """The text with its short forms in full, and which they are."""
        words = cut(text, guess=False)
        read: list[Correction] = []
        for place, (one, other) in enumerate(pairwise(words)):
            full = self._full.get(one + other) if len(one) == len(other) == 1 else None
            if full is not None:
                read.append(Correction(one + other, full))
                words[place : place + 2] = [full, ""]
        return "".join(words), tuple(read)
