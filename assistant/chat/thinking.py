"""Thinking models say what they think before what they answer; only the answer is for the reader."""

from __future__ import annotations

import re

_OPEN = re.compile(r"<(?:think|thinking|reasoning)>")
_CLOSE = re.compile(r"</(?:think|thinking|reasoning)>")
_EITHER = re.compile(f"{_OPEN.pattern}|{_CLOSE.pattern}")
_LONGEST_TAG = len("</reasoning>")


class ThinkingFilter:
    """Takes the thinking out of streamed text, also where a tag is cut in two.

    Some templates open the tag themselves, so that only its end is seen. What came before it was thinking
    as well: `restarts` counts how often everything handed out so far has to be forgotten.
    """

    def __init__(self) -> None:
        self.restarts = 0
        self._held = ""
        self._thinking = False

    def feed(self, piece: str) -> str:
        """The part of the text so far that is certainly answer."""
        self._held += piece
        shown = ""
        while True:
            tag = (_CLOSE if self._thinking else _EITHER).search(self._held)
            if tag is None:
                break
            before, self._held = self._held[: tag.start()], self._held[tag.end() :]
            if _CLOSE.fullmatch(tag.group()):
                if not self._thinking:
                    self.restarts += 1
                    shown = ""
                self._thinking = False
            else:
                shown += before
                self._thinking = True
        kept = _begun_tag(self._held)
        ready, self._held = (
            self._held[: len(self._held) - kept],
            self._held[len(self._held) - kept :],
        )
        return shown + ("" if self._thinking else ready)

    def finish(self) -> str:
        """What was held back in case it became a tag."""
        rest, self._held = self._held, ""
        return "" if self._thinking else rest


def _begun_tag(text: str) -> int:
    """How many characters at the end may be the beginning of a tag."""
    start = text.rfind("<", max(0, len(text) - _LONGEST_TAG))
    return len(text) - start if start >= 0 and ">" not in text[start:] else 0


def without_thinking(text: str) -> str:
    """A whole reply without its thinking."""
    filtered = ThinkingFilter()
    shown = filtered.feed(text)
    return shown + filtered.finish()
