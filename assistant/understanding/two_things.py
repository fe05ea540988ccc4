"""Whether a question asks which of two things comes first or last: 脱硫和除臭，哪个先到期."""

from __future__ import annotations

import re
from dataclasses import dataclass

_THING = r"[^,，。;；?？]{2,20}?"
_WHICH = re.compile(
    rf"(?P<one>{_THING})(?:和|跟|与|同|、|还是)(?P<other>[^,，。;；?？]{{2,20}}?)[,，]?(?:这|那)?(?:两|俩|2)?[个项件]?[,，]?(?:里头?|之间|相比)?"
    r"(?:哪一?[个项件条边]|谁)[^,，。;；?？]{0,6}?(?P<end>先|早|急|紧|晚|迟|后)(?:一点|些)?(?:要|该|得)?"
    r"(?:到期|到点|到线|截止|完成|完工|办结|办完|改完|弄完|做完|交账|收尾)"
)
_LATE = ("晚", "迟", "后")


@dataclass(frozen=True, slots=True)
class TwoThings:
    """Two things as a question calls them, and whether the later of them is asked for."""

    one: str
    other: str
    later: bool


def asked_of_two(text: str) -> TwoThings | None:
    """The two things whose limits a folded question compares; None where it compares none."""
    match = _WHICH.search(text)
    if match is None:
        return None
    return TwoThings(match["one"], match["other"], match["end"] in _LATE)
