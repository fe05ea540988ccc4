"""Answers from tables of figures."""

from assistant.composers.tables.composer import FigureTableComposer

__all__ = ["FigureTableComposer"]
