"""The metrics: pure functions from answers to numbers.

Every share is between 0 and 1 and is None where it would divide by zero: a share of nothing is unknown,
neither perfect nor worthless, and averages leave it out.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from evals.evidence import Corpus, Stretch, covered_share, touches
from evals.questions import Question

COVERED_SHARE = 0.5
"""An evidence quote counts as cited from this share of its visible characters on."""

_SHOWN_ALTERNATIVES = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an answer is correct; `reason` says what is wrong with it and is empty when nothing is."""

    correct: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RefusalScores:
    """How well refusing matches what is unanswerable. Counts first, shares derived from them."""

    refused_unanswerable: int
    refused_answerable: int
    unanswerable: int
    answerable: int

    @property
    def precision(self) -> float | None:
        """Share of the refusals that were right; None when nothing was refused."""
        return share(self.refused_unanswerable, self.refused_unanswerable + self.refused_answerable)

    @property
    def recall(self) -> float | None:
        """Share of the unanswerable questions that were refused; None when there are none."""
        return share(self.refused_unanswerable, self.unanswerable)

    @property
    def false_refusal_rate(self) -> float | None:
        """Share of the answerable questions that were refused; None when there are none."""
        return share(self.refused_answerable, self.answerable)


def normalise(text: str) -> str:
    """Fold width and case, drop whitespace and Markdown emphasis, so that only wording is compared."""
    return re.sub(r"[\s*`]+", "", unicodedata.normalize("NFKC", text).lower())


def judge_answer(question: Question, answer: str) -> Verdict:
    """Correct when one alternative of every `must` group and nothing of `must_not` occurs in the answer."""
    said = normalise(answer)
    missed = [
        alternatives
        for alternatives in question.must
        if not any(normalise(alternative) in said for alternative in alternatives)
    ]
    forbidden = [words for words in question.must_not if normalise(words) in said]
    reasons = [f"缺少“{_abridged(alternatives)}”" for alternatives in missed]
    reasons += [f"不应出现“{words}”" for words in forbidden]
    return Verdict(not reasons, "；".join(reasons))


def _abridged(alternatives: Sequence[str]) -> str:
    shown = " / ".join(alternatives[:_SHOWN_ALTERNATIVES])
    return shown if len(alternatives) <= _SHOWN_ALTERNATIVES else f"{shown} 等"


def is_verbatim(citation: Citation, corpus: Corpus) -> bool:
    """Whether the quote is exactly what the cited document has at the cited place."""
    text = corpus.get(citation.document)
    return (
        text is not None
        and 0 <= citation.start < citation.end
        and text.text[citation.start : citation.end] == citation.quote
    )


def citation_recall(
    question: Question, citations: Sequence[Citation], corpus: Corpus
) -> float | None:
    """The share of the evidence quotes that the answer cites; None for questions that need no evidence."""
    if not question.needs_evidence:
        return None
    cited = [Stretch(c.document, c.start, c.end) for c in citations]
    covered = sum(
        covered_share(evidence, cited, corpus) >= COVERED_SHARE for evidence in question.evidence
    )
    return covered / len(question.evidence)


def citation_relevance(
    question: Question, citations: Sequence[Citation], corpus: Corpus
) -> float | None:
    """The share of the citations that touch an evidence quote: what is left is surplus to the answer.

    None for questions that need no evidence and for answers that cite nothing. Recall alone would reward
    an answer that brings its neighbours along.
    """
    if not question.needs_evidence:
        return None
    relevant = sum(
        touches(Stretch(c.document, c.start, c.end), question.evidence, corpus) for c in citations
    )
    return share(relevant, len(citations))


def refusal_scores(outcomes: Iterable[tuple[bool, bool]]) -> RefusalScores:
    """Count `(answerable, refused)` pairs, one for each question."""
    pairs = list(outcomes)
    return RefusalScores(
        refused_unanswerable=pairs.count((False, True)),
        refused_answerable=pairs.count((True, True)),
        unanswerable=sum(not answerable for answerable, _ in pairs),
        answerable=sum(answerable for answerable, _ in pairs),
    )


def share(part: int, whole: int) -> float | None:
    """`part / whole`, None when there is no whole."""
    return part / whole if whole else None


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of the values that are known, None when none is."""
    known = [value for value in values if value is not None]
    return math.fsum(known) / len(known) if known else None


def nearest_rank(values: Iterable[float], portion: float) -> float | None:
    """The smallest value that at least `portion` (0-1) of the values do not exceed; None for no values."""
    ordered = sorted(values)
    return ordered[max(math.ceil(portion * len(ordered)), 1) - 1] if ordered else None


def wilson_interval(successes: int, trials: int) -> tuple[float, float] | None:
    """The 95 % interval of a share; None without trials.

    Source: Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference,
    JASA 22. Unlike the textbook interval it stays within 0-1 and has a width at 0 and 1.
    """
    if trials == 0:
        return None
    z = 1.959963984540054
    observed, spread = successes / trials, z * z / trials
    centre = observed + spread / 2
    margin = math.sqrt(spread * (observed * (1 - observed) + spread / 4))
    low, high = (centre - margin) / (1 + spread), (centre + margin) / (1 + spread)
    return max(low, 0.0), min(high, 1.0)
