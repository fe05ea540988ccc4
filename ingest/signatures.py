"""Who signs and when, below the last section: two lines that say nothing of it and would be read as its own text."""

from __future__ import annotations

from ingest.outline import Node
from ingest.titles import DATE, is_body, line_of

_LINES = 2


def part_signature_off(root: Node) -> None:
    """Give the issuer and the date to the document as a whole where they stand behind the text of its last section."""
    last = list(root.walk())[-1]
    own = last.parent is not None and not (last.annex or last.annex_list)
    if not (own and root.blocks) or len(last.blocks) <= _LINES:
        return
    issuer, day = last.blocks[-_LINES:]
    if not (is_body(line_of(issuer.text)) and DATE.fullmatch(line_of(day.text))):
        return
    last.blocks = last.blocks[:-_LINES]
    root.blocks = [*root.blocks, issuer, day]
