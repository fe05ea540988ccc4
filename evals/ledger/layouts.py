"""How an office writes a list of issues or a plan down as text; each function gives lines with what they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from evals.ledger.content import Action, Bodies, Facts, action, bodies, facts, title
from evals.ledger.expected import Issue, Limit, Step
from evals.ledger.marks import (
    INNERMOST,
    LABELS,
    OUTERMOST,
    Numbering,
    label,
    numbering,
    unnumbered,
)
from evals.ledger.phrases import labelled_limit

UNIT_ROLES = ("lead", "responsible", "cooperating", "acceptance")
FIELDS = ("leader", *UNIT_ROLES, "target", "deadline", "status")


@dataclass(frozen=True, slots=True)
class Written:
    """Lines of a list with the issues they state; `breakable` tells that lines may be broken anywhere."""

    lines: tuple[str, ...]
    issues: tuple[Issue, ...]
    breakable: bool = True


def values(stated: Facts) -> dict[str, str]:
    """The fields of an issue that are filled in, by role, as they stand behind a label."""
    said = {
        "leader": stated.people.written if stated.people else "",
        **{role: units.written for role, units in stated.units.items()},
        "target": f"{stated.target}。" if stated.target else "",
        "deadline": stated.limit.phrase if stated.limit else stated.done,
        "status": f"{stated.status}。" if stated.status else "",
    }
    return {role: value for role, value in said.items() if value}


def issue(stated: Facts, number: str, steps: Sequence[Step]) -> Issue:
    """The record of an issue whose fields all stand in the text."""
    return Issue(
        number=number,
        title=stated.title,
        problem=stated.problem,
        leaders=stated.people.names if stated.people else (),
        **{role: stated.units[role].full for role in UNIT_ROLES if role in stated.units},
        target=stated.target,
        limit=stated.limit,
        status=stated.status or stated.done,
        steps=tuple(steps),
    )


# --- measures -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Closing:
    """The words behind a measure, and the limit they state beside its units."""

    written: str
    limit: Limit | None = None


_LINE_FORM = 7


def closing(
    chance: Random, units: Bodies | None, signed: dt.date, form: int, *, yearless: bool
) -> Closing:
    """Units behind a measure: in a bracket with or without a label, or in a line or sentence of their own."""
    if units is None:
        return Closing("")
    named = label(chance, "responsible")
    if form == 0:
        limit = labelled_limit(chance, signed, yearless=yearless)
        mark = chance.choice(("；", "，"))
        return Closing(
            f"（{named}：{units.written}{mark}{label(chance, 'deadline')}：{limit.phrase}）", limit
        )
    return Closing(
        (
            f"（{named}：{units.written}）",
            f"（{named}：{units.written}）",
            f"（{units.written}）",
            f"（{units.written}负责）",
            f"（由{units.written}负责落实）",
            f"{named}：{units.written}。",
            f"\n{named}：{units.written}",
        )[form - 1]
    )


def step(done: Action, number: str, said: Closing, lead: str = "") -> Step:
    limits = (*done.limits, said.limit) if said.limit else done.limits
    units = done.units.full if done.units else ()
    return Step(number, lead + done.text, units, limits, done.progress)


def measured(
    chance: Random, stated: Facts, inner: Numbering, signed: dt.date, *, last: bool = True
) -> tuple[list[str], list[Step]]:
    """The lines below 整改措施 and the measures they are: numbered paragraphs, points in a line, or one text."""
    name = label(chance, "measures")
    # Nobody could tell a line behind a single measure, or before further fields, from the issue's own.
    lines_of_their_own = last and sum(one.units is not None for one in stated.actions) > 1
    form = chance.randint(0, _LINE_FORM if lines_of_their_own else _LINE_FORM - 1)
    closings = [
        closing(chance, one.units, signed, form, yearless=stated.yearless) for one in stated.actions
    ]
    lines = [
        f"{one.text}{said.written}" for one, said in zip(stated.actions, closings, strict=True)
    ]
    if len(lines) == 1 and chance.random() < 0.5:
        return [f"{name}：{lines[0]}"], [step(stated.actions[0], "", closings[0])]
    if len(lines) > 1 and chance.random() < 0.25:
        return _in_one_line(chance, name, stated.actions)
    marks = [inner(index) for index in range(1, len(lines) + 1)]
    steps = [
        step(one, number, said)
        for one, (_, number), said in zip(stated.actions, marks, closings, strict=True)
    ]
    return [
        f"{name}：",
        *(mark + line for (mark, _), line in zip(marks, lines, strict=True)),
    ], steps


def _in_one_line(
    chance: Random, name: str, actions: Sequence[Action]
) -> tuple[list[str], list[Step]]:
    """一是…。二是…。 and ①…②…, whose points have no units of their own."""
    kind = chance.choice(("words", "circled", "brackets"))
    written, steps = "", []
    for index, one in enumerate(actions, start=1):
        word = f"{'一二三四五六'[index - 1]}是"
        mark = {"words": word, "circled": "①②③④⑤⑥"[index - 1], "brackets": f"（{index}）"}[kind]
        units = f"（{one.units.written}）" if one.units else ""
        written += f"{mark}{one.text}" if not units else f"{mark}{one.text.rstrip('。')}{units}。"
        number = {"words": word, "circled": mark, "brackets": str(index)}[kind]
        steps.append(
            Step(
                number,
                (word if kind == "words" else "") + one.text,
                one.units.full if one.units else (),
                one.limits,
                one.progress,
            )
        )
    return [f"{name}：{written}"], steps


# --- lists of issues with fields ------------------------------------------------------------------


def _heading(chance: Random) -> tuple[Numbering, int]:
    """How the issues of a list are headed, and the depth of that mark."""
    if chance.random() < 0.08:
        return unnumbered(chance.choice(("### ", "## "))), OUTERMOST + 1
    depth = chance.choice((0, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5))
    return numbering(chance, depth), depth


def label_lines(chance: Random, signed: dt.date) -> Written:
    """A field on each line, in an order that the whole list keeps, the measures somewhere between them."""
    outer, depth = _heading(chance)
    inner = numbering(chance, chance.randint(max(depth + 1, 2), INNERMOST))
    order = chance.sample(FIELDS, len(FIELDS))
    behind = chance.randint(0, len(order)) if chance.random() < 0.4 else len(order)
    names = {role: label(chance, role) for role in LABELS}
    decorated = chance.choice((
        "{}：",
        "{}：",
        "{}：",
        "{}：",
        "{}: ",
        "【{}】",
        "**{}**：",
        "【{}】：",
        "- {}：",
        "● {}：",
    ))
    lines, issues = [], []
    for index in range(1, chance.randint(2, 5)):
        stated = facts(chance, signed)
        mark, number = outer(index)
        lines.append(mark + stated.title)
        if stated.problem:
            label_first = decorated.format(names["problem"]) if chance.random() < 0.4 else ""
            lines.append(label_first + stated.problem)
        said = values(stated)
        fields = [decorated.format(names[role]) + said[role] for role in order if role in said]
        stop = min(behind, len(fields))
        todo, steps = measured(chance, stated, inner, signed, last=stop == len(fields))
        lines += [*fields[:stop], *todo, *fields[stop:]]
        issues.append(issue(stated, number, steps))
    return Written(tuple(lines), tuple(issues), "#" not in lines[0])


def fields_in_a_row(chance: Random, signed: dt.date) -> Written:
    """The fields one behind the other in a line: 牵头单位：甲；责任单位：乙；整改时限：…"""
    outer, depth = _heading(chance)
    inner = numbering(chance, chance.randint(max(depth + 1, 2), INNERMOST))
    between = chance.choice(("；", "。", "\u3000\u3000", "；"))
    order = chance.sample(FIELDS, len(FIELDS))
    lines, issues = [], []
    for index in range(1, chance.randint(2, 5)):
        stated = facts(chance, signed)
        mark, number = outer(index)
        said = values(stated)
        row = [
            f"{label(chance, role)}：{said[role].rstrip('。')}" for role in order if role in said
        ]
        todo, steps = measured(chance, stated, inner, signed)
        lines.append(mark + stated.title)
        if stated.problem:
            lines.append(f"{label(chance, 'problem')}：{stated.problem}")
        lines += (
            [between.join(row) + "。", *todo]
            if len(row) > 1 or chance.random() < 0.5
            else [*row, *todo]
        )
        issues.append(issue(stated, number, steps))
    return Written(tuple(lines), tuple(issues), "#" not in lines[0])


def headed_fields(chance: Random, signed: dt.date) -> Written:
    """Fields as headings with the text below them: （一）整改目标 …"""
    outer, heads = numbering(chance, 1), numbering(chance, 2)
    inner = numbering(chance, chance.choice((4, 5)))
    names = {role: label(chance, role) for role in LABELS}
    lines, issues = [], []
    for index in range(1, chance.randint(3, 4)):
        stated = facts(chance, signed)
        mark, number = outer(index)
        lines.append(mark + stated.title)
        said = values(stated)
        if stated.problem:
            said["problem"] = stated.problem
        todo, steps = measured(chance, stated, inner, signed)
        lines += (
            []
            if "problem" not in said
            else [f"{heads(1)[0]}{names['problem']}", said.pop("problem")]
        )
        position = 2 if stated.problem else 1
        for role in [
            role for role in ("target", *UNIT_ROLES, "leader", "deadline", "status") if role in said
        ]:
            lines += [f"{heads(position)[0]}{names[role]}", said[role]]
            position += 1
        first = todo[0].partition("：")[2]
        lines += [
            f"{heads(position)[0]}{names['measures']}",
            *([first] if first else []),
            *todo[1:],
        ]
        issues.append(issue(stated, number, steps))
    return Written(tuple(lines), tuple(issues), "#" not in lines[0])


# --- plans whose items close with a bracket -------------------------------------------------------


def _ending(
    chance: Random, signed: dt.date, *, yearless: bool
) -> tuple[str, dict[str, Bodies], Limit | None]:
    """What an item ends with, the units in it by role, and a limit that it states for the item."""
    one, two = bodies(chance), bodies(chance)
    lead, doing, helping, by = (
        label(chance, role) for role in ("lead", "responsible", "cooperating", "deadline")
    )
    form = chance.randint(0, 8)
    if form == 0:
        limit = labelled_limit(chance, signed, yearless=yearless)
        return f"（{doing}：{one.written}；{by}：{limit.phrase}）", {"responsible": one}, limit
    if form == 1:
        limit = labelled_limit(chance, signed, yearless=yearless)
        written = f"\n{lead}：{one.written}\n{doing}：{two.written}\n{by}：{limit.phrase}"
        return written, {"lead": one, "responsible": two}, limit
    return (
        (f"（{one.written}）", {"responsible": one}, None),
        (f"（{one.written}牵头，{two.written}配合）", {"lead": one, "cooperating": two}, None),
        (f"（{lead}：{one.written}；{helping}：{two.written}）", {"lead": one, "cooperating": two}, None),
        (f"（{lead}：{one.written}，{doing}：{two.written}）", {"lead": one, "responsible": two}, None),
        (f"\n{doing}：{one.written}", {"responsible": one}, None),
        (f"\n{lead}：{one.written}\n{helping}：{two.written}", {"lead": one, "cooperating": two}, None),
        (f"（{one.written}按职责分工负责）", {"responsible": one}, None),
    )[form - 2]  # fmt: skip


def work_plan(chance: Random, signed: dt.date) -> Written:
    """Items below 重点任务, numbered on through the plan or from one in each section."""
    part, section_of, item = numbering(chance, 1), numbering(chance, 2), numbering(chance, 4)
    goal, duty = (
        chance.choice(("总体目标", "工作目标", "总体要求")),
        chance.choice(("重点任务", "主要任务", "工作措施")),
    )
    lines = [f"{part(1)[0]}{goal}", "持续改善全县生态环境质量。", f"{part(2)[0]}{duty}"]
    restarts = chance.random() < 0.5
    issues = []
    section = number = 0
    for _ in range(chance.randint(2, 6)):
        if section == 0 or chance.random() < 0.4:
            section += 1
            number = 0 if restarts else number
            lines.append(
                section_of(section)[0]
                + chance.choice(("深入打好蓝天保卫战", "治水", "推进净土行动", "强化保障"))
            )
        number += 1
        mark, shown = item(number)
        heading = title(chance)
        yearless = chance.random() < 0.3
        done = action(
            chance, signed, with_units=False, with_limit=chance.random() < 0.4, yearless=yearless
        )
        written, units, limit = _ending(chance, signed, yearless=yearless)
        lines += f"{mark}{heading}。{done.text}{written}".split("\n")
        named = tuple(
            dict.fromkeys(name for role in UNIT_ROLES if role in units for name in units[role].full)
        )
        # With lead, responsible or limit on lines of their own it is an issue, whose units are not its measure's.
        if (
            written.startswith("\n")
            and len({"lead", "responsible"} & units.keys()) + bool(limit) > 1
        ):
            named = ()
        limits = (*done.limits, limit) if limit and named else done.limits
        by_role = {role: one.full for role, one in units.items()}
        issues.append(
            Issue(
                shown,
                heading,
                lead=by_role.get("lead", ()),
                responsible=by_role.get("responsible", ()),
                cooperating=by_role.get("cooperating", ()),
                limit=limit,
                steps=(Step("", done.text, named, limits, done.progress),),
            )
        )
    lines += [f"{part(3)[0]}保障措施", "加强组织领导，压实工作责任。"]
    return Written(tuple(lines), tuple(issues), "#" not in lines[0])


TEXT_LAYOUTS = (
    label_lines,
    label_lines,
    label_lines,
    fields_in_a_row,
    headed_fields,
    work_plan,
    work_plan,
)
