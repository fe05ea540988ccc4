"""The body that a part of a letter is addressed to by its heading: 一、某某化工有限公司（以下简称“某某公司”）.

What is below such a heading is that body's to do, unless a field says who is responsible.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.brackets import trim
from ingest.markers import known_labels
from ingest.outline import Node
from ingest.records import Span, Unit
from ingest.responsibility import closing_duties
from ingest.unit_lists import looks_like_units, parse_units

# Firms; an office that heads a part has the tasks below it (`ingest.tasks.groups`).
_FIRM = re.compile(r"\S{2,}(?:公司|集团|合作社)")
# … and works, which a heading may as well name as what is to be built; beside headings of firms they are addressed.
_WORKS = re.compile(r"\S{2,}(?:厂|矿|医院|养殖场|加油站|经营部)")
_CALLED = re.compile(r"[（(][^（()）]{0,4}(?:简称|下称)")


def heading_words(text: str, node: Node) -> tuple[int, int]:
    """A heading without its mark and the brackets that tell who is in charge, or a short name."""
    start = node.start + (node.marker.length if node.marker else 0)
    closing = closing_duties(text, start, node.heading_end)
    end = before_short_name(text, start, closing[1] if closing else node.heading_end)
    return trim(text, start, end, "：:")


def before_short_name(text: str, start: int, end: int) -> int:
    """Where a heading ends before the bracket that gives its body a short name."""
    called = _CALLED.search(text, start, end)
    return called.start() if called else end


def addressee(text: str, node: Node) -> Unit | None:
    """The firm that a heading names and nothing else."""
    start, end = heading_words(text, node)
    beside = node.parent.children if node.parent is not None else []
    firms = sum(_FIRM.fullmatch(text, *heading_words(text, one)) is not None for one in beside)
    named = _FIRM.fullmatch(text, start, end) or (firms and _WORKS.fullmatch(text, start, end))
    if not named or not looks_like_units(text, start, end):
        return None
    units = parse_units(text, start, end)
    return units[0] if len(units) == 1 else None


def says_responsible(fields: Mapping[str, Span]) -> bool:
    """Whether one of a task's fields (by role) says by a usual label who is responsible; 属地单位 does not."""
    line = fields.get("responsible")
    if line is None:
        return False
    label = re.split("[:：]", line.quote)[0].strip("【】〔〕* \u3000")
    return known_labels().get(label) == "responsible"
