"""Who leads where a document says it once for all of its tasks: 责任单位中排在第一位的为牵头单位，其余为配合单位."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.records import Span, Task

_SENTENCE = re.compile(r"[^。；;\n]*[。；;]?")
_FIRST = re.compile(
    r"(?:(?:排|列)[名列序在]*(?:第一|首)[位个名]?|排[名列在]*最前(?:面)?|第一(?:个|位|家)|首位)[^，,。；;\n]{0,12}?"
    r"(?:为|是|即|作为)[^，,。；;\n]{0,6}?(?:牵头|主办|主责)"
)
_OTHERS_HELP = re.compile(
    r"(?:其余|其他|其它|后面)[^。；;\n]{0,10}(?:为|是|即|作为)?[^。；;\n]{0,4}(?:配合|协办|协助|参与)"
)


def stated_order(text: str) -> Span | None:
    """The sentence in which a document says that the first body of each list leads; None where none does."""
    for sentence in _SENTENCE.finditer(text):
        if _FIRST.search(sentence.group()):
            words = sentence.group()
            start = sentence.start() + len(words) - len(words.lstrip())
            return Span(start, sentence.end(), text[start : sentence.end()])
    return None


def with_first_leading(task: Task, order: Span | None) -> Task:
    """A task whose list of responsible bodies is told apart as the document says."""
    if order is None or task.lead_units or not task.responsible_units:
        return task
    first, *others = task.responsible_units
    helping = others if others and _OTHERS_HELP.search(order.quote) else ()
    return replace(
        task,
        lead_units=(first,),
        cooperating_units=task.cooperating_units or tuple(helping),
        fields={**task.fields, "lead": order, **({"cooperating": order} if helping else {})},
    )
