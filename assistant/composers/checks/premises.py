"""Figures that a question takes for granted and the text does not bear out: absent, or put the wrong way round."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from assistant.composers.reckoning.figures_said import figures_said
from assistant.composers.wording import cite
from assistant.draft import Statement
from assistant.ledger import TaskEntry
from assistant.library import Library
from assistant.proof.quantities import quantities
from assistant.query import Query
from assistant.ranking.figures import is_asked
from assistant.search import Found
from assistant.words import chinese_pairs, pairs
from prompts import phrase
from vectorstore.folding import fold, fold_query

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
# Dates place a question in time and are not claims about a figure; 对吧 behind one is no unit of it.
_FIGURE_WITH_UNIT = re.compile(
    r"(?<!\d)(\d+(?:\.\d+)?)(?![\d.年月日号点])(?:%|个?工作日|个百分点|(?:(?![对吗吧是么嘛不呢没的了啊呀还就而一])[\u4e00-\u9fff]){0,2})"
)
_POLLUTANT = re.compile(r"pm\s*(?:2\.5|10)")
_COUNTERS = ("项", "条", "件", "个")
_MEASURES = frozenset((
    "公里", "米", "亩", "公顷", "吨", "吨/日", "%", "立方米", "平方米", "平方公里", "元", "蒸吨", "微克/立方米", "毫克/升", "毫克/立方米",
))  # fmt: skip
# What is counted: 小散码头 of 10处小散码头; two words of it are enough to know it by.
_THING = re.compile(r"的?(?P<name>[\u4e00-\u9fff]{3,8})")
_SAME_THING = 2
_PARTS = re.compile(r"[,，;；、。:：?？]")


def wrong_figures(library: Library, query: Query, clauses: Sequence[Found]) -> Statement | None:
    """A remark on the question's figures, where it asks to have them confirmed and the clauses differ."""
    if not query.asks_confirmation or not clauses:
        return None
    text = fold_query(" ".join(one.span.quote for one in clauses))
    known = set(_FIGURE.findall(text))
    asked = list(_FIGURE_WITH_UNIT.finditer(_POLLUTANT.sub(" ", query.text)))
    wrong = [
        match.group()
        for match in asked
        if match.group(1) not in known and not _counts_unsaid(match.group(), text)
    ] or _of_another_indicator(library, query, clauses, asked)
    if wrong:
        return Statement(phrase("figures_differ", asked="、".join(wrong)), computed=tuple(wrong))
    apart = _said_apart([match.group() for match in asked], clauses)
    if apart:
        return Statement(phrase("figures_of_two", asked="、".join(apart)), computed=tuple(apart))
    for one in clauses:
        if swapped := _swapped(query.text, fold_query(one.span.quote)):
            said = "、".join(swapped)
            return Statement(phrase("figures_swapped", asked=said), computed=swapped)
    return None


def _of_another_indicator(
    library: Library, query: Query, clauses: Sequence[Found], asked: Sequence[re.Match[str]]
) -> list[str]:
    """The one figure claimed of an indicator that the clauses state otherwise, though they have it of another one."""
    if len(asked) != 1:
        return []
    claimed = asked[0].group()
    plain = replace(query, topic=re.sub(rf"是?(?<![\d.]){re.escape(claimed)}", " ", query.topic))
    stated = [
        indicator
        for one in clauses
        for indicator in library.indicators(one.source.path)
        if one.span.covers(indicator.span) and is_asked(indicator, plain)
    ]
    if any(one.value == asked[0].group(1) for one in stated):
        return []
    unit = _unit_of(claimed)
    return [claimed] if any(not unit or unit == one.unit for one in stated) else []


def _said_apart(asked: Sequence[str], clauses: Sequence[Found]) -> list[str]:
    """The figures that the question has of one thing, and that no sentence has together."""
    if len(asked) < 2:
        return []
    figures = [_FIGURE.findall(one)[0] for one in asked]
    said = [set(_FIGURE.findall(fold_query(one.span.quote))) for one in clauses]
    if any(set(figures) <= one for one in said) or not all(
        any(figure in one for one in said) for figure in figures
    ):
        return []
    return list(asked)


def _counts_unsaid(asked: str, text: str) -> bool:
    """Whether a question has a number of tasks or things, of which the clauses count none: they say nothing else."""
    counter = _unit_of(asked)[:1]
    return counter in _COUNTERS and re.search(rf"\d\s*{counter}", text) is None


def measured_otherwise(library: Library, query: Query, entry: TaskEntry) -> Statement | None:
    """A remark on a measure (5.6公里的河段) that a question gives to a task whose text has another one.

    Of counts five of twelve companies are no contradiction, and twelve of seven are.
    """
    if (counted := _counted_more(library, query, entry)) is not None:
        return counted
    task = entry.task
    stated = quantities(fold(" ".join(one.quote for one in task.stretches)))
    for asked in quantities(query.text):
        if asked.unit not in _MEASURES or any(asked.borne_out_by(one) for one in stated):
            continue
        written = asked.written.strip()
        said = [
            one
            for one in figures_said(entry.document, task.stretches, _unit_of(written))
            if chinese_pairs(one.words) & chinese_pairs(query.text)
            or any(part.covers(one.clause) for part in (task.title, task.problem) if part)
        ]
        if len({one.value for one in said}) != 1:
            continue
        text = phrase("figure_otherwise", asked=written, stated=said[0].said)
        evidence = cite(library, entry.document, said[0].sentence)
        return Statement(text, evidence, computed=(written,))
    return None


def _counted_more(library: Library, query: Query, entry: TaskEntry) -> Statement | None:
    """A remark on a number of things (10处小散码头) that is above all that a task counts of them."""
    for asked in quantities(query.text):
        thing = _THING.match(query.text, asked.end)
        written = asked.written.strip()
        if asked.unit in _MEASURES or thing is None or not written[0].isdecimal():
            continue
        words = chinese_pairs(thing["name"])
        said = list(figures_said(entry.document, entry.task.stretches, _unit_of(written)))
        of_it = [one for one in said if len(chinese_pairs(one.words) & words) >= _SAME_THING]
        if not of_it or any(one.value >= asked.value for one in said):
            continue
        most = max(of_it, key=lambda one: one.value)
        text = phrase("figure_otherwise", asked=written, stated=most.said)
        evidence = cite(library, entry.document, most.sentence)
        return Statement(text, evidence, computed=(written,))
    return None


def _unit_of(written: str) -> str:
    return re.sub(r"^[\d.,\s]+", "", written)


def _swapped(question: str, clause: str) -> tuple[str, ...]:
    """Two figures of the question that the clause has for each other's thing, by the words they stand with."""
    asked, stated = _contexts(question), _contexts(clause)
    for first, second in combinations([one for one in asked if one in stated], 2):
        if _nearer(asked[first], stated[second], stated[first]) and _nearer(
            asked[second], stated[first], stated[second]
        ):
            return (first, second)
    return ()


def _contexts(text: str) -> Mapping[str, set[str]]:
    """The figures that occur once, each with the character pairs of the part of the sentence it stands in."""
    found: dict[str, set[str]] = {}
    for part in _PARTS.split(text):
        figures = [match.group(1) for match in _FIGURE_WITH_UNIT.finditer(part)]
        if len(figures) == 1 and figures[0] not in found:
            found[figures[0]] = pairs(_FIGURE.sub(" ", part))
    return found


def _nearer(context: set[str], other: set[str], own: set[str]) -> bool:
    return len(context & other) > len(context & own)
