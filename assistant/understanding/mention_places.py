"""Whether a question asks where words or a figure stand: “配合某局”的一共几处, 36微克这个数出现在哪些文件里.

A term that documents themselves put in quotation marks is looked for by its words as well: 以克论净哪几份有.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.library import Library
from assistant.query import Query
from assistant.understanding.field_words import asked_field_words
from assistant.understanding.topic import quoted_terms
from assistant.vocabulary import asks

_FIGURE = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?[^\d\s,，。?？]{1,6}?)(?=这个?(?:数|数字|数值|说法|提法))"
)
_IN_TASKS = re.compile(r"问题|任务|清单|台账|措施")
_BY_DOCUMENT = re.compile(r"(?:哪|几|多少)[^,，。?？]{0,6}(?:文件|方案|计划|材料|通报)|哪几?份")


_DOCUMENTS = r"(?:哪里|哪儿|哪[几些]?(?:个|份)?(?:文件|方案|计划|材料|通报)|哪[几些]?份)"
_HAS = r"(?:里头?|里面|中)?(?:都)?(?:有|提|写|说|讲|出现|要求|用)(?:了|到|过|的|出|着|有)*"
_CALLED = r"(?:这(?:个|一)?(?:词|说法|提法|要求)|字样|的(?:要求|说法|提法)|要求)?"
_TERMS = re.compile(
    rf"(?P<before>[^,，。;；?？]{{3,30}}?){_CALLED}(?:分别|各自?|都)?(?:是)?(?:在)?{_DOCUMENTS}{_HAS}[?？。]?"
    rf"|{_DOCUMENTS}{_HAS}(?P<behind>[^,，。;；?？]{{3,30}}?){_CALLED}[?？。]?"
)
_BETWEEN = re.compile("[和与跟及、]")
_QUOTES = '“”"「」『』'


@dataclass(frozen=True, slots=True)
class WordsAsked:
    """The words whose places are asked for; in tasks only, or by document."""

    words: str
    in_tasks: bool = False
    by_document: bool = False


def words_asked(query: Query, library: Library) -> tuple[WordsAsked, ...]:
    """The words of which a question asks where they stand; empty where it asks something else of them."""
    if query.mentions or asked_field_words(query.text):
        return ()
    if terms := _terms_by_document(query, library):
        return tuple(WordsAsked(one, by_document=True) for one in terms)
    if not asks("operations", "mention_places", query.text):
        return ()
    words = next(iter(quoted_terms(query.text) or _FIGURE.findall(query.text)), "")
    # “责任单位”那一栏 only says where to look.
    if not words or re.search(rf"{re.escape(words)}[”\"」]?[那这]?一?[栏列]", query.text):
        return ()
    rest = query.text.replace(words, " ")
    by_document = _BY_DOCUMENT.search(rest) is not None
    return (WordsAsked(words, bool(_IN_TASKS.search(rest)) and not by_document, by_document),)


def _terms_by_document(query: Query, library: Library) -> list[str]:
    """The terms whose documents are asked for; empty where one of them is no term that a document puts in marks."""
    match = _TERMS.fullmatch(query.text)
    if match is None:
        return []
    named = match["before"] or match["behind"]
    terms = [one.strip(_QUOTES) for one in _BETWEEN.split(named)]
    known = {one.strip() for one in quoted_terms(library.folded(query.documents))}
    return terms if known.issuperset(terms) else []
