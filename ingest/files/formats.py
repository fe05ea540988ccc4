"""The one table of formats: which module reads a file, told by its content where its name is wrong."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from ingest.errors import FormatError
from ingest.files.extracted import Extracted
from ingest.files.limits import Limits

_HEAD_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what users call it, the names it goes by, and the function that extracts its text.

    `reader` is `module:function` in this package, imported when a file of the kind comes along; empty for
    plain text, which `ingest.parse` decodes itself, and for archives, which are unpacked before.
    """

    name: str
    suffixes: tuple[str, ...]
    reader: str = ""

    def extract(self, path: Path, limits: Limits) -> Extracted:
        module, _, function = self.reader.partition(":")
        read = getattr(import_module(f"ingest.files.{module}"), function)
        return cast(Callable[[Path, Limits], Extracted], read)(path, limits)


TEXT = Format("文本", (".txt", ".md"))
WORD = Format("Word 文档", (".docx", ".docm"), "docx:extract")
SHEET = Format("表格", (".xlsx", ".xlsm"), "spreadsheet:extract")
CSV = Format("CSV 表格", (".csv", ".tsv"), "spreadsheet:extract_csv")
PAGE = Format("网页", (".html", ".htm", ".mht", ".mhtml"), "html:extract")
PDF = Format("PDF", (".pdf",), "pdf:extract")
IMAGE = Format("图片", (".jpg", ".jpeg", ".png", ".tif", ".tiff"), "images:extract")
OLD_WORD = Format("旧版 Word 或 WPS 文字", (".doc", ".wps", ".rtf", ".odt"), "office:extract_word")
OLD_SHEET = Format("旧版 Excel 或 WPS 表格", (".xls", ".et", ".ods"), "office:extract_sheet")
ARCHIVE = Format("压缩包", (".zip",))

FORMATS = (TEXT, WORD, SHEET, CSV, PAGE, PDF, IMAGE, OLD_WORD, OLD_SHEET, ARCHIVE)
SUFFIXES = tuple(suffix for one in FORMATS for suffix in one.suffixes)

_BY_SUFFIX = {suffix: one for one in FORMATS for suffix in one.suffixes}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"II*\x00", IMAGE),
    (b"MM\x00*", IMAGE),
    (b"{\\rtf", OLD_WORD),
)


def format_of(path: Path) -> Format:
    """The format of a file: by its name, or by its content where this is plainly another.

    Raises:
        FormatError: a kind of file that is not read.
        OSError: the file cannot be opened.
    """
    named = _BY_SUFFIX.get(path.suffix.lower())
    if named is None:
        raise FormatError(
            path.name,
            f"不支持 {path.suffix or '没有扩展名的'} 文件，可导入 Word、Excel、PDF、网页、图片、文本和 zip",
        )
    if named in (TEXT, CSV):
        return named
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    return _by_content(path, head, named) or named


def _by_content(path: Path, head: bytes, named: Format) -> Format | None:
    if not head:
        raise FormatError(path.name, "文件是空的（0 字节）")
    if b"%PDF-" in head[:1024]:
        return PDF
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            return found
    if head.startswith(_OLE):
        if named in (WORD, SHEET) and _is_encrypted_package(path):
            raise FormatError(path.name, "文件有密码，请取消密码后另存再导入")
        return (
            named if named in (OLD_WORD, OLD_SHEET) else (OLD_SHEET if named is SHEET else OLD_WORD)
        )
    if head.startswith(b"PK"):
        return _packaged(path, named)
    if _looks_like_page(head) and named is not PAGE:
        return PAGE
    return None


def _packaged(path: Path, named: Format) -> Format:
    """What a ZIP package is: a Word or Excel file, one of OpenDocument, or an archive."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return named
    if "word/document.xml" in parts:
        return WORD
    if "xl/workbook.xml" in parts:
        return SHEET
    return named if "mimetype" in parts or named in (WORD, SHEET) else ARCHIVE


def _is_encrypted_package(path: Path) -> bool:
    """Whether an OLE file is an encrypted docx or xlsx: its directory names the stream EncryptedPackage."""
    return "EncryptedPackage".encode("utf-16-le") in path.read_bytes()


def _looks_like_page(head: bytes) -> bool:
    opening = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return opening.startswith((b"<!doctype html", b"<html", b"<table", b"<meta"))
