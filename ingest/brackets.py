"""Brackets and quotation marks: what stands inside them must not be split, and may be nested.

`京清园（原京滨园）` inside `（责任单位：…）` is the reason: a pattern that stops at the first closing bracket
cuts such a list short.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

# 【】 and 〔〕 are not among them: what they frame may be a label or a heading.
_OPEN = {
    "（": "）",
    "(": ")",
    "《": "》",
    "〈": "〉",
    "“": "”",
    "‘": "’",
    "[": "]",
    "「": "」",
}
_CLOSE = frozenset(_OPEN.values())
_ROUND_OPEN = "（("
_ROUND_CLOSE = "）)"
# What may close a clause with the bodies that carry it out, each kind closed by its own.
_CLOSING_KINDS = ((_ROUND_OPEN, _ROUND_CLOSE), ("〔", "〕"), ("【", "】"))


def top_level(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets in `[start, end)` that stand outside every bracket and quotation mark.

    A mark that is never closed in the range is treated as an ordinary character, so that one typo does
    not hide the rest of a paragraph.
    """
    yield from outside(closing_marks(text, start, end), start, end)


def outside(closing: Mapping[int, int], start: int, end: int) -> Iterator[int]:
    """Offsets in `[start, end)`, leaving out what `closing` (from `closing_marks`) says is enclosed."""
    position = start
    while position < end:
        close = closing.get(position)
        if close is None:
            yield position
            position += 1
        else:
            position = close + 1


def closing_marks(text: str, start: int, end: int) -> dict[int, int]:
    """Where each mark that is closed in the range is closed; round brackets of both widths match each other.

    One pass, because hostile text may consist of nothing but opening marks.
    """
    closing: dict[int, int] = {}
    open_marks: dict[str, list[int]] = {}
    for position in range(start, end):
        if close := _OPEN.get(text[position]):
            open_marks.setdefault(_kind(close), []).append(position)
        elif text[position] in _CLOSE and (pending := open_marks.get(_kind(text[position]))):
            closing[pending.pop()] = position
    return closing


def _kind(close: str) -> str:
    return _ROUND_CLOSE if close in _ROUND_CLOSE else close


def closing_bracket(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The bracket that ends the range (a final mark may follow), as offsets of its two marks."""
    last = end - 1
    while last > start and text[last] in " \t\u00a0\u3000。；;.":
        last -= 1
    if last <= start:
        return None
    opening, closing = next((kind for kind in _CLOSING_KINDS if text[last] in kind[1]), ("", ""))
    if not closing:
        return None
    depth = 0
    for position in range(last, start - 1, -1):
        if text[position] in closing:
            depth += 1
        elif text[position] in opening:
            depth -= 1
            if depth == 0:
                return position, last
    return None


def split_top_level(text: str, start: int, end: int, separators: str) -> list[tuple[int, int, str]]:
    """Pieces between separators outside brackets, as (start, end, separator before the piece)."""
    pieces: list[tuple[int, int, str]] = []
    begin, before = start, ""
    for position in top_level(text, start, end):
        if text[position] in separators:
            pieces.append((begin, position, before))
            begin, before = position + 1, text[position]
    pieces.append((begin, end, before))
    return pieces


def trim(text: str, start: int, end: int, drop: str = "") -> tuple[int, int]:
    """Shrink a range past white space (of every width) and the characters in `drop` at both ends."""
    while start < end and (
        text[start].isspace() or text[start] in INVISIBLE or text[start] in drop
    ):
        start += 1
    while end > start and (
        text[end - 1].isspace() or text[end - 1] in INVISIBLE or text[end - 1] in drop
    ):
        end -= 1
    return start, end


INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
CLOSING_MARKS = _CLOSE
