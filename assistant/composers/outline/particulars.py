"""What a document says of itself: its number, its issuer, its date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from assistant.composers.wording import cite
from assistant.draft import Block, Statement, own_words, paragraph
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.particulars import asked_particulars
from assistant.understanding.topic import specific_words
from assistant.vocabulary import asks, wording
from ingest.dates import chinese_date
from ingest.records import SourceDocument, Span
from prompts import phrase
from vectorstore.folding import fold_query

_IN_ORDER = re.compile(r"从早到晚|从晚到早|先后|排个?(?:队|序)|按.{0,6}(?:日期|时间)")
# 哪个最先印发，哪个最晚
_ENDS = re.compile(r"(?:哪|谁).{0,14}(?:[早晚迟]|先|最后)")
# Where a document says whose findings it answers.
_BEGINNING = 2500
_GROUP = re.compile(
    r"(?P<name>(?:中央|[省市区县]委?)?\s*第\s*[一二三四五六七八九十\d]+(?:[\u4e00-\u9fff\n]){0,10}?(?:督察|巡察|督查|巡视)\s*组)"
)
_REST_OF_CLAUSE = re.compile(r"(?:[^\n，,。；;]|\n(?!\s*\n)){0,60}(?=[，,。；;])")
_PUBLISHED = re.compile(
    r"(?:发布|公开|公布|发文)(?:时间|日期)\s*[:：]\s*(?P<year>(?:19|20)\d\d)\s*[-年/.]\s*(?P<month>1[0-2]|0?[1-9])\s*[-月/.]\s*(?P<day>[12]\d|3[01]|0?[1-9])日?"
)
_GROUP_IN_TITLE = re.compile(
    r"(?:贯彻|落实|关于|对照|整改)*(?P<name>[\u4e00-\u9fff]{0,4}第[一二三四五六七八九十\d]+[\u4e00-\u9fff]{0,10}?(?:督察|巡察|督查|巡视)组)"
)


# What only letters and notices have: asked without naming one, it is told of each that has it.
_OF_FEW = {
    "copies": re.compile(r"^[ \t　]*抄\s*[送报]\s*[:：][ \t　]*(?P<value>[^\n]+)$", re.MULTILINE),
    "addressee": re.compile(
        r"^[ \t　]*(?P<value>(?:[^\n。；;:：〔]|(?<=[、，,])\n){2,300}(?:公司|单位|政府|局|委|办|部门|企业|合作社|街道|办事处|委员会|中心|村))[:：][ \t　]*$",
        re.MULTILINE,
    ),
}


class ParticularsComposer:
    """Answers from the metadata of the documents in scope, citing where they stand."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def blocks(self, query: Query) -> list[Block]:
        """A sentence for each particular asked for and stated; empty where none is asked for."""
        asked = asked_particulars(query.text)
        anywhere = query.documents is None and not asks("operations", "compare", query.text)
        if anywhere:
            asked = [name for name in asked if name in _OF_FEW]
        if not asked or self._is_about_something_in(query, asked):
            return []
        sources = [parsed.source for parsed in self._library.within(query.documents)]
        if anywhere and (pointed := wording("called_documents", "pointed").search(query.text)):
            sources = [source for source in sources if source.title.endswith(pointed["kind"])]
        ends = "date" in asked and len(sources) > 1 and _ENDS.search(query.text) is not None
        if ends or _IN_ORDER.search(query.text):
            sources.sort(key=lambda source: source.issued or dt.date.max)
        told = [
            (source, name, self._statement(query, source, name))
            for source in sources
            for name in asked
        ]
        if not any(statement for _, _, statement in told):
            return []
        blocks = [
            paragraph(statement or own_words(phrase(f"particular_no_{name}", title=source.title)))
            for source, name, statement in told
            if statement or (len(sources) > 1 and not anywhere)
        ]
        return [*(_earliest_and_latest(sources) if ends else []), *blocks]

    def _is_about_something_in(self, query: Query, asked: Sequence[str]) -> bool:
        """Whether the question asks for the date of something in a document and not of the document itself."""
        texts = self._library.folded(query.documents)
        titles = " ".join(
            fold_query(one.source.title) for one in self._library.within(query.documents)
        )
        asking = " ".join(
            match.group()
            for name in asked
            for match in wording("particulars", name).finditer(query.text)
        )
        # 那个锅炉方案是2020年印发的吧 claims it of what the document tells of.
        shortest = 2 if query.asks_confirmation else 3
        return any(
            len(word) >= shortest and word in texts and word not in titles and word not in asking
            for word in specific_words(query)
        )

    def _statement(self, query: Query, source: SourceDocument, name: str) -> Statement | None:
        value, span = self._particular(source, name)
        if span is None:
            return None
        # 是2023年印发的吧: the day claimed is held against the document's own.
        claimed = query.windows if name == "date" and query.asks_confirmation else ()
        if len(claimed) == 1 and not claimed[0].holds(source.issued):
            text = phrase(
                "particular_date_differs",
                title=source.title,
                value=value,
                asked=claimed[0].text,
            )
            return Statement(text, cite(self._library, source, span), computed=(text,))
        text = phrase(f"particular_{name}", title=source.title, value=value)
        return Statement(text, cite(self._library, source, span), computed=(value, source.title))

    def _particular(self, source: SourceDocument, name: str) -> tuple[str, Span | None]:
        """The value for reading and where it stands."""
        if name == "number":
            return source.document_number, _place(source, source.document_number)
        if name == "issuer":
            return source.issuer, _place(source, source.issuer)
        if name == "group":
            return _group(source)
        if name == "published":
            return _published(source)
        if name in _OF_FEW:
            return _line(source, _OF_FEW[name])
        day = source.issued
        if day is None:
            return "", None
        return chinese_date(day), _date_place(source, day)


def _earliest_and_latest(sources: Sequence[SourceDocument]) -> list[Block]:
    """Which of several documents is dated first and which last; nothing where fewer than two have a date."""
    dated = [(one.issued, one.title) for one in sources if one.issued is not None]
    if len({day for day, _ in dated}) < 2:
        return []
    (first, earliest), (last, latest) = min(dated), max(dated)
    text = phrase(
        "particular_ends",
        earliest=earliest,
        first=chinese_date(first),
        latest=latest,
        last=chinese_date(last),
    )
    return [paragraph(own_words(text))]


def _group(source: SourceDocument) -> tuple[str, Span | None]:
    """The group whose findings the document answers: that of its title, else the first its beginning names."""
    if titled := _GROUP_IN_TITLE.search(source.title):
        based = _place(
            source, f"根据{titled['name']}"
        )  # what the plan is made for, not only called
        place = based or _place(source, titled["name"])
        return titled["name"], place and _clause(source, place)
    named = _GROUP.search(source.text, 0, _BEGINNING)
    if named is None:
        return "", None
    return "".join(named["name"].split()), _clause(source, source.span(*named.span("name")))


def _clause(source: SourceDocument, span: Span) -> Span:
    """A place with the rest of its clause, in which a text says what of that group it answers."""
    rest = _REST_OF_CLAUSE.match(source.text, span.end)
    return source.span(span.start, rest.end()) if rest else span


def _published(source: SourceDocument) -> tuple[str, Span | None]:
    """When a page says that it was put on the web."""
    line = _PUBLISHED.search(source.text)
    if line is None:
        return "", None
    day = f"{line['year']}年{int(line['month'])}月{int(line['day'])}日"
    return day, source.span(*line.span())


def _line(source: SourceDocument, pattern: re.Pattern[str]) -> tuple[str, Span | None]:
    """What a line says that a document has once at most, without the full stop behind it."""
    line = pattern.search(source.text)
    if line is None:
        return "", None
    return "".join(line["value"].split()).rstrip("。"), source.span(*line.span("value"))


def _place(source: SourceDocument, value: str) -> Span | None:
    if not value:
        return None
    pattern = r"\s*".join(map(re.escape, value))
    match = re.search(pattern, source.text)
    return source.span(*match.span()) if match else None


def _date_place(source: SourceDocument, day: dt.date) -> Span | None:
    pattern = rf"{day.year}\s*年\s*0?{day.month}\s*月\s*0?{day.day}\s*日"
    match = re.search(pattern, source.text)
    return source.span(*match.span()) if match else None
