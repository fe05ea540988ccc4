"""A number that the text states, beside the number of entries that it really has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.composers.wording import cite, flat, heading_span, row_name
from assistant.draft import Block, Draft, Statement, bullets, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.stated_counts import StatedCount, asked_count
from ingest.numerals import parse_number
from ingest.records import ParsedDocument, SourceDocument, Span
from prompts import phrase

_NUMBER = r"(\d{1,3}|[一二三四五六七八九十]{1,3})(?:个|项|条|件)"
_TOTAL = re.compile(rf"共(?:有|列|安排|计|收|认领|梳理)*{_NUMBER}(?:问题|任务|事项|整改)?")
# Marks that a line may begin with before the word in brackets: （滞后）①….
_LINE_START = r"(?m)^[ \t　]*[-·●■▲]?[（(\[【〔]"


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a document says there is, and what it has."""

    parsed: ParsedDocument
    stated: Span
    number: int
    listed: tuple[tuple[str, Span], ...]


class StatedCountComposer:
    """Answers how many entries a document announces and how many it lists, citing both."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def draft(self, query: Query) -> Draft | None:
        """Both numbers for each document that states one; None where none does or nothing is listed."""
        asked = asked_count(query)
        if asked is None:
            return None
        found = (self._counted(parsed, asked) for parsed in self._library.within(query.documents))
        blocks = [block for one in found if one is not None for block in self._worded(one)]
        return Draft(tuple(blocks)) if blocks else None

    def _counted(self, parsed: ParsedDocument, asked: StatedCount) -> _Counted | None:
        source = parsed.source
        listed = _listed(parsed, asked)
        kind = "|".join(asked.words)
        pattern = re.compile(rf"(?:{kind})[^\d,，。;；\n]{{0,6}}{_NUMBER}") if kind else _TOTAL
        covering = [one.span for one in parsed.tasks if one.labelled]
        for match in pattern.finditer(source.text):
            span = source.span(match.start(), match.end())
            number = parse_number(match.group(1))
            if number and listed and not any(one.covers(span) for one in covering):
                return _Counted(parsed, span, number, tuple(listed))
        return None

    def _worded(self, one: _Counted) -> list[Block]:
        source = one.parsed.source
        text = phrase(
            "stated_count" if one.number == len(one.listed) else "stated_count_differs",
            title=source.title,
            stated=flat(one.stated.quote),
            count=len(one.listed),
        )
        cited = cite(self._library, source, one.stated)
        items = (
            Statement(said, cite(self._library, source, span), computed=(said,))
            for said, span in one.listed
        )
        return [paragraph(Statement(text, cited, computed=(text,))), bullets(*items)]


def _listed(parsed: ParsedDocument, asked: StatedCount) -> list[tuple[str, Span]]:
    """The entries of the kind: tasks whose progress or row says so, else lines marked with it."""
    source = parsed.source
    tasks = [
        task
        for task in parsed.tasks
        if not asked.words or _says(TaskEntry(source, task), asked.words)
    ]
    if tasks:
        return [(row_name(one), heading_span(source, one)) for one in tasks]
    return _marked_lines(source, asked.words)


def _says(entry: TaskEntry, words: Sequence[str]) -> bool:
    """Whether a row has a cell for the kind, or a reported progress begins with it."""
    cells = re.split(r"[\t|]", entry.task.span.quote) if entry.task.row else []
    kind = "|".join(words)
    if any(re.fullmatch(kind, cell.strip()) for cell in cells):
        return True
    status = entry.task.status
    return status is not None and re.match(rf"(?:已)?(?:{kind})", status.quote) is not None


def _marked_lines(source: SourceDocument, words: Sequence[str]) -> list[tuple[str, Span]]:
    marked = re.compile(rf"{_LINE_START}(?:{'|'.join(words)})[）)\]】〕][^\n]+")
    lines = (source.span(match.start(), match.end()) for match in marked.finditer(source.text))
    return [(flat(line.quote), line) for line in lines]
