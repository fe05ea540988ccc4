"""What a question asks a figure of, and of which no sentence in scope has one: a later year, another pollutant.

The sentences found speak of what comes nearest, and their figures would be taken for the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.amounts import FIGURE, without_dates
from assistant.library import Library
from assistant.query import Query
from assistant.search import Found
from assistant.synonyms import says, synonyms_of
from assistant.understanding.fields import asks_amount
from assistant.understanding.places import spoken_places
from assistant.understanding.topic import specific_words
from assistant.vocabulary import asks, load_words
from ingest.records import Passage
from vectorstore.folding import fold_query

_CLAUSES = re.compile("[，,]")
_SENTENCES = re.compile(r"[。；;\n]")
_ALL_CLAUSES = re.compile("[，,。；;\n]")
_TO_BE_FIXED = re.compile(
    r"待[^，,。；;]{0,14}(?:确定|明确|公布|核定|下达)|另定|另行(?:确定|下达|公布|通知)|(?:尚|暂)?未(?:确定|明确|下达|公布)|未定"
)
_SYMBOL = re.compile(r"[a-z]{2,}[\d.]*")
_ASKS_PROGRESS = re.compile("[干做办改修弄建搞]到|进度|完成(?:了|到)?百分")
_ASKS_VALUE = re.compile(
    r"多少|百分之几|几成|[达控降到定]到?几|目标|[控压降]到|定了没|(?:率|浓度|比例|占比|指数)(?:呢)?[?？。]?$"
)
_YEAR = re.compile(r"(?<![\da-z.])(20\d{2}|[1-3]\d)年(?!前|以来|代|来)")
# 明年(2026)PM2.5定多少
_YEAR_ASIDE = re.compile(r"(?<=[(（])20\d{2}(?=[)）])")
_NEXT_YEAR = re.compile(r"明年|来年|下一年度?")
_SPAN_OF_YEARS = re.compile(r"(20\d{2})年?[—\-~至到]+(20\d{2})年")
# What is measured goes by the word before that for its figure: 生活垃圾回收利用率.
_MEASURED = re.compile(
    r"(优良天数|达标天数|(?:(?![的了是要各到按着把这那两个几年今现跟和与及或还有够])[\u4e00-\u9fff]){3,8}?(?=率|浓度|比例|指数|总量|目标))"
)
_MOSTLY = 0.6
_LENGTH_OF_A_NAME = 4


def unmeasured(query: Query, library: Library, chosen: Sequence[Found]) -> str:
    """What no sentence in scope has a figure of (2027年的数值, “氨氮”的数值); empty where one has, or none is asked for."""
    if query.asks_confirmation or not chosen:
        return ""
    if asks_amount(query.text) and (year := _year_to_be_fixed(query, chosen)):
        return year
    if not _ASKS_VALUE.search(query.text):
        return ""
    text = library.folded(query.documents)
    words = [word for word in specific_words(query) if says(word, text)]
    parts = _Parts.of(
        one
        for parsed in library.within(query.documents)
        for one in library.folded_sentences(parsed.source.path)
    )
    return (
        _year(query, library, words, chosen)
        or _town(query, text, parts)
        or _pollutant(query, words, parts)
        or _name(query, parts)
        or _share(query, text, parts)
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """Parts of sentences, folded, under their headings: `all` of them, and those that are `measured` by a figure."""

    all: tuple[str, ...]
    measured: tuple[str, ...]

    @classmethod
    def of(cls, sentences: Iterable[tuple[Passage, str]]) -> _Parts:
        parts = [
            # A comma of a heading parts nothing of what stands under it.
            (_CLAUSES.sub(" ", fold_query("".join(passage.path))), part)
            for passage, sentence in sentences
            for part in _SENTENCES.split(without_dates(sentence))
        ]
        measured = tuple(path + part for path, part in parts if FIGURE.search(part))
        return cls(tuple(part for _, part in parts), measured)


def _year(query: Query, library: Library, words: Sequence[str], chosen: Sequence[Found]) -> str:
    """A year that is none of a document's own, and that no sentence tells together with a word of the question."""
    within = library.within(query.documents)
    own = {parsed.source.year for parsed in within}
    asked = [(f"{year}年", {year}) for year in _years(query.text)]
    if later := _NEXT_YEAR.search(query.text):
        # 明年 of last year's plan may be its next year, or that of who asks.
        asked.append((later.group(), {query.as_of.year + 1, *(year + 1 for year in own if year)}))
    asked = [(said, years) for said, years in asked if not years & own]
    if not asked:
        return ""
    texts = [text for parsed in within for text in _in_context(library, parsed.source.path)]
    # Where the question has no word of the documents, what was found for it has to do.
    about = (
        [text for text in texts if any(says(word, text) for word in words)]
        if words
        else [fold_query(one.span.quote) for one in chosen]
    )
    for said, years in asked:
        if not any(_tells_year(text, year) for text in about for year in years):
            return f"{said}的数值"
    return ""


def _in_context(library: Library, path: str) -> Iterator[str]:
    """Each sentence, folded, under its headings and behind the one before it, which may tell its year."""
    before: tuple[Passage | None, str] = (None, "")
    for passage, sentence in library.folded_sentences(path):
        same = before[1] if before[0] is passage else ""
        yield fold_query("".join(passage.path)) + same + sentence
        before = (passage, sentence)


def _town(query: Query, text: str, parts: _Parts) -> str:
    """A town with PM2.5, where the figures that there are belong to others."""
    towns = spoken_places(query.topic, text)
    for symbol in _SYMBOL.findall(query.topic) if towns else ():
        stating = [part for part in parts.measured if symbol in part]
        if not any(town in part for town in towns for part in stating):
            return f"{towns[0]}“{symbol.upper()}”的数值"
    return ""


def _pollutant(query: Query, words: Sequence[str], parts: _Parts) -> str:
    """A pollutant, measured nowhere beside anything else that the question names."""
    for pollutant in load_words("questions")["pollutants"]["words"]:
        if pollutant not in query.topic:
            continue
        # 氮氧化物和VOCs各多少: what is measured as well has figures of its own.
        beside = [
            word
            for word in words
            if word not in pollutant and pollutant not in word and not _says_no_thing(word)
        ]
        stating = [said for part in parts.measured for said in _said_of(pollutant, part)]
        if beside:
            stating = [said for said in stating if any(says(word, said) for word in beside)]
        if not stating:
            return f"“{pollutant}”的数值"
    return ""


def _says_no_thing(word: str) -> bool:
    """Whether a word names no thing that a pollutant is measured of: another pollutant, or a bound (降尘的红线)."""
    return _is_measured(word) or asks("operations", "bound_of_period", word)


def _is_measured(word: str) -> bool:
    """Whether a word is a pollutant itself, by its name or its symbol."""
    pollutants: list[str] = load_words("questions")["pollutants"]["words"]
    named = any(one in name for one in (word, *synonyms_of(word)) for name in pollutants)
    return named or _SYMBOL.fullmatch(word) is not None


def _said_of(pollutant: str, part: str) -> Iterator[str]:
    """The clauses of a part that have a figure of a pollutant; one that begins with it goes on with those before."""
    clauses = _CLAUSES.split(part)
    for index, clause in enumerate(clauses):
        if FIGURE.search(clause) and says(pollutant, clause):
            goes_on = any(clause.startswith(one) for one in (pollutant, *synonyms_of(pollutant)))
            yield "".join(clauses[: index + 1]) if goes_on else clause


def _name(query: Query, parts: _Parts) -> str:
    """A rate, a share … by a name of which no figure has most characters."""
    names = _MEASURED.findall(query.topic)
    unlike = (one for one in names if not any(_is_like(one, part) for part in parts.measured))
    return next((f"“{name}”的数值" for name in unlike), "")


def _share(query: Query, text: str, parts: _Parts) -> str:
    """A thing by a name of its own, never followed by a figure, where a percentage is asked for."""
    if "百分之" not in query.text or _ASKS_PROGRESS.search(query.text):
        return ""  # how far a thing is stands beside its name, in a cell of its own
    for name in _names_apart(query.topic, text):
        after = [part[part.find(name) :] for part in parts.all if name in part]
        if after and not any(map(FIGURE.search, after)):
            return f"“{name}”的数值"
    return ""


def _names_apart(topic: str, text: str) -> Iterator[str]:
    """What a topic sets apart (重点建设用地，安全利用率), as far as the text has it; 农村污水治理率 is one name."""
    yield from (name for name in _SYMBOL.findall(topic) if name in text)
    for run in re.findall(r"[\u4e00-\u9fff]+", topic):
        ends = (run[start:] for start in range(len(run) - _LENGTH_OF_A_NAME + 1))
        yield from [name for name in ends if name in text][:1]


def _is_like(name: str, part: str) -> bool:
    """Whether a part of a sentence has most characters of a name, or another word for it."""
    shared = sum(character in part for character in set(name))
    return shared >= _MOSTLY * len(set(name)) or any(one in part for one in synonyms_of(name))


def _years(text: str) -> list[int]:
    years = [int(year) if len(year) == 4 else 2000 + int(year) for year in _YEAR.findall(text)]
    return [*years, *map(int, _YEAR_ASIDE.findall(text))]


def _year_to_be_fixed(query: Query, chosen: Sequence[Found]) -> str:
    """A year of which all that is said is that its figure is still to be fixed: 2026年任务待省下达后确定."""
    clauses = [
        clause for one in chosen for clause in _ALL_CLAUSES.split(fold_query(one.span.quote))
    ]
    for year in _years(query.text):
        telling = [clause for clause in clauses if f"{year}年" in clause]
        if telling and all(_TO_BE_FIXED.search(one) for one in telling):
            return f"{year}年的数值（尚待确定）"
    return ""


def _tells_year(text: str, year: int) -> bool:
    spans = ((int(first), int(last)) for first, last in _SPAN_OF_YEARS.findall(text))
    return str(year) in text or any(first <= year <= last for first, last in spans)
