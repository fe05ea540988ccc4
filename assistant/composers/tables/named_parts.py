"""Which rows and columns of a table a question names, in the words that the table has for them."""

from __future__ import annotations

import re

from assistant.synonyms import synonyms_of
from assistant.understanding.phases import is_of_phase, of_phases_asked, phases_asked
from assistant.understanding.table_names import Named, is_place_name, named_of
from assistant.understanding.task_columns import heads_called
from ingest.records import ColumnKind, FigureRow, FigureTable, SourceDocument
from vectorstore.folding import fold_query

YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年)")
YEARS_FROM_TODAY = (
    ("今年", 0),
    ("本年", 0),
    ("去年", -1),
    ("上年", -1),
    ("前年", -2),
    ("明年", 1),
)
# 25年 is a year of a table that has columns of several; so is its 头一年.
_FEWEST_YEARS = 2
_YEARS_BY_PLACE = (
    (0, re.compile(r"(?:第[一1]|头[一1]?|首|开头那?[一1]?)(?:个)?年(?!底|初|前|后|内)")),
    (1, re.compile(r"第[二2](?:个)?年(?!底|初|前|后|内)|中间那?[一1]?年")),
    (2, re.compile(r"第[三3](?:个)?年(?!底|初|前|后|内)")),
    (-1, re.compile(r"(?:最后|末|末尾|收尾|收官)(?:那|的)?(?:[一1])?(?:个)?年(?!底|初|前|后|内)")),
)
_KIND = re.compile("(?:项目|工程)$|(?:股份|集团|控股|科技|实业|发展)*(?:有限)?(?:责任)?公司$")
_YEARLY = re.compile("^(?:年度|本年度?|当年|今年)")
_THIS_YEAR = re.compile("今年|本年|当年|年度")
_DONE_TO = re.compile(r"(?P<verb>[\u4e00-\u9fff])[了掉过]?(?:多少|几)(?P<noun>[\u4e00-\u9fff])")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
# From this share of a name on, a row that is no place is meant; 污水 does not mean 城市生活污水集中收集率.
MOST_OF_NAME = 0.5


def rows_named(table: FigureTable, text: str) -> dict[int, Named]:
    """The rows that a text names, by their names and by their other labels."""
    named = named_of(text, [one.name for one in table.rows])
    others: dict[int, int] = {}
    most = max((len(one.labels) for one in table.rows), default=0)
    for position in range(1, most):
        labels = [
            one.labels[position].quote if position < len(one.labels) else "" for one in table.rows
        ]
        found = named_of(text, labels)
        for index, one in found.items():
            if not one.weak:
                named.setdefault(index, one)
                others[index] = others.get(index, 0) + 1
    by_name = named_of(text, [one.name for one in table.rows])
    both = {i for i in by_name if others.get(i)}
    kept = both | _otherwise(table, by_name, both) or others.keys()
    totals = {i for i in kept if table.rows[i].total}
    meant = {
        i
        for i in kept
        if not named[i].weak
        and (
            _is_enough(table.rows[i], named[i]) or _is_told_by_phase(text, table.rows[i], named[i])
        )
    }
    told = of_phases_asked(text, {i: table.rows[i].name for i in meant - totals})
    return {i: named[i] for i in sorted(told)}


def _otherwise(table: FigureTable, by_name: dict[int, Named], both: set[int]) -> set[int]:
    """The rows that a text names by what stands in no name of those that it names by several labels."""
    names = "，".join(fold_query(table.rows[i].name) for i in both)
    return {i for i, one in by_name.items() if any(part not in names for part in one.stretches)}


def _is_enough(row: FigureRow, named: Named) -> bool:
    """Whether what is said of a row's labels is enough to mean it: a good part of one, or how its name begins."""
    begins = fold_query(row.name).startswith
    if is_place_name(row.name) or any(map(begins, named.stretches)):
        return True
    # What a label has in brackets is its unit or an aside: 总铬（mg/L）.
    others = (_ASIDE.sub("", one.quote) for one in row.labels[1:])
    labels = (core(row.name), *others)
    folded = ("".join(fold_query(label).split()) for label in labels)
    return any(
        named.weight >= MOST_OF_NAME * len(name) and all(part in name for part in named.stretches)
        for name in folded
    )


def _is_told_by_phase(text: str, row: FigureRow, named: Named) -> bool:
    """Whether a row is the phase asked for of a work, of which some word of its own is said: 管网二期."""
    phases = phases_asked(text)
    return is_of_phase(text, [row.name]) and any(one not in phases for one in named.stretches)


def core(name: str) -> str:
    """A name without what it ends with by its kind: 永固水泥 of 永固水泥有限公司."""
    return _KIND.sub("", name) or name


def columns_named(table: FigureTable, text: str) -> dict[int, Named]:
    """The columns beside the first label's that a text names, by their lowest heading or by those above it."""
    usable = [
        i
        for i, one in enumerate(table.columns)
        if one.kind not in (ColumnKind.NUMBER, ColumnKind.UNIT)
    ]
    label = next(i for i in usable if table.columns[i].kind is ColumnKind.LABEL)
    usable.remove(label)
    found = named_of(text, [table.columns[i].name for i in usable])
    if not found:
        above = ["".join(head.quote for head in table.columns[i].heads[:-1]) for i in usable]
        found = named_of(text, above)
    named = {usable[i]: one for i, one in found.items() if not table.columns[usable[i]].total}
    named = {i: one for i, one in named.items() if not _is_of_rows(table, i, label, one)}
    return _of_years(table, named, set(YEAR.findall(text)))


def _is_of_rows(table: FigureTable, column: int, label: int, named: Named) -> bool:
    """Whether a column of words is named only by what the rows are: 企业 of 企业名称 is no 企业环保负责人."""
    rows = fold_query(table.columns[label].name)
    words = table.columns[column].kind is ColumnKind.TEXT
    return words and all(part in rows for part in named.stretches)


def _of_years(table: FigureTable, named: dict[int, Named], years: set[str]) -> dict[int, Named]:
    """Without the columns of other years, where some are of a year that the text names."""
    own = {i: set(YEAR.findall(table.columns[i].name)) for i in named}
    if not any(one & years for one in own.values()):
        return named
    return {i: one for i, one in named.items() if not own[i] or own[i] & years}


def without_region(text: str, source: SourceDocument, table: FigureTable) -> str:
    """A text without the place of the document, which names no row, unless a row is that place or is named in full.

    青溪 is the town, where 青溪社区 is one of its rows.
    """
    places = [fold_query(row.name) for row in table.rows if is_place_name(row.name)]
    own = {fold_query(name) for name in (source.region, *source.region_aliases)}
    if any(place in own for place in places):
        return text
    for name in sorted(filter(None, own), key=len, reverse=True):
        if not any(place.startswith(name) and place in text for place in places):
            text = text.replace(name, " ")
    return text


def in_words_of(table: FigureTable, text: str) -> str:
    """A text with the other words for what it names that the table has: 细颗粒物 for pm2.5."""
    columns, rows = (one.name for one in table.columns), (one.name for one in table.rows)
    own = fold_query(" ".join([*columns, *rows]))
    # 扣了几分 asks for 扣分, and not for the 得分 that 几分 is asked of elsewhere.
    done = [one for one in _DONE_TO.finditer(text) if f"{one['verb']}{one['noun']}" in own]
    rest = text
    for one in done:
        rest = rest.replace(one.group(), " ")
    yearly = next((one.name for one in table.columns if _YEARLY.match(one.name)), "")
    called = (*synonyms_of(text), *heads_called(rest))
    # 今年投多少 asks for the 年度投资, and not for the 总投资 beside it.
    this_year = bool(yearly) and _THIS_YEAR.search(text) is not None
    in_all = f"总{_YEARLY.sub('', yearly)}" if this_year else ""
    meant = (yearly if one == in_all else one for one in called)
    said = (f"{one['verb']}{one['noun']}" for one in done)
    return " ".join([text, *said, *(word for word in meant if word in own)])


def years_in_order(table: FigureTable, text: str) -> str:
    """A question with the years that it names by their place among a table's columns, or by two figures: 头一年, 26年."""
    found = {year for one in table.columns for year in YEAR.findall(one.name)}
    years = sorted(found)
    if len(years) < _FEWEST_YEARS:
        return text
    said = [
        year
        for year in years
        if re.search(rf"(?<![\d.]){year[2:]}(?=年|[、和跟与,，]\d\d年)", text)
    ]
    for place, pattern in _YEARS_BY_PLACE:
        if pattern.search(text) and -len(years) <= place < len(years):
            said.append(years[place])
    return " ".join([text, *(f"{year}年" for year in dict.fromkeys(said))])


def with_years(text: str, today: int, heads: str, of_plan: int | None) -> str:
    """A question with the years that it names by today's: 今年（2026年）.

    Read a year later, the headings of a plan may have the plan's own years alone: those are meant then.
    """
    offsets = [offset for word, offset in YEARS_FROM_TODAY if word in text]
    of_today = all(f"{today + one}" in heads for one in offsets)
    of_its_own = of_plan is not None and all(f"{of_plan + one}" in heads for one in offsets)
    years = []
    for one in offsets:
        year = today + one
        # 去年 and 今年 in one question are told from the same day.
        if of_plan and not of_today and (of_its_own or _is_only(of_plan + one, year, heads)):
            year = of_plan + one
        years.append(f"{year}年")
    return " ".join([text, *years])


def _is_only(year: int, other: int, heads: str) -> bool:
    """Whether headings have a year, and not the other one."""
    return f"{year}" in heads and f"{other}" not in heads
