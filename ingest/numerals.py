"""Chinese numerals and integers: 二十四 ↔ 24.

Item numbers, months, quarters and periods are written in either script, sometimes in one document, so
everything that counts reads them here. Only whole numbers that a document of this genre uses are
covered (0 to 9999, and years written digit by digit as in 二〇二五).
"""

from __future__ import annotations

import re
import unicodedata

DIGITS = "零一二三四五六七八九"
LARGEST = 9999

_UNITS = ((1000, "千"), (100, "百"), (10, "十"))
# Other ways to write a digit; 两 only stands before a unit or alone, which the round trip checks.
_VARIANTS = str.maketrans("〇○两", "零零二")
_CHINESE = re.compile(rf"[{DIGITS}〇○两十百千]+")
_DIGIT_BY_DIGIT = re.compile(rf"[{DIGITS}]{{2,4}}")


def to_chinese(number: int) -> str:
    """Write `number` (0 to 9999) as a Chinese numeral: 24 → 二十四, 105 → 一百零五.

    Raises:
        ValueError: the number is outside that range.
    """
    if not 0 <= number <= LARGEST:
        raise ValueError(f"number must be within 0..{LARGEST}, got {number}")
    if number == 0:
        return DIGITS[0]
    written, rest = "", number
    for value, unit in _UNITS:
        count, rest = divmod(rest, value)
        if count:
            written += DIGITS[count] + unit
        elif written and rest and not written.endswith(DIGITS[0]):
            written += DIGITS[0]
    written += DIGITS[rest] if rest else ""
    return written.removeprefix("一") if 10 <= number < 20 else written


def parse_number(text: str) -> int | None:
    """Read a number in Arabic (any width) or Chinese digits; None when `text` is not one."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if folded.isascii() and folded.isdigit():
        return int(folded)
    if not _CHINESE.fullmatch(folded):
        return None
    plain = folded.translate(_VARIANTS)
    if len(plain) == 1 and plain in DIGITS:
        return DIGITS.index(plain)
    if _DIGIT_BY_DIGIT.fullmatch(plain):
        return _read_digit_by_digit(plain)
    return _read_with_units(plain)


def parse_spoken(text: str) -> int | None:
    """Read a number as it is said before a measure word, where 两 is two: 两个, 两百."""
    return parse_number(text.replace("两", "二"))


def _read_digit_by_digit(plain: str) -> int | None:
    """二零二五 → 2025; two plain digits side by side (二三) are a list rather than a number."""
    if len(plain) != 4 and DIGITS[0] not in plain:
        return None
    return int("".join(str(DIGITS.index(digit)) for digit in plain))


def _read_with_units(plain: str) -> int | None:
    total, rest = 0, plain
    for value, unit in _UNITS:
        head, found, tail = rest.partition(unit)
        if found:
            total += value * (_digit(head.removeprefix(DIGITS[0])) or 1)
            rest = tail
    total += _digit(rest.removeprefix(DIGITS[0]))
    # Writing it back is what rejects ill-formed strings such as 十十 or 百二.
    return total if total and plain in _spellings(total) else None


def _digit(text: str) -> int:
    return DIGITS.index(text) if len(text) == 1 and text in DIGITS else 0


def _spellings(number: int) -> frozenset[str]:
    """The usual form and the one with 一 before a leading 十 (一十二)."""
    written = to_chinese(number) if number <= LARGEST else ""
    return frozenset({written, "一" + written} if written.startswith("十") else {written})
