"""What a limit means on the day of the question: passed, days left, a year that the text leaves out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from assistant.composers.wording import cite, flat
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.query import Field, Query
from assistant.search import Found
from assistant.understanding.reckonings import asks_days_left
from ingest.dates import chinese_date, impossible_days
from ingest.deadlines import later
from ingest.records import Deadline, SourceDocument, Span
from prompts import phrase
from vectorstore.folding import fold

_ASKS_WHETHER_PASSED = re.compile(
    r"期限内|到期|过期|超期|逾期|过了|过没|过线|线过|到线|已过|来得及|还在|到了没|超了|超时|误期|届满|过去|今[天儿日]|现在|眼下|目前"
)
# 要是4月15日收到的: the day from which a limit counts.
_SUPPOSED_DAY = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号](?:才|就|当天)?"
    r"(?:收|拿|接|领|签|送|下|印|发|公开|公布|批|交办|通报|约谈|起算|算起|开始算|起)"
)
_PERIOD = re.compile(
    r"(?P<count>\d{1,3}|[一二两三四五六七八九十半]{1,3})个?(?P<unit>工作日|小时|日|天|周|月|年)(?:之?内|以内)"
)
_MOST_JUDGED = 3
_MARKS = "，,；;。"
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_ASKS_YEAR = re.compile(r"哪(?:一)?年|何年|年份|几几年")


def judged(library: Library, query: Query, found: Sequence[Found]) -> list[Block]:
    """What the limits of the best clause mean on the day of the question, where that is asked."""
    if not found or Field.DEADLINE not in query.fields:
        return []
    # How long is left is asked of a limit, and so of the first sentence that has one.
    near = found[:_MOST_JUDGED] if asks_days_left(query.text) else found[:1]
    limits = [
        (best, one)
        for best in near
        for one in library.limits(best.source.path)
        if best.span.covers(one.phrase)
    ]
    statements = [
        statement
        for best, one in _meant(query, limits)
        for statement in judgements(library, best.source, one, best.span, query)
    ]
    return [paragraph(one) for one in statements]


def judgements(
    library: Library, source: SourceDocument, deadline: Deadline, cited: Span, query: Query
) -> list[Statement]:
    """Statements about one limit, each citing `cited`; that a limit has passed does not mean it was not met."""
    if deadline.latest is None:
        texts = _from_day(source, deadline, query)
        return [Statement(text, cite(library, source, cited), computed=(text,)) for text in texts]
    task = library.place(source.path, deadline.phrase.start).task
    reported = task.reported if task is not None else ()
    told = _told(source, reported)
    texts = [
        *_impossible(deadline, deadline.latest),
        *_inferred(deadline, deadline.latest, query),
        *(_days_left(deadline.latest, query) or _passed(deadline, deadline.latest, query, told)),
    ]
    evidence = cite(library, source, cited, *reported)
    # The whole sentence is worked out: what the verifier knows of time spans and duties does not apply to it.
    return [Statement(text, evidence, computed=(text,)) for text in texts]


def _from_day(source: SourceDocument, deadline: Deadline, query: Query) -> list[str]:
    """The day that a limit falls on which counts from an event, where the question says when that was."""
    supposed = _SUPPOSED_DAY.search(query.text) if deadline.relative else None
    period = _PERIOD.search(deadline.phrase.quote)
    if supposed is None or period is None:
        return []
    year = int(supposed["year"] or (source.issued.year if source.issued else query.as_of.year))
    try:
        base = dt.date(year, int(supposed["month"]), int(supposed["day"]))
    except ValueError:
        return []
    day = later(base, period["count"], period["unit"])
    if day is None:
        return []
    written = flat(deadline.phrase.quote)
    base_day, last_day = chinese_date(base), chinese_date(day)
    return [phrase("limit_from_day", written=written, base=base_day, day=last_day)]


def _impossible(deadline: Deadline, latest: dt.date) -> list[str]:
    """That the day of a limit is in no calendar, and which is taken for it."""
    day = chinese_date(latest)
    said = impossible_days(deadline.phrase.quote)
    return [phrase("limit_impossible", written=written, day=day) for written in said]


def _inferred(deadline: Deadline, latest: dt.date, query: Query) -> list[str]:
    """The year that the text leaves out, where the question asks for it."""
    if not deadline.year_inferred or not _ASKS_YEAR.search(query.text):
        return []
    written, day = deadline.phrase.quote, chinese_date(latest)
    return [phrase("limit_inferred", written=written, day=day)]


def _told(source: SourceDocument, reported: Sequence[Span]) -> str:
    """What the document tells of whether the limit was met."""
    if reported:
        said = "；".join(flat(one.quote).rstrip("。；;") for one in reported)
        return phrase("progress_told", status=said)
    return phrase("progress_in_text" if source.reports_progress else "progress_untold")


def _passed(deadline: Deadline, latest: dt.date, query: Query, told: str) -> list[str]:
    """Whether the limit has passed, where the question asks that, and what is `told` of its being met."""
    counts_days = "天" in query.text and asks_days_left(query.text)
    if not (_ASKS_WHETHER_PASSED.search(query.text) or counts_days):
        return []
    as_of = chinese_date(query.as_of)
    if latest >= query.as_of:
        return [phrase("limit_running", as_of=as_of)]
    name = "limit_passed_stage" if deadline.ongoing else "limit_passed"
    return [phrase(name, as_of=as_of, told=told)]


def _days_left(latest: dt.date, query: Query) -> list[str]:
    """How many days are left, where the question asks that and any are."""
    days = (latest - query.as_of).days
    if days < 0 or not asks_days_left(query.text):
        return []
    as_of, day = chinese_date(query.as_of), chinese_date(latest)
    return [phrase("limit_days_left", as_of=as_of, day=day, days=days)]


def _meant(
    query: Query, limits: Sequence[tuple[Found, Deadline]]
) -> Sequence[tuple[Found, Deadline]]:
    """Of several limits the first whose own clause has what the question ends on, where others have not: 验收还剩几天."""
    words = [_own_words(*one) for one in limits]
    asked = _HAN.findall(query.topic)
    ending = [run[at : at + 2] for run in reversed(asked) for at in range(len(run) - 2, -1, -1)]
    for pair in ending:
        having = [one for one, own in zip(limits, words, strict=True) if pair in own]
        if 0 < len(having) < len(limits):
            return having[:1]
    return limits[:1]


def _own_words(found: Found, limit: Deadline) -> str:
    """What a sentence says between the two marks around a limit, folded."""
    text, start = found.span.quote, limit.phrase.start - found.span.start
    first = max(text.rfind(mark, 0, start) for mark in _MARKS) + 1
    ends = [at for mark in _MARKS if (at := text.find(mark, start)) >= 0]
    return fold(text[first : min(ends, default=len(text))])
