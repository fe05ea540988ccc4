"""Recognition of text in pictures, offline: RapidOCR with the models that its package carries."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from ingest.files.layout import Line, Page, TableBox
from ingest.files.scanned_tables import with_tables

Scaled = TypeVar("Scaled", Line, TableBox)

HOW_TO_INSTALL = '需要文字识别组件，请运行 pip install -c constraints.txt "duban[ocr]"（源码目录：-e ".[ocr]"）后重新导入'
# What is less sure than this is noise: stamps, signatures, dirt on the glass.
_LEAST_CONFIDENCE = 0.5


def is_installed() -> bool:
    return find_spec("rapidocr") is not None


def read_page(picture: NDArray[np.uint8], page: int, scale: float = 1.0) -> Page:
    """The lines and ruled tables of a picture; `scale` turns its pixels into the lengths of the page."""
    height, width = picture.shape[:2]
    lines = tuple(_lines(picture, page))
    found = with_tables(Page(width, height, lines), picture, lambda part: _lines(part, page))
    return Page(
        width * scale,
        height * scale,
        tuple(_scaled(line, scale) for line in found.lines),
        tuple(_scaled(table, scale) for table in found.tables),
    )


def _lines(picture: NDArray[np.uint8], page: int) -> list[Line]:
    """The recognised lines, in pixels."""
    if not picture.size:
        return []
    found = _engine()(picture)
    if found.boxes is None:
        return []
    return [
        _line(box, text, float(confidence), page)
        for box, text, confidence in zip(found.boxes, found.txts, found.scores, strict=True)
        if text.strip() and confidence >= _LEAST_CONFIDENCE
    ]


def _line(box: Any, text: str, confidence: float, page: int) -> Line:  # noqa: ANN401
    """A recognised line; `box` are its four corners."""
    xs, ys = box[:, 0], box[:, 1]
    top, bottom = float(ys.min()), float(ys.max())
    return Line(
        x0=float(xs.min()),
        top=top,
        x1=float(xs.max()),
        bottom=bottom,
        page=page,
        text=_with_brackets_alike(text),
        size=bottom - top,
        confidence=confidence,
    )


def _with_brackets_alike(text: str) -> str:
    """A round bracket that was opened wide is closed wide: in a picture both widths look the same."""
    opened: list[str] = []
    characters = list(text)
    for place, one in enumerate(characters):
        if one in "（(":
            opened.append(one)
        elif one in "）)" and opened:
            characters[place] = "）" if opened.pop() == "（" else ")"
    return "".join(characters)


def _scaled(box: Scaled, scale: float) -> Scaled:
    lengths = {name: getattr(box, name) * scale for name in ("x0", "top", "x1", "bottom")}
    if isinstance(box, Line):
        lengths["size"] = box.size * scale
    return replace(box, **lengths)


@cache
def _engine() -> Any:  # noqa: ANN401 - the package has no types
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"Global.log_level": "error"})
