"""Files of every format, damaged at random but the same way for the same seed."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import written_files as files

LINES = files.PLAN.splitlines()
TABLE = (files.LIST_HEAD, *files.LIST_ROWS)


def picture() -> bytes:
    from PIL import Image, ImageDraw

    page = Image.new("L", (160, 60), "white")
    ImageDraw.Draw(page).text((10, 20), "PM2.5 33", "black")
    content = io.BytesIO()
    page.save(content, "PNG")
    return content.getvalue()


ORIGINALS: dict[str, Callable[[], bytes]] = {
    "txt": lambda: files.PLAN.encode(),
    "docx": lambda: files.as_docx(LINES, TABLE),
    "xlsx": lambda: files.as_xlsx(files.LIST_TITLE, TABLE),
    "csv": lambda: files.as_csv(files.LIST_TITLE, TABLE),
    "html": lambda: files.as_html(LINES, TABLE),
    "pdf": lambda: files.as_pdf(LINES, TABLE, header="内部资料"),
    "zip": lambda: files.as_zip({"a.docx": files.as_docx(LINES), "b.txt": files.PLAN.encode()}),
    "png": picture,
}
_ZIPPED = ("docx", "xlsx")
_SPLINTERS = (
    *(b"\x00", b"\xff\xff\xff\xff", b"<", b"]]>", b"%PDF-1.7", b"endobj", b"PK\x03\x04", b"&x;"),
    *(b"9" * 40, b"-1", b"<w:tbl>", b"</w:p>", b"<table rowspan=99999>", "\u202e".encode(), b"((("),
)


def mutated(kind: str, original: bytes, seed: int) -> bytes:
    """The original damaged; every other package is damaged inside, in a part that is packed again."""
    chance = random.Random(f"{kind}:{seed}")
    if kind in _ZIPPED and seed % 2:
        return _with_damaged_part(original, chance)
    return _damaged(original, chance)


def _damaged(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(changed)) if changed else 0
        length = min(chance.choice((1, 2, 16, 300)), len(changed) - at)
        match chance.randrange(6):
            case 0:
                changed[at : at + length] = chance.randbytes(length)
            case 1:
                del changed[at : at + length]
            case 2:
                changed[at:at] = changed[at : at + length] * chance.randint(1, 50)
            case 3:
                changed[at:at] = chance.choice(_SPLINTERS)
            case 4 if changed:
                changed[at] ^= 1 << chance.randrange(8)
            case _:
                if not chance.randrange(4):
                    del changed[at:]
    return bytes(changed)


def _with_damaged_part(content: bytes, chance: random.Random) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", 8) as new:
        parts = old.infolist()
        damaged = chance.choice([one for one in parts if one.filename.endswith((".xml", ".rels"))])
        for item in parts:
            data = old.read(item)
            new.writestr(item.filename, _damaged(data, chance) if item is damaged else data)
    return written.getvalue()
