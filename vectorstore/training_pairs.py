"""Training pairs: a made-up question and the stretch of text that it should find.

No one has asked questions about these texts, so they are made from the texts: a sentence (or some of its
words, some replaced by synonyms) should find what stands around it, a heading its section, a word its
synonym. All texts are one array of tokens; a stretch is a pair of offsets into it, so that a batch is made
by numpy alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from vectorstore.training_corpus import LAWS, Corpus, Document

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_NONE = -1
_MOST_SYNONYMS = 8
_ENCODED_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Texts:
    """Every text as token rows, and where its sentences and headings stand.

    Sentence i has the tokens `starts[i]:starts[i + 1]`, belongs to document `document[i]`, and has the heading
    `headings[heading[i]]` (offsets into `tokens`), or none at -1. `law[i]` tells the sentences of statutes.
    """

    tokens: NDArray[np.int32]
    starts: Ints
    document: Ints
    heading: Ints
    headings: Ints
    law: Bools

    @property
    def sentence_of_token(self) -> NDArray[np.int32]:
        count = len(self.document)
        return np.repeat(np.arange(count, dtype=np.int32), np.diff(self.starts))


@dataclass(frozen=True, slots=True)
class Bags:
    """Texts as bags of rows: bag i has `rows[offsets[i]:offsets[i + 1]]`."""

    rows: Ints
    offsets: Ints


@dataclass(frozen=True, slots=True)
class Batch:
    """Questions and, at the same places, what they should find. Equal `groups` are not each other's
    wrong answers: their texts overlap or may be about the same thing."""

    questions: Bags
    answers: Bags
    groups: Ints


@dataclass(frozen=True, slots=True)
class Mixture:
    """How questions are made; shares of a batch or probabilities."""

    headings: float = 0.12
    synonyms: float = 0.06
    laws: float = 0.45
    whole_kept: float = 0.25  # questions of which no word is dropped
    fewest_kept: float = 0.2  # the others keep between this share of their words and all
    replaced: float = 0.15  # of the words that have synonyms
    own_sentence: float = 0.3  # the answer holds the question's own sentence
    per_document: int = 1  # sentences drawn near each other; 4, as harder wrong answers, did worse


def flatten(documents: Sequence[Document], tokenizer: Tokenizer, rows: NDArray[np.int32]) -> Texts:
    """Encode all sentences and headings."""
    sections = [(i, d, s) for i, d in enumerate(documents) for s in d.sections if s.sentences]
    sentences = [sentence for _, _, section in sections for sentence in section.sentences]
    repeats = [len(section.sentences) for _, _, section in sections]
    headings = list(dict.fromkeys(s.heading for _, _, s in sections if s.heading))
    number = {heading: i for i, heading in enumerate(headings)}
    encoded = _encode([*sentences, *headings], tokenizer, rows)
    offsets = np.concatenate([[0], np.cumsum([len(ids) for ids in encoded])]).astype(np.int64)
    return Texts(
        tokens=np.concatenate(encoded).astype(np.int32),
        starts=offsets[: len(sentences) + 1],
        document=np.repeat([i for i, _, _ in sections], repeats),
        heading=np.repeat([number.get(s.heading, _NONE) for _, _, s in sections], repeats),
        headings=offsets[len(sentences) :],
        law=np.repeat([d.source == LAWS for _, d, _ in sections], repeats),
    )


def synonym_table(
    corpus: Corpus, tokenizer: Tokenizer, rows: NDArray[np.int32], size: int
) -> NDArray[np.int32]:
    """For each row up to `_MOST_SYNONYMS` rows of the same meaning, repeated to fill the line; -1 without."""
    table = np.full((size, _MOST_SYNONYMS), _NONE, np.int32)
    found: dict[int, set[int]] = {}
    for group in corpus.synonyms:
        ids = [rows[e.ids] for e in tokenizer.encode_batch(list(group))]
        single = {int(i[0]) for i in ids if len(i) == 1}
        for row in single:
            found.setdefault(row, set()).update(single - {row})
    for row, others in found.items():
        if others:
            table[row] = np.resize(np.array(sorted(others), np.int32), _MOST_SYNONYMS)
    return table


class PairMaker:
    """Makes batches, the same ones for the same seed."""

    def __init__(
        self, texts: Texts, synonyms: NDArray[np.int32], mixture: Mixture, seed: int
    ) -> None:
        self._texts = texts
        self._synonyms = synonyms
        self._mixture = mixture
        self._random = np.random.default_rng(seed)
        self._laws = np.flatnonzero(texts.law)
        self._others = np.flatnonzero(~texts.law)
        self._headed = np.flatnonzero(texts.heading != _NONE)
        self._with_synonyms = np.flatnonzero(synonyms[:, 0] != _NONE)
        self._last = np.searchsorted(texts.document, texts.document, side="right")
        self._first = np.searchsorted(texts.document, texts.document, side="left")

    def batch(self, size: int) -> Batch:
        """`size` pairs of all kinds."""
        by_synonym = int(size * self._mixture.synonyms) if len(self._with_synonyms) else 0
        by_heading = int(size * self._mixture.headings) if len(self._headed) else 0
        parts = [
            self._sentence_pairs(size - by_synonym - by_heading),
            self._heading_pairs(by_heading),
            self._synonym_pairs(by_synonym),
        ]
        return Batch(
            _joined([questions for questions, _, _ in parts]),
            _joined([answers for _, answers, _ in parts]),
            np.concatenate([groups for _, _, groups in parts]),
        )

    def _sentence_pairs(self, size: int) -> tuple[Bags, Bags, Ints]:
        """Some words of a sentence, and one to three sentences beside or around it."""
        texts, random = self._texts, self._random
        chosen = self._some_sentences(size)
        questions = self._question(_gather(texts.tokens, *self._stretch(chosen, chosen + 1)))
        first, last = self._first[chosen], self._last[chosen]
        length = random.integers(1, 4, size)
        after = random.random(size) < 0.5
        own = random.random(size) < self._mixture.own_sentence
        # At the end of a document the only neighbours are on the other side.
        after = np.where(chosen + 1 >= last, False, np.where(chosen == first, True, after))
        start = np.where(after, chosen + 1 - own, np.maximum(chosen - length, first))
        stop = np.where(after, np.minimum(chosen + 1 + length, last), chosen + own)
        start, stop = np.minimum(start, chosen), np.maximum(stop, start + 1)
        start = np.where(after & ~own, np.minimum(chosen + 1, last - 1), start)
        stop = np.maximum(stop, start + 1)
        return questions, _gather(texts.tokens, *self._stretch(start, stop)), chosen // 3

    def _some_sentences(self, size: int) -> Ints:
        """Sentences of laws and of other texts, `per_document` within a short stretch of each drawn."""
        share = self._mixture.laws if len(self._others) and len(self._laws) else 1.0
        pools = (self._laws, self._others) if len(self._laws) else (self._others, self._laws)
        seeds = -(-size // self._mixture.per_document)
        cut = round(seeds * share)
        centre = np.concatenate([
            self._random.choice(pools[0], cut),
            self._random.choice(pools[1], seeds - cut) if cut < seeds else np.zeros(0, np.int64),
        ])
        centre = np.repeat(centre, self._mixture.per_document)[:size]
        near = centre + self._random.integers(-20, 21, size)
        return np.clip(near, self._first[centre], self._last[centre] - 1)

    def _heading_pairs(self, size: int) -> tuple[Bags, Bags, Ints]:
        texts = self._texts
        chosen = self._random.choice(self._headed, size) if size else np.zeros(0, np.int64)
        heading = texts.heading[chosen]
        words = _gather(texts.tokens, texts.headings[heading], texts.headings[heading + 1])
        last = np.minimum(chosen + self._random.integers(1, 4, size), self._last[chosen])
        answers = _gather(texts.tokens, *self._stretch(chosen, last))
        return self._question(words), answers, -1 - heading

    def _synonym_pairs(self, size: int) -> tuple[Bags, Bags, Ints]:
        none = np.zeros(0, np.int64)
        words = self._random.choice(self._with_synonyms, size) if size else none
        others = self._synonyms[words, self._random.integers(0, _MOST_SYNONYMS, size)]
        offsets = np.arange(size + 1)
        groups = -1 - len(self._texts.headings) - words
        return Bags(words, offsets), Bags(others.astype(np.int64), offsets), groups

    def _stretch(self, first: Ints, last: Ints) -> tuple[Ints, Ints]:
        return self._texts.starts[first], self._texts.starts[last]

    def _question(self, words: Bags) -> Bags:
        """Drop words, as people ask with few, and replace some, as they use their own."""
        mixture, random = self._mixture, self._random
        lengths = np.diff(words.offsets)
        kept = random.uniform(mixture.fewest_kept, 1, len(lengths))
        kept[random.random(len(lengths)) < mixture.whole_kept] = 1
        stays = random.random(len(words.rows)) < np.repeat(kept, lengths)
        stays[words.offsets[:-1][lengths > 0]] = True  # never an empty question
        rows = words.rows.copy()
        other = self._synonyms[rows, random.integers(0, _MOST_SYNONYMS, len(rows))]
        swapped = (other != _NONE) & (random.random(len(rows)) < mixture.replaced)
        rows[swapped] = other[swapped]
        counts = np.concatenate([[0], np.cumsum(stays)])
        return Bags(rows[stays], counts[words.offsets])


def _encode(
    texts: Sequence[str], tokenizer: Tokenizer, rows: NDArray[np.int32]
) -> list[NDArray[np.int32]]:
    encoded: list[NDArray[np.int32]] = []
    for start in range(0, len(texts), _ENCODED_AT_ONCE):
        batch = list(texts[start : start + _ENCODED_AT_ONCE])
        encoded += [rows[e.ids] for e in tokenizer.encode_batch_fast(batch)]
    return encoded


def _gather(tokens: NDArray[np.int32], starts: Ints, stops: Ints) -> Bags:
    lengths = stops - starts
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths)
    return Bags(tokens[np.repeat(starts, lengths) + within].astype(np.int64), offsets)


def _joined(bags: Sequence[Bags]) -> Bags:
    shifts = np.cumsum([0, *(len(b.rows) for b in bags)])
    offsets = [b.offsets[:-1] + shift for b, shift in zip(bags, shifts, strict=False)]
    return Bags(np.concatenate([b.rows for b in bags]), np.concatenate([*offsets, shifts[-1:]]))
