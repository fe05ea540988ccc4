"""What rows lack to their plans, where a table has a column of what is planned and one of what is done: 26家, 19家, so 7家."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.composers.tables.choice import TableChoice
from assistant.composers.tables.cited import CitedTable
from assistant.composers.tables.named_parts import in_words_of, rows_named, without_region
from assistant.composers.tables.naming import is_measured
from assistant.composers.tables.reading import TableReading
from assistant.composers.tables.series import Point, column_series, decimal_text, rounded_percent
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.proof.quantities import quantities
from assistant.query import Query
from assistant.understanding.nth_places import asked_nth
from assistant.understanding.reckonings import POINTS, asks_days_left
from assistant.understanding.shortfalls import ShareClaimed, asked_shortfall, share_claimed
from assistant.understanding.table_names import Named, named_of
from assistant.understanding.topic import topic_of
from assistant.vocabulary import asks
from ingest.records import ColumnKind, FigureRow, FigureTable, ParsedDocument
from prompts import phrase
from vectorstore.folding import fold_query

_PLANNED = re.compile(r"计划|任务|目标|下达|总[数量]|[应需][\u4e00-\u9fff]")
_DONE = re.compile(r"已|实际|累计|完成|建成")
_NOT_DONE = re.compile(r"未|率|比例|时[间限]|日期|情况$")
# What is left of a heading without these is what the plan is for.
_OF_PLANS = re.compile(r"计划|任务|目标|下达|总?数?量?$|年度|应|需|已|实际|累计|完成|建成")
_HUNDRED = Decimal(100)
_TASKS = re.compile("任务[数量]|问题|事项|项数")
_OF_TASKS = frozenset("项个件条")
_OF_TIME = frozenset(["天", "日", "小时", "个月", "年", "分"])


@dataclass(frozen=True, slots=True)
class PlanAndDone:
    """The columns of what is planned, of what is done of it, and of the share that this is, where there is one."""

    planned: int
    done: int
    share: int | None
    subject: str


@dataclass(frozen=True, slots=True)
class _Lack:
    """What one row has to do and has done."""

    planned: Point
    done: Point
    unit: str

    @property
    def value(self) -> Decimal:
        return (self.planned.value or Decimal(0)) - (self.done.value or Decimal(0))

    @property
    def written(self) -> str:
        return f"{decimal_text(self.value)}{self.unit}"

    @property
    def reckoned(self) -> str:
        """27家 as 8家（27−19）."""
        return f"{self.written}（{_figure(self.planned)}−{_figure(self.done)}）"

    @property
    def percent(self) -> Decimal:
        return (self.done.value or Decimal(0)) * _HUNDRED / (self.planned.value or Decimal(1))


class Shortfalls:
    """Subtracts what is done from what is planned, for the rows that a question names, for all of them, or as a whole."""

    def __init__(self, library: Library, choice: TableChoice) -> None:
        self._library, self._choice = library, choice

    def lacking(self, query: Query) -> list[Block]:
        """What is lacking to the plan that the question names; nothing where it asks for none, or that is not sure."""
        unit = asked_shortfall(query.text)
        if unit is None or unit in (POINTS, "%") or asks_days_left(query.text):
            return []
        found = list(self._pairs_meant(query, unit))
        if len(found) != 1:
            return []
        reading, pair = found[0]
        cited = CitedTable(self._library, reading)
        told = _Told(cited, reading, pair, unit)
        statements = list(told.statements(self._asks_all(query, reading)))
        return [paragraph(cited.lead(reckoned=True), *statements)] if statements else []

    def shares(self, query: Query) -> list[Block]:
        """Which share of its plan the rows named have done, as the table has it, or else as it follows."""
        if not asks("shortfalls", "rate", query.text) or asks("tables", "which", query.text):
            return []
        found = [one for one in self._pairs_meant(query, "") if one[0].rows]
        if len(found) != 1:
            return []
        reading, pair = found[0]
        cited = CitedTable(self._library, reading)
        statements = _Told(cited, reading, pair).shares()
        reckoned = pair.share is None
        return [paragraph(cited.lead(reckoned=reckoned), *statements)] if statements else []

    def claimed(self, query: Query) -> list[Block]:
        """How far a row is, where the question takes it to be elsewhere or asks whether it is there; else nothing."""
        claim = share_claimed(query.text)
        if claim is None or asks("tables", "which", query.text):
            return []
        # What is asked beside the claim (怎么没给它黄旗) is no matter of the table.
        clauses = (one for one in re.split("[,，。;；?？]", query.text) if claim.said in one)
        clause = next(clauses, query.text)
        claiming = replace(query, text=clause, topic=topic_of(clause, self._library))
        found = [one for one in self._pairs_meant(claiming, "") if len(one[0].rows) == 1]
        if len(found) != 1:
            return []
        reading, pair = found[0]
        cited = CitedTable(self._library, reading)
        said = _Told(cited, reading, pair).held_against(claim, confirms=query.asks_confirmation)
        return [paragraph(cited.lead(), said)] if said is not None else []

    def _pairs_meant(self, query: Query, unit: str) -> Iterator[tuple[TableReading, PlanAndDone]]:
        """The plans that the question names, each with its table and the rows that are named."""
        for parsed in self._library.within(query.documents):
            for table in parsed.tables:
                pairs = [one for one in plans_of(table) if _is_in(table, one, unit)]
                if not pairs or table.listed:
                    continue
                reading = self._reading(query, parsed, table)
                named = self._named(query, reading, pairs)
                if (
                    named is None
                    and len(pairs) == 1
                    and reading.rows
                    and _is_told(table, pairs[0], unit)
                ):
                    named = pairs[0], Named(frozenset([unit]), 1)
                if named is None:
                    continue
                pair, by = named
                whole = TableReading(
                    parsed,
                    table,
                    query.text,
                    reading.rows,
                    dict.fromkeys((pair.planned, pair.done), by),
                    reading.caption,
                )
                if self._choice.is_meant(query, whole):
                    yield whole, pair

    def _reading(self, query: Query, parsed: ParsedDocument, table: FigureTable) -> TableReading:
        text = self._text(query.text, parsed, table)
        rows = rows_named(table, text)
        asks_all = asks("shortfalls", "whole", query.text) or asks("tables", "which", query.text)
        if not rows and query.refers_back and query.earlier and not asks_all:
            rows = rows_named(table, self._text(query.earlier, parsed, table))
        path = self._library.place(parsed.source.path, table.span.start).section.path
        above = table.caption.quote if table.caption else [parsed.source.title, *path][-1]
        return TableReading(parsed, table, query.text, rows, {}, "".join(above.split()))

    @staticmethod
    def _text(text: str, parsed: ParsedDocument, table: FigureTable) -> str:
        return in_words_of(table, without_region(text, parsed.source, table))

    def _named(
        self, query: Query, reading: TableReading, pairs: Sequence[PlanAndDone]
    ) -> tuple[PlanAndDone, Named] | None:
        """The one plan that the question, or the one that it goes back to, names by what it is for."""
        for said in (query.text, query.earlier if query.refers_back else ""):
            text = self._text(said, reading.parsed, reading.table)
            named = named_of(text, [one.subject for one in pairs])
            if len(named) == 1:
                index, by = next(iter(named.items()))
                return pairs[index], by
        return None

    @staticmethod
    def _asks_all(query: Query, reading: TableReading) -> bool:
        """Whether what is lacking in all is asked, be it beside that of some rows."""
        alone = not reading.rows and not asks("tables", "which", query.text)
        alone = alone and not asks("tables", "each", query.text)
        parts = [one for one in re.split("[,，。;；?？]", query.text) if one]
        in_all = any(
            asks("shortfalls", "whole", one) and not rows_named(reading.table, one) for one in parts
        )
        return alone or in_all


class _Told:
    """What one plan of a table says."""

    def __init__(
        self, cited: CitedTable, reading: TableReading, pair: PlanAndDone, unit: str = ""
    ) -> None:
        self._cited, self._reading, self._pair, self._unit = cited, reading, pair, unit
        self._table = reading.table

    def statements(self, in_all: bool) -> Iterator[Statement]:
        if in_all and (whole := self._whole()) is not None:
            yield whole
        if self._reading.rows:
            yield from self._of_rows(self._lacks(self._reading.named_rows))
        elif not in_all:
            yield from self._all_lacking()

    def shares(self) -> list[Statement]:
        """The share of the plan that each row named has done."""
        if self._pair.share is not None:
            told = (self._cells_of(row) for row in self._reading.named_rows)
            return [
                self._cited.reckoned(
                    phrase("table_cells", row=points[0].row.name, cells=said), points
                )
                for points, said in told
            ]
        return [
            self._cited.reckoned(
                phrase(
                    "shortfall_share",
                    **self._heads,
                    row=one.planned.row.name,
                    figures=f"{_figure(one.done)}÷{_figure(one.planned)}",
                    share="".join(rounded_percent(one.percent)),
                ),
                [one.planned],
            )
            for one in self._lacks(self._reading.named_rows)
            if one.planned.value
        ]

    def held_against(self, claim: ShareClaimed, *, confirms: bool) -> Statement | None:
        """How far the row named is, where that is not what is claimed, or where this is put to us to confirm."""
        row = self._reading.named_rows[0]
        lacks = self._lacks([row])
        if not lacks or not lacks[0].planned.value:
            return None
        agrees = claim.agrees_with(lacks[0].percent)
        if agrees and not confirms:
            return None
        points, said = self._cells_of(row)
        name = "shortfall_claim_agrees" if agrees else "shortfall_claim_differs"
        text = phrase(name, claim=claim.said, row=row.name, cells=said)
        return self._cited.reckoned(text, points)

    def _cells_of(self, row: FigureRow) -> tuple[list[Point], str]:
        """What a row has to do, has done, and the share that this is, as its cells have it."""
        columns = [self._pair.planned, self._pair.done]
        columns += [self._pair.share] if self._pair.share is not None else []
        points = [column_series(self._table, i, [row]).points[0] for i in columns]
        said = "，".join(
            phrase("table_cell", column=self._table.columns[i].name, figure=point.written)
            for i, point in zip(columns, points, strict=True)
        )
        return points, said

    def _whole(self) -> Statement | None:
        """What all rows lack together, by the line that adds them up, and where that is not so by the rows."""
        rows = [one for one in self._table.rows if not one.total and not one.part]
        lacks = self._lacks(rows)
        totals = self._lacks([one for one in self._table.rows if one.total])
        by_rows = sum((max(one.value, Decimal(0)) for one in lacks), Decimal(0))
        if not lacks or by_rows == 0:
            return None
        if len(totals) == 1 and totals[0].value == by_rows:
            row, lack = totals[0].planned.row.name, totals[0].reckoned
            text = phrase("shortfall_whole", **self._heads, row=row, lack=lack)
            return self._cited.reckoned(text, [totals[0].planned])
        return self._added([one for one in lacks if one.value > 0])

    def _of_rows(self, lacks: Sequence[_Lack]) -> Iterator[Statement]:
        for one in lacks:
            row = one.planned.row.name
            if one.value > 0:
                text = phrase("shortfall_of_row", **self._heads, row=row, lack=one.reckoned)
            else:
                both = f"{one.planned.written}、{one.done.written}"
                text = phrase("shortfall_none", **self._heads, row=row, figures=both)
            yield self._cited.reckoned(text, [one.planned])
        left = [one for one in lacks if one.value > 0]
        if len(left) > 1:
            yield self._added(left)

    def _all_lacking(self) -> Iterator[Statement]:
        rows = [one for one in self._table.rows if not one.total and not one.part]
        lacks = self._lacks(rows)
        left = [one for one in lacks if one.value > 0]
        if not lacks:
            return
        if not left:
            text = phrase("shortfall_nobody", **self._heads)
            yield self._cited.reckoned(text, [one.planned for one in lacks])
            return
        said = "、".join(f"{one.planned.row.name}差{one.reckoned}" for one in left)
        text = phrase("shortfall_list", **self._heads, count=len(left), rows=said)
        yield self._cited.reckoned(text, [one.planned for one in left])
        if asked_nth(self._reading.text) is not None:
            return
        for word, end in (("most", max), ("fewest", min)):
            if asks("tables", word, self._reading.text):
                value = end(one.value for one in left)
                at_end = [one for one in left if one.value == value]
                names = "、".join(one.planned.row.name for one in at_end)
                text = phrase(f"shortfall_{word}", names=names, lack=at_end[0].written)
                yield self._cited.reckoned(text, [one.planned for one in left])
                return
        if len(left) > 1:
            yield self._added(left)

    def _added(self, lacks: Sequence[_Lack]) -> Statement:
        total = sum((one.value for one in lacks), Decimal(0))
        text = phrase(
            "shortfall_sum",
            names="、".join(one.planned.row.name for one in lacks),
            total=f"{decimal_text(total)}{lacks[0].unit}",
            parts="+".join(decimal_text(one.value) for one in lacks),
        )
        return self._cited.reckoned(text, [one.planned for one in lacks])

    @property
    def _heads(self) -> dict[str, str]:
        columns = self._table.columns
        return {"plan": columns[self._pair.planned].name, "done": columns[self._pair.done].name}

    def _lacks(self, rows: Sequence[FigureRow]) -> list[_Lack]:
        """What the rows that have both figures lack, in one unit."""
        if not rows:
            return []
        planned = column_series(self._table, self._pair.planned, rows).points
        done = column_series(self._table, self._pair.done, rows).points
        return [
            _Lack(plan, one, plan.unit or self._unit)
            for plan, one in zip(planned, done, strict=True)
            if plan.value is not None and one.value is not None and plan.unit == one.unit
        ]


def plans_of(table: FigureTable) -> list[PlanAndDone]:
    """The plans of a table, each with the column of what is done of it, which stands behind it before the next plan."""
    figures = [i for i, one in enumerate(table.columns) if one.kind is ColumnKind.FIGURES]
    found = []
    for at, i in enumerate(figures):
        if not _is_plan(table, i):
            continue
        behind: list[int] = []
        for j in figures[at + 1 :]:
            if _is_plan(table, j):
                break
            behind.append(j)
        done = [j for j in behind if _is_done(table, j) and _is_of(table, i, j)]
        series = column_series(table, i)
        if len(done) != 1 or not series.can_be_summed:
            continue
        share = [j for j in behind if "率" in table.columns[j].name and _unit(table, j) == "%"]
        subject = _subject(table, i) or _subject(table, done[0]) or _heads(table, i)
        found.append(PlanAndDone(i, done[0], share[0] if len(share) == 1 else None, subject))
    return found


def _heads(table: FigureTable, column: int) -> str:
    one = table.columns[column]
    heads = [fold_query(head.quote) for head in one.heads]
    return "".join(dict.fromkeys([*heads, *([] if heads else [fold_query(one.name)])]))


def _subject(table: FigureTable, column: int) -> str:
    bare = re.sub(r"[(（][^()（）]*[)）]", "", _heads(table, column))
    return _OF_PLANS.sub("", bare)


def _is_plan(table: FigureTable, column: int) -> bool:
    heads = fold_query(table.columns[column].name)
    return _PLANNED.search(heads) is not None and not (
        _NOT_DONE.search(heads) or re.search(r"完成|已", heads)
    )


def _is_done(table: FigureTable, column: int) -> bool:
    heads = fold_query(table.columns[column].name)
    return _DONE.search(heads) is not None and _NOT_DONE.search(heads) is None


def _is_of(table: FigureTable, plan: int, done: int) -> bool:
    """Whether what is done is of the plan: in its unit, and of the same thing where it says of what."""
    own = _subject(table, done)
    same = _unit(table, plan) == _unit(table, done)
    subject = _subject(table, plan)
    return same and (not own or not subject or bool(set(own) & set(subject)))


def _unit(table: FigureTable, column: int) -> str:
    return table.unit_of(table.rows[0], column)


def _is_in(table: FigureTable, pair: PlanAndDone, asked: str) -> bool:
    """Whether a plan is in the unit asked for; 个 counts anything, and units may go without saying."""
    own = _unit(table, pair.planned)
    if not asked or not own or asked == "个" or own == "个":
        return True
    first, second = quantities(f"2{own}"), quantities(f"2{asked}")
    return own == asked or (bool(first and second) and first[0].unit == second[0].unit)


def _is_told(table: FigureTable, pair: PlanAndDone, asked: str) -> bool:
    """Whether a plan that is not named is told by the unit asked for.

    What is measured (公里) has to be in its own unit, days are no plan, and a number of tasks is asked for as one.
    """
    if not asked or asked in _OF_TIME:
        return False
    if _unit(table, pair.planned):
        return True
    of_tasks = _TASKS.search(_heads(table, pair.planned)) is not None
    return asked in _OF_TASKS if of_tasks else not is_measured(asked)


def _figure(point: Point) -> str:
    return decimal_text(point.value or Decimal(0))
