"""The question before asked of another thing of the same task, and what is asked next of the thing it was about.

鹰嘴山采石场什么时候修完 is gone on from by 那黑石坡呢 (黑石坡采石场什么时候修完) and by 多少亩 (鹰嘴山多少亩).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.library import Library
from assistant.understanding.fields import asked_fields
from assistant.understanding.names import mentioned_people, mentioned_units
from assistant.understanding.topic import topic_of
from assistant.vocabulary import generic_words
from vectorstore.folding import fold_query

_ANOTHER = re.compile(r"^(?:那么?|换成|再看)?(?P<thing>[\u4e00-\u9fffa-z]{2,8}?)呢[?？。]?$")
_AMOUNT_ALONE = re.compile(
    r"^(?:那|一共|总共|大概|要|得|有|是)*(?:多少|几)(?:万|千|百)?"
    r"(?:亩|吨|公里|米|立方米|平方米|户|家|座|台|辆|处|条|口|眼|株|公顷|名|人|套)(?:的|呢)?[?？。]?$"
)
_TIMES_AND_MARKS = re.compile(r"\d+[年月日号]|[\W\d]+|^那")
_SHORTEST = 2
_SEVERAL = 2


def asked_of_another(
    text: str, question: str, subject: str, library: Library, scope: Sequence[str] | None
) -> str:
    """A question as it is meant behind `question`, whose own subject may stand in `subject`; `text` where that says all."""
    if _AMOUNT_ALONE.match(text):
        thing = _named_in(question, list(_sentences(library, scope)), library)
        return f"{thing}{text}" if thing else text
    another = _ANOTHER.match(text)
    if another is None or asked_fields(another["thing"]) or another["thing"] in generic_words():
        return text
    thing = another["thing"]
    if mentioned_people(thing, library) or mentioned_units(thing, library, scope):
        return text
    beside = list(_beside(thing, library, scope))
    if before := _named_in(question, beside, library):
        return question.replace(before, thing)
    return f"{thing}{question}" if _named_in(subject, beside, library) else text


def _sentences(library: Library, scope: Sequence[str] | None) -> Iterator[str]:
    for parsed in library.within(scope):
        for _, sentence in library.folded_sentences(parsed.source.path):
            yield sentence


def _beside(thing: str, library: Library, scope: Sequence[str] | None) -> Iterator[str]:
    """The sentences of the tasks that speak of a thing."""
    for parsed in library.within(scope):
        for task in parsed.tasks:
            if thing in fold_query(task.span.quote):
                yield from (
                    fold_query(one.quote) for one in parsed.sentences if task.span.covers(one)
                )


def _named_in(question: str, sentences: Sequence[str], library: Library) -> str:
    """The longest name a question opens with that several of some sentences have, else one of them; empty without one."""
    opening = _TIMES_AND_MARKS.sub(" ", topic_of(question, library)).split()[:1]
    found = [
        head
        for run in opening
        for end in range(len(run), _SHORTEST - 1, -1)
        if (head := run[:end]) not in generic_words() and any(head in one for one in sentences)
    ]
    shared = (one for one in found if sum(one in said for said in sentences) >= _SEVERAL)
    return next(shared, "") or next(iter(found), "")
