"""The built-in model's tokenizer: the longest known word from left to right, single characters for the rest.

Every Chinese character is in the vocabulary, so that no text in Chinese is lost. A traditional word or
character is a token of its own with the row of its simplified form (`Vocabulary.rows`), and so are the
characters that the texts do not hold, which share a few rows among them: the table of vectors stays small.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from vectorstore.embedding.longest_match import HAN, LATIN, RUNS
from vectorstore.folding import fold

UNKNOWN = "<unk>"
_HAN_WORD = re.compile(r"[一-鿿]{2,4}")
_HAN_CHARACTER = re.compile(f"[{HAN}]")
_LATIN = re.compile(LATIN)
_IDEOGRAPHS = (range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x40000))
_LATIN_WORDS = 600  # abbreviations, and as many figures
_SHARED_ROWS = 256
_LONGEST_RUN = 10_000  # characters; WordPiece makes a longer run, here of Latin letters, unknown


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`tokens` in the order of their ids; token i has the vector of row `rows[i]`.

    The rows of words and characters that were counted come first, then those shared by all other
    characters. `spelled` are the first ones: the tokens whose id is their row.
    """

    tokens: tuple[str, ...]
    rows: NDArray[np.int32]
    spelled: tuple[str, ...]

    @property
    def row_count(self) -> int:
        return len(self.spelled) + _SHARED_ROWS

    def characters(self) -> list[list[int]]:
        """For each row the rows of its characters, nothing for a single character or a shared row."""
        row = {token: i for i, token in enumerate(self.spelled)}
        parts = [
            [row[c] for c in token if c in row] if len(token) > 1 and token != UNKNOWN else []
            for token in self.spelled
        ]
        return parts + [[] for _ in range(_SHARED_ROWS)]


def build_vocabulary(texts: Iterable[str], words: int) -> Vocabulary:
    """The `words` commonest words of `texts`, their characters, and all other Chinese characters."""
    counts = _count(texts)
    ranked = sorted(counts, key=lambda token: (-counts[token], token))
    han = [w for w in ranked if _HAN_WORD.fullmatch(w)][:words]
    latin = [w for w in ranked if len(w) > 1 and _LATIN.fullmatch(w)]
    figures = [w for w in latin if w[0].isdigit()][:_LATIN_WORDS]
    names = [w for w in latin if w[0].isalpha()][:_LATIN_WORDS]
    characters = {c for c in counts if len(c) == 1 and _HAN_CHARACTER.fullmatch(c)}
    characters |= {c for token in (*han, *figures, *names) for c in token if c != "."}
    characters |= set("abcdefghijklmnopqrstuvwxyz0123456789.")
    spelled = (UNKNOWN, *sorted(characters), *sorted({*han, *figures, *names}))
    return _with_variants(spelled)


def make_tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """A `tokenizers` WordPiece, which takes the longest match; its normaliser folds width and case."""
    ids = {token: i for i, token in enumerate(vocabulary.tokens)}
    tokenizer = Tokenizer(
        models.WordPiece(
            ids,
            unk_token=UNKNOWN,
            continuing_subword_prefix="",
            max_input_chars_per_word=_LONGEST_RUN,
        )
    )
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    # Inverted and removed: only the runs are kept, punctuation and blanks carry no meaning here.
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(RUNS), "removed", invert=True)
    return tokenizer


def _with_variants(spelled: tuple[str, ...]) -> Vocabulary:
    row = {token: i for i, token in enumerate(spelled)}
    rows = dict(row)
    for token, traditional in zip(spelled, _traditional(spelled), strict=True):
        rows.setdefault(traditional, row[token])
    for code in (code for block in _IDEOGRAPHS for code in block):
        character = chr(code)
        if unicodedata.category(character) == "Lo":
            simplified = fold(character)
            shared = len(spelled) + ord(simplified) % _SHARED_ROWS
            rows.setdefault(character, row.get(simplified, shared))
    return Vocabulary(tuple(rows), np.fromiter(rows.values(), np.int32, len(rows)), spelled)


def _traditional(tokens: Sequence[str]) -> list[str]:
    """The traditional spelling of each; one that changes the number of characters is not used."""
    from opencc import OpenCC

    converter = OpenCC("s2t")
    spellings = [converter.convert(token) for token in tokens]
    return [s if len(s) == len(t) else t for s, t in zip(spellings, tokens, strict=True)]


def _count(texts: Iterable[str]) -> Counter[str]:
    # A training dependency only; it builds its dictionary on first use, which takes a second.
    import jieba

    jieba.setLogLevel(logging.WARNING)
    counts: Counter[str] = Counter()
    for text in texts:
        normal = fold(unicodedata.normalize("NFKC", text).lower())
        counts.update(jieba.cut(normal, HMM=False))
        counts.update(_HAN_CHARACTER.findall(normal))
        counts.update(_LATIN.findall(normal))
    return counts
