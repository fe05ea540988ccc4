"""Names of uploaded files as they may stand in the documents folder: on any system, and harmless wherever they are shown."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
# Their full-width twins read the same and mean nothing to file systems, browsers and shells.
_TWINS = str.maketrans('<>:"|?*`$&;', "＜＞：＂｜？＊｀＄＆；")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def safe_name(name: str) -> str:
    """The last part of a path, without what steers a terminal or hides a file; empty where nothing is left."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    last = last.removeprefix("~$").translate(_TWINS)
    # Control and formatting characters, those that turn the direction of writing among them.
    shown = "".join(
        one for one in last if one == " " or not unicodedata.category(one).startswith(("C", "Z"))
    )
    shown = shown.lstrip(".~$ ").rstrip(". ")
    if _RESERVED.fullmatch(shown):
        shown = f"_{shown}"
    stem, dot, suffix = shown.rpartition(".")
    return f"{stem[: LONGEST - len(suffix) - 1]}{dot}{suffix}" if stem else shown[:LONGEST]
