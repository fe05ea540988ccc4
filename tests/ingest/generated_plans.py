"""Hypothesis strategies for small plans whose contents are known, written in many styles.

A plan is drawn in two steps: what it says (`Facts`), and how an office would write that down (numbering,
width of the punctuation, synonyms and order of labels, indents, blank lines, page chrome).
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from ingest.numerals import to_chinese
from ingest.vocabulary import load_vocabulary

LABELS = load_vocabulary("labels")
PLACES = ("白河", "丁香", "石桥", "青云", "南塘")
BODIES = (
    "水务局",
    "住建局",
    "生态环境局",
    "城管局",
    "工业和信息化局",
    "公安局交警大队",
    "供销社联合会",
)
SURNAMES, GIVEN = "王李欧赵钱", ("建国", "志远", "红", "玉兰", "晓")
CHROME = ("|", "分享到：", "- 扫一扫在手机打开当前页", "© 某某网站 云ICP备2026000001号")
INDENTS = ("", "    ", "\u3000\u3000", "\u00a0", "\u2003 ")


@dataclass(frozen=True)
class Bodies:
    """A list of units as written and the full names it means."""

    written: str
    full: tuple[str, ...]


@dataclass(frozen=True)
class Limit:
    written: str
    latest: dt.date | None


@dataclass(frozen=True)
class Step:
    """A measure: its text without bracket, its own units and limit."""

    text: str
    units: Bodies | None
    limit: Limit | None


@dataclass(frozen=True)
class Facts:
    """What one task says."""

    title: str
    target: str
    leaders: tuple[str, ...]
    units: dict[str, Bodies]
    limit: Limit
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Plan:
    text: str
    facts: tuple[Facts, ...]
    numbers: tuple[str, ...]
    step_numbers: tuple[str, ...]


# --- what is said --------------------------------------------------------------------------------


@st.composite
def bodies(draw: st.DrawFn) -> Bodies:
    written, full = [], []
    for kind in draw(
        st.lists(
            st.sampled_from(("one", "shared", "group", "former")),
            min_size=1,
            max_size=3,
            unique=True,
        )
    ):
        if kind == "one":
            chosen = draw(st.lists(st.sampled_from(BODIES), min_size=1, max_size=3, unique=True))
            full += [f"县{body}" for body in chosen]
            written.append("、".join(f"县{body}" for body in chosen))
        elif kind == "shared":
            places = draw(st.lists(st.sampled_from(PLACES), min_size=2, max_size=3, unique=True))
            full += [f"{place}镇人民政府" for place in places]
            written.append("、".join(f"{place}镇" for place in places) + "人民政府")
        elif kind == "group":
            full.append("各镇人民政府、街道办事处")
            written.append("各镇人民政府、街道办事处")
        else:
            full.append("临港园区管委会")
            written.append("临港园区管委会（原城南园区管委会）")
    return Bodies("，".join(written), tuple(full))


@st.composite
def limits(draw: st.DrawFn) -> Limit:
    year, month = draw(st.integers(2026, 2028)), draw(st.integers(1, 12))
    end = dt.date(year, month, calendar.monthrange(year, month)[1])
    day = dt.date(year, month, draw(st.integers(1, 28)))
    return draw(
        st.sampled_from((
            Limit(f"{year}年{month}月底前", end),
            Limit(f"{year}年{month}月底", end),
            Limit(f"{year}年底前", dt.date(year, 12, 31)),
            Limit(f"{day.year}年{day.month}月{day.day}日前", day),
        ))
    )


titles = st.builds(
    "{}{}{}".format,
    st.sampled_from(PLACES),
    st.sampled_from(("湖", "片区", "河道", "“四小”企业", "街道（东段）")),
    st.sampled_from(("污水直排", "扬尘管控不严", "油烟扰民", "垃圾清运不及时")),
)


@st.composite
def steps(draw: st.DrawFn) -> Step:
    action = draw(st.sampled_from(("清理", "封堵", "改造", "巡查", "落实“一口一策（试行）”，整治")))
    thing = draw(st.sampled_from(("入河排口", "雨污管网", "散乱企业", "施工工地")))
    figure = draw(st.sampled_from(("", "1.5公里", "12处", "3万平方米")))
    limit = draw(st.none() | limits())
    text = f"{action}{thing}{figure}" + (f"，{limit.written}完成。" if limit else "。")
    return Step(text, draw(st.none() | bodies()), limit)


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    person = st.builds("{}{}".format, st.sampled_from(SURNAMES), st.sampled_from(GIVEN))
    return Facts(
        title=draw(titles),
        target=draw(st.sampled_from(("消除直排", "扬尘明显下降", "投诉量下降30%"))),
        leaders=tuple(draw(st.lists(person, min_size=1, max_size=2, unique=True))),
        units={
            role: draw(bodies()) for role in ("lead", "responsible", "cooperating", "acceptance")
        },
        limit=draw(limits()),
        steps=tuple(draw(st.lists(steps(), min_size=1, max_size=3))),
    )


# --- how it is written ---------------------------------------------------------------------------

Numbering = Callable[[int], tuple[str, str]]


def _chinese(pattern: str) -> Numbering:
    return lambda value: (pattern.format(to_chinese(value)), to_chinese(value))


def _arabic(pattern: str) -> Numbering:
    return lambda value: (pattern.format(value), str(value))


def _circled(value: int) -> tuple[str, str]:
    mark = chr(ord("①") + value - 1)
    return mark, mark


PARTS = (_chinese("{}、"), _chinese("## {}、"))
PARAGRAPHS = (_chinese("（{}）"), _chinese("({})"))
ITEMS = (_arabic("{}."), _arabic("{}．"), _arabic("{}、"), _arabic("{}. "))
CLAUSES = (_arabic("（{}）"), _arabic("({})"), _arabic("{}）"), _circled)
KINDS = (PARTS, PARAGRAPHS, ITEMS, CLAUSES)


def narrow(text: str) -> str:
    """Half-width punctuation, as some offices type it throughout."""
    return text.translate(str.maketrans("：（），；", ":(),;"))


@st.composite
def lines_as_saved(draw: st.DrawFn, lines: Sequence[str]) -> str:
    """The lines with indents, blank lines and page chrome between them."""
    saved = []
    for line in lines:
        saved.append(draw(st.sampled_from(INDENTS)) + line)
        saved += draw(st.lists(st.sampled_from(("", "\u3000", *CHROME)), max_size=2))
    return "\n".join(saved) + "\n"


def _label(draw: st.DrawFn, role: str) -> str:
    return str(draw(st.sampled_from(LABELS[role])))


def _step_line(draw: st.DrawFn, mark: str, step: Step) -> str:
    if step.units is None:
        return f"{mark}{step.text}"
    label = draw(st.sampled_from(("", f"{_label(draw, 'responsible')}：")))
    return f"{mark}{step.text}（{label}{step.units.written}）"


@st.composite
def task_lists(draw: st.DrawFn) -> Plan:
    """A list of issues with labelled fields in any order; the measures stand before, between or after."""
    stated = draw(st.lists(facts(), min_size=1, max_size=3))
    outer = draw(st.integers(0, 2))
    number_of = draw(st.sampled_from(KINDS[outer]))
    inner_number_of = draw(st.sampled_from(KINDS[draw(st.integers(outer + 1, 3))]))
    lines = ["白河县2026年突出问题整改任务清单"]
    roles = draw(
        st.permutations((
            "leader",
            "lead",
            "responsible",
            "cooperating",
            "acceptance",
            "target",
            "deadline",
        ))
    )
    labels = {role: _label(draw, role) for role in (*roles, "measures")}
    before = draw(st.integers(0, len(roles)))
    for index, task in enumerate(stated, start=1):
        values = {
            "leader": "、".join(task.leaders),
            "target": f"{task.target}。",
            "deadline": task.limit.written,
            **{role: units.written for role, units in task.units.items()},
        }
        fields = [f"{labels[role]}：{values[role]}" for role in roles]
        measured = [f"{labels['measures']}："] + [
            _step_line(draw, inner_number_of(number)[0], step)
            for number, step in enumerate(task.steps, start=1)
        ]
        lines += [number_of(index)[0] + task.title, *fields[:before], *measured, *fields[before:]]
    text = draw(lines_as_saved(lines))
    half = draw(st.booleans())
    return Plan(
        narrow(text) if half else text,
        tuple(stated),
        tuple(number_of(i + 1)[1] for i in range(len(stated))),
        tuple(inner_number_of(i + 1)[1] for i in range(3)),
    )


ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("（{responsible}）", ("responsible",)),
    ("（{lead}牵头；{cooperating}配合）", ("lead", "cooperating")),
    ("（牵头单位：{lead}；配合单位：{cooperating}）", ("lead", "cooperating")),
    ("\n责任单位：{responsible}", ("responsible",)),
    ("\n牵头单位：{lead}\n配合单位：{cooperating}", ("lead", "cooperating")),
    ("\n牵头单位：{lead}\n责任单位：{responsible}", ("lead", "responsible")),
)


@dataclass(frozen=True)
class WorkPlan:
    """A plan of numbered items; `roles` are the roles of units that each item states."""

    text: str
    facts: tuple[Facts, ...]
    roles: tuple[tuple[str, ...], ...]
    numbers: tuple[str, ...]


@st.composite
def work_plans(draw: st.DrawFn) -> WorkPlan:
    """Items under （一）, numbered on through the plan or from one in each section."""
    stated = draw(st.lists(facts(), min_size=1, max_size=4))
    restarts = draw(st.booleans())
    part, paragraph, item = (draw(st.sampled_from(kind)) for kind in KINDS[:3])
    lines = [
        "白河县2026年生态环境保护工作计划",
        f"{part(1)[0]}工作目标",
        "持续改善。",
        f"{part(2)[0]}重点任务",
    ]
    numbers, roles = [], []
    section = number = 0
    for index, task in enumerate(stated):
        if index == 0 or draw(st.booleans()):
            section += 1
            number = 0 if restarts else number
            lines.append(
                f"{paragraph(section)[0]}{draw(st.sampled_from(('治水', '治气', '治土')))}"
            )
        number += 1
        ending, named = draw(st.sampled_from(ENDINGS))
        written = ending.format(**{role: units.written for role, units in task.units.items()})
        lines += f"{item(number)[0]}{task.title}。{task.steps[0].text}{written}".split("\n")
        numbers.append(item(number)[1])
        roles.append(named)
    lines += [f"{part(3)[0]}保障措施", "加强领导。"]
    text = draw(lines_as_saved(lines))
    half = draw(st.booleans())
    return WorkPlan(narrow(text) if half else text, tuple(stated), tuple(roles), tuple(numbers))
