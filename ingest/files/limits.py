"""How much of one file is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds for each file: its size, its pages, and the time and memory that reading it may take.

    `memory_mb` bounds the process that reads the file; systems without such bounds (Windows) ignore it.
    """

    size_mb: int = 100
    pages: int = 1000
    seconds: int = 900
    memory_mb: int = 3072

    @property
    def size(self) -> int:
        """Bytes of a file on disk."""
        return self.size_mb * MEGABYTE

    @property
    def unpacked(self) -> int:
        """Bytes of all that is packed into one file; office files and archives are compressed."""
        return 5 * self.size

    @property
    def characters(self) -> int:
        """Characters of text, far more than any document of the genre has."""
        return 5_000_000
