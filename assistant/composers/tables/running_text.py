"""What the text around a table says of the same: totals to hold a sum against, and why a place has no row."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.composers.tables.cited import CitedTable
from assistant.composers.tables.reading import TableReading
from assistant.composers.tables.reckoning import Reckoning
from assistant.composers.tables.series import Series, amount, decimal_text, in_unit
from assistant.composers.wording import flat
from assistant.draft import Block, Statement, bullets, own_words, paragraph
from assistant.understanding.table_names import named_of, names_place
from ingest.records import Indicator, Span
from prompts import phrase
from vectorstore.folding import fold_query

_UNIT = re.compile(r"\d\s*([^\s\d，。；、,;（）()]{1,10})")
_MOST_STATED, _MOST_BESIDE = 2, 3


class RunningText:
    """The sentences and figures of a table's document that stand outside of its tables."""

    def __init__(self, reading: TableReading, cited: CitedTable) -> None:
        self._reading, self._cited, self._table = reading, cited, reading.table

    # -- sums ------------------------------------------------------------------------------------

    def agreement(self, reckoning: Reckoning) -> list[Statement]:
        """The sum, what the text states as a whole, and whether the two agree; neither is chosen."""
        statements = []
        for series in reckoning.series():
            summed = reckoning.sum(series)
            if not summed:
                continue
            statements += summed
            stated = self._stated_in_text(series)
            statements += [self._against(series, one, reckoning.total(series)) for one in stated]
            if not stated and not series.totals:
                statements.append(own_words(phrase("table_body_missing")))
        return statements

    def _stated_in_text(self, series: Series) -> list[Indicator]:
        """The figures of the text that have the name and the unit of a series, as a whole."""
        plain = amount(series.sum(), series.filled[0].unit)
        if plain is None:
            return []
        names = [one.name for one in series.points]
        found: list[tuple[int, bool, Indicator]] = []
        for one in self._reading.parsed.indicators:
            stated = _plain(one)
            within = any(tabled.start <= one.span.start < tabled.end for tabled in self._tabled())
            years = self._reading.years
            other_year = one.year is not None and years and one.year not in years
            if within or other_year or stated is None or stated[1] != plain[1]:
                continue
            words = fold_query(one.span.quote)
            named = named_of(words, [series.name]).get(0)
            if named is None or named.weak or named_of(words, names):
                continue
            quoted = fold_query(f"{one.value}{one.unit}") in self._reading.text
            found.append((named.weight, quoted, one))
        best = max(((quoted, weight) for weight, quoted, _ in found), default=None)
        best_ones = [one for weight, quoted, one in found if (quoted, weight) == best]
        return best_ones[:_MOST_STATED]

    def _against(self, series: Series, one: Indicator, total: str) -> Statement:
        unit = series.filled[0].unit
        stated, plain = _plain(one), amount(series.sum(), unit)
        clause = flat(one.span.quote)
        evidence = self._cited.evidence(series.filled) + self._cited.cite(one.clause)
        if stated is None or plain is None or stated[0] == plain[0]:
            text = phrase("table_body_agrees", clause=clause, total=total)
        else:
            gap = decimal_text(in_unit(abs(stated[0] - plain[0]), unit))
            bound = {"≥": plain[0] > stated[0], "≤": plain[0] < stated[0]}.get(one.comparator)
            name = {None: "differs", True: "meets", False: "misses"}[bound]
            text = phrase(
                f"table_body_{name}", clause=clause, total=total, difference=f"{gap}{unit}"
            )
        return Statement(text, evidence, computed=(text,))

    # -- sentences -------------------------------------------------------------------------------

    def sentences_on(self, place: str) -> list[Statement]:
        """Sentences of the text that name a place together with what the question asks of it."""
        columns = [self._table.columns[i].name for i in self._reading.columns]
        asked = columns + [one.name for one in self._reading.named_rows]
        found = [
            one
            for one in self.sentences()
            if names_place(words := fold_query(one.quote), place)
            # What the text says of a firm tells why it has no row, whatever is asked.
            and (not self._reading.of_places or named_of(words, asked))
        ]
        return [Statement(flat(one.quote), self._cited.cite(one)) for one in found[:_MOST_STATED]]

    def beside(self) -> list[Block]:
        """Sentences of the text that name a row with a figure of its unit: what was found, beside what is allowed."""
        names = [one.name for one in self._reading.named_rows]
        units = {
            self._table.unit_of(row, i)
            for row in self._reading.named_rows
            for i in self._reading.figure_columns
        }
        found = [
            one
            for one in self.sentences()
            if names
            and named_of(fold_query(one.quote), names)
            and units & set(_UNIT.findall(one.quote))
        ]
        lead = phrase("table_beside")
        items = [Statement(flat(one.quote), self._cited.cite(one)) for one in found[:_MOST_BESIDE]]
        return [paragraph(Statement(lead)), bullets(*items)] if items else []

    def sentences(self) -> list[Span]:
        """The sentences of the document outside of its tables and their notes."""
        tabled = self._tabled()
        return [
            sentence
            for sentence in self._reading.parsed.sentences
            if not any(sentence.overlaps(one) for one in tabled)
        ]

    def _tabled(self) -> list[Span]:
        """What is no running text: the tables of the document and the notes below them."""
        return [span for one in self._reading.parsed.tables for span in (one.span, *one.notes)]


def _plain(one: Indicator) -> tuple[Decimal, str] | None:
    """An indicator's figure in its plain unit."""
    if not re.fullmatch(r"[\d,]+(?:\.\d+)?", one.value):
        return None
    return amount(Decimal(one.value.replace(",", "")), one.unit)
