"""How many tasks of one name a question means together: 农厕返工那俩项目, 填埋场的两件事."""

from __future__ import annotations

import re

from ingest.numerals import parse_number

_THINGS = r"(?:项目|工程|问题|任务|事项|整改项|事儿?|活儿?|毛病)"
_TOGETHER = re.compile(
    rf"(?:[那这]|的)(?P<some>俩|[两二三四五2-5])(?:个|项|件|条|桩|处|期)?{_THINGS}"
    r"|[那这](?:(?P<both>俩)|(?P<few>[两二三四五2-5])[个项件条桩期])"
)


def together_asked(text: str) -> int | None:
    """The number of tasks that a folded question points at; None where it points at no several."""
    match = _TOGETHER.search(text)
    if match is None:
        return None
    said = match["some"] or match["both"] or match["few"]
    return 2 if said in "俩两" else parse_number(said)
