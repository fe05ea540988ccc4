"""Answers quoted from the text: the sentences that answer, in few words around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, product

from assistant.amounts import states_amount
from assistant.composers.checks.other_rows import without_other_rows
from assistant.composers.records.row_words import by_row, row_statement
from assistant.composers.tables.row_words import row_told, table_row_at
from assistant.composers.wording import cite, flat, readable
from assistant.draft import Block, Statement, bullets, own_words, paragraph
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.query import Field, Query
from assistant.ranking.asked import years_meant
from assistant.ranking.figures import is_asked
from assistant.ranking.shapes import is_formality, is_heading
from assistant.search import AskedPart, Found, SentenceSearch
from assistant.synonyms import with_synonyms
from assistant.understanding.fields import asked_fields, asks_amount
from assistant.understanding.topic import specific_words
from assistant.vocabulary import asked_attributes, asks
from assistant.words import chinese_pairs, pairs, stretches
from ingest.records import Indicator, SourceDocument, Span, Task
from prompts import phrase
from vectorstore.folding import fold

_MOST = 5
# Of the best sentence's relevance another one needs so much to stand beside it: in its section or its task, ….
_NEAR = 0.6
_SAME_MEASURES = 0.45
_ELSEWHERE = 0.7
_OTHER_DOCUMENT = 0.92
_ATTRIBUTE = 0.9
_AMOUNT = 0.7
_PART = 0.78
_OF_OUTCOME = 0.4
# Below this share of the best one's relevance a sentence is told as beside the matter.
_ANSWERING = 0.8
# Longer ones are not shown whole.
_LONGEST_MEASURE = 420
# Sentences looked through for what the nearest ones lack.
_WIDER = 40
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年)")
# Of a dated clause so many pairs of characters, and such a share of all, say of what it is the limit.
_FEWEST_SHARED = 3
_MUCH_SHARED = 0.25
_MOST_FACTS = 6
_MOST_OTHERWISE = 2
_SIZE = re.compile(r"规模(?!以)|产能|处理能力|库容")
# A stretch of the question so long, in so few of the sentences found, is a name.
_NAME_LENGTH = 5
_NAME_SENTENCES = 3
_REACH = re.compile(r"(?:要|得|该|须)[^,，。;；?？]{0,4}[做达提降压](?:高|低|升|减)?到(?:多少|几)")
_EACH = re.compile(r"分别|各")
# 截至2020年底，我市提前超额完成了任务; not what is still to be done.
_OUTCOME = re.compile(
    r"(?:截[至止]|目前|现已|已(?:经|全部|按期)?|提前|超额)[^。；;]{0,24}(?:完成|达到|建成|办结|整改到位|销号|投运)"
    r"|[日月底](?:全部|基本|按期)?完成整改|(?:尚待|待|等待)[^，,。；;]{0,6}(?:核查|验收|销号|复核)|尚未[^，,。；;]{0,6}(?:验收|销号|完成|办结)"
)
# 橙色预警时，B类企业减产40%
_CASE = re.compile(
    r"(?:预警|响应|情况|情形|条件|天气|超标|事故|故障)(?:发生|启动|发布|出现)?(?:期间|时|下|的)[，,]"
)
# 允许几天重污染 counts days of a kind, and no time that is given.
_DAYS = "天"
_HOW_MANY_DAYS = re.compile(r"(?:多少|几)天(?![内之前后里到])")
# Figures with nothing but blanks between them are the cells of a row.
_CELLS = re.compile(r"\d[%％]?\s+\d[\d.]*[%％]?\s+\d")
_COUNTED = re.compile(r"(\d+)[项个家处件座条](?!月)")
_LISTED_AS_MANY = re.compile(r"等(\d+)[项个家处件座条]")
# What joins a piece of a sentence to the one before it: （一）, 其中, 而.
_LEADING = re.compile(r"^(?:[(（][一二三四五六七八九十\d]+[)）]|其中(?!央|心)|而|并且?|同时|且)+")
_BODIES = re.compile(r"[(（](?:责任|牵头|配合|主办|协办)[^()（）]*[)）]")


class ClauseComposer:
    """Picks and words the clauses that answer a question."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def pick(
        self, query: Query, documents: Sequence[str] | None, entry: TaskEntry | None = None
    ) -> list[Found]:
        """The sentences that answer together: the best, what stands by it, and the best for each part.

        Sentences of `entry`, the task that the question names, come before others.
        """
        found = self._candidates(query, documents, entry)
        if not found:
            return []
        best = found[0]
        near = self._together(query, found)
        chosen = self._by_kind(query, near, found)
        chosen += self._of_years(query, documents, chosen)
        parts = self._search.find_parts(query, documents, best)
        if Field.DEADLINE in query.fields and not any(self._dated(one) for one in chosen):
            chosen += self._limit_elsewhere(query, documents, best)
        if Field.DEADLINE in query.fields and self._dated(best):
            chosen = [best, *_of_the_same_thing(query, best, chosen[1:])]
        chosen = self._with_list_behind(_with_note(query, chosen, found))
        for answer in (*self._of_times(query, parts, best), *_best_of_parts(parts, chosen)):
            if answer.span not in {one.span for one in chosen} and len(chosen) <= _MOST:
                chosen.append(answer)
        if Field.MEASURES in query.fields:
            return self._as_measures([_as_good_as(best, one) for one in chosen])
        # What was added has something that the nearest ones lack, and answers as well as they do.
        return [one if one in near else _as_good_as(best, one) for one in chosen]

    def best(self, query: Query) -> Found | None:
        """The sentence that answers best by itself; None where nothing is found."""
        return next(iter(self._candidates(query, query.documents, None)), None)

    def _candidates(
        self, query: Query, documents: Sequence[str] | None, entry: TaskEntry | None
    ) -> list[Found]:
        """The sentences found that may answer, the one that does it best first."""
        found = [
            one
            for one in self._search.find(query, documents, entry=entry)
            if not is_heading(one.span, one.place) and not is_formality(one.span, one.place)
        ]
        found = without_other_rows(query, found, self._library)
        if found and self._is_only_there(query, found[0]):
            found = [one for one in found if one.source == found[0].source]
        # Who holds a post may be somebody else than the question has it, named in another sentence.
        named = () if query.asks_confirmation else self._library.persons_in_text
        persons = [name for name in named if name in query.text]
        found = [one for one in found if any(p in one.span.quote for p in persons)] or found
        attributes = asked_attributes(query.text)
        shown = [one for one in found if any(a.shows.search(one.span.quote) for a in attributes)]
        found = shown or found
        if Field.DEADLINE in query.fields or _SIZE.search(query.text):
            found = _by_name_first(query.topic, found)
        return found

    def _together(self, query: Query, found: Sequence[Found]) -> list[Found]:
        """The best sentence and those that are nearly as good, the nearer they stand the sooner."""
        best = found[0]
        chosen = [best]
        for one in found[1:]:
            near = self._stands_by(query, one, best)
            wanted = _NEAR if near else _ELSEWHERE if one.source == best.source else _OTHER_DOCUMENT
            if Field.MEASURES in query.fields and near:
                wanted = _SAME_MEASURES
            if asked_attributes(query.text):
                wanted = _ATTRIBUTE
            if one.relevance >= wanted * best.relevance and len(chosen) < _MOST:
                chosen.append(one)
        return chosen

    def _by_kind(self, query: Query, chosen: list[Found], found: Sequence[Found]) -> list[Found]:
        """The sentences chosen, with one that has what the question asks for where none of them has it."""
        if unit := asks_amount(query.text):
            chosen = _with_amount(states_amount(unit), chosen, found)
        if Field.STATUS in query.fields or asks("operations", "not_done", query.text):
            chosen = _with_outcome(chosen, found)
        if Field.TARGET in query.fields or _REACH.search(query.text):
            chosen = _with_aim(chosen, found)
        return chosen

    def _is_only_there(self, query: Query, best: Found) -> bool:
        """Whether the best sentence has a noun of the question that no other document in scope has."""
        others = [
            parsed.source.path
            for parsed in self._library.within(query.documents)
            if parsed.source.path != best.source.path
        ]
        said, elsewhere = fold(best.span.quote), self._library.folded(others)
        return any(
            word in said and word not in elsewhere for word in specific_words(query) if others
        )

    def _stands_by(self, query: Query, one: Found, best: Found) -> bool:
        """Whether a sentence belongs with the best one: its section, or its task where measures are asked for."""
        if one.place.section.id == best.place.section.id:
            return True
        tasks = (one.place.task, best.place.task)
        same_task = tasks[0] is not None and tasks[1] is not None and tasks[0].id == tasks[1].id
        return Field.MEASURES in query.fields and same_task

    def _with_list_behind(self, chosen: list[Found]) -> list[Found]:
        """The sentences chosen, with the next one where it lists what the best one counts: …在建6项。甲、乙等6项正在建设."""
        best = chosen[0]
        numbers = set(_COUNTED.findall(best.span.quote))
        text = best.source.text
        end = text.find("。", best.span.end)
        if not numbers or end < 0 or "\n" in text[best.span.end : end]:
            return chosen
        behind = best.source.span(best.span.end, end + 1)
        listed = set(_LISTED_AS_MANY.findall(behind.quote))
        known = any(one.span.overlaps(behind) for one in chosen)
        if known or not listed & numbers:
            return chosen
        return [best, replace(best, span=behind), *chosen[1:]]

    def _dated(self, one: Found) -> bool:
        """Whether a sentence states a time limit, be it one still to be fixed."""
        return any(
            one.span.covers(deadline.phrase) for deadline in self._library.limits(one.source.path)
        )

    def _of_years(
        self, query: Query, documents: Sequence[str] | None, chosen: Sequence[Found]
    ) -> list[Found]:
        """The nearest sentence around the best one for each year that is asked about and that none chosen names."""
        years = dict.fromkeys(_YEAR.findall(query.text))
        missing = [year for year in years if not any(year in one.text for one in chosen)]
        if not missing or len(years) < 2:
            return []
        around = chosen[0].place.around
        near = [
            one
            for one in self._search.find(query, documents, _WIDER)
            if one.source == chosen[0].source and one.place.around == around
        ]
        named = (next((one for one in near if year in one.text), None) for year in missing)
        return [one for one in named if one is not None]

    def _limit_elsewhere(
        self, query: Query, documents: Sequence[str] | None, best: Found
    ) -> list[Found]:
        """The dated sentence that says most of what the best one says, which has no time itself.

        What a part of a report finds (仍有4处直排口), another one sets a limit to (4处直排口11月底前封堵).
        """
        said = chinese_pairs(best.text) | chinese_pairs(query.topic)
        limits = self._library.limits(best.source.path)
        nearest, most = None, 0
        for one in self._search.find(query, documents, _WIDER):
            if one.source != best.source or _is_field(one):
                continue
            for clause in (limit.clause for limit in limits if one.span.covers(limit.phrase)):
                stated = chinese_pairs(flat(clause.quote))
                shared = len(said & stated)
                if shared > most and shared >= _MUCH_SHARED * len(stated):
                    nearest, most = one, shared
        return [nearest] if nearest is not None and most >= _FEWEST_SHARED else []

    def _of_times(self, query: Query, parts: Sequence[AskedPart], best: Found) -> list[Found]:
        """A dated sentence for each of several things whose times are asked for: 谁补、公家再建多大，各到什么时候.

        No two have the same one; the limit of a whole task is told for one of its works only if it is the best.
        """
        asked = [part for part in parts if Field.DEADLINE in asked_fields(part.text)]
        if len(asked) < 2 and not (asked and _EACH.search(query.text)):
            return []
        candidates = [
            _near_the_first([
                one
                for one in part.found
                if self._dated(one) and (one.span == best.span or not _is_field(one))
            ])
            for part in asked
        ]
        if len(asked) == 1:
            return candidates[0]
        together: list[tuple[Found, ...]] = list(product(*filter(None, candidates)))
        best_together = max(together, key=_fits)
        return list(best_together)

    def _as_measures(self, chosen: Sequence[Found]) -> list[Found]:
        """Sentences widened to the whole measure they belong to, where that is short enough to read."""
        widened: dict[tuple[str, int], Found] = {}
        for one in chosen:
            measure = one.place.measure
            whole = measure is not None and len(measure.span.quote) <= _LONGEST_MEASURE
            wide = replace(one, span=measure.span) if measure is not None and whole else one
            widened.setdefault((one.source.path, wide.span.start), wide)
        return list(widened.values())

    def blocks(self, found: Sequence[Found]) -> list[Block]:
        """Quoted clauses by document, what is only beside the matter after all that answers.

        The best comes first and the rest in the order of the text.
        """
        if not found:
            return []
        least = _ANSWERING * found[0].relevance
        answering = [one for one in found if one.relevance >= least]
        blocks = self._quoted(answering, found, _leading_up)
        beside = [one for one in found if one.relevance < least]
        alone = len({one.source.path for one in found}) == 1
        return blocks + self._quoted(beside, found, _related_alone if alone else _related)

    def _quoted(
        self, items: Sequence[Found], found: Sequence[Found], lead_to: Callable[[str, bool], str]
    ) -> list[Block]:
        """Some of the sentences found by document, behind what leads up to a title, be it the first or not."""
        blocks: list[Block] = []
        order = {one.source.path: index for index, one in reversed(list(enumerate(found)))}
        best = found[0]
        ranked = sorted(
            items, key=lambda one: (order[one.source.path], one is not best, one.span.start)
        )
        for _, group in groupby(ranked, key=lambda one: one.source.path):
            quoted = list(group)
            lead = lead_to(quoted[0].source.title, not blocks)
            together = by_row(quoted)
            if len(together) == 1:
                blocks.append(paragraph(self._worded(together[0], lead)))
            else:
                blocks.append(paragraph(own_words(lead)))
                blocks.append(bullets(*(self._worded(one) for one in together)))
        return blocks

    def _worded(self, found: Sequence[Found], lead: str = "") -> Statement:
        """One sentence as a statement, or the cells of one row with what they are and what is reported of it."""
        return row_statement(self._library, found, lead) or self._statement(found[0], lead)

    def facts(self, query: Query, found: Sequence[Found]) -> list[Block]:
        """The figures asked for, before the clauses they stand in: value with its own wording, place and time."""
        if Field.DEADLINE in query.fields and "多少" not in query.text:
            return []
        about = [found[0], *_of_the_same_thing(query, found[0], found[1:])] if found else []
        stated = [
            (one, indicator)
            for one in about
            for indicator in self._library.indicators(one.source.path)
            if one.span.covers(indicator.span)
            and is_asked(indicator, query)
            and _reads_alone(_stretch(one.source, indicator, one.span))
            and not _is_conditional(one.source, indicator, one.span)
        ]
        # Those of the documents that state one of the year asked about, where some do.
        years = years_meant(query)
        of_the_year = {one.source.path for one, indicator in stated if str(indicator.year) in years}
        stated = [pair for pair in stated if pair[0].source.path in of_the_year] or stated
        if not 0 < len(stated) <= _MOST_FACTS:
            return []
        facts = (self._fact(one.source, one.span, indicator) for one, indicator in stated)
        statements = list({one.text: one for one in facts}.values())
        blocks = [paragraph(*statements) if len(statements) == 1 else bullets(*statements)]
        if len(stated) == 2 and _differ(*stated):
            blocks.append(paragraph(own_words(phrase("stated_twice"))))
        elif otherwise := self._stated_otherwise(query, stated):
            blocks += [paragraph(own_words(phrase("stated_otherwise"))), bullets(*otherwise)]
        return blocks

    def _stated_otherwise(
        self, query: Query, stated: Sequence[tuple[Found, Indicator]]
    ) -> list[Statement]:
        """What the same document says elsewhere of the same figure for the same year, where that is another value."""
        told = {(one.source.path, _figure(indicator)) for one, indicator in stated}
        asked = {(path, figure[:3]): figure for path, figure in told if figure[2] is not None}
        others = [
            (parsed.source, sentence, indicator)
            for parsed in self._library.within([path for path, _ in asked])
            for indicator in self._library.indicators(parsed.source.path)
            if (parsed.source.path, _figure(indicator)[:3]) in asked
            and (parsed.source.path, _figure(indicator)) not in told
            and is_asked(indicator, query)
            for sentence in parsed.sentences
            if sentence.covers(indicator.span)
        ]
        if len(others) > _MOST_OTHERWISE:
            return []  # one figure for each of many places
        return [self._fact(*one) for one in others]

    def _fact(self, source: SourceDocument, sentence: Span, indicator: Indicator) -> Statement:
        fact = _stretch(source, indicator, sentence)
        place = source.region or source.title
        stated = "".join(sentence.quote.split())
        date = indicator.date if indicator.date in stated and indicator.date not in fact else ""
        if f"{date}以来" in sentence.quote:
            date = ""  # a time that something began is not the time of the figure
        text = phrase("indicator_fact", place=place, fact=f"{date + '，' if date else ''}{fact}")
        return Statement(text, cite(self._library, source, sentence), computed=(place,))

    def _statement(self, one: Found, lead: str = "") -> Statement:
        heading = _heading_hint(one)
        evidence = cite(self._library, one.source, one.span)
        if (found := table_row_at(self._library, one.source.path, one.span)) is not None:
            # Cells without their headings tell nobody which is which.
            told = row_told(*found)
            return Statement(f"{lead}{heading}{told}", evidence, computed=(lead, heading, told))
        text = readable(one.span.quote, one.place.task)
        return Statement(f"{lead}{heading}{text}", evidence, computed=(lead, heading))


def _leading_up(title: str, first: bool) -> str:
    return phrase("quoted_from" if first else "also_in", title=title)


def _related(title: str, _first: bool) -> str:
    return phrase("related_in", title=title)


def _related_alone(_title: str, _first: bool) -> str:
    return phrase("related")


def _as_good_as(best: Found, other: Found) -> Found:
    """A sentence that answers together with the best one, whichever is nearer to the question."""
    return replace(other, relevance=max(other.relevance, best.relevance))


def _reads_alone(stretch: str) -> bool:
    """Whether a piece of a sentence can be read without the rest: it has both ends of its brackets, and words."""
    depth = list(accumulate((one in "（(") - (one in "）)") for one in stretch))
    return depth[-1:] == [0] and min(depth) == 0 and not _CELLS.search(stretch)


def _is_conditional(source: SourceDocument, indicator: Indicator, sentence: Span) -> bool:
    """Whether a figure is for a case that the sentence names before it, without which it would be said of all cases."""
    before = flat(source.text[sentence.start : indicator.span.start])
    return _CASE.search(re.split("[；;。]", before)[-1]) is not None


def _differ(one: tuple[Found, Indicator], other: tuple[Found, Indicator]) -> bool:
    """Whether two sentences of a document give one figure for one year two values."""
    same_document = one[0].source == other[0].source and one[0].span != other[0].span
    first, second = _figure(one[1]), _figure(other[1])
    return same_document and first[:3] == second[:3] and first != second and first[2] is not None


def _figure(indicator: Indicator) -> tuple[str, str, int | None, str]:
    """What tells a figure: its name and unit, the year it is for, and its value."""
    return fold(indicator.name), fold(indicator.unit), indicator.year, indicator.value


def _with_amount(
    states: Callable[[str], bool], chosen: Sequence[Found], found: Sequence[Found]
) -> list[Found]:
    """The sentences chosen, with the nearest that has a figure of the unit asked for where they have none."""
    if any(states(one.span.quote) for one in chosen):
        return list(chosen)
    near = (
        one
        for one in found
        if one.source == found[0].source and one.relevance >= _AMOUNT * found[0].relevance
    )
    return [*chosen, *[one for one in near if states(one.span.quote)][:1]]


def _with_aim(chosen: Sequence[Found], found: Sequence[Found]) -> list[Found]:
    """The sentences chosen; of a row without a target, with the nearest figure that its measures are to reach."""
    task = chosen[0].place.task
    if task is None or not task.row or "target" in task.fields or "measures" not in task.fields:
        return list(chosen)
    cell = task.fields["measures"]
    if any(cell.covers(one.span) for one in chosen):
        return list(chosen)
    aims = (one for one in found if cell.covers(one.span) and re.search(r"\d", one.span.quote))
    return [*chosen, *[one for one in aims][:1]]


def _with_outcome(chosen: Sequence[Found], found: Sequence[Found]) -> list[Found]:
    """The sentences chosen, with the nearest one of the best one's section that tells how it came out, if none does."""
    best = chosen[0]
    if any(_OUTCOME.search(one.span.quote) for one in chosen):
        return list(chosen)
    near = (
        one
        for one in found
        if one.place.section.id == best.place.section.id
        and one.relevance >= _OF_OUTCOME * best.relevance
        and _OUTCOME.search(one.span.quote)
    )
    return [*chosen, *[one for one in near][:1]]


def _best_of_parts(parts: Sequence[AskedPart], chosen: Sequence[Found]) -> list[Found]:
    """The best sentence of each part of a question that is not chosen yet, if it is nearly as good as the part's best.

    A part that asks for a figure in a unit is answered by a sentence that has one, if any does.
    """
    known = {one.span for one in chosen}
    best: list[Found] = []
    for part in parts:
        answers = [one for one in part.found if not is_heading(one.span, one.place)]
        tops = {one.found[0].span for one in parts if one is not part and one.found}
        if measured := _with_figures(part, answers, tops):
            if not any(one.span in known for one in measured):
                best.append(measured[0])
                known.add(measured[0].span)
            continue
        fresh = (
            one
            for one in answers
            if one.span not in known and one.relevance >= _PART * answers[0].relevance
        )
        if (answer := next(fresh, None)) is not None:
            best.append(answer)
            known.add(answer.span)
    return best


def _with_figures(part: AskedPart, answers: Sequence[Found], tops: Collection[Span]) -> list[Found]:
    """The answers to a part that have a figure in the unit that it asks for, those much worse than the best left out.

    The best of the other parts (`tops`) is found for this one too, because the whole question has their words.
    """
    unit = asks_amount(part.text) or (_DAYS if _HOW_MANY_DAYS.search(part.text) else "")
    if not unit or not answers:
        return []
    states = states_amount(unit)
    best = next((one for one in answers if one.span not in tops), answers[0]).relevance
    near = (one for one in answers if one.relevance >= _AMOUNT * best)
    return [one for one in near if states(one.span.quote)]


def _near_the_first(found: Sequence[Found]) -> list[Found]:
    return [one for one in found if one.relevance >= _NEAR * found[0].relevance]


def _fits(answers: Sequence[Found]) -> tuple[int, float]:
    """How well sentences answer one part each: as many different ones as there are, then the nearest."""
    return len({one.span for one in answers}), sum(one.relevance for one in answers)


def _is_field(one: Found) -> bool:
    """Whether a sentence is the labelled limit of a whole task: 完成时限：2024年底."""
    task = one.place.task
    field = task.fields.get("deadline") if task is not None else None
    return field is not None and field.covers(one.span)


def _with_note(query: Query, chosen: Sequence[Found], found: Sequence[Found]) -> list[Found]:
    """The sentences chosen, with what the text below a list tells of the best one's row, where the question asks it."""
    best = chosen[0]
    task = best.place.task
    if task is None or not task.row:
        return list(chosen)
    asked = pairs(with_synonyms(query.topic))
    told = pairs("".join(one.span.quote for one in chosen) + task.title.quote)
    notes = (
        one
        for one in found
        if any(note.overlaps(one.span) for note in task.beside)
        and one not in chosen
        and (asked - told) & pairs(fold(one.span.quote))
    )
    return [*chosen, *notes]


def _by_name_first(topic: str, found: Sequence[Found]) -> list[Found]:
    """The sentences with the longest stretch of the topic that any has first, where they are few.

    Each of a list of works has a date and a size, so the name decides (高村污水处理厂): the others may say the
    same words more often, but of another thing of the kind.
    """
    texts = [_speaks_of(one) for one in found]
    for longest in stretches(fold(topic), _NAME_LENGTH):
        holding = [any(one in text for one in longest) for text in texts]
        if any(holding):
            few = sum(holding) <= _NAME_SENTENCES
            named = [one for one, holds in zip(found, holding, strict=True) if holds and few]
            return [*named, *(one for one in found if one not in named)]
    return list(found)


def _of_the_same_thing(query: Query, best: Found, others: Sequence[Found]) -> list[Found]:
    """Of some sentences with dates, those about what the best one is about, not about its neighbours.

    A list of works says much the same of each (扩建, 污水处理厂, 完成). Where the best sentence alone shares
    something with the question, that (高村) tells which is meant; another stays only if it names something else
    that the question names (第五污水处理厂).
    """
    said = _speaks_of(best)
    texts = [_speaks_of(one) for one in others]
    shared = {pair for pair in chinese_pairs(query.topic) if pair in said}
    if all(any(pair in text for text in texts) for pair in shared):
        return list(others)
    missing = [word for word in map(fold, specific_words(query)) if word not in said]
    return [
        one
        for one, text in zip(others, texts, strict=True)
        if any(word in text for word in missing)
    ]


def _speaks_of(one: Found) -> str:
    """A sentence, folded, without the bodies named in brackets: they tell whose it is, not what it is about."""
    return _BODIES.sub("", fold(one.span.quote))


def _stretch(source: SourceDocument, indicator: Indicator, sentence: Span) -> str:
    """The part of the sentence, between commas, that states the figure."""
    text = source.text
    start = (
        max(text.rfind(mark, sentence.start, indicator.span.start) for mark in "，；。：,;:|") + 1
    )
    ends = [text.find(mark, indicator.span.end, sentence.end) for mark in "，；。,;|"]
    end = min((position for position in ends if position >= 0), default=sentence.end)
    return _LEADING.sub("", flat(text[max(start, sentence.start) : end]).strip())


def _in_field(span: Span, task: Task) -> bool:
    return any(field.covers(span) for role, field in task.fields.items() if role != "measures")


def _is_behind_point(one: Found, task: Task) -> bool:
    """Whether words of a labelled task stand in the section of its last point, behind that."""
    points = [measure.span for measure in task.measures if measure.number]
    points += [task.problem] if task.problem is not None else []
    own = [point for point in points if point.covers(one.place.section.heading)]
    return task.labelled and bool(own) and one.span.start >= max(point.end for point in own)


def _heading_hint(one: Found) -> str:
    """Number and title of the clause, where the sentence itself does not begin with it.

    A field that stands behind the last measure is the issue's, not that measure's, and so is what is demanded behind
    the points that tell what is wrong.
    """
    section, task = one.place.section, one.place.task
    if task is not None and (_in_field(one.span, task) or _is_behind_point(one, task)):
        return f"{task.number}、{task.name}：" if task.number else ""
    if not section.title or one.span.start <= section.heading.end or len(section.title) > 40:
        return ""
    return f"{section.number}{section.title}："
