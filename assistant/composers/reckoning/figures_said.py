"""The clauses of a text that state one figure of a unit: what sums and remainders are reckoned from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from assistant.proof.quantities import Quantity, quantities
from assistant.search import Found
from assistant.words import chinese_pairs, pairs
from ingest.records import SourceDocument, Span
from vectorstore.folding import fold, fold_query

_SENTENCE = re.compile(r"[^。；;\n\t|]+")
_CLAUSE = re.compile(r"(?:[^，,、（()）]|(?<=\d),(?=\d))+")
# 应修复22座仅完成4座: what was done is a clause of its own.
_REPORTED = re.compile(
    r"(?:(?<=\d[^\d年月日,，%])|(?<=\d公里|\d万吨|\d万亩|\d公顷))(?:仅|只|已|实际)(?:完成|建成|修复|整治|治理|拆除|安装|改造)"
)
# So it is where no more is said than that: 41个小区完成17个.
_DONE_OF = re.compile(
    r"\d(?P<unit>[户家个处座套台亩吨条口艘所件项站辆米]|公里|万吨|万亩|公顷)[^\d，,、]{0,8}?"
    r"(?P<done>(?:完成|建成|修复|整治|治理|拆除|安装|改造)\d+(?:\.\d+)?(?P=unit)(?:左右)?\s*$)"
)
# 15家企业中已完成封堵的6家, 12户中9户已清退: so is what is reported of some of them.
_OF_THEM = re.compile(
    r"(?<=中)(?:已|仅|只)|(?<=[户家个处座套台亩吨条口人村厂艘所件项站辆]中)(?=\d)"
)
_JOINED_ON = re.compile(r"[及和与](?=$)")
_JOINS = re.compile(r"[及和与](?=\d)")
_OF_ALL = re.compile(r"(?<=[户家个处座套台亩吨条口人村厂艘所件项站辆])中$")
# Behind the number of all: 13个分布在甲河6个.
_SHARED_OUT = re.compile(r"^(?:[^，,、]{0,8}?(?:分布[在于]|分别[为是在]|包括|包含)|[:：])")
# 2025年 and 31日 are when something is due, and no amounts.
_OF_DATES = frozenset({"年", "日"})
# 203家企业中, behind which parts of them are told.
_OF_THESE = re.compile(r"\d[^\d，,、]*中\s*$")
_WRITTEN_UNIT = re.compile(r"^[\d.,\s余多]+(?=\D)")
_ABOUT = re.compile("约$")
# 约5万吨 and 1.2万余吨 are no exact figures, 削减至90万吨 is a level and no amount.
_INEXACT_BEFORE = re.compile(r"(?:约|近|超过?|逾|大概|左右)$")
_LEVEL_BEFORE = re.compile(
    r"(?:[削缩压]?[减降]|[提增扩升]\S?|控制)(?:少|低|高|升|加|大)?(?:至|到|为|在)[^，,]{0,4}$|由$"
)
_INEXACT_AFTER = re.compile(r"^(?:左右|上下)")
_BOUND = re.compile(r"以上|以下|以内|以外|不少于|不超过|不低于|不高于|至少|最多|累计")
# A clause that says no more than when does not stand between two others.
_TIME_ALONE = re.compile(
    r"^\s*(?:截至|截止|截止到|到|至)?(?:目前|(?:20\d{2}年)?(?:\d{1,2}月)?(?:\d{1,2}日|底|末)?前?)\s*$"
)
_NOT_COUNTED = re.compile(r"(?:均|都|且|但)?(?:不计[入在算]?|不列入|不纳入|不含|不包括|另计|另算)")
_LEAD_IN = re.compile(r"^[\s\"“〔【\[]+")
# The mark or label that a clause begins with.
_MARK = re.compile(
    r"^[\s\"“]*(?:[①-⑳]|\d{1,2}[.．、](?!\d(?!\d{3}年))|[(（][一二三四五六七八九十\d]{1,3}[)）]|[\u4e00-\u9fff]{2,8}[:：〕】\]])+"
)
# What a clause says of any work, whatever the thing is.
_ANY_WORK = re.compile(
    r"完成|建成|建设|实施|推进|开展|落实|达到|全部|全面|累计|实际|目前|已经|计划|任务|目标|要求|年底|月底|底前|以上|以内|不少于|不低于|其余|剩余|年度|全年|今年|整改|进展|情况|措施"
)


@dataclass(frozen=True, slots=True)
class FigureSaid:
    """A figure with the clause that states it; `part` tells that it is a share of one named before (其中).

    `place` is the number of its sentence and of its clause there.
    """

    source: SourceDocument
    clause: Span
    sentence: Span
    figure: Quantity
    place: tuple[int, int]
    part: bool

    @property
    def unit(self) -> str:
        """The unit as the text writes it, with its scale: 万亩."""
        return _WRITTEN_UNIT.sub("", self.figure.written.strip())

    @property
    def value(self) -> Decimal:
        """The figure in that unit."""
        one = quantities(f"1{self.unit}")
        return self.figure.value / one[0].value if one else self.figure.value

    def in_unit_of(self, other: FigureSaid) -> Decimal:
        """The figure in the unit of another one of the same measure: 1.5万立方米 as 15000 beside 9000立方米."""
        one = quantities(f"1{other.unit}")
        return self.figure.value / one[0].value if one else self.value

    @property
    def said(self) -> str:
        """The clause for reading, without its mark or label."""
        text = "".join(line.strip() for line in self.clause.quote.split("\n"))
        return _OF_ALL.sub("", _MARK.sub("", text).strip(' \u3000"”“'))

    @property
    def is_about(self) -> bool:
        """Whether the figure is said to be near (约4500立方米, 9000立方米左右)."""
        return (_ABOUT.search(self.before) or _INEXACT_AFTER.search(self.after)) is not None

    @property
    def is_set_aside(self) -> bool:
        """Whether the text says that the figure is not counted in: 2024年已敷设0.8公里，不计入本年任务."""
        next_clause = _CLAUSE.search(self.source.text[self.clause.end : self.sentence.end])
        follows = next_clause is not None and _NOT_COUNTED.match(next_clause.group().strip())
        return bool(_NOT_COUNTED.search(self.clause.quote) or follows)

    @property
    def before(self) -> str:
        """What the clause says before its figure."""
        return fold(self.clause.quote)[: self.figure.start]

    @property
    def after(self) -> str:
        """What the clause says behind its figure."""
        return fold(self.clause.quote)[self.figure.end :]

    @property
    def pairs(self) -> set[str]:
        """The neighbouring characters that tell what the clause is about."""
        return chinese_pairs(self.words)

    @property
    def words(self) -> str:
        """The clause, folded, without its mark, its figure and what is said of any work."""
        text = fold(self.clause.quote)
        rest = text[: self.figure.start] + " " + text[self.figure.end :]
        return _ANY_WORK.sub(" ", _MARK.sub("", rest))

    def is_about_the_same_as(self, other: FigureSaid) -> bool:
        """Whether most of what one of two clauses is about stands in the other."""
        shared, fewer = self.pairs & other.pairs, min(len(self.pairs), len(other.pairs))
        return bool(shared) and len(shared) * 2 >= fewer

    def follows(self, other: FigureSaid) -> bool:
        """Whether the clause comes right behind another one of the same sentence."""
        return self.place == (other.place[0], other.place[1] + 1)


def figures_said(
    source: SourceDocument,
    stretches: Iterable[Span],
    unit: str,
    *,
    near: bool = False,
    each: bool = False,
) -> Iterator[FigureSaid]:
    """The clauses of some stretches of a document with exactly one figure of a unit, in the order of the text.

    Figures that are said to be about so much are among them only where they may be `near`. With `each`, a clause of
    several figures is taken apart behind each of them: 剩余13个分布在甲河6个.
    """
    (wanted,) = quantities(f"2{unit}")
    number = 0
    for stretch in stretches:
        for sentence in _SENTENCE.finditer(stretch.quote):
            number += 1
            part = False
            index = 0
            for at, clause in _clauses(sentence.group(), wanted.unit if each else ""):
                part = part or "其中" in clause or (each and _SHARED_OUT.match(clause) is not None)
                index += not _TIME_ALONE.match(clause)
                start = stretch.start + sentence.start() + at
                bare = _LEAD_IN.sub("", clause)
                span = source.span(start + len(clause) - len(bare), start + len(clause))
                own = [
                    one
                    for one in quantities(fold(span.quote))  # NFKC would read ①146 as 1146
                    if _is_in(one, wanted)
                ]
                if len(own) == 1 and _is_an_amount(fold(span.quote), own[0], near=near):
                    whole = source.span(
                        stretch.start + sentence.start(), stretch.start + sentence.end()
                    )
                    yield FigureSaid(source, span, whole, own[0], (number, index), part)
                part = part or (each and _OF_THESE.search(clause) is not None)


def amounts_said(
    source: SourceDocument,
    stretch: Span,
    unit: str,
    *,
    bounds: bool = False,
    near: bool = False,
    each: bool = False,
) -> list[FigureSaid]:
    """The amounts of a unit in a stretch, those written in that very unit where there are such.

    What is no more than bounded (不少于90辆) is among them only where `bounds` may be; `near` and `each` as above.
    """
    figures = [
        one
        for one in figures_said(source, [stretch], unit, near=near, each=each)
        if bounds or not _BOUND.search(one.clause.quote)
    ]
    return [one for one in figures if one.unit == unit] or figures


def whole_sentence(found: Found) -> Span:
    """The sentence up to its full stop that a clause stands in; the line of a row."""
    text, span = found.source.text, found.span
    marks = "\n" if found.place.task is not None and found.place.task.row else "。\n"
    start = max(text.rfind(mark, 0, span.start) for mark in marks) + 1
    ends = [at for mark in marks if (at := text.find(mark, span.end - 1)) >= 0]
    return found.source.span(start, min(ends, default=len(text)))


def units_of(stretch: Span) -> list[str]:
    """The units of the figures of a stretch as they are written, each once."""
    written = (one.written for one in quantities(fold_query(stretch.quote)))
    units = dict.fromkeys(one.lstrip("0123456789.,余多约 ") for one in written)
    return [
        unit
        for unit in units
        if unit and unit not in _OF_DATES and len(quantities(f"2{unit}")) == 1
    ]


def _clauses(sentence: str, unit: str = "") -> Iterator[tuple[int, str]]:
    """The clauses of a sentence with their places; 应修复22座仅完成4座 are two, and so are two figures of a `unit`."""
    for clause in _CLAUSE.finditer(sentence):
        start = clause.start()
        reports = [*_REPORTED.finditer(clause.group()), *_OF_THEM.finditer(clause.group())]
        breaks = {one.start() for one in reports}
        if not breaks and (done := _DONE_OF.search(clause.group())):
            breaks = {done.start("done")}
        folded = fold(clause.group())
        if unit and not breaks and len(folded) == len(clause.group()):
            # What follows the last figure is said of it.
            own = [
                one
                for one in quantities(folded)
                if one.unit == unit or one.unit.startswith(f"{unit}/")
            ]
            breaks = {_break_between(folded, one, other) for one, other in pairwise(own)}
        for place in sorted(breaks):
            yield start, sentence[start : clause.start() + place]
            start = clause.start() + place
            start += _JOINS.match(sentence, start) is not None
        yield start, sentence[start : clause.end()]


def _is_in(one: Quantity, wanted: Quantity) -> bool:
    """Whether a figure is in the unit asked for; 吨 is short for 吨/日, 微克 for 微克/立方米."""
    return one.unit == wanted.unit or one.unit.startswith(f"{wanted.unit}/")


def _break_between(text: str, one: Quantity, other: Quantity) -> int:
    """Where a clause of two figures is taken apart: before the second where it is joined on (1条一级河道及6条), else behind the first."""
    joined = _JOINED_ON.search(text, one.end, other.start)
    return joined.start() if joined else one.end


def _is_an_amount(text: str, figure: Quantity, *, near: bool) -> bool:
    """Whether a figure is exact, or about so much, and is no level that something rises or falls to."""
    before, after = text[: figure.start], text[figure.end :]
    if near:
        before, after = _ABOUT.sub("", before), _INEXACT_AFTER.sub("", after)
    if _INEXACT_BEFORE.search(before) or _INEXACT_AFTER.search(after):
        return False
    inside = "余" in figure.written or "多" in figure.written
    return not inside and (figure.unit == "%" or not _LEVEL_BEFORE.search(before))


def shared_pairs(topic: str, text: str) -> int:
    """How many neighbouring characters of a topic stand in a text."""
    return len(chinese_pairs(fold(topic)) & pairs(fold(text)))
