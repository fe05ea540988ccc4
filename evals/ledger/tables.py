"""Lists of issues as tables: a row for each issue, or one for each measure with the issue's cells merged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from evals.ledger.content import Bodies, Facts, bodies, facts
from evals.ledger.expected import Issue, Step
from evals.ledger.layouts import UNIT_ROLES, issue, values
from evals.ledger.marks import label

TITLE_HEADS = ("整改任务", "问题", "反馈问题", "存在问题", "整改事项", "突出问题")
NUMBER_HEADS = ("序号", "编号", "序号")
_COLUMNS = ("leader", *UNIT_ROLES, "target", "deadline", "status", "measures")


@dataclass(frozen=True, slots=True)
class Table:
    """Cells by row, the heading row first; `merged` are rows whose issue is that of the row above.

    A cell that is merged with the one above holds None. `sections` are rows that head those below them.
    """

    rows: tuple[tuple[str | None, ...], ...]
    issues: tuple[Issue, ...]


def table(chance: Random, signed: dt.date, *, merges: bool) -> Table:
    """A list of issues; with `merges` an issue may take several rows."""
    columns = [
        role for role in _COLUMNS if chance.random() < 0.75 or role in ("measures", "responsible")
    ]
    columns = ["number", "title", *chance.sample(columns, len(columns))]
    heads = [
        chance.choice(NUMBER_HEADS) if role == "number"
        else chance.choice(TITLE_HEADS) if role == "title" else label(chance, role)
        for role in columns
    ]  # fmt: skip
    rows: list[tuple[str | None, ...]] = [tuple(heads)]
    issues = []
    for index in range(1, chance.randint(3, 6)):
        stated = _only(facts(chance, signed), columns)
        if chance.random() < 0.12:
            rows.append((f"{'一二三四五'[index - 1]}、大气污染防治", *[""] * (len(columns) - 1)))
        own_rows, record = (_several_rows if merges and chance.random() < 0.4 else _one_row)(
            chance, stated, index, columns
        )
        rows += own_rows
        issues.append(record)
        if chance.random() < 0.06:
            rows.append(tuple(heads))  # The head of the next page.
    return Table(tuple(rows), tuple(issues))


def _only(stated: Facts, columns: Sequence[str]) -> Facts:
    """What of an issue the columns can hold; measures have no units of their own in a cell."""
    return Facts(
        title=stated.title,
        problem="",
        target=stated.target if "target" in columns else "",
        people=stated.people if "leader" in columns else None,
        units={role: one for role, one in stated.units.items() if role in columns},
        limit=stated.limit if "deadline" in columns else None,
        status=stated.status if "status" in columns else "",
        actions=stated.actions,
        done=stated.done if "deadline" in columns else "",
    )


def _one_row(
    chance: Random, stated: Facts, index: int, columns: Sequence[str]
) -> tuple[list[tuple[str | None, ...]], Issue]:
    cell, steps = _measures(chance, stated)
    said = {**values(stated), "number": str(index), "title": stated.title, "measures": cell}
    return [tuple(said.get(role, "") for role in columns)], issue(stated, str(index), steps)


def _measures(chance: Random, stated: Facts) -> tuple[str, list[Step]]:
    """The measures in one cell, numbered on lines of their own where there are several."""
    kind = chance.choice(("{}.", "（{}）", "{}、", "circled", "words"))
    lines, steps = [], []
    for position, one in enumerate(stated.actions, start=1):
        units = f"（{one.units.written}）" if one.units else ""
        mark, number = kind.format(position), str(position)
        if kind == "circled":
            mark = number = "①②③④⑤"[position - 1]
        elif kind == "words":
            mark = number = f"{'一二三四五'[position - 1]}是"
        if len(stated.actions) == 1:
            mark = number = ""
        lines.append(mark + (one.text.rstrip("。") + units + "。" if units else one.text))
        text = number + one.text if kind == "words" else one.text
        units_read = one.units.full if one.units else ()
        steps.append(Step(number, text, units_read, one.limits, one.progress))
    return "\n".join(lines), steps


def _several_rows(
    chance: Random, stated: Facts, index: int, columns: Sequence[str]
) -> tuple[list[tuple[str | None, ...]], Issue]:
    """A row for each measure, with units of its own; everything else is merged."""
    shares = _different(chance, len(stated.actions))
    said = {**values(stated), "number": str(index), "title": stated.title}
    rows: list[tuple[str | None, ...]] = []
    steps = []
    for position, (one, units) in enumerate(zip(stated.actions, shares, strict=True)):
        own = {"measures": one.text, "responsible": units.written}
        rows.append(tuple(
            own[role] if role in own else (said.get(role, "") if position == 0 else None)
            for role in columns
        ))  # fmt: skip
        own_units = units.full if len(shares) > 1 else ()
        steps.append(Step("", one.text, own_units, one.limits, one.progress))
    everybody = tuple(dict.fromkeys(name for units in shares for name in units.full))
    whole = replace(stated, units={**stated.units, "responsible": Bodies("", everybody)})
    return rows, issue(whole, str(index), steps)


def _different(chance: Random, count: int) -> list[Bodies]:
    found: list[Bodies] = []
    while len(found) < count:
        one = bodies(chance)
        if one not in found:
            found.append(one)
    return found


def piped(written: Table) -> Iterator[str]:
    """As a Markdown table; a merged cell is empty."""
    for index, row in enumerate(written.rows):
        yield "| " + " | ".join((cell or "").replace("\n", "<br>") for cell in row) + " |"
        if index == 0:
            yield "|" + "---|" * len(row)


def tabbed(written: Table) -> Iterator[str]:
    """As a spreadsheet pastes it."""
    for row in written.rows:
        yield "\t".join((cell or "").replace("\n", "") for cell in row)
