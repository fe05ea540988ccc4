"""Particulars of a document itself (its number, its date, whose findings it answers), and what is asked beside them."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.query import Query
from assistant.understanding.fields import asking_parts
from assistant.vocabulary import asks, load_words

_BREAKS = ",，;；?？。"
_SHORTEST = 4


def asked_particulars(text: str) -> list[str]:
    """The particulars of documents that a folded question asks for, by name."""
    return [
        name for name in load_words("questions")["particulars"] if asks("particulars", name, text)
    ]


def asked_beside(query: Query, understand: Callable[[str], Query]) -> Query | None:
    """The clauses that ask for something else than particulars, as a question; None where there are none.

    `understand` reads a text as a question about the same documents.
    """
    if not asked_particulars(query.text):
        return None
    clauses = [one for one in re.split(f"[{_BREAKS}]", query.text) if one.strip()]
    others = [one for one in clauses if not asked_particulars(one)]
    if len(others) == len(clauses):
        return None
    asking = [one for one in asking_parts(",".join(others), _BREAKS) if _says_enough(one)]
    return understand(",".join(asking)) if asking else None


def _says_enough(clause: str) -> bool:
    """Whether a clause may be a question: 几份 and 各是哪天 go with the one before."""
    return (
        len(clause.strip()) >= _SHORTEST
        and re.search("哪|谁|多少|几|什么|啥|怎|吗", clause) is not None
    )
