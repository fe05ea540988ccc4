"""The built-in writer: one composer for each shape of answer, no model needed."""

from assistant.composers.writer import BuiltInWriter

__all__ = ["BuiltInWriter"]
