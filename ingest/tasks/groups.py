"""Tasks put together by who has them: the heading above is a body, 一、县水利局, or says what is its, 县水利局牵头的任务."""

from __future__ import annotations

import re

from ingest.outline import Node
from ingest.responsibility import Duties, outside_labels, read_duties
from ingest.tasks.addressees import heading_words
from ingest.unit_lists import looks_like_units, parse_units

_TASKS = r"(?:整改|重点)?(?:任务|问题|事项|工作|项目)"
_HAS = re.compile(
    rf"由?(?P<who>[^，,。；;：:]{{3,40}}?)(?P<duty>牵头|主办|负责|承担|承办)(?:负责|办理|整改|落实|实施|推进|完成)*的?{_TASKS}(?:[（(][^（()）]*[)）])?"
)
_ROLES = {"牵头": "lead", "主办": "lead"}
# An office by its name; 农业农村 and 污水处理厂 may as well be what the tasks are about.
_OFFICE = re.compile(
    r".{2,}(?:局|委员会|人民政府|办事处|管委会|公司|集团|支队|大队|法院|检察院|办公室)(?:[（(].*[)）])?"
)
# 各部门名下任务均由该部门牵头.
_LEADS_ITS_OWN = re.compile(r"由(?:该|所列|相应|对应|本)(?:部门|单位)[^，,。；;\n]{0,4}牵头")
_FEWEST_GROUPS = 2


def duties_of_group(text: str, node: Node) -> Duties:
    """Who has the tasks below a heading, by its words."""
    duties = Duties()
    if node.parent is None:
        return duties
    start, end = heading_words(text, node)
    if has := _HAS.fullmatch(text, start, end):
        if looks_like_units(text, *has.span("who")):
            role = _ROLES.get(has["duty"], "responsible")
            duties.units[role] = list(parse_units(text, *has.span("who")))
    elif labels := outside_labels(text, start, node.blocks[0].end):
        if labels[0].start == start:
            return read_duties(text, labels, node.blocks[0].end)
    elif _groups_by_office(text, node):
        role = "lead" if _LEADS_ITS_OWN.search(text) else "responsible"
        duties.units[role] = list(parse_units(text, start, end))
    return duties


def _groups_by_office(text: str, node: Node) -> bool:
    """Whether a heading and most of those beside it are names of offices."""
    beside = (
        []
        if node.parent is None
        else [one for one in node.parent.children if one.rank == node.rank and one.children]
    )
    named = [one for one in beside if _is_office(text, one)]
    return _is_office(text, node) and len(named) >= max(_FEWEST_GROUPS, len(beside) - 1)


def _is_office(text: str, node: Node) -> bool:
    start, end = heading_words(text, node)
    units = parse_units(text, start, end) if looks_like_units(text, start, end) else ()
    return bool(units) and all(_OFFICE.fullmatch(one.name) for one in units)
