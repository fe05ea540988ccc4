"""From what a model says to what is proven: a sentence is shown only with evidence that bears out all of it.

Three questions are asked of a sentence. Do its marks exist? Does the verifier find each figure, date, body and duty
in what they stand for? Is that what the sentence is about, or do other items say more of its words? A sentence
that fails is tried with the items it is about, never with a mixture that says something no item says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.chat.evidence import Gathered, Item
from assistant.draft import Evidence, Statement
from assistant.library import Library
from assistant.proof.limits import misplaced_limits
from assistant.proof.quantities import quantities
from assistant.proof.support import Support
from assistant.proof.turning import turned
from assistant.verify import Verifier
from assistant.words import pairs
from vectorstore.folding import fold_query

# The share of a sentence's pairs of characters that its evidence must have.
_ABOUT = 0.45
# Evidence that has so much more of a sentence than what is cited is what the sentence is about.
_CLEARLY_MORE = 0.2
_NEARLY = 0.1
_CONTRIBUTES = 0.3
_MOST_TRIED = 4
_MOST_PAIRED = 3
_MOST_SENTENCES = 6
_SEGMENT = re.compile(r"[^，,；;。]+[，,；;。]?")
_TELLING = re.compile(r"[\d一二三四五六七八九十百]|[局委镇乡]|街道|园区")
# What a sentence may add by itself: it ties facts together and states none.
_CONNECTING = [
    "根据",
    "按照",
    "依据",
    "有关",
    "文件",
    "方案",
    "清单",
    "要求",
    "明确",
    "提出",
    "规定",
    "显示",
    "指出",
    "其中",
    "同时",
    "此外",
    "另外",
    "分别",
    "包括",
    "具体",
    "如下",
    "以下",
    "以上",
    "情况",
    "内容",
    "方面",
    "由",
    "为",
    "是",
    "的",
    "和",
    "及",
    "与",
    "并",
    "在",
    "将",
    "对",
    "该",
    "这",
    "上述",
    "相关",
    "共有",
    "总计",
    "合计",
    "一是",
    "二是",
    "三是",
    "以及",
    "也",
    "均",
    "都",
    "还",
    "需要",
    "应当",
    "负责",
    "完成",
    "时限",
    "任务",
    "问题",
    "整改",
]
_LEAD_IN = re.compile(
    r"(?:(?:根据|按照|依据)(?:上述|以上|有关|相关|现有|所给)?(?:文件|资料|依据|记载|材料)[，,]?)?"
    r"(?:其中|此外|另外|同时|综上|有关|相关|具体|主要)?(?:有关|相关|具体|主要)?"
    r"(?:情况|内容|要求|规定|任务|措施|清单|安排|时限|单位|事项|目标|问题|责任|分工|结果|信息)?(?:包括|分别)?(?:如下|有|为|是)?(?:所示|几项|以下几项|以下)?[：:。]"
)
_COLUMNS = frozenset([
    "文件",
    "地区",
    "区域",
    "编号",
    "序号",
    "任务",
    "整改任务",
    "问题",
    "整改问题",
    "事项",
    "单位",
    "牵头单位",
    "责任单位",
    "配合单位",
    "验收单位",
    "负责领导",
    "责任领导",
    "领导",
    "时限",
    "整改时限",
    "完成时限",
    "期限",
    "目标",
    "整改目标",
    "措施",
    "整改措施",
    "指标",
    "数值",
    "要求",
    "进展",
    "数量",
    "项目",
    "内容",
    "名称",
])
_LONGEST_COLUMN = 10
_DATE = re.compile(r"(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}[日号])?(?<=[年月日号])[底末初前内]?")
# A link may stand in its sentence, in a definition (`[a]: //host`) or refer to one (`[text][a]`).
_UNSAFE = re.compile(
    r"!\[|\[[^\]]*\]\s*[(\[:：]|//\w|https?://|www\.|<[a-z/!][^>]*>|javascript:|data:", re.I
)


@dataclass(frozen=True, slots=True)
class Proof:
    """A statement that holds, and whether its evidence is another than the model gave."""

    statement: Statement
    cited_anew: bool = False


class Grounds:
    """The evidence of one answer, asked whether it bears out what is said."""

    def __init__(self, gathered: Gathered, verifier: Verifier, library: Library) -> None:
        self._gathered = gathered
        self._verifier = verifier
        self._library = library

    def prove(self, text: str, marks: Sequence[int], cells: tuple[str, ...] = ()) -> Proof | None:
        """The sentence (or row) with evidence that bears it out; None when there is none."""
        said = " ".join((text, *cells)).strip()
        if _UNSAFE.search(said):
            return None
        if is_lead_in(said):
            return Proof(Statement(text, cells=cells))
        covers = self._covers(said)
        cited = [item for number in marks if (item := self._gathered.item(number))]
        if len(cited) == len(marks) and (proof := self._with(text, cells, cited, covers)):
            return proof
        best = max(covers.values(), default=0.0)
        near = sorted(covers, key=lambda item: -covers[item])[:_MOST_TRIED]
        tried = [[item] for item in near if covers[item] >= best - _NEARLY]
        tried += [list(pair) for pair in combinations(near[:_MOST_PAIRED], 2)]
        for items in tried:
            if items != cited and (proof := self._with(text, cells, items, covers)):
                return Proof(proof.statement, cited_anew=True)
        return None

    def names_column(self, cell: str) -> bool:
        """Whether a cell may head a column: a label of the genre, or words of the evidence."""
        bare = "".join(cell.split())
        known = bare in _COLUMNS or any(bare in item.text for item in self._gathered.items)
        return known and len(bare) <= _LONGEST_COLUMN

    def missing(self, text: str, marks: Sequence[int], cells: tuple[str, ...] = ()) -> list[str]:
        """What of a sentence (or row) its cited items do not have, for the model to mend."""
        cited = [item for number in marks if (item := self._gathered.item(number))]
        if not cited:
            return ["所标的编号"]
        found = self._unsupported(_statement(text, cells, cited, _all_evidence(cited)))
        return found or ["这句话的主要内容"]

    def _covers(self, said: str) -> dict[Item, float]:
        """How much of a sentence each item has, 0 to 1."""
        return {item: _cover(said, [item]) for item in self._gathered.items}

    def _with(
        self,
        text: str,
        cells: tuple[str, ...],
        items: Sequence[Item],
        covers: dict[Item, float],
    ) -> Proof | None:
        """The sentence with these items for evidence, if they bear it out."""
        said = " ".join((text, *cells)).strip()
        if not items or _cover(said, items) < _ABOUT:
            return None
        items = self._on_subject(said, items)
        if not items or _cover(said, items) + _CLEARLY_MORE < max(covers.values()):
            return None
        if len(items) == 1:
            statement = self._narrowest(text, cells, items[0])
        else:
            statement = self._of_several(text, cells, items)
        return Proof(statement) if statement is not None else None

    def _on_subject(self, said: str, items: Sequence[Item]) -> list[Item]:
        """Items of several tasks without those whose task the sentence does not mention.

        Otherwise a sentence about one task could borrow another's time limit.
        """
        tasks = {item: self._task_titles(item) for item in items}
        several = len({title for titles in tasks.values() for title in titles}) > 1
        if not several or len(items) == 1:
            return list(items)
        own = pairs(fold_query(said))
        return [
            item
            for item in items
            if not tasks[item]
            or any(_share(pairs(fold_query(t)), own) >= _CONTRIBUTES for t in tasks[item])
        ]

    def _task_titles(self, item: Item) -> frozenset[str]:
        places = [self._library.place(e.document.path, e.span.start) for e in item.evidence[:4]]
        tasks = [place.task for place in places if place.task is not None]
        return frozenset(task.title.quote for task in tasks)

    def _narrowest(self, text: str, cells: tuple[str, ...], item: Item) -> Statement | None:
        """The sentence with as few of an item's quotations as bear it out; a record's stay together."""
        if item.statement is not None or len(item.evidence) <= 1:
            return self._checked(_statement(text, cells, [item], item.evidence))
        chosen: list[Evidence] = []
        for one in _most_telling(" ".join((text, *cells)), item.evidence):
            chosen = sorted((*chosen, one), key=lambda evidence: evidence.span.start)
            if statement := self._checked(_statement(text, cells, [item], chosen)):
                return statement
        return None

    def _of_several(
        self, text: str, cells: tuple[str, ...], items: Sequence[Item]
    ) -> Statement | None:
        """The sentence with several items, each part of it borne out by one of them alone."""
        segments = [one for one in _SEGMENT.findall(text) if _TELLING.search(one)] or [text]
        chosen: list[Evidence] = []
        used: list[Item] = []
        for segment in (*segments, *(cell for cell in cells if _TELLING.search(cell))):
            covers = {item: _cover(segment, [item]) for item in items}
            best = max(covers.values())
            for item in sorted(items, key=lambda one: -covers[one]):
                if covers[item] + _CLEARLY_MORE < best:
                    return None
                if statement := self._narrowest(segment, (), item):
                    chosen += statement.evidence
                    used.append(item)
                    break
            else:
                return None
        evidence = dict.fromkeys(chosen)
        return self._checked(_statement(text, cells, used, evidence))

    def _checked(self, statement: Statement) -> Statement | None:
        return None if self._unsupported(statement) else statement

    def _unsupported(self, statement: Statement) -> list[str]:
        """What is asked of every statement, and what only words of a model's own can get wrong."""
        found = self._verifier.unsupported(statement)
        if found:
            return found
        support = Support.of(statement)
        said = fold_query(" ".join((statement.text, *statement.cells)))
        if said in support.computed_text:
            return []
        return turned(said, support) + misplaced_limits(said, support, self._library)


def is_lead_in(text: str) -> bool:
    """Whether a sentence only leads up to what follows (具体情况如下：)."""
    return bool(_LEAD_IN.fullmatch("".join(text.split())))


def _statement(
    text: str, cells: tuple[str, ...], items: Iterable[Item], evidence: Iterable[Evidence]
) -> Statement:
    computed = tuple(dict.fromkeys(one for item in items for one in item.computed))
    return Statement(text, tuple(evidence), cells, computed)


def _all_evidence(items: Iterable[Item]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(one for item in items for one in item.evidence))


def _most_telling(said: str, evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    """The quotations that have most of a sentence, each time the one that adds most; few of them."""
    wanted = pairs(fold_query(said))
    rest = {one: pairs(fold_query(one.span.quote)) for one in evidence}
    for _ in range(min(len(rest), _MOST_SENTENCES)):
        best = max(rest, key=lambda one: len(rest[one] & wanted))
        wanted -= rest.pop(best)
        yield best


def _cover(said: str, items: Sequence[Item]) -> float:
    """The share of a sentence's pairs of characters that items have.

    Connecting words are left aside, and so are figures and dates: they do not tell what a sentence is about.
    """
    bare = fold_query(said)
    for one in reversed(quantities(bare)):
        bare = bare[: one.start] + "\n" + bare[one.end :]
    bare = _DATE.sub("\n", bare)
    for word in _CONNECTING:
        bare = bare.replace(word, "\n") if len(word) > 1 else bare
    own = pairs(bare) or pairs(fold_query(said))
    return _share(own, frozenset().union(*(item.pairs for item in items)))


def _share(own: set[str] | frozenset[str], other: set[str] | frozenset[str]) -> float:
    return len(own & other) / len(own) if own else 0.0
