"""Where words or a figure stand: every place, counted, with the sentence that has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.composers.wording import cite, flat, scope_name, task_name
from assistant.draft import Block, Draft, Statement, bullets, own_words, paragraph
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.mention_places import WordsAsked, words_asked
from ingest.records import ParsedDocument, Span, Task
from prompts import phrase
from vectorstore.folding import fold

_MOST = 30


class MentionPlaceComposer:
    """Lists the sentences that have the words asked for, in the order of the text."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def draft(self, query: Query) -> Draft | None:
        """Every place; None where none is asked for, there is none, or there are too many to list."""
        told = [self._told(query, one) for one in words_asked(query, self._library)]
        blocks = [blocks for blocks in told if blocks]
        if not blocks or len(blocks) < len(told):
            return None
        return Draft(tuple(block for one in blocks for block in one))

    def _told(self, query: Query, asked: WordsAsked) -> list[Block]:
        """The places of some words, and the documents that have none; nothing where there is none at all."""
        documents = self._library.within(query.documents)
        if not all(_is_complete(parsed, asked.words) for parsed in documents):
            return []
        found = [
            (parsed, task, sentence, count)
            for parsed in documents
            for task, sentence, count in _places(self._library, parsed, asked)
        ]
        if not 0 < len(found) <= _MOST:
            return []
        paths = {parsed.source.path for parsed, *_ in found}
        text = phrase(
            "mention_places",
            scope=scope_name(query, self._library),
            words=asked.words,
            count=sum(count for *_, count in found),
            documents=f"（{len(paths)}份文件）" if len(paths) > 1 else "",
        )
        lines = [
            self._line(parsed, task, sentence, by_document=len(paths) > 1 or asked.by_document)
            for parsed, task, sentence, _ in found
        ]
        blocks = [paragraph(own_words(text)), bullets(*lines)]
        others = [one.source.title for one in documents if one.source.path not in paths]
        if asked.by_document and others:
            titles = "、".join(f"《{title}》" for title in others)
            blocks.append(
                paragraph(
                    own_words(phrase("mention_places_none", words=asked.words, documents=titles))
                )
            )
        return blocks

    def _line(
        self, parsed: ParsedDocument, task: Task | None, sentence: Span, *, by_document: bool
    ) -> Statement:
        source = parsed.source
        year = f"（{source.year}年）" if source.year else ""
        lead = f"《{source.title}》{year}" if by_document else ""
        lead += (
            task_name(task) if task is not None and task.title.quote not in sentence.quote else ""
        )
        lead += "：" if lead else ""
        return Statement(
            f"{lead}{flat(sentence.quote)}",
            cite(self._library, source, sentence),
            computed=(lead,),
        )


def _is_complete(parsed: ParsedDocument, words: str) -> bool:
    """Whether its sentences hold the words as often as the document does: one over two lines would be lost."""
    held = sum(len(_pattern(words).findall(fold(one.quote))) for one in parsed.sentences)
    return held == len(_pattern(words).findall(fold(parsed.source.text)))


def _pattern(words: str) -> re.Pattern[str]:
    # 36微克 is not the end of 136微克.
    return re.compile(rf"(?<![\d.]){re.escape(words)}")


def _places(
    library: Library, parsed: ParsedDocument, asked: WordsAsked
) -> Iterator[tuple[Task | None, Span, int]]:
    """The sentences of a document with the words, with their task and how often they have them."""
    words = _pattern(asked.words)
    for sentence in parsed.sentences:
        places = [sentence.start + one.start() for one in words.finditer(fold(sentence.quote))]
        if not places:
            continue
        task = library.place(parsed.source.path, places[0]).task
        if task is not None or not asked.in_tasks:
            yield task, sentence, len(places)
