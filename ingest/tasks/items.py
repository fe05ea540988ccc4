"""Numbered items of plans and reports: each is a task, its units in a closing bracket or in fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.brackets import trim
from ingest.deadlines import find_deadlines
from ingest.markers import RANK_ARTICLE, RANK_ITEM, RANK_PARAGRAPH, RANK_TASK
from ingest.outline import Node
from ingest.records import Measure, Span, Task
from ingest.responsibility import (
    Duties,
    closing_duties,
    inner_duties,
    outside_labels,
    read_duties,
)
from ingest.tasks.context import LINE_MARKS, Context, number_of, within
from ingest.tasks.demands import found_elsewhere, without_findings
from ingest.tasks.groups import duties_of_group
from ingest.tasks.limits import limit_begun_with, limit_of_last_clause, limit_of_sentence
from ingest.tasks.measures import clauses, finding, labels_of_duties, measure, section_measure
from ingest.tasks.states import told_state
from ingest.told_duties import told_duties
from ingest.vocabulary import load_vocabulary

_ENOUGH_NAMED = 2
_ENOUGH_PARTS = 3
# 本项须于5月31日前完成, 本项立行立改: a sentence on the item that it closes.
_ON_ITSELF = re.compile(
    r"(?<=[。；;\n])\s*(?P<said>(?:本|此|该|上述)(?:项|任务|问题|事项|工作|整改|措施|内容)[^。\n]{2,40})"
)
_REPORTS_STATUS = re.compile(
    r"(?:已|未|尚未|正在|基本|按期|逾期|超期).{0,8}(?:完成|整改|销号|办结|推进|达到|启动).{0,6}(?:任务|问题|事项|项目)"
    # 进度滞后事项, 逾期未完成4项, 推进中的任务
    r"|^(?:(?:整改|工作|任务|总体)?(?:进[度展]|推进)(?:明显|严重|相对|比较|较为)?(?:滞后|偏慢|较慢|缓慢|落后)|严重滞后|滞后|逾期|超期|(?:推进|整改|办理|进行)中"
    r"|(?:达到?|符合)(?:序时|时序)进度|未(?:启动|开工|完成|办结|销号))(?:未完成|未办结|未销号)?(?:的|整改){0,2}(?:(?:任务|问题|事项|项目)|[\d一二三四五六七八九十]{1,3}[项个件])"
)
# 县水务局牵头的电站生态流量问题, 县工信局牵头、开发区管委会配合的冲天炉淘汰
_OF_WHOM = re.compile(
    r"由?(?P<who>[^，,。；;：:\n]{3,40}?(?:牵头|主办|承办|负责|配合))的(?=\S{4,})"
)
_QUOTED_PROBLEM = re.compile(r"关于[“\"](.*)[”\"]\s*(?:的)?问题")


def items_of_plan(text: str, root: Node) -> Sequence[Node]:
    """The items of a document that has no issues with fields: those it calls so (任务3), else by their parts.

    Where no part has items, the parts themselves are, if several tell who has them or by when.
    """
    named = [node for node in root.walk() if node.rank == RANK_TASK and not node.covers]
    if len(named) >= _ENOUGH_NAMED:
        return named
    if items := [item for part in _measure_parts(root) for item in _items(part)]:
        return items
    parts = [one for one in root.children if not one.children and _tells_duty(text, one)]
    return parts if len(parts) >= _ENOUGH_PARTS else ()


def items_beside(root: Node, issues: set[int]) -> Iterator[Node]:
    """Items that have no fields themselves: among issues of their rank (by `id()` of their nodes), or called tasks."""
    for node in root.walk():
        says_more = bool(node.children) or any(start < end for start, end in node.body())
        if node.rank == RANK_TASK and not node.covers and says_more and not within(node, issues):
            yield node
    for part in _measure_parts(root):
        items = list(_items(part))
        ranks = {node.rank for node in items if id(node) in issues}
        for node in items:
            if node.rank > RANK_PARAGRAPH and node.rank in ranks and not within(node, issues):
                yield node


def read_item(context: Context, node: Node) -> Task:
    """The task that a numbered item is."""
    bodies = [trim(context.text, start, end, "，,") for start, end in node.body()]
    status = _reported_status(context, node)
    return context.task(
        node,
        _duties(context, node, bodies),
        fields={"status": status} if status else None,
        number=number_of(node) if node.rank > RANK_PARAGRAPH or _is_chapter(node) else "",
        problem=_quoted_problem(context, node)
        or _found_problem(context, bodies)
        or _problem_elsewhere(context, node),
        measures=tuple(_measures(context, node, bodies)),
    )


def _measure_parts(root: Node) -> list[Node]:
    """The parts of the document that hold measures: 整改措施, 重点任务, 整改落实的成效 …"""
    words = load_vocabulary("labels")
    parts = [
        node
        for node in root.children
        if any(word in node.title for word in words["measure_parts"])
        and not any(node.title.endswith(word) for word in words["other_parts"])
    ]
    return parts or without_findings([
        node
        for node in root.children
        if not node.annex_list and not any(word in node.title for word in words["other_parts"])
    ])


def _items(node: Node) -> Iterator[Node]:
    """The sections below a part that stand for one task each."""
    for child in (one for one in node.children if not one.covers):
        structural = any(one.rank <= RANK_ITEM for one in child.children)
        heading_only = not any(start < end for start, end in child.body())
        if child.rank == RANK_ARTICLE:
            yield from _items(child)  # An article is a rule; what it lists may be tasks.
        elif structural or (heading_only and child.children and child.rank < RANK_ITEM):
            yield from _items(child)
        else:
            yield child


def _reported_status(context: Context, node: Node) -> Span | None:
    """What the heading above says of all items below it (二、已完成整改的任务), or the item's own paragraph."""
    above = node.parent
    while above is not None and above.parent is not None:
        if _REPORTS_STATUS.search(above.title):
            return context.title(above)
        above = above.parent
    # A bulletin tells in one paragraph who has a task and how far it is.
    told = (
        told_state(context.text, start, end)
        for start, end in node.body()
        if told_duties(context.text, start, end)
    )
    return next((state for state in told if state is not None), None)


def _duties(context: Context, node: Node, bodies: Sequence[tuple[int, int]]) -> Duties:
    """Everyone whom the item or one of its measures names, and the limit of a sentence that tells them."""
    text, duties = context.text, context.heading_duties(node)
    begin = context.words_start(node, node.end)
    if of_whom := _OF_WHOM.match(text, begin, node.heading_end):
        for told in told_duties(text, *of_whom.span("who")):
            duties.merge(told.duties)
    for start, end in [*bodies, *((child.start, child.end) for child in node.children)]:
        if bracketed := closing_duties(text, start, end):
            duties.merge(bracketed[0])
        else:
            duties.merge(inner_duties(text, start, end))
        duties.merge(read_duties(text, labels_of_duties(text, start, end), end))
        for told in told_duties(text, start, end):
            duties.merge(told.duties)
            sentence = (text, told.start, told.end, context.anchor)
            if limit := limit_of_sentence(*sentence) or limit_of_last_clause(*sentence):
                duties.fields["deadline"] = limit
        if "deadline" not in duties.fields and (limit := _last_sentence_limit(context, start, end)):
            duties.fields["deadline"] = limit
        if (closing := _ON_ITSELF.search(text, start, end)) and "deadline" not in duties.fields:
            found = find_deadlines(text, *closing.span("said"), context.anchor)
            if len(found) == 1:
                duties.fields["deadline"] = found[0].phrase.start, found[0].phrase.end
    # What the first paragraph alone says of who and when; remarks on all tasks may follow the last one.
    if bodies and not node.children and "deadline" not in duties.fields:
        limit = limit_begun_with(text, *bodies[0], context.anchor)
        names_somebody = (
            told_duties(text, *bodies[0])
            or labels_of_duties(text, *bodies[0])
            or (node.parent is not None and duties_of_group(text, node.parent).units)
        )
        if limit is not None and names_somebody:
            duties.fields["deadline"] = limit
    if not node.children and not any("。" in text[start:end] for start, end in bodies):
        # 6月底前完成清淤3公里: an item of one sentence, which begins with its limit; 垃圾场封场，6月底前完成.
        start = context.words_start(node, node.end)
        if "deadline" not in duties.fields:
            own = limit_of_sentence(text, start, node.heading_end, context.anchor)
            duties.fields.update({"deadline": own} if own else {})
        limit = limit_begun_with(text, start, node.heading_end, context.anchor)
        if limit is not None and limit[0] == start:
            duties.fields["deadline"] = limit
    return duties


def _last_sentence_limit(context: Context, start: int, end: int) -> tuple[int, int] | None:
    """The limit that the last sentence of a paragraph is, or the only one, if it says nothing else: …绘制管网图。6月15日前完成。"""
    finish = trim(context.text, start, end, "。")[1]
    begin = max(context.text.rfind("。", start, finish) + 1, start)
    if set(context.text[begin:finish]) & set("，,；;"):
        return None
    return limit_of_sentence(context.text, begin, finish, context.anchor)


def _is_chapter(node: Node) -> bool:
    return node.parent is not None and node.parent.parent is None


def _tells_duty(text: str, node: Node) -> bool:
    """Whether the heading or the text of a section tells who has it, or closes with a sentence on itself."""
    if closing_duties(text, node.start, node.heading_end):
        return True
    return any(
        told_duties(text, start, end)
        or closing_duties(text, start, end)
        or _ON_ITSELF.search(text, start, end)
        for start, end in node.body()
    )


def _quoted_problem(context: Context, node: Node) -> Span | None:
    """The problem that a heading quotes: 关于“检查少”问题."""
    title = context.title(node)
    quoted = _QUOTED_PROBLEM.search(title.quote)
    if quoted is None:
        return None
    return context.span(title.start + quoted.start(1), title.start + quoted.end(1))


def _found_problem(context: Context, bodies: Sequence[tuple[int, int]]) -> Span | None:
    """What the text of an item says was found, before its points."""
    return finding(context, *bodies[0]) if bodies else None


def _problem_elsewhere(context: Context, node: Node) -> Span | None:
    """What another part tells below the same heading to be wrong."""
    told = found_elsewhere(node)
    body = next(told.body(), None) if told is not None else None
    if told is None or body is None:
        return None
    return context.span(*trim(context.text, body[0], told.end))


def _measures(context: Context, node: Node, bodies: Sequence[tuple[int, int]]) -> Iterator[Measure]:
    bodies = [(start, end) for start, end in bodies if start < end]
    if bodies and _begins_dated(context, node, bodies[0][0]):
        bodies[0] = context.words_start(node, node.end), bodies[0][1]
    if bodies and not _begins_with_field(context.text, *bodies[0]):
        yield from _measures_of_text(context, bodies)
    elif not node.children:
        # A heading alone, or with fields only, says itself what is to be done.
        start = context.words_start(node, node.end)
        yield measure(context, "", node.start, node.end, start)
    for child in node.children:
        yield section_measure(context, child, child.end)


def _begins_dated(context: Context, node: Node, body: int) -> bool:
    """Whether a heading is the first sentence of what is to be done: 1.水泵立即更换，4月20日前完成调试。更换期间…"""
    on_one_line = "\n" not in context.text[node.heading_end : body]
    limits = find_deadlines(context.text, node.start, node.heading_end, context.anchor)
    return on_one_line and bool(limits)


def _measures_of_text(context: Context, bodies: Sequence[tuple[int, int]]) -> Iterator[Measure]:
    """Each paragraph is a measure where several name their own units; otherwise they are read as one text."""
    bracketed = [body for body in bodies if closing_duties(context.text, *body)]
    if len(bracketed) > 1:
        for start, end in bodies:
            yield measure(context, "", start, end)
    else:
        yield from clauses(context, bodies[0][0], bodies[-1][1])


def _begins_with_field(text: str, start: int, end: int) -> bool:
    """Whether a body begins with a field other than that of the measures; 完成时限为6月底，… begins a sentence."""
    labels = outside_labels(text, start, end)
    return bool(
        labels
        and labels[0].role != "measures"
        and text[labels[0].end : labels[0].value_start] not in ("", "为", "是")
        and not text[start : labels[0].start].strip(LINE_MARKS + " ")
    )
