"""What share the vectors should have in a fused score: `python -m evals.fit_fusion DATA_FOLDER`.

Measured on documents that were left out of the built-in model's training, with questions made from them, so
that no set which is reported anywhere decides. Half of the questions are a sentence with most words dropped
or replaced by synonyms, and the passage that holds it is sought; for the other half the sentence itself is
taken out of its passage, so that only what it is about can lead there.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.baselines import cut_words
from evals.ranking import RankedQuestion, measure
from ingest.records import ParsedDocument, Passage, SourceDocument, Span
from vectorstore.embedding import load_embedder
from vectorstore.memory import MemoryVectors
from vectorstore.retriever import HybridIndex
from vectorstore.train_builtin import Recipe, shuffled
from vectorstore.training_corpus import Corpus, Document, read_corpus

WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 1.0)
_SENTENCES = 4  # of a passage
_DOCUMENTS = 300
_KEPT, _REPLACED = 0.4, 0.5  # of the words of a sentence; of those that have synonyms


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Documents of whole passages, and questions of the two kinds about them."""

    documents: tuple[ParsedDocument, ...]
    holding: tuple[RankedQuestion, ...]
    about: tuple[RankedQuestion, ...]


def held_out(corpus: Corpus, recipe: Recipe) -> HeldOut:
    """One question a document, alternately of either kind."""
    chance = random.Random(recipe.seed)
    synonyms = {word: group for group in corpus.synonyms for word in group}
    documents: list[ParsedDocument] = []
    kinds: tuple[list[RankedQuestion], list[RankedQuestion]] = ([], [])
    number = 0
    for document in shuffled(corpus, recipe)[1][:_DOCUMENTS]:
        passages = _passages(document)
        if len(passages) < 2:
            continue
        chosen, kind = chance.randrange(len(passages)), len(documents) % 2
        asked = chance.randrange(len(passages[chosen]))
        query = _question(passages[chosen][asked], synonyms, chance)
        if kind:
            passages[chosen].pop(asked)
        gold = ((frozenset({number + chosen}),),)
        kinds[kind].append(RankedQuestion(f"{len(documents)}", query, gold))
        documents.append(_parsed(f"{len(documents)}", passages))
        number += len(passages)
    return HeldOut(tuple(documents), tuple(kinds[0]), tuple(kinds[1]))


def _passages(document: Document) -> list[list[str]]:
    sentences = [s for section in document.sections for s in section.sentences]
    starts = range(0, len(sentences) - _SENTENCES + 1, _SENTENCES)
    return [sentences[i : i + _SENTENCES] for i in starts]


def _question(sentence: str, synonyms: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    words = [w for w in cut_words(sentence) if w.isalnum()]
    kept = chance.sample(words, max(round(_KEPT * len(words)), min(len(words), 2)))
    return "".join(
        chance.choice(synonyms[w]) if w in synonyms and chance.random() < _REPLACED else w
        for w in kept
    )


def _parsed(path: str, passages: Sequence[Sequence[str]]) -> ParsedDocument:
    text = "\n".join("".join(sentences) for sentences in passages)
    sha256 = hashlib.sha256(f"{path}\0{text}".encode()).hexdigest()
    source = SourceDocument(path, sha256, text, path)
    records: list[Passage] = []
    start = 0
    for sentences in passages:
        spans: list[Span] = []
        for sentence in sentences:
            begin = spans[-1].end if spans else start
            spans.append(source.span(begin, begin + len(sentence)))
        whole = source.span(start, spans[-1].end)
        records.append(Passage(f"{path}:{start}", "", (), whole, tuple(spans)))
        start = whole.end + 1
    return ParsedDocument(source, (), tuple(records), (), (), ())


def main(arguments: Sequence[str] | None = None) -> int:
    """Print recall at 5 for shares of the vectors from 0 to 1."""
    parser = argparse.ArgumentParser(prog="python -m evals.fit_fusion", description=main.__doc__)
    parser.add_argument("data", type=Path, help="the folder the built-in model was trained on")
    parser.add_argument("--model", default="", help="another model; default the built-in one")
    options = parser.parse_args(arguments)
    held = held_out(read_corpus(options.data), Recipe())
    vectors = MemoryVectors(load_embedder(options.model), held.documents)
    numbers: dict[str, int] = {}
    for parsed in held.documents:
        for passage in parsed.passages:
            numbers[passage.id] = len(numbers)
    for weight in WEIGHTS:
        index = HybridIndex(vectors, held.documents, item_dense_weight=weight)

        def rank(query: str, index: HybridIndex = index) -> list[int]:
            return [numbers[hit.passage.id] for hit in index.search(query, 10)]

        cells = []
        for name, questions in (("holding", held.holding), ("about", held.about)):
            mean = measure(name, rank, questions).mean
            cells.append(
                f"{name} R@1 {mean.recall_1:.1%} R@5 {mean.recall_5:.1%} MRR {mean.mrr_10:.3f}"
            )
        sys.stdout.write(f"{weight:.1f}  {'  '.join(cells)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
