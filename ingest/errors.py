"""Errors of reading one file.

IngestError
├── DecodingError    the bytes are none of the encodings we read
├── EmptyFileError   nothing to read
└── FormatError      the kind of file is not supported or is damaged
"""

from __future__ import annotations


class IngestError(Exception):
    """A file could not be ingested; `path` names it and the message says what to do."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}：{message}")
        self.path = path


class DecodingError(IngestError):
    """The bytes decode as neither UTF-8 nor GB18030; nothing is guessed."""


class EmptyFileError(IngestError):
    """The file holds no text."""


class FormatError(IngestError):
    """The file's format is not supported, or it is damaged."""
