"""Parts that a sentence counts and that are more than the whole it states: 146户，其中甲村88户、乙村64户.

Fewer may be told of a whole (其中重点23户), more can never be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.composers.tables.series import decimal_text

_NUMBER = r"\d+(?:\.\d+)?"
_UNIT = r"万?(?:[户家个处座台辆亩吨件口条项人名栋艘套所起宗]|公里|平方米|立方米|公顷)"
_WHOLE = re.compile(
    rf"(?P<whole>{_NUMBER})(?P<unit>{_UNIT})[^，,。；;\d]{{0,14}}[，,]?(?:其中|包括|分别[为是]?|[（(：:])[：:]?"
)
_PART = r"[^，,、。；;\d]{{1,14}}?(?P<value>{number})(?:{unit})(?=[、，,。；;）)和及]|$)"
_JOINT = re.compile("[、，,和及]")
# What is done, left, planned or counted beside is no part of what is stated.
_NOT_A_PART = re.compile(
    "已|未|计划|完成|任务|目标|新增|[其剩]余|[各每共含]|[年月]|率|累计|不|超|至|到"
)


@dataclass(frozen=True, slots=True)
class SumApart:
    """A whole with its parts as they are written, and what these come to; `end` is where the last of them ends."""

    whole: str
    parts: tuple[str, ...]
    total: str
    start: int
    end: int


def sums_apart(text: str) -> Iterator[SumApart]:
    """The wholes of a text whose parts are more."""
    for sentence in re.finditer("[^。；;\n]+", text):
        said = sentence.group()
        for match in _WHOLE.finditer(said):
            unit = re.escape(match["unit"])
            if re.search(rf"\d{unit}", said[: match.start()]):
                continue  # of which of two wholes they are is not said
            part = re.compile(_PART.format(number=_NUMBER, unit=unit))
            parts: list[tuple[str, Decimal]] = []
            at = match.end()
            while found := part.match(said, at):
                if _NOT_A_PART.search(found.group()):
                    break
                parts.append((found.group(), Decimal(found["value"])))
                at = found.end() + 1
                if not _JOINT.match(said, found.end()):
                    break
            total = sum((value for _, value in parts), Decimal(0))
            if len(parts) > 1 and total > Decimal(match["whole"]):
                yield SumApart(
                    f"{match['whole']}{match['unit']}",
                    tuple(text for text, _ in parts),
                    f"{decimal_text(total)}{match['unit']}",
                    sentence.start() + match.start(),
                    sentence.start() + at - 1,
                )
