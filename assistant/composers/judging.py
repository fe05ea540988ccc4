"""What a limit means on the day of the question: passed, days left, a year that the text leaves out."""

from __future__ import annotations

import datetime as dt
import re

from assistant.composers.wording import cite
from assistant.draft import Statement
from assistant.library import Library
from assistant.query import Query
from ingest.records import Deadline, SourceDocument, Span
from prompts import phrase

_ASKS_WHETHER_PASSED = re.compile(
    r"期限内|到期|过期|超期|逾期|过了|过没|过线|线过|到线|已过|来得及|还在|到了没|超了|今[天儿日]|现在|眼下|目前"
)
_ASKS_DAYS_LEFT = re.compile(
    r"(?:还|离|距|剩).{0,16}(?:多少天|几天|多少日|几日|多久|几个月)|(?:多少天|几天|多久).{0,6}(?:到期|到点|截止)"
)
_ASKS_YEAR = re.compile(r"哪(?:一)?年|何年|年份|几几年")


def judgements(
    library: Library, source: SourceDocument, deadline: Deadline, cited: Span, query: Query
) -> list[Statement]:
    """Statements about one limit, each citing `cited`; that a limit has passed does not mean it was not met."""
    texts: list[tuple[str, tuple[str, ...]]] = []
    if deadline.latest is not None and deadline.year_inferred and _ASKS_YEAR.search(query.text):
        day = _said(deadline.latest)
        text = phrase("limit_inferred", written=deadline.phrase.quote, day=day)
        texts.append((text, (day, deadline.phrase.quote)))
    if deadline.latest is not None:
        texts += _days_left(deadline.latest, query) or _passed(deadline, query)
    evidence = cite(library, source, cited)
    return [Statement(text, evidence, computed=computed) for text, computed in texts]


def _passed(deadline: Deadline, query: Query) -> list[tuple[str, tuple[str, ...]]]:
    """Whether the limit has passed, where the question asks that."""
    if deadline.latest is None or not _ASKS_WHETHER_PASSED.search(query.text):
        return []
    if deadline.latest >= query.as_of:
        name = "limit_running"
    else:
        name = "limit_passed_stage" if deadline.ongoing else "limit_passed"
    said = _said(query.as_of)
    return [(phrase(name, as_of=said), (said,))]


def _days_left(latest: dt.date, query: Query) -> list[tuple[str, tuple[str, ...]]]:
    """How many days are left, where the question asks that and any are."""
    days = (latest - query.as_of).days
    if days < 0 or not _ASKS_DAYS_LEFT.search(query.text):
        return []
    said, day = _said(query.as_of), _said(latest)
    return [(phrase("limit_days_left", as_of=said, day=day, days=days), (said, day, str(days)))]


def _said(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
