"""A limit that the text sets again elsewhere, to another day: the task says 11月底, a later sentence 10月底前.

Both are told, with the remark that they differ; neither is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.composers.limits.changed_limits import changes_of
from assistant.composers.wording import cite, flat, heading_span, numbers_in, readable, task_name
from assistant.draft import Draft, Statement, bullets, own_words, paragraph
from assistant.library import Library
from assistant.proof.quantities import Quantity, quantities
from assistant.query import Field, Operation, Query
from assistant.synonyms import with_synonyms
from assistant.words import chinese_pairs, pairs
from ingest.records import Deadline, ParsedDocument, Span, Task
from prompts import phrase
from vectorstore.folding import fold

# What is due in part, was due before, or is told of as done sets no other day for the whole.
_OF_A_PART = re.compile(
    r"已|仅|截[至止]|剩余|其余|余下|[每各]|前三|累计|其中|分别|实际|原[定时]|首批|部分|一半|过半|延[期长至到]|顺延|推迟|宽限|调整"
)
# Words of any limit, which do not tell of what.
_OF_ANY = re.compile(
    r"力争|确保|争取|计划|预计|必须|全部|全面|任务|工作|整改|时限|期限|限期|完成|完工|完毕|竣工|到位|结束|务必|[须应将要于在前由其并的之]"
)
# 要求11月底前完成 says nothing of what, and 由副县长甲包抓 tells whose it is.
_ONLY_ASKED = re.compile(r"要求|务必|必须|确保|力争|原则上|统一|[须应于在并]")
_BY_WHOM = re.compile(
    r"由[^，,。；;]{2,24}?(?:负责|牵头|包[抓保案联干]|督办|调度|实施|承担|落实)|要求"
)
_TIMES = frozenset("年月日天")
_LABEL = re.compile(r"^\s*(?:[(（]?\d{1,2}[)）.．、](?!\d))\s*")
_BREAKS = "。；;，,：:\n\t|"
# Characters that a name has or lacks without being another one.
_LOOSE = frozenset("县市区省镇乡村")
_FEWEST_SHARED = 3
_SHORTEST_NAME = 7
_MOST_TOLD = 2


@dataclass(frozen=True, slots=True)
class _Due:
    """What is due by a limit: its words without those of any limit, what stands around them, and its amounts."""

    limit: Deadline
    task: Task | None
    about: str
    around: str
    amounts: tuple[Quantity, ...]


class LimitsElsewhere:
    """Tells with a limit what the same document says of it in another place."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def told_in(self, query: Query, draft: Draft) -> Draft:
        """An answer with the other limits of what it gives a limit of, where that is asked for."""
        checks = query.operation is Operation.CHECK_WORDING
        looks_up = query.operation is Operation.LOOK_UP and Field.DEADLINE in query.fields
        if draft.refused or not (checks or looks_up):
            return draft
        cited: dict[str, list[Span]] = {}
        for one in (one for said in draft.statements() for one in said.evidence):
            cited.setdefault(one.document.path, []).append(one.span)
        found = [
            (parsed, other, self._is_cited(other, spans))
            for path, spans in cited.items()
            for parsed in [self._library[path]]
            for other in self._differing(query, parsed, spans)
        ]
        others = [self._statement(parsed, one) for parsed, one, is_told in found if not is_told]
        if others and len(others) <= _MOST_TOLD:
            told = (paragraph(own_words(phrase("stated_otherwise"))), bullets(*others))
            return replace(draft, blocks=(*draft.blocks, *told))
        if not others and found and not _remarked(draft):
            remark = paragraph(own_words(phrase("stated_twice_of_one")))
            return replace(draft, blocks=(*draft.blocks, remark))
        return draft

    def _differing(self, query: Query, parsed: ParsedDocument, cited: Sequence[Span]) -> list[_Due]:
        """The limits that differ from one which is cited and of what is asked."""
        asked = chinese_pairs(fold(with_synonyms(query.topic)))
        dated = [one for limit in parsed.deadlines if (one := self._due(parsed, limit))]
        told = [
            one
            for one in dated
            if self._is_cited(one, cited)
            and (query.task_numbers or asked & chinese_pairs(one.about))
        ]
        text = parsed.source.text
        return [
            other
            for other in dated
            if any(_contradict(one, other) and _are_apart(text, one, other) for one in told)
        ]

    def _is_cited(self, due: _Due, cited: Sequence[Span]) -> bool:
        return any(span.covers(due.limit.phrase) for span in cited)

    def _due(self, parsed: ParsedDocument, limit: Deadline) -> _Due | None:
        """What is due by a limit; None where it has no day, or is that of a part."""
        source, place = parsed.source, self._library.place(parsed.source.path, limit.phrase.start)
        if limit.latest is None or limit.ongoing:
            return None
        task = place.task
        if task is not None and task.deadline is not None and task.deadline.phrase == limit.phrase:
            if any(changes_of(source, task)):
                return None  # which of its days holds is told with the task
            said = re.split(f"[{_BREAKS}]", task.title.quote)[0]
        else:
            said = _clause(source.text, limit.phrase)
        if _OF_A_PART.search(said):
            return None
        path = " ".join(place.section.path)
        around = f"{path} {place.title} {said}"
        bare = _LABEL.sub("", fold(said))
        amounts = _amounts(bare)
        if len({one.unit for one in amounts}) < len(amounts):
            return None  # 清淤86万立方米，5月底前完成40万立方米
        return _Due(limit, task, _about(bare), fold(around), amounts)

    def _statement(self, parsed: ParsedDocument, other: _Due) -> Statement:
        source, limit, task = parsed.source, other.limit, other.task
        if task is not None and task.deadline is not None and task.deadline.phrase == limit.phrase:
            name = task_name(task)
            text = phrase("limit_elsewhere", task=name, limit=flat(limit.phrase.quote))
            evidence = cite(self._library, source, heading_span(source, task), limit.phrase)
            return Statement(text, evidence, computed=numbers_in(name))
        sentence = next((one for one in parsed.sentences if one.covers(limit.phrase)), limit.clause)
        return Statement(readable(sentence.quote, task), cite(self._library, source, sentence))


def _remarked(draft: Draft) -> bool:
    """Whether an answer already says that places differ."""
    said = (phrase("stated_twice_of_one"), phrase("wording_differs"), phrase("stated_otherwise"))
    return any(one.text in said for one in draft.statements())


def _clause(text: str, limit: Span) -> str:
    """The words between two marks around a limit, with what stands before a comma that the limit follows at once."""
    start = max(text.rfind(mark, 0, limit.start) for mark in _BREAKS) + 1
    own = _ONLY_ASKED.sub("", text[start : limit.start]).strip()
    if not own and text[start - 1 : start] in ("，", ","):
        start = max(text.rfind(mark, 0, start - 1) for mark in _BREAKS) + 1
    ends = [at for mark in _BREAKS if (at := text.find(mark, limit.end)) >= 0]
    before = _BY_WHOM.sub(" ", text[start : limit.start])
    return f"{before} {text[limit.end : min(ends, default=len(text))]}"


def _amounts(said: str) -> tuple[Quantity, ...]:
    return tuple(one for one in quantities(said) if one.unit and one.unit not in _TIMES)


def _about(said: str) -> str:
    """A folded clause without its amounts and the words of any limit."""
    for one in reversed(_amounts(said)):
        said = f"{said[: one.start]} {said[one.end :]}"
    return _OF_ANY.sub(" ", said)


def _are_apart(text: str, one: _Due, other: _Due) -> bool:
    """Whether two limits stand in two sentences; one sentence tells apart what is due on several days."""
    first, second = sorted((one.limit.phrase, other.limit.phrase), key=lambda span: span.start)
    return re.search("[。\n]", text[first.end : second.start]) is not None


def _contradict(one: _Due, other: _Due) -> bool:
    """Whether two limits are of one thing and of two days; one of them stands outside of tasks, which differ."""
    if one.limit.latest == other.limit.latest or _are_of_two_rows(one.task, other.task):
        return False
    if len(chinese_pairs(one.about) & chinese_pairs(other.about)) < _FEWEST_SHARED:
        return False
    figures = {(each.value, each.unit) for each in one.amounts}
    if other.amounts and figures and figures.isdisjoint((a.value, a.unit) for a in other.amounts):
        return False
    if _is_short_for(one.about, other.about) or _is_short_for(other.about, one.about):
        return True
    return _is_within(one.about, f"{other.around} {other.about}") and _is_within(
        other.about, f"{one.around} {one.about}"
    )


def _is_short_for(about: str, other: str) -> bool:
    """Whether some words are how a longer name ends: 水源地规范化建设 of 乡镇集中式饮用水水源地规范化建设."""
    short = about.strip(" ,")
    return len(short) >= _SHORTEST_NAME and other.strip(" ,").endswith(short)


def _are_of_two_rows(one: Task | None, other: Task | None) -> bool:
    """Whether both are tasks, or one task: an item of a report that only says who has to do it is none."""
    if one is None or other is None:
        return False
    items = sum(not (task.row or task.labelled or task.deadline) for task in (one, other))
    return one.id == other.id or items != 1


def _is_within(about: str, other: str) -> bool:
    """Whether every character of some words stands in another text beside one that it stands beside here."""
    known = pairs(other)
    for run in re.findall(r"[\u4e00-\u9fffa-z\d.]{2,}", about):
        held = {
            at + step for at in range(len(run) - 1) if run[at : at + 2] in known for step in (0, 1)
        }
        if any(at not in held and mark not in _LOOSE for at, mark in enumerate(run)):
            return False
    return True
