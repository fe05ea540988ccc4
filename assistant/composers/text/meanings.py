"""What a document says that a term of its own stands for: 各镇街指…, 本方案所称“秋冬季”，是指…."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.composers.text.quoting import quoted
from assistant.draft import Draft
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.meanings import asks_meaning, asks_some_meaning
from ingest.records import SourceDocument, Span
from prompts import phrase
from vectorstore.folding import fold_query

# 指 that begins no other word.
_STANDS_FOR = (
    r"[,，:：]?[ 　]*(?:均|都|是|系|特|具体|统一)?指(?![标导出定挥数令引示向南派纹责明点])"
)
# LDAR，即泄漏检测与修复，指…: the term in full, or its other name, between it and what it stands for.
_ALSO = (
    r"(?:[（(][^()（）\n]{1,24}[)）])?(?:[,，](?:即|又称|又叫|也称|简称|全称)[^,，。;；\n]{1,24})?"
)
_DEFINED = re.compile(
    rf"(?:[“\"「](?P<quoted>[^”\"」\n]{{2,16}})[”\"」](?:[“\"「、和及][^，,。；;\n]{{1,16}})?(?:项目|企业)?|(?:所称的?)?(?P<bare>[\u4e00-\u9fff]{{2,12}}?|(?<![A-Za-z\d])[A-Za-z][A-Za-z\d.-]{{1,9}})){_ALSO}{_STANDS_FOR}"
)
# 具备下列任一情形的即可判定：… goes on from what was defined.
_GOES_ON = re.compile(
    r"\s*(?:具备|具有|符合|满足|出现|凡|有|具体|判定|认定|划定)[^。；;：:\n]{0,20}(?:下列|以下|情形|条件|标准|之一|判定|认定)[^。\n]*。?"
)
_CALLED = re.compile(r"^.*所称的?")
_SENTENCE = re.compile(r"[^。\n]+。?")
_CLAUSE = re.compile(r"[^；;]+[；;]?")


class MeaningComposer:
    """Quotes the definitions of a term that a question asks the meaning of."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def draft(self, query: Query) -> Draft | None:
        """The definition of each document in scope; None where none has one or no meaning is asked."""
        if not asks_some_meaning(query.text):
            return None
        blocks = [
            block
            for parsed in self._library.within(query.documents)
            if (clauses := list(_definitions(parsed.source, query.text)))
            for block in quoted(
                self._library,
                parsed.source,
                clauses,
                phrase("quoted_from", title=parsed.source.title),
            )
        ]
        return Draft(tuple(blocks)) if blocks else None


def _definitions(source: SourceDocument, question: str) -> Iterator[Span]:
    """The clauses that say what a term stands for of which the question asks it, each with what follows on it."""
    for sentence in _SENTENCE.finditer(source.text):
        clauses = list(_CLAUSE.finditer(sentence.group()))
        defined = [
            (one.start(), found) for one in clauses if (found := _DEFINED.search(one.group()))
        ]
        if not defined:
            continue
        ends = [*(start for start, _ in defined[1:]), len(sentence.group())]
        for (start, found), end in zip(defined, ends, strict=True):
            term = fold_query(found["quoted"] or _CALLED.sub("", found["bare"]))
            if not asks_meaning(question, term):
                continue
            yield source.span(sentence.start() + start, sentence.start() + end)
            more = _GOES_ON.match(source.text, sentence.end())
            if more and end == len(sentence.group()):
                yield source.span(*more.span())
