"""The vocabulary of figures (`[indicators]` of ingest/vocabulary/deadlines.toml) as patterns over folded text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.vocabulary import any_of, load_vocabulary

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?)(?:[-—–~]\d+(?:\.\d+)?)?"
_KINDS = (("≤", "at_most"), ("≥", "at_least"), ("≈", "about"))


@dataclass(frozen=True, slots=True)
class Patterns:
    """`before` and `after` are the limiting words on the two sides of a figure, `lead` and `trail` what
    does not belong to a name at its two ends; `symbols` gives ≤, ≥ or ≈ for the words of `bounding`."""

    figure: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    lead: re.Pattern[str]
    trail: re.Pattern[str]
    verbs_at_end: re.Pattern[str]
    only_verbs: re.Pattern[str]
    not_noun: re.Pattern[str]
    noun_end: re.Pattern[str]
    scope: re.Pattern[str]
    generic: re.Pattern[str]
    dimensionless: re.Pattern[str]
    launching: re.Pattern[str]
    bounding: re.Pattern[str]
    together: re.Pattern[str]
    counting_units: frozenset[str]
    symbols: dict[str, str]


@cache
def indicator_patterns() -> Patterns:
    """Compile the vocabulary once, on first use."""
    words = load_vocabulary("deadlines")["indicators"]
    symbols = {
        word: symbol
        for symbol, kind in _KINDS
        for word in (*words[kind], *words.get(f"{kind}_after", ()))
    }
    units = rf"[百千万亿]*(?:{any_of(words['measuring_units'])}|{any_of(words['counting_units'])}(?!百分))"
    figure = (
        rf"(?<![A-Za-z\d.第+/-])(?:(?P<value>{_NUMBER})(?P<more>余|多)?(?P<unit>{units})?"
        r"|(?<![个”\"])百分之(?P<spelt>[一二三四五六七八九十百零]{1,5}))"
    )
    baseline = r"(?:较|比|与)(?:\d{4}年|上年|去年|上年同期|去年同期)(?:同期)?(?:相比)?"
    filler = (
        rf"(?:{any_of(words['fillers'])}|{baseline}|由(?:\d{{4}}年(?:底|末)?的?)?{_NUMBER}{units})"
    )
    verbs = any_of(words["verbs"])
    patterns = {
        "figure": figure,
        "before": rf"(?:{filler}|{any_of(words['comparators'])})+$",
        "after": any_of([*words["at_most_after"], *words["at_least_after"], *words["about_after"]]),
        "lead": rf"(?:{any_of(words['leading'])}|[^,]{{0,8}}?(?:共有|现有)|[^,、]{{0,6}}?以来|[一二三四五六七八九十]{{1,2}}是|\(?[一二三四五六七八九十\d]{{1,2}}\)|[、“”‘’\ufffc)])+",
        "trail": r"(?:的|了|等|共|将|均|已|数为|[、“‘\ufffc(])+$",
        "verbs_at_end": rf"(?:{verbs}(?:或|和|并|、|了|共)?)+$",
        "only_verbs": rf"(?:{verbs}|已|共|了|或|和|并|、)*",
        "not_noun": rf"[,;:。、!?|)）”’]|{any_of(words['not_nouns'])}|$",
        "noun_end": rf"[,;:。、!?|“\ufffc]|(?<=.)(?:{any_of(words['noun_ends'])}|[及以](?!以?[上下]))|\d",
        "scope": any_of(words["scopes"]),
        "generic": any_of(words["generic"]),
        "dimensionless": rf"{any_of(words['dimensionless'])}$",
        "launching": any_of(words["launching"]),
        # The longest word wins: 不超过 is not 超过.
        "bounding": any_of(symbols),
        "together": rf"(?P<names>[^,;:。!?|]{{1,80}}?)分别(?P<before>[^,;:。!?|\d]{{0,8}})"
        rf"(?P<values>{_NUMBER}(?:{units})?(?:[、和及与]{_NUMBER}(?:{units})?)+)",
    }
    return Patterns(
        counting_units=frozenset(words["counting_units"]),
        symbols=symbols,
        **{name: re.compile(pattern) for name, pattern in patterns.items()},
    )
