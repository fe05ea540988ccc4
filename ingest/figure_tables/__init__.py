"""Tables of figures: targets and tasks shared out by place, limits by pollutant, progress by unit."""

from ingest.figure_tables.listed import find_figure_lists
from ingest.figure_tables.reading import find_figure_tables

__all__ = ["find_figure_lists", "find_figure_tables"]
