"""Where a document speaks of one thing in several places: all of them, and whether they agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, starmap

from assistant.composers.wording import cite, readable, task_name
from assistant.draft import Draft, Statement, bullets, own_words, paragraph
from assistant.library import Library
from assistant.query import Query
from assistant.ranking.shapes import is_heading
from assistant.search import Found, SentenceSearch
from assistant.synonyms import with_synonyms
from assistant.understanding.fields import asks_amount
from assistant.understanding.places import spoken_places
from assistant.understanding.reckonings import asked_years
from assistant.words import chinese_pairs, stretches
from ingest.records import Indicator, ParsedDocument, SourceDocument, Span
from prompts import phrase
from vectorstore.folding import fold_query

_OUTCOME = re.compile(
    r"(?:\d{4}年)?\d{0,2}月?(?:底|末)?前?[^，。；,;]{0,4}?(?:完成|建成|完工|投运|开工|达到|控制|提升|改善|解决)[^，。；,;]{0,14}"
)
# 到底是75还是73 offers two figures, both of which may be stated.
_OF_TWO = re.compile(
    r"(\d+(?:\.\d+)?)(?!\d)[^,，。;；?？\d]{0,6}还是[^,，。;；?？\d]{0,6}(\d+(?:\.\d+)?)"
)

# A mark before a name, and what is said of any work.
_MARKED = re.compile(r"[\d①-⑳.．、()（）]|完成|实施|推进|计划|建成|新建|累计|须")

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")

_MOST_TOLD = 12
_OPENING = 6
_SHORTEST_NAME = 4


class ConsistencyComposer:
    """Lists every place and says whether their wording of the outcome differs; it never chooses."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def check(self, query: Query) -> Draft | None:
        """All places and the verdict; None where the thing is spoken of only once."""
        towns = spoken_places(query.text, self._library.folded(query.documents))
        figures = None if towns else self._figures(query)
        if figures is not None or _OF_TWO.search(query.text):
            return figures
        places = self._places(query)
        elsewhere = any(not _names_any(towns, one.span) for one in places)
        if towns and (elsewhere or len(places) < 2):
            return self._told_of(towns, query)
        if len(places) < 2:
            return None
        outcomes = ["".join(_OUTCOME.findall(self._outcome_clause(query, one))) for one in places]
        items = [self._item(one.source, one.span, one) for one in places]
        return Draft((paragraph(Statement(_verdict(outcomes))), bullets(*items)))

    def _figures(self, query: Query) -> Draft | None:
        """One figure stated in several places of a document: the same indicator for the same year."""
        offered = _OF_TWO.search(query.text)
        best: tuple[float, ParsedDocument, list[Indicator]] | None = None
        for parsed in self._library.within(query.documents):
            groups = _same_indicators(parsed.indicators)
            if not offered:
                groups += _of_one_year(parsed.indicators, query)
            for group in groups:
                if offered and not set(offered.groups()) <= {one.value for one in group}:
                    continue
                share = _shared(group[0].name, with_synonyms(query.topic))
                if share >= 0.4 and (best is None or share > best[0]):
                    best = (share, parsed, group)
        if best is None:
            return None
        _, parsed, group = best
        differs = len({(one.value, one.unit) for one in group}) > 1
        items = [self._item(parsed.source, one.clause) for one in group]
        return Draft((
            paragraph(Statement(phrase("wording_differs" if differs else "wording_agrees"))),
            bullets(*items),
        ))

    def _told_of(self, places: Sequence[str], query: Query) -> Draft | None:
        """Every sentence about a town or village of the question: what is said of it in one place and in another."""
        about = [
            (parsed.source, sentence)
            for parsed in self._library.within(query.documents)
            for sentence in parsed.sentences
            if _names_any(places, sentence)
        ]
        asked = chinese_pairs(query.topic.replace(places[0], " "))
        near = [one for one in about if asked & chinese_pairs(fold_query(one[1].quote))]
        told = near if len(near) > 1 else about
        if not 1 < len(told) <= _MOST_TOLD:
            return None
        text = phrase("places_told", place="、".join(places), count=len(told))
        return Draft((paragraph(own_words(text)), bullets(*starmap(self._under_its_task, told))))

    def _under_its_task(self, source: SourceDocument, sentence: Span) -> Statement:
        """A sentence with the task it stands in, which tells the places of a long document apart."""
        task = self._library.place(source.path, sentence.start).task
        lead = f"{task_name(task)}：" if task is not None else ""
        text = f"{lead}{readable(sentence.quote, task)}"
        return Statement(text, cite(self._library, source, sentence), computed=(lead,))

    def _item(self, source: SourceDocument, span: Span, found: Found | None = None) -> Statement:
        task = found.place.task if found else None
        return Statement(readable(span.quote, task), cite(self._library, source, span))

    def _places(self, query: Query) -> list[Found]:
        """Sentences about the thing the question names, in the order of the text."""
        found = [
            one
            for one in self._search.find(query, query.documents, 30)
            if not is_heading(one.span, one.place)
        ]
        if not found:
            return []
        subject = self._subject(query, found[0])
        if not subject:
            return []  # nothing of the question by which places would be about one thing
        source = found[0].source
        kept = [one for one in found if one.source == source and subject in _bare(one.span.quote)]
        return sorted(kept, key=lambda one: one.span.start)

    def _subject(self, query: Query, best: Found) -> str:
        """The longest stretch of the question that the best sentence has, a place's kind left out.

        Without one it is how that sentence opens, where the question names that (清水河三期 of 实施清水河…); else empty.
        """
        text, sentence = _bare(query.text), _bare(best.span.quote)
        for alike in stretches(text, _SHORTEST_NAME):
            for stretch in alike:
                if stretch in sentence and _CHINESE.fullmatch(stretch):
                    return stretch
        opening = sentence[:_OPENING]
        named = any(stretch in text for alike in stretches(opening, 3) for stretch in alike)
        return opening if named else ""

    def _outcome_clause(self, query: Query, one: Found) -> str:
        subject = self._subject(query, one)
        text = _bare(one.span.quote)
        return text[text.find(subject) :]


def _verdict(outcomes: Sequence[str]) -> str:
    """Whether places agree, in words; that they do is said only where each tells what comes of the thing."""
    told = set(outcomes)
    if len(told) > 1:
        return phrase("wording_differs")
    return phrase("wording_agrees") if all(told) else phrase("wording_told")


def _names_any(places: Sequence[str], sentence: Span) -> bool:
    return any(place in fold_query(sentence.quote) for place in places)


def _same_indicators(indicators: Sequence[Indicator]) -> list[list[Indicator]]:
    """Indicators stated in several places: names that contain each other, for the same year."""
    groups: list[list[Indicator]] = []
    for one in indicators:
        name = _bare(one.name)
        for group in groups:
            known = _bare(group[0].name)
            same_year = one.year == group[0].year or None in (one.year, group[0].year)
            if same_year and one.unit == group[0].unit and (name in known or known in name):
                group.append(one)
                break
        else:
            groups.append([one])
    return [group for group in groups if len({one.clause for one in group}) > 1]


def _of_one_year(indicators: Sequence[Indicator], query: Query) -> list[list[Indicator]]:
    """Different figures for one year of what two places name in other words: 管网改造20公里, 改造管网…其中2025年18公里.

    One name has all the characters of the other, whatever their order.
    """
    unit, years = asks_amount(query.text), asked_years(query.text)
    asked = [
        one
        for one in indicators
        if one.year is not None
        and one.unit == unit
        and (not years or f"{one.year}" in years)
        and chinese_pairs(_MARKED.sub("", one.name))
    ]
    found = []
    for one, other in combinations(asked, 2):
        first, second = (set(_MARKED.sub("", _bare(name))) for name in (one.name, other.name))
        same = first <= second or second <= first
        apart = one.clause != other.clause and one.value != other.value
        if one.year == other.year and apart and same:
            found.append([one, other])
    return found


def _shared(name: str, topic: str) -> float:
    """Share of an indicator's name, by character pairs, that the question has."""
    bare, asked = _bare(name), _bare(topic)
    pairs = [bare[i : i + 2] for i in range(len(bare) - 1)]
    return sum(pair in asked for pair in pairs) / len(pairs) if pairs else 0.0


def _bare(text: str) -> str:
    return "".join(re.sub(r"[镇乡]", "", fold_query(text)).split())
