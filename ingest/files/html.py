"""Web pages, saved ones too (.html, .mht): the article without the page around it.

Scripts, menus, page heads and feet are left out, everything else is kept in order. The parser follows HTML 5,
where `<` before a Chinese character is text: 《关于印发<某省方案>的通知》 stays whole.
"""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from pathlib import Path

from lxml import etree, html

from ingest.errors import DecodingError, FormatError
from ingest.files.extracted import Extracted, TextBuilder
from ingest.files.grid import Cell, write_table
from ingest.files.limits import Limits

_NEVER_SHOWN = frozenset([
    "script",
    "style",
    "noscript",
    "template",
    "head",
    "svg",
    "math",
    "iframe",
    "object",
    "embed",
    "canvas",
    "audio",
    "video",
    "map",
])
_PAGE_PARTS = frozenset(("nav", "footer", "aside", "form", "button", "select", "dialog", "menu"))
_PAGE_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary", "menu"))
# A class or id that says what a part of the page is for, and nothing else: site-header, nav2, footer_wrap.
_PAGE_NAME = re.compile(
    r"(?:(?:site|page|main|global|web)[-_]?)?"
    r"(?:nav|navbar|menu|footer|foot|header|head|top|breadcrumbs?|crumbs?|share|sidebar|toolbar|copyright|"
    r"related|recommend|login|search)(?:[-_]?(?:bar|box|wrap|wrapper|nav|menu|list|links?|\d+))?",
    re.IGNORECASE,
)
_BLOCKS = frozenset([
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
])
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE
)
# Wide encodings that a page may declare; the Chinese ones are parts of GB18030.
_ENCODINGS = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WRAPPED = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*\n\s*(?=[\u2e80-\u9fff\uff00-\uffef])"
)
_LEAST_MENU_LINKS = 3
# A part named like a head or foot that holds this share of the text is the page itself.
_MOST_OF_TEXT = 0.4
_MOST_COLUMNS = 200


def extract(path: Path, limits: Limits) -> Extracted:
    """The text of a web page, or of the page in a saved archive (.mht).

    Raises:
        DecodingError: its encoding is neither declared nor one of those in use.
        FormatError: an archive without a page.
    """
    content = path.read_bytes()
    if path.suffix.lower() in (".mht", ".mhtml"):
        content, declared = _page_of_archive(content, path.name)
        return extract_text(decode(content, path.name, declared))
    return extract_text(decode(content, path.name))


def decode(content: bytes, name: str, declared: str = "") -> str:
    """The text of a page: by its byte order mark, the declared encoding, else UTF-8 or GB18030, strictly."""
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "")
    meta = _DECLARED.search(content[:4096])
    named = declared or (meta.group(1).decode("ascii") if meta else "")
    for encoding in (marked, _ENCODINGS.get(named.lower(), ""), "utf-8", "gb18030"):
        try:
            if encoding:
                return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DecodingError(name, "网页的编码无法识别，请用浏览器打开后另存为 UTF-8 的网页")


def extract_text(page: str) -> Extracted:
    """The article of a page that is decoded already."""
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    source = page.replace("\x00", "").encode("utf-8", "replace")
    builder = TextBuilder()
    if source.strip():
        try:
            root = html.document_fromstring(source, parser=parser)
        except etree.LxmlError:  # nothing but a comment
            return builder.build()
        _drop_page_parts(root)
        _Writer(builder).write(root)
    return builder.build()


def _page_of_archive(content: bytes, name: str) -> tuple[bytes, str]:
    """The first page of a web archive (MIME) with its declared encoding."""
    message = message_from_bytes(content, policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                return page, part.get_content_charset("")
    raise FormatError(name, "网页归档里没有网页，请用浏览器打开原网页后另存为 .html")


def _drop_page_parts(root: html.HtmlElement) -> None:
    """Remove what is around the article."""
    total = len(_text(root)) or 1
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if _is_never_shown(element) or (
            _is_page_part(element) and len(_text(element)) < _MOST_OF_TEXT * total
        ):
            element.drop_tree()


def _is_never_shown(element: html.HtmlElement) -> bool:
    return (
        element.tag in _NEVER_SHOWN
        or element.get("hidden") is not None
        or _HIDDEN.search(element.get("style", "")) is not None
    )


def _is_page_part(element: html.HtmlElement) -> bool:
    if element.tag in ("html", "body", "article", "main", "table", "tbody", "tr"):
        return False
    if element.find(".//h1") is not None:
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return (
        element.tag in _PAGE_PARTS
        or element.get("role") in _PAGE_ROLES
        or (element.tag in _BLOCKS and any(map(_PAGE_NAME.fullmatch, names.split())))
        or (element.tag in _BLOCKS and _is_menu(element))
    )


def _is_menu(element: html.HtmlElement) -> bool:
    """Whether most of an element's words are links."""
    links = [len(_text(link)) for link in element.iter("a") if link.get("href")]
    return len(links) >= _LEAST_MENU_LINKS and 2 * sum(links) > len(_text(element))


def _text(element: html.HtmlElement) -> str:
    return "".join("".join(element.itertext()).split())


@dataclass(slots=True)
class _List:
    """An ordered list that is open, with the number of its next item."""

    next: int
    step: int = 1


class _Writer:
    """Writes the words of an element line by line, without recursion: pages may be nested deeply."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._line: list[str] = []
        self._paragraphs = 0
        self._tables = 0
        self._lists: list[_List | None] = []

    def write(self, root: html.HtmlElement) -> None:
        skipped: html.HtmlElement | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start" and skipped is None:
                if element.tag == "table" and (rows := _data_rows(element)):
                    self._flush()
                    self._table(rows)
                    skipped = element
                else:
                    self._open(element)
            elif event == "end":
                if skipped is None:
                    self._close(element)
                elif skipped is element:
                    skipped = None
                if skipped is None and element is not root:
                    self._line.append(element.tail or "")
        self._flush()

    def _open(self, element: html.HtmlElement) -> None:
        if element.tag in _BLOCKS:
            self._flush()
        if element.tag in ("ol", "ul"):
            start = _integer(element.get("start"), 1)
            self._lists.append(_List(start) if element.tag == "ol" else None)
        elif element.tag == "li" and self._lists and (numbers := self._lists[-1]) is not None:
            numbers.next = _integer(element.get("value"), numbers.next)
            self._line.append(f"{numbers.next}.")
            numbers.next += numbers.step
        if element.tag == "br":
            self._line.append("\ue000")  # a line break that is none of the source's own
        self._line.append(element.text or "")

    def _close(self, element: html.HtmlElement) -> None:
        if element.tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        if element.tag in _BLOCKS:
            self._flush()

    def _flush(self) -> None:
        words, self._line = "".join(self._line), []
        for line in flowed(words).split("\ue000"):
            if line.strip():
                self._paragraphs += 1
                self._builder.line(line, f"第{self._paragraphs}段")

    def _table(self, rows: list[html.HtmlElement]) -> None:
        self._tables += 1
        write_table(self._builder, list(_grid(rows, f"表{self._tables}")))


def flowed(words: str) -> str:
    """White space as a browser shows it; a line of the source that breaks between characters leaves none."""
    return _SPACE.sub(" ", _WRAPPED.sub("", words))


def _data_rows(table: html.HtmlElement) -> list[html.HtmlElement]:
    """The rows of a table that holds data; nothing for one that only lays out the page."""
    if next(table.iterdescendants("table"), None) is not None:
        return []
    rows = list(table.iter("tr"))
    columns = max((sum(1 for _ in _cells(row)) for row in rows), default=0)
    return rows if len(rows) >= 2 and columns >= 2 else []


def _cells(row: html.HtmlElement) -> Iterator[html.HtmlElement]:
    yield from row.iterchildren("td", "th")


def _grid(rows: list[html.HtmlElement], name: str) -> Iterator[list[Cell]]:
    """Rows with the cells that reach into them from above and from the left."""
    reaching: dict[int, tuple[int, Cell]] = {}
    for number, row in enumerate(rows, 1):
        line: list[Cell] = []
        following: dict[int, tuple[int, Cell]] = {}
        own = deque(_cells(row))
        while (len(line) in reaching or own) and len(line) < _MOST_COLUMNS:
            if len(line) in reaching:
                down, cell = reaching[len(line)]
                spread = [cell]
            else:
                element = own.popleft()
                cell = Cell(_cell_text(element), f"{name}第{number}行第{len(line) + 1}列")
                down = _integer(element.get("rowspan"), 1) or len(rows)
                across = max(1, min(_integer(element.get("colspan"), 1), _MOST_COLUMNS))
                spread = [replace(cell, across=offset > 0) for offset in range(across)]
            for one in spread:
                if down > 1:
                    following[len(line)] = (down - 1, one)
                line.append(one)
        reaching = following
        yield line


def _cell_text(cell: html.HtmlElement) -> str:
    """The lines of a cell: its paragraphs and what `<br>` breaks."""
    parts = [cell.text or ""]
    for element in cell.iterdescendants():
        breaks = element.tag == "br" or element.tag in _BLOCKS
        parts += ["\ue000" if breaks else "", element.text or ""]
        parts += ["\ue000" if element.tag in _BLOCKS else "", element.tail or ""]
    return "\n".join(line for line in flowed("".join(parts)).split("\ue000") if line.strip())


def _integer(text: str | None, default: int) -> int:
    try:
        return int(text) if text and len(text) < 6 else default
    except ValueError:
        return default
