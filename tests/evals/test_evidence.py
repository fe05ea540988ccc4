"""Finding quotes in a text whatever its line breaks, and how much of them is covered."""

from __future__ import annotations

from evals.evidence import SearchableText, Stretch, covered_share, is_located
from evals.questions import Evidence

CORPUS = {"a.txt": SearchableText.of("甲乙 丙\n丁，甲乙丙丁。")}


def test_a_quote_is_found_across_whitespace_at_every_place() -> None:
    first, second = CORPUS["a.txt"].occurrences("甲乙\n丙丁")
    assert list(first) == [0, 1, 3, 5]
    assert list(second) == [7, 8, 9, 10]


def test_what_is_blank_or_absent_is_found_nowhere() -> None:
    assert CORPUS["a.txt"].occurrences(" \n") == []
    assert CORPUS["a.txt"].occurrences("戊") == []


def test_evidence_is_located_only_in_its_own_document() -> None:
    assert is_located(Evidence("a.txt", "乙丙"), CORPUS)
    assert not is_located(Evidence("b.txt", "乙丙"), CORPUS)
    assert not is_located(Evidence("a.txt", "丁甲"), CORPUS)


def test_the_union_of_stretches_counts_and_overlaps_count_once() -> None:
    evidence = Evidence("a.txt", "甲乙丙丁，")
    # Of the five characters at 0, 1, 3, 5 and 6 the stretches hold those at 0, 1 and 3.
    stretches = [Stretch("a.txt", 0, 2), Stretch("a.txt", 1, 5)]
    assert covered_share(evidence, stretches, CORPUS) == 3 / 5


def test_the_best_covered_occurrence_counts() -> None:
    stretches = [Stretch("a.txt", 0, 2), Stretch("a.txt", 7, 10)]
    assert covered_share(Evidence("a.txt", "甲乙丙丁"), stretches, CORPUS) == 3 / 4


def test_stretches_of_other_documents_cover_nothing() -> None:
    assert covered_share(Evidence("a.txt", "甲"), [Stretch("b.txt", 0, 9)], CORPUS) == 0
    assert covered_share(Evidence("b.txt", "甲"), [Stretch("b.txt", 0, 9)], CORPUS) == 0
