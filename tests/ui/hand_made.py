"""A small assistant that needs no store or model, over documents put together by hand.

It answers with the sentences that share most words with the question, each under its citation: little
understanding, but real quotes with real offsets, which is what the page is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from assistant.answer import Answer, Citation, Turn
from assistant.errors import NotIngestedError
from ingest.records import DocumentKind, ParsedDocument, Section, SourceDocument

PLAN = Path(__file__).parents[2] / "documents" / "heping-2025-rectification-plan.txt"
HEADING = re.compile(
    r"^(?:(?P<top>[一二三四]、.+)|(?P<sub>（[一二三四]）[^。\n]+。?))", re.MULTILINE
)
HOSTILE = (
    "一、附言\n"
    "<script>window.hacked = true</script>请完成附言整改任务。\n"
    '附言整改见<img src="https://attacker.invalid/a.png" onerror="window.hacked = true">'
    "![图](https://attacker.invalid/b.png)与[说明](https://attacker.invalid/c)。\n"
    "附言依据《关于印发<河北省附言办法>的通知》，${window.hacked = true}{{hacked}}，www.attacker.invalid。\n"
)


def outline(text: str) -> tuple[Section, ...]:
    """Two levels of headings, as the plan has them."""
    found = list(HEADING.finditer(text))
    sections: list[Section] = []
    for index, heading in enumerate(found):
        top = heading["top"] is not None
        later = [h for h in found[index + 1 :] if not top or h["top"] is not None]
        end = later[0].start() if later else len(text)
        parent = None if top else next(s for s in reversed(sections) if s.level == 0)
        words = heading[0].strip()
        source = SourceDocument("", "", text, "")
        sections.append(
            Section(
                id=str(index),
                number=words[: 2 if top else 3],
                title=words,
                level=0 if top else 1,
                parent=parent.id if parent else None,
                path=(*(parent.path if parent else ()), words.rstrip("。")),
                heading=source.span(heading.start(), heading.end()),
                span=source.span(heading.start(), end),
            )
        )
    return tuple(sections)


def document(path: str, title: str, text: str, **details: object) -> ParsedDocument:
    source = SourceDocument(path, sha256(text.encode()).hexdigest(), text, title)
    return ParsedDocument(replace(source, **details), outline(text), (), (), (), ())


def plan() -> ParsedDocument:
    return document(
        PLAN.name,
        "和平区贯彻落实天津市第一生态环境保护督察组督察反馈意见整改方案",
        PLAN.read_text(encoding="utf-8"),
        issuer="和平区人民政府",
        document_number="和平政〔2025〕4号",
        issued=date(2025, 9, 6),
        kind=DocumentKind.RECTIFICATION_PLAN,
    )


def hostile() -> ParsedDocument:
    return document("hostile.txt", "附言<b>整改</b>清单", HOSTILE)


def cite(parsed: ParsedDocument, quote: str, number: int = 1) -> Citation:
    """The citation of the first occurrence of `quote`."""
    start = parsed.source.text.index(quote)
    return _citation(parsed, start, start + len(quote), number)


class SentenceFinder:
    """Implements the page's `Assistant` protocol; keeps what it was asked in `asked`."""

    def __init__(self, *documents: ParsedDocument) -> None:
        self._documents = documents
        self.asked: list[tuple[str, tuple[Turn, ...], date | None, tuple[str, ...]]] = []

    def documents(self) -> tuple[ParsedDocument, ...]:
        return self._documents

    def examples(self) -> tuple[str, ...]:
        return ("和平区到2025年末PM2.5年均浓度要控制在多少？", "和平区怎么健全长效机制？")

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        documents: Sequence[str] = (),
    ) -> Answer:
        self.asked.append((question, tuple(history), as_of, tuple(documents)))
        searched = [d for d in self._documents if not documents or d.source.path in documents]
        if not searched:
            raise NotIngestedError("还没有可供查询的文件，请先运行 duban ingest。")
        citations = tuple(_best(searched, question))
        if not citations:
            return Answer("文件里没有提到所问的内容，可以换一种说法再问。", refused=True)
        lines = [f"- {c.quote.strip()} [{c.number}]" for c in citations]
        return Answer("文件中的相关内容：\n\n" + "\n".join(lines), citations)

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        documents: Sequence[str] = (),
    ) -> Iterator[Answer]:
        whole = self.answer(question, history, as_of, documents)
        for shown in range(0, len(whole.text), 12):
            yield replace(whole, text=whole.text[:shown])
        yield whole

    def suggestions(
        self, history: Sequence[Turn], answer: Answer, as_of: date, documents: Sequence[str] = ()
    ) -> tuple[str, ...]:
        asked = {turn.content for turn in history}
        return tuple(one for one in self.examples() if one not in asked)

    def asked_filter(
        self, question: str, history: Sequence[Turn], as_of: date, documents: Sequence[str] = ()
    ) -> None:
        return None


def _best(documents: Sequence[ParsedDocument], question: str) -> Iterator[Citation]:
    wanted = {question[i : i + 2] for i in range(len(question) - 1)}
    scored = []
    for parsed in documents:
        for sentence in re.finditer(r"[^\s。][^。\n]*。", parsed.source.text):
            shared = sum(pair in sentence[0] for pair in wanted)
            if shared >= 2:
                scored.append((-shared, sentence.start(), sentence.end(), parsed))
    best = sorted(scored, key=lambda item: item[:3])[:3]
    for number, (_, start, end, parsed) in enumerate(best, start=1):
        yield _citation(parsed, start, end, number)


def _citation(parsed: ParsedDocument, start: int, end: int, number: int) -> Citation:
    span = parsed.source.span(start, end)
    around = [s for s in parsed.sections if s.span.covers(span)]
    path = max(around, key=lambda s: s.level).path if around else ()
    source = parsed.source
    return Citation(number, source.path, source.title, " › ".join(path), span.quote, start, end)
