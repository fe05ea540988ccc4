"""Shares in tenths, as people say them: 不到六成 is 不到60%."""

from __future__ import annotations

import re

from ingest.numerals import parse_spoken

_DIGIT = "[一二两三四五六七八九]"
_TENTHS = re.compile(
    rf"(?P<bound>不到|不足|低于|少于|高于|超过|大于|至少|达到|不低于|不超过|[过超破上满够])了?(?P<tens>{_DIGIT})成(?P<rest>{_DIGIT}|半)?"
    rf"|(?<![一二两三四五六七八九十几])(?P<before>{_DIGIT})成(?P<more>{_DIGIT}|半)?(?=以上|以下|以内)"
)
# 过七成 and 满七成
_PLAIN = {
    **dict.fromkeys(("过", "超", "破"), "超过"),
    **dict.fromkeys(("上", "满", "够"), "不少于"),
}


def with_percentages(text: str, known: str) -> str:
    """A folded question with bounds in tenths as percentages; as it is where the documents say it so themselves."""

    def written(match: re.Match[str]) -> str:
        bound = match["bound"] or ""
        said = match.group().removeprefix(bound).removeprefix("了")
        if said in known:
            return match.group()
        ones = match["rest"] or match["more"] or ""
        share = 10 * _value(match["tens"] or match["before"]) + (_value(ones) if ones else 0)
        return f"{_PLAIN.get(bound, bound)}{share}%"

    return _TENTHS.sub(written, text)


def _value(digit: str) -> int:
    return 5 if digit == "半" else parse_spoken(digit) or 0
