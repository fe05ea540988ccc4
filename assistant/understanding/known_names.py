"""Whether the documents know a name, as it is said or by a slip, and which characters begin none."""

from __future__ import annotations

import re

from assistant.vocabulary import load_words
from assistant.words import sounds_alike

_NAME = 2


def is_known(name: str, run: str, text: str) -> bool:
    """Whether the documents have the first two characters of a name close together, or such as sound like them.

    `run` is what a question has from the name on. The slip is one of its first three characters, or the second one of
    a town: 东铺 where the text has 东埠镇.
    """
    first, second, third = name[0], name[1], run[_NAME : _NAME + 1]
    if re.search(f"{first}[\u4e00-\u9fff]{{0,3}}{second}", text):
        return True
    slips = []
    if len(name) == _NAME:
        slips.append((second, f"(?<={first})[\u4e00-\u9fff](?=镇|乡|街道)"))
    if third:
        slips.append((first, f"[\u4e00-\u9fff](?={second}{third})"))
        slips.append((second, f"(?<={first})[\u4e00-\u9fff](?={third})"))
    meant = ((said, one) for said, slip in slips for one in set(re.findall(slip, text)))
    return any(sounds_alike(said, one) for said, one in meant)


def begins_no_name(character: str) -> bool:
    """Whether a character is of grammar, of what is done or of what everything is called."""
    return character in load_words("questions")["unknown_names"]["characters"]
