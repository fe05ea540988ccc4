"""Documents by what staff call them: by whose they are and of which kind (市方案, 县里那份, 函里).

Such a calling is read as the name of the document's place, so that whatever knows documents by their places knows it
too: 市方案里 is 栖川市方案里 where the one plan of a city is Qichuan's. One that fits several documents, or none, stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.library import Library
from assistant.understanding.places import divisions, gazetteer, named_documents, unknown_places
from assistant.understanding.topic import without_subjects
from assistant.vocabulary import generic_words, load_words, wording
from assistant.words import nouns
from ingest.records import ParsedDocument
from prompts import phrase
from vectorstore.folding import fold_query

_CHINESE_END = re.compile(r"[\u4e00-\u9fff]+$")
_LONGEST_NAME = 4


@dataclass(frozen=True, slots=True)
class _Calling:
    """Where a question calls a document: by a level or a kind or both, and how sure it is that it does.

    One that is `loose` (市里要求) may speak of the place and no document: it counts beside another document, with which
    it is compared, and where the document has all words of the question. One that is `sure` (市方案里, 市里那份) speaks
    of nothing else.
    """

    start: int
    end: int
    level: str = ""
    kind: str = ""
    loose: bool = False
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Called:
    """A folded question with the places of the documents that it calls, the documents it names, and what is told of
    callings that are not known."""

    text: str
    named: tuple[str, ...]
    notices: tuple[str, ...] = ()


def documents_called(text: str, library: Library, question: str = "", answer: str = "") -> Called:
    """The documents that a folded question calls and names, behind an exchange that it may go on from."""
    if unknown_places(text, library):
        return Called(text, named_documents(text, library))
    named = named_documents(text, library)
    spoken_of = named or named_documents(f"{question} {answer}", library)
    about = without_subjects(f"{question} {text}", library)
    found: list[tuple[_Calling, ParsedDocument]] = []
    unknown: list[tuple[_Calling, list[ParsedDocument]]] = []
    for one in sorted(_callings(text, library), key=lambda one: one.loose):
        fitting = _fitting(one, about, spoken_of, library)
        if len({parsed.source.region for parsed in fitting}) != 1:
            unknown.append((one, fitting))
        elif fitting[0].source.path not in named:
            found.append((one, fitting[0]))
    notices = [_untold(text[one.start : one.end], one_of) for one, one_of in unknown if one.sure]
    several = len({*named, *(meant.source.path for _, meant in found)}) > 1
    for one, meant in sorted(found, key=lambda pair: -pair[0].start):
        # Of 市里和县里, one of them alone is not meant.
        alone = not (several or unknown) and _says_all(meant, about, library)
        if several or alone or not one.loose:
            place = fold_query(meant.source.region)
            text = f"{text[: one.start]}{place}{one.kind}{text[one.end :]}"
    return Called(text, named_documents(text, library), tuple(notices))


def _untold(called: str, fitting: Sequence[ParsedDocument]) -> str:
    """That a question does not tell which of several documents it means, or that nobody has the one it calls."""
    if not fitting:
        return phrase("document_called_nowhere", called=called)
    titles = "、".join(f"《{parsed.source.title}》" for parsed in fitting)
    return phrase("document_called_several", called=called, titles=titles)


def _callings(text: str, library: Library) -> Iterator[_Calling]:
    """The callings of a text, each stretch of it read in the surest way."""
    taken: list[range] = []
    for way in ("of_level_and_kind", "of_level", "of_kind", "pointed", "loose"):
        for match in wording("called_documents", way).finditer(text):
            groups = match.groupdict()
            level, kind = groups.get("level") or "", groups.get("kind") or ""
            place = range(*match.span())
            if any(place.start < one.stop and one.start < place.stop for one in taken):
                continue
            if not _stands_alone(text[: match.start()], level, library):
                continue
            if not level and not _is_said_beside(text, match, library):
                continue
            taken.append(place)
            # 市方案里, with the character behind the calling
            said = text[match.start() : match.end() + 1]
            sure = bool(level) and wording("called_documents", "sure").search(said) is not None
            yield _Calling(*match.span(), level, kind, loose=way == "loose", sure=sure)


def _stands_alone(before: str, level: str, library: Library) -> bool:
    """Whether a level is no end of a longer name (高新区, 禁养区, 某区): nothing stands before it, or words known to end there."""
    run = _CHINESE_END.search(before)
    if run is None:
        return True
    names = [run.group()[-length:] for length in range(1, _LONGEST_NAME + 1)]
    known = library.folded()
    if level and any(f"{one}{level}" in known for one in names if not _leads_up(one)):
        return False
    if level and any(one in divisions() or f"{one}{level}" in gazetteer() for one in names[1:]):
        return False
    return _leads_up(run.group()) or names[1] in known


def _leads_up(words: str) -> bool:
    """Whether words end in one that a name may follow: 按, 和, 请问."""
    return wording("called_documents", "leading").search(words) is not None


def _is_said_beside(text: str, match: re.Match[str], library: Library) -> bool:
    """Whether a kind alone (函里) is said of a document: beside the name of another one it has to be joined to it."""
    if not named_documents(text, library):
        return True
    return wording("called_documents", "joined").search(text[: match.start()]) is not None


def _fitting(
    one: _Calling, text: str, others: Sequence[str], library: Library
) -> list[ParsedDocument]:
    """The documents that a calling of a question may mean.

    What is called by its level alone goes with the other documents spoken of: 市里 is not the city of another province.
    """
    fitting = [parsed for parsed in library.documents if _fits(one, parsed)]
    if one.kind:
        exact = [parsed for parsed in fitting if one.kind in parsed.source.title]
        fitting = exact or (fitting if one.level else [])
    elif others:
        fitting = [
            parsed
            for parsed in fitting
            if any(_are_related(parsed, library[path]) for path in others)
        ]
    if len({parsed.source.region for parsed in fitting}) > 1:
        fitting = _that_say_most(fitting, text, library)
    if not one.level and not all(_says_all(parsed, text, library) for parsed in fitting):
        return []
    return fitting


def _fits(one: _Calling, parsed: ParsedDocument) -> bool:
    """Whether a document is of the level and, at least about, of the kind that it is called by."""
    region = parsed.source.region
    levels = {_level_of(name) for name in (region, *parsed.source.region_aliases)}
    of_level = not one.level or _level_of(one.level) in levels
    alike: list[list[str]] = load_words("questions")["called_documents"]["kinds"]
    kinds = next((kinds for kinds in alike if one.kind in kinds), [])
    return (
        bool(region)
        and of_level
        and (not kinds or any(one in parsed.source.title for one in kinds))
    )


def _level_of(name: str) -> str:
    """The level of a place or of a word for one; the longest ending decides: 产业园区 is no 区."""
    return next((level for end, level in _ends() if name.endswith(end)), "")


@cache
def _ends() -> list[tuple[str, str]]:
    levels: dict[str, list[str]] = load_words("questions")["called_documents"]["levels"]
    ends = [(end, level) for level, ends in levels.items() for end in ends]
    return sorted(ends, key=lambda pair: -len(pair[0]))


def _are_related(one: ParsedDocument, other: ParsedDocument) -> bool:
    """Whether one of two documents speaks of the other's place."""
    return one.source.region in other.source.text or other.source.region in one.source.text


def _words_of(text: str) -> list[str]:
    return [word for word in nouns(text) if len(word) > 1 and word not in generic_words()]


def _that_say_most(
    documents: Sequence[ParsedDocument], text: str, library: Library
) -> list[ParsedDocument]:
    """Those of some documents that have the most words of a question in one sentence."""
    words = _words_of(text)

    def said(parsed: ParsedDocument) -> int:
        sentences = library.folded_sentences(parsed.source.path)
        return max((sum(word in one for word in words) for _, one in sentences), default=0)

    most = max(map(said, documents))
    return [parsed for parsed in documents if said(parsed) == most]


def _says_all(parsed: ParsedDocument, text: str, library: Library) -> bool:
    """Whether a document has whatever words of a question any document has."""
    own, known = library.folded([parsed.source.path]), library.folded()
    return all(word in own for word in _words_of(text) if word in known)
