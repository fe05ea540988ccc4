"""Errors of evaluating.

QuestionFileError  a question file cannot be read as one
BenchmarkError     a public retrieval set cannot be read as one
GoldError          a document of the gold is missing or has changed
ReportError        the report cannot be written
RecordingError     recorded replies of a chat model cannot be read
"""

from __future__ import annotations

from pathlib import Path

from assistant.errors import AssistantError, UsageError


class QuestionFileError(UsageError):
    """A question file is malformed; `path` and `line` (1-based, None for the whole file) say where."""

    def __init__(self, path: Path, line: int | None, message: str) -> None:
        where = f"{path}" if line is None else f"{path} 第{line}行"
        super().__init__(f"{where}：{message}")
        self.path = path
        self.line = line


class BenchmarkError(UsageError):
    """The folder given for public retrieval sets holds none, or a file of it is not one."""


class GoldError(UsageError):
    """A document that the gold of the ledger was made for is missing or has changed."""


class ReportError(AssistantError):
    """The report cannot be written to the folder given for it."""


class RecordingError(UsageError):
    """A folder holds no recorded replies, or some that cannot be read."""
