"""The one thing that a question asks how it is dealt with, and nothing more: 某区秸秆焚烧怎么管, 某渠怎么治."""

from __future__ import annotations

import re

from assistant.library import Library
from assistant.query import Operation, Query
from assistant.synonyms import says
from assistant.understanding.topic import without_subjects
from assistant.vocabulary import generic_words, wording
from assistant.words import cut

_THING = re.compile(r"[\u4e00-\u9fff]{2,12}")
_TIME = re.compile("[去今明前后]年|[上下本]月|[上下]半年")


def thing_alone(text: str, library: Library) -> str:
    """The thing, without the place of the documents; empty where a folded question asks more, or something else."""
    asking = wording("operations", "thing_alone").search(text)
    if asking is None:
        return ""
    thing = without_subjects(text[: asking.start()], library).strip()
    return thing if _THING.fullmatch(thing) else ""


def absent_thing(query: Query, library: Library) -> str:
    """The word for the thing that the documents in scope have not, while others do; empty where they have it.

    What people say otherwise may stand here by another name; for the same reason a word is not absent whose first
    character the text has (医院 and 医疗机构).
    """
    if query.documents is None or query.operation is not Operation.LOOK_UP:
        return ""
    if query.units or query.people or query.task_numbers:
        return ""
    here, anywhere = library.folded(query.documents), library.folded()
    words = (
        word
        for word in cut(_TIME.sub("", thing_alone(query.text, library)))
        if len(word) > 1 and word not in generic_words()
    )
    unsaid = (one for one in words if one in anywhere and not says(one, here))
    return next((one for one in unsaid if one[0] not in here), "")
