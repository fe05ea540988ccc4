"""A thing that is built or set up, named by a compound, that no document has: 餐饮船, 发酵池, 脱硫塔.

The nearest sentences speak of other such things (沉淀池), and their figures and limits would be taken for those asked.
"""

from __future__ import annotations

import re

from assistant.library import Library
from assistant.query import Query
from assistant.synonyms import says
from assistant.vocabulary import load_words
from assistant.words import tagged

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_COMPOUND = 3


def unknown_built_thing(query: Query, library: Library) -> str:
    """The first such thing of a question, none of whose characters the documents have together; empty for none."""
    text = library.folded()
    return next((one for one in _compounds(query.text) if not _is_spoken_of(one, text)), "")


def _compounds(question: str) -> list[str]:
    """What a question names by two characters and what such a thing is called by, in one word or in two."""
    heads = load_words("questions")["built_things"]["heads"]
    words = tagged(question)
    compounds = [
        word if len(word) == _COMPOUND else word + behind
        for (word, flag), (behind, _) in zip(words, [*words[1:], ("", "")], strict=False)
        if flag[0] in "nv" and (len(word) == _COMPOUND or len(behind) == 1)
    ]
    return [
        one
        for one in compounds
        if len(one) == _COMPOUND and one[-1] in heads and _CHINESE.fullmatch(one)
    ]


def _is_spoken_of(thing: str, text: str) -> bool:
    """Whether a text has what tells the thing from others, other words for it, or two of its characters close together."""
    first, second, head = tuple(thing)
    near = f"{first}[\u4e00-\u9fff]{{0,3}}{second}|[{first}{second}][\u4e00-\u9fff]{{0,2}}{head}"
    return says(thing[:-1], text) or says(thing, text) or re.search(near, text) is not None
