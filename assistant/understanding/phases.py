"""The phases of a work that a question names (二期), and which of the things it names are of these.

Phases of one work share its name, so that the number alone tells them apart: 管网工程（一期）, 管网工程（二期）.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from vectorstore.folding import fold_query

_NUMBERS = "一二三四五六"
# 第三期通报 is one of a series.
_PHASE = re.compile(rf"(?<!第)[{_NUMBERS}](?:期|阶段)")
_DENIED = re.compile(r"(?:别|不要|不是|不给|不看|不问|非)[^,，。;；?？]{0,4}$")


def phases_asked(text: str) -> frozenset[str]:
    """The phases that a folded question asks for, without those that it puts aside: 要二期的，别给我一期."""
    return frozenset(
        one.group() for one in _PHASE.finditer(text) if not _DENIED.search(text[: one.start()])
    )


def of_phases_asked(text: str, names: Mapping[int, str]) -> set[int]:
    """Of some named things those of the phases asked for, where they are told apart by these; all where they are not."""
    asked = phases_asked(text)
    if not any(asked & _phases(one) for one in names.values()):
        return set(names)
    return {i for i, one in names.items() if not _phases(one) or asked & _phases(one)}


def _phases(name: str) -> frozenset[str]:
    return frozenset(_PHASE.findall(fold_query(name)))


def is_of_phase(text: str, names: Sequence[str]) -> bool:
    """Whether all of some names are of the phases that a folded question asks for."""
    return bool(names) and all(phases_asked(text) & _phases(one) for one in names)
