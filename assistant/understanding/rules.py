"""The built-in understanding: recognisers over the question's words, put together into a `Query`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from assistant.answer import Turn
from assistant.library import Library
from assistant.query import Field, Operation, Query, UnitMention, Window
from assistant.understanding.follow_up import Background, background, refers_back
from assistant.understanding.names import mentioned_people, mentioned_units
from assistant.understanding.places import named_documents, unknown_places
from assistant.understanding.topic import is_about_the_whole, topic_of
from assistant.understanding.typos import TypoCorrector
from assistant.understanding.windows import find_windows
from assistant.units import matches
from assistant.vocabulary import load_words
from ingest.numerals import parse_number
from vectorstore.folding import fold_query

_TASK_NUMBER = re.compile(
    r"(?:第|编号.{0,4}?|问题|序号)[“\"']?([一二三四五六七八九十]{1,3}|\d{1,2})[”\"']?(?:个|项|条|号|的|、)?(?=问题|任务|项|的|是|,|，|、|归|由|谁|什么|整改|$)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|版|度)")


class RuleUnderstanding:
    """Understands questions about the documents of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        names = {unit.name for _, unit in library.units} | set(library.people)
        for parsed in library.documents:
            names |= {parsed.source.region, *parsed.source.region_aliases}
        self._typos = TypoCorrector(fold_query(library.text), names - {""})

    def understand(
        self,
        question: str,
        history: Sequence[Turn],
        as_of: dt.date,
        documents: Sequence[str] = (),
    ) -> Query:
        """The question as a query; `documents` is a scope chosen by the user, empty for all."""
        text, corrections = self._typos.correct(fold_query(question))
        notices = tuple(f"已按“{one.meant}”理解“{one.typed}”" for one in corrections)
        named = named_documents(text, self._library)
        before = background(text, history)
        back = bool(history) and (refers_back(text) or (not named and len(text) <= 30))
        scope = self._scope(named, before, history, documents, refers=bool(history))
        fields = self._fields(text)
        if back and not fields and len(text) <= 12:
            fields = self._fields(fold_query(before.question))
        units = mentioned_units(text, self._library, scope)
        people = mentioned_people(text, self._library)
        windows = find_windows(text, as_of)
        topic = topic_of(text, self._library)
        if scope is None:
            scope = self._scope_of_names(units, people)
        query = Query(
            question=question,
            text=text,
            topic=topic,
            operation=Operation.LOOK_UP,
            as_of=as_of,
            documents=scope,
            named=named,
            unknown_places=unknown_places(text, self._library) if not named else (),
            unknown_years=self._unknown_years(text, scope, as_of),
            fields=fields,
            units=units,
            people=people,
            task_numbers=self._task_numbers(text),
            windows=windows,
            overdue=_asks("overdue", text),
            ongoing=_asks("ongoing", text),
            undetermined=_asks("undetermined", text),
            named_directly=_asks("directly", text),
            group_by_limit=_asks("group_by_limit", text),
            asks_confirmation=_asks("confirmation", text),
            refers_back=back,
            context=self._context(before, named) if back else "",
            notices=notices,
        )
        return self._with_operation(query)

    def _scope(
        self,
        named: tuple[str, ...],
        before: Background,
        history: Sequence[Turn],
        chosen: Sequence[str],
        *,
        refers: bool,
    ) -> tuple[str, ...] | None:
        """Paths to answer from: those the question names, else those of the exchange it goes back to."""
        paths: tuple[str, ...] | None = named or None
        if paths is None and refers:
            for text in (before.text, *(turn.content for turn in reversed(history))):
                if inherited := named_documents(fold_query(text), self._library):
                    paths = inherited
                    break
        if chosen:
            return (
                tuple(path for path in chosen if paths is None or path in paths)
                if paths
                else tuple(chosen)
            )
        return paths

    def _scope_of_names(
        self, units: Sequence[UnitMention], people: Sequence[str]
    ) -> tuple[str, ...] | None:
        """The only document that knows a body or person of the question, if it is only one."""
        paths = {path for name in people for path in self._library.people[name]}
        for mention in units:
            paths |= {
                path
                for path, unit in self._library.units
                if matches(mention.name, unit) and not unit.group
            }
        return tuple(paths) if len(paths) == 1 else None

    def _fields(self, text: str) -> frozenset[Field]:
        patterns: dict[str, list[str]] = load_words("questions")["fields"]
        found = {
            Field(name)
            for name, words in patterns.items()
            if any(re.search(w, text) for w in words)
        }
        if Field.ACCEPTANCE in found and not re.search(
            r"牵头(?!.{0,6}(?:验收|销号))", text.replace("验收销号牵头", "")
        ):
            found.discard(Field.LEAD)
        return frozenset(found)

    def _task_numbers(self, text: str) -> tuple[int, ...]:
        numbers = (parse_number(match.group(1)) for match in _TASK_NUMBER.finditer(text))
        return tuple(number for number in numbers if number)

    def _unknown_years(
        self, text: str, scope: Sequence[str] | None, as_of: dt.date
    ) -> tuple[int, ...]:
        """Years asked about that the documents in scope never mention; today's is no such year."""
        asked = {int(year) for year in _YEAR.findall(text)} - {as_of.year}
        texts = [parsed.source for parsed in self._library.within(scope)]
        return tuple(
            sorted(
                year
                for year in asked
                if not any(str(year) in source.text or source.year == year for source in texts)
            )
        )

    def _context(self, before: Background, named: Sequence[str]) -> str:
        """The earlier topic; its places are left out where the question names its own."""
        text = fold_query(before.question)
        return topic_of(text, self._library) if named else fold_query(before.text)

    def _with_operation(self, query: Query) -> Query:
        operation = self._operation(query)
        return Query(
            **{name: getattr(query, name) for name in Query.__slots__} | {"operation": operation}
        )

    def _operation(self, query: Query) -> Operation:
        text = query.text
        several = len(query.named) > 1
        if _asks("wording", text) and not several:
            return Operation.CHECK_WORDING
        if several or (not query.named and not query.refers_back and _asks("compare", text)):
            return Operation.COMPARE
        counts = query.group_by_limit or (
            _asks("structure", text) and is_about_the_whole(query, self._library)
        )
        if counts and not query.units and not query.people and not query.asks_confirmation:
            return Operation.COUNT_TASKS
        if self._lists_limits(query):
            return Operation.LIST_LIMITS
        if self._lists_tasks(query):
            return Operation.LIST_TASKS
        return Operation.LOOK_UP

    def _lists_tasks(self, query: Query) -> bool:
        if not (_asks("list", query.text) or _asks("count", query.text)):
            return False
        if query.people or query.ongoing or query.overdue:
            return True
        if query.windows and _is_limit(query.windows, query.text) and self._has_labelled(query):
            return True
        if not query.units or re.search(r"[那这该]个?问题|那项|那条|这项|这条|该项", query.text):
            return False
        with_role = any(unit.role is not None for unit in query.units)
        return with_role or is_about_the_whole(query, self._library)

    def _lists_limits(self, query: Query) -> bool:
        """Whether single projects and measures are asked for by time, and not the issues of a list."""
        text = query.text
        many = len([w for w in query.windows if "月" in w.text]) > 1
        if not (_asks("list", text) or many):
            return False
        about_issues = self._has_labelled(query) and _asks("task_nouns", text)
        if about_issues and not _asks("limit_nouns", text):
            return False
        if query.undetermined or (query.windows and _is_limit(query.windows, text)):
            return not about_issues
        return (
            bool(query.windows)
            and _asks("limit_nouns", text)
            and is_about_the_whole(query, self._library)
        )

    def _has_labelled(self, query: Query) -> bool:
        return any(
            task.labelled and task.deadline
            for parsed in self._library.within(query.documents)
            for task in parsed.tasks
        )


def _asks(operation: str, text: str) -> bool:
    words: list[str] = load_words("questions")["operations"][operation]
    return any(re.search(word, text) for word in words)


def _is_limit(windows: Sequence[Window], text: str) -> bool:
    """Whether a window is worded as a limit (2025年12月, 年底前) and not as the year a target belongs to."""
    return any(
        re.search(r"月|底|末|前|后|内|季度|半年|至", window.text) for window in windows
    ) or bool(re.search(r"到期|到点|时限|期限|完工|投运|落在|挂到", text))
