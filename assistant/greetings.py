"""Messages that ask nothing of the documents: who is there, what it can do, thanks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft import Draft, bullets, own_words, paragraph
from assistant.examples import example_questions
from assistant.vocabulary import wording
from ingest.records import ParsedDocument
from prompts import phrase
from vectorstore.folding import fold_query

_KINDS = ("hello", "about", "thanks")
_MARKS = re.compile(
    r"[\s,，。;；:：、?？!！~～.…]+|(?<=[\u4e00-\u9fff])[啊呀哈哦喔呢吖](?![\u4e00-\u9fff])"
)
_EXAMPLES = 3
_TITLES = 6


def greeting(message: str, documents: Sequence[ParsedDocument]) -> Draft | None:
    """The answer to a message that is a greeting, thanks or a question about Duban as a whole; None to any other."""
    parts = [one for one in _MARKS.split(fold_query(message)) if one]
    kinds = [_kind(one) for one in parts]
    if not parts or not all(kinds):
        return None
    if set(kinds) == {"thanks"}:
        return Draft((paragraph(own_words(phrase("greeting_thanks"))),))
    titles = [f"《{one.source.title}》" for one in documents]
    named = "、".join(titles[:_TITLES]) + (phrase("others_too") if len(titles) > _TITLES else "")
    told = [
        own_words(phrase("greeting")),
        own_words(phrase("greeting_documents", count=len(titles), titles=named)),
    ]
    examples = [own_words(one) for one in example_questions(documents)[:_EXAMPLES]]
    if not examples:
        return Draft((paragraph(*told),))
    asking = own_words(phrase("greeting_examples"))
    return Draft((paragraph(*told), paragraph(asking), bullets(*examples)))


def _kind(part: str) -> str:
    return next((kind for kind in _KINDS if wording("greetings", kind).fullmatch(part)), "")
