"""A firm that a document names and that a table of firms has no row for: what is asked of it is not set."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.composers.tables.reading import TableReading
from ingest.records import ColumnKind
from vectorstore.folding import fold_query

_OF_FIRMS = re.compile(r"企业|公司|单位|厂|业主|商户")
_LISTED = re.compile(r"[^,，。；;:：()（）\n、]+(?:、[^,，。；;:：()（）\n、]+)+")
_AFTER_KIND = re.compile(r"(?:企业|公司|厂家|业主|商户)(?P<rest>[\u4e00-\u9fff]{3,10})")
# A name begins the question or a part of it; these words are in none.
_BEGIN = r"(?:^|(?<=[,，。;；?？]))"
_ASKED = r"(?=的|什么|啥|几|多少|哪|还|到底|应|要|限值|时限|问题|完成)"
_NO_NAME = re.compile("[那这哪个家些的我你他它咱们几各每本该问查说请搞做]")
_SHORTEST = 3


def absent_firm(question: str, reading: TableReading) -> str | None:
    """The firm that a question asks a column of, by a name that stands in the text and in no row; None without one."""
    labels = [one for one in reading.table.columns if one.kind is ColumnKind.LABEL]
    of_firms = bool(labels) and _OF_FIRMS.search(labels[0].name) is not None
    if not of_firms or not reading.columns:
        return None
    if unknown := _unknown(question, reading):
        return unknown
    if reading.rows:
        return None
    names = (one for one in _named_in_text(question, reading) if len(one) >= _SHORTEST)
    return max(names, key=len, default=None)


def _unknown(question: str, reading: TableReading) -> str:
    """A name that ends as one of a row does and begins as nothing in the document: 金海化工 beside 启明化工."""
    tails = {fold_query(one.name)[-2:] for one in reading.table.rows if len(one.name) > _SHORTEST}
    text = fold_query(reading.parsed.source.text)
    for tail in sorted(tails):
        for match in re.finditer(
            rf"{_BEGIN}(?P<own>[\u4e00-\u9fff]{{2,3}}){re.escape(tail)}{_ASKED}", question
        ):
            own = match["own"]
            if own not in text and not _NO_NAME.search(own):
                return f"{own}{tail}"
    return ""


def _named_in_text(question: str, reading: TableReading) -> Iterator[str]:
    """Names of the question that the text lists beside rows of the table, or has behind what firms are called."""
    rows = [fold_query(one.name) for one in reading.table.rows]
    own = fold_query("，".join(one.span.quote for one in reading.table.rows))
    span = reading.table.span
    source = reading.parsed.source
    text = fold_query(f"{source.text[: span.start]}\n{source.text[span.end :]}")
    for listed in _LISTED.findall(text):
        items = listed.split("、")
        if any(item in rows for item in items):
            yield from (one for one in items if one in question and one not in own)
    for match in _AFTER_KIND.finditer(text):
        rest = match["rest"]
        ends = range(len(rest), _SHORTEST - 1, -1)
        said = next((rest[:end] for end in ends if rest[:end] in question), "")
        if said and said not in own:
            yield said
