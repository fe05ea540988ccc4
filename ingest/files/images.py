"""Pictures of text (.jpg, .png, .tiff with its pages), read by recognition."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np

from ingest.errors import EmptyFileError, FormatError, LimitError, MissingToolError
from ingest.files import ocr
from ingest.files.extracted import Extracted, TextBuilder
from ingest.files.layout import write_pages
from ingest.files.limits import Limits
from ingest.files.progress import page_done

_MOST_PIXELS = 100_000_000  # A3 at 600 dots an inch has 70 million


def extract(path: Path, limits: Limits) -> Extracted:
    """The text in a picture.

    Raises:
        MissingToolError: no recognition is installed.
        FormatError: it is no picture, or damaged.
        LimitError: too many pages or pixels.
        EmptyFileError: nothing was recognised.
    """
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    if not ocr.is_installed():
        raise MissingToolError(path.name, f"图片里的文字{ocr.HOW_TO_INSTALL}")
    pages = []
    try:
        with warnings.catch_warnings(), Image.open(path) as picture:
            warnings.simplefilter("ignore")
            count = getattr(picture, "n_frames", 1)
            if count > limits.pages:
                raise LimitError(path.name, f"图片超过 {limits.pages} 页的上限，请拆分后再导入")
            for index, frame in enumerate(ImageSequence.Iterator(picture)):
                if frame.width * frame.height > _MOST_PIXELS:
                    raise LimitError(path.name, "图片超过 1 亿像素，请缩小后再导入")
                upright = ImageOps.exif_transpose(frame).convert("RGB")
                pages.append(ocr.read_page(np.asarray(upright), index))
                page_done(index + 1, count)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as exc:
        raise FormatError(path.name, "图片已损坏或不完整，请重新扫描或获取") from exc
    except Image.DecompressionBombError as exc:
        raise LimitError(path.name, "图片的像素过多，请缩小后再导入") from exc
    builder = TextBuilder()
    write_pages(builder, pages)
    extracted = builder.build(pages=len(pages))
    if not extracted.text.strip():
        raise EmptyFileError(path.name, "图片里没有识别出文字")
    return extracted
