"""Which values of a column a question counts apart: 水、气、噪声各多少件, 按类型各几个, 自查的多还是来信的多."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.library import Library
from assistant.query import Query
from assistant.synonyms import synonyms_of
from assistant.understanding.column_values import in_written_words, parts_of, sorting_values
from assistant.understanding.named_tables import table_named
from assistant.understanding.table_names import named_of
from assistant.understanding.task_columns import plain_columns, telling_pairs
from assistant.vocabulary import asks
from assistant.words import pairs
from ingest.records import Task
from vectorstore.folding import fold_query

_LISTED = re.compile(
    r"(?P<list>[^,，。;；?？]{2,40}?)(?:各自?|分别)(?:是|有|都)?[^,，。;；?？]{0,4}?(?:几|多少)"
)
_BETWEEN = re.compile(r"[、/]|(?<=.)[和跟与及](?=.)")
_MORE_OF_TWO = re.compile(
    r"(?P<one>[^,，。;；?？]{2,12}?)的?(?P<word>多|少)[,，]?(?:还是|或者)(?P<other>[^,，。;；?？]{2,12}?)的?(?P=word)"
)
_EACH_KIND = re.compile(r"(?:按|各个?|每个?|不同)(?:照|的)?(?P<kind>[^,，。;；?？]{2,6})")


@dataclass(frozen=True, slots=True)
class CountedColumn:
    """A column, the values of it that are counted in the question's order, and the rest of the question.

    `compared` tells that it is asked which of them has more.
    """

    heading: str
    values: tuple[str, ...]
    rows: tuple[Task, ...]
    rest: str
    compared: bool = False

    def having(self, value: str) -> list[Task]:
        """The rows with a value."""
        return [one for one in self.rows if value in parts_of(one.columns[self.heading].quote)]


def counted_column(query: Query, library: Library) -> CountedColumn | None:
    """The column of the one document in scope whose values are counted apart; None where a question does not."""
    documents = library.within(query.documents)
    if len(documents) != 1:
        return None
    compared = _MORE_OF_TWO.search(query.text)
    each = _LISTED.search(query.text) if asks("operations", "count_each", query.text) else None
    said = compared or each
    if said is None:
        return None
    table = table_named(query, library)
    rows = [one for one in documents[0].tasks if table is None or one.caption == table.caption]
    rest = query.text[: said.start()] + query.text[said.end() :]
    for heading, cells in plain_columns(rows).items():
        values = sorting_values(query.text, heading, cells)
        if compared is not None:
            # Of a column that sorts the rows, also the values of single ones.
            whole = list(dict.fromkeys(part for cell in cells for part in parts_of(cell)))
            named = [
                _alone_named(compared[one], whole if values else ()) for one in ("one", "other")
            ]
        else:
            named = _each_named(said["list"], values) or _all_of(said.group(), heading, values)
        if all(named) and len(set(named)) > 1:
            own = tuple(one for one in rows if heading in one.columns)
            return CountedColumn(heading, tuple(named), own, rest, compared is not None)
    return None


def _alone_named(said: str, values: Sequence[str]) -> str:
    """The one value that some words have a part of: 县级巡查 for 县里巡查出来; empty where there is none or several."""
    words = in_written_words(said)
    named = named_of(" ".join([words, *synonyms_of(words)]), values)
    return values[next(iter(named))] if len(named) == 1 else ""


def _each_named(said: str, values: Sequence[str]) -> list[str]:
    """The values that some words list, each of which must be one; the first may end a longer stretch."""
    parts = _BETWEEN.split(said)
    found = [_value_of(part, values, is_first=i == 0) for i, part in enumerate(parts)]
    return [one for one in found if one] if len(found) > 1 and all(found) else []


def _value_of(part: str, values: Sequence[str], *, is_first: bool) -> str:
    whole = [one for one in values if part == one or (is_first and part.endswith(one))]
    if whole:
        return max(whole, key=len)
    # 气 is short for 大气, where no other value has it.
    bare = part[-1:] if is_first else re.sub(r"(?:类|方面|的)$", "", part)
    within = [one for one in values if bare and bare in one]
    return within[0] if len(within) == 1 else ""


def _all_of(said: str, heading: str, values: Sequence[str]) -> list[str]:
    """All values, where the question counts by the column itself: 按类型."""
    kinds = [match["kind"] for match in _EACH_KIND.finditer(said)]
    by_it = any(telling_pairs(heading) & pairs(fold_query(kind)) for kind in kinds)
    return list(values) if by_it else []
