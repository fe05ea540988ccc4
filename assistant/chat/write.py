"""The chat model as the writer: from numbered evidence, sentence by sentence, each proven before it is shown."""

from __future__ import annotations

import dataclasses
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.answer import PromptUse, Turn, Verdict, Writing
from assistant.chat.evidence import Gathered, gather
from assistant.chat.grounding import Grounds, Proof
from assistant.chat.lookups import Lookup, LookUpDesk
from assistant.chat.provider import ChatModel, LookedUp, Message, Restart, Silence, Text, Usage
from assistant.chat.sentences import Sentence, SentenceSplitter
from assistant.chat.turns import told
from assistant.draft import Block, Draft, Statement, own_words, paragraph
from assistant.errors import ChatError
from assistant.library import Library
from assistant.query import Query
from assistant.search import SentenceSearch
from assistant.verify import Verifier
from prompts import phrase
from prompts.templates import load_prompt, prompt_uses

logger = logging.getLogger(__name__)

_PROMPTS = ("answer_rules", "answer_task", "rewrite_task")
_LOOKUP_PROMPT = "lookup_rules"
# A Chinese character is about one token, at most; the rules and the answer need the rest.
_RESERVED_TOKENS = 3000
_LEAST_EVIDENCE = 600
# The share of the room for evidence that is kept for what the model may look up.
_KEPT_FOR_LOOKUPS = 0.25
_MOST_REWRITES = 3
_LONGEST_ANSWER = 6000


@dataclass(frozen=True, slots=True)
class Written:
    """An answer so far, and how it came about."""

    draft: Draft
    writing: Writing


class ModelWriter:
    """Words an answer with a chat model; what the built-in writer drafted decides what is true."""

    def __init__(
        self,
        library: Library,
        search: SentenceSearch,
        verifier: Verifier,
        model: ChatModel,
        drafted: Callable[[Query], Draft],
    ) -> None:
        """`drafted` is what the built-in writer says to a query."""
        self._library = library
        self._search = search
        self._verifier = verifier
        self._model = model
        self._drafted = drafted

    def write(self, query: Query, draft: Draft, history: Sequence[Turn]) -> Iterator[Written]:
        """The growing answer, from the verified built-in draft; the last one is complete.

        A refusal of the built-in writer stays one: records and search decide what the documents hold. While the
        model is silent the same answer comes again, so that the reader can stop.
        """
        if draft.refused:
            yield self.unwritten(draft)
            return
        found = self._search.find(query, query.documents)
        room = max(self._model.endpoint.context_tokens - _RESERVED_TOKENS, _LEAST_EVIDENCE)
        most = self._model.endpoint.lookups if self._model.takes_tools else 0
        kept = int(room * _KEPT_FOR_LOOKUPS) if most else 0
        gathered = gather(draft, found, self._library, room - kept)
        gathered.room_chars = max(gathered.room_chars, 0) + kept
        desk = LookUpDesk(query, gathered, self._library, self._search, self._drafted)
        grounds = Grounds(gathered, self._verifier, self._library)
        lookups = desk.offered() if most else ()
        yield from _Composition(self._model, gathered, grounds, draft, lookups).run(query, history)

    def unwritten(self, draft: Draft, reason: str = "") -> Written:
        """The built-in draft as the answer, with the reason why the model did not write."""
        notice = phrase("model_failed", reason=reason) if reason else ""
        told = dataclasses.replace(draft, notices=(*draft.notices, notice)) if notice else draft
        return Written(told, Writing(self._model.name, notice=notice, built_in=True))


@dataclass
class _Composition:
    """One answer in the making."""

    model: ChatModel
    gathered: Gathered
    grounds: Grounds
    built_in: Draft
    lookups: Sequence[Lookup]
    lines: list[_Line] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    looked_up: int = 0
    rewrites_left: int = _MOST_REWRITES
    failed: Sentence | None = None
    usage: Usage | None = None
    first_seconds: float | None = None
    insufficient: bool = False
    length: int = 0
    table_line: int = -9

    def run(self, query: Query, history: Sequence[Turn]) -> Iterator[Written]:
        self.started = time.perf_counter()
        reason = ""
        splitter = SentenceSplitter()
        stream = self.model.stream(self._messages(query, history), self.lookups)
        try:
            for piece in stream:
                match piece:
                    case Silence():
                        yield self._so_far()
                    case Restart():
                        splitter = SentenceSplitter()
                        self._forget()
                    case LookedUp():
                        self.looked_up += 1
                        yield self._so_far()
                    case Usage():
                        self._count(piece)
                    case Text(text):
                        for sentence in splitter.feed(text):
                            yield from self._take(sentence)
                if self.length > _LONGEST_ANSWER:
                    reason = f"回答超过{_LONGEST_ANSWER}字"
                    break
            else:
                for sentence in splitter.finish():
                    yield from self._take(sentence)
                yield from self._mend()
        except ChatError as exc:
            reason = str(exc)
            logger.warning("chat model failed: %s", reason)
        finally:
            stream.close()
        yield self._finished(reason)

    def _messages(self, query: Query, history: Sequence[Turn]) -> list[Message]:
        fence = self.gathered.fence
        rules = load_prompt("answer_rules").render(fence=fence, insufficient=phrase("insufficient"))
        if self.lookups:
            most = self.model.endpoint.lookups
            rules += "\n" + load_prompt(_LOOKUP_PROMPT).render(most=most, fence=fence)
        task = load_prompt("answer_task").render(
            fence=fence,
            today=query.as_of.isoformat(),
            history=told(history) or "无",
            question=query.question.strip(),
            evidence=self.gathered.shown(),
        )
        return [Message("system", rules), Message("user", task)]

    # One sentence

    def _take(self, sentence: Sentence) -> Iterator[Written]:
        yield from self._mend()
        self.length += len(sentence.text) + sum(map(len, sentence.cells))
        if sentence.style == "place":
            self._place(sentence)
        elif sentence.text.startswith(phrase("insufficient")[:4]):
            self.insufficient = True
        elif sentence.style == "table" and not self._in_table(sentence.line):
            # The words above the columns name them and state nothing.
            cells = tuple(one if self.grounds.names_column(one) else "" for one in sentence.cells)
            self.lines.append(_Line(sentence.line, "header", Statement("", cells=cells)))
        elif proof := self.grounds.prove(sentence.text, sentence.marks, sentence.cells):
            self._add(sentence, proof)
        else:
            self.failed = sentence
        yield self._so_far()

    def _mend(self) -> Iterator[Written]:
        """Have the sentence that failed last worded again, or leave it out.

        Not before it is known what follows: if the model looks something up, the sentence only led up to that.
        """
        sentence, self.failed = self.failed, None
        if sentence is None:
            return
        missing = tuple(self.grounds.missing(sentence.text, sentence.marks, sentence.cells))
        if not sentence.cells and self.rewrites_left > 0:
            self.rewrites_left -= 1
            for attempt in self._rewritten(sentence, missing):
                if isinstance(attempt, Proof):
                    self._add(sentence, attempt, Verdict("rewritten", missing))
                    return
                yield self._so_far()
        self._leave_out(sentence, missing)

    def _add(self, sentence: Sentence, proof: Proof, verdict: Verdict | None = None) -> None:
        # What only leads up to the rest states nothing that could be judged.
        if proof.statement.evidence or proof.statement.computed:
            self.verdicts.append(verdict or Verdict("cited_anew" if proof.cited_anew else "proven"))
        if self.first_seconds is None:
            self.first_seconds = time.perf_counter() - self.started
        self.lines.append(_Line(sentence.line, sentence.style, proof.statement))

    def _leave_out(self, sentence: Sentence, missing: tuple[str, ...]) -> None:
        self.verdicts.append(Verdict("removed", missing))
        logger.warning("a sentence of the model was removed")
        logger.debug("removed: %s", sentence.text)

    def _rewritten(self, sentence: Sentence, missing: Sequence[str]) -> Iterator[Proof | Silence]:
        """The model's second attempt at a sentence, if it can be proven; `SILENCE` while it is waited for."""
        prompt = load_prompt("rewrite_task").render(
            fence=self.gathered.fence,
            sentence=sentence.text,
            missing="、".join(missing),
            evidence=self.gathered.shown(),
        )
        try:
            for reply in self.model.ask([Message("user", prompt)]):
                if isinstance(reply, Silence):
                    yield reply
                    continue
                if reply.usage is not None:
                    self._count(reply.usage)
                splitter = SentenceSplitter()
                again = [*splitter.feed(reply.text), *splitter.finish()][:1]
                for one in again:
                    if proof := self.grounds.prove(one.text, one.marks):
                        yield proof
        except ChatError as exc:
            logger.warning("sentence could not be rewritten: %s", exc)

    def _place(self, sentence: Sentence) -> None:
        """A list or table of Duban's where the model wants it, once."""
        block = self.gathered.layouts.get(sentence.code)
        if block is not None and not any(line.block is block for line in self.lines):
            self.lines.append(_Line(sentence.line, "place", block=block))

    def _in_table(self, line: int) -> bool:
        """Whether a row goes on with the table above; the rule below the header is a line of its own."""
        inside, self.table_line = line - self.table_line <= 2, line
        return inside

    def _forget(self) -> None:
        """Everything so far was thinking, or led up to looking something up."""
        self.lines.clear()
        self.failed = None
        self.verdicts.clear()
        self.length = 0
        self.insufficient = False
        self.table_line = -9

    def _count(self, usage: Usage) -> None:
        before = self.usage or Usage(0, 0)
        self.usage = Usage(
            before.input_tokens + usage.input_tokens, before.output_tokens + usage.output_tokens
        )

    # The whole

    def _so_far(self) -> Written:
        return Written(Draft(tuple(_blocks(self.lines))), self._writing())

    def _finished(self, reason: str) -> Written:
        """The complete answer, or the built-in one where the model's came to nothing."""
        if self.failed is not None:
            self._leave_out(self.failed, ())
        if not any(line.is_proven for line in self.lines):
            notice = phrase("model_unproven")
            if reason:
                notice = phrase("model_failed", reason=reason)
            elif self.insufficient:
                notice = phrase("model_insufficient")
            return self._built_in(notice, refused=self.insufficient and not reason)
        placed = [line.block for line in self.lines]
        for block in (self.gathered.layouts[code] for code in self.gathered.owed):
            if block not in placed:
                self.lines.append(_Line(self.lines[-1].number + 1, "place", block=block))
        blocks = list(_blocks(self.lines))
        notice = phrase("model_interrupted", reason=reason) if reason else ""
        left_out = self.gathered.left_out
        told = [
            phrase("removed", count=removed) if (removed := self._count_of("removed")) else "",
            phrase("evidence_left_out", count=left_out) if left_out else "",
            notice,
        ]
        blocks += [paragraph(own_words(text)) for text in told if text]
        return Written(Draft(tuple(blocks)), self._writing(notice=notice))

    def _built_in(self, notice: str, *, refused: bool) -> Written:
        draft = dataclasses.replace(
            self.built_in,
            notices=(*self.built_in.notices, notice),
            refused=self.built_in.refused or refused,
        )
        return Written(draft, self._writing(notice=notice, built_in=True))

    def _count_of(self, outcome: str) -> int:
        return sum(verdict.outcome == outcome for verdict in self.verdicts)

    def _writing(self, notice: str = "", *, built_in: bool = False) -> Writing:
        lookups = (_LOOKUP_PROMPT,) if self.lookups else ()
        return Writing(
            model=self.model.name,
            prompts=tuple(PromptUse(*use) for use in prompt_uses(*_PROMPTS, *lookups)),
            seconds=round(time.perf_counter() - self.started, 3),
            first_seconds=round(self.first_seconds, 3) if self.first_seconds is not None else None,
            input_tokens=self.usage.input_tokens if self.usage else None,
            output_tokens=self.usage.output_tokens if self.usage else None,
            verified=0 if built_in else len(self.verdicts) - self._count_of("removed"),
            cited_anew=self._count_of("cited_anew"),
            rewritten=self._count_of("rewritten"),
            looked_up=self.looked_up,
            removed=self._count_of("removed"),
            verdicts=tuple(self.verdicts),
            left_out=self.gathered.left_out,
            notice=notice,
            built_in=built_in,
        )


@dataclass(frozen=True, slots=True)
class _Line:
    """A proven statement or a block, and the line of the model's text it stands in."""

    number: int
    style: str
    statement: Statement | None = None
    block: Block | None = None

    @property
    def is_proven(self) -> bool:
        return self.block is not None or (
            self.statement is not None and bool(self.statement.evidence or self.statement.computed)
        )


def _blocks(lines: Sequence[_Line]) -> Iterator[Block]:
    """Statements put together again into paragraphs, lists and tables."""
    group: list[_Line] = []
    for line in lines:
        if group and not _continues(group[-1], line):
            yield from _block(group)
            group = []
        group.append(line)
    if group:
        yield from _block(group)


def _continues(last: _Line, line: _Line) -> bool:
    if line.style == "table":
        return last.style in ("header", "table")
    if line.style == "bullets":
        return last.style == "bullets"
    return line.style == "paragraph" == last.style and line.number == last.number


def _block(group: Sequence[_Line]) -> Iterator[Block]:
    first = group[0]
    if first.block is not None:
        yield first.block
        return
    statements = tuple(one.statement for one in group if one.statement is not None)
    if first.style != "header":
        yield Block(statements, "paragraph" if first.style == "table" else first.style)
    elif len(statements) > 1:
        header, *rows = statements
        width = len(header.cells)
        fitted = tuple(dataclasses.replace(row, cells=_fitted(row.cells, width)) for row in rows)
        yield Block(fitted, "table", header.cells)


def _fitted(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*cells, *("",) * width)[:width]
