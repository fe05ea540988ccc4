"""The limit of a task where no field has it: in its heading's bracket, on its own line, in a sentence, in a heading above.

1.2 民间河长招募（4月底前完成）, ——4月25日前完成, A类：立行立改类（4月底前办结）.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.anchor import Anchor
from ingest.brackets import closing_bracket, trim
from ingest.deadlines import find_deadlines, parse_deadline_field
from ingest.deadlines.alone import limit_alone
from ingest.outline import Node
from ingest.records import Deadline
from ingest.told_duties import sentence_clauses
from ingest.vocabulary import any_of, load_vocabulary

# What Markdown and word processors put before the lines of a list.
BULLETS = "-—–*•·●→➢"
_LONGEST_LINE = 24
# What may stand around the time of a clause that says nothing else: 须于6月底前全部完成.
_AROUND = re.compile(
    r"[均都]?(?:须|应|要求?|务必|务|必须|确保|力争|计划)?[于在]?(?P<time>.+?)"
    r"(?:(?:全部|全面|基本)?(?:完成|办结|完工|竣工|销号|(?:整改|整治|治理|改造|建设|安装|落实|处置|清理|拆除|修复)?(?:完毕|到位)|建成投用|建成|投用|持续推进)"
    r"(?:整改|治理|任务|销号)?)?"
)
# 于6月底前完成分区贮存改造: a limit that a clause begins with and what is done by then.
_DONE_BY = re.compile(
    r"请?(?:须|应|要求?|务必|必须|确保)?[于在]?(?P<time>[^，,。；;]+?前)(?:全面|全部|基本)?"
    r"(?:完成|建成|办结|出台|印发|安装|拆除|清理|关停|搬迁|投运|投用|实现|达到|达标|取缔|退出|修复)"
)


# 扩建管网45公里。（11月底）: a bracket behind a sentence that holds nothing but a limit.
_IN_BRACKET = re.compile(r"(?<=[。；;])[ \u3000]*[（(](?P<time>[^（()）。；;]{2,24})[)）]")
# 二、2026年底前完成的任务（3项）: a heading that puts together the tasks of one limit.
_OF_LIMIT = re.compile(
    r"(?P<time>[^，,。；;：:（(]{2,20}?)(?:需|须|应)?(?:完成|办结|整改到位|整改)*的?"
    r"(?:整改|重点)?(?:任务|问题|事项|工作|项目|类别?)(?:[（(][^（()）]*[)）])?"
)


def own_limit(text: str, node: Node, anchor: Anchor) -> Deadline | None:
    """The limit in the bracket behind the words of a section's heading or text, or on a line of its own below it."""
    lines = (*_of_brackets(text, node, anchor), *_of_lines(text, node, anchor))
    return _of_heading(text, node, anchor) or next(iter(lines), None)


def _of_brackets(text: str, node: Node, anchor: Anchor) -> Iterator[Deadline]:
    for block in node.blocks:
        for bracket in _IN_BRACKET.finditer(text, block.start, block.end):
            if alone := limit_alone(text, *bracket.span("time")):
                yield parse_deadline_field(text, *alone, anchor)


def limit_above(text: str, node: Node, anchor: Anchor) -> Deadline | None:
    """The limit that the nearest heading above sets for all that stands below it."""
    above = node.parent
    while above is not None and above.parent is not None:
        if limit := _of_heading(text, above, anchor) or _of_group(text, above, anchor):
            return limit
        above = above.parent
    return None


def _of_group(text: str, node: Node, anchor: Anchor) -> Deadline | None:
    start = node.start + (node.marker.length if node.marker else 0)
    named = _OF_LIMIT.fullmatch(text, *trim(text, start, node.heading_end))
    alone = limit_alone(text, *named.span("time")) if named else None
    return parse_deadline_field(text, *alone, anchor) if alone else None


def _of_heading(text: str, node: Node, anchor: Anchor) -> Deadline | None:
    bracket = closing_bracket(text, node.start, node.heading_end)
    if bracket is None:
        return None
    limits = find_deadlines(text, bracket[0] + 1, bracket[1], anchor)
    return limits[0] if len(limits) == 1 else None


def _of_lines(text: str, node: Node, anchor: Anchor) -> Iterator[Deadline]:
    for block in node.blocks[1:]:
        start, end = trim(text, block.start, block.end, BULLETS + "。；;")
        if end - start <= _LONGEST_LINE:
            found = find_deadlines(text, start, end, anchor)
            yield from (one for one in found if one.phrase.start == start)


def limit_of_sentence(text: str, start: int, end: int, anchor: Anchor) -> tuple[int, int] | None:
    """The range of the limit that is a clause of its own in a sentence: 甲局牵头，乙局配合，6月底前完成。"""
    for begin, stop in sentence_clauses(text, start, end):
        # A line may break off within the words: 10月底前完⏎成.
        places = [i for i in range(begin, stop) if not text[i].isspace()]
        words = "".join(text[i] for i in places)
        around = _AROUND.fullmatch(words)
        if around is None:
            continue
        first, last = places[around.start("time")], places[around.end("time") - 1] + 1
        if _goes_on_for_good().fullmatch(around["time"]):
            return first, last
        if _goes_on_for_good().fullmatch(words):
            return begin, stop  # 全年持续推进
        for limit in find_deadlines(text, begin, stop, anchor):
            phrase = limit.phrase
            if phrase.start <= first and last <= phrase.end:
                return phrase.start, phrase.end
    return None


def limit_of_last_clause(text: str, start: int, end: int, anchor: Anchor) -> tuple[int, int] | None:
    """The only limit of a sentence, where its last clause begins with it: 甲局牵头，乙局配合，11月底前完成评估."""
    *_, last = sentence_clauses(text, *trim(text, start, end, "。"))
    found = limit_begun_with(text, start, end, anchor)
    return found if found is not None and last[0] <= found[0] else None


def limit_begun_with(text: str, start: int, end: int, anchor: Anchor) -> tuple[int, int] | None:
    """The range of the only limit of a range, where a clause begins with it and tells what is done by then."""
    limits = find_deadlines(text, start, end, anchor)
    if len(limits) != 1:
        return None
    for begin, stop in sentence_clauses(text, start, end):
        done = _DONE_BY.match(text, begin, stop)
        phrase = limits[0].phrase
        if done and phrase.start <= done.start("time") and done.end("time") <= phrase.end:
            return phrase.start, phrase.end
    return None


@cache
def _goes_on_for_good() -> re.Pattern[str]:
    ongoing = any_of(load_vocabulary("deadlines")["ongoing"])
    return re.compile(rf"(?:[全常]年|贯穿全年)?{ongoing}|[全常]年(?:坚持|推进|实施|开展)")
