"""When the documents do not say: why, where was looked, and what comes nearest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.composers.checks.duties_untold import duty_or_limit_untold
from assistant.composers.checks.on_topic import TopicGuard
from assistant.composers.checks.stated import figure_unstated
from assistant.composers.checks.unlisted import only_counted, unlisted_member, unlisted_term
from assistant.composers.checks.unmeasured import unmeasured
from assistant.composers.checks.unwritten import unwritten
from assistant.composers.outline.annexes import annex_asked, annex_telling, annexes_found
from assistant.composers.records.row_words import by_row, row_statement
from assistant.composers.wording import cite, readable, scope_name, task_name
from assistant.draft import Block, Draft, Statement, bullets, own_words, paragraph
from assistant.library import Library
from assistant.query import Field, Query
from assistant.ranking.shapes import is_mere_heading
from assistant.search import Found
from assistant.synonyms import says
from assistant.understanding.built_things import unknown_built_thing
from assistant.understanding.fields import asking_parts
from assistant.understanding.offices import offices_in
from assistant.understanding.spelled import is_syllables
from assistant.understanding.thing_alone import absent_thing
from assistant.understanding.topic import specific_words, topic_of
from assistant.understanding.unknown_names import unknown_name
from assistant.understanding.unknown_people import unknown_person
from assistant.vocabulary import Attribute, asked_attributes, load_words
from assistant.words import cut, frequency
from ingest.numerals import parse_number
from prompts import phrase
from vectorstore.folding import fold, fold_query

# What another document says has to be nearly as near as the best.
_NEAR = 0.55
_AS_NEAR = 0.85
_SHOWN = 2
# Characters behind a sentence in which a telephone number may follow it.
_NEARBY = 80
# 由副县长李文涛督办
_IN_OFFICE = re.compile("(?:[区县市镇州局科所站队]长|书记|主任)[\u4e00-\u9fff]{2,3}")
_IN_CHARGE = re.compile(
    "负责|汇总|带队|审核|包[抓保案联干]|牵头|挂[帅点牌包]|分管|联系|督办|调度|盯办|领办"
)
# One of several of a kind: 第七批举报件, 第二期通报.
_ISSUE = re.compile(r"第\s*([一二三四五六七八九十\d]{1,3})\s*([批期])")
# What is measured has a short name (VOCs, PM2.5); longer ones are English words in the question.
_LONGEST_SYMBOL = 5
_LATIN_NAME = re.compile(r"[a-z]+[\d.]*[a-z\d]*")
# Words that people write in capitals, and what is no name of anything measured: 二季度, a month, a mark.
_NO_SYMBOL = re.compile(
    r"ok|q[1-4]|p{1,2}t|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|ddl|am|pm"
)

# Between these stand the parts of a question.
_BREAKS = "?？。;；!！"


class RefusalComposer:
    """Decides whether the documents answer at all, and words the refusal."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._guard = TopicGuard(library)

    def before_search(self, query: Query) -> Draft | None:
        """A refusal that the question's own names settle: an unknown place, year, person, other name or thing, an annex only named."""
        if query.unknown_places:
            return self._not_covered("、".join(query.unknown_places))
        if query.unknown_years and not query.asks_confirmation:
            return self._not_mentioned(query, "、".join(map(str, query.unknown_years)) + "年")
        if issue := self._unknown_issue(query):
            return self._not_mentioned(query, issue)
        if person := unknown_person(query, self._library):
            return self._not_mentioned(query, person)
        if name := unknown_name(query, self._library):
            return self._not_covered(name)
        if missing := unwritten(query, self._library):
            return self._not_mentioned(query, f"“{missing}”")
        if thing := unknown_built_thing(query, self._library):
            return self._nothing_about(query, thing, ())
        return annex_asked(query, self._library)

    def _not_covered(self, names: str) -> Draft:
        regions = "、".join(
            dict.fromkeys(p.source.region or p.source.title for p in self._library.documents)
        )
        text = phrase("place_unknown", places=names, regions=regions)
        return Draft((paragraph(own_words(text)),), refused=True)

    def _not_mentioned(self, query: Query, what: str) -> Draft:
        text = phrase("not_mentioned", scope=scope_name(query, self._library), what=what)
        return Draft((paragraph(own_words(text)),), refused=True)

    def after_search(self, query: Query, found: Sequence[Found]) -> Draft | None:
        """A refusal that the best sentences settle: nothing near, or near but without what is asked."""
        if missing := self._asked_before(query):
            return self._nothing_about(query, missing, ())
        sentences = sorted(
            (one for one in found if not is_mere_heading(one.span, one.place)),
            key=lambda one: -one.nearness,
        )
        if thing := absent_thing(query, self._library):
            return self._nothing_about(query, thing, sentences)
        body = self._missing_body(query)
        if not sentences or self._guard.is_off_topic(query, sentences):
            if body and query.documents is not None:
                return self._nothing_about(query, body, sentences)
            return self._refuse(query, phrase("not_found", what="与提问相关的内容"), sentences)
        if missing := self._missing_name(query) or body:
            return self._nothing_about(query, missing, sentences)
        if attribute := self._missing_attribute(query, sentences):
            if attribute.in_task and (told := self._told_in_tasks(query, attribute, sentences[0])):
                return told
            in_annex = query.documents and annex_telling(query, self._library, attribute.annex)
            return in_annex or self._lacking(query, attribute.name, sentences)
        if absent := self._absent_here(query):
            return self._nothing_about(query, absent, sentences)
        if Field.LEADER in query.fields and not self._names_leaders(query, sentences[0], found):
            return self._lacking(query, "负责领导", sentences)
        term = unlisted_term(query, self._library) or unlisted_member(query, self._library)
        if term := term or only_counted(query, sentences):
            return self._refuse(query, phrase("list_missing", term=f"“{term}”"), sentences)
        return None

    def of_chosen(self, query: Query, chosen: Sequence[Found]) -> Draft | None:
        """A refusal that the sentences chosen settle: they only name an annex, or none tells the figure, duty or limit."""
        if only_named := annexes_found(self._library, chosen):
            return only_named
        for missing in (unmeasured, figure_unstated):
            if unstated := missing(query, self._library, chosen):
                return self._lacking(query, unstated, chosen)
        if what := duty_or_limit_untold(query, self._library, chosen):
            text = phrase("unstated", scope=scope_name(query, self._library), what=what)
            return self._refuse(query, text, chosen)
        return None

    def number_missing(self, query: Query) -> Draft:
        """No task has the number asked for."""
        numbers = "、".join(map(str, query.task_numbers))
        text = phrase("number_missing", scope=scope_name(query, self._library), numbers=numbers)
        return Draft((paragraph(own_words(text)),), refused=True)

    def _nothing_about(self, query: Query, name: str, nearest: Sequence[Found]) -> Draft:
        return self._refuse(query, phrase("not_found", what=f"关于“{name}”的内容"), nearest)

    def _lacking(self, query: Query, attribute: str, nearest: Sequence[Found]) -> Draft:
        scope = scope_name(query, self._library)
        text = phrase("attribute_missing", scope=scope, attribute=attribute)
        return self._refuse(query, text, nearest)

    def _refuse(self, query: Query, text: str, nearest: Sequence[Found]) -> Draft:
        scope = phrase("not_found_scope", scope=scope_name(query, self._library))
        blocks: list[Block] = [paragraph(own_words(text), own_words(scope))]
        near = [one for one in nearest[:_SHOWN] if one.nearness >= _NEAR]
        items = [self._nearest(together) for together in by_row(near)]
        if items:
            blocks += [paragraph(Statement(phrase("nearest"))), bullets(*items)]
        return Draft(tuple(blocks), refused=True)

    def _nearest(self, together: Sequence[Found]) -> Statement:
        """A sentence, or cells of one row with their headings and what is reported of the row."""
        one = together[0]
        return row_statement(self._library, together) or Statement(
            readable(one.span.quote, one.place.task), cite(self._library, one.source, one.span)
        )

    # Something of the question that is nowhere

    def _missing_name(self, query: Query) -> str:
        """A Latin name, a pollutant or a unit of measurement that the documents in scope do not have."""
        if query.asks_confirmation:
            return ""
        texts = self._library.folded(query.documents)
        words = load_words("questions")
        asking = " ".join(asking_parts(query.text, _BREAKS))
        named: list[str] = [
            name for name in _LATIN_NAME.findall(asking) if _is_symbol(name, query.question)
        ]
        named += [name for name in words["pollutants"]["words"] if name in query.topic]
        named += [
            name
            for name in words["measured"]["words"]
            if re.search(f"多少{name}|几{name}(?=[?？,，。]|$)", query.text)
        ]
        for name in named:
            if not says(name, texts):
                return name.upper()
        return ""

    def _asked_before(self, query: Query) -> str:
        """What is measured (PM2.5) that a question asks of another document by naming only that: 那沧州."""
        if not (query.refers_back and query.named) or specific_words(query):
            return ""
        topic = topic_of(query.earlier, self._library)
        earlier = replace(query, text=query.earlier, question=query.earlier, topic=topic)
        return self._missing_name(earlier)

    def _unknown_issue(self, query: Query) -> str:
        """第八批 where the documents in scope have other 批 and not this one; empty where they have it or none."""
        texts = self._library.folded(query.documents)
        for asked in () if query.asks_confirmation else _ISSUE.finditer(query.text):
            known = {parse_number(one[1]) for one in _ISSUE.finditer(texts) if one[2] == asked[2]}
            if known and parse_number(asked[1]) not in known:
                return asked.group()
        return ""

    def _missing_body(self, query: Query) -> str:
        """An office by a common name (财政局) that no document in scope has, where its part is asked about."""
        if query.asks_confirmation or query.units:
            return ""
        texts = self._library.folded(query.documents)
        asked = " ".join(asking_parts(query.text, _BREAKS))
        usual = (one for one in offices_in(asked) if not says(one["stem"], texts))
        if missing := next(usual, None):
            return missing.group()
        offices = (word for word in cut(asked) if len(word) >= 3 and word.endswith("局"))
        return next((one for one in offices if frequency(one) and not says(one, texts)), "")

    def _missing_attribute(self, query: Query, found: Sequence[Found]) -> Attribute | None:
        """Money, a telephone number, a post … where no near sentence shows one."""
        near = [
            one
            for one in found
            if one.nearness >= (_NEAR if one.source == found[0].source else _AS_NEAR)
        ][:5]
        for attribute in asked_attributes(query.text):
            # The row of a thing is the best sentence; further down are those of others.
            said = [self._figures_of(near[0]), *(_said_by(one, attribute) for one in near)]
            if not any(attribute.shows.search(one) for one in said):
                return attribute
        return None

    def _told_in_tasks(self, query: Query, attribute: Attribute, best: Found) -> Draft | None:
        """What shows an attribute further down in the task asked about, or in those that the answer before named: 钱从哪出."""
        spoken_of = fold_query(query.context) if query.refers_back else ""
        words = specific_words(query)
        said = [
            Statement(
                f"{task_name(task)}：{readable(sentence.quote, task)}",
                cite(self._library, parsed.source, sentence),
                computed=(f"{task_name(task)}：",),
            )
            for parsed in self._library.within(query.documents)
            for task in parsed.tasks
            if (words and task == best.place.task and all(one in task.words for one in words))
            or (not words and fold_query(task.title.quote) in spoken_of)
            for sentence in parsed.sentences
            if task.span.covers(sentence) and attribute.shows.search(fold_query(sentence.quote))
        ]
        return Draft((bullets(*said),)) if said else None

    def _figures_of(self, one: Found) -> str:
        """The figures, with their units, of the row of a table that a sentence is, or of all rows below the caption it is."""
        return " ".join(
            f"{cell.value}{table.unit_of(row, place)}"
            for table in self._library[one.source.path].tables
            for row in table.rows
            if any(span.overlaps(one.span) for span in (row.span, table.caption) if span)
            for place, cell in enumerate(row.cells)
        )

    def _absent_here(self, query: Query) -> str:
        """A thing whose figure is asked for, known to other documents and unknown to the ones in scope."""
        if query.documents is None or "多少" not in query.text or query.refers_back:
            return ""
        texts = self._library.folded(query.documents)
        for run in re.findall(r"[\u4e00-\u9fff]{5,}", query.topic):
            for name in _long_names(run):
                if name in self._library.text and name not in texts:
                    return name
        return ""

    def _names_leaders(self, query: Query, best: Found, found: Sequence[Found]) -> bool:
        """Whether the best document names anybody: one that never does cannot say who is in charge.

        A sentence may name one in office for the very thing, where no task has a leader.
        """
        if not re.search("哪位|姓名|姓甚|叫什么|哪.{0,2}副.长|副.长(?:是|叫)", query.text):
            return True
        if _IN_OFFICE.search(best.span.quote):
            return True
        things = specific_words(query)
        own = (fold(one.span.quote) for one in found if one.source == best.source)
        said = (one for one in own if any(thing in one for thing in things))
        if any(_IN_OFFICE.search(one) and _IN_CHARGE.search(one) for one in said):
            return True
        return any(task.leaders for task in self._library[best.source.path].tasks)


def _long_names(run: str) -> list[str]:
    """Compound nouns in a run of characters, longest first: 污水处理厂."""
    return [
        run[start:end]
        for length in range(min(8, len(run)), 4, -1)
        for start in range(len(run) - length + 1)
        for end in [start + length]
        if run[end - 1] in "厂站场园厅馆库所桥渠井"
    ]


def _is_symbol(name: str, question: str) -> bool:
    """Whether a folded Latin name is one of what is measured: PM10, GDP; a word in small letters is any English."""
    written = name in question.lower() and name not in question
    synonyms = load_words("questions")["synonyms"]
    known = any(name in words for words in (*synonyms["names"], *synonyms["sets"]))
    if _NO_SYMBOL.fullmatch(name):
        return False
    short = 2 <= len(name) <= _LONGEST_SYMBOL and not is_syllables(name)
    return short and (written or known or re.search(r"\d", name) is not None)


def _said_by(one: Found, attribute: Attribute) -> str:
    """A sentence, folded, with what follows where evidence may, and the cells of its row with their headings."""
    end = one.span.end + (_NEARBY if attribute.nearby else 0)
    task = one.place.task
    cells = (f"{head} {cell.quote}" for head, cell in task.columns.items()) if task else ()
    return fold_query(" ".join((one.source.text[one.span.start : end], *cells)))
