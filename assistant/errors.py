"""Errors a user of the assistant can cause or mend.

AssistantError
├── SettingsError    a setting is misspelt or invalid
├── NotIngestedError there is nothing to answer from yet
├── BusyError        another ingest is running
├── UsageError       a question file or an option cannot be used
└── ChatError        the chat model cannot be reached or does not answer as it should
"""


class AssistantError(Exception):
    """Base of this package's errors; the message names what, where and what to do."""


class SettingsError(AssistantError):
    """A setting is misspelt or has an invalid value."""


class NotIngestedError(AssistantError):
    """No document has been ingested."""


class BusyError(AssistantError):
    """Another ingest is running; only one can write the store."""


class UsageError(AssistantError):
    """An input file or an option given on the command line cannot be used."""


class ChatError(AssistantError):
    """The chat model cannot be reached, refuses, or replies with something else than an answer.

    `status` is the HTTP status it refused with, None where there was none.
    """

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status
