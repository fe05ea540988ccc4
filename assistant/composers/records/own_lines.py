"""Lines outside of tasks that are laid upon one body by its name: 丁香镇：配合征地4亩，8月10日前交地。"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composers.text.quoting import quoted
from assistant.draft import Block
from assistant.library import Library
from assistant.units import without_office
from ingest.records import ParsedDocument, Span
from prompts import phrase

_MOST_LINES = 3


def own_lines(library: Library, paths: Sequence[str], body: str) -> list[Block]:
    """The lines of some documents that begin with a body's name, which no list of tasks holds."""
    blocks: list[Block] = []
    for parsed in library.within(paths):
        lines = _lines(parsed, without_office(body)) if body else []
        if 0 < len(lines) <= _MOST_LINES:
            lead = phrase("also_in", title=parsed.source.title)
            blocks += quoted(library, parsed.source, lines, lead)
    return blocks


def _lines(parsed: ParsedDocument, body: str) -> list[Span]:
    source = parsed.source
    line = re.compile(
        rf"(?m)^[ \t\u3000]*({re.escape(body)}(?:人民政府|办事处|管委会)?[:：][^\n]+)"
    )
    found = (source.span(*match.span(1)) for match in line.finditer(source.text))
    return [one for one in found if not any(task.span.overlaps(one) for task in parsed.tasks)]
