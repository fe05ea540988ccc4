"""What a document says of itself: title, issuer, 文号, dates, region, year and kind."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.blocks import Block, is_table_row
from ingest.markers import find_marker
from ingest.numerals import parse_number
from ingest.records import DocumentKind
from ingest.vocabulary import load_vocabulary

_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,12}\s*[〔\[（(]\s*(?:19|20)\d{2}\s*[〕\]）)]\s*第?\s*\d{1,4}\s*号"
)
_DATE = re.compile(
    r"((?:19|20)\d{2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?"
    r"|(二[〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_SEAL = re.compile(r"[（(](?:印|章|盖章|公章)[)）]$")
_ADOPTED = re.compile(r"[（(](?:19|20)\d{2}年.{3,40}(?:通过|印发|发布|审定)[)）]")
_FILLED_IN = re.compile(r"(?:填报|填表|编制|报送|制表|更新|印发)(?:日期|时间)\s*[:：]\s*")
_PUBLISHED = re.compile(r"(?:发布时间|发布日期|发布于)\s*[:：]\s*")
_PLACE = re.compile(
    r"([\u4e00-\u9fff]{2,5}?(?:自治区|自治县|自治州|新区|街道|开发区|园区|区|县|旗|镇|乡|市|省|州|盟)"
    r"|[\u4e00-\u9fff]{2,4}?(?:经济|高新|技术|产业|工业){1,3}开发区"
    r"|[\u4e00-\u9fff]{2,10}?(?:产业|工业|化工|科技|物流|经济)园区?)(?:人民政府|管理委员会|管委会)?"
)
# What follows a place in a title; none of it is part of another place's name.
_NOT_A_PLACE = re.compile(
    r"贯彻|落实|关于|深入|打好|印发|生态|环境|人民|政府|年|第|办公|督察|整改|工作|\d"
)
# What a park or zone is for: 澄湾精细化工园区 is 澄湾园区 to those who work there.
_TRADE = re.compile(
    r"(?:精细|化工|工业|产业|经济|技术|高新|科技|物流|循环|临港|装备|制造|医药|食品)+$"
)
_PREFIX = re.compile(r"(?:中共)?(?:关于)?")
_ISSUING = re.compile(r"关于|印发|转发")
_ABOUT = re.compile(r"贯彻|落实|关于|印发|转发|督察|反馈|整改")
_ISSUED_BY = re.compile(r"^(.{2,30}?)(?:关于|印发)")
_TITLE_QUOTED = re.compile(r"印发《([^》]+)》")
# How the title of one of several tables, or of an annex, begins.
_CAPTION = re.compile(
    r"(?:附?表|台[账帐]|清单)[一二三四五六七八九十\d]{1,3}(?![一二三四五六七八九十\d]*[年月])"
)
# Longer kinds first, so that 开发区 is not cut to 开发.
_KINDS_OF_PLACE = (
    *("自治区", "自治县", "自治州", "经济技术开发区", "高新技术产业开发区", "开发区"),
    *("园区", "街道", "新区", "区", "县", "市", "镇", "乡", "旗", "州", "省"),
)


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


def read_metadata(front: Sequence[Block], tail: Sequence[Block], name: str) -> Metadata:
    """Metadata from the blocks before the first heading and the last blocks of the document.

    `name` is the file's stem, the title of last resort.
    """
    printed = _titles(front)
    titles = [_inner_title(one) for one in printed]
    opening = next((_clean(one.text)[:60] for one in front if not one.text.startswith("|")), "")
    title = titles[-1] if titles else opening or name
    first = titles[0] if titles else title
    issuer = _issuer(printed, front, tail)
    issued = (
        _signature_date(front)
        or _signature_date(tail[-4:])
        or _adoption_date(front)
        or _sealed_date(tail)
    )
    region = _region(title) or _region(issuer) or _region(first)
    return Metadata(
        title=title,
        issuer=issuer,
        document_number=_document_number(front),
        issued=issued,
        published=_published(front),
        region=region,
        region_aliases=region_aliases(region),
        year=_year(title) or (issued.year if issued else None),
        kind=_kind(title if _kind(title) is not DocumentKind.OTHER else first),
    )


def _titles(front: Sequence[Block]) -> list[str]:
    """Titles in the front matter, each put together from the lines it is broken over.

    Below the document's own, what begins with a number of tables (表二…台账) is the title of that table.
    """
    titles: list[str] = []
    lines: list[str] = []
    has_own = False
    for block in front:
        text = _clean(block.text)
        if has_own and _CAPTION.match(text):
            break
        has_own = has_own or (_may_be_title(text) and not _is_letterhead(text))
        if is_table_row(block) or not _may_be_title(text):
            lines = []
            continue
        if len(lines) == 1 and _is_letterhead(lines[0]) and not _ISSUING.match(text):
            lines = []
        lines.append(text)
        joined = "".join(lines)
        if _ends_a_title(joined) and joined.count("《") == joined.count("》"):
            titles.append(joined)
            lines = []
    return titles


def _clean(text: str) -> str:
    marker = find_marker(text)
    if marker is not None and text.startswith("#"):
        text = text.lstrip("# ")
    return "".join(text.split())


def _is_letterhead(line: str) -> bool:
    """Whether a line is the issuing body alone, and not the first half of a broken title."""
    return _looks_like_body(line) and not _ABOUT.search(line)


def _may_be_title(text: str) -> bool:
    if len(text) > 80 or _DATE.fullmatch(text) or _NUMBER.fullmatch(text):
        return False
    return not re.search(r"[。；;！？:：]|现将|如下|^[（(].*[)）]$|^来源", text)


def _ends_a_title(text: str) -> bool:
    bare = re.sub(r"[（(][^（()）]*[)）]$", "", text).rstrip("》”")
    endings: list[str] = load_vocabulary("documents")["title_endings"]
    return len(bare) >= 6 and bare.endswith(tuple(endings))


def _inner_title(title: str) -> str:
    """《…》 of “关于印发《…》的通知”: what is printed and passed on, not the note that carries it."""
    quoted = _TITLE_QUOTED.search(title)
    return quoted.group(1) if quoted else title


def _issuer(titles: Sequence[str], front: Sequence[Block], tail: Sequence[Block]) -> str:
    lines = [text for text in (_clean(block.text) for block in front) if _may_be_title(text)]
    lines = [text.removesuffix("文件") for text in lines]
    for text in (*titles, *lines):
        issued_by = _ISSUED_BY.match(text)
        if issued_by and _looks_like_body(issued_by.group(1)):
            return issued_by.group(1)
    for blocks in (front, tail[-4:]):
        for before, block in pairwise(blocks):
            if _DATE.fullmatch(_clean(block.text)) and _looks_like_body(_clean(before.text)):
                return _clean(before.text)
    return lines[0] if lines and _is_letterhead(lines[0]) else ""


def _looks_like_body(text: str) -> bool:
    endings = (
        "政府",
        "委员会",
        "党组",
        "局",
        "办公室",
        "办公厅",
        "委",
        "领导小组",
        "指挥部",
        "办事处",
        "厅",
        "督察组",
        "公司",
    )
    return 3 <= len(text) <= 40 and text.endswith(endings)


def _document_number(front: Sequence[Block]) -> str:
    for block in front:
        text = _clean(block.text)
        if (match := _NUMBER.match(text)) and re.fullmatch(
            r"(?:签发人[:：].*)?", text[match.end() :]
        ):
            return match.group()
    return ""


def _date(text: str) -> dt.date | None:
    match = _DATE.search(text)
    if match is None:
        return None
    try:
        year, month, day = (parse_number(part) or 0 for part in match.groups() if part)
        return dt.date(year, month, day)
    except ValueError:
        return None


def _signature_date(blocks: Sequence[Block]) -> dt.date | None:
    for block in reversed(blocks):
        if _DATE.fullmatch(_clean(block.text).strip("（）()")):
            return _date(block.text)
    return None


def _sealed_date(blocks: Sequence[Block]) -> dt.date | None:
    """The date below the issuer's name where more than a line follows it: a receipt, annexes."""
    for issuer, signed in pairwise(blocks):
        body = _SEAL.sub("", _clean(issuer.text))
        if _looks_like_body(body) and _DATE.fullmatch(_clean(signed.text)):
            return _date(signed.text)
    return None


def _adoption_date(blocks: Sequence[Block]) -> dt.date | None:
    """The date that a line near the title gives: （某年某月某日…会议审议通过）, 填报日期：…."""
    for block in blocks:
        text = _clean(block.text)
        if _ADOPTED.fullmatch(text):
            return _date(text)
        if filled_in := _FILLED_IN.search(block.text):
            return _date(block.text[filled_in.end() : filled_in.end() + 16])
    return None


def _published(front: Sequence[Block]) -> dt.date | None:
    for block in front:
        if match := _PUBLISHED.search(block.text):
            return _date(block.text[match.end() : match.end() + 12])
    return None


def _region(text: str) -> str:
    """The last of the places a title or an issuer begins with: 某区 of “某市某区关于…”."""
    prefix = _PREFIX.match(text)
    region, position = "", prefix.end() if prefix else 0
    while match := _PLACE.match(text, position):
        if _NOT_A_PLACE.search(match.group(1)):
            break
        region, position = match.group(1), match.end()
    return region


def region_aliases(region: str) -> tuple[str, ...]:
    """Other ways of writing a place: without its kind, and 金桥街 for 金桥街道."""
    aliases = []
    for kind in _KINDS_OF_PLACE:
        if region.endswith(kind) and len(region) - len(kind) >= 2:
            aliases.append(region[: -len(kind)])
            if kind == "街道":
                aliases.append(region[:-1])
            if (bare := _TRADE.sub("", aliases[0])) != aliases[0] and len(bare) >= 2:
                aliases += [bare, bare + "园区"]
            break
    return tuple(aliases)


def _year(title: str) -> int | None:
    years = re.findall(r"((?:19|20)\d{2})\s*年", title)
    return int(years[-1]) if years else None


def _kind(title: str) -> DocumentKind:
    for kind, words in load_vocabulary("documents")["kinds"].items():
        if any(word in title for word in words):
            return DocumentKind(kind)
    return DocumentKind.OTHER
