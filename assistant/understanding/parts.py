"""Whether a question asks how a section is divided, and which section it means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.library import Library
from assistant.query import Grouping, Query
from assistant.understanding.topic import without_subjects
from assistant.vocabulary import asks, wording
from ingest.numerals import parse_number
from vectorstore.folding import fold_query

_NUMBERED = re.compile(r"第([一二三四五六七八九十\d]{1,2})(?:个)?(?:部分|章|大?块)")
_COUNTS = re.compile(r"(?:几|多少)(?:项|条|个|件|大?块|部分|章|摊|大?类|号)")
# Parts of a whole document are its parts and chapters; its items are its tasks.
_OF_THE_WHOLE = re.compile(r"部分|章|大?块")
_WHOLE = re.compile(r"(?:[这那整]?[份个篇])?(?:方案|计划|文件|通报|通知|报告|正文|全文)?(?:里|中)?")
# What only points at a section (那节), and what asks for its parts to be named.
_POINTING = re.compile(
    r"[“”\"「」]|(?:[那这][一]?|的|里的?)?(?:小?节|部分|章|块|板块|里[头面]|里|下面)$|^的|的$|[那这]$"
)
_NAMING = re.compile(
    r"(?:分别|各|都|具体)?(?:是|有|叫|讲)?(?:什么|啥|哪些|哪几.)$|^(?:请问|列一?下|说一?下)|一共|总共|(?:分别|各|都|共)$"
)

_SWAPPED = re.compile(r"^那|(?:那块)?呢$")


@dataclass(frozen=True, slots=True)
class PartsAsked:
    """The section whose parts are asked for: the words for its heading, its number, or the whole document.

    `sibling_of` are the words of the section asked about before, where the question only swaps its subject.
    """

    name: str
    number: int | None = None
    whole: bool = False
    sibling_of: str = ""


def asked_parts(query: Query, library: Library) -> PartsAsked | None:
    """What a question asks the parts of; None where it asks for something else."""
    if _has_conditions(query) or not asks("operations", "parts", query.text):
        return None
    if len(_COUNTS.findall(query.text)) > 1:
        return None  # 一共几条，蓝天那块几条: tasks are counted, by part
    if match := _NUMBERED.search(query.text):
        return PartsAsked("", number=parse_number(match.group(1)))
    name = _name(query.text, library)
    before = _name(query.earlier, library)
    if not name and before:
        return PartsAsked(before)
    if _WHOLE.fullmatch(name):
        whole = bool(query.documents) and _OF_THE_WHOLE.search(query.text) is not None
        return PartsAsked("", whole=True) if whole else None
    return PartsAsked(name, sibling_of=before)


def _has_conditions(query: Query) -> bool:
    """Whether records are asked for by body, person, time or progress, which the outline does not know."""
    return bool(
        query.units
        or query.people
        or query.without_people
        or query.windows
        or query.overdue
        or query.ongoing is not None
        or query.status
        or query.extreme
        or query.group_by not in (None, Grouping.PART)
        or query.task_numbers
        or query.remaining
        or query.asks_confirmation
    )


def _name(text: str, library: Library) -> str:
    """What is left of a text for the name of a section: without places, asking words and 那块."""
    rest = wording("operations", "parts").sub(" ", without_subjects(fold_query(text), library))
    words = []
    for part in re.split(r"[,，。?？;；、 ]+", rest):
        name = part
        for _ in range(2):  # 那块一共 → 那块 → nothing
            name = _POINTING.sub("", _NAMING.sub("", name))
        name = _SWAPPED.sub("", name)
        words.append(name)
    return " ".join(filter(None, words))
