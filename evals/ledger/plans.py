"""Made-up plans in the genre: the same seed gives the same plan, and what is in it is known.

A plan is drawn in two steps: what it says (`content`), and how an office would write that down (`layouts`, `tables`),
with the punctuation of one width or mixed, indents, blank lines, lines broken where the page ended, and the remains
of a web page. A tenth of them are files that pass a loader.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from evals.ledger.content import PLACES
from evals.ledger.expected import Issue
from evals.ledger.files import as_csv, as_docx, as_html, as_xlsx
from evals.ledger.layouts import TEXT_LAYOUTS
from evals.ledger.tables import piped, tabbed, table

CHROME = (
    "|", "分享到：", "- 扫一扫在手机打开当前页", "© 某某网站 云ICP备2026000001号", "— 3 —", "- 12 -", "第 3 页 共 12 页",
    "上一篇：关于加强河道保洁的通知", "【打印】【关闭】", "当前位置：首页 > 政务公开",
)  # fmt: skip
INDENTS = ("", "", "    ", "\u3000\u3000", "\u00a0", "\u2003 ")
_WIDE, _NARROW = "：（），；", ":(),;"


@dataclass(frozen=True, slots=True)
class Plan:
    """A file and the issues that should be read from it; `style` tells how it was written."""

    name: str
    content: bytes
    issues: tuple[Issue, ...]
    style: str


def compose(chance: Random) -> Plan:
    """A plan of whatever style `chance` picks."""
    signed = dt.date(2026, chance.randint(1, 4), chance.randint(1, 28))
    place = chance.choice(PLACES)
    kind = chance.choices(("text", "piped", "tabbed", "file"), (70, 10, 8, 12))[0]
    if kind == "file":
        return _file(chance, place, signed)
    if kind != "text":
        written = table(chance, signed, merges=kind == "piped")
        rows = (piped if kind == "piped" else tabbed)(written)
        lines = [*_head(chance, place, signed), *rows]
        return Plan("plan.txt", _width(chance, "\n".join(lines)).encode(), written.issues, kind)
    layout = chance.choice(TEXT_LAYOUTS)
    listed = layout(chance, signed)
    body = _saved(chance, listed.lines, breakable=listed.breakable)
    text = "\n".join([*_head(chance, place, signed, plan=layout.__name__ == "work_plan"), *body])
    return Plan("plan.txt", (_width(chance, text) + "\n").encode(), listed.issues, layout.__name__)


def _file(chance: Random, place: str, signed: dt.date) -> Plan:
    formats: dict[str, Callable[[Sequence[str], Sequence[Sequence[str | None]]], bytes]] = {
        "docx": as_docx, "xlsx": as_xlsx, "html": as_html, "csv": as_csv,
    }  # fmt: skip
    suffix = chance.choice(tuple(formats))
    written = table(chance, signed, merges=suffix != "csv")
    lines = [f"{place}县{signed.year}年突出生态环境问题整改任务清单"]
    return Plan(f"plan.{suffix}", formats[suffix](lines, written.rows), written.issues, suffix)


def _head(chance: Random, place: str, signed: dt.date, *, plan: bool = False) -> list[str]:
    """The title, with or without number, date and an introduction."""
    kinds = ("生态环境保护工作计划", "污染防治攻坚行动方案") if plan else (
        "突出问题整改任务清单", "生态环境保护督察反馈问题整改方案", "突出生态环境问题整改台账",
    )  # fmt: skip
    lines = [f"{place}县{signed.year}年{chance.choice(kinds)}"]
    if chance.random() < 0.3:
        lines.insert(0, f"{place}政发〔{signed.year}〕{chance.randint(1, 60)}号")
    if chance.random() < 0.4:
        lines.append(f"（{signed.year}年{signed.month}月{signed.day}日）")
    if chance.random() < 0.3:
        lines.append("为切实抓好督察反馈问题整改，现将有关事项明确如下。")
    return lines


def _saved(chance: Random, lines: Sequence[str], *, breakable: bool) -> list[str]:
    """The lines with indents, breaks, blank lines and the remains of a page between them."""
    wrapped = chance.randint(28, 44) if breakable and chance.random() < 0.12 else 0
    broken = breakable and not wrapped and chance.random() < 0.15
    noisy = chance.random() < 0.4
    indent = chance.choice(INDENTS)
    saved: list[str] = []
    for line in "\n".join(lines).split("\n"):
        written = _wrapped(line, wrapped) if wrapped else line
        if broken:
            written = _broken(chance, written)
        saved += (indent + written).split("\n")
        saved += [""] * chance.choice((0, 0, 0, 1))
        if noisy and chance.random() < 0.15:
            saved.append(chance.choice(CHROME))
    return saved


def _wrapped(line: str, width: int) -> str:
    """Broken after so many characters, as text copied from a page is."""
    return "\n".join(line[start : start + width] for start in range(0, len(line), width))


def _broken(chance: Random, line: str) -> str:
    """Broken once or twice behind a comma."""
    commas = [i + 1 for i, mark in enumerate(line[:-1]) if mark in "，、"]
    for cut in sorted(chance.sample(commas, min(len(commas), chance.randint(0, 2))), reverse=True):
        line = line[:cut] + chance.choice(("\n", "\n\n")) + line[cut:]
    return line


def _width(chance: Random, text: str) -> str:
    """Full-width punctuation, half-width throughout, or both as it came."""
    kind = chance.choice(("full", "full", "half", "mixed"))
    if kind == "full":
        return text
    narrow = dict(zip(_WIDE, _NARROW, strict=True))
    if kind == "half":
        return "".join(narrow.get(one, one) for one in text)
    return "".join(narrow.get(one, one) if chance.random() < 0.3 else one for one in text)
