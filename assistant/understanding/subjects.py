"""The company that a document is about, by its short names."""

from __future__ import annotations

import re

from ingest.records import SourceDocument

_COMPANY = re.compile(
    r"(?:关于|督促|对|责令|要求)*([\u4e00-\u9fff]{4,20}?)(?:股份)?(?:有限)?(?:责任)?公司"
)


def subjects(source: SourceDocument) -> list[str]:
    """Short names of a company that the title is about: 恒某新材料, 恒某 for 某湖恒某新材料有限公司."""
    names: list[str] = []
    for match in _COMPANY.finditer(source.title):
        name = match.group(1)
        for place in sorted((source.region, *source.region_aliases), key=len, reverse=True):
            if place:
                name = name.removeprefix(place)
        names += [name, name[:2]]
    return [name for name in dict.fromkeys(names) if len(name) >= 2]
