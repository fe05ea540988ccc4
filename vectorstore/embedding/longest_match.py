"""The built-in model's tokenizer without the `tokenizers` library: equal ids, several times as fast.

A WordPiece without a prefix for continuing pieces takes the longest known word from left to right. Chinese runs
are short, so all of them are walked through at once by numpy: each position's longest word from a trie in a
hash table, then from the start of every run one word further at a time. `tokenizers` does the same one text
after another, with several objects a token.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

HAN = "㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff〇"
LATIN = r"[a-z0-9]+(?:\.[0-9]+)*"
LONGEST_HAN_RUN = 16
"""Runs are cut here: WordPiece looks back from the end of a run at every step."""

RUNS = rf"[{HAN}]{{1,{LONGEST_HAN_RUN}}}|{LATIN}"
"""What is cut into words; punctuation and blanks carry no meaning here."""

_LATIN_RUN = re.compile(LATIN)
_LAST_CODE = 0x40000
_NOTHING = -1
_REMEMBERED = 50_000  # Latin runs; figures repeat
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 by the golden ratio: Fibonacci hashing
_SHAPE = {
    "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Lowercase"}]},
    "pre_tokenizer": {
        "type": "Split",
        "pattern": {"Regex": RUNS},
        "behavior": "Removed",
        "invert": True,
    },
    "post_processor": None,
    "truncation": None,
    "added_tokens": [],
}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of several texts one after the other; `lengths[i]` is how many text i has."""

    ids: Ints
    lengths: Ints


class LongestMatch:
    """Reads texts as the `tokenizers` WordPiece with this vocabulary and `RUNS` does."""

    def __init__(self, vocabulary: Mapping[str, int], unknown: str, longest_run: int) -> None:
        self._vocabulary = vocabulary
        self._unknown = vocabulary[unknown]
        self._longest_run = longest_run
        self._longest_word = max(map(len, vocabulary))
        self._is_han = _characters(HAN)
        lengths = np.fromiter(map(len, vocabulary), np.int64, len(vocabulary))
        numbers = np.fromiter(vocabulary.values(), np.int64, len(vocabulary))
        # A row of character codes each, filled up with zeros; what is longer than a run is cut off.
        spelled = np.array(list(vocabulary), f"U{LONGEST_HAN_RUN}").view(np.uint32)
        spelled = spelled.reshape(len(vocabulary), LONGEST_HAN_RUN)
        han = (self._is_han[_known(spelled)] | (spelled == 0)).all(axis=1)
        self._single = np.full(_LAST_CODE, _NOTHING, np.int64)
        alone = han & (lengths == 1)
        self._single[spelled[alone, 0]] = numbers[alone]
        words = han & (lengths > 1) & (lengths <= LONGEST_HAN_RUN)
        self._words = _Trie(spelled[words, : lengths[words].max(initial=1)], numbers[words])
        self._latin: dict[str, tuple[tuple[int, int], ...]] = {}

    @classmethod
    def of(cls, tokenizer: Mapping[str, Any]) -> LongestMatch | None:
        """From the content of a `tokenizer.json`; None where it is of another kind."""
        model = tokenizer.get("model") or {}
        if any(tokenizer.get(key) != value for key, value in _SHAPE.items()):
            return None
        if model.get("type") != "WordPiece" or model.get("continuing_subword_prefix") != "":
            return None
        return cls(model["vocab"], model["unk_token"], model["max_input_chars_per_word"])

    def encode(self, texts: Sequence[str]) -> Tokens:
        """The tokens of all texts."""
        normal = [unicodedata.normalize("NFKC", text).lower() for text in texts]
        joined = "\n".join(normal)
        codes = _codes(joined)
        starting = np.full(len(codes) + 1, _NOTHING, np.int64)
        self._cut_han(codes, starting)
        self._cut_latin(joined, starting)
        found = np.flatnonzero(starting != _NOTHING)
        lengths = np.fromiter((len(text) + 1 for text in normal), np.int64, len(normal))
        stops = np.searchsorted(found, np.cumsum(lengths))
        return Tokens(starting[found], np.diff(stops, prepend=0))

    def _cut_han(self, codes: Ints, starting: Ints) -> None:
        """Write the tokens of Chinese runs where they start."""
        starts, stops = _pieces(self._is_han[codes])
        ends = np.zeros(len(codes), np.int64)
        ends[starts] = stops
        tokens, lengths = self._words.longest(codes, np.maximum.accumulate(ends))
        alone = lengths == 0
        tokens[alone], lengths[alone] = self._single[codes[alone]], 1
        run, at = np.arange(len(starts)), starts
        lost: list[Ints] = []
        while len(at):
            starting[at] = tokens[at]
            lost.append(run[tokens[at] == _NOTHING])
            at = at + lengths[at]
            inside = at < stops[run]
            at, run = at[inside], run[inside]
        # A run with a character that has no token is one unknown token as a whole.
        for number in np.concatenate([*lost, np.zeros(0, np.int64)]):
            starting[starts[number] : stops[number]] = _NOTHING
            starting[starts[number]] = self._unknown

    def _cut_latin(self, joined: str, starting: Ints) -> None:
        for run in _LATIN_RUN.finditer(joined):
            for offset, token in self._latin_words(run[0]):
                starting[run.start() + offset] = token

    def _latin_words(self, run: str) -> tuple[tuple[int, int], ...]:
        """(offset, token) of the words of a run."""
        known = self._latin.get(run)
        if known is None:
            known = tuple(self._cut(run))
            if len(self._latin) < _REMEMBERED:
                self._latin[run] = known
        return known

    def _cut(self, run: str) -> Iterable[tuple[int, int]]:
        words: list[tuple[int, int]] = []
        at = 0
        while at < len(run):
            longest = range(min(self._longest_word, len(run) - at), 0, -1)
            length = next((n for n in longest if run[at : at + n] in self._vocabulary), 0)
            if not length or len(run) > self._longest_run:
                return [(0, self._unknown)]
            words.append((at, self._vocabulary[run[at : at + length]]))
            at += length
        return words


class _Trie:
    """Words of two characters and more, by the prefixes they share."""

    def __init__(self, words: NDArray[np.uint32], numbers: Ints) -> None:
        """Words as rows of characters, filled up with zeros, and their tokens."""
        grid = words.astype(np.int64)
        lengths = np.count_nonzero(grid, axis=1)
        letters = np.unique(grid)
        letters = letters[letters > 0]
        self._letter = np.zeros(_LAST_CODE, np.int64)  # 0: in no word
        self._letter[letters] = np.arange(1, len(letters) + 1)
        self._shift = len(letters).bit_length()
        self._deepest = grid.shape[1]
        state = self._letter[grid[:, 0]]
        keys, tokens = [], []
        count = len(letters)
        for depth in range(1, self._deepest):
            there = lengths > depth
            grid, lengths, numbers, state = (a[there] for a in (grid, lengths, numbers, state))
            steps = state << self._shift | self._letter[grid[:, depth]]
            new, which = np.unique(steps, return_inverse=True)
            token = np.full(len(new), _NOTHING, np.int64)
            ends = lengths == depth + 1
            token[which[ends]] = numbers[ends]
            state = count + 1 + which
            count += len(new)
            keys.append(new)
            tokens.append(token)
        # State s of two letters and more has the token `self._token[s]`, or none.
        self._token = np.concatenate([np.full(len(letters) + 1, _NOTHING, np.int64), *tokens])
        self._next = _Table(
            np.concatenate(keys) if keys else np.zeros(0, np.int64), len(letters) + 1
        )

    def longest(self, codes: Ints, ends: Ints) -> tuple[Ints, Ints]:
        """For each position the token and length of the longest word that ends by `ends`; length 0 for none."""
        letters = self._letter[codes]
        tokens = np.full(len(codes), _NOTHING, np.int64)
        lengths = np.zeros(len(codes), np.int64)
        at = np.flatnonzero((letters > 0) & (np.arange(1, len(codes) + 1) < ends))
        state = letters[at]
        for depth in range(1, self._deepest):
            state = self._next.find(state << self._shift | letters[at + depth])
            there = state > 0
            at, state = at[there], state[there]
            word = self._token[state]
            whole = word != _NOTHING
            tokens[at[whole]], lengths[at[whole]] = word[whole], depth + 1
            room = at + depth + 1 < ends[at]
            at, state = at[room], state[room]
        return tokens, lengths


class _Table:
    """Numbers of whole-number keys above 0, looked up many at a time; keys count from `first` in their order."""

    def __init__(self, keys: Ints, first: int) -> None:
        bits = max(
            len(keys) * 4, 2
        ).bit_length()  # at most a quarter full, so that few places collide
        self._shift = np.uint64(64 - bits)
        self._mask = (1 << bits) - 1
        self._keys = np.zeros(1 << bits, np.int64)
        self._values = np.zeros(1 << bits, np.int64)
        rest, values = keys, np.arange(first, first + len(keys))
        place = self._place(keys)
        while len(rest):
            _, chosen = np.unique(place, return_index=True)
            chosen = chosen[self._keys[place[chosen]] == 0]
            self._keys[place[chosen]], self._values[place[chosen]] = rest[chosen], values[chosen]
            left = np.ones(len(rest), np.bool_)
            left[chosen] = False
            rest, values, place = rest[left], values[left], place[left] + 1 & self._mask

    def find(self, keys: Ints) -> Ints:
        """The number of each key, 0 where it is not in the table."""
        place = self._place(keys)
        held = self._keys[place]
        values = np.where(held == keys, self._values[place], 0)
        on = np.flatnonzero((held != keys) & (held != 0))
        while len(on):
            place[on] = place[on] + 1 & self._mask
            held = self._keys[place[on]]
            right = held == keys[on]
            values[on[right]] = self._values[place[on[right]]]
            on = on[~right & (held != 0)]
        return values

    def _place(self, keys: Ints) -> Ints:
        return (keys.astype(np.uint64) * _SPREAD >> self._shift).astype(np.int64)


def _codes(text: str) -> Ints:
    """The code of each character, 0 for those beyond the ideographs."""
    return _known(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32))


def _known(codes: NDArray[np.uint32]) -> Ints:
    return np.where(codes < _LAST_CODE, codes, 0).astype(np.int64)


def _characters(ranges: str) -> NDArray[np.bool_]:
    """By code, whether a character belongs to the class, which is written as in a pattern."""
    known = np.zeros(_LAST_CODE, np.bool_)
    for part in re.findall(r".-.|.", ranges):
        known[ord(part[0]) : ord(part[-1]) + 1] = True
    return known


def _pieces(inside: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Where runs start and stop, cut at `LONGEST_HAN_RUN`."""
    edges = np.flatnonzero(np.diff(inside.astype(np.int8), prepend=0, append=0))
    starts, stops = edges[::2], edges[1::2]
    counts = -(-(stops - starts) // LONGEST_HAN_RUN)
    ordinal = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    begin = np.repeat(starts, counts) + ordinal * LONGEST_HAN_RUN
    return begin, np.minimum(begin + LONGEST_HAN_RUN, np.repeat(stops, counts))
