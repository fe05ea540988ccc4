"""Who leads where a document says it once for all of its tasks: 责任单位中排在第一位的为牵头单位，其余为配合单位; ▲为牵头单位."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.records import Span, Task, Unit
from ingest.unit_lists import MARKS

_SENTENCE = re.compile(r"[^。；;\n]*[。；;]?")
_FIRST = re.compile(
    r"(?:(?:排|列)[名列序在]*(?:第一|首)[位个名]?|排[名列在]*最前(?:面)?|第一(?:个|位|家)|首位)[^，,。；;\n]{0,12}?"
    r"(?:为|是|即|作为)[^，,。；;\n]{0,6}?(?:牵头|主办|主责)"
)
_OTHERS_HELP = re.compile(
    r"(?:其余|其他|其它|后面)[^。；;\n]{0,10}(?:为|是|即|作为)?[^。；;\n]{0,4}(?:配合|协办|协助|参与)"
)
_OTHERS_ANSWER = re.compile(r"(?:其余|其他|其它|后面)[^。；;\n]{0,10}(?:为|是|即|作为)责任")


# 标▲的为牵头单位.
_MARKED = re.compile(
    rf"(?P<mark>[{re.escape(MARKS)}])[”\"’」]?\s*号?(?:标[注记识示])?(?:的|者)?(?:责任)?(?:单位|部门)?(?:为|是|表示|代表)(?:牵头|主办|主责)"
)


def stated_order(text: str) -> Span | None:
    """The sentence in which a document says that the first body of each list leads; None where none does."""
    for sentence in _SENTENCE.finditer(text):
        if _FIRST.search(sentence.group()):
            words = sentence.group()
            start = sentence.start() + len(words) - len(words.lstrip())
            return Span(start, sentence.end(), text[start : sentence.end()])
    return None


def stated_mark(text: str) -> re.Match[str] | None:
    """Where a document says that a mark beside a body is put to the one that leads; its group is the mark."""
    return _MARKED.search(text)


def with_marked_leading(task: Task, stated: re.Match[str] | None) -> Task:
    """A task whose responsible bodies with the mark beside them lead it."""
    if stated is None or task.lead_units:
        return task
    marked = [unit for unit in task.responsible_units if _beside(stated, unit) == stated["mark"]]
    if not marked:
        return task
    others = tuple(unit for unit in task.responsible_units if unit not in marked)
    order = Span(*stated.span(), stated.group())
    return replace(
        task,
        lead_units=tuple(marked),
        responsible_units=others,
        fields={**task.fields, "lead": order},
    )


def _beside(stated: re.Match[str], unit: Unit) -> str:
    """The mark before or behind the name of a body."""
    text = stated.string
    before, behind = text[: unit.span.start].rstrip()[-1:], text[unit.span.end :].lstrip()[:1]
    return before if before in MARKS else behind


def with_first_leading(task: Task, order: Span | None) -> Task:
    """A task whose list of responsible bodies is told apart as the document says."""
    if order is None or task.lead_units or not task.responsible_units:
        return task
    first, *others = task.responsible_units
    helping = others if others and _OTHERS_HELP.search(order.quote) else ()
    answering = others if _OTHERS_ANSWER.search(order.quote) else task.responsible_units
    return replace(
        task,
        lead_units=(first,),
        responsible_units=tuple(answering),
        cooperating_units=task.cooperating_units or tuple(helping),
        fields={**task.fields, "lead": order, **({"cooperating": order} if helping else {})},
    )
