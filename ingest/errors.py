"""Errors of reading one file.

IngestError
├── DecodingError    the bytes are none of the encodings we read
├── EmptyFileError   nothing to read
├── FormatError      the kind of file is not supported or is damaged
├── LimitError       the file is larger than the limits allow, or takes longer to read
├── MissingToolError a program or package that reads this kind of file is not installed
└── UnopenedError    the file is there and cannot be opened now
"""

from __future__ import annotations


class IngestError(Exception):
    """A file could not be ingested; `path` names it and the message says what to do."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}：{message}")
        self.path = path
        self.message = message

    def __reduce__(self) -> tuple[type[IngestError], tuple[str, str]]:
        """So that the error survives the way out of the process that reads the file."""
        return type(self), (self.path, self.message)


class DecodingError(IngestError):
    """The bytes decode as neither UTF-8 nor GB18030; nothing is guessed."""


class EmptyFileError(IngestError):
    """The file holds no text."""


class FormatError(IngestError):
    """The file's format is not supported, or it is damaged."""


class LimitError(IngestError):
    """The file passes a limit on size, pages, time or memory."""


class MissingToolError(IngestError):
    """What reads this kind of file is not installed."""


class UnopenedError(IngestError):
    """The file cannot be opened now, which says nothing of its content: another program may hold it."""
