"""Comparison across documents: one row for each, “未提及” where a document does not say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.composers.records.fields import FieldComposer
from assistant.composers.tables.series import decimal_text, unit_of_gap
from assistant.composers.wording import cite, flat, readable
from assistant.draft import Block, Draft, Statement, own_words, paragraph, table
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Query
from assistant.ranking.figures import is_asked
from assistant.ranking.shapes import is_mere_heading
from assistant.search import Found, SentenceSearch
from assistant.synonyms import says, synonyms_of, with_synonyms
from assistant.understanding.operands import asks_gap
from assistant.understanding.topic import quoted_terms, specific_words
from assistant.words import chinese_pairs
from ingest.records import Indicator, ParsedDocument, Span
from prompts import phrase
from vectorstore.folding import fold_query

_LATIN = re.compile(r"[a-z]+[a-z\d.]*|\d+(?:\.\d+)?%?")

_ASKS_FIGURE = re.compile("多少|几|百分|目标|[高低严紧松]")
_STRICTER = re.compile("更?严")
_UPPER, _LOWER = frozenset("≤"), frozenset("≥")
_NEAR_THE_BEST = 0.78
# 全市某指标 is called nearly as much as 某指标.
_AS_NEARLY_NAMED = 0.7
# So much of a figure's name the question has where it does not call the figure by that name.
_NEAR_IN_NAME = 0.28
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_LABEL = re.compile(r"^[^：:]{2,8}[：:]\s*")
_MEASURED = re.compile("实际|实测|目前|现在|眼下|完成了|去年")
_STRIVES = re.compile("力争|争取|努力")
# 同比下降2微克 is no level, 下降到30微克 is.
_CHANGE = re.compile("(?:同比|环比|[增减上下降提升压削][加长少降升低高减幅])(?!.*[到至为达])")
_FAR_BEHIND = 0.3
# Of a document that has not all the words of the question where another has.
_BEHIND = 0.5
_LONGEST_TITLE = 30
_MOST_SENTENCES = 200


class CompareComposer:
    """Puts what several documents say of one thing side by side."""

    def __init__(
        self,
        library: Library,
        search: SentenceSearch,
        fields: FieldComposer,
    ) -> None:
        self._library = library
        self._search = search
        self._fields = fields

    def compare(self, query: Query) -> Draft:
        documents = self._library.within(query.documents)
        reached = {
            (one.source.path, one.span.start): one.relevance
            for one in self._search.find(
                query, [one.source.path for one in documents], _MOST_SENTENCES
            )
        }
        answers = [(parsed, self._best(query, parsed, reached)) for parsed in documents]
        stated = [(parsed, found) for parsed, found in answers if found]
        spoken_for = {parsed.source.region for parsed, _ in stated}
        # A place with several documents is not “未提及” where one of them says it.
        answers = [
            (one, found) for one, found in answers if found or one.source.region not in spoken_for
        ]
        if not stated:
            return Draft((), refused=True)
        head = phrase("compare_head", count=len(answers))
        rows = tuple(self._row(query, parsed, found) for parsed, found in answers)
        blocks: list[Block] = [paragraph(own_words(head))]
        if re.search(
            r"更|高多少|低多少|差[了出]?(?:多少|几)|差距|相差|高出|最|一样|一致|相同|(?:谁|哪[个家边])[^,，。?？]{0,4}[高低严松多少大小]",
            query.text,
        ) or asks_gap(query.text):
            blocks += self._difference(query, stated)
        blocks.append(table(("文件", "内容"), rows))
        return Draft(tuple(blocks))

    def _best(
        self, query: Query, parsed: ParsedDocument, reached: dict[tuple[str, int], float]
    ) -> list[Found]:
        """The document's best sentences; none where it lacks the name the question turns on.

        `reached` is the relevance of sentences in a search of all documents together, by which one that is
        far behind the others is known to be off the topic.
        """
        found = [
            one
            for one in self._search.find(query, (parsed.source.path,), _MOST_SENTENCES)
            if not is_mere_heading(one.span, one.place) and not _heads_table(parsed, one.span)
        ]
        if key := self._key(query):
            found = [one for one in found if _has_all(fold_query(one.span.quote), key)]
        path, floor = parsed.source.path, self._floor(query, parsed, reached)
        best = _near_the_best([
            one for one in found[:6] if reached.get((path, one.span.start), 0.0) >= floor
        ])
        if not _ASKS_FIGURE.search(query.text):
            return best
        figures = [one for one in parsed.indicators if _is_asked(one, query)]
        # The sentence with the very figure asked for, however the question calls it; what is striven for comes second.
        for asked in ([one for one in figures if not one.soft], figures):
            if any(_states(one, asked) for one in best):
                return best
            if told := next((one for one in found if _states(one, asked)), None):
                return [told, *best][:3]
        return best

    def _floor(
        self, query: Query, parsed: ParsedDocument, reached: dict[tuple[str, int], float]
    ) -> float:
        """How relevant a sentence of a document has to be: more where it has not all words of the question, and another has."""
        words = [] if self._key(query) else specific_words(query)

        def has_all(path: str) -> bool:
            text = self._library.folded([path])
            return all(says(word, text) for word in words)

        lacks = not has_all(parsed.source.path) and any(map(has_all, {path for path, _ in reached}))
        return (_BEHIND if lacks else _FAR_BEHIND) * max(reached.values(), default=0.0)

    def _key(self, query: Query) -> list[str]:
        """Latin names and quoted words of the question that some document has: without them a sentence is off the topic."""
        text = self._library.folded()
        asked = with_synonyms(query.topic)
        quoted = [word for word in quoted_terms(query.text) if word in text]
        return quoted + [word for word in _latin_names(asked) if word in text]

    def _row(self, query: Query, parsed: ParsedDocument, found: Sequence[Found]) -> Statement:
        name = parsed.source.region or parsed.source.title
        name += f"（{parsed.source.year}年文件）" if parsed.source.year else ""
        if not found:
            return Statement("", (), (name, phrase("not_stated")), computed=(name,))
        recorded = self._recorded(query, parsed, found)
        told = " ".join(one.text for one in recorded)
        found = [one for one in found if _LABEL.sub("", flat(one.span.quote)) not in told]
        text = " ".join([*(one.text for one in recorded), *(_in_context(one) for one in found)])
        evidence = [item for one in recorded for item in one.evidence]
        for one in found:
            evidence += cite(self._library, one.source, _spoken_of(one), one.span)
        computed = (name, *(word for one in recorded for word in one.computed))
        return Statement("", tuple(dict.fromkeys(evidence)), (name, text), computed)

    def _recorded(
        self, query: Query, parsed: ParsedDocument, found: Sequence[Found]
    ) -> list[Statement]:
        """What the records of the task, in which the best sentence stands, say to the fields asked for."""
        if found[0].place.task is None:
            return []
        scoped = replace(query, documents=(parsed.source.path,))
        entry = TaskEntry(parsed.source, found[0].place.task)
        blocks, _ = self._fields.blocks(scoped, entry, found, of_whole=True)
        return [statement for block in blocks for statement in block.statements]

    def _difference(
        self, query: Query, stated: Sequence[tuple[ParsedDocument, Sequence[Found]]]
    ) -> list[Block]:
        """Which of two figures is higher and by how much, where both are stated in the same unit."""
        pairs = self._figures(query, stated)
        if len(pairs) == 2 and pairs[0][1].unit != pairs[1][1].unit:
            # A sentence may state by how much the figure falls beside the figure itself: those of one unit compare.
            alike = [self._figures(query, stated, one.unit) for _, one in pairs]
            both = [one for one in alike if len(one) == 2]
            pairs = both[0] if len(both) == 1 else []
        if len(pairs) != 2:
            return []
        (high, more), (low, less) = sorted(
            pairs, key=lambda pair: Decimal(pair[1].value), reverse=True
        )
        gap = Decimal(more.value) - Decimal(less.value)
        unit = unit_of_gap(more.unit)
        evidence = (
            *cite(self._library, high.source, more.clause),
            *cite(self._library, low.source, less.clause),
        )
        if gap == 0:
            text = phrase("equal", names=f"{high.source.region}与{low.source.region}")
        else:
            text = phrase(
                "difference",
                higher=f"{high.source.region}（{more.value}{more.unit}）",
                lower=f"{low.source.region}（{less.value}{less.unit}）",
                difference=decimal_text(gap),
                unit=unit,
            )
        statements = [Statement(text, evidence, computed=(f"{decimal_text(gap)}{unit}",))]
        if gap and _STRICTER.search(query.text) and (strict := _stricter(high, more, low, less)):
            said = phrase("stricter", place=strict.source.region)
            statements.append(Statement(said, evidence, computed=(said,)))
        return [paragraph(*statements)]

    def _figures(
        self,
        query: Query,
        stated: Sequence[tuple[ParsedDocument, Sequence[Found]]],
        unit: str = "",
    ) -> list[tuple[ParsedDocument, Indicator]]:
        """The figure asked for of each document that states one, in a unit where one is given; of one year where they can be."""
        named = [(parsed, self._named(query, parsed, found, unit)) for parsed, found in stated]
        named = [(parsed, figures) for parsed, figures in named if figures]
        years = [{_year_of(one, parsed) for one in figures} for parsed, figures in named]
        asked = {int(year) for year in _YEAR.findall(query.text)}
        of_all = set.intersection(*years) if years else set()
        year = max((one for one in of_all if one and one in (asked or of_all)), default=None)
        return [(parsed, _meant(query, parsed, figures, year)) for parsed, figures in named]

    def _named(
        self, query: Query, parsed: ParsedDocument, found: Sequence[Found], unit: str
    ) -> list[Indicator]:
        """The figures of the sentences found that are asked for; else those whose names are nearest to the question's words.

        None where no name is near: the wrong figure of a sentence with several is worse than none.
        """
        inside = [
            one
            for one in parsed.indicators
            if _is_decimal(one.value)
            and (not unit or one.unit == unit)
            and any(sentence.span.covers(one.span) for sentence in found)
        ]
        inside = [one for one in inside if not _CHANGE.search(one.wording)] or inside
        inside = [one for one in inside if _is_asked(one, query)] or inside
        # 高出多少微克 asks for no share, though the sentence may have one of the same name.
        inside = [one for one in inside if _in_unit_asked(one, query.text)] or inside
        asked = chinese_pairs(with_synonyms(query.topic)) | {*_LATIN.findall(query.topic)}
        shared = [
            len(asked & (chinese_pairs(name) | {*_LATIN.findall(name)})) / len(name)
            for name in (fold_query(one.name) for one in inside)
        ]
        nearest = max(shared, default=0)
        return [
            one
            for one, share in zip(inside, shared, strict=True)
            if share >= _AS_NEARLY_NAMED * nearest
            and (share >= _NEAR_IN_NAME or _is_asked(one, query) or _has_latin_names(one, query))
        ]


def _is_asked(one: Indicator, query: Query) -> bool:
    """Whether a question names a figure; one by a Latin name alone (pm2.5哪个更严) names all that are of it."""
    names = _latin_names(query.topic)
    if names and all(any(word in name for name in names) for word in specific_words(query)):
        return _has_latin_names(one, query)
    return is_asked(one, query)


def _has_latin_names(one: Indicator, query: Query) -> bool:
    """Whether a question has Latin names, and a figure is called by all of them."""
    names = _latin_names(query.topic)
    return bool(names) and all(name in fold_query(one.name) for name in names)


def _latin_names(topic: str) -> list[str]:
    return [word for word in _LATIN.findall(topic) if not word[0].isdigit()]


def _year_of(one: Indicator, parsed: ParsedDocument) -> int | None:
    """The year a figure is of: that of its document where it states none."""
    return one.year or parsed.source.year


def _meant(
    query: Query, parsed: ParsedDocument, figures: Sequence[Indicator], year: int | None
) -> Indicator:
    """Of some figures of one name that of a year; what has been measured and what is striven for only where asked for."""
    striven, measured = _STRIVES.search(query.text), _MEASURED.search(query.text)

    def order(one: Indicator) -> tuple[bool, bool, bool]:
        of_another_year = year is not None and _year_of(one, parsed) != year
        is_measured = one.comparator == "=" and not one.wording
        return (
            of_another_year,
            is_measured is not bool(measured),
            bool(one.soft) is not bool(striven),
        )

    return min(figures, key=order)


def _near_the_best(found: Sequence[Found]) -> list[Found]:
    """The first sentences that are about as near as the nearest."""
    return [one for one in found[:3] if one.relevance >= _NEAR_THE_BEST * found[0].relevance]


def _heads_table(parsed: ParsedDocument, span: Span) -> bool:
    """Whether a sentence is nothing but the headings of a table's columns."""
    return any(head.covers(span) for one in parsed.tables for head in one.header)


def _has_all(sentence: str, names: Sequence[str]) -> bool:
    """Whether a sentence has all names, each by itself or by another word for it."""
    return all(
        name in sentence or any(one in sentence for one in synonyms_of(name)) for name in names
    )


def _states(one: Found, figures: Sequence[Indicator]) -> bool:
    return any(one.span.covers(figure.span) for figure in figures)


def _stricter(
    high: ParsedDocument, more: Indicator, low: ParsedDocument, less: Indicator
) -> ParsedDocument | None:
    """The document with the stricter bound: the lower of two upper ones, the higher of two lower ones."""
    bounds = {more.comparator, less.comparator}
    if bounds <= _UPPER:
        return low
    return high if bounds <= _LOWER else None


def _in_context(one: Found) -> str:
    """A sentence with its task's title where it does not say itself what it is about."""
    text, title = readable(one.span.quote, one.place.task), _spoken_of(one)
    return f"{flat(title.quote)}：{text}" if title is not None else text


def _spoken_of(one: Found) -> Span | None:
    """The title of a sentence's task, where it is short and the sentence does not have it."""
    task = one.place.task
    if task is None or len(title := flat(task.title.quote)) > _LONGEST_TITLE:
        return None
    return task.title if title and title not in readable(one.span.quote, task) else None


def _in_unit_asked(one: Indicator, text: str) -> bool:
    """Whether a folded question names the unit of a figure, or what it begins with: 微克 of 微克/立方米."""
    unit = one.unit.partition("/")[0]
    return len(unit) > 1 and unit in text


def _is_decimal(value: str) -> bool:
    return bool(re.fullmatch(r"\d+(?:\.\d+)?", value))
