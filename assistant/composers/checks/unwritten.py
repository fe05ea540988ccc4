"""What a question asks whether a document says at all: 农膜回收率市方案有没有写."""

from __future__ import annotations

from assistant.library import Library
from assistant.query import Query
from assistant.synonyms import says
from assistant.understanding.topic import specific_words
from assistant.vocabulary import asks, wording

_BEGINNING = 2


def unwritten(query: Query, library: Library) -> str:
    """What is asked about, where the documents asked have none of its words, nor how it begins; empty where they have one.

    医疗费水 is mistyped, and begins as what they have.
    """
    if query.documents is None or not asks("operations", "written", query.text):
        return ""
    text, words = library.folded(query.documents), specific_words(query)
    if not words or any(says(word, text) for word in words):
        return ""
    runs = wording("operations", "written").sub(" ", query.topic).split()
    asked = next((run for run in runs if any(word in run for word in words)), "")
    return asked if asked[:_BEGINNING] not in text else ""
