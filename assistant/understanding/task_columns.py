"""Which columns of a ledger, beside the fields of a task, a question asks for by their headings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from assistant.query import Field, Query
from assistant.synonyms import synonyms_of
from assistant.vocabulary import load_words
from assistant.words import pairs
from ingest.records import Span, Task
from ingest.tables import heading_of_column
from ingest.vocabulary import load_vocabulary
from vectorstore.folding import fold_query

_ASIDE = re.compile(r"[（(].*?[)）]")
DAY_HEAD = re.compile(r"(?:日期|时间)$")


def columns_asked(query: Query, task: Task) -> dict[str, Span]:
    """The cells, by heading, of the columns that a question names and that are no field of a task."""
    asked = pairs(" ".join([query.text, *heads_called(query.text), *synonyms_of(query.text)]))
    return {
        head: cell
        for head, cell in task.columns.items()
        if is_plain(head, cell, task)
        and telling_pairs(head) & asked
        # Whether it is 属实 is asked in the very word of the cell.
        and (head.startswith("是否") or fold_query(cell.quote) not in query.text)
    }


def heads_called(text: str) -> list[str]:
    """The headings of columns that a text calls by what people say for them: 总投资 for 砸钱."""
    kinds = ("measured_columns", "outstanding", "spoken_heads")
    called: list[dict[str, list[str]]] = [load_words("questions")[kind] for kind in kinds]
    return [
        noun for one in called for noun, ways in one.items() if any(way in text for way in ways)
    ]


def dated_columns(query: Query, task: Task) -> frozenset[Field]:
    """That when is answered, where a column of days is asked for: 哪天受理."""
    dated = any(DAY_HEAD.search(head) for head in columns_asked(query, task))
    return frozenset({Field.DEADLINE}) if dated else frozenset()


def is_plain(head: str, cell: Span, task: Task) -> bool:
    """Whether a cell is no field of a task, nor its number or title; a second column of states is none either."""
    known = (task.title, task.status, *task.fields.values())
    return heading_of_column(head) != "number" and cell not in known


def place_cells(task: Task) -> dict[str, Span]:
    """The cells, by heading, that tell where a row is."""
    heads = load_words("questions")["columns"]["place_heads"]
    return {head: cell for head, cell in task.columns.items() if _ASIDE.sub("", head) in heads}


def naming_cells(task: Task) -> dict[str, Span]:
    """The cells, by heading, that tell what or where a row is, which its title may leave out: 点位, 企业名称."""
    endings = tuple(load_vocabulary("tables")["naming_heads"])
    plain = {h: c for h, c in task.columns.items() if h.endswith(endings) and is_plain(h, c, task)}
    return place_cells(task) | plain


def plain_columns(rows: Sequence[Task], without: Collection[str] = ()) -> dict[str, list[str]]:
    """The cells of the columns that say neither who nor when nor how far, nor what the rows are of.

    A cell that is one of `without`, folded, is left empty: a body may stand in a column of places.
    """
    columns: defaultdict[str, list[str]] = defaultdict(list)
    for task in rows:
        for head, cell in task.columns.items():
            if is_plain(head, cell, task):
                columns[head].append("" if fold_query(cell.quote) in without else cell.quote)
    return dict(columns)


def telling_pairs(head: str) -> set[str]:
    """What of a heading names the column: 受理 of 受理日期, 超标 and 因子 of 主要超标因子."""
    bare = fold_query(head)
    for word in load_words("questions")["columns"]["everyday_heads"]:
        bare = bare.replace(word, "，")
    return pairs(bare) or pairs(fold_query(head))
