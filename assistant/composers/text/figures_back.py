"""What a figure is of that the question gives: the sentences that have exactly this figure."""

from __future__ import annotations

from assistant.composers.wording import cite, flat, scope_name, task_name
from assistant.draft import Draft, Statement, bullets, own_words, paragraph
from assistant.library import Library
from assistant.proof.quantities import quantities
from assistant.query import Query
from assistant.understanding.figures_back import figure_asked_back
from ingest.records import ParsedDocument, Span
from prompts import phrase
from vectorstore.folding import fold

# A figure that stands in more places is none by which a thing is known.
_MOST = 6


def figure_told(query: Query, library: Library) -> Draft | None:
    """The sentences with the figure asked about; None where none is asked about, and where none or too many have it."""
    asked = figure_asked_back(query.text, library)
    if asked is None:
        return None
    documents = library.within(query.documents)
    found = [
        (parsed, sentence)
        for parsed in documents
        for sentence in parsed.sentences
        if any(
            one.value == asked.value and (one.unit == asked.unit or asked.borne_out_by(one))
            for one in quantities(fold(sentence.quote))
        )
    ]
    if not 0 < len(found) <= _MOST:
        return None
    text = phrase(
        "mention_places",
        scope=scope_name(query, library),
        words=asked.written.strip(),
        count=len(found),
        documents="",
    )
    apart = len(documents) > 1
    lines = (_line(library, parsed, one, by_document=apart) for parsed, one in found)
    return Draft((paragraph(own_words(text)), bullets(*lines)))


def _line(
    library: Library, parsed: ParsedDocument, sentence: Span, *, by_document: bool
) -> Statement:
    place = library.place(parsed.source.path, sentence.start)
    task = place.task
    named = task is not None and task.title.quote not in sentence.quote
    lead = f"《{parsed.source.title}》" if by_document else ""
    lead += task_name(task) if task is not None and named else ""
    lead += "：" if lead else ""
    evidence = cite(library, parsed.source, sentence)
    return Statement(f"{lead}{flat(sentence.quote)}", evidence, computed=(lead,))
