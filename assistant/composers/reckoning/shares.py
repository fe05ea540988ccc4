"""What share of a whole something is, of which the text states both in figures: 38家企业中14家, 74个已整治51个."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from assistant.composers.reckoning.figures_said import FigureSaid, figures_said, shared_pairs
from assistant.composers.reckoning.remainders import (
    asked_about,
    percent,
    total_and_done,
    with_heading,
)
from assistant.composers.wording import cite
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.proof.quantities import Quantity, quantities
from assistant.query import Query
from assistant.search import Found, SentenceSearch
from assistant.understanding.reckonings import asks_share
from assistant.words import chinese_pairs
from ingest.records import SourceDocument, Span
from prompts import phrase
from vectorstore.folding import fold

_FEWEST_SHARED = 2
_MOST_SENTENCES = 4
_SENTENCE = re.compile(r"[^。；;\n\t|]+")
# 38家涉VOCs企业中14家, 排查216座设施，其中142座
_AMONG = re.compile(
    r"(?<!其)中(?P<of>[有的]?[,，]?(?:有|[^,，;；、]{0,8}的|仅|只有)?)$|其中[^,，]{0,8}$"
)
# 抽查30个工地，9个未落实
_BESIDE = re.compile(r"^[^,，]*[,，]$")
_INEXACT = re.compile(r"(?:约|近|超过?|逾|大概|不少于|不低于|不超过)$")
_OF_SHARE = re.compile(r"占|率|(?<![同环])比(?![上去])")
_AIMED_AT = re.compile(r"达到|达|不低于|不少于|高于|目标|确保|力争|提[高升]")
_OF_EACH = re.compile("各|分别")
# 资金共计15400万元，分年度安排4800万元、5600万元，其中水7100万元: the parts are of the total, and not of what stands nearest.
_TOTAL = re.compile("共计?|合计|总[计额量数投]?[^,，]{0,4}$")
_OF_WHICH = re.compile("[,，]其中")
_PART_NAME = re.compile(r"[\u4e00-\u9fffa-z]+?(?=(?:为|有|共|占|安排|投入)?\d)")
_LEAD = 8
_RATE = re.compile(r"[\u4e00-\u9fff]{2,6}率")
_LONGEST_OPENING = 6
_TOWN = re.compile(r"[\u4e00-\u9fff]{2}(?:镇|乡|街道|村(?!污|民|生|级|镇|庄))")
_NEGATIVE = re.compile(r"没|未|不|剩|还差|其余")


@dataclass(frozen=True, slots=True)
class _Parted:
    """A whole and a part of it, in the sentence that states both."""

    source: SourceDocument
    sentences: tuple[Span, ...]
    whole: str
    part: str
    share: str


class ShareComposer:
    """Divides a part that the text states by its whole, where the question asks for the share."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def blocks(self, query: Query) -> list[Block]:
        """The share in per cent; nothing where the text states one itself, or where part and whole are not sure."""
        if not asks_share(query.text):
            return []
        asked = f"{query.topic} {query.context}"
        for one in self._search.find(query, query.documents)[:_MOST_SENTENCES]:
            said = f"{one.place.title} {with_heading(one).quote}"
            if shared_pairs(asked, said) < _FEWEST_SHARED and not _has_figure_of(query, one):
                continue
            if _states_share(one.span.quote, asked):
                return []  # it is told by itself
            among = list(_among(query, one))
            if each := _each_named(query, among):
                return [paragraph(*map(self._worded, each))]
            parted = _best_named(query, among) or list(_done(query, one))
            if len(parted) == 1:
                return [paragraph(self._worded(parted[0]))]
        return []

    def _worded(self, one: _Parted) -> Statement:
        text = phrase("share", whole=one.whole, part=one.part, share=one.share)
        return Statement(text, cite(self._library, one.source, *one.sentences), computed=(text,))


def _has_figure_of(query: Query, found: Found) -> bool:
    """Whether a sentence has a figure that the question names, with its unit: 42个小区."""
    figures = quantities(fold(found.span.quote))
    return any(
        one.unit and any(one.value == other.value and one.unit == other.unit for other in figures)
        for one in quantities(query.text)
    )


def _states_share(text: str, asked: str) -> bool:
    """Whether a text tells a share as it is, and not as it is to be; a rate of something else (办结率) is none of it."""
    return any(
        one.unit == "%"
        and not _AIMED_AT.search(text[max(0, one.start - _LEAD) : one.start])
        and not _is_rate_of_other(sentence[_clause_start(sentence, one.start) : one.start], asked)
        for sentence in _SENTENCE.findall(fold(text))
        if _OF_SHARE.search(sentence)
        for one in quantities(sentence)
    )


def _is_rate_of_other(clause: str, asked: str) -> bool:
    """Whether a clause names a rate in words of which a question has none."""
    rate = _RATE.search(clause)
    return rate is not None and not chinese_pairs(rate.group()) & chinese_pairs(asked)


def _says_alike(query: Query, part: str) -> bool:
    """Whether a question asks for what a part is: of what both name, both deny it or neither does."""
    text = fold(part)
    shared = chinese_pairs(query.text) & chinese_pairs(text)
    if not shared:
        return _denies(query.text, "") is _denies(text, "")
    return all(_denies(query.text, pair) is _denies(text, pair) for pair in shared)


def _best_named(query: Query, parted: Sequence[_Parted]) -> list[_Parted]:
    """The part that a question names, of the whole that it names, by more words than others."""
    alike = [one for one in parted if _says_alike(query, one.part) and _has_places(query, one)]
    named = [one for one in alike if shared_pairs(query.text, one.part)] or alike
    _, _, of_whole = query.text.partition("占")
    shared = [
        shared_pairs(query.text, f"{one.whole}，{one.part}") + shared_pairs(of_whole, one.whole)
        for one in named
    ]
    return [
        one for one, count in zip(named, shared, strict=True) if count == max(shared, default=0)
    ]


def _each_named(query: Query, parted: Sequence[_Parted]) -> list[_Parted]:
    """The parts of one whole that a question names, where it asks for the share of each of several: 水和土壤各占多少."""
    if _OF_EACH.search(query.text) is None:
        return []
    named = [
        one
        for one in parted
        if (name := _PART_NAME.match(fold(one.part))) and name.group() in query.text
    ]
    return named if len(named) > 1 and len({one.whole for one in named}) == 1 else []


def _has_places(query: Query, one: _Parted) -> bool:
    """Whether the towns and villages that a question names stand where the figures do: those of all are no one's own."""
    said = f"{fold(one.source.title)}{fold(one.whole)}{fold(one.part)}"
    return all(name in said for name in _TOWN.findall(query.topic))


def _denies(text: str, words: str) -> bool:
    return re.search(rf"[没未不无][^,，。;；]*?{re.escape(words)}", text) is not None


def _among(query: Query, found: Found) -> Iterator[_Parted]:
    """The wholes of a sentence that it goes on to tell a part of: 38家企业中14家采用低效设施."""
    for match in _SENTENCE.finditer(found.span.quote):
        text = match.group()
        folded = fold(text)
        if len(folded) != len(text):
            continue
        said = quantities(folded)
        at = found.span.start + match.start()
        sentence = found.source.span(at, at + len(text))
        for place, whole in enumerate(said):
            behind = [one for one in said[place + 1 :] if one.unit == whole.unit]
            if not whole.unit or not behind or _INEXACT.search(folded[: whole.start]):
                continue
            if _is_listed(folded, whole, said[:place]):
                continue
            behind = _of_total(folded, whole, behind) or behind
            # 六个 of 有8个未落实“六个百分之百” is no part.
            parts = behind[:1] + [
                one
                for one in behind[1:]
                if one.start - _item_start(folded, one.start) <= _LONGEST_OPENING
            ]
            between = folded[whole.end : parts[0].start]
            among = _AMONG.search(between)
            if not (among or _BESIDE.search(between)):
                continue
            # 已完成封堵的6家 of 15家企业中已完成封堵的6家
            opening = len((among and among["of"]) or "")
            start = _clause_start(folded, whole.start)
            for part, following in zip_longest(parts, parts[1:]):
                first = part is parts[0]
                begin = _item_start(folded, part.start)
                if first and among:
                    begin = part.start - opening
                end = _clause_end(folded, part.end)
                if following is not None:
                    end = max(part.end, min(end, _item_start(folded, following.start) - 1))
                own = text[begin:end].strip("，, 有")
                named = among or shared_pairs(query.text, own)
                if named and part.value < whole.value and not _INEXACT.search(folded[: part.start]):
                    yield _Parted(
                        found.source,
                        (sentence,),
                        text[
                            start : min(parts[0].start - opening, _clause_end(folded, whole.end))
                        ].strip("，, 其中有仅只"),
                        own,
                        percent(part.value, whole.value),
                    )


def _is_listed(text: str, one: Quantity, before: Sequence[Quantity]) -> bool:
    """Whether a figure is one of a list (4800万元、5600万元、5000万元), and so no whole."""
    start = _clause_start(text, one.start)
    return any(
        other.unit == one.unit and other.start >= start and "、" in text[other.end : one.start]
        for other in before
    )


def _of_total(text: str, whole: Quantity, behind: Sequence[Quantity]) -> list[Quantity]:
    """The figures behind 其中 where a whole is their sum or is said to be the total, whatever is told of it before."""
    of_which = _OF_WHICH.search(text, whole.end)
    parts = [one for one in behind if one.start >= of_which.end()] if of_which else []
    is_sum = len(parts) > 1 and sum(one.value for one in parts) == whole.value
    is_total = _TOTAL.search(text[_clause_start(text, whole.start) : whole.start]) is not None
    return parts if is_sum or is_total else []


def _clause_start(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in "，,：:") + 1


def _item_start(text: str, at: int) -> int:
    return max(text.rfind("、", 0, at) + 1, _clause_start(text, at))


def _clause_end(text: str, at: int) -> int:
    ends = [place for mark in "，,；;" if (place := text.find(mark, at)) >= 0]
    return min(ends, default=len(text))


def _done(query: Query, found: Found) -> Iterator[_Parted]:
    """What is reported done of a total, where the question speaks of what is done."""
    if _NEGATIVE.search(query.text):
        return
    for source, task, stretches in asked_about([found]):
        near = task is not None and task.row
        for unit in dict.fromkeys(one.unit for one in quantities(fold(found.span.quote))):
            if not unit or unit == "%":
                continue
            said = list(figures_said(source, stretches, unit, near=near))
            pair = total_and_done(query, task, said)
            if pair is not None and not pair[0].is_about:
                yield _of_figures(*pair)


def _of_figures(whole: FigureSaid, part: FigureSaid) -> _Parted:
    sentences = tuple(dict.fromkeys([whole.sentence, part.sentence]))
    share = percent(part.value, whole.value)
    return _Parted(whole.source, sentences, whole.said, part.said, share)
