"""What the text itself reports of progress: 目前已完成…, 均已完成整改, 正在施工, with the day it was true.

Only reported, never inferred: a date that has passed says nothing of what was done. Words that describe something
else (对已完成整改的问题开展回头看) report nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from ingest.anchor import Anchor
from ingest.paragraphs import Paragraph, fold_paragraph, paragraphs
from ingest.records import Progress, Span
from ingest.time_expressions import time_expressions

_DONE = r"(?:整改完成|完成整改|整改到位|办结|完成销号|销号)"
_UNDER_WAY = r"正在(?:推进|整改|施工|办理|建设|实施|验收)"
# 截至目前, 截止2021年2月底: what follows is as of then, up to the end of the sentence.
_AS_OF_NOW = r"(?:截[至止](?:到)?(?:目前|[^,。;]{2,14}?(?:日|月|底|末))|(?<!比)目前(?!的|正?处))"
_REPORT = re.compile(
    rf"{_AS_OF_NOW},?[^。;]*?(?:已|正在|尚未|完成)(?!的)[^。;]*"
    rf"|[^,。;]*(?:均|全部)?已(?:经|全部|基本)*{_DONE}(?!的|后|任务|问题|事项)[^,。;]*"
    rf"|[^,。;]*已(?:经|全部|基本)?完成(?![^,。;]{{0,16}}的)[^,。;]*"
    rf"|(?<![^,。;])整改完成(?![^,。;])"
    rf"|[^,。;]*{_UNDER_WAY}(?:中)?(?!的)[^,。;]*"
)
_CONDITIONAL = re.compile(r"^(?:如|若|对|凡|待|经|确保|督促|要求|推动|直至|直到|未|是否|待到)")
_AS_OF = re.compile(r"截[至止](?:到)?")


def find_progress(text: str, start: int, end: int, anchor: Anchor) -> tuple[Progress, ...]:
    """The reports of progress in `text[start:end]`, in order."""
    return tuple(
        report
        for paragraph in paragraphs(text, start, end)
        for report in _in_paragraph(paragraph, start, end, anchor)
    )


def reported_as_of(text: str, status: Span | None, anchor: Anchor) -> dt.date | None:
    """The day for which a status is reported: that of 截至…, else the day the document was signed."""
    if status is None:
        return None
    paragraph = fold_paragraph(text, status.start, status.end)
    said = _AS_OF.search(paragraph.masked)
    return _as_of(paragraph, said.start() if said else 0, len(paragraph.masked), anchor)


def _in_paragraph(paragraph: Paragraph, start: int, end: int, anchor: Anchor) -> Iterator[Progress]:
    for match in _REPORT.finditer(
        paragraph.masked, *paragraph.clip(0, len(paragraph.masked), start, end)
    ):
        first, last = match.span()
        if not _CONDITIONAL.match(paragraph.masked[first:last]):
            yield Progress(paragraph.span(first, last), _as_of(paragraph, first, last, anchor))


def _as_of(paragraph: Paragraph, start: int, end: int, anchor: Anchor) -> dt.date | None:
    """The day that 截至 names, else the day the document was signed."""
    if said := _AS_OF.match(paragraph.masked, start):
        for expression in time_expressions(paragraph, anchor):
            if said.end() <= expression.start <= said.end() + 1 and expression.end <= end:
                return expression.latest
    return anchor.reported or anchor.issued
