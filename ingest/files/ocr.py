"""Recognition of text in pictures, offline: RapidOCR with the models that its package carries."""

from __future__ import annotations

import logging
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.files.layout import Line, Page

HOW_TO_INSTALL = '需要文字识别组件，请运行 pip install -c constraints.txt "duban[ocr]"（源码目录：-e ".[ocr]"）后重新导入'
# What is less sure than this is noise: stamps, signatures, dirt on the glass.
_LEAST_CONFIDENCE = 0.5


def is_installed() -> bool:
    return find_spec("rapidocr") is not None


def read_page(picture: NDArray[np.uint8], page: int, scale: float = 1.0) -> Page:
    """The lines of a picture; `scale` turns its pixels into the lengths of the page."""
    height, width = picture.shape[:2]
    found = _engine()(picture)
    lines = []
    if found.boxes is not None:
        for box, text, confidence in zip(found.boxes, found.txts, found.scores, strict=True):
            if text.strip() and confidence >= _LEAST_CONFIDENCE:
                lines.append(_line(box, text, float(confidence), page, scale))
    return Page(width * scale, height * scale, tuple(lines))


def _line(box: Any, text: str, confidence: float, page: int, scale: float) -> Line:  # noqa: ANN401
    """A recognised line; `box` are its four corners in pixels."""
    xs, ys = box[:, 0] * scale, box[:, 1] * scale
    top, bottom = float(ys.min()), float(ys.max())
    return Line(
        x0=float(xs.min()),
        top=top,
        x1=float(xs.max()),
        bottom=bottom,
        page=page,
        text=text,
        size=bottom - top,
        confidence=confidence,
    )


@cache
def _engine() -> Any:  # noqa: ANN401 - the package has no types
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"Global.log_level": "error"})
