"""The built-in model's tokenizer: the likeliest split into known words, single characters for the rest.

It is a `tokenizers` Unigram over words counted with jieba. Every common Chinese character, simplified or
traditional, is in the vocabulary, so a text in Chinese always becomes tokens.
"""

from __future__ import annotations

import logging
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from vectorstore.folding import fold

UNKNOWN = "<unk>"
_RUNS = r"\p{Han}+|[a-z0-9]+(?:\.[0-9]+)*"
_LATIN = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*")
_HAN_WORD = re.compile(r"[一-鿿]{2,6}")
_HAN = re.compile(r"[一-鿿]")
_LATIN_WORDS = 400  # abbreviations, figures
_UNSEEN = 0.5  # count given to characters the sample does not hold, so that they have a probability


def train_tokenizer(texts: Sequence[str], words: int) -> Tokenizer:
    """A tokenizer over the `words` commonest words of `texts`, their characters and all common others."""
    counts = _count(texts)
    han = [(w, n) for w, n in counts.most_common() if _HAN_WORD.fullmatch(w)][:words]
    latin = [(w, n) for w, n in counts.most_common() if len(w) > 1 and _LATIN.fullmatch(w)]
    figures = [(w, n) for w, n in latin if w.isdigit()][:_LATIN_WORDS]
    names = [(w, n) for w, n in latin if w[0].isalpha()][:_LATIN_WORDS]
    characters = {c: max(float(counts[c]), _UNSEEN) for c in _alphabet(counts)}
    vocabulary = {**characters, **dict(han), **dict(figures), **dict(names)}
    total = sum(vocabulary.values())
    scored = [(UNKNOWN, 0.0)]
    scored += [(token, math.log(n / total)) for token, n in sorted(vocabulary.items())]
    return _assemble(scored)


def character_rows(tokenizer: Tokenizer) -> list[list[int]]:
    """For each token id, the ids of its characters where it is a word of several, else nothing."""
    vocabulary = tokenizer.get_vocab()
    rows: list[list[int]] = [[] for _ in range(len(vocabulary))]
    for token, row in vocabulary.items():
        if len(token) > 1 and token != UNKNOWN:
            rows[row] = [vocabulary[c] for c in token if c in vocabulary]
    return rows


def traditional_rows(tokenizer: Tokenizer) -> list[tuple[int, int]]:
    """(id of a traditional character, id of its simplified form)."""
    vocabulary = tokenizer.get_vocab()
    return [
        (row, vocabulary[fold(token)])
        for token, row in vocabulary.items()
        if len(token) == 1 and fold(token) != token and fold(token) in vocabulary
    ]


def _assemble(scored: list[tuple[str, float]]) -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram(scored, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    # Inverted and removed: only the runs are kept, punctuation and blanks carry no meaning here.
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(_RUNS), "removed", invert=True)
    return tokenizer


def _count(texts: Iterable[str]) -> Counter[str]:
    # A training dependency only; it builds its dictionary on first use, which takes a second.
    import jieba

    jieba.setLogLevel(logging.WARNING)
    counts: Counter[str] = Counter()
    for text in texts:
        normal = unicodedata.normalize("NFKC", text).lower()
        counts.update(jieba.cut(normal, HMM=False))
        counts.update(_HAN.findall(normal))
        counts.update(_LATIN.findall(normal))
    return counts


def _alphabet(seen: Iterable[str]) -> set[str]:
    """ASCII letters and digits, the characters of GB 2312, the traditional ones of Big5, and those seen."""
    alphabet = set("abcdefghijklmnopqrstuvwxyz0123456789")
    alphabet |= {token for token in seen if len(token) == 1 and _HAN.fullmatch(token)}
    for code in range(0x4E00, 0xA000):
        character = chr(code)
        simplified = fold(character)
        if _encodes(character, "gb2312") or (
            simplified != character
            and _encodes(character, "big5")
            and _encodes(simplified, "gb2312")
        ):
            alphabet.add(character)
    return alphabet


def _encodes(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
