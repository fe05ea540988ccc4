"""How many items each of several parts of a document has, and how far their numbering runs."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.composers.outline.divisions import (
    Division,
    counted_through,
    division_of,
    numbers_said,
)
from assistant.composers.wording import cite, flat
from assistant.draft import Block, Draft, Statement, bullets, paragraph
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.parts import counted_parts
from ingest.records import ParsedDocument, Section
from prompts import phrase
from vectorstore.folding import fold_query


class PartCountComposer:
    """Counts the items of each part that a question names, as the outline has them."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def draft(self, query: Query) -> Draft | None:
        """The counts of each document that has all the parts; None where none has, or none is asked for."""
        asked = counted_parts(query)
        if asked is None:
            return None
        blocks = [
            block
            for parsed in self._library.within(query.documents)
            for block in self._counted(parsed, asked.names, whole=asked.whole)
        ]
        return Draft(tuple(blocks)) if blocks else None

    def _counted(self, parsed: ParsedDocument, names: Sequence[str], *, whole: bool) -> list[Block]:
        sections = _named(parsed, names)
        parts = _each_divided(parsed, sections)
        if not parts:
            return []
        parent = next(one for one in parsed.sections if one.id == sections[0].parent)
        values = {
            "title": parsed.source.title,
            "section": f"{parent.number}{flat(parent.title)}" if parent.parent else "正文",
            "counts": "、".join(
                phrase(
                    "part_count",
                    part=f"“{one.name}”",
                    count=len(one.parts),
                    numbers=_numbers(counted_through(one.numbers)),
                )
                for one in parts
            ),
        }
        text = phrase("parts_counted", **values)
        proof = [one.heads[0] for one in parts]
        beside = [one for one in parsed.sections if one.parent == parent.id]
        if whole and (every := _each_divided(parsed, beside)):
            count = sum(len(one.parts) for one in every)
            numbers = _numbers(counted_through([n for one in every for n in one.numbers]))
            text = phrase("parts_counted_whole", **values, count=count, numbers=numbers)
            proof += [every[0].parts[0], every[-1].parts[-1]]
        lead = Statement(text, cite(self._library, parsed.source, *proof), computed=(text,))
        return [paragraph(lead), bullets(*map(self._ends, parts))]

    def _ends(self, part: Division) -> Statement:
        """The first and the last item of a part."""
        first, last = part.parts[0], part.parts[-1]
        items = [flat(one.quote) for one in dict.fromkeys((first, last))]
        text = phrase("part_ends", part=part.name, items="……".join(items))
        return Statement(text, cite(self._library, part.source, *part.heads, first, last))


def _each_divided(parsed: ParsedDocument, sections: Sequence[Section]) -> list[Division]:
    """The sections with their items; empty where one of them has none."""
    found = [division_of(parsed, section, fewest=1) for section in sections]
    divided = [one for one in found if one is not None]
    return divided if len(divided) == len(found) else []


def _numbers(numbering: tuple[int, int] | None) -> str:
    return numbers_said(numbering) if numbering else ""


def _named(parsed: ParsedDocument, names: Sequence[str]) -> list[Section]:
    """The sections side by side whose headings have the names, one each; empty where they are not all there."""
    for parent in parsed.sections:
        beside = [one for one in parsed.sections if one.parent == parent.id]
        found = [_with_name(beside, name) for name in names]
        sections = [one for one in found if one is not None]
        if len({one.id for one in sections}) == len(names):
            return sections
    return []


def _with_name(sections: Sequence[Section], name: str) -> Section | None:
    """The only section whose heading has a name, or the end of it: 计划里蓝天 has 蓝天."""
    for start in range(max(1, len(name) - 1)):
        having = [one for one in sections if name[start:] in fold_query(one.title)]
        if having:
            return having[0] if len(having) == 1 else None
    return None
