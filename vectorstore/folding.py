"""The form of a text in which it is matched; what is quoted and cited stays as written.

`fold` keeps the length, so an offset found in the folded text is an offset of the original.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Letter numbers (Ⅴ) and other numbers (①, ²) are labels of their own: folding ① to 1 would make
# “①” and “1.” the same item number.
_KEPT_CATEGORIES = frozenset({"Nl", "No"})
_BLANKS = re.compile(r"\s+")


class _FoldTable(dict[int, str]):
    """A `str.translate` table that works out each character's form when it is first met."""

    def __init__(self, simplified: dict[str, str]) -> None:
        super().__init__()
        self._simplified = simplified

    def __missing__(self, code: int) -> str:
        form = _fold_character(chr(code), self._simplified)
        self[code] = form
        return form


def fold(text: str) -> str:
    """Half width, lower case and simplified characters, one character for each of `text`."""
    return text.translate(_table())


def fold_query(text: str) -> str:
    """`fold` after full NFKC (Ⅴ → v, ㎡ → m2), with runs of blanks made one; the length may change."""
    return _BLANKS.sub(" ", fold(unicodedata.normalize("NFKC", text))).strip()


@cache
def _table() -> _FoldTable:
    return _FoldTable(_simplifications())


def _simplifications() -> dict[str, str]:
    """Traditional → simplified for the characters of the two main blocks.

    Converted one to a line: OpenCC looks at phrases, and in a run of characters it would change
    one by its neighbours.
    """
    from opencc import OpenCC

    characters = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {
        written: simplified
        for written, simplified in zip(characters, converted, strict=True)
        if len(simplified) == 1 and simplified != written
    }


def _fold_character(character: str, simplified: dict[str, str]) -> str:
    if unicodedata.category(character) in _KEPT_CATEGORIES:
        return character
    for form in (unicodedata.normalize("NFKC", character), character):
        if len(form) == 1:
            lower = form.lower()
            form = lower if len(lower) == 1 else form
            return simplified.get(form, form)
    return character
