"""What a cell says: a figure with its unit, a grade, nothing; and a name with the unit in its brackets."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from ingest.vocabulary import any_of, load_vocabulary

_NUMBER = r"[-+−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
# Grades of water and of classes of works; a range has no value to reckon with.
_GRADE = re.compile(r"(?:劣?[IV]{1,4}|[一二三四五六七八九十]|[A-D])(?:类|级)?")
_RANGE = re.compile(rf"{_NUMBER}\s*[-—–~至]\s*{_NUMBER}")
# Figures of another kind, which only look like amounts.
_CALENDAR = re.compile(r"(?:19|20)\d{2}(?:年.*|[-./]\d.*)?|\d{1,2}月.*")
_BEFORE_NAME = re.compile(r"^\s*(?:\d{1,2}\s*[.．、]|[(（]\d{1,2}[)）])?\s*(?:其中\s*[:：]?)?\s*")
_UNITS_BY_NAME = re.compile(
    r"(?P<name>[^\s单()（）；;，,：:]{1,8})(?:计量)?单位\s*[:：]\s*(?P<unit>[^\s；;，,()（）]{1,14})"
)
_RATIO_OF_UNITS = r"[^\s\d/()、,，]{1,6}/[^\s()、,，]{1,8}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell that holds a figure; `value` is empty for a grade or a range."""

    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class _Patterns:
    figure: re.Pattern[str]
    unit: re.Pattern[str]
    unit_line: re.Pattern[str]
    total: re.Pattern[str]
    note: re.Pattern[str]


def read_figure(written: str, *, among_figures: bool = False) -> Figure | None:
    """The figure of a cell; None where it holds words, a date, or nothing.

    A number that may be a year (1980) is an amount `among_figures`, in a column of them.
    """
    text = folded(written)
    if not text or (_CALENDAR.fullmatch(text) and not (among_figures and text.isdigit())):
        return None
    if match := _patterns().figure.fullmatch(text):
        value = match["value"].replace(",", "").replace("−", "-").lstrip("+")
        return Figure(value, match["unit"] or "")
    if _RANGE.fullmatch(text) or _GRADE.fullmatch(text):
        return Figure("", "")
    return None


def is_blank(written: str) -> bool:
    """Whether a cell was left open: nothing, a dash, a stroke."""
    text = folded(written)
    return not text or text in _blanks()


def split_unit(written: str) -> tuple[str, str]:
    """A heading without the unit at its end, and the unit: 新建管网（公里） → 新建管网, 公里."""
    text = "".join(written.split())
    if match := re.fullmatch(r"(?P<name>.+?)[*＊#]", text):
        text = match["name"]
    if text.endswith(("）", ")")):
        begin = _opening(text)
        inside = re.sub(r"^(?:计量)?单位[:：]", "", text[begin + 1 : -1])
        if begin > 0 and is_unit(inside):
            return text[:begin], inside
    name, stroke, unit = text.rpartition("/")
    if stroke and name and is_unit(unit) and not is_unit(text):
        return name, unit
    return (text[:-1], text[-1]) if re.fullmatch(r".+[^\d.][%‰％]", text) else (text, "")


def is_unit(written: str) -> bool:
    """Whether some words are a unit and nothing else."""
    return _patterns().unit.fullmatch(folded(written)) is not None


def stated_unit(line: str) -> tuple[str, int] | None:
    """The unit that a line states for all figures of a table, and where the statement begins.

    Where it states several (浓度单位：微克/立方米；降尘单位：吨/月) the first is that of all but what others name.
    """
    if match := _patterns().unit_line.search(line):
        return (match["unit"], match.start()) if is_unit(match["unit"]) else None
    stated = list(_UNITS_BY_NAME.finditer(line))
    return (stated[0]["unit"], stated[0].start()) if units_by_name(line) else None


def units_by_name(line: str) -> dict[str, str]:
    """The units that a line states by what they are of: 浓度 and 降尘; empty where it says anything else."""
    stated = list(_UNITS_BY_NAME.finditer(line))
    rest = _UNITS_BY_NAME.sub("", line)
    whole = len(stated) > 1 and not re.sub(r"[\s()（）；;，,。]", "", rest)
    units = {match["name"]: match["unit"] for match in stated}
    return units if whole and all(map(is_unit, units.values())) else {}


def is_total(name: str) -> bool:
    """Whether a row or column of this name adds up or averages the others: 合计, 全市, 全县平均."""
    return _patterns().total.fullmatch("".join(name.split())) is not None


def is_part(label: str) -> bool:
    """Whether a row of this label is contained in the row above it: 其中：高新区."""
    return label.lstrip().startswith("其中")


def bare_name(label: str) -> tuple[str, str]:
    """What a row is called, without numbering and 其中, and the unit in its brackets."""
    name, unit = split_unit(_BEFORE_NAME.sub("", label))
    return name or label, unit


def begins_note(text: str) -> bool:
    """Whether a line is a note below a table."""
    return _patterns().note.match(text) is not None


def folded(written: str) -> str:
    """Half width and without white space."""
    return "".join(unicodedata.normalize("NFKC", written).split())


def _opening(text: str) -> int:
    """Where the bracket opens that closes at the end of a text; -1 where none does."""
    depth = 0
    for position in range(len(text) - 1, -1, -1):
        depth += (text[position] in "）)") - (text[position] in "（(")
        if depth == 0:
            return position
    return -1


# Who pays, before a sum of money: 企业自筹680.
_PAID_BY = r"(?:[\u4e00-\u9fff]{0,4}(?:自筹|自有|自行解决|出资|财政|配套|专项)(?:资金)?)"


@cache
def _blanks() -> frozenset[str]:
    return frozenset(folded(one) for one in load_vocabulary("tables")["blanks"])


@cache
def _patterns() -> _Patterns:
    words = load_vocabulary("tables")
    running = load_vocabulary("deadlines")["indicators"]
    known = [*words["units"], *running["measuring_units"], *running["counting_units"]]
    plain = any_of(folded(one) for one in known)
    unit = rf"[百千万亿]*{plain}(?:/[^\s/()]{{1,8}})?|个[\u4e00-\u9fff]{{1,3}}|[百千万亿]+|{_RATIO_OF_UNITS}(?:\(.{{1,12}}\))?"
    # A bare calendar word is a unit in a heading only: 3年 in a cell is a time, 5类 a class.
    in_cell = rf"[百千万亿]*{any_of(folded(one) for one in known if one not in '年月类级村号')}(?:/[^\s/()]{{1,8}})?|[万亿]"
    totals, wholes = any_of(words["totals"]), any_of(words["wholes"])
    return _Patterns(
        figure=re.compile(
            rf"{_PAID_BY}?{any_of(words['bounds'])}?(?P<value>{_NUMBER})(?P<unit>{in_cell})?"
            rf"{any_of(words['trailing_bounds'])}?(?:\([^()]{{1,16}}\))?"
        ),
        unit=re.compile(unit),
        unit_line=re.compile(
            r"[(（]?\s*(?:计量)?单\s*位\s*[:：]\s*(?P<unit>[^\s:：，,、]{1,14}?)\s*"
            r"(?:[)）]?\s*$|[，,、；;][^（(）)]{0,30}[)）]\s*$)"
        ),
        total=re.compile(rf".{{0,6}}{totals}(?:数|值)?|{wholes}(?:{totals}|目标)?"),
        note=re.compile(rf"[(（*]?{any_of(words['notes'])}\s*\d{{0,2}}\s*[:：.．、]"),
    )
