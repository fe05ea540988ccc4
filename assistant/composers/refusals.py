"""When the documents do not say: why, where was looked, and what comes nearest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composers.on_topic import TopicGuard
from assistant.composers.stated import duty_unstated, figure_unstated
from assistant.composers.wording import cite, flat, readable, scope_name
from assistant.draft import Block, Draft, Statement, bullets, own_words, paragraph
from assistant.library import Library
from assistant.query import DUTY_FIELDS, Field, Query
from assistant.ranking.shapes import is_heading
from assistant.search import Found
from assistant.understanding.fields import asked_fields, asking_parts, asks_beyond_fields
from assistant.understanding.spelled import is_syllables
from assistant.vocabulary import asks, attributes, load_words
from assistant.words import cut, frequency
from ingest.numerals import parse_number
from ingest.outline import ANNEX_LIST_TITLE
from ingest.records import Section, SourceDocument, Span
from prompts import phrase
from vectorstore.folding import fold_query

# What another document says has to be nearly as near as the best.
_NEAR = 0.55
_AS_NEAR = 0.85
# What is measured has a short name (VOCs, PM2.5); longer ones are English words in the question.
_LONGEST_SYMBOL = 5
_LATIN_NAME = re.compile(r"[a-z]+[\d.]*[a-z\d]*")
_ANNEX = re.compile(r"附[件表录]\s*([一二三四五六七八九十\d]{1,2})")
_OF_A_LIST = re.compile("附[件表录]|清单|台账|名单|名录|目录|明细|一览|表")
_ASKS_MANY = re.compile("哪[些几]|多少|几[个家处项条]")
_ASKS_COUNTED = re.compile(
    r"([一二两三四五六七八九十\d]+)(?:个|项|类|条)([\u4e00-\u9fff]{2,4}?)[,，]?(?:分别|各|都|具体)*(?:是|叫|有)(?:什么|啥|哪)"
)
_COUNTED = re.compile(r"([一二两三四五六七八九十\d]+)(?:个|项|类|条)([\u4e00-\u9fff]{2})")
_ENUMERATED = re.compile(r"[“\"']([^”\"']{2,12})[”\"']")
_ASKS_LIST = re.compile("名单|都是谁")
_ASKS_MEMBERS = re.compile(
    r"(?:有|是|指|包括|分)(?:的是)?哪[几两三四五六七八九十]?(?:类|个|项|条|种|方面)|(?:有|是|指|包括)(?:的是)?哪些|哪[几两三四五六七八九十](?:类|个|项|条|种)[“”]|分别是|具体是什么|包括什么|指什么|里(?:头|面)?.{0,2}哪"
)


class RefusalComposer:
    """Decides whether the documents answer at all, and words the refusal."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._guard = TopicGuard(library)

    def before_search(self, query: Query) -> Draft | None:
        """A refusal that the question's own names settle: an unknown place or year, an annex only named."""
        if query.unknown_places:
            regions = "、".join(
                dict.fromkeys(p.source.region or p.source.title for p in self._library.documents)
            )
            text = phrase("place_unknown", places="、".join(query.unknown_places), regions=regions)
            return Draft((paragraph(own_words(text)),), refused=True)
        if query.unknown_years and not query.asks_confirmation:
            years = "、".join(map(str, query.unknown_years))
            text = phrase("year_unknown", scope=scope_name(query, self._library), years=years)
            return Draft((paragraph(own_words(text)),), refused=True)
        return self._annex(query)

    def after_search(self, query: Query, found: Sequence[Found]) -> Draft | None:
        """A refusal that the best sentences settle: nothing near, or near but without what is asked."""
        sentences = sorted(
            (one for one in found if not is_heading(one.span, one.place)),
            key=lambda one: -one.nearness,
        )
        if not sentences or self._guard.is_off_topic(query, sentences):
            return self._refuse(query, phrase("not_found", what="与提问相关的内容"), sentences)
        if missing := self._missing_name(query) or self._missing_body(query):
            return self._refuse(
                query, phrase("not_found", what=f"关于“{missing}”的内容"), sentences
            )
        if attribute := self._missing_attribute(query, sentences):
            text = phrase(
                "attribute_missing", scope=scope_name(query, self._library), attribute=attribute
            )
            return self._refuse(query, text, sentences)
        if absent := self._absent_here(query):
            return self._refuse(query, phrase("not_found", what=f"关于“{absent}”的内容"), sentences)
        if Field.LEADER in query.fields and not self._names_leaders(query, sentences[0]):
            text = phrase(
                "attribute_missing", scope=scope_name(query, self._library), attribute="负责领导"
            )
            return self._refuse(query, text, sentences)
        if term := self._unlisted(query) or self._only_counted(query, sentences):
            return self._refuse(query, phrase("list_missing", term=f"“{term}”"), sentences)
        return None

    def of_chosen(self, query: Query, chosen: Sequence[Found]) -> Draft | None:
        """A refusal that the sentences chosen settle: none states the figure asked for."""
        if unstated := figure_unstated(query, chosen):
            text = phrase(
                "attribute_missing", scope=scope_name(query, self._library), attribute=unstated
            )
            return self._refuse(query, text, chosen)
        if duty_unstated(query, chosen):
            text = phrase("duty_missing", scope=scope_name(query, self._library))
            return self._refuse(query, text, chosen)
        return None

    def number_missing(self, query: Query) -> Draft:
        """No task has the number asked for."""
        numbers = "、".join(map(str, query.task_numbers))
        text = phrase("number_missing", scope=scope_name(query, self._library), numbers=numbers)
        return Draft((paragraph(own_words(text)),), refused=True)

    def _refuse(self, query: Query, text: str, nearest: Sequence[Found]) -> Draft:
        scope = phrase("not_found_scope", scope=scope_name(query, self._library))
        blocks: list[Block] = [paragraph(own_words(text), own_words(scope))]
        items = [
            Statement(
                readable(one.span.quote, one.place.task),
                cite(self._library, one.source, one.span),
            )
            for one in nearest[:2]
            if one.nearness >= _NEAR
        ]
        if items:
            blocks += [paragraph(Statement(phrase("nearest"))), bullets(*items)]
        return Draft(tuple(blocks), refused=True)

    # An annex of which only the title is there

    def _annex(self, query: Query) -> Draft | None:
        for source, section in self._annex_lists(query):
            span = self._annex_title(query, source, section)
            if span is not None:
                text = phrase("annex_only", title=source.title) + flat(span.quote)
                statement = Statement(
                    text, cite(self._library, source, span), computed=(source.title,)
                )
                return Draft((paragraph(statement),), refused=True)
        return None

    def _annex_lists(self, query: Query) -> list[tuple[SourceDocument, Section]]:
        return [
            (parsed.source, section)
            for parsed in self._library.within(query.documents)
            for section in parsed.sections
            if section.title == ANNEX_LIST_TITLE
            and not any(other.annex for other in parsed.sections)
        ]

    def _annex_title(self, query: Query, source: SourceDocument, section: Section) -> Span | None:
        """The listed title the question means: by its number, or by words that stand nowhere else."""
        lines = _lines(source, section.span)
        if match := _ANNEX.search(query.text):
            number = parse_number(match.group(1))
            return next((line for line in lines if _annex_number(line.quote) == number), lines[0])
        listed = _ASKS_MANY.search(query.text) and not query.fields & DUTY_FIELDS
        if not (listed or _OF_A_LIST.search(query.text)):
            return None  # who and by when stand in the text, though an annex is called so too
        elsewhere = fold_query(source.text.replace(section.span.quote, ""))
        for line in lines:
            title = fold_query(line.quote)
            if any(part in title and part not in elsewhere for part in _stretches(query.text, 4)):
                return line
        return None

    # Something of the question that is nowhere

    def _missing_name(self, query: Query) -> str:
        """A Latin name, a pollutant or a unit of measurement that the documents in scope do not have."""
        if query.asks_confirmation:
            return ""
        texts = self._library.folded(query.documents)
        words = load_words("questions")
        asking = " ".join(_asking_parts(query.text))
        latin = _LATIN_NAME.findall(asking)
        named: list[str] = [
            name for name in latin if 2 <= len(name) <= _LONGEST_SYMBOL and not is_syllables(name)
        ]
        named += [name for name in words["pollutants"]["words"] if name in query.topic]
        named += [
            name
            for name in words["measured"]["words"]
            if re.search(f"多少{name}|几{name}(?=[?？,，。]|$)", query.text)
        ]
        for name in named:
            if not any(other in texts for other in _same(name)):
                return name.upper()
        return ""

    def _missing_body(self, query: Query) -> str:
        """An office by a common name (财政局) that no document in scope has, where its part is asked about."""
        if query.asks_confirmation or query.units:
            return ""
        texts = self._library.folded(query.documents)
        asked = " ".join(asking_parts(query.text, "?？。;；!！"))
        offices = (word for word in cut(asked) if len(word) >= 3 and word.endswith("局"))
        return next((one for one in offices if frequency(one) and one not in texts), "")

    def _missing_attribute(self, query: Query, found: Sequence[Found]) -> str:
        """Money, a telephone number, a post … where no near sentence shows one."""
        near = [
            one
            for one in found
            if one.nearness >= (_NEAR if one.source == found[0].source else _AS_NEAR)
        ][:5]
        for attribute in attributes():
            if not attribute.ask.search(query.text):
                continue
            if not any(attribute.shows.search(fold_query(one.span.quote)) for one in near):
                return attribute.name
        return ""

    def _unlisted(self, query: Query) -> str:
        """A quoted term whose members are asked for, but which the documents only mention."""
        for match in _ENUMERATED.finditer(query.text):
            if query.status is not None and asks("operations", query.status.value, match.group(1)):
                continue  # a state of tasks, which records answer
            around = _around(query.text, match)
            if not (_ASKS_LIST.search(query.text) or _ASKS_MEMBERS.search(around)):
                continue
            term = match.group(1)
            places = [
                sentence.quote
                for parsed in self._library.within(query.documents)
                for passage in parsed.passages
                for sentence in passage.sentences
                if term in fold_query(sentence.quote)
            ]
            if places and not any(_enumerates(term, fold_query(text)) for text in places):
                return str(term)
        return ""

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

    def _names_leaders(self, query: Query, best: Found) -> bool:
        """Whether the best document names anybody: one that never does cannot say who is in charge."""
        if not re.search("哪位|姓名|姓甚|叫什么|副.长", query.text):
            return True
        return any(task.leaders for task in self._library[best.source.path].tasks)

    def _only_counted(self, query: Query, found: Sequence[Found]) -> str:
        """What the best sentence only counts (剩余2个问题) while its members are asked for one by one."""
        match = _ASKS_COUNTED.search(query.text)
        if match is None:
            return ""
        number = parse_number(match.group(1))
        for text in (fold_query(one.span.quote) for one in found[:5]):
            for counted in _COUNTED.finditer(text):
                same = parse_number(counted.group(1)) == number
                if same and counted.group(2) == match.group(2)[:2]:
                    return "" if _enumerates(counted.group(), text) else counted.group()
        return ""


def _around(text: str, match: re.Match[str]) -> str:
    """What a clause says right before and right after a quoted term, as far as the next punctuation."""
    before = re.split(r"[,，。;；?？]", text[: match.start()])[-1]
    after = re.split(r"[,，。;；?？]", text[match.end() :], maxsplit=1)[0]
    return f"{before[-6:]}“”{after[:10]}"


def _long_names(run: str) -> list[str]:
    """Compound nouns in a run of characters, longest first: 污水处理厂."""
    return [
        run[start:end]
        for length in range(min(8, len(run)), 4, -1)
        for start in range(len(run) - length + 1)
        for end in [start + length]
        if run[end - 1] in "厂站场园厅馆库所桥渠井"
    ]


def _asking_parts(text: str) -> list[str]:
    """The parts of a question that ask something; what stands around them may be anything."""
    parts = re.split(r"[?？。;；!！]", text)
    return [part for part in parts if asked_fields(part) or asks_beyond_fields(part)] or parts


def _same(name: str) -> set[str]:
    """A name and the genre's other words for it."""
    sets: list[list[str]] = load_words("questions")["synonyms"]["sets"]
    return {name, *(word for words in sets if name in words for word in words)}


def _enumerates(term: str, text: str) -> bool:
    """Whether a sentence goes on from the term to its members: 四类问题：…、… or 一是…."""
    after = re.split("[,，。;；]", text[text.find(term) + len(term) :])[0]
    return bool(re.match(r"[”\"']?(?:\(|:|包括|是指|即|分别|为)", after)) or after.count("、") >= 2


def _lines(source: SourceDocument, span: Span) -> list[Span]:
    lines, begin = [], span.start
    for line in span.quote.split("\n"):
        text = line.strip()
        if text:
            start = begin + line.index(text)
            lines.append(source.span(start, start + len(text)))
        begin += len(line) + 1
    return lines


def _annex_number(line: str) -> int | None:
    match = re.search(r"(?:附件[:：]?\s*)?(\d{1,2})\s*[.．、]", line)
    return int(match.group(1)) if match else None


def _stretches(text: str, shortest: int) -> list[str]:
    """Stretches of Chinese characters in a text, longest first, down to `shortest` characters."""
    runs = re.findall(r"[\u4e00-\u9fff]+", text)
    return [
        run[start : start + length]
        for run in runs
        for length in range(len(run), shortest - 1, -1)
        for start in range(len(run) - length + 1)
    ]
