"""A letter to one body without parts: what is wrong and what is demanded are lists in its text, and it is one task.

某某公司： / 我局检查发现：1.…；2.… / 现责令你公司按下列要求改正：（一）…；（二）…
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from ingest.blocks import Block
from ingest.brackets import trim
from ingest.outline import Node
from ingest.records import Task, Unit
from ingest.responsibility import Duties
from ingest.tasks.context import Context
from ingest.tasks.measures import section_measure
from ingest.unit_lists import looks_like_units, parse_units

_SALUTATION = re.compile(r"[^：:，,。；;\n]{4,40}[：:]")
_DEMANDED = re.compile(
    r"(?:责令|要求|督促|请|限期|须)[^。；;]*(?:改正|整改|落实|完成|要求|事项)[^。；;]*[：:]$"
)
_FOUND = re.compile(
    r"(?:发现|存在|如下|以下)[^。；;]*(?:问题|情形|行为|隐患)[^。；;]*[：:]$|(?:问题|情形|行为|隐患)(?:如下)?[：:]$"
)


def read_letter(context: Context, root: Node) -> Task | None:
    """The task that such a letter is; None where a document is something else."""
    to = _addressee(context.text, root.blocks)
    if to is None or any(one.children for one in root.children):
        return None
    lists = _lists(root)
    demanded = [nodes for lead, nodes in lists if _DEMANDED.search(lead)]
    if len(demanded) != 1:
        return None
    found = [nodes for lead, nodes in lists if _FOUND.search(lead)]
    duties = Duties(fields={"name": (to.span.start, to.span.end)})
    duties.units["responsible"] = [to]
    measures = tuple(section_measure(context, one, one.blocks[0].end) for one in demanded[0])
    problem = None
    if len(found) == 1:
        problem = context.span(found[0][0].start, found[0][-1].blocks[0].end)
    return context.task(root, duties, number="", problem=problem, measures=measures, labelled=True)


def _addressee(text: str, blocks: Sequence[Block]) -> Unit | None:
    """The only body that a letter is addressed to, on a line of its own."""
    for block in blocks:
        said = _SALUTATION.fullmatch(block.text.strip())
        if said is None:
            continue
        start, end = trim(text, block.start, block.end, "：:")
        units = parse_units(text, start, end) if looks_like_units(text, start, end) else ()
        return units[0] if len(units) == 1 and not units[0].group else None
    return None


def _lists(root: Node) -> list[tuple[str, list[Node]]]:
    """The lists of the letter's text, each with the paragraph that leads up to it."""
    lead = root.blocks[-1].text if root.blocks else ""
    lists = []
    for _, run in groupby(root.children, key=lambda one: one.rank):
        nodes = list(run)
        lists.append((lead.strip(), nodes))
        lead = nodes[-1].blocks[-1].text
    return lists
