"""Field-level precision and recall: every value of every field counts once, found or not.

Issues are paired in their order such that as many values as possible agree, and so are the measures of a pair;
what has no partner is missing or surplus with all its values. White space, width and final marks do not count.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

from evals.ledger.expected import Issue, Limit, Step

FIELDS = (
    "number", "title", "problem", "leaders", "lead", "responsible", "cooperating", "acceptance", "target",
    "limit", "status", "step_number", "step_text", "step_units", "step_limits", "step_progress",
)  # fmt: skip
_FINAL_MARKS = "。；;，,.：:、"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many values were expected, how many were read, and how many of them are the same."""

    expected: int = 0
    read: int = 0
    same: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.expected + other.expected, self.read + other.read, self.same + other.same)

    @property
    def precision(self) -> float:
        """Of what was read, how much is right; 1 where nothing was read."""
        return self.same / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """Of what should be read, how much was; 1 where nothing should be."""
        return self.same / self.expected if self.expected else 1.0


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that was not read as it should be: missing where `read` is empty, surplus where `expected` is."""

    field: str
    expected: str
    read: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The tallies by field, and what differs."""

    tallies: dict[str, Tally]
    differences: tuple[Difference, ...]

    @property
    def overall(self) -> Tally:
        return sum(self.tallies.values(), Tally())


Values = dict[str, list[str]]
One = TypeVar("One", Issue, Step)


def compare(expected: Sequence[Issue], read: Sequence[Issue]) -> Comparison:
    """One document: what it says against what was read from it."""
    return _counted(
        pair
        for one, other in paired(expected, read, _issue_agreement)
        for pair in _pairs_of_values(one, other)
    )


def total(comparisons: Iterable[Comparison]) -> Comparison:
    """Several documents together."""
    tallies = {field: Tally() for field in FIELDS}
    differences: list[Difference] = []
    for one in comparisons:
        for field, tally in one.tallies.items():
            tallies[field] = tallies.get(field, Tally()) + tally
        differences += one.differences
    return Comparison(tallies, tuple(differences))


def paired(
    expected: Sequence[One], read: Sequence[One], agreement: Callable[[One, One], int]
) -> list[tuple[One | None, One | None]]:
    """The pairing in order with the greatest agreement; what agrees in nothing stays alone."""
    rows, columns = len(expected), len(read)
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    score = [[agreement(one, other) for other in read] for one in expected]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            both = best[i + 1][j + 1] + score[i][j] if score[i][j] else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    pairs: list[tuple[One | None, One | None]] = []
    i, j = 0, 0
    while i < rows and j < columns:
        if score[i][j] and best[i][j] == best[i + 1][j + 1] + score[i][j]:
            pairs.append((expected[i], read[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((expected[i], None))
            i += 1
        else:
            pairs.append((None, read[j]))
            j += 1
    pairs += [(one, None) for one in expected[i:]]
    pairs += [(None, one) for one in read[j:]]
    return pairs


def bare(value: str) -> str:
    """A value as it is compared."""
    return "".join(unicodedata.normalize("NFKC", value).split()).strip(_FINAL_MARKS).casefold()


def _issue_values(issue: Issue | None) -> Values:
    if issue is None:
        return {}
    found: Values = {}
    for field in fields(issue):
        value = getattr(issue, field.name)
        if field.name != "steps":
            found[field.name] = _written(value)
    return found


def _step_values(step: Step | None) -> Values:
    if step is None:
        return {}
    return {f"step_{field.name}": _written(getattr(step, field.name)) for field in fields(step)}


def _written(value: str | Limit | tuple[str | Limit, ...] | None) -> list[str]:
    """Each value of a field as one comparable string."""
    several = value if isinstance(value, tuple) else (value,)
    return [_limit(one) if isinstance(one, Limit) else bare(one) for one in several if one]


def _limit(limit: Limit) -> str:
    kinds = [
        kind
        for kind in ("ongoing", "undetermined", "immediate", "relative")
        if getattr(limit, kind)
    ]
    return "|".join((bare(limit.phrase), str(limit.latest or ""), limit.soft, *kinds))


def _issue_agreement(one: Issue, other: Issue) -> int:
    own = _agreement(_issue_values(one), _issue_values(other))
    steps = paired(one.steps, other.steps, _step_agreement)
    return own + sum(_step_agreement(a, b) for a, b in steps if a and b)


def _step_agreement(one: Step, other: Step) -> int:
    return _agreement(_step_values(one), _step_values(other))


def _agreement(one: Values, other: Values) -> int:
    return sum(_same(one[field], other.get(field, [])) for field in one)


def _same(one: Sequence[str], other: Sequence[str]) -> int:
    return sum((Counter(one) & Counter(other)).values())


def _pairs_of_values(one: Issue | None, other: Issue | None) -> Iterator[tuple[Values, Values]]:
    yield _issue_values(one), _issue_values(other)
    steps = paired(one.steps if one else (), other.steps if other else (), _step_agreement)
    for step, read in steps:
        yield _step_values(step), _step_values(read)


def _counted(pairs: Iterable[tuple[Values, Values]]) -> Comparison:
    tallies = {field: Tally() for field in FIELDS}
    differences: list[Difference] = []
    for expected, read in pairs:
        for field in {**expected, **read}:
            wanted, found = expected.get(field, []), read.get(field, [])
            tallies[field] += Tally(len(wanted), len(found), _same(wanted, found))
            missing = list((Counter(wanted) - Counter(found)).elements())
            surplus = list((Counter(found) - Counter(wanted)).elements())
            for index in range(max(len(missing), len(surplus))):
                differences.append(
                    Difference(
                        field, *("".join(side[index : index + 1]) for side in (missing, surplus))
                    )
                )
    return Comparison(tallies, tuple(differences))
