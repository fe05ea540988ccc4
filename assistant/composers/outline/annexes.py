"""Annexes of which a document has the name and not the text: what stands in them cannot be told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.composers.wording import cite, flat
from assistant.draft import Block, Draft, Statement, bullets, own_words, paragraph
from assistant.library import Library
from assistant.query import DUTY_FIELDS, Query
from assistant.search import Found
from assistant.words import stretches
from ingest.numerals import parse_number
from ingest.outline import ANNEX_LIST_TITLE
from ingest.records import ParsedDocument, SourceDocument, Span
from prompts import phrase
from vectorstore.folding import fold_query

_NUMBERED = re.compile(r"附[件表录]?\s*([一二三四五六七八九十\d]{1,2})(?![\d.]*[个条项类家])")
_NUMBER_OF_LINE = re.compile(
    r"(?:附[件表录]?[:：]?\s*)?(\d{1,2})\s*[.．、]|附[件表录]\s*([\d一二三四五六七八九十]{1,2})"
)
_SENDS_TO = re.compile(
    r"(?:见|详见|参见|按照?|附)[（(]?附[件表录]\s*([一二三四五六七八九十\d]{1,2})"
)
# Several names in one line: 附件：1.报告格式 2.申请表.
_NEXT_NAME = re.compile(r"(?<=[\s；;，,)）])(?=\d{1,2}\s*[.．、](?!\d))")
# 联系人：…, the office that signs, and the day.
_ENDS_LIST = re.compile(
    r"^[\u4e00-\u9fff]{2,6}[:：]|^[\u4e00-\u9fff]{4,}(?:办公室|政府|局|委员会|厅|领导小组)$|^(?:19|20)\d{2}年\d{1,2}月\d{1,2}日$|^抄送"
)
# What is asked of a form, and what such an annex is called.
_OF_A_FORM = re.compile("栏|怎么填|如何填|填[哪什些几啥]|格式|表样|样表|模板")
_IS_A_FORM = re.compile("(?:格式|样式|表|单|模板|样本|范本)$")
_KIND = re.compile(r"附\s*([件表录]?)")
_OF_A_LIST = re.compile("附[件表录]|清单|台账|名单|名录|目录|明细|一览|表")
_ASKS_MANY = re.compile("哪[些几]|多少|几[个家处项条]")
# What is said to stand in a thing: 台账里, 办法中, 清单第三条, 表要填哪些栏.
_INSIDE = r"(?:的?第[一二三四五六七八九十\d]+|里|中|上|内|[要得]?填|一?共(?:有|列|挂)?(?:多少|几))"
_ASKS_WHICH = re.compile(
    "(?:几|哪些|哪几|多少)个?附[件表]|附[件表](?:一?共|总共|都|分别)*(?:有|是|叫|包括|列了?|挂了?)*(?:几个|哪些|哪几|什么(?!时)|啥(?!时)|多少个)|附[件表]里(?:头)?有(?:什么|啥|哪些)[?？]?$"
)
_MARKS = re.compile(
    r"[《》“”\"'\s]|[(（][^()（）]*[)）]|^(?:附[件表录]?\W*)?\d{1,2}[.．、]|^附[件表录]?\W*"
)
# A number and a title may stand in lines of their own; what has more has a text.
_LINES_OF_A_NAME = 2
_SHORTEST_WORDS = 4
_SHORTEST_ENDING = 2
_LONGEST_ENDING = 8


def annex_asked(query: Query, library: Library) -> Draft | None:
    """A refusal where the question asks what stands in an annex that is only named; None where it does not."""
    within = library.within(query.documents)
    if _is_there(query, within):
        return None
    for parsed in within:
        lines = named_only(parsed)
        if lines and (line := _meant(query, parsed.source, lines)):
            return _only_named(library, parsed.source, line)
    return _referred_to(query, library)


def _is_there(query: Query, documents: Sequence[ParsedDocument]) -> bool:
    """Whether what the question calls by its number (附表1) is a table, or an annex, that a document has."""
    match = _NUMBERED.search(query.text)
    asked = _kind_and_number(match.group()) if match else None
    for parsed in documents if asked is not None else ():
        heads = [one.heading for one in parsed.sections if one.annex]
        heads += [one.caption for one in parsed.tables if one.caption]
        if any(_kind_and_number(one.quote) == asked for one in heads):
            return True
    return False


def annex_telling(query: Query, library: Library, called: str) -> Draft | None:
    """A refusal that names the annex, only named itself, that is called so and would tell; None where none is."""
    for parsed in library.within(query.documents) if called else ():
        for line in named_only(parsed):
            if re.search(called, line.quote):
                return _only_named(library, parsed.source, line)
    return None


def annexes_told(query: Query, library: Library) -> Draft | None:
    """The annexes of the documents asked about; None where they are not asked for, or no document has any."""
    if query.documents is None or not _ASKS_WHICH.search(query.text):
        return None
    blocks: list[Block] = []
    for parsed in library.within(query.documents):
        absent = named_only(parsed)
        every = [*absent, *(one.heading for one in parsed.sections if one.annex)]
        spans = sorted(dict.fromkeys(every), key=lambda one: one.start)
        if not spans:
            continue
        title = parsed.source.title
        lead = phrase("annexes", title=title, count=len(spans))
        said = [Statement(flat(one.quote), cite(library, parsed.source, one)) for one in spans]
        blocks += [paragraph(own_words(lead)), bullets(*said)]
        if absent:
            text = phrase("annexes_named_only", count=len(absent))
            blocks.append(paragraph(own_words(text)))
    return Draft(tuple(blocks)) if blocks else None


def annexes_found(library: Library, chosen: Sequence[Found]) -> Draft | None:
    """A refusal where all that was chosen to answer with are names of annexes; None where there is more."""
    lines = {path: named_only(library[path]) for path in {one.source.path for one in chosen}}
    for one in chosen:
        if not any(line.overlaps(one.span) for line in lines[one.source.path]):
            return None
    return _only_named(library, chosen[0].source, chosen[0].span) if chosen else None


def named_only(parsed: ParsedDocument) -> list[Span]:
    """The lines of a document that name annexes whose text is not there."""
    annexes = [one for one in parsed.sections if one.annex]
    present = [one for one in annexes if len(one.span.quote.split("\n")) > _LINES_OF_A_NAME]
    # 附表2 may be there and 附件2 not.
    known = {_kind_and_number(one.heading.quote) for one in present} - {None}
    titles = [_bare(one.heading.quote) for one in present]
    rows = [row.span for table in parsed.tables for row in table.rows]
    rows += [task.span for task in parsed.tasks if task.row]
    listed = []
    for section in parsed.sections:
        if section.title != ANNEX_LIST_TITLE:
            continue
        kind = _KIND.match(section.span.quote.strip())
        for line in _lines(parsed.source, section.span):
            number = _number(line.quote)
            name = _bare(line.quote)
            if ((kind and kind.group(1)) or "件", number) in known:
                continue
            if any(line.covers(row) for row in rows):
                continue  # the table itself follows its name
            if not any(title and (title in name or name in title) for title in titles):
                listed.append(line)
    # A table whose caption the list was taken for is there.
    tabled = [one.span for one in parsed.tables]
    names = [*listed, *(one.heading for one in annexes if one not in present)]
    return [one for one in names if not any(map(one.overlaps, tabled))]


def _kind_and_number(heading: str) -> tuple[str, int | None] | None:
    kind = _KIND.match(heading.strip())
    return (kind.group(1) or "件", _number(heading)) if kind else None


def _meant(query: Query, source: SourceDocument, lines: Sequence[Span]) -> Span | None:
    """The line that a question means: by its number, by what stands in it, or by words that are nowhere else."""
    if match := _NUMBERED.search(query.text):
        number = parse_number(match.group(1))
        return next((line for line in lines if _number(line.quote) == number), None)
    inside = (line for line in lines if _asks_inside(query.text, line.quote, source.title))
    form = (line for line in lines if _asks_of_form(query.text, line.quote))
    found = next(inside, None) or next(form, None)
    return found or next(_by_own_words(query, source, lines), None)


def _referred_to(query: Query, library: Library) -> Draft | None:
    """A refusal where a sentence only sends to the annex asked for by its number: 名录见附件2."""
    match = _NUMBERED.search(query.text)
    number = parse_number(match.group(1)) if match else None
    documents = library.within(query.documents)
    annexes = (one for parsed in documents for one in parsed.sections if one.annex)
    there = {(_kind_and_number(one.heading.quote) or ("", None))[1] for one in annexes}
    for parsed in documents if match and number not in there else ():
        for passage in parsed.passages:
            for one in passage.sentences:
                if any(parse_number(n) == number for n in _SENDS_TO.findall(one.quote)):
                    return _only_named(library, parsed.source, one)
    return None


def _asks_inside(text: str, line: str, title: str) -> bool:
    """Whether a question asks what an annex has: 整改台账第三条, 问责办法里."""
    name = _bare(line)
    for length in range(min(_LONGEST_ENDING, len(name)), _SHORTEST_ENDING - 1, -1):
        ending = name[-length:]
        if re.search(rf"[按照依][照据]?[那这该][份个本张]{re.escape(ending)}", text):
            return ending not in fold_query(title)
        match = re.search(rf"([\u4e00-\u9fff]{{0,2}}){re.escape(ending)}[上]?{_INSIDE}", text)
        if match is None or ending in fold_query(title):
            continue
        return length >= _SHORTEST_WORDS or (len(match.group(1)) == 2 and match.group(1) in name)
    return False


def _asks_of_form(text: str, line: str) -> bool:
    """Whether a question asks what is to be filled into the form that an annex is: LDAR报告要填哪几栏, of LDAR报告格式."""
    name = _bare(line)
    form = _IS_A_FORM.search(name)
    if form is None or not _OF_A_FORM.search(text):
        return False
    return form.start() >= _SHORTEST_WORDS and name[: form.start()] in text


def _by_own_words(query: Query, source: SourceDocument, lines: Sequence[Span]) -> Iterator[Span]:
    listed = _ASKS_MANY.search(query.text) and not query.fields & DUTY_FIELDS
    if not (listed or _OF_A_LIST.search(query.text)):
        return  # who and by when stand in the text, though an annex is called so too
    rest = source.text
    for line in lines:
        rest = rest.replace(line.quote, "")
    elsewhere = fold_query(rest)
    runs = " ".join(re.findall(r"[\u4e00-\u9fff]+", query.text))
    asked = [part for of_length in stretches(runs, _SHORTEST_WORDS) for part in of_length]
    for line in lines:
        title = fold_query(line.quote)
        if any(part in title and part not in elsewhere for part in asked):
            yield line


def _only_named(library: Library, source: SourceDocument, line: Span) -> Draft:
    text = phrase("annex_only", title=source.title) + flat(line.quote)
    statement = Statement(text, cite(library, source, line), computed=(source.title,))
    return Draft((paragraph(statement),), refused=True)


def _bare(name: str) -> str:
    """A name of an annex, folded, without its number, marks and remarks in brackets: （略）, （另发）."""
    return _MARKS.sub("", fold_query(name))


def _lines(source: SourceDocument, span: Span) -> list[Span]:
    """The names of a list; a line that begins with no number goes on with the name before, up to who signs."""
    lines: list[Span] = []
    begin = span.start
    for line in re.split(r"(?<=\n)", span.quote):
        for part in _NEXT_NAME.split(line):
            text = part.strip()
            start = begin + part.find(text)
            begin += len(part)
            if not text:
                continue
            if lines and _ENDS_LIST.search(text):
                return lines
            if lines and _number(text) is None and not text.startswith(("(", "（")):
                start = lines.pop().start
            lines.append(source.span(start, start + len(source.text[start:begin].rstrip())))
    return lines


def _number(line: str) -> int | None:
    match = _NUMBER_OF_LINE.match(line.strip())
    return parse_number(match.group(1) or match.group(2)) if match else None
