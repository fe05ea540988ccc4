"""A time that a question has confirmed to be the limit of something: 管网2025年底完成吧, 不是2024年12月吗."""

from __future__ import annotations

import datetime as dt
import re

from assistant.query import Window
from assistant.understanding.windows import find_windows
from assistant.vocabulary import asks


def claimed_limit(text: str, as_of: dt.date) -> Window | None:
    """The only time that a folded question names, where no more follows it than that something is done by then."""
    windows = find_windows(text, as_of)
    if len(windows) != 1 or text.count(windows[0].text) != 1 or asks("operations", "list", text):
        return None
    (window,) = windows
    before, _, behind = text.partition(window.text)
    # With another figure it is not the time that is to be confirmed; 8月完工的 tells what has happened.
    if re.search(r"\d", before + behind) or (window.any_year and "的" in behind):
        return None
    return window if asks("operations", "limit_claimed", behind) else None
