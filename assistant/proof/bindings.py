"""Whether a figure is said of the right thing: 38 and 72.6 both stand in the evidence, each of its own indicator.

Within one quotation, the words beside a figure in the statement have to be those beside it there. Only where
other figures of the quotation have more of these words is it taken for a mix-up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.proof.quantities import Quantity, quantities
from assistant.words import pairs

_CLAUSE_END = "，,。；;、:\n（()| "
_IN_TURN = re.compile(r"分别|依次")
_WORDS_BEFORE = 24
_NO_AMOUNTS = ("年", "个月", "期")


def mixed_up(text: str, quotes: str) -> list[str]:
    """The figures of a folded text whose own words stand beside another figure of the quotations."""
    known = quantities(quotes)
    if len({one.value for one in known}) < 2:
        return []
    wrong = []
    for part in re.split("[。；;]", text):
        said = quantities(part)
        turn = _IN_TURN.search(part)
        counted = [one for one in said if turn and one.start > turn.end()]
        if counted and not _in_order(counted, known):
            wrong += [one.written for one in counted]
        wrong += [
            one.written
            for one in said
            if one not in counted and _belongs_elsewhere(one, part, known, quotes)
        ]
    return wrong


def _belongs_elsewhere(one: Quantity, text: str, known: tuple[Quantity, ...], quotes: str) -> bool:
    words = _words_before(text, one)
    own = pairs(words)
    if not own or words + text[one.start : one.end] in quotes:
        return False
    right = [other for other in known if one.borne_out_by(other)]
    wrong = [other for other in known if not one.borne_out_by(other) and _comparable(one, other)]
    if not right or not wrong:
        return False
    shared = max(len(own & pairs(_words_before(quotes, other))) for other in right)
    elsewhere = max(len(own & pairs(_words_before(quotes, other))) for other in wrong)
    return elsewhere >= 2 and elsewhere > 2 * shared


def _comparable(one: Quantity, other: Quantity) -> bool:
    """Whether one figure may be taken for another: a share for a concentration, not a year for a share.

    The phase of a project is part of its name: 焚烧厂二期.
    """
    return other.unit not in _NO_AMOUNTS and one.unit not in _NO_AMOUNTS


def _words_before(text: str, one: Quantity) -> str:
    """The clause in front of a figure, which says what it is a figure of."""
    begin = max(0, one.start - _WORDS_BEFORE)
    before = text[begin : one.start]
    cut = max(before.rfind(mark) for mark in _CLAUSE_END)
    return before[cut + 1 :]


def _in_order(said: Sequence[Quantity], known: tuple[Quantity, ...]) -> bool:
    """Whether the figures of an enumeration stand in the order of the quotation."""
    rest = iter(known)
    return all(any(one.borne_out_by(other) for other in rest) for one in said)
