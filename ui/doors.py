"""What programs may ask of Duban, the same for every door: a question, a list of tasks, a source to read."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from assistant.answer import Answer, Citation
from assistant.errors import UsageError
from assistant.export import task_record
from assistant.ledger import Ledger, Role, TaskFilter, resolve_document
from assistant.taskrows import task_rows
from ui.following import Following
from ui.hints import parse_date
from ui.protocol import Assistant

_MOST_CHARS = 20_000


class Doors:
    """The functions behind the interfaces for programs. Their docstrings are what programs read about them."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._ledger = Following(assistant, Ledger)

    def ask(self, question: str, as_of: str = "", document: str = "") -> dict[str, Any]:
        """回答关于环保督察整改文件的一个问题，每一句都带原文引用。

        Args:
            question: 问题，中文。
            as_of: 以哪一天为“今天”，格式 YYYY-MM-DD，不填为系统日期。
            document: 只查这份文件：路径、标题的一部分或地区名；不填为全部文件。
        """
        answer = self._assistant.answer(question, (), parse_date(as_of), self._paths(document))
        return answer_record(answer)

    def list_tasks(
        self,
        unit: str = "",
        role: str = "",
        document: str = "",
        due_before: str = "",
        due_after: str = "",
        overdue: bool = False,
        ongoing: bool = False,
        as_of: str = "",
    ) -> list[dict[str, Any]]:
        """列出符合全部条件的整改任务。结果来自逐项登记的台账，是完整的。

        Args:
            unit: 单位全称或常用简称；role 为 leader 时填姓名。
            role: lead 牵头，responsible 责任，cooperating 配合，acceptance 验收，supervising 督导，
                leader 责任领导；不填为任何角色。
            document: 路径、标题的一部分或地区名；不填为全部文件。
            due_before: 截止日期不晚于这一天，格式 YYYY-MM-DD。
            due_after: 截止日期不早于这一天。
            overdue: 只要时限已过的任务（不等于没有完成）。
            ongoing: 只要长期坚持的任务。
            as_of: 以哪一天为“今天”。
        """
        today = parse_date(as_of) or date.today()
        wanted = TaskFilter(
            documents=self._paths(document) or None,
            unit=unit,
            role=_role(role),
            due_before=parse_date(due_before),
            due_after=parse_date(due_after),
            overdue_on=today if overdue else None,
            ongoing=True if ongoing else None,
        )
        rows = task_rows(self._ledger().tasks(wanted), today)
        return [task_record(row) for row in rows]

    def read_source(self, document: str, start: int = 0, end: int = 0) -> dict[str, Any]:
        """读一份文件的原文，或其中一段。

        Args:
            document: 路径、标题的一部分或地区名。
            start: 起始字符位置，与引用中的 start 相同。
            end: 结束字符位置；不填则到文末，一次最多两万字。
        """
        path = self._one_path(document)
        source = next(d.source for d in self._assistant.documents() if d.source.path == path)
        first = min(max(start, 0), len(source.text))
        last = min(end if end > 0 else len(source.text), first + _MOST_CHARS, len(source.text))
        return {
            "document": source.path,
            "title": source.title,
            "issuer": source.issuer,
            "document_number": source.document_number,
            "start": first,
            "end": max(first, last),
            "length": len(source.text),
            "text": source.text[first:last],
        }

    def _paths(self, document: str) -> tuple[str, ...]:
        """The documents meant by a name; an empty name is all of them."""
        return resolve_document(document, self._assistant.documents()) if document else ()

    def _one_path(self, document: str) -> str:
        paths = resolve_document(document, self._assistant.documents())
        if len(paths) > 1:
            raise UsageError(
                f"“{document}”对应多份文件：{'、'.join(paths)}。请写明其中一份的路径。"
            )
        return paths[0]


def answer_record(answer: Answer) -> dict[str, Any]:
    """An answer as `duban ask --batch` writes it."""
    return {
        "answer": answer.text,
        "refused": answer.refused,
        "citations": [citation_record(one) for one in answer.citations],
    }


def citation_record(citation: Citation) -> dict[str, Any]:
    return asdict(citation)


def _role(name: str) -> Role | None:
    try:
        return Role(name) if name else None
    except ValueError as exc:
        raise UsageError(f"没有角色 {name!r}，可用的角色：{'、'.join(Role)}。") from exc
