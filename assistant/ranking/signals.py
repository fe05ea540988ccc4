"""How well sentences fit a question, in numbers."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.library import Library
from assistant.query import Field
from assistant.ranking.asked import Asked
from assistant.ranking.figures import says_all
from assistant.ranking.shapes import Group, Key, Shape, Shapes

# A stretch shared with the question counts up to this length.
_LONGEST_STRETCH = 10
# Signals that a sentence is of the kind asked for, whatever it speaks of.
OF_KIND = frozenset(("attribute", "kind", "number", "amount", "who_body", "who_field"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that a search found: its similarity to the whole question, and the parts of it.

    `similarity` joins words and vectors, of the question, its synonyms and its context; `lexical` and `dense`
    are those of the question alone, `context` that of what an elliptical question goes back to.
    """

    key: Key
    similarity: float
    lexical: float
    dense: float
    context: float


def measured(
    asked: Asked, candidates: Sequence[Candidate], shapes: Shapes, library: Library
) -> tuple[dict[str, float], ...]:
    """The signals of each candidate by name. Those of similarity are relative to the best of the candidates."""
    best = {
        name: max((getattr(one, name) for one in candidates), default=0.0) or 1.0
        for name in ("similarity", "lexical", "dense", "context")
    }
    around: defaultdict[Group, list[float]] = defaultdict(list)
    everything = sum(one.similarity for one in candidates) or 1.0
    for one in candidates:
        around[one.key[0], shapes.of(one.key).around].append(one.similarity)
    of_group = {
        group: {
            "best_around": max(similarities) / best["similarity"],
            "share_around": sum(similarities) / everything,
            "said_around": _weight(asked, shapes.around(group)),
            "near": float(asked.near == group),
            "focus": float(asked.focus == group),
        }
        for group, similarities in around.items()
    }
    of_question = _question(asked)
    in_heading: dict[str, int] = {}  # sentences of a section share their headings
    said = []
    for one in candidates:
        shape = shapes.of(one.key)
        if shape.headings not in in_heading:
            in_heading[shape.headings] = _longest_shared(asked.runs, shape.headings)
        said.append({
            "similarity": one.similarity / best["similarity"],
            "lexical": one.lexical / best["lexical"],
            "dense": one.dense / best["dense"],
            "context": one.context / best["context"],
            **of_group[one.key[0], shape.around],
            "told": len(shape.pairs & asked.told) / (len(shape.pairs) or 1),
            **_wording(asked, shape),
            "stretch_in_heading": in_heading[shape.headings] / _LONGEST_STRETCH,
            **_form(shape),
            **_fit(asked, shape),
            "figure": float(_states_figure(asked, one.key, library)),
            **of_question,
        })
    return tuple(said)


def _weight(asked: Asked, pairs: frozenset[str]) -> float:
    """How much of the question some pairs of characters hold; exact, so that no order of adding shows."""
    return math.fsum(asked.weights[pair] for pair in pairs.intersection(asked.weights))


def _wording(asked: Asked, shape: Shape) -> dict[str, float]:
    """What of the question's words the sentence, or it with its headings, has."""
    headed = shape.text + shape.headings
    return {
        "said": _weight(asked, shape.headed_pairs),
        "said_as_asked": len(asked.pairs & shape.pairs) / (len(asked.pairs) or 1),
        "said_of_sentence": len(shape.pairs.intersection(asked.weights)) / (len(shape.pairs) or 1),
        "stretch": _longest_shared(asked.runs, shape.text) / _LONGEST_STRETCH,
        "nouns": _share(word in headed for word in asked.words),
        "characters": len(asked.characters & shape.characters) / (len(asked.characters) or 1),
        "numbers": _share(number in shape.text for number in asked.numbers),
    }


def _form(shape: Shape) -> dict[str, float]:
    """What kind of sentence it is, whatever is asked."""
    return {
        "length": shape.length,
        "formality": float(shape.is_formality),
        "heading": float(shape.is_heading),
        "annex": float(shape.is_annex),
        "problem": float(shape.is_problem),
        "measure": float(shape.is_measure),
        "target": float(shape.role == "target"),
        "status": float(shape.role == "status"),
        "deadline": float(shape.role == "deadline"),
        "duty": float(shape.is_duty),
        "plain": float(shape.is_plain),
        "table_head": float(shape.is_table_head),
        "table_row": float(shape.is_table_row),
    }


def _fit(asked: Asked, shape: Shape) -> dict[str, float]:
    """Whether the sentence is of the kind that the question asks for."""
    when, how = asked.asks(Field.DEADLINE), asked.asks_how
    amount = asked.states_amount
    return {
        "attribute": float(any(one.shows.search(shape.text) for one in asked.attributes)),
        "kind": float(bool(asked.kind) and asked.kind in shape.text),
        "window": float(asked.mentions_window(shape)),
        "when_date": float(when and shape.has_date),
        "when_limit": float(when and shape.has_limit),
        "when_none": float(when and not shape.has_date),
        "when_field": float(when and shape.role == "deadline"),
        "when_open": float(asked.query.undetermined and shape.has_open_limit),
        "number": float(asked.asks_number and shape.has_digit),
        "number_none": float(asked.asks_number and not shape.has_digit),
        "amount": float(amount is not None and amount(shape.text)),
        "amount_none": float(amount is not None and not amount(shape.text)),
        "who_body": float(asked.asks_duty and shape.has_body),
        "who_none": float(asked.asks_duty and not shape.has_body),
        "who_field": float(asked.asks_duty and shape.is_duty),
        "measures": float(asked.asks(Field.MEASURES) and shape.is_measure),
        "measures_problem": float(asked.asks(Field.MEASURES) and shape.is_problem),
        "how": float(how and shape.is_measure),
        "how_target": float(how and shape.role == "target"),
        "goal": float(asked.asks(Field.TARGET) and shape.role == "target"),
        "goal_status": float(asked.asks(Field.TARGET) and shape.role == "status"),
        "outcome": float(asked.asks(Field.STATUS) and shape.role == "status"),
        "outcome_problem": float(asked.asks(Field.STATUS) and shape.is_problem),
        "problem_asked": float(asked.asks(Field.PROBLEM) and shape.is_problem),
        "person": float(asked.asks(Field.LEADER) and shape.has_person),
        "person_none": float(asked.asks(Field.LEADER) and not shape.has_person),
        "year": float(bool(asked.years & shape.years)),
        "year_other": float(bool(asked.years and shape.years) and not asked.years & shape.years),
        "often": float(asked.asks_how_often and shape.has_frequency),
    }


def _question(asked: Asked) -> dict[str, float]:
    """What kind of question it is: the same for all sentences, it bears on what other signals are worth."""
    return {
        "asks_number": float(asked.asks_number),
        "asks_when": float(asked.asks(Field.DEADLINE)),
        "asks_duty": float(asked.asks_duty),
        "asks_how": float(asked.asks_how),
        "asks_measures": float(asked.asks(Field.MEASURES)),
        "asks_target": float(asked.asks(Field.TARGET)),
        "asks_status": float(asked.asks(Field.STATUS)),
        "asks_leader": float(asked.asks(Field.LEADER)),
        "confirms": float(asked.query.asks_confirmation),
        "goes_back": float(bool(asked.query.context)),
    }


def _states_figure(asked: Asked, key: Key, library: Library) -> bool:
    """Whether a sentence has a figure by the name that the question calls it, where one is asked for."""
    if not (asked.asks_number or asked.asks(Field.TARGET)):
        return False
    path, start, end = key
    return any(
        start <= indicator.span.start
        and indicator.span.end <= end
        and says_all(indicator, asked.query)
        for indicator in library.indicators(path)
    )


def _longest_shared(runs: tuple[str, ...], text: str) -> int:
    """The length of the longest stretch of any run that stands in a text, `_LONGEST_STRETCH` at most."""
    best = 0
    for run in runs:
        # A stretch that grows by its end, or moves on by one character.
        for end in range(best + 1, len(run) + 1):
            if run[end - best - 1 : end] in text:
                best += 1
                if best == _LONGEST_STRETCH:
                    return best
    return best


def _share(hits: Iterable[bool]) -> float:
    counted = list(hits)
    return sum(counted) / len(counted) if counted else 0.0
