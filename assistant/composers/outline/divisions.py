"""How a document is divided: sections with their parts, points numbered in a text, and how these are told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.composers.wording import cite, flat
from assistant.draft import Block, Statement, bullets, paragraph
from assistant.library import Library
from ingest.enumerations import numbered_points
from ingest.numerals import parse_number
from ingest.outline import ANNEX_LIST_TITLE
from ingest.passages import split_sentences
from ingest.records import ParsedDocument, Section, SourceDocument, Span
from prompts import phrase

_LONGEST_POINT = 60
_CLAUSE = re.compile(r"[^:：。]+")


@dataclass(frozen=True, slots=True)
class Division:
    """A stretch of text in parts: its heading or the sentence before its points, and what each part begins with.

    `name` is the heading, empty for a whole document and for points in a text; `numbers` those of its sections.
    """

    source: SourceDocument
    span: Span
    heads: tuple[Span, ...]
    parts: tuple[Span, ...]
    name: str = ""
    numbers: tuple[str, ...] = ()


def division_of(parsed: ParsedDocument, section: Section, fewest: int = 2) -> Division | None:
    """A section in its own sections, else in the points numbered in its text; None where these are too few."""
    children = [
        one for one in parsed.sections if one.parent == section.id and one.title != ANNEX_LIST_TITLE
    ]
    parts = [_head(parsed.source, one) for one in children] or _points(parsed.source, section.span)
    if len(parts) < fewest:
        return None
    return Division(
        source=parsed.source,
        span=section.span,
        heads=(section.heading,) if section.parent else (parts[0], parts[-1]),
        parts=tuple(parts),
        name=f"{section.number}{flat(section.title)}" if section.parent else "",
        numbers=tuple(one.number for one in children),
    )


def divisions(parsed: ParsedDocument) -> Iterator[Division]:
    """The sections of a document that have parts, and the points numbered in what else they say."""
    for section in parsed.sections:
        inner = [one for one in parsed.sections if one.parent == section.id]
        if section.parent and (division := division_of(parsed, section)):
            yield division
        if inner:
            end = min(one.span.start for one in inner)
            yield from _of_paragraphs(parsed.source, section.span.start, end)


def worded(library: Library, division: Division) -> list[Block]:
    """How many parts there are, and which."""
    numbering = counted_through(division.numbers)
    lead = phrase(
        "parts_count",
        title=division.source.title,
        section=f"“{division.name}”" if division.name else "",
        count=len(division.parts),
        numbers=numbers_said(numbering) if numbering and numbering[0] > 1 else "",
    )
    items = [
        Statement(_short(part), cite(library, division.source, part)) for part in division.parts
    ]
    heads = cite(library, division.source, *division.heads)
    return [paragraph(Statement(lead, heads, computed=(lead,))), bullets(*items)]


def counted_through(numbers: Sequence[str]) -> tuple[int, int] | None:
    """The first and the last of some numbers as written, where none between them is left out."""
    values = [parse_number(re.sub(r"[^\d一二三四五六七八九十]", "", one)) for one in numbers]
    first = values[0] if values else None
    if first is None or values != list(range(first, first + len(values))):
        return None
    return first, first + len(values) - 1


def numbers_said(numbering: tuple[int, int]) -> str:
    """（编号15至20）."""
    first, last = numbering
    said = f"{first}至{last}" if first < last else str(first)
    return phrase("parts_numbers", numbers=said)


def _of_paragraphs(source: SourceDocument, start: int, end: int) -> Iterator[Division]:
    """The paragraphs of a stretch that number points, each with the sentence before them as its head."""
    for line in re.compile(r"[^\n]+").finditer(source.text, start, end):
        points = _points(source, source.span(*line.span()))
        if len(points) < 2:
            continue
        before = split_sentences(source.text, line.start(), points[0].start)
        head = before[-1] if before else points[0]
        yield Division(source, source.span(*line.span()), (head,), tuple(points))


def _head(source: SourceDocument, section: Section) -> Span:
    """A section's heading; where it is no more than a number, with the clause that follows it."""
    if section.title:
        return section.heading
    clause = _CLAUSE.match(source.text, section.span.start, section.span.end)
    return source.span(*clause.span()) if clause is not None else section.heading


def _points(source: SourceDocument, span: Span) -> list[Span]:
    """The first sentence of each point numbered in a stretch of text."""
    points = numbered_points(source.text, span.start, span.end)
    if not points:
        return []
    ends = [point.start for point in points[1:]] + [span.end]
    firsts = []
    for point, end in zip(points, ends, strict=True):
        sentences = split_sentences(source.text, point.start, end)
        if sentences:
            firsts.append(sentences[0])
    return firsts


def _short(part: Span) -> str:
    text = flat(part.quote)
    return re.split(r"[。]", text)[0] if len(text) > _LONGEST_POINT else text
