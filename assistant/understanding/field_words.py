"""Which words a field of a task is to have: 整改时限那栏带“长期坚持”的, 目标里写着“稳定”的."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.records import Span, Task
from vectorstore.folding import fold_query

# What a field is called, by its role; a column of a table goes by its own heading as well.
_FIELDS = (
    ("deadline", "时限|期限|限期|完成时间"),
    ("target", "目标"),
    ("measures", "措施"),
    ("problem", "问题描述|具体问题|存在问题"),
    ("status", "进展|进度|备注|完成情况|整改情况"),
)
_FIELD = "|".join(words for _, words in _FIELDS)
_ASKED = re.compile(
    rf"(?P<field>{_FIELD})(?:情况)?(?:这|那)?(?:一)?(?:栏|列|项|格)?(?:里头?|里面|中|上)?(?:都|只|直接|明确)?"
    r"(?:写|带|有|含|填|注|标|提|记|出现|包含)(?:着|了|有|明|到|的|是)*"
    r"[“\"「](?P<words>[^”\"」]{2,16})[”\"」](?:字样|[二两几]个?字|字眼)?(?:的|[,，?？。]|$)"
)


@dataclass(frozen=True, slots=True)
class FieldWords:
    """Words that a field is to have, as the question calls it; `said` are all its words for both."""

    field: str
    words: str
    said: str

    def holds(self, task: Task) -> bool:
        """Whether that field of a task has the words."""
        return any(self.words in fold_query(one.quote) for one in self._written(task))

    @property
    def role(self) -> str:
        """What the field is to a task: deadline, status."""
        return next(role for role, words in _FIELDS if re.fullmatch(words, self.field))

    def _written(self, task: Task) -> Iterator[Span]:
        if self.role in task.fields:
            yield task.fields[self.role]
        yield from (cell for head, cell in task.columns.items() if self.field in head)


def asked_field_words(text: str) -> FieldWords | None:
    """The words in a field by which a folded question asks for tasks; None where it asks by none."""
    match = _ASKED.search(text)
    return FieldWords(match["field"], match["words"], match.group()) if match else None
