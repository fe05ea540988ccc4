"""Hand-made gold: what the shipped documents say, typed from reading them.

A long text is written as its opening and its ending, and found in the document from there, in the order of the
document; so the gold can be read beside it, and a document that has changed is noticed.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from evals.errors import GoldError
from evals.ledger.expected import Issue, Limit, Step

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gold:
    """The issues of one document, by its file name."""

    document: str
    issues: tuple[Issue, ...]


def read_gold(folder: Path) -> Iterator[Gold]:
    """The gold of every document, resolved against the documents of a folder.

    Raises:
        GoldError: a document is missing, or is not the one that the gold was made for.
    """
    for file in sorted(_shipped().iterdir(), key=lambda one: one.name):
        if file.name.endswith(".json"):
            record = json.loads(file.read_text(encoding="utf-8"))
            yield Gold(record["document"], _issues(record, folder / record["document"]))


def _shipped() -> resources.abc.Traversable:
    return resources.files("evals.ledger") / "gold"


def _issues(record: Record, document: Path) -> tuple[Issue, ...]:
    if not document.is_file():
        raise GoldError(
            f"台账评测需要自带的文件 {document.name}，{document.parent} 中没有；"
            "请放回，或用 DUBAN_DOCUMENTS 指定含有它的文件夹"
        )
    source = _Source(document)
    return tuple(_issue(one, source) for one in record["issues"])


class _Source:
    """A document while its gold is resolved; `position` is behind what was found last."""

    def __init__(self, document: Path) -> None:
        self._text, self._name = document.read_text(encoding="utf-8"), document.name
        self.position = 0

    def whole(self, written: str | list[str]) -> str:
        """A text in full, of which only the opening and the ending may be written."""
        if isinstance(written, str):
            return written
        opening, ending = (self._find(part) for part in written)
        return self._text[opening[0] : ending[1]]

    def title(self, written: str) -> str:
        """The title of an issue, behind which its other texts stand."""
        self._find(written)
        return written

    def _find(self, words: str) -> tuple[int, int]:
        spaced = r"\s*".join(re.escape(one) for one in words if not one.isspace())
        found = re.compile(spaced).search(self._text, self.position)
        if found is None:
            raise GoldError(f"{self._name} 与台账评测所依据的版本不同：找不到“{words}”")
        self.position = found.start()
        return found.span()


def _issue(record: Record, source: _Source) -> Issue:
    return Issue(
        number=record["number"],
        title=source.title(record["title"]),
        problem=source.whole(record.get("problem", "")),
        leaders=tuple(record.get("leaders", ())),
        lead=tuple(record.get("lead", ())),
        responsible=tuple(record.get("responsible", ())),
        cooperating=tuple(record.get("cooperating", ())),
        acceptance=tuple(record.get("acceptance", ())),
        target=source.whole(record.get("target", "")),
        limit=_limit(record["limit"]) if "limit" in record else None,
        status=source.whole(record.get("status", "")),
        steps=tuple(_step(one, source) for one in record["steps"]),
    )


def _step(record: Record, source: _Source) -> Step:
    return Step(
        record["number"],
        source.whole(record["text"]),
        tuple(record.get("units", ())),
        tuple(_limit(one) for one in record.get("limits", ())),
        tuple(source.whole(one) for one in record.get("progress", ())),
    )


def _limit(record: Record) -> Limit:
    latest = record.get("latest")
    return Limit(**{**record, "latest": dt.date.fromisoformat(latest) if latest else None})
