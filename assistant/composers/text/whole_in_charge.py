"""Who has the lead of all that a document sets, by the sentences that lay it on somebody: 某区谁牵头整改."""

from __future__ import annotations

import re

from assistant.composers.text.quoting import quoted
from assistant.draft import Draft
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.thing_in_charge import whole_in_charge
from prompts import phrase

_MOST = 3
# 由某委员会负责统筹整改工作; 建立由主要负责同志牵头的整改落实机制; 领导小组统筹推进.
_LAID_ON = re.compile(
    r"(?:委员会|领导小组|指挥部|专班|整改办|办公室|[局委办]|政府|区委|市委|县委|负责同志|负责人)[^，。；;]{0,10}"
    r"(?:负责(?!同志|人)|牵头(?!单位|部门)|统筹|总揽|挂帅|任组长)"
)
_OF_ALL = re.compile("整改|方案|督察|攻坚|计划|全部任务|各项任务")


class WholeInChargeComposer:
    """Quotes what a document says, outside of its tasks, of who leads or coordinates them all."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def draft(self, query: Query) -> Draft | None:
        """The sentences; None where nothing of the kind is asked or told."""
        if not whole_in_charge(query, self._library):
            return None
        (parsed,) = self._library.within(query.documents)
        path = parsed.source.path
        said = [
            one
            for one in parsed.sentences
            if self._library.place(path, one.start).task is None
            and _OF_ALL.search(one.quote)
            and _LAID_ON.search(one.quote)
        ]
        if not 0 < len(said) <= _MOST:
            return None
        lead = phrase("quoted_from", title=parsed.source.title)
        return Draft(tuple(quoted(self._library, parsed.source, said, lead)))
