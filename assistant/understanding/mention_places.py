"""Whether a question asks where words or a figure stand: “配合某局”的一共几处, 36微克这个数出现在哪些文件里."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.query import Query
from assistant.understanding.topic import quoted_terms
from assistant.vocabulary import asks

_FIGURE = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?[^\d\s,，。?？]{1,6}?)(?=这个?(?:数|数字|数值|说法|提法))"
)
_IN_TASKS = re.compile(r"问题|任务|清单|台账|措施")
_BY_DOCUMENT = re.compile(r"(?:哪|几|多少)[^,，。?？]{0,6}(?:文件|方案|计划|材料|通报)|哪几?份")


@dataclass(frozen=True, slots=True)
class WordsAsked:
    """The words whose places are asked for; in tasks only, or by document."""

    words: str
    in_tasks: bool = False
    by_document: bool = False


def words_asked(query: Query) -> WordsAsked | None:
    """The words of which a question asks where they stand; None where it asks something else of them."""
    if query.mentions or not asks("operations", "mention_places", query.text):
        return None
    words = next(iter(quoted_terms(query.text) or _FIGURE.findall(query.text)), "")
    if not words:
        return None
    rest = query.text.replace(words, " ")
    by_document = _BY_DOCUMENT.search(rest) is not None
    return WordsAsked(words, bool(_IN_TASKS.search(rest)) and not by_document, by_document)
