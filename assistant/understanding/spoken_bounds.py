"""Bounds as people say them: 过百的 is 超过100, 两百户往上 is 200户以上."""

from __future__ import annotations

import re

from ingest.numerals import parse_spoken

_NUMERAL = "[一二两三四五六七八九十百千]+"
# What goes on for some time, or happens so often, is no figure of a row.
_NO_TIME = "(?![天日年月号周次轮回遍个]|分之|[几多])"
_PASSED = re.compile(
    rf"(?P<word>超过|超|过|破|上|不足|不到|不满)(?P<number>[一二两三四五六七八九]?[百千]){_NO_TIME}"
)
_BEYOND = re.compile(
    rf"(?P<number>\d+(?:\.\d+)?|{_NUMERAL})(?P<unit>(?!个?[天日年月号周次轮回遍级])[^\W\d_]{{0,3}}?)"
    r"(?P<word>往上|朝上|开外|打底|往下|朝下|以上|以下|以内)"
)
_PLAIN = {
    **dict.fromkeys(("超过", "超", "过", "破"), "超过"),
    "上": "不少于",
    **dict.fromkeys(("不足", "不到", "不满"), "不到"),
    **dict.fromkeys(("往上", "朝上", "开外", "打底", "以上"), "以上"),
    **dict.fromkeys(("往下", "朝下", "以下"), "以下"),
    "以内": "以内",
}


def with_plain_bounds(text: str, known: str) -> str:
    """A folded question with its bounds in figures and in plain words; as it is where the documents say it so."""

    def passed(match: re.Match[str]) -> str:
        if match.group() in known:
            return match.group()
        return f"{_PLAIN[match['word']]}{_figure(match['number'])}"

    def beyond(match: re.Match[str]) -> str:
        if match.group() in known:
            return match.group()
        return f"{_figure(match['number'])}{match['unit']}{_PLAIN[match['word']]}"

    return _BEYOND.sub(beyond, _PASSED.sub(passed, text))


def _figure(said: str) -> str:
    """A number in figures; 百 and 千 are one of them."""
    whole = f"一{said}" if said[0] in "百千" else said
    number = parse_spoken(whole) if not said[0].isdigit() else None
    return said if number is None else str(number)
