"""Whether a question asks to reckon with figures of the text: what is left of a total (还剩几台), or a sum (一共几公里)."""

from __future__ import annotations

import re

from assistant.proof.quantities import quantities
from assistant.vocabulary import wording

POINTS = "个百分点"
# 几个点, 多少号人, 几个亿
_SPOKEN = (
    (re.compile(r"^(?:个)?(?:百分)?点(?!位|源)"), POINTS),
    (re.compile(r"^号?人"), "人"),
    (re.compile(r"^个?亿(?!元)"), "亿元"),
)
_LONGEST_UNIT = 4


def asked_remainder(text: str) -> str | None:
    """The unit that what is left is asked in, as the question has it; None where nothing of the kind is asked."""
    return _unit_after(wording("reckonings", "remainder"), text)


def asked_sum(text: str) -> str | None:
    """The unit that a sum is asked in; None where none is asked."""
    return _unit_after(wording("reckonings", "sum"), text)


def _unit_after(pattern: re.Pattern[str], text: str) -> str | None:
    for match in pattern.finditer(text):
        rest = text[match.end() :]
        for spoken, unit in _SPOKEN:
            if spoken.match(rest):
                return unit
        # The longest beginning of the rest that is a unit behind a figure.
        for length in range(min(_LONGEST_UNIT, len(rest)), 0, -1):
            read = quantities(f"2{rest[:length]}")
            if len(read) == 1 and read[0].unit and read[0].end == length + 1:
                return rest[:length]
    return None
