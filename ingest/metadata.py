"""What a document says of itself: title, issuer, 文号, dates, region, year and kind."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.blocks import Block, is_table_row
from ingest.numerals import parse_number
from ingest.records import DocumentKind
from ingest.regions import region_aliases, region_of, zones_of
from ingest.titles import (
    DATE,
    DOCUMENT_NUMBER,
    is_body,
    is_letterhead,
    line_of,
    may_be_title,
    printed_titles,
)
from ingest.vocabulary import load_vocabulary

_SEAL = re.compile(r"[（(](?:印|章|盖章|公章)[)）]$")
# What may stand behind the number of a document on its line, and the day of issue among it.
_BEHIND_NUMBER = re.compile(rf"[★☆]*(?:签发人[:：].*|(?P<issued>{DATE.pattern})(?:印发|发布)?)?")
_SIGNED_LINE = re.compile(rf"(?P<body>.{{3,40}}?)(?:{DATE.pattern})")
_ADOPTED = re.compile(r"[（(](?:19|20)\d{2}年.{3,40}(?:通过|印发|发布|审定)[)）]")
_BRACKETED = re.compile(r"^[（(](.*号)[)）]$")
_FILLED_IN_BY = re.compile(r"(?:填报|编制|报送|发文|制表)单位\s*[:：]\s*(?P<body>[\u4e00-\u9fff]+)")
_ISSUED = re.compile(r"(?:印发|发布|公布)$")
_FILLED_IN = re.compile(r"(?:填报|填表|编制|报送|制表|更新|印发)(?:日期|时间)\s*[:：]\s*")
_REPORTED = re.compile(
    rf"(?:情况|进展|进度|数据)[^，,。；;\n]{{0,6}}截[至止]到?\s*(?:{DATE.pattern})"
    rf"|截[至止]到?\s*(?:{DATE.pattern})[^，,。；;\n]{{0,16}}(?:情况|进展|进度)"
    rf"|(?:^|(?<=[\s（(]))(?:数据|统计)?截[至止](?:日期|时间)\s*[:：]\s*(?:{DATE.pattern})"
)
_PUBLISHED = re.compile(r"(?:发布时间|发布日期|发布于)\s*[:：]\s*")
_ISSUED_BY = re.compile(r"^(.{2,30}?)(?:关于|印发)")
_TITLE_QUOTED = re.compile(r"印发《([^》]+)》")


_SEVERAL_YEARS = re.compile(r"((?:19|20)\d{2})\s*年?\s*[—–\-~～至到]+\s*((?:19|20)\d{2})\s*年")


@dataclass(frozen=True, slots=True)
class Metadata:
    title: str
    issuer: str
    document_number: str
    issued: dt.date | None
    published: dt.date | None
    region: str
    region_aliases: tuple[str, ...]
    year: int | None
    kind: DocumentKind
    reported: dt.date | None = None


def read_metadata(front: Sequence[Block], tail: Sequence[Block], name: str) -> Metadata:
    """Metadata from the blocks before the first heading and the last blocks of the document.

    `name` is the file's stem, the title of last resort.
    """
    printed = printed_titles(front)
    titles = [_inner_title(one) for one in printed]
    opening = next((line_of(one.text)[:60] for one in front if not one.text.startswith("|")), "")
    title = titles[-1] if titles else opening or name
    first = titles[0] if titles else title
    issuer = _issuer(printed, front, tail)
    issued = (
        _signature_date(front)
        or _signature_date(tail[-4:])
        or _adoption_date(front)
        or _sealed_date(tail)
    )
    region = region_of(title) or region_of(issuer) or region_of(first)
    return Metadata(
        title=title,
        issuer=issuer,
        document_number=_document_number(front),
        issued=issued,
        published=_published(front),
        region=region,
        region_aliases=_aliases(region, issuer),
        year=_year(title, issued) or (issued.year if issued else _last_year_told(front)),
        kind=_kind(title if _kind(title) is not DocumentKind.OTHER else first),
        reported=_reported(front),
    )


def _aliases(region: str, issuer: str) -> tuple[str, ...]:
    known = dict.fromkeys((*region_aliases(region), *zones_of(issuer)))
    return tuple(name for name in known if name != region)


def _inner_title(title: str) -> str:
    """《…》 of “关于印发《…》的通知”: what is printed and passed on, not the note that carries it."""
    quoted = _TITLE_QUOTED.search(title)
    return quoted.group(1) if quoted else title


def _issuer(titles: Sequence[str], front: Sequence[Block], tail: Sequence[Block]) -> str:
    lines = [text for text in (line_of(block.text) for block in front) if may_be_title(text)]
    lines = [text.removesuffix("文件") for text in lines]
    for text in (*titles, *lines):
        issued_by = _ISSUED_BY.match(text)
        if issued_by and is_body(issued_by.group(1)):
            return issued_by.group(1)
    for blocks in (front, tail[-4:]):
        for before, block in pairwise(blocks):
            if DATE.fullmatch(_signed(block)) and is_body(line_of(before.text)):
                return line_of(before.text)
    if signed := next(filter(None, map(_issuer_beside_date, front)), ""):
        return signed
    filled_in = filter(None, (_FILLED_IN_BY.search(block.text) for block in front))
    if body := next((one["body"] for one in filled_in if is_body(one["body"])), ""):
        return body
    return lines[0] if lines and is_letterhead(lines[0]) else ""


def _document_number(front: Sequence[Block]) -> str:
    for block in front:
        text = _BRACKETED.sub(r"\1", line_of(block.text))
        if (match := DOCUMENT_NUMBER.match(text)) and _BEHIND_NUMBER.fullmatch(text, match.end()):
            return match.group()
    return ""


def _issuer_beside_date(block: Block) -> str:
    """The issuer, where it shares a line with the date."""
    match = _SIGNED_LINE.fullmatch(line_of(block.text))
    return match["body"] if match and is_body(match["body"]) else ""


def _date(text: str) -> dt.date | None:
    match = DATE.search(text)
    if match is None:
        return None
    try:
        year, month, day = (parse_number(part) or 0 for part in match.groups() if part)
        return dt.date(year, month, day)
    except ValueError:
        return None


def _signature_date(blocks: Sequence[Block]) -> dt.date | None:
    for block in reversed(blocks):
        if DATE.fullmatch(_signed(block)):
            return _date(block.text)
    return None


def _signed(block: Block) -> str:
    """A line that may hold the day of signature, without what stands around it: （2025年3月1日）, 2025年3月1日印发."""
    return _ISSUED.sub("", line_of(block.text).strip("（）()"))


def _sealed_date(blocks: Sequence[Block]) -> dt.date | None:
    """The date below the issuer's name where more than a line follows it: a receipt, annexes."""
    for issuer, signed in pairwise(blocks):
        body = _SEAL.sub("", line_of(issuer.text))
        if is_body(body) and DATE.fullmatch(line_of(signed.text)):
            return _date(signed.text)
    return None


def _adoption_date(blocks: Sequence[Block]) -> dt.date | None:
    """The date that a line near the title gives: （某年某月某日…会议审议通过）, 填报日期：…, 某发〔某年〕某号 某年某月某日印发."""
    for block in blocks:
        text = line_of(block.text)
        if _ADOPTED.fullmatch(text):
            return _date(text)
        number = DOCUMENT_NUMBER.match(text)
        behind = _BEHIND_NUMBER.fullmatch(text, number.end()) if number else None
        if behind and behind["issued"]:
            return _date(behind["issued"])
        if filled_in := _FILLED_IN.search(block.text):
            return _date(block.text[filled_in.end() : filled_in.end() + 16])
    return None


def _published(front: Sequence[Block]) -> dt.date | None:
    for block in front:
        if match := _PUBLISHED.search(block.text):
            return _date(block.text[match.end() : match.end() + 12])
    return None


def _reported(front: Sequence[Block]) -> dt.date | None:
    """The day up to which a document says before its first heading that it reports: 进展情况截至2025年9月30日."""
    told = filter(None, (_REPORTED.search(block.text) for block in front))
    return next((_date(match.group()) for match in told), None)


def _year(title: str, issued: dt.date | None) -> int | None:
    """The year that a title names; of several (2025—2026年秋冬季) the one in which the text was signed, or the first."""
    if several := _SEVERAL_YEARS.search(title):
        first, last = map(int, several.groups())
        return min(max(first, issued.year), last) if issued else first
    years = re.findall(r"((?:19|20)\d{2})\s*年", title)
    return int(years[-1]) if years else None


def _last_year_told(front: Sequence[Block]) -> int | None:
    """The year of the last day that is told before the first heading: nothing is signed before what it tells of.

    The limits in the rows of a table are days to come, and count where nothing else is dated.
    """
    lines = [block for block in front if not is_table_row(block)]
    return _last_year_of(lines) or _last_year_of(front)


def _last_year_of(blocks: Sequence[Block]) -> int | None:
    told = (match.group(1) for block in blocks for match in DATE.finditer(block.text))
    return max((int(year) for year in told if year), default=None)


def _kind(title: str) -> DocumentKind:
    for kind, words in load_vocabulary("documents")["kinds"].items():
        if any(word in title for word in words):
            return DocumentKind(kind)
    return DocumentKind.OTHER
