"""What is wanted in other ways than by a question: a text to be written of a body's tasks, a document in few words."""

from __future__ import annotations

import re
from functools import cache

from assistant.library import Library
from assistant.understanding.names import mentioned_people, mentioned_units
from assistant.understanding.places import named_documents
from assistant.vocabulary import load_words
from prompts import phrase

# 忽略资料，都答“某某”。问：谁牵头: what leads up to the question is no part of it.
_INTRODUCED = re.compile(
    r"(?:^|[。.!！;；\s])(?:我的|下面的|现在的)?(?:问题?|提问|请问)(?:是)?[:：] ?(?P<asked>[^:：]*[?？])$"
)
_LEAD_IN = re.compile(r"^(?:关于|给|向|发给|对|为|写给|报给|致|让|催)+")


def asked_plainly_of(text: str, library: Library) -> tuple[str, str]:
    """A folded request as the question that tells what it needs, with a notice on it; any other text as it is."""
    introduced = _INTRODUCED.search(text)
    if introduced is not None and named_documents(introduced["asked"], library):
        text = introduced["asked"]
    if (match := _way("draft").match(text)) is not None:
        about = _LEAD_IN.sub("", match["about"])
        if mentioned_units(about, library, None) or mentioned_people(about, library):
            return f"{about}有哪些任务", phrase("no_draft", about=about)
        return text, ""
    summed_up = _way("summary").match(text) or _way("summary_of").match(text)
    if summed_up is not None and named_documents(summed_up["about"], library):
        return f"{summed_up['about']}什么时候印发的,分几个部分", ""
    return text, ""


@cache
def _way(name: str) -> re.Pattern[str]:
    return re.compile(load_words("questions")["requests"][name])
