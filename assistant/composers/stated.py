"""Whether sentences state a figure of the kind that a question asks for, of the thing it asks about.

A document may speak of a thing without the figure asked for (加快国四货车淘汰) beside other things that have one.
Such a question has no answer, however near the sentence is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from assistant.amounts import states_amount, without_dates
from assistant.composers.wording import ROLE_FIELDS
from assistant.library import Library, task_units
from assistant.query import Field, Query
from assistant.ranking.asked import asks_duty
from assistant.ranking.shapes import names_body
from assistant.search import Found
from assistant.synonyms import synonyms_of, with_synonyms
from assistant.understanding.fields import asks_amount, asks_beyond_fields
from assistant.understanding.topic import specific_words
from assistant.vocabulary import load_words
from assistant.words import pairs
from vectorstore.folding import fold_query

_ANY_FIGURE = re.compile(
    r"\d|百分之|[一二两三四五六七八九十百千万]+(?:个|家|台|辆|座|处|成|倍|项|次|吨|亩|户|人)"
)
_PERCENT = re.compile(r"\d%|百分之|[一二三四五六七八九]成")
_ASKS_PERCENT = re.compile(r"百分之(?:几|多少)|几成|百分比")
_ASKS_FIGURE = re.compile(r"(?<!编号)(?<!文号)(?<!号码)多少|百分之几|几成")
_ASKS_VALUE = re.compile(r"多少|百分之几|几成|[达控降到定]到?几|目标|指标|[控压降]到|定了没")
_DUTY_WORDS = re.compile(r"(?:局|科室?|部门|单位|街道)?(?:负责|牵头|在?管|盯)")
_ASKS_END = re.compile(
    r"(?:什么时候|啥时候|何时|哪[天年月]|几[号月]|多久|时限|期限).{0,6}(?:完|结|好|掉|整改|销号|收尾|到期|截止)"
)
_DATE = re.compile(r"\d\s*[年月日]|[年月季]度?[末底中]|长期|立即|时限|期限")
_YEAR = re.compile(r"(?<![\da-z.])(20\d{2}|[1-3]\d)年(?!前|以来|代|来)")
_SPAN_OF_YEARS = re.compile(r"(20\d{2})年?[—\-~至到]+(20\d{2})年")
# What is measured goes by the word before that for its figure: 生活垃圾回收利用率.
_MEASURED = re.compile(
    r"(优良天数|达标天数|(?:(?![的了是要各到按着把这那两个几年今现跟和与及或还有])[\u4e00-\u9fff]){3,8}?(?=率|浓度|比例|指数|总量|目标))"
)
_PARTS = re.compile(r"[，,；;。]")
_MOSTLY = 0.6
_LENGTH_OF_A_NAME = 4
_SENTENCES = re.compile(r"[。；;\n]")
_CLAUSES = re.compile(r"[，,：:]")
# From this share of the question's character pairs on, a clause is about the very thing.
_NEARLY_ALL = 0.6
_NEARLY_ALL_KNOWN = 0.85
_ENOUGH_KNOWN = 5


def figure_unstated(query: Query, library: Library, chosen: Sequence[Found]) -> str:
    """What is asked for and not stated (以“辆”计的数量, 数值); empty where it is, or where no figure is asked for."""
    if query.asks_confirmation or not chosen:
        return ""
    if _ASKS_VALUE.search(query.text) and (named := _unmeasured(query, library, chosen)):
        return named
    if Field.DEADLINE in query.fields:
        return ""
    texts = [without_dates(fold_query(one.span.quote)) for one in chosen]
    if unit := asks_amount(query.text):
        return "" if any(map(states_amount(unit), texts)) else f"以“{unit}”计的数量"
    if _ASKS_FIGURE.search(query.text):
        wanted = _PERCENT if _ASKS_PERCENT.search(query.text) else _ANY_FIGURE
        if _said_without(query, library, texts, wanted):
            return "所问的数值"
    return ""


def duty_or_limit_unstated(query: Query, library: Library, chosen: Sequence[Found]) -> str:
    """What is asked, who has a duty or until when, and not told of the thing asked about; empty where any is told.

    The sentences that say the most of what the question says count, with the units and limits of their measure and
    task.
    """
    limit = Field.DEADLINE in query.fields and _ASKS_END.search(query.text) is not None
    duty = asks_duty(query.text)
    if query.fields - ROLE_FIELDS.keys() - {Field.DEADLINE} or not (duty or limit):
        return ""
    if query.asks_confirmation or not chosen or asks_beyond_fields(query.text):
        return ""  # the rest of the question has an answer
    asked = pairs(with_synonyms(_DUTY_WORDS.sub(" ", query.topic)))
    shares = [len(asked & pairs(fold_query(one.span.quote))) for one in chosen]
    best = max(shares)
    nearest = [one for one, share in zip(chosen, shares, strict=True) if share == best]
    if best == 0 or (duty and any(_names_a_body(one) for one in nearest)):
        return ""
    if limit and any(_tells_when(one, library) for one in chosen):
        return ""
    return "和".join(("由谁负责",) * duty + ("何时完成",) * limit)


def _tells_when(one: Found, library: Library) -> bool:
    """Whether a sentence, its measure or its task has a limit, or the sentence a day, a month or a year."""
    task, measure = one.place.task, one.place.measure
    if (task is not None and task.deadline is not None) or (measure and measure.deadlines):
        return True
    limits = library.limits(one.source.path)
    return _DATE.search(one.span.quote) is not None or any(
        one.span.overlaps(limit.phrase) for limit in limits
    )


def _names_a_body(one: Found) -> bool:
    task, measure = one.place.task, one.place.measure
    if (measure is not None and measure.units) or (task is not None and task_units(task)):
        return True
    return (task is not None and bool(task.leaders)) or names_body(one.span.quote)


def _unmeasured(query: Query, library: Library, chosen: Sequence[Found]) -> str:
    """The year, or the thing measured, that no sentence in scope has a figure of; empty where one has."""
    sentences = [
        (passage.path, fold_query(sentence.quote))
        for parsed in library.within(query.documents)
        for passage in parsed.passages
        for sentence in passage.sentences
    ]
    known = library.folded(query.documents)
    words = [word for word in specific_words(query) if _says(word, known)]
    own = {parsed.source.year for parsed in library.within(query.documents)}
    answers = [fold_query(one.span.quote) for one in chosen]
    for year in _years(query.text):
        if year in own or any(_tells_year(text, year) for text in answers):
            continue
        telling = ("".join(path) + text for path, text in sentences)
        telling = (text for text in telling if _tells_year(text, year))
        if words and not any(_says(word, text) for text in telling for word in words):
            return f"{year}年的数值"
    measured = [
        "".join(path) + part
        for path, text in sentences
        for part in _SENTENCES.split(without_dates(text))
        if _ANY_FIGURE.search(part)
    ]
    for pollutant in load_words("questions")["pollutants"]["words"]:
        beside = [word for word in words if word not in pollutant and pollutant not in word]
        stating = [part for part in measured if _says(pollutant, part)]
        if pollutant in query.topic and not any(
            not beside or any(_says(word, said) for word in beside) for said in stating
        ):
            return f"“{pollutant}”的数值"
    for name in _MEASURED.findall(query.topic):
        if not any(_alike(name, part) for part in measured):
            return f"“{name}”的数值"
    names = (word for word in words if len(word) >= _LENGTH_OF_A_NAME)
    for word in names if "百分之" in query.text else ():
        said = (part for _, text in sentences for part in _SENTENCES.split(text) if word in part)
        after = [without_dates(part[part.find(word) :]) for part in said]
        if after and not any(map(_ANY_FIGURE.search, after)):
            return f"“{word}”的数值"
    return ""


def _alike(name: str, part: str) -> bool:
    """Whether a part of a sentence has most characters of a name, or another word for it."""
    shared = sum(character in part for character in set(name))
    return shared >= _MOSTLY * len(set(name)) or any(one in part for one in synonyms_of(name))


def _years(text: str) -> list[int]:
    return [int(year) if len(year) == 4 else 2000 + int(year) for year in _YEAR.findall(text)]


def _tells_year(text: str, year: int) -> bool:
    spans = ((int(first), int(last)) for first, last in _SPAN_OF_YEARS.findall(text))
    return str(year) in text or any(first <= year <= last for first, last in spans)


def _says(word: str, text: str) -> bool:
    return any(one in text for one in (word, *synonyms_of(word)))


def _said_without(
    query: Query, library: Library, texts: Iterable[str], wanted: re.Pattern[str]
) -> bool:
    """Whether a clause says nearly all that the question says and no figure, and none with one says as much.

    Beside figures of other things it is enough that it says all of the question that any document says.
    """
    sentences = [part for text in texts for part in _SENTENCES.split(text)]
    asked = pairs(with_synonyms(query.topic))
    known = {pair for pair in asked if pair in library.folded()}
    figured = [one for one in sentences if wanted.search(one)]
    return _says_more_without(asked, sentences, wanted, _NEARLY_ALL) or (
        len(known) >= _ENOUGH_KNOWN
        and _says_more_without(known, figured, wanted, _NEARLY_ALL_KNOWN)
    )


def _says_more_without(
    asked: Collection[str], sentences: Iterable[str], wanted: re.Pattern[str], least: float
) -> bool:
    """Whether a clause without a figure has `least` of the pairs asked for, and none with one has as many."""
    without, with_figure = 0, 0
    for sentence in sentences:
        named = 0  # a figure may belong to what a clause before it names
        for clause in _CLAUSES.split(sentence):
            said = sum(pair in clause for pair in asked)
            named = max(named, said)
            if wanted.search(clause):
                with_figure = max(with_figure, named)
            else:
                without = max(without, said)
    return with_figure < without and without >= least * len(asked)
