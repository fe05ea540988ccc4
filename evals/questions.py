"""Question sets: one JSON object a line, read into frozen records.

A key we do not know is most likely a misspelt one we do know, and a duplicate id would make two rows of a
report indistinguishable, so both are errors that name the line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from assistant.answer import Turn
from evals.errors import QuestionFileError

_EVERYDAY = "everyday.jsonl"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a document that hold the answer; they may differ from the text in whitespace."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Question:
    """One item of a question set.

    `must` holds groups of alternatives: an answer needs one of each group and none of `must_not`.
    `as_of` is "today" for the question. An unanswerable question may have evidence, namely the place where
    the missing thing is mentioned; nothing has to be cited there.
    """

    id: str
    type: str
    question: str
    must: tuple[tuple[str, ...], ...]
    answerable: bool
    history: tuple[Turn, ...] = ()
    as_of: dt.date | None = None
    must_not: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    note: str = ""

    @property
    def needs_evidence(self) -> bool:
        """Whether retrieval and citations of this question can be measured."""
        return self.answerable and bool(self.evidence)


def default_question_files() -> tuple[Path, ...]:
    """The question sets that come with Duban and are asked."""
    folder = Path(str(files("evals") / "questions"))
    return tuple(sorted(p for p in folder.glob("*.jsonl") if p.name != _EVERYDAY))


def everyday_questions() -> Path:
    """Questions in people's own words, which only say where the answer stands: they are not asked."""
    return Path(str(files("evals") / "questions" / _EVERYDAY))


def read_questions(paths: Iterable[Path]) -> tuple[Question, ...]:
    """Read question files; ids are unique over all of them.

    Raises:
        QuestionFileError: a line is not a question, an id occurs twice, or a file holds no question.
    """
    questions: dict[str, Question] = {}
    for path in paths:
        count = 0
        for number, question in _read_file(path):
            if question.id in questions:
                raise QuestionFileError(path, number, f"题号 {question.id!r} 重复")
            questions[question.id] = question
            count += 1
        if count == 0:
            raise QuestionFileError(path, None, "没有题目")
    return tuple(questions.values())


def _read_file(path: Path) -> Iterator[tuple[int, Question]]:
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, _parse(path, number, line)
    except UnicodeDecodeError as exc:
        raise QuestionFileError(path, None, "不是 UTF-8 编码") from exc
    except OSError as exc:
        raise QuestionFileError(path, None, f"无法读取：{exc.strerror}") from exc


def _parse(path: Path, number: int, line: str) -> Question:
    try:
        return _QuestionRow.model_validate_json(line).record()
    except ValidationError as exc:
        problems = "；".join(_describe(error["type"], error["loc"]) for error in exc.errors())
        raise QuestionFileError(path, number, problems) from exc


def _describe(kind: str, location: tuple[int | str, ...]) -> str:
    key = ".".join(map(str, location))
    match kind:
        case "json_invalid":
            return "不是合法的 JSON"
        case "extra_forbidden":
            return f"未知的键 {key!r}"
        case "missing":
            return f"缺少键 {key!r}"
        case _:
            return f"键 {key!r} 的取值有误" if key else "不是一个 JSON 对象"


def _filled(value: str) -> str:
    # A blank alternative would be found in every answer, a blank quote in every document.
    if not value.strip():
        raise ValueError("blank")
    return value


_Filled = Annotated[str, AfterValidator(_filled)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _TurnRow(_Row):
    role: Literal["user", "assistant"]
    content: str


class _EvidenceRow(_Row):
    document: _Filled
    quote: _Filled


class _QuestionRow(_Row):
    """A line as written; `record` turns it into what the rest works with."""

    id: _Filled
    type: _Filled
    question: _Filled
    must: tuple[Annotated[tuple[_Filled, ...], Field(min_length=1)], ...]
    answerable: bool
    history: tuple[_TurnRow, ...] = ()
    as_of: dt.date | None = None
    must_not: tuple[_Filled, ...] = ()
    evidence: tuple[_EvidenceRow, ...] = ()
    note: str = ""

    def record(self) -> Question:
        return Question(
            id=self.id,
            type=self.type,
            question=self.question,
            must=self.must,
            answerable=self.answerable,
            history=tuple(Turn(turn.role, turn.content) for turn in self.history),
            as_of=self.as_of,
            must_not=self.must_not,
            evidence=tuple(Evidence(item.document, item.quote) for item in self.evidence),
            note=self.note,
        )
