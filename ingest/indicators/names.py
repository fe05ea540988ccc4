"""What a figure is about: the name before it, the noun after it, or what was spoken of last."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.deadlines.patterns import deadline_patterns
from ingest.indicators.figures import Figure, figures, last_break
from ingest.indicators.patterns import indicator_patterns
from ingest.paragraphs import BLANK, Paragraph
from ingest.time_expressions import TimeExpression, times_within

# A longer stretch before a figure is a sentence, not a name; it is cut at its last 的.
LONGEST_NAME = 32
LONGEST_NOUN = 18
SHORTEST_ACTION = 4

_COMPARED = re.compile("低于|高于|超过|超出|优于")
_ORIGIN = re.compile(r"由(?:\d{4}年(?:底|末)?的?)?$")
_ORIGIN_REACH = 10
_ONWARD = re.compile("[^,;:。]{1,6}")
_BASELINE = "较比与由"
_SYMBOL = re.compile(r"[A-Za-z][A-Za-z\d.]*")
_COMPLETING = re.compile(r"的(?:总体|整体|平均)?(?:水平|比例|标准)")


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """A figure with its name; `start` and `end` cover name, figure and limiting words (`before` it)."""

    figure: Figure
    name: str
    before: str
    start: int
    end: int


class FigureNamer:
    """Names the figures of one paragraph; each may lean on the one before it."""

    def __init__(self, paragraph: Paragraph, times: Sequence[TimeExpression]) -> None:
        self._paragraph = paragraph
        self._masked = paragraph.masked
        self._times = times
        every = tuple(figures(paragraph, times))
        self._figures = tuple(one for one in every if not self._is_origin(one, every))

    def named(self) -> Iterator[NamedFigure]:
        """The figures that have a name, in order."""
        together = self._named_together()
        previous: NamedFigure | None = None
        for figure in self._figures:
            named = together.get(figure.start) or self._name(figure, previous)
            if named is not None:
                yield named
                previous = named

    def _is_origin(self, figure: Figure, every: Sequence[Figure]) -> bool:
        """由1.5万吨/日提升至3.5万吨/日 is one statement, made by its second figure."""
        reach = max(0, figure.start - _ORIGIN_REACH)
        if not _ORIGIN.search(self._masked, reach, figure.start):
            return False
        following = bisect_right(every, figure.end, key=lambda one: one.start)
        return following < len(every) and bool(
            _ONWARD.fullmatch(self._masked, figure.end, every[following].start)
        )

    # -- several names, several figures -----------------------------------------------------------

    def _named_together(self) -> dict[int, NamedFigure]:
        """甲、乙和丙分别下降8%、9.1%和8%, by the offset of each figure."""
        found: dict[int, NamedFigure] = {}
        for match in indicator_patterns().together.finditer(self._masked):
            begin, end = match.span("values")
            first = bisect_left(self._figures, begin, key=lambda one: one.start)
            last = bisect_right(self._figures, end + 2, key=lambda one: one.end)
            inside = self._figures[first:last]
            head = self._trimmed(*match.span("names"))
            names = self._split_names(*head, len(inside))
            for figure, name in zip(
                inside, names, strict=False
            ):  # no names where they do not match
                found[figure.start] = NamedFigure(
                    figure, name, match["before"], head[0], figure.end
                )
        return found

    def _split_names(self, start: int, end: int, count: int) -> list[str]:
        """As many names as there are figures, or none; PM2.5和PM10浓度 are two concentrations."""
        written = self._paragraph.written(start, end)
        names = next(
            (
                parts
                for marks in ("、和及与", "、和", "、")
                if len(parts := re.split(f"[{marks}]", written)) == count
            ),
            [],
        )
        last = _SYMBOL.match(names[-1]) if names else None
        shared = names[-1][last.end() :] if last else ""
        return [name + shared if _SYMBOL.fullmatch(name) else name for name in names]

    # -- one figure -------------------------------------------------------------------------------

    def _name(self, figure: Figure, previous: NamedFigure | None) -> NamedFigure | None:
        words = indicator_patterns()
        start = last_break(self._masked, figure.start)
        if before_it := bisect_right(self._figures, figure.start, key=lambda one: one.end):
            start = max(start, self._figures[before_it - 1].end)
        start = self._after_times(start, figure.start)
        said = words.before.search(self._masked, start, figure.start)
        head_end = said.start() if said else figure.start
        before = self._paragraph.written(head_end, figure.start)
        head = self._trimmed(start, head_end)
        noun_follows = not words.not_noun.match(self._masked, figure.end)
        if figure.counted and not figure.after and noun_follows:
            return self._counted(figure, head, start, before)
        if head[0] < head[1] and not words.only_verbs.fullmatch(self._masked, *head):
            return self._measured(figure, head, before, previous)
        return self._leaning(figure, head, before, previous)

    def _after_times(self, start: int, end: int) -> int:
        """Past a date that opens the stretch; 较2015年 is a baseline and stays with the figure's words."""
        for time in times_within(self._times, start, end):
            if start == time.start or self._masked[time.start - 1] not in _BASELINE:
                start = time.end
        return start

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """A name without connectives, verbs of intent, own-area words and softening words around it."""
        words, soft = indicator_patterns(), deadline_patterns().soft
        start = max(self._after_times(start, end), self._masked.rfind(BLANK, start, end - 1) + 1)
        while softened := soft.search(self._masked, start, end):
            if softened.end() < end:
                start = softened.end()
            else:
                end = softened.start()
        while leading := words.lead.match(self._masked, start, end):
            start = leading.end()
        if trailing := words.trail.search(self._masked, start, end):
            end = trailing.start()
        start = self._balanced(start, end)
        if end - start > LONGEST_NAME and (cut := self._masked.rfind("的", start, end - 2)) > 0:
            start = cut + 1
        return start, max(start, end)

    def _balanced(self, start: int, end: int) -> int:
        """Past a closing mark whose opening mark is not in the range (…范围内)排放量)."""
        for opening, closing in (("(", ")"), ("“", "”")):
            depth = 0
            for position in range(start, end):
                depth += (self._masked[position] == opening) - (self._masked[position] == closing)
                if depth < 0:
                    start, depth = position + 1, 0
        return start

    # -- counted: the noun after the figure -------------------------------------------------------

    def _counted(
        self, figure: Figure, head: tuple[int, int], start: int, before: str
    ) -> NamedFigure | None:
        """The name of what is counted follows: 淘汰或改造8台生物质锅炉."""
        words, masked = indicator_patterns(), self._masked
        end = self._noun_end(figure.end)
        if masked[end : end + 1].isdigit():
            return None  # 1家年消纳能力54万吨的…: the figure that follows is the one that matters
        noun = self._paragraph.written(figure.end, end)
        if verb := words.verbs_at_end.search(masked, start, figure.start):
            begin = verb.start()
            action = self._paragraph.written(begin, figure.start).rstrip("共了")
            return NamedFigure(figure, action + noun, "", begin, end)
        begin, prefix = figure.start, ""
        scope = words.scope.search(masked, start, figure.start)
        if scope and scope.end() >= head[1]:
            begin, prefix = scope.start(), scope.group()
        elif len(noun) <= 3 and head[0] < head[1] and "、" not in masked[head[0] : figure.start]:
            begin, prefix = head[0], self._paragraph.written(*head)
        return NamedFigure(figure, prefix + noun, before, begin, end)

    def _noun_end(self, start: int) -> int:
        """Where the noun that begins at `start` stops; 县(市、区) is one noun."""
        limit, position = min(len(self._masked), start + LONGEST_NOUN), start
        while stop := indicator_patterns().noun_end.search(self._masked, position, limit):
            noun = self._masked[start : stop.start()]
            closing = self._masked.find(")", stop.start(), limit)
            if noun.count("(") <= noun.count(")") or closing < 0:
                return stop.start()
            position = closing + 1
        return limit

    # -- measured: the name before the figure -----------------------------------------------------

    def _measured(
        self, figure: Figure, head: tuple[int, int], before: str, previous: NamedFigure | None
    ) -> NamedFigure:
        following = self._completion(figure)
        if following and (compared := _COMPARED.match(self._masked, *head)):
            head = (compared.end(), head[1])  # a figure to compare with is what it is
        start, name = head[0], self._paragraph.written(*head)
        generic = indicator_patterns().generic.fullmatch(self._masked, *head)
        if generic and (subject := self._subject(start, previous)):
            start, name = subject[0], subject[1] + name
        name += following.removeprefix("的")
        return NamedFigure(figure, name, before, start, figure.end + len(following))

    def _completion(self, figure: Figure) -> str:
        """低于全区1.7%的整体水平: the noun after 的 completes the name."""
        noun = _COMPLETING.match(self._masked, figure.end)
        return self._paragraph.written(*noun.span()) if noun else ""

    # -- leaning on what was said before ----------------------------------------------------------

    def _leaning(
        self, figure: Figure, head: tuple[int, int], before: str, previous: NamedFigure | None
    ) -> NamedFigure | None:
        """No name of its own: it goes on about the figure before, or about the clause before."""
        start = head[0] if head[0] < head[1] else figure.start - len(before)
        verb = self._paragraph.written(*head)
        if len(verb) >= SHORTEST_ACTION and not figure.counted:
            return NamedFigure(figure, verb, before, start, figure.end)  # 立案处罚6万元
        if previous and self._same_clause(previous.figure.start, figure.start):
            # 培训4150人 after 讲座21次 counts something else than the figure before.
            alike = not verb or previous.figure.unit == figure.unit
            name = verb + previous.name if alike else verb
            return NamedFigure(figure, name, before, start, figure.end)
        subject = self._subject(start, None)
        return NamedFigure(figure, subject[1], before, subject[0], figure.end) if subject else None

    def _subject(self, position: int, previous: NamedFigure | None) -> tuple[int, str] | None:
        """What the comma clause before `position` is about, where it holds no figure of its own."""
        masked, comma = self._masked, last_break(self._masked, position) - 1
        if comma < 1 or masked[comma] != ",":
            return None
        start = last_break(masked, comma)
        if previous and start <= previous.figure.start < comma:
            return (previous.start, previous.name) if previous.figure.counted else None
        begin, end = self._trimmed(start, comma)
        if verb := indicator_patterns().launching.match(masked, begin, end):
            begin = verb.end()
        if not 2 <= end - begin <= LONGEST_NAME:
            return None
        return begin, self._paragraph.written(begin, end)

    def _same_clause(self, earlier: int, later: int) -> bool:
        return self._paragraph.clause(earlier) == self._paragraph.clause(later)
