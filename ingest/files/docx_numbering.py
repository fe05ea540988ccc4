"""The numbers that Word prints before paragraphs and stores nowhere: computed from numbering.xml.

Source: ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (number formats).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.numerals import to_chinese

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_CLOSES_NUMBER = "、.．）)，：:。"


def w(name: str) -> str:
    """A name of WordprocessingML as lxml writes it."""
    return f"{{{NAMESPACE}}}{name}"


def value(element: etree._Element | None, path: str) -> str | None:
    """The `w:val` of a descendant; None where there is none."""
    found = element.find(path, {"w": NAMESPACE}) if element is not None else None
    return found.get(w("val")) if found is not None else None


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list; `restart` is the 1-based level after which it begins anew, 0 for never."""

    start: int
    format: str
    text: str
    restart: int | None
    legal: bool
    gap: bool
    style: str | None


@dataclass(frozen=True, slots=True)
class _List:
    """A list that paragraphs refer to: the definition it follows, and where it differs from that."""

    definition: str
    starts: dict[int, int]
    levels: dict[int, Level]


class Numbering:
    """Counts the numbered paragraphs of one document, in their order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._abstract: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._styles = _numbered_styles(styles)
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if numbering is not None:
            self._read(numbering)

    def label(self, properties: etree._Element | None, style: str | None) -> str:
        """The number printed before a paragraph with these properties (`w:pPr`) and style, and its gap."""
        number, level = self._reference(properties, style)
        definition = self._levels(number) if number else {}
        if number is None or level not in definition:
            return ""
        # Lists with a common definition count on from each other.
        counters = self._counters.setdefault(self._lists[number].definition, [None] * _LEVELS)
        self._advance(number, level, definition, counters)
        return _label(level, definition, counters)

    def _reference(
        self, properties: etree._Element | None, style: str | None
    ) -> tuple[str | None, int]:
        """The list and level of a paragraph: its own, else its style's. The list 0 means none."""
        own = value(properties, "w:numPr/w:numId")
        level = value(properties, "w:numPr/w:ilvl")
        styled = self._styles.get(style or "")
        number = own if own is not None else (styled[0] if styled else None)
        if number is None or number == "0":
            return None, 0
        if level is None and styled is not None:
            level = styled[1] if styled[1] is not None else self._level_of_style(number, style)
        return number, min(_integer(level, 0), _LEVELS - 1)

    def _level_of_style(self, number: str, style: str | None) -> str | None:
        levels = self._levels(number)
        return next((str(index) for index, one in levels.items() if one.style == style), None)

    def _levels(self, number: str) -> dict[int, Level]:
        if number not in self._lists:
            return {}
        definition = self._lists[number].definition
        linked = self._styles.get(self._links.get(definition, ""))
        if linked is not None and linked[0] in self._lists:
            definition = self._lists[linked[0]].definition
        return self._abstract.get(definition, {}) | self._lists[number].levels

    def _advance(
        self, number: str, level: int, definition: dict[int, Level], counters: list[int | None]
    ) -> None:
        override = self._lists[number].starts.get(level)
        if override is not None and (number, level) not in self._begun:
            self._begun.add((number, level))
            counters[level] = override
        else:
            current = counters[level]
            counters[level] = definition[level].start if current is None else current + 1
        for above in range(level):
            if counters[above] is None:
                counters[above] = definition[above].start if above in definition else 1
        for below in range(level + 1, _LEVELS):
            restart = definition[below].restart if below in definition else None
            if restart is None or 0 < level + 1 <= restart:
                counters[below] = None

    def _read(self, numbering: etree._Element) -> None:
        for abstract in numbering.iterchildren(w("abstractNum")):
            key = abstract.get(w("abstractNumId"), "")
            self._abstract[key] = dict(_read_levels(abstract))
            link = value(abstract, "w:numStyleLink")
            if link is not None:
                self._links[key] = link
        for number in numbering.iterchildren(w("num")):
            key = number.get(w("numId"), "")
            starts: dict[int, int] = {}
            own: dict[int, Level] = {}
            for override in number.iterchildren(w("lvlOverride")):
                index = _integer(override.get(w("ilvl")), 0)
                own.update(_read_levels(override))
                if (start := value(override, "w:startOverride")) is not None:
                    starts[index] = _integer(start, 1)
            self._lists[key] = _List(value(number, "w:abstractNumId") or "", starts, own)


def _integer(text: str | None, default: int) -> int:
    try:
        return max(0, int(text)) if text else default
    except ValueError:
        return default


def _read_levels(parent: etree._Element) -> Iterator[tuple[int, Level]]:
    for level in parent.iterchildren(w("lvl")):
        restart = value(level, "w:lvlRestart")
        yield (
            _integer(level.get(w("ilvl")), 0),
            Level(
                start=_integer(value(level, "w:start"), 0),
                format=value(level, "w:numFmt") or "decimal",
                text=value(level, "w:lvlText") or "",
                restart=_integer(restart, 0) if restart is not None else None,
                legal=level.find(w("isLgl")) is not None,
                gap=value(level, "w:suff") != "nothing",
                style=value(level, "w:pStyle"),
            ),
        )


def _numbered_styles(styles: etree._Element | None) -> dict[str, tuple[str, str | None]]:
    """The list and level that each paragraph style has, from itself or the style it is based on."""
    if styles is None:
        return {}
    by_id = {one.get(w("styleId"), ""): one for one in styles.iterchildren(w("style"))}
    found = {}
    for name in by_id:
        style, seen = name, set[str]()
        while style in by_id and style not in seen:
            seen.add(style)
            number = value(by_id[style], "w:pPr/w:numPr/w:numId")
            if number is not None:
                found[name] = (number, value(by_id[style], "w:pPr/w:numPr/w:ilvl"))
                break
            style = value(by_id[style], "w:basedOn") or ""
    return found


def _label(level: int, definition: dict[int, Level], counters: list[int | None]) -> str:
    own = definition[level]

    def number(match: re.Match[str]) -> str:
        index = int(match.group(1)) - 1
        kind = definition[index].format if index in definition else "decimal"
        return format_number(counters[index] or 0, "decimal" if own.legal else kind)

    if own.format in ("bullet", "none") and not _PLACEHOLDER.search(own.text):
        return ""
    label = _PLACEHOLDER.sub(number, own.text)
    return f"{label} " if label and own.gap and label[-1] not in _CLOSES_NUMBER else label


def format_number(number: int, kind: str) -> str:
    """A number in one of Word's formats; those that are not known are written as digits."""
    writer = _FORMATS.get(kind)
    return writer(number) if writer is not None and 0 <= number <= 9999 else str(number)


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(one)] for one in str(number))


def _enclosed(first: str, last: str) -> Callable[[int], str]:
    def write(number: int) -> str:
        code = ord(first) + number - 1
        return chr(code) if ord(first) <= code <= ord(last) else str(number)

    return write


def _letters(first: str) -> Callable[[int], str]:
    # After z comes aa, then bb.
    def write(number: int) -> str:
        turn, letter = divmod(max(number, 1) - 1, 26)
        return chr(ord(first) + letter) * (turn + 1)

    return write


def _roman(number: int) -> str:
    written = ""
    for figure, sign in _ROMAN:
        while number >= figure:
            written, number = written + sign, number - figure
    return written


_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "chineseCounting": to_chinese,
    "chineseCountingThousand": to_chinese,
    "japaneseCounting": to_chinese,
    "taiwaneseCounting": to_chinese,
    "taiwaneseCountingThousand": to_chinese,
    "koreanCounting": to_chinese,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "ideographTraditional": lambda number: _STEMS[number - 1] if 1 <= number <= 10 else str(number),
    "decimalEnclosedCircle": _enclosed("①", "⑳"),
    "decimalEnclosedCircleChinese": _enclosed("①", "⑳"),
    "decimalEnclosedParen": _enclosed("⑴", "⒇"),
    "decimalEnclosedFullstop": _enclosed("⒈", "⒛"),
    "ideographEnclosedCircle": _enclosed("㊀", "㊉"),
    "lowerLetter": _letters("a"),
    "upperLetter": _letters("A"),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
    "none": lambda number: "",
}
