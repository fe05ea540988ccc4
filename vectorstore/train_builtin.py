"""Train the built-in embedding model: `python -m vectorstore.train_builtin DATA_FOLDER`.

Vectors of words from what stands together (`training_vectors`), then taught by made-up questions and their
answers (`training_pairs`, `training_model`), written as a sentence-transformers `StaticEmbedding`
(`training_export`), which needs no torch to use. The model's card tells the data and the figures.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from vectorstore.embedding import BUILTIN_MODEL
from vectorstore.training_corpus import LAWS, Corpus, Document, read_corpus
from vectorstore.training_export import export
from vectorstore.training_model import Schedule, WordTable, train
from vectorstore.training_pairs import Mixture, PairMaker, flatten, synonym_table
from vectorstore.training_tokenizer import (
    UNKNOWN,
    Vocabulary,
    build_vocabulary,
    make_tokenizer,
)
from vectorstore.training_vectors import first_vectors

_TOLD_EVERY = 50  # steps

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What shapes the model; the defaults give the one that ships."""

    dimension: int = 256
    words: int = 40_000
    counted: int = 9_000  # documents that words are counted on; jieba is the slow part
    related: int = 8_000_000  # tokens that the first vectors are made from
    held_out: int = 40  # one document in so many is left out, to choose the weight of the fusion on
    mixture: Mixture = field(default_factory=Mixture)
    schedule: Schedule = field(default_factory=Schedule)
    seed: int = 20240910


@dataclass(frozen=True, slots=True)
class Model:
    """A trained model: token i of the tokenizer has the vector `vectors[vocabulary.rows[i]]`."""

    tokenizer: Tokenizer
    vocabulary: Vocabulary
    vectors: NDArray[np.float32]


def shuffled(corpus: Corpus, recipe: Recipe) -> tuple[list[Document], list[Document]]:
    """The documents to train on and those left out, in a seeded order."""
    documents = list(corpus.documents)
    random.Random(recipe.seed).shuffle(documents)
    kept = [d for i, d in enumerate(documents) if i % recipe.held_out]
    return kept, documents[:: recipe.held_out]


def fit(corpus: Corpus, recipe: Recipe) -> Model:
    """Train on the corpus; equal corpora and recipes give equal models."""
    documents, _ = shuffled(corpus, recipe)
    logger.info("counting words of %d documents", min(recipe.counted, len(documents)))
    vocabulary = build_vocabulary((d.text for d in documents[: recipe.counted]), recipe.words)
    tokenizer = make_tokenizer(vocabulary)
    logger.info("%d tokens with %d vectors", len(vocabulary.tokens), vocabulary.row_count)
    texts = flatten(documents, tokenizer, vocabulary.rows)
    logger.info("%d sentences, %d tokens; first vectors", len(texts.document), len(texts.tokens))
    spoken = texts.sentence_of_token[: recipe.related]
    first = first_vectors(
        texts.tokens[: len(spoken)], spoken, vocabulary.row_count, recipe.dimension, recipe.seed
    )
    synonyms = synonym_table(corpus, tokenizer, vocabulary.rows, vocabulary.row_count)
    pairs = PairMaker(texts, synonyms, recipe.mixture, recipe.seed)
    table = WordTable(first, vocabulary.characters())
    logger.info("training, %d steps", recipe.schedule.steps)
    vectors = train(table, pairs.batch, recipe.schedule, _teller(recipe.schedule.steps))
    vectors[vocabulary.spelled.index(UNKNOWN)] = 0
    return Model(tokenizer, vocabulary, vectors)


def _teller(steps: int) -> Callable[[int, float], None]:
    def tell(step: int, loss: float) -> None:
        if step % _TOLD_EVERY == 0 or step == steps:
            logger.info("step %d of %d, loss %.3f", step, steps, loss)

    return tell


def main(arguments: Sequence[str] | None = None) -> int:
    """Train the model on a data folder and write it."""
    parser = argparse.ArgumentParser(
        prog="python -m vectorstore.train_builtin", description=main.__doc__
    )
    parser.add_argument("data", type=Path, help=f"folder with {LAWS} and the other texts")
    parser.add_argument("--output", type=Path, default=BUILTIN_MODEL, help="folder to write")
    options = parser.parse_args(arguments)
    if not (options.data / LAWS).is_file():
        parser.error(f"{options.data} has no {LAWS}")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    logger.info("reading %s", options.data)
    model = fit(read_corpus(options.data), Recipe())
    export(options.output, model.tokenizer, model.vectors, model.vocabulary.rows)
    logger.info("wrote %s", options.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
