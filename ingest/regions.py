"""The place that a document speaks for, by its title or its issuer, and the ways to write it."""

from __future__ import annotations

import re

_PLACE = re.compile(
    r"([\u4e00-\u9fff]{2,5}?(?:自治区|自治县|自治州|新区|街道|开发区|园区|区|县|旗|镇|乡|市|省|州|盟)"
    r"|[\u4e00-\u9fff]{2,4}?(?:经济|高新|技术|产业|工业){1,3}开发区"
    r"|[\u4e00-\u9fff]{2,10}?(?:产业|工业|化工|科技|物流|经济)园区?)(?:人民政府|管理委员会|管委会)?"
)
# What follows a place in a title; none of it is part of another place's name.
_NOT_A_PLACE = re.compile(
    r"贯彻|落实|办理|迎接|配合|接受|关于|深入|打好|印发|生态|环境|人民|政府|年|第|办公|督察|整改|工作|\d"
)
# What a park or zone is for: 澄湾精细化工园区 is 澄湾园区 to those who work there.
_TRADE = re.compile(
    r"(?:精细|化工|工业|产业|经济|技术|高新|科技|物流|循环|临港|装备|制造|医药|食品"
    r"|新材料|新能源|生物|电子|信息|汽车|建材|陶瓷|纺织|轻工|绿色|环保|智能)+$"
)
_PREFIX = re.compile(r"(?:中共)?(?:关于)?")
# Longer kinds first, so that 开发区 is not cut to 开发.
_KINDS_OF_PLACE = (
    *("自治区", "自治县", "自治州", "经济技术开发区", "高新技术产业开发区", "开发区"),
    *("园区", "街道", "新区", "区", "县", "市", "镇", "乡", "旗", "州", "省", "园"),
)


# How the zones are called for short: 临浦经开区.
_SHORT_KINDS = {
    "经济技术开发区": ("经开区", "开发区"),
    "高新技术产业开发区": ("高新区",),
}
# Behind an office that signs as well, and behind the county or city that it lies in.
_ZONE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,4}?[省市县](?=[\u4e00-\u9fff]{4}))*"
    r"((?:(?![局委会部])[\u4e00-\u9fff]){2,12}?(?:开发区|园区|产业园|工业园|化工园|高新区|新区))(?=管理委员会|管委会)"
)


def region_of(text: str) -> str:
    """The last of the places a title or an issuer begins with: 某区 of “某市某区关于…”."""
    prefix = _PREFIX.match(text)
    region, position = "", prefix.end() if prefix else 0
    while match := _PLACE.match(text, position):
        if _NOT_A_PLACE.search(match.group(1)):
            break
        region, position = match.group(1), match.end()
    return region


def zones_of(issuer: str) -> tuple[str, ...]:
    """The parks and zones whose committees issue a document, each with its other names.

    Beside an office of the county or city that a document is then said to speak for, its readers know it by the zone.
    """
    zones = _ZONE.findall(issuer)
    return tuple(name for zone in zones for name in (zone, *region_aliases(zone)))


def region_aliases(region: str) -> tuple[str, ...]:
    """Other ways of writing a place: without its kind, and 金桥街 for 金桥街道."""
    aliases = []
    for kind in _KINDS_OF_PLACE:
        if region.endswith(kind) and len(region) - len(kind) >= 2:
            aliases.append(region[: -len(kind)])
            if kind == "街道":
                aliases.append(region[:-1])
            aliases += [region.removesuffix(kind) + short for short in _SHORT_KINDS.get(kind, ())]
            if (bare := _TRADE.sub("", aliases[0])) != aliases[0] and len(bare) >= 2:
                aliases += [bare, bare + "园区"]
            break
    return tuple(aliases)
