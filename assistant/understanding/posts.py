"""Persons whom a question calls by their post: 生产副总经理分管的有几项, 一把手认领的是哪几件."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.library import Library
from assistant.vocabulary import load_words
from vectorstore.folding import fold_query

_BRACKET = re.compile(r"[(（]([^()（）]+)[)）]")


def people_by_post(text: str, library: Library, documents: Sequence[str] | None) -> tuple[str, ...]:
    """Leaders whose post, in brackets behind the name, a folded question has; 总经理 is no 副总经理."""
    words = load_words("questions")["heads"]
    asks_the_head = any(spoken in text for spoken in words["spoken"])
    found = []
    for parsed in library.within(documents):
        for person in (one for task in parsed.tasks for one in task.leaders):
            bracket = _BRACKET.search(person.span.quote)
            post = fold_query(bracket.group(1)) if bracket else ""
            named = re.search(f"(?<!副){re.escape(post)}", text) is not None
            if post and (named or (asks_the_head and post in words["posts"])):
                found.append(person.name)
    return tuple(dict.fromkeys(found))
