"""Earlier turns as a model is told them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Turn

_LAST_TURNS = 4
_TURN_CHARS = 400
_NAMES = {"user": "用户", "assistant": "督办"}


def told(history: Sequence[Turn]) -> str:
    """The last turns, a line each and cut short; empty where there are none."""
    return "\n".join(
        f"{_NAMES[turn.role]}：{' '.join(turn.content.split())[:_TURN_CHARS]}"
        for turn in history[-_LAST_TURNS:]
    )
