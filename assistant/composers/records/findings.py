"""What a notice lists as wrong in a part of its own, whose tasks are the demands of another: 二、存在问题 … 四、整改要求 …."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.records import ParsedDocument, Section

FINDINGS = re.compile(
    r"(?:存在|发现|主要|突出)的?[\u4e00-\u9fff]{0,6}(?:问题|隐患)|问题清单|违法(?:行为|事实)"
)


def findings_apart(parsed: ParsedDocument) -> Sequence[Section]:
    """The numbered points of such a part, in their order; none where they are tasks themselves."""
    parts = [one for one in parsed.sections if FINDINGS.search(one.title) and not one.annex]
    part = next(iter(parts), None)
    if part is None or any(part.span.covers(task.span) for task in parsed.tasks):
        return ()
    inside = [one for one in parsed.sections if one.id != part.id and part.span.covers(one.span)]
    parents = {one.parent for one in inside}
    return [one for one in inside if one.number and one.id not in parents]
