"""Which figure of a text is said of each part that a question names: A级 and B级 of 其中A级3家、B级11家、C级20家."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate, groupby

from assistant.composers.reckoning.figures_said import (
    FigureSaid,
    amounts_said,
    shared_pairs,
    units_of,
)
from assistant.composers.reckoning.paragraphs import paragraphs_of
from assistant.proof.quantities import quantities
from assistant.query import Query
from assistant.search import Found
from assistant.understanding.reckonings import with_years
from assistant.words import chinese_pairs
from ingest.numerals import parse_spoken
from ingest.records import SourceDocument, Span
from vectorstore.folding import fold_query

_FEWEST_PARTS = 2
_MANY_PARTS = 3
_SHORTEST = 2
# A part of one letter is a grade: A、B级.
_GRADE = re.compile(r"^[a-z]$")
_GRADES = "级类档"
# What stands in brackets is said of what stands before them: 甲镇污水厂（日处理2000吨）.
_OPENING = re.compile(r"[^，,、；;。\n（()）]*(?=[（(]$)")
_HOW_MANY = re.compile(r"([两二三四五六])(?:个|类|级|家|块|样|种|项|处|座|条|镇|乡|村|区|县)")
_WORDS = re.compile(r"[\u4e00-\u9fffa-z]")
# What says of which year or what share a figure is, and not of what.
_NO_THING = re.compile(r"年度|结转|剩余|新增|完成|实施|推进|计划|任务|目标|实际")
_DENIED = re.compile(r"(?:还|尚)?(?:没有?|未|不)(?:曾|能|再)?")
# Words between a name and its figure: 选调了7人.
_TRAILING = re.compile(r"[\s了的有为共约达到是在仅只:：至已]+$")
# 甲区 of 甲区120家 is said of it; 联考 of 联考、定向选调招录3人 is not.
_NEAR = 1
_NEARER = 100
_ANCHORED = 1000


def selected(
    query: Query,
    found: Sequence[Found],
    parts: Sequence[str],
    unit: str,
    *,
    bounds: bool = False,
    left_out: str = "",
) -> list[FigureSaid]:
    """The figures of the parts of a question, in the paragraph that has most of its words; empty where none has all.

    What the question leaves out (分局划来的不算) is none of them. Without a `unit` they are those of the only unit in
    which each part has a figure. What is no more than bounded (不少于90辆) is among them only where `bounds` may be.
    """
    asked = f"{query.topic} {query.context}"
    best: tuple[int, list[FigureSaid]] = (0, [])
    for source, stretch, title in paragraphs_of(found):
        shared = shared_pairs(asked, f"{title} {stretch.quote}")
        named = [with_years(one, source.year) for one in parts]
        of_units = [
            said_of_parts(named, figures)
            for one in ([unit] if unit else units_of(stretch))
            if (figures := _counted(source, stretch, one, left_out, bounds=bounds))
        ]
        chosen = [one for one in of_units if one]
        if len(chosen) == 1 and shared > best[0]:
            best = (shared, chosen[0])
    return best[1]


def _counted(
    source: SourceDocument, stretch: Span, unit: str, left_out: str, *, bounds: bool
) -> list[FigureSaid]:
    """The amounts of a stretch without those of what is left out."""
    figures = amounts_said(source, stretch, unit, bounds=bounds, near=True, each=True)
    words = chinese_pairs(left_out)
    return [one for one in figures if not words & chinese_pairs(fold_query(one.clause.quote))]


def said_of_parts(parts: Sequence[str], figures: Sequence[FigureSaid]) -> list[FigureSaid]:
    """For each part the one figure that is said of it; empty unless each has one of its own.

    The figures stand side by side: of one unit, and all of them parts of one whole or none. Those between two
    semicolons come before those of a whole sentence, which have to be of one thing; three parts and more, each of which
    is named, are taken for one.
    """
    near = [list(group) for _, group in groupby(figures, key=lambda one: one.place[0])]
    wide = [list(group) for _, group in groupby(figures, key=_full_stop)]
    stretches = [*near, *(one for one in wide if one not in near)]
    if len(parts) >= _MANY_PARTS and len(wide) > 1:
        stretches.append(list(figures))
    for stretch in stretches:
        found = []
        for alike in _side_by_side(stretch):
            labels = [label_of(one) for one in alike]
            if len(parts) == 1:
                places = _within(parts[0], labels)
            else:
                chosen = [_own(part, labels, last=part is parts[-1]) for part in parts]
                places = [place for place in chosen if place is not None]
                if None not in chosen:
                    places += _unjoined(parts, labels, places)
            if len(set(places)) < max(len(parts), _FEWEST_PARTS):
                continue
            if any(_is_whole_of(alike[place], alike) for place in places):
                continue  # 29座 is no fellow of 11座、8座、6座、4座
            if (
                stretch in near
                or len(parts) >= _MANY_PARTS
                or _of_one_thing(parts, [labels[place] for place in places])
            ):
                found.append([alike[place] for place in places])
        if found:
            return found[0] if len(found) == 1 else []
    return []


def _is_whole_of(one: FigureSaid, figures: Sequence[FigureSaid]) -> bool:
    """Whether a figure is what the figures right behind it in its sentence add up to."""
    rest = [other for other in figures[figures.index(one) + 1 :] if other.place[0] == one.place[0]]
    sums = accumulate((other.figure.value for other in rest), initial=Decimal(0))
    return any(total == one.figure.value for count, total in enumerate(sums) if count > 1)


def _full_stop(one: FigureSaid) -> int:
    """Where the sentence of a figure ends, semicolons apart."""
    return one.source.text.find("。", one.clause.end)


def _of_one_thing(parts: Sequence[str], labels: Sequence[str]) -> bool:
    """Whether figures are of one thing: besides the parts their words share something, or say nothing more."""
    named = chinese_pairs(_plain(" ".join(parts)))
    things = [chinese_pairs(_NO_THING.sub(" ", one)) - named for one in labels]
    fullest = max(things, key=len, default=set())
    return all(not one or one & fullest for one in things)


def _side_by_side(figures: Sequence[FigureSaid]) -> list[list[FigureSaid]]:
    kinds = dict.fromkeys((one.unit, one.part) for one in figures)
    return [[one for one in figures if (one.unit, one.part) == kind] for kind in kinds]


def label_of(one: FigureSaid) -> str:
    """The words that tell what a figure is of: those right before it, or behind it where it comes first."""
    lead = ""
    text, start = one.source.text, one.clause.start
    if text[start - 1 : start] in ("(", "（"):
        opening = _OPENING.search(text[one.sentence.start : start])
        lead = opening.group() if opening is not None else ""
        if quantities(fold_query(lead)):
            lead = ""  # an aside to another figure: 14.9公里（任务量22公里）
    before = _TRAILING.sub("", f"{lead}{one.before}")
    return _plain(before or one.after)


def _plain(text: str) -> str:
    """A text with one word for what is denied: 没开工 and 尚未开工 as 未开工."""
    return _DENIED.sub("未", fold_query(text))


def _own(part: str, labels: Sequence[str], *, last: bool) -> int | None:
    """The one label that has more of a part's words to itself than the others; None where no single one has.

    The words at the end of a part count most, those at its beginning for the `last`: there it is named.
    """
    name = _plain(part)
    weights = [
        _weight(name, label, labels) + _ANCHORED * (_weight(name, label, labels, last=last) > 0)
        for label in labels
    ]
    best = max(weights, default=0)
    return weights.index(best) if best and weights.count(best) == 1 else None


def _unjoined(parts: Sequence[str], labels: Sequence[str], chosen: Sequence[int]) -> list[int]:
    """Labels that a part names right before the one found for it, with nothing to join them: A级 in A级B级加上C级."""
    ending = common_ending(labels)
    bare = [label.removesuffix(ending) for label in labels]
    found: list[int] = []
    for part, place in zip(parts, chosen, strict=True):
        at = _named_at(_plain(part), bare[place], bare)
        while at is not None:
            before = [
                (other, span)
                for other, label in enumerate(bare)
                if other not in (*chosen, *found)
                and (span := _named_at(_plain(part), label, bare)) is not None
                and 0 <= at[0] - span[1] <= _NEAR
            ]
            found += [other for other, _ in before[:1]]
            at = before[0][1] if before else None
    return found


def _named_at(name: str, label: str, labels: Sequence[str]) -> tuple[int, int] | None:
    """Where a part has the longest stretch that stands at the end of one label alone."""
    for length in range(len(name), _SHORTEST - 1, -1):
        for start in range(len(name) - length + 1):
            stretch = name[start : start + length]
            at = label.rfind(stretch)
            if at < 0 or len(label) - at - length > _NEAR or not _WORDS.search(stretch):
                continue
            if sum(stretch in one for one in labels) == 1:
                return start, start + length
    return None


def common_ending(texts: Sequence[str]) -> str:
    """The longest ending that all texts have."""
    shortest = min(texts, key=len, default="")
    endings = (shortest[start:] for start in range(len(shortest) + 1))
    return next(end for end in endings if all(text.endswith(end) for text in texts))


def _within(stretch: str, labels: Sequence[str]) -> list[int]:
    """The labels whose last words a stretch names; none where it says that it names more or fewer (两个区)."""
    places = [
        place
        for place, label in enumerate(labels)
        if labels.count(label) == 1 and _weight(_plain(stretch), label, labels, sure=True)
    ]
    number = _HOW_MANY.search(stretch)
    count = parse_spoken(number.group(1)) if number else len(places)
    return places if count == len(places) else []


def _weight(
    name: str,
    label: str,
    labels: Sequence[str],
    *,
    sure: bool = False,
    last: bool | None = None,
) -> int:
    """How long the longest stretch of a name is that a label has; much more where it stands at the label's end.

    It is the label's alone or stands there, and where that is to be `sure`, both. Where `last` is told, it stands at
    the beginning of the name if that is the last part, and else at its end.
    """
    if _GRADE.match(name):
        return int(any(f"{name}{grade}" in label for grade in _GRADES))
    best = 0
    for start in range(len(name)):
        for end in range(start + _SHORTEST, len(name) + 1):
            stretch = name[start:end]
            at = label.rfind(stretch)
            if at < 0:
                break
            if last is not None and not (start == 0 if last else end == len(name)):
                continue
            if not _WORDS.search(stretch) or _cuts_number(name, start, end):
                continue
            if _denies(name, start) is not _denies(label, at):
                continue
            near = len(label) - at - len(stretch) <= _NEAR
            own = sum(stretch in one for one in labels) == 1
            if (own and near) if sure else (own or near):
                best = max(best, len(stretch) + (_NEARER if near else 0))
    return best


def _cuts_number(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins or ends inside a number: 202 of 2024年."""
    return any(text[at - 1 : at].isdigit() and text[at : at + 1].isdigit() for at in (start, end))


def _denies(text: str, at: int) -> bool:
    """Whether what stands at a place is denied, there or right before it."""
    return text.startswith("未", at) or text[max(0, at - 1) : at] == "未"
