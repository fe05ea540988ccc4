"""A name that no document has, first where a question puts what it is about: 枫渚哪些任务逾期了, 李村的污水站谁管."""

from __future__ import annotations

import re

from assistant.library import Library
from assistant.query import Query
from assistant.synonyms import says
from assistant.understanding.known_names import begins_no_name, is_known
from assistant.understanding.names_within import name_within
from assistant.vocabulary import wording
from assistant.words import cut, frequency, tagged

_BREAKS = re.compile(r"[,，。;；:：?？!！\s]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# 老旧柴油车淘汰多少辆，枫渚: a name behind the question, with a particle at most.
_LONGEST_BEHIND = 4
# 那枫渚呢
_LONGEST_ELLIPSIS = 6
_NAME = 2
_LONGEST_NAME = 4
# What the dictionary has as a person, a place or an institution.
_NAMED = ("nr", "ns", "nt")
# A commoner word that it has so is none: 立马, 普通.
_COMMON, _COMMON_NOUN = 1000, 300
_NO_NAME = re.compile("[里局办委]$|[和跟与]")


def unknown_name(query: Query, library: Library) -> str:
    """The name at the beginning of a question, behind it or within it that no document has; empty where there is none.

    A question that names a document's place is about that. What is called by characters of a longer name (沧银 for
    沧州银行) or mistyped by one character is known.
    """
    if query.named:
        return ""
    text = library.folded()
    first, *others = [one for one in _BREAKS.split(query.text) if one] or [""]
    if query.refers_back and len(first) > _LONGEST_ELLIPSIS:
        clauses = []  # what goes on begins with a verb as often as with a name: 刨去合办的有几条
    else:
        clauses = [first, *(one for one in others if len(one) <= _LONGEST_BEHIND)]
    runs = [run for clause in clauses if (run := _run(clause))]
    found = (_unheard_of(run, text) or _named(run, text) for run in runs)
    beginning, within = next(filter(None, found), ""), name_within(query.text, text)
    return within if within.startswith(beginning) else beginning


def _run(clause: str) -> str:
    """The Chinese characters that a clause begins with, behind what only leads up to them."""
    opening = wording("unknown_names", "opening").match(clause)
    run = _CHINESE.match(clause, opening.end() if opening else 0)
    return run.group() if run and len(run.group()) >= _NAME else ""


def _unheard_of(run: str, text: str) -> str:
    """The name that a run begins with whose characters make no word of the dictionary or of the documents."""
    name = run[:_NAME]
    if any(map(begins_no_name, name)) or frequency(name) or name in text:
        return ""
    # Where the dictionary knows a word, the segmenter does not fall back to single characters.
    words = cut(run, guess=False)
    if any(len(word) > 1 for word in words[:_NAME]) or is_known(name, run, text):
        return ""
    guessed = cut(run)[0]
    return guessed if _NAME <= len(guessed) <= _LONGEST_NAME else name


def _named(run: str, text: str) -> str:
    """The name that a run begins with by the dictionary, or by what it says the name is of: 李村, 大黄堡湿地."""
    own = wording("unknown_names", "own").match(run)
    if own is not None and _may_be_a_name(own["name"], text):
        return "" if is_known(own["name"], own.group(), text) else own.group()
    word, flag = tagged(run)[0]
    if not _NAME <= len(word) <= _LONGEST_NAME or begins_no_name(word[0]) or says(word, text):
        return ""
    ways = (wording("unknown_names", way) for way in ("kinds_further", "kinds_of_nouns", "kinds"))
    kind = next((found for way in ways if (found := way.match(run, len(word)))), None)
    by_kind = kind is not None and flag[0] == "n" and frequency(word) < _COMMON_NOUN
    by_itself = flag in _NAMED and frequency(word) < _COMMON and not _NO_NAME.search(word)
    if not (by_kind or by_itself) or is_known(word, word, text):
        return ""
    return word + (kind.group() if kind else "")


def _may_be_a_name(word: str, text: str) -> bool:
    """Whether a word that the documents do not have is neither common nor has a character that no name begins with."""
    is_rare = frequency(word) < _COMMON_NOUN and not says(word, text)
    return is_rare and not any(map(begins_no_name, word))
