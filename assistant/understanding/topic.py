"""What a question is about, once scope and question words are taken away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from assistant.library import Library
from assistant.query import Query
from assistant.understanding.fields import asked_fields
from assistant.understanding.row_kinds import row_kinds
from assistant.understanding.subjects import subjects
from assistant.vocabulary import generic_words, load_words, wording
from assistant.words import nouns, pairs

_MARKS_OF_HEADING = re.compile(
    r"^[\W\dⅠ-Ⅻ]*(?:[一二三四五六七八九十壹贰叁肆伍甲乙丙丁戊]+(?=[\W、]))?\W*|\W+$|[(（].*[)）]$"
)

# 土壤那节, 水那一块
_SECTION = re.compile(
    r"(?:那|再看)?(?P<name>[\u4e00-\u9fff]{1,6}?)[这那]一?(?:节|章|块|部分|方面)(?=[^\u4e00-\u9fff]|有|里|呢|哪|都|$)"
)
_LISTED = re.compile("(?:清单|台账)上?$")
_DEALT_WITH = re.compile("(?<![综整])治(?=[水气土])|(?<![排])管(?=[水气土])")
_QUOTED_TERM = re.compile(r"[“\"「『]([^”\"」』]{2,16})[”\"」』]")


def topic_of(text: str, library: Library) -> str:
    """The folded question without the places of documents and without question words.

    Numbers with a point and Latin names (PM2.5) stay whole.
    """
    topic = without_subjects(_without_kinds(text, library), library)
    for filler in _fillers():
        topic = topic.replace(filler, " ")
    topic = re.sub(r"(?<!\d)[,，。.](?!\d)|[?？!！;；:：、…~～]+", " ", topic)
    return " ".join(topic.split())


def _without_kinds(text: str, library: Library) -> str:
    """A text without the kinds of documents behind their places: 某县计划里, 某市方案.

    A 清单 or 台账 may stand in a document, and be what is asked about where nothing is asked in it.
    """
    kind = wording("called_documents", "kind_behind")
    for parsed in library.documents:
        for name in filter(None, (parsed.source.region, *parsed.source.region_aliases)):
            before, place, behind = text.partition(name)
            match = kind.match(behind) if place else None
            if match is not None and not _LISTED.search(match.group()):
                text = f"{before}{place} {behind[match.end() :]}"
    return text


def without_subjects(text: str, library: Library) -> str:
    """A text without the places and companies that documents are about."""
    for parsed in library.documents:
        names = (parsed.source.region, *parsed.source.region_aliases, *subjects(parsed.source))
        for name in sorted(filter(None, names), key=len, reverse=True):
            text = text.replace(name, " ")
    return text


def quoted_terms(text: str) -> list[str]:
    """Terms that a folded question puts in quotation marks: “五源”."""
    return _QUOTED_TERM.findall(text)


@cache
def _fillers() -> tuple[str, ...]:
    return tuple(sorted(load_words("questions")["fillers"]["words"], key=len, reverse=True))


def distinctive_words(query: Query, library: Library) -> tuple[str, ...]:
    """Words of the topic that pick out some tasks by their title or description."""
    texts = " ".join(
        task.title.quote + (task.problem.quote if task.problem else "")
        for parsed in library.within(query.documents)
        for task in parsed.tasks
    )
    return tuple(word for word in specific_words(query) if word in texts)


def section_named(query: Query, library: Library) -> str:
    """The heading over some tasks that the question means, if there is one.

    All specific words of the question stand in it, or the question has it as it is (个性问题).
    """
    # 包案 of 谁包案最多 asks for a field and names no heading.
    words = [word for word in specific_words(query) if not asked_fields(word)]
    tasks = [task for parsed in library.within(query.documents) for task in parsed.tasks]
    headings = Counter(heading for task in tasks for heading in task.path[:-1])
    # 治水那部分, 水那块某某局有几条: without the place and the body
    rest = query.topic
    for mention in query.units:
        rest = rest.replace(mention.name, " ")
    rest = _DEALT_WITH.sub("", rest)
    in_words = (one for one in sorted(headings) if words and all(word in one for word in words))
    as_it_is = (one for one, held in headings.items() if held < len(tasks) and _is_said(one, query))
    called = _section_called(query.text, headings)
    return next(in_words, "") or next(as_it_is, "") or called or _section_called(rest, headings)


def _section_called(text: str, headings: Iterable[str]) -> str:
    """The only heading with the word by which a text calls a section; empty where there are several or none."""
    match = _SECTION.search(text)
    named = [one for one in headings if match["name"] in one] if match else []
    return named[0] if len(named) == 1 else ""


def _is_said(heading: str, query: Query) -> bool:
    """Whether the question has a short heading, less its number and marks, word for word."""
    bare = _MARKS_OF_HEADING.sub("", heading)
    return 3 < len(bare) <= 8 and bare not in generic_words() and bare in query.text


def is_about_the_whole(query: Query, library: Library, but: Sequence[str] = ()) -> bool:
    """Whether nothing is asked about beside the bodies, the times and the form of a list.

    `but` are words that state a condition and so name no topic; what the rows of a list are called names none either,
    nor does the time that the whole document is of (三季度).
    """
    texts = library.folded(query.documents)
    known = (*but, *row_kinds(query, library))
    words = (one for one in specific_words(query) if not any(one in said for said in known))
    return not any(word in texts and not _PERIOD.fullmatch(word) for word in words)


_PERIOD = re.compile(r"第?[一二三四]季度|[上下]半年|年度|季度")


# 那项, 这个问题, 那个味道大的问题: one task is pointed at.
_ONE_OF_THEM = re.compile(
    r"[那这该](?:一)?(?:个(?!月|季|周|星期|礼拜)(?:[^,，。;；?？几些各]{1,8}的)?(?:问题|任务|事)|项|条|件|桩|档|摊)"
)
_LONGEST_COMMON = 4


def points_at_one(text: str) -> bool:
    """Whether a question points at one task: 那项过期没."""
    return _ONE_OF_THEM.search(text) is not None


def asks_of_all(query: Query, library: Library, but: Sequence[str] = ()) -> bool:
    """Whether all tasks are asked about: nothing is named, none is pointed at, none by a stretch of its title."""
    if points_at_one(query.text) or not is_about_the_whole(query, library, but):
        return False
    rest = "".join(_asked_about(query).split())
    known = (*generic_words(), *but, *row_kinds(query, library))
    stretches = {rest[i : i + _LONGEST_COMMON] for i in range(len(rest) - _LONGEST_COMMON + 1)}
    named = [one for one in stretches if not any(word in one or one in word for word in known)]
    return not any(
        stretch in task.title.quote and stretch not in parsed.source.title
        for stretch in named
        for parsed in library.within(query.documents)
        for task in parsed.tasks
    )


@cache
def generic_pairs() -> frozenset[str]:
    """The pairs of characters of words that all tasks have: 治理, 整改."""
    return frozenset().union(*map(pairs, generic_words()))


# Ranking, refusing and composing all ask for them, some for each sentence found.
@lru_cache(maxsize=64)
def specific_words(query: Query) -> tuple[str, ...]:
    """Words of the topic without names of bodies and persons, dates, and the words of lists themselves."""
    rest = _asked_about(query)
    return tuple(
        dict.fromkeys(
            word
            for word in nouns(rest)
            if len(word) >= 2
            and word not in generic_words()
            and re.search(r"[a-z\u4e00-\u9fff]", word)
        )
    )


def _asked_about(query: Query) -> str:
    """The topic without names of bodies and persons, words for progress, and dates."""
    rest = query.topic
    for mention in query.units:
        # A place at the head of the name (某镇派出所) has been taken out of the topic already.
        for taken in range(min(3, len(mention.name) - 1)):
            rest = rest.replace(mention.name[taken:], " ")
        # Or in the middle of it: 公安某区分局.
        for head in range(2, len(mention.name) - 2):
            for tail in range(head + 1, len(mention.name) - 1):
                rest = rest.replace(f"{mention.name[:head]} {mention.name[tail:]}", " ")
    if query.status is not None:
        rest = wording("operations", query.status.value).sub(" ", rest)
    for name in (*query.people, *(window.text for window in query.windows)):
        rest = rest.replace(name, " ")
    return rest
