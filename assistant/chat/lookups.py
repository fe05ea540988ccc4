"""What a model may look up while it answers: passages of the text, and tasks of the ledger.

Whatever is found joins the numbered evidence of the answer, so that it is cited and proven as the rest is. A list
is counted and laid out by Duban, as if the reader had asked for it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.chat.evidence import Gathered
from assistant.chat.plan_schema import windows_between
from assistant.draft import Draft
from assistant.errors import UsageError
from assistant.ledger import Role, resolve_document
from assistant.library import Library
from assistant.query import Operation, Query, UnitMention
from assistant.search import SentenceSearch
from assistant.units import matches
from vectorstore.folding import fold_query


@dataclass(frozen=True, slots=True)
class Lookup:
    """Something the model may ask for: its name, what it is for, what it takes, and what finds and tells it."""

    name: str
    description: str
    arguments: type[BaseModel]
    run: Callable[..., str]


class PassageWords(BaseModel):
    """What to search for."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(
        min_length=1, max_length=200, description="要找的内容，用公文用语写成检索词或一句话"
    )
    document: str = Field(
        "", max_length=100, description="只在这份文件中找，写标题或地区；不限则不填"
    )


class TaskConditions(BaseModel):
    """Conditions on tasks, all of which hold."""

    model_config = ConfigDict(extra="forbid")

    unit: str = Field("", max_length=40, description="单位名称")
    role: Literal["lead", "responsible", "cooperating", "acceptance", "supervising"] | None = Field(
        None,
        description="该单位的角色：lead 牵头，responsible 责任，cooperating 配合，acceptance 验收销号，supervising 督导；不限则不填",
    )
    leader: str = Field("", max_length=20, description="责任领导的姓名")
    document: str = Field("", max_length=100, description="只查这份文件，写标题或地区；不限则不填")
    due_after: dt.date | None = Field(None, description="时限不早于这一天，YYYY-MM-DD")
    due_before: dt.date | None = Field(None, description="时限不晚于这一天，YYYY-MM-DD")
    overdue: bool = Field(False, description="是否只查时限已过的")


class LookUpDesk:
    """Finds what the model asks for on the way to one answer, within the documents that the question is about."""

    def __init__(
        self,
        query: Query,
        gathered: Gathered,
        library: Library,
        search: SentenceSearch,
        drafted: Callable[[Query], Draft],
    ) -> None:
        self._query = query
        self._gathered = gathered
        self._library = library
        self._search = search
        self._drafted = drafted

    def offered(self) -> tuple[Lookup, ...]:
        """All there is to ask for."""
        return (
            Lookup(
                "search_passages",
                "在文件原文中检索与一个问题有关的段落",
                PassageWords,
                self.passages,
            ),
            Lookup(
                "query_tasks",
                "按单位、角色、领导、时限从台账中查出全部符合条件的任务，并给出数目",
                TaskConditions,
                self.tasks,
            ),
        )

    def passages(self, question: str, document: str = "") -> str:
        """Passages that bear on a question."""
        try:
            scope = self._scope(document)
        except UsageError as exc:
            return str(exc)
        words = fold_query(question)
        asked = self._asked(Operation.LOOK_UP, scope, text=words, topic=words)
        return self._gathered.join((), self._search.find(asked, scope))

    def tasks(
        self,
        unit: str = "",
        role: str | None = None,
        leader: str = "",
        document: str = "",
        due_after: dt.date | None = None,
        due_before: dt.date | None = None,
        overdue: bool = False,
    ) -> str:
        """Every task that meets the conditions, with their number."""
        if not (unit or leader or document or due_after or due_before or overdue):
            return "没有给出任何条件，请至少给一个。"
        try:
            scope = self._scope(document)
        except UsageError as exc:
            return str(exc)
        if unit and not any(matches(unit, known) for _, known in self._library.units):
            return f"台账里没有名为“{unit}”的单位。"
        if leader and leader not in self._library.people:
            return f"台账里没有名为“{leader}”的责任领导。"
        draft = self._drafted(
            self._asked(
                Operation.LIST_TASKS,
                scope,
                units=(UnitMention(unit, Role(role) if role else None),) if unit else (),
                people=(leader,) if leader else (),
                windows=windows_between(due_after, due_before),
                overdue=overdue,
            )
        )
        return self._gathered.join(draft.blocks, ())

    def _asked(self, operation: Operation, scope: Sequence[str] | None, **conditions: Any) -> Query:  # noqa: ANN401 - fields of a query
        documents = tuple(scope) if scope is not None else None
        blank = Query(
            question="",
            text="",
            topic="",
            operation=operation,
            as_of=self._query.as_of,
            documents=documents,
        )
        return dataclasses.replace(blank, **conditions)

    def _scope(self, document: str) -> tuple[str, ...] | None:
        """The documents of a name, among those that the question is about.

        Raises:
            UsageError: none of them goes by it.
        """
        if not document:
            return self._query.documents
        return resolve_document(
            document.strip("《》 "), self._library.within(self._query.documents)
        )
