"""An assistant over one short document, small enough to know every answer by heart."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation, Turn
from evals.questions import Evidence, Question
from ingest.records import Passage, SourceDocument, Span

TEXT = (
    "河西县整改方案\n"
    "一、到2030年，全县PM2.5年均浓度控制在30微克/立方米以内。\n"
    "二、县水务局牵头，2029年底前完成青石河\n清淤工程。\n"
    "三、县林业局负责，2028年6月底前完成北山造林500亩。\n"
)
DOCUMENT = SourceDocument("hexi.txt", "0" * 64, TEXT, "河西县整改方案")


@dataclass(frozen=True, slots=True)
class SentenceHit:
    document: str
    passage: Passage


class SentenceIndex:
    """Ranks the sentences of the document by the pairs of characters they share with the query."""

    def search(self, query: str, k: int) -> list[SentenceHit]:
        ranked = sorted(_sentences(), key=lambda span: -_shared_pairs(query, span.quote))
        return [
            SentenceHit(DOCUMENT.path, Passage(str(span.start), "", (), span, (span,)))
            for span in ranked[:k]
        ]


class TinyAssistant:
    """Answers with the best sentence, refuses when nothing is shared with any."""

    def __init__(self) -> None:
        self.index = SentenceIndex()

    def sources(self) -> list[SourceDocument]:
        return [DOCUMENT]

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: dt.date | None = None,
        documents: Sequence[str] | None = None,
    ) -> Answer:
        [best] = self.index.search(question, 1)
        span = best.passage.span
        if _shared_pairs(question, span.quote) == 0:
            return Answer("文件中没有提到。", refused=True)
        return Answer(f"{span.quote}[1]", (cite(span),))

    def passages(
        self, question: str, history: Sequence[Turn], as_of: dt.date | None, *, most: int
    ) -> list[SentenceHit]:
        return self.index.search(question, most)


class MisquotingAssistant(TinyAssistant):
    """Says the same and cites words that are not where it says they are."""

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: dt.date | None = None,
        documents: Sequence[str] | None = None,
    ) -> Answer:
        said = super().answer(question, history, as_of, documents)
        moved = tuple(cite(Span(c.start + 1, c.end + 1, c.quote)) for c in said.citations)
        return Answer(said.text, moved, said.refused)


def cite(span: Span, number: int = 1) -> Citation:
    return Citation(number, DOCUMENT.path, DOCUMENT.title, "", span.quote, span.start, span.end)


def span_of(words: str) -> Span:
    start = TEXT.index(words)
    return DOCUMENT.span(start, start + len(words))


def ask(
    text: str,
    must: Sequence[Sequence[str]] = (),
    *,
    id: str = "q1",
    type: str = "target",
    must_not: Sequence[str] = (),
    evidence: Sequence[str] = (),
    answerable: bool = True,
    history: Sequence[Turn] = (),
) -> Question:
    return Question(
        id=id,
        type=type,
        question=text,
        must=tuple(tuple(group) for group in must),
        answerable=answerable,
        history=tuple(history),
        must_not=tuple(must_not),
        evidence=tuple(Evidence(DOCUMENT.path, quote) for quote in evidence),
    )


QUESTIONS = (
    ask(
        "PM2.5年均浓度是多少？",
        [["30微克"]],
        id="q1",
        evidence=["PM2.5年均浓度控制在30微克/立方米以内"],
    ),
    ask(
        "青石河清淤由谁牵头？",
        [["水务局"], ["2029年"]],
        id="q2",
        type="responsibility",
        evidence=["县水务局牵头", "完成青石河清淤工程"],
    ),
    ask("北山造林多少亩？", [["600亩"]], id="q3", evidence=["北山造林500亩"]),
    ask("ABC?", [["没有提到"]], id="q4", type="unanswerable", answerable=False),
)


def _sentences() -> list[Span]:
    return [DOCUMENT.span(match.start(), match.end()) for match in re.finditer(r"[^。]+。", TEXT)]


def _shared_pairs(query: str, sentence: str) -> int:
    pairs = {query[i : i + 2] for i in range(len(query) - 1)}
    return sum(pair in sentence for pair in pairs)
