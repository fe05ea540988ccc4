"""The company that a document is about, by its short names."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.records import SourceDocument

_COMPANY = re.compile(r"([\u4e00-\u9fff]{4,40}?)(?:股份)?(?:有限)?(?:责任)?公司")
# What stands before the company in a title: who writes, and what for.
_BEFORE_NAME = re.compile(r"关于|责令|督促|要求|^致|(?<=[局厅委])对")
_CITY = re.compile(r"^[\u4e00-\u9fff]{2,3}[省市县](?=[\u4e00-\u9fff]{4,})")
# A notice names the company it is sent to in a line of its own: 某某有限公司：
_ADDRESSEE = re.compile(r"(?m)^[ \t　]*(?P<name>[\u4e00-\u9fff]{4,24}?公司)[ \t　]*[:：][ \t　]*$")
_HEAD_CHARS = 600


@lru_cache(maxsize=1024)
def subjects(source: SourceDocument) -> tuple[str, ...]:
    """Short names of the company that a title is about or a notice is sent to.

    恒某新材料 and 恒某 for 某湖恒某新材料有限公司.
    """
    names: list[str] = []
    addressee = _ADDRESSEE.search(source.text, 0, _HEAD_CHARS)
    for match in _COMPANY.finditer(f"{source.title}\n{addressee['name'] if addressee else ''}"):
        # 某市某局关于责令某市某公司限期整改的通知 is about what stands behind the last of these words.
        name = _BEFORE_NAME.split(match.group(1))[-1]
        for place in sorted((source.region, *source.region_aliases), key=len, reverse=True):
            if place:
                name = name.removeprefix(place)
        name = _CITY.sub("", name)
        names += [name, name[:2]]
    return tuple(name for name in dict.fromkeys(names) if len(name) >= 2)
