"""Words that turn a figure or a fact around: 不超过 is no 不少于, and 未完成 is no 已完成."""

from __future__ import annotations

import re

from assistant.proof.quantities import Quantity, quantities

_AT_LEAST = re.compile(
    r"不少于|不低于|至少|以上|不小于|≥|大于|最少|超过(?<!不超过)|高于(?<!不高于)"
)
_AT_MOST = re.compile(
    r"不超过|不高于|不多于|以内|以下|不大于|≤|控制在|(?<!不)低于|(?<!不)少于|(?<!不)小于|最多"
)
_UP = re.compile(r"提高|提升|增加|上升|增长|扩大")
_DOWN = re.compile(r"降低|下降|减少|压减|削减|缩减")
_CLAUSE = re.compile(r"[，,。；;、|\n]")
_NEAR_BEFORE = 10
_NEAR_AFTER = 6
_DONE = re.compile(
    r"(?P<marks>(?:均|都|已经|已|全部)+)(?:按期|如期)?(?P<verb>完成|办结|销号|整改到位|整改完毕|建成|落实到位)"
)
_NOT_DONE = re.compile(
    r"(?<!认定)(?<!等于)(?<!不是)(?:尚未|还未|没有|未)(?:按期|如期|能)?(?:完成|办结|销号|整改到位|建成|开展|落实)"
)
_MAY = re.compile(r"不得|禁止|严禁|不能|不允许")
_MAY_WELL = re.compile(r"(?<!不)(?:可以|允许|准许)")


def turned_around(text: str, support: str) -> list[str]:
    """Limiting words of a text whose opposite, and not they themselves, stand in its evidence."""
    turned = _turned_limits(text, support)
    for one, other in ((_UP, _DOWN), (_DOWN, _UP)):
        found = one.search(text)
        if found and not one.search(support) and other.search(support) and not other.search(text):
            turned.append(found.group())
    turned += [done.group() for done in _DONE.finditer(text) if not _says_done(done, support)]
    not_done = _NOT_DONE.search(text)
    if not_done and not re.search(r"未|没有|不", support):
        turned.append(not_done.group())
    may = _MAY_WELL.search(text)
    if may and _MAY.search(support) and not _MAY_WELL.search(support):
        turned.append(may.group())
    return turned


def _says_done(done: re.Match[str], support: str) -> bool:
    """Whether the evidence reports the same as done, as wholly as the text does."""
    reported = re.findall(rf"[^，,。；;|\n]*{done['verb']}", support)
    marks = done["marks"].replace("都", "均")
    wanted = {mark for mark in ("均", "已", "全部") if mark in marks}
    return any(all(mark in one.replace("都", "均") for mark in wanted) for one in reported)


def _turned_limits(text: str, support: str) -> list[str]:
    """Figures with a limit of the other kind than wherever the evidence has them."""
    known = quantities(support)
    turned = []
    for one in quantities(text):
        places = [other for other in known if one.borne_out_by(other)]
        said = limit_of(text, one)
        kinds = {limit_of(support, other) for other in places}
        if said and kinds and said not in kinds and kinds - {""}:
            turned.append(one.written)
    return turned


def limit_of(text: str, one: Quantity) -> str:
    """Whether a figure is the least or the most there may be, by the words around it in its clause."""
    before = _CLAUSE.split(text[max(0, one.start - _NEAR_BEFORE) : one.start])[-1]
    after = _CLAUSE.split(text[one.end : one.end + _NEAR_AFTER])[0]
    around = f"{before} {after}"
    if _AT_LEAST.search(around):
        return "least"
    return "most" if _AT_MOST.search(around) else ""
