"""Lists of time limits: single projects and measures by when they are due."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.composers.wording import cite, flat, scope_name
from assistant.draft import Block, Draft, Statement, bullets, own_words, paragraph
from assistant.ledger import is_begun_within
from assistant.library import Library, Place
from assistant.query import Query
from assistant.understanding.topic import is_about_the_whole, specific_words
from assistant.units import matches
from ingest.records import Deadline, Indicator, SourceDocument, Span
from ingest.short_names import is_short_for
from prompts import phrase
from vectorstore.folding import fold


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit with where it stands."""

    source: SourceDocument
    deadline: Deadline
    place: Place


# What is built, or any works, and no target of a year.
_BUILT_ASKED = re.compile("建成|建好|竣工|投运|投用|投产|通水")
_BUILT = re.compile("工程|项目|建设|建成|完工|竣工|投运|投用|投产|通水|施工|扩建|新建|改建|迁建")
_ANY_WORKS = re.compile("(?:重点|建设|工程|项目)+")
_WORKS_ASKED = re.compile("工程(?!表|清单)")
_WORKS = re.compile(f"{_BUILT.pattern}|整治|清淤|清掏|疏通|修复|改造|安装|治理(?!目标|任务)")


class LimitComposer:
    """Lists the limits of projects and measures that fall into a window."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def limits(self, query: Query) -> Draft | None:
        """Dated limits in the window, then those not fixed; None where the records have none."""
        everything = self._about(query, self._by_unit(query, self._all(query)))
        works = _works_asked(query.text)
        if works is not None:
            everything = [one for one in everything if _tells(works, one)] or everything
        # “哪些还没确定时间” asks for the undetermined ones alone.
        only_open = query.undetermined and not query.windows
        dated = [one for one in everything if not only_open and self._falls(query, one.deadline)]
        undetermined = [one for one in everything if one.deadline.undetermined]
        # The figures of a year are those of the whole document, and of no one body.
        of_all = works is None and not query.units
        indicators = self._indicators(query, dated) if of_all else []
        passed = self._passed(query, everything)
        if not (dated or passed or indicators or (undetermined and query.undetermined)):
            return None
        blocks: list[Block] = []
        if dated:
            text = phrase(
                "limits_count",
                scope=scope_name(query, self._library),
                count=len(self._clauses(dated)),
                conditions=self._conditions(query),
            )
            blocks += [paragraph(own_words(text)), self._list(dated)]
        if passed:
            text = phrase(
                "limits_passed", count=len(self._clauses(passed)), as_of=query.as_of.isoformat()
            )
            blocks += [paragraph(own_words(text)), self._list(passed)]
        if undetermined and (query.undetermined or not dated):
            text = phrase("limits_undetermined", count=len(self._clauses(undetermined)))
            blocks += [paragraph(own_words(text)), self._list(undetermined)]
        if indicators:
            blocks.append(paragraph(Statement(phrase("indicators_also"))))
            # A clause of several figures is told once.
            told = (self._indicator(source, one) for source, one in indicators)
            blocks.append(bullets(*{one.text: one for one in told}.values()))
        return Draft(tuple(blocks))

    def none(self, query: Query) -> Draft | None:
        """That nothing is due at the time asked for, where all of a document is asked for and not one thing of it."""
        if query.documents is None or not any(window.is_open for window in query.windows):
            return None
        if query.units or not is_about_the_whole(query, self._library):
            return None
        text = phrase(
            "limits_none",
            scope=scope_name(query, self._library),
            conditions=self._conditions(query),
        )
        return Draft((paragraph(own_words(text)),), refused=True)

    def _all(self, query: Query) -> list[Limit]:
        """Limits of running text; the labelled limit of a whole task is the task's, not a project's."""
        found = []
        for parsed in self._library.within(query.documents):
            labelled = {task.deadline.phrase for task in parsed.tasks if task.deadline}
            for deadline in parsed.deadlines:
                if deadline.phrase not in labelled and not is_begun_within(deadline):
                    place = self._library.place(parsed.source.path, deadline.phrase.start)
                    found.append(Limit(parsed.source, deadline, place))
        return found

    def _by_unit(self, query: Query, limits: Sequence[Limit]) -> list[Limit]:
        if not query.units:
            return list(limits)
        asked = query.units[0].name
        asked = asked[:-1] + "局" if asked.endswith("口") else asked
        kept = []
        for one in limits:
            units = one.place.measure.units if one.place.measure else ()
            if not units and one.place.task is not None:
                units = (*one.place.task.lead_units, *one.place.task.responsible_units)
            if any(matches(asked, unit) for unit in units):
                kept.append(one)
        return kept

    def _about(self, query: Query, limits: Sequence[Limit]) -> list[Limit]:
        """Those whose clause has a specific word of the question, or else what they stand under.

        All of them where it has no word that a text knows.
        """
        known = self._library.folded(query.documents)
        words = [word for one in specific_words(query) if (word := fold(one)) in known]
        words = [word for word in words if not _ANY_WORKS.fullmatch(word)]
        kept = [
            one
            for one in limits
            if any(_occurs(word, fold(one.deadline.clause.quote)) for word in words)
        ]
        if kept or not words:
            return kept or list(limits)
        return [one for one in limits if any(word in _above(one.place) for word in words)]

    def _falls(self, query: Query, deadline: Deadline) -> bool:
        if deadline.latest is None or (query.overdue and not query.windows):
            return False
        if query.windows and not any(window.holds(deadline.latest) for window in query.windows):
            return False
        return not self._remaining(query) or deadline.latest >= query.as_of

    def _passed(self, query: Query, limits: Sequence[Limit]) -> list[Limit]:
        """Limits before today, where those passed are asked for; a report's old limits are its history."""
        if not query.overdue:
            return []
        return [
            one
            for one in limits
            if one.deadline.latest is not None
            and one.deadline.latest < query.as_of
            and not one.source.reports_progress
        ]

    def _remaining(self, query: Query) -> bool:
        return any(
            word in query.text for word in ("还没", "未到", "还剩", "没到", "剩下", "尚未", "还有")
        )

    def _indicators(
        self, query: Query, dated: Sequence[Limit]
    ) -> list[tuple[SourceDocument, Indicator]]:
        """Targets that belong to a whole year asked for and are not in a clause already listed."""
        years = {
            window.latest.year
            for window in query.windows
            if window.earliest
            and window.latest
            and (window.earliest.month, window.latest.month) == (1, 12)
        }
        listed = [one.deadline.clause for one in dated]
        return [
            (parsed.source, indicator)
            for parsed in self._library.within(query.documents)
            for indicator in parsed.indicators
            if indicator.year in years
            and not self._remaining(query)
            and not any(clause.covers(indicator.span) for clause in listed)
        ]

    def _clauses(self, limits: Sequence[Limit]) -> list[tuple[SourceDocument, Span]]:
        return list(dict.fromkeys((one.source, one.deadline.clause) for one in limits))

    def _worded(self, one: Limit) -> str:
        """The clause, with a remark where its year is not the text's but inferred."""
        text = f"{_where(one)}{flat(one.deadline.clause.quote)}"
        if one.deadline.year_inferred and one.deadline.latest is not None:
            text += phrase("limit_year_inferred", year=one.deadline.latest.year)
        return text

    def _list(self, limits: Sequence[Limit]) -> Block:
        """One line for each clause; a clause with several limits is shown once."""
        first: dict[tuple[str, int], Limit] = {}
        for one in limits:
            first.setdefault((one.source.path, one.deadline.clause.start), one)
        return bullets(*(self._line(one) for one in first.values()))

    def _line(self, one: Limit) -> Statement:
        evidence = cite(self._library, one.source, one.deadline.clause)
        inferred = str(one.deadline.latest.year) if one.deadline.latest else ""
        return Statement(self._worded(one), evidence, computed=(_where(one), inferred))

    def _indicator(self, source: SourceDocument, one: Indicator) -> Statement:
        return Statement(
            f"{one.date + '，' if one.date and one.date not in one.clause.quote else ''}{flat(one.clause.quote)}",
            cite(self._library, source, one.clause),
            computed=(one.date,),
        )

    def _conditions(self, query: Query) -> str:
        conditions = [window.text for window in dict.fromkeys(query.windows)]
        if query.units:
            conditions.append(query.units[0].name)
        return phrase("list_conditions", conditions="；".join(conditions)) if conditions else ""


def _works_asked(text: str) -> re.Pattern[str] | None:
    """The words of the works that a question asks for; None where it asks for whatever is due."""
    if _BUILT_ASKED.search(text):
        return _BUILT
    return _WORKS if _WORKS_ASKED.search(text) else None


def _tells(works: re.Pattern[str], limit: Limit) -> bool:
    return works.search(limit.deadline.clause.quote) is not None


def _above(place: Place) -> str:
    """What a limit stands under: its headings, and the title of its task."""
    title = place.task.title.quote if place.task is not None else ""
    return fold(" ".join((*place.section.path, title)))


def _where(one: Limit) -> str:
    """What a limit stands under, unless that is the clause itself that tells it."""
    addressed = one.place.task is not None and one.place.task.addressee is not None
    in_heading = one.deadline.clause.start < one.place.section.heading.end
    return where_of(one.place) if addressed or not in_heading else ""


def where_of(place: Place) -> str:
    """The number and the title of the section that a limit stands in, or the firm whose part of a letter it is.

    Empty where that is too long to tell.
    """
    section = place.section
    if place.task is not None and place.task.addressee is not None:
        return f"{place.task.name}："
    return (
        f"{section.number}{section.title}：" if section.title and len(section.title) <= 30 else ""
    )


def _occurs(word: str, text: str) -> bool:
    """Whether a word stands in a text, as it is or as a short form (污水厂 for 污水处理厂)."""
    if word in text:
        return True
    if len(word) < 3:
        return False
    return any(
        is_short_for(word, text[start : start + len(word) + 4])
        for start, character in enumerate(text)
        if character == word[0]
    )
