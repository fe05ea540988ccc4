"""Whether sentences state a figure of the kind that a question asks for, of the thing it asks about.

A document may speak of a thing without the figure asked for (加快国四货车淘汰) beside other things that have one.
Such a question has no answer, however near the sentence is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from assistant.amounts import FIGURE, states_amount, without_dates
from assistant.library import Library
from assistant.query import Field, Query
from assistant.search import Found
from assistant.synonyms import with_synonyms
from assistant.understanding.fields import asks_amount
from assistant.words import pairs
from vectorstore.folding import fold_query

_PERCENT = re.compile(r"\d%|百分之|[一二三四五六七八九]成")
_ASKS_PERCENT = re.compile(r"百分之(?:几|多少)|几成|百分比")
_ASKS_FIGURE = re.compile(r"(?<!编号)(?<!文号)(?<!号码)多少|百分之几|几成")
# Of several things a sentence without a figure names them together: 甲和乙人手不足.
_EACH = re.compile(r"各[^,，。;；?？]{0,6}(?:多少|几)|分别")
_COUNTER = re.compile("(?<![第哪好那这])(?:几|多少)([起条家件处次])(?![理置罚数])")
# Counters that stand for each other.
_COUNTED_BY = {
    "起": "起件个次",
    "件": "件起个项",
    "处": "处座个",
    "家": "家户个",
    "条": "条段个",
    "次": "次个起",
}
# What is counted may be listed instead: 甲、乙、丙等单位.
_LISTED = re.compile(r"[^，。；;、]+、[^，。；;、]+、")
# 多少家要改 may be answered without a figure.
_ALL = re.compile("全部|所有|全覆盖|清零|一律")
_MUCH = re.compile(
    rf"{_ALL.pattern}|均|每[家个户处座台辆]|各[家个户处座]|半|翻[一两]?番|[一二两三四五六七八九]成|都|待[^，,。；;]{{0,14}}确定|另行|尚未|未定"
)
_SENTENCES = re.compile(r"[。；;\n]")
_CLAUSES = re.compile(r"[，,：:]")
# From this share of the question's character pairs on, a clause is about the very thing.
_NEARLY_ALL = 0.6
_NEARLY_ALL_KNOWN = 0.85
_ENOUGH_KNOWN = 5
_HALF = 0.5


def figure_unstated(query: Query, library: Library, chosen: Sequence[Found]) -> str:
    """What is asked for and not stated (以“辆”计的数量, 数值); empty where it is, or where no figure is asked for."""
    if query.asks_confirmation or not chosen:
        return ""
    if Field.DEADLINE in query.fields:
        return ""
    texts = [without_dates(fold_query(one.span.quote)) for one in chosen]
    if counter := _COUNTER.search(query.text):
        listed = not query.remaining and any(map(_LISTED.search, texts))
        counted = re.compile(
            rf"(?:\d|[一二两三四五六七八九十百])[余多]?[{_COUNTED_BY[counter.group(1)]}]"
        )
        if not listed and not any(map(counted.search, texts)):
            return f"以“{counter.group(1)}”计的数量"
    if unit := asks_amount(query.text):
        return "" if any(map(states_amount(unit), texts)) else f"以“{unit}”计的数量"
    if _ASKS_FIGURE.search(query.text) and not _EACH.search(query.text):
        wanted = _PERCENT if _ASKS_PERCENT.search(query.text) else FIGURE
        told = [text for one, text in zip(chosen, texts, strict=True) if not _is_title(one)]
        rows = (one.place.task for one in chosen if one.place.task and one.place.task.row)
        whole = [*texts, *(fold_query(task.words) for task in rows)]
        nowhere = not any(wanted.search(text) or _says(_MUCH, query, text) for text in whole)
        beside = _said_without(query, library, told, wanted)
        if nowhere or (beside and not any(_says(_ALL, query, text, _HALF) for text in told)):
            return "所问的数值"
    return ""


def _is_title(one: Found) -> bool:
    """Whether a sentence is the title of a task, which tells what the figures of its other lines are of."""
    return one.place.task is not None and one.place.task.title.covers(one.span)


def _says(much: re.Pattern[str], query: Query, text: str, least: float = 0) -> bool:
    """Whether a clause with more than `least` of what is asked says how much without a figure: 全部, 一半, 待核定."""
    asked = pairs(query.topic if least else with_synonyms(query.topic))
    clauses = (one for one in _CLAUSES.split(text) if much.search(one))
    return any(sum(pair in clause for pair in asked) > least * len(asked) for clause in clauses)


def _said_without(
    query: Query, library: Library, texts: Iterable[str], wanted: re.Pattern[str]
) -> bool:
    """Whether a clause says nearly all that the question says and no figure, and none with one says as much.

    Beside figures of other things it is enough that it says all of the question that any document says.
    """
    sentences = [part for text in texts for part in _SENTENCES.split(text)]
    asked = pairs(with_synonyms(query.topic))
    known = {pair for pair in asked if pair in library.folded()}
    figured = [one for one in sentences if wanted.search(one)]
    return _says_more_without(asked, sentences, wanted, _NEARLY_ALL) or (
        len(known) >= _ENOUGH_KNOWN
        and _says_more_without(known, figured, wanted, _NEARLY_ALL_KNOWN)
    )


def _says_more_without(
    asked: Collection[str], sentences: Iterable[str], wanted: re.Pattern[str], least: float
) -> bool:
    """Whether a clause without a figure has `least` of the pairs asked for, and none with one has as many."""
    without, with_figure = 0, 0
    for sentence in sentences:
        named = 0  # a figure may belong to what a clause before it names
        for clause in _CLAUSES.split(sentence):
            said = sum(pair in clause for pair in asked)
            named = max(named, said)
            if wanted.search(clause):
                with_figure = max(with_figure, named)
            else:
                without = max(without, said)
    return with_figure < without and without >= least * len(asked)
