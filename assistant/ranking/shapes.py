"""What a sentence is, whatever is asked: its words, the field it stands in, and what it shows."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.library import Library, Place
from assistant.words import pairs
from ingest.markers import find_labels
from ingest.outline import ANNEX_LIST_TITLE
from ingest.records import Span
from ingest.responsibility import DUTY_ROLES
from vectorstore.folding import fold_query

_LONGEST_HEADING = 45
_DATE = re.compile(r"\d{1,4}\s*[年月日号]|季度|之日起|期间|[个]月内|年底|每[日周月季年]")
# A clause that goes on, or a figure, ended like a sentence.
_STATES = re.compile(r"(?:[，,；;]|\d).*[。；;]\s*$", re.DOTALL)
_FREQUENCY = re.compile(
    r"每[日天周月季年半两]|次/|(?:不少于|至少)[\d一二两三四五六七八九十]+[次遍轮]"
)
_YEAR = re.compile(r"20\d\d(?=年|[-—~～./至]|$)")
# 副县长甲负责锰渣库治理，每半月调度一次。
_IN_CHARGE = re.compile(
    r"(?:[省市区县镇乡局]长|书记|主任|主席|委员)[\u4e00-\u9fff]{2,3}(?:同志)?(?:负责|牵头|包[抓保案联干]|分管|统筹|调度|挂[帅点牌包]|督办|联系)"
)
# 牵头单位每月5日前报送进展。 what a paragraph begins with and says when, how often, how much or by whom is no heading.
_TELLS = re.compile(
    r"\d\s*(?:[年月日号]|个?工作日|天|小时|个月)[^，。]{0,4}(?:前|内|起|底|开始)|每[日周月季年半][^，。]"
    r"|\d\s*(?:[%％吨个家座处亩万台辆户次元条分人米]|公里|立方)"
    "|由[\u4e00-\u9fff]{2,8}?(?:约谈|负责|牵头|验收|核查|通报|督办|组织)"
)
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
# Generous, since a wrong refusal hides an answer.
_BODY = re.compile(
    r"[\u4e00-\u9fff](?:局|委|办|厅|部|镇|乡|街|村|科|队|中心|政府|公司|集团|园区|社区|街道|党组)"
    r"|(?:各|有关|相关|责任|主管|执法)(?:部门|单位)|由[\u4e00-\u9fff]{2,}|负责人|[书县区市镇局]长"
)

# Who signs and when, below the text of the last section.
_SIGNED = re.compile(
    r"\n\s*(?P<issuer>[^\n。；;：:，,]{3,40})\n\s*(?P<day>(?:(?:19|20)\d{2}|二[〇○零一二三四五六七八九]{3})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日)\s*$"
)

# A sentence by its document's path, start and end.
Key = tuple[str, int, int]
# A task or section by its document's path and its id.
Group = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Shape:
    """A sentence: folded text and headings, pairs of characters, the role of its field, and what it shows.

    `headed_pairs` are the pairs of the sentence and of its headings.

    `around` is the id of what it stands in; `role` that of the task's field, or of the label the sentence begins
    with, empty for none; `length` the logarithm of its characters.
    """

    text: str
    pairs: frozenset[str]
    headed_pairs: frozenset[str]
    characters: frozenset[str]
    headings: str
    around: str
    length: float
    role: str
    is_formality: bool
    is_heading: bool
    is_annex: bool
    is_problem: bool
    is_measure: bool
    has_date: bool
    has_limit: bool
    has_open_limit: bool
    has_digit: bool
    has_frequency: bool
    has_body: bool
    has_person: bool
    years: frozenset[str]
    is_table_head: bool
    is_table_row: bool

    @property
    def is_duty(self) -> bool:
        return self.role in DUTY_ROLES

    @property
    def is_plain(self) -> bool:
        """Whether the sentence belongs to no field and no measure."""
        return not self.role and not self.is_measure


class Shapes:
    """The shapes of a library's sentences, worked out when first asked for and then kept."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.of = lru_cache(maxsize=None)(self._of)
        self._counts = lru_cache(maxsize=None)(self._count)
        self._surroundings = lru_cache(maxsize=None)(self._surrounding)
        self._in_tables = lru_cache(maxsize=None)(self._heads_and_rows)

    def around(self, group: Group) -> frozenset[str]:
        """The pairs of characters of all that stands in a task or section, headings included."""
        return self._surroundings(group[0])[group[1]]

    def sentences(self, documents: Sequence[str] | None) -> int:
        """How many sentences the documents of a scope have."""
        paths = self._library.paths() if documents is None else documents
        return sum(self._counts(path)[0] for path in paths)

    def holding(self, pair: str, documents: Sequence[str] | None) -> int:
        """In how many of them a pair of characters stands."""
        paths = self._library.paths() if documents is None else documents
        return sum(self._counts(path)[1][pair] for path in paths)

    def _count(self, path: str) -> tuple[int, Counter[str]]:
        counts: Counter[str] = Counter()
        spans = self._library[path].sentences
        for span in spans:
            counts.update(pairs(fold_query(span.quote)))
        return len(spans), counts

    def _surrounding(self, path: str) -> dict[str, frozenset[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for span in self._library[path].sentences:
            shape = self.of((path, span.start, span.end))
            found[shape.around] |= shape.pairs | pairs(shape.headings)
        return {group: frozenset(words) for group, words in found.items()}

    def _heads_and_rows(self, path: str) -> tuple[list[Span], list[Span]]:
        """The heading rows and the other rows of a document's tables of figures."""
        tables = [one for one in self._library[path].tables if not one.listed]
        heads = [one for table in tables for one in table.header]
        return heads, [one.span for table in tables if not table.in_words for one in table.rows]

    def _of(self, key: Key) -> Shape:
        path, start, end = key
        source = self._library[path].source
        span, place = source.span(start, end), self._library.place(path, start)
        text, task = fold_query(span.quote), place.task
        own = frozenset(pairs(text))
        role = _role(span, place)
        limits = [one for one in self._library.limits(path) if span.covers(one.phrase)]
        heads, rows = self._in_tables(path)
        headings = fold_query(
            "".join(place.section.path) + (task.title.quote if task is not None else "")
        )
        return Shape(
            text=text,
            pairs=own,
            headed_pairs=own | pairs(headings),
            characters=frozenset(text),
            headings=headings,
            around=place.around,
            length=math.log(1 + len(span.quote)),
            role=role,
            is_formality=is_formality(span, place),
            is_heading=is_heading(span, place),
            is_annex=place.section.title == ANNEX_LIST_TITLE,
            is_problem=role == "problem" or _describes_problem(span, place),
            is_measure=role == "measures" or place.measure is not None,
            has_date=_DATE.search(span.quote) is not None,
            has_limit=bool(limits),
            has_open_limit=any(one.undetermined for one in limits),
            has_digit=re.search(r"\d", span.quote) is not None,
            has_frequency=_FREQUENCY.search(span.quote) is not None,
            has_body=names_body(span.quote),
            has_person=any(name in span.quote for name in self._library.persons_in_text)
            or any(name in span.quote for name in self._library.people),
            years=frozenset(_YEAR.findall(span.quote)),
            is_table_head=any(one.covers(span) for one in heads),
            is_table_row=any(one.covers(span) for one in rows),
        )


def _role(span: Span, place: Place) -> str:
    if place.task is not None:
        for role, field in place.task.fields.items():
            if field.covers(span):
                return role
    labels = find_labels(span.quote, 0, len(span.quote))
    return labels[0].role if labels and labels[0].start == 0 else ""


def _describes_problem(span: Span, place: Place) -> bool:
    """Whether a sentence belongs to an issue's description, which says what was wrong and not what to do."""
    problem = place.task.problem if place.task is not None and place.task.labelled else None
    return problem is not None and problem.covers(span)


def is_formality(span: Span, place: Place) -> bool:
    """Salutation, title, signature and date lines, and lists of recipients: they frame the document."""
    text = span.quote.strip()
    if place.task is not None and place.task.row:
        return False
    if place.section.parent is None and "。" not in text:
        return True
    signed = _signature(place.section.span.quote)
    if signed is not None and text in (signed["issuer"].strip(), signed["day"]):
        return True
    return text.startswith(("抄送", "附件", "（此件", "(此件")) or (
        text.endswith(("：", ":")) and len(text) < 60
    )


def _signature(section: str) -> re.Match[str] | None:
    """The lines of issuer and date that a section's text ends with."""
    return _SIGNED.search(section) if section.rstrip().endswith("日") else None


def is_heading(span: Span, place: Place) -> bool:
    """Whether a sentence is nothing but its section's heading; a long one states facts and is text."""
    heading, whole = place.section.heading, place.section.span
    if len(span.quote) > _LONGEST_HEADING:
        return False
    signed = _signature(whole.quote)
    line = (whole.quote[: signed.start()] if signed else whole.quote).strip()
    if line.rstrip("。；;") == heading.quote.strip().rstrip("。；;") and _STATES.search(line):
        return False  # a numbered paragraph of one line, which nothing stands under
    if _STATES.search(span.quote) and _IN_CHARGE.search(span.quote):
        return False  # who has what stands in the first sentence of a paragraph, and not only in the others
    if place.measure is not None and place.measure.span.covers(span):
        return False  # a measure of one line is all text
    return span.start >= heading.start and span.end <= heading.end + 1


def is_mere_heading(span: Span, place: Place) -> bool:
    """Whether a heading says nothing by itself; one that a paragraph begins with may be its first statement."""
    ended = place.task is None and span.quote.rstrip().endswith(("。", "；"))
    states = ended and _TELLS.search(_BRACKETED.sub("", span.quote)) is not None
    return is_heading(span, place) and not states


def names_body(text: str) -> bool:
    """Whether a text names somebody who does something, as an office, a company or a person by duty."""
    return _BODY.search(text) is not None
