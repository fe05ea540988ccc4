"""Figures with their units: 3.5万吨/日 is 35000吨/日 and not 3.5吨/日; 二十四项 is 24项; 12处 is no 12次.

A figure is borne out by the evidence if the same value stands there with the same unit, or without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ingest.numerals import parse_number

# Units of one meaning; the first form stands for all. Counting words that are used for each other are one.
_SAME = (
    ("微克/立方米", "μg/m3", "µg/m3", "ug/m3", "微克每立方米"),
    ("毫克/升", "mg/l", "毫克每升"),
    ("毫克/立方米", "mg/m3"),
    ("吨/日", "吨/天", "立方米/日", "立方米/天", "m3/d", "t/d"),
    ("平方公里", "平方千米", "km2"),
    ("平方米", "m2", "平米"),
    ("立方米", "m3", "方"),
    ("公里", "千米", "km"),
    ("公斤", "千克", "kg"),
    ("吨", "t"),
    ("毫米", "mm"),
    ("厘米", "cm"),
    ("%", "百分比"),
    ("天", "日"),
    ("周", "星期"),
    ("个月",),
    ("季度",),
    ("人", "名", "位"),
    ("家", "户"),
    ("次", "轮", "遍"),
    ("台", "辆", "套", "艘", "座"),
    ("项", "个", "条", "处", "件", "类", "宗", "起", "点", "种", "点位"),
    ("方面", "部分", "阶段", "步"),
)
_ALONE = (
    "美元", "欧元", "立方公里", "立方厘米", "微克", "毫克", "克", "公顷", "亩", "蒸吨", "千瓦时", "千瓦", "度", "元", "℃", "分贝", "小时", "分钟",
    "个百分点", "百分点", "倍", "成", "人次", "批", "所", "间", "栋", "块", "片", "级", "份", "米", "升", "岁", "吨",
    "株", "棵", "口", "眼", "头", "只", "期", "章", "平方米", "年",
)  # fmt: skip
_CLASS = {unit: same[0] for same in _SAME for unit in same}
_UNITS = sorted({*_CLASS, *_ALONE}, key=len, reverse=True)
_UNIT = "|".join(map(re.escape, _UNITS))
_SCALES = {
    "万": Decimal(10_000),
    "亿": Decimal(100_000_000),
    "千": Decimal(1000),
    "百": Decimal(100),
}
_ARABIC = re.compile(
    rf"(?<![a-z\d.])(?P<value>\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?) *(?:余|多)?(?P<scale>[万亿]|[千百](?=元|人|吨|亩|家|户))? *(?P<unit>{_UNIT})?"
)
_SPELT = re.compile(
    rf"(?<!第)(?P<value>[一二两三四五六七八九十百千〇零]+)(?P<scale>[万亿])?(?P<unit>{_UNIT})"
)
_PERCENT = re.compile(
    r"百分之(?P<value>[一二三四五六七八九十百零〇]+)(?:点(?P<rest>[一二三四五六七八九零〇]+))?"
)
_DIGITS = {character: str(index) for index, character in enumerate("零一二三四五六七八九")} | {
    "〇": "0"
}
# 一 in front of these is no count: 一个, 一些, 一条龙.
_INDEFINITE = "一"
_POLLUTANT = re.compile(r"pm\s*(?:2\.5|10)|〔\d{4}〕|\[\d{4}\]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure of a text: its value, the class of its unit (empty where none follows), and where it stands."""

    value: Decimal
    unit: str
    written: str
    start: int
    end: int

    def borne_out_by(self, other: Quantity) -> bool:
        """Whether another figure says the same; 38微克 is short for 38微克/立方米."""
        if self.value != other.value:
            return False
        return (
            not self.unit
            or not other.unit
            or self.unit == other.unit
            or other.unit.startswith(f"{self.unit}/")
        )


# One statement is read several times: for figures nowhere, mixed up and turned around.
@lru_cache(maxsize=1024)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The figures of a folded text in order; what names a pollutant or numbers a document is none."""
    masked = _POLLUTANT.sub(lambda match: "\n" * len(match.group()), text)
    found = [*_percentages(masked)]
    taken = {position for one in found for position in range(one.start, one.end)}
    for pattern in (_ARABIC, _SPELT):
        for match in pattern.finditer(masked):
            if match.start() not in taken and (one := _read(match)) is not None:
                found.append(one)
    return tuple(sorted(found, key=lambda one: one.start))


def _read(match: re.Match[str]) -> Quantity | None:
    written = match["value"]
    if written[0].isdigit():
        value = Decimal(written.replace(",", ""))
    else:
        number = parse_number(written)
        if number is None or (written == _INDEFINITE and not match["scale"]):
            return None
        value = Decimal(number)
    scale = _SCALES.get(match["scale"] or "", Decimal(1))
    unit = match["unit"] or ""
    return Quantity(value * scale, _CLASS.get(unit, unit), match.group(), *match.span())


def _percentages(text: str) -> Iterable[Quantity]:
    for match in _PERCENT.finditer(text):
        whole = parse_number(match["value"])
        if whole is not None:
            rest = "".join(_DIGITS[one] for one in match["rest"] or "")
            value = Decimal(f"{whole}.{rest or 0}")
            yield Quantity(value, "%", match.group(), *match.span())


def missing_quantities(text: str, support: str) -> list[str]:
    """The figures with a unit that a folded text has and a folded evidence does not."""
    known = quantities(support)
    return [
        one.written.strip()
        for one in quantities(text)
        if one.unit and not any(one.borne_out_by(other) for other in known)
    ]


def without_proven(text: str, support: str) -> str:
    """A folded text, as long as before, with the figures blanked that the evidence has in other digits."""
    known = quantities(support)
    for one in quantities(text):
        if one.unit and any(one.borne_out_by(other) and other.unit for other in known):
            text = text[: one.start] + "\n" * (one.end - one.start) + text[one.end :]
    return text
