"""What a format gives: text with exact offsets, and where each stretch of it stands in the original."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.records import Place, Recognised

# Control characters, and those that have no width or turn the direction of writing: text extracted from a
# page or a cell has no use for them, and a unit with one inside would be another unit.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
    "|[\ud800-\udfff\ufffe\uffff]"
)
_SPACES = re.compile(r"[^\S\n]+")


def without_unseen(text: str) -> str:
    """The text without characters that cannot be seen; other line ends become `\\n`."""
    text = (
        text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    )
    return _UNSEEN.sub("", re.sub("[\u2028\u2029\x85]", "\n", text))


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file. `pages`, `places` and `recognised` as in `SourceDocument`.

    `body_end` is where the document's own text ends and its notes begin; `remarks` tell what was left out.
    """

    text: str
    pages: tuple[int, ...] = ()
    places: tuple[Place, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    body_end: int | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line: its words, where they stand in the original, the page they are on (0-based), and
    with which confidence they were recognised."""

    text: str
    place: str = ""
    page: int | None = None
    confidence: float | None = None


class TextBuilder:
    """Puts a text together line by line and keeps account of offsets."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._pages: list[int] = []
        self._places: list[Place] = []
        self._recognised: list[Recognised] = []
        self._body_end: int | None = None
        self.remarks: list[str] = []

    def line(self, text: str, place: str = "") -> None:
        """A paragraph of the original; line breaks inside it stay, empty ones leave no trace."""
        for part in without_unseen(text).split("\n"):
            self.pieces([Piece(part, place)])

    def pieces(self, pieces: Sequence[Piece]) -> None:
        """One line put together from pieces of the original."""
        line = [
            (one, _SPACES.sub(" ", without_unseen(one.text)).replace("\n", " ")) for one in pieces
        ]
        if not any(words.strip() for _, words in line):
            return
        for index, (one, words) in enumerate(line):
            words = words.lstrip() if index == 0 else words
            self._add(words.rstrip() if index == len(line) - 1 else words, one)
        self._parts.append("\n")
        self._length += 1

    def end_body(self) -> None:
        """What follows are notes that stand outside the text of the original."""
        self._body_end = self._length

    def build(self, pages: int | None = None) -> Extracted:
        """The text; `pages` is their number where the format has pages, the last of which may be empty."""
        if pages is not None:
            self._turn_to(pages - 1)
        return Extracted(
            text="".join(self._parts),
            pages=tuple(self._pages),
            places=tuple(self._places),
            recognised=tuple(self._recognised),
            body_end=self._body_end,
            remarks=tuple(self.remarks),
        )

    def _add(self, words: str, piece: Piece) -> None:
        if piece.page is not None:
            self._turn_to(piece.page)
        if piece.place and (not self._places or self._places[-1].name != piece.place):
            self._places.append(Place(self._length, piece.place))
        if piece.confidence is not None and words:
            end = self._length + len(words)
            self._recognised.append(Recognised(self._length, end, round(piece.confidence, 4)))
        self._parts.append(words)
        self._length += len(words)

    def _turn_to(self, page: int) -> None:
        while len(self._pages) <= page:
            self._pages.append(self._length)


def joined(parts: Iterable[str]) -> str:
    """Parts of one paragraph, with a space only between words of letters or digits."""
    text = ""
    for part in parts:
        gap = text and part and _is_latin(text[-1]) and _is_latin(part[0])
        text += f" {part}" if gap else part
    return text


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
