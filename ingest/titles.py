"""The title of a document: what is printed at its head, put together from the lines it is broken over.

A note that passes a text on (关于印发…的通知) comes before that text's own title. What else looks like a title is none:
the name of a column of the page above it, and captions and headings of tables below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.blocks import Block, is_table_row
from ingest.markers import find_marker
from ingest.regions import region_of
from ingest.vocabulary import load_vocabulary

DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,12}\s*[〔\[（(]\s*(?:19|20)\d{2}\s*[〕\]）)]\s*第?\s*\d{1,4}\s*[号期]"
)
DATE = re.compile(
    r"((?:19|20)\d{2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?"
    r"|(二[〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_ISSUING = re.compile(r"关于|印发|转发")
_PASSES_ON = re.compile(r"印发|转发|印送|下发|发布|公布|通知|函$")
_JOINS = re.compile(r"的|和|及|与|暨|以及")
_LONGEST_REST = 20
# How the title of one of several tables, or of an annex, begins.
_CAPTION = re.compile(
    r"(?:附?表|台[账帐]|清单)[一二三四五六七八九十\d]{1,3}(?![一二三四五六七八九十\d]*[年月])"
)
_ABOUT = re.compile(r"贯彻|落实|关于|印发|转发|督察|反馈|整改")


@dataclass(frozen=True, slots=True)
class _Title:
    """A line, or several, that read as a title.

    `below_text` tells that text stands between it and the first title, `caption` that it belongs to a table.
    """

    words: str
    below_text: bool
    caption: bool


def printed_titles(front: Sequence[Block]) -> list[str]:
    """The titles printed at the head of a document, the note that passes it on first and its own title last."""
    found = list(_titles(front))
    head = [one for one in found if not (one.below_text or one.caption)]
    # The page may have a name of its own above the title (督察整改信息公开); it speaks for no place.
    placed = [one for one in head if region_of(one.words)]
    chosen = [*(placed or head)[-1:]] or found[:1]
    for one in found[found.index(chosen[0]) + 1 :] if chosen else ():
        if one.caption or not _PASSES_ON.search(chosen[-1].words):
            break
        chosen.append(one)
    return [one.words for one in chosen]


def _titles(front: Sequence[Block]) -> Iterator[_Title]:
    lines: list[str] = []
    has_title = below_text = False
    place = 0
    while place < len(front):
        block, text = front[place], line_of(front[place].text)
        place += 1
        if is_table_row(block) or not may_be_title(text):
            lines = []
            below_text = below_text or (has_title and _is_text(block))
            continue
        if len(lines) == 1 and is_letterhead(lines[0]) and not _ISSUING.match(text):
            lines = []
        lines.append(text)
        joined = "".join(lines)
        if not _ends_a_title(joined) or joined.count("《") != joined.count("》"):
            continue
        if place < len(front) and _goes_on(joined, front, place):
            joined += line_of(front[place].text)
            place += 1
        above_row = place < len(front) and is_table_row(front[place])
        caption = _CAPTION.match(joined) is not None or (has_title and above_row)
        yield _Title(joined, below_text, caption)
        lines, has_title = [], has_title or not caption


def _is_text(block: Block) -> bool:
    """Whether a line below the title is addressed to somebody or is a sentence, and tells nothing of the document itself."""
    return is_table_row(block) or block.text.rstrip().endswith(("：", ":")) or "。" in block.text


def _goes_on(title: str, front: Sequence[Block], place: int) -> bool:
    """Whether the next line is the rest of a title whose first words may end one: …督察反馈意见 / 整改方案."""
    rest = line_of(front[place].text)
    if is_table_row(front[place]) or not may_be_title(rest) or not _ends_a_title(title + rest):
        return False
    if _JOINS.match(rest):
        return True
    above_row = place + 1 < len(front) and is_table_row(front[place + 1])
    opens = _ISSUING.match(rest) or _CAPTION.match(rest) or region_of(rest) or find_marker(rest)
    may_break = _without_bracket(title).endswith(
        tuple(load_vocabulary("documents")["weak_title_endings"])
    )
    return may_break and len(rest) <= _LONGEST_REST and not (opens or above_row)


def line_of(text: str) -> str:
    """The words of a line without white space and the signs of a Markdown heading."""
    marker = find_marker(text)
    if marker is not None and text.startswith("#"):
        text = text.lstrip("# ")
    return "".join(text.split())


def is_letterhead(line: str) -> bool:
    """Whether a line is the issuing body alone, and not the first half of a broken title."""
    return is_body(line) and not _ABOUT.search(line)


def may_be_title(text: str) -> bool:
    """Whether a line may be a title or a part of one: no sentence, date, number of a document or remark."""
    if len(text) > 80 or DATE.fullmatch(text) or DOCUMENT_NUMBER.fullmatch(text):
        return False
    return not re.search(r"[。；;！？:：]|现将|如下|^[（(].*[)）]$|^来源", text)


def _ends_a_title(text: str) -> bool:
    bare = _without_bracket(text).rstrip("》”")
    endings: list[str] = load_vocabulary("documents")["title_endings"]
    return len(bare) >= 6 and bare.endswith(tuple(endings))


def _without_bracket(text: str) -> str:
    """A title without what its last bracket adds: （第二批）, （试行）."""
    return re.sub(r"[（(][^（()）]*[)）]$", "", text)


def is_body(text: str) -> bool:
    """Whether a line ends as the names of issuing bodies do."""
    endings = (
        *("政府", "委员会", "管委会", "党组", "委", "厅", "局", "中心", "公司"),
        *("办公室", "办公厅", "办事处", "督查室", "督察室", "督查办", "督察办", "整改办", "攻坚办"),
        *("领导小组", "指挥部", "专班", "督察组", "总队", "支队", "大队"),
    )
    # 管委会 alone is nobody's.
    named = any(text.endswith(one) and len(text) >= len(one) + 2 for one in endings)
    return named and len(text) <= 40
