"""The vocabulary of limits (ingest/vocabulary/deadlines.toml) as patterns over folded text.

A name in `…_before` or `…_after` is for the text just before or after an expression; one in `…_field` is
for the value of a labelled field, which may be as brief as 立即.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.time_expressions import YEAR
from ingest.vocabulary import any_of, load_vocabulary

_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十两]{1,3})"
_SPAN_OF_TIME = rf"(?P<count>{_NUMBER}|半)(?P<unit>个?月|个?工作日|日|天|个?星期|周|年|个?小时)"
_AT_END = r"(?=$|[,、;。)）])"


@dataclass(frozen=True, slots=True)
class Patterns:
    """`soft` patterns have a group of that name, `relative` and `at_most` have `count` and `unit`."""

    soft: re.Pattern[str]
    soft_before: re.Pattern[str]
    soft_after: re.Pattern[str]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    events_after: re.Pattern[str]
    describing_after: re.Pattern[str]
    obliging_before: re.Pattern[str]
    achieving: re.Pattern[str]
    done_before: re.Pattern[str]
    done_after: re.Pattern[str]
    immediate: re.Pattern[str]
    immediate_field: re.Pattern[str]
    ongoing_next: re.Pattern[str]
    ongoing_later: re.Pattern[str]
    ongoing_field: re.Pattern[str]
    undetermined: re.Pattern[str]
    undetermined_field: re.Pattern[str]
    status_in_field: re.Pattern[str]
    label: re.Pattern[str]
    recurring: re.Pattern[str]
    season: re.Pattern[str]
    relative: re.Pattern[str]
    at_most: re.Pattern[str]
    not_relative_before: re.Pattern[str]
    not_relative_after: re.Pattern[str]
    time_span_noun: re.Pattern[str]
    counting_from: re.Pattern[str]


@cache
def deadline_patterns() -> Patterns:
    """Compile the vocabulary once, on first use."""
    words = load_vocabulary("deadlines")
    labels = {*words["labels"], *load_vocabulary("labels")["deadline"]}
    soft = any_of(words["soft"])
    unshadowed = "".join(f"(?<!{re.escape(noun)})" for noun in words["soft_nouns"])
    ongoing = any_of(words["ongoing"])
    seasons, nouns = any_of(words["seasons"]), any_of(words["undetermined_nouns"])
    patterns = {
        "soft": rf"{unshadowed}(?P<soft>{soft})",
        "soft_before": rf"{unshadowed}(?P<soft>{soft})(?:将|可)?(?:于|在|到|至)?$",
        "soft_after": rf"(?P<soft>{soft})(?!书|表)",
        "not_before": rf"{any_of(words['not_limit_before'])}$",
        "not_after": any_of(words["not_limit_after"]),
        "events_after": rf",?{any_of(words['events_after'])}",
        "describing_after": rf"[^,、]{{0,8}}?{any_of(words['describing'])}的",
        "obliging_before": rf"{any_of(words['obliging'])}(?:于|在)?$",
        "achieving": rf"(?<![未没不])(?<!没有){any_of(words['achieving'])}",
        "done_before": r"已(?:经)?(?:于|在)?$",
        "done_after": r",?[^,]{0,12}?已(?:经)?(?:全部|全面|基本|超额)?(?:完成|建成|实现|达到|上报|开展|完工)"
        r"|,?[^,]{0,16}?(?:完成|印发|召开|开展|制定|实现|建成|达到|上报|组织|安排|通过)了",
        "immediate": rf"{any_of(words['immediate'])}(?!的)",
        "immediate_field": any_of([*words["immediate"], *words["immediate_in_field"]]),
        "ongoing_next": rf"[,、]?(?:并|且|后)?{ongoing}{_AT_END}",
        "ongoing_later": rf"(?:,|、|并|且){ongoing}{_AT_END}",
        "ongoing_field": any_of(words["ongoing_in_field"]),
        "undetermined": rf"(?<![^,;。:])[^,;。:、]{{0,12}}?{nouns}[^,;。:]{{0,8}}?(?:待|另行|视|根据)[^,;。:]{{0,30}}?{any_of(words['undetermined_verbs'])}"
        # 待省级批复后确定开工时间: what is waited for stands first.
        rf"|待[^,;。:]{{2,24}}?后(?:再|另行)?{any_of(words['undetermined_verbs'])}[^,;。:]{{0,4}}{nouns}",
        "status_in_field": rf"(?:目前|现)?(?:均|全部|基本)?(?:已(?:经)?[^,，;；。]{{0,14}}?)?{any_of(words['done'])}{{1,2}}(?:任务)?(?:[,，;；]?(?:待|并|且|等待|正在|现)[^,，;；。]{{0,12}})?[。.]?",
        "undetermined_field": rf"{any_of(words['undetermined_in_field'])}"
        # 根据批复的工期确定: nobody can say it yet.
        rf"|(?:根据|视|按照?)[^,;。]{{2,30}}(?:{any_of(words['undetermined_verbs'])}|而定)",
        "label": rf"(?<![^,;。(|:])(?P<label>{any_of(labels)})[】*]*:",
        "recurring": rf"每年(?:\d{{1,2}}月(?:\d{{1,2}}日|底|末)?|{seasons}|年?[底末]|[上下]半年|第?[一二三四]季度末?)(?:之|以)?前",
        "season": rf"(?<!每年)(?:{YEAR})?{seasons}(?:来临|到来|开始)?(?:之|以)?前",
        "relative": rf"(?<![\d月年第.]){_SPAN_OF_TIME}(?:之|以)?内",
        "at_most": rf"不(?:得)?超过{_SPAN_OF_TIME}",
        "not_relative_before": rf"{any_of(words['not_relative_before'])}$",
        "not_relative_after": any_of(words["not_relative_after"]),
        "time_span_noun": any_of(words["spans_of_time"]),
        "counting_from": rf"{any_of(words['counting_from'])}[^,;。:、]{{0,24}}?(?:起|后)(?:的)?,?$",
    }
    return Patterns(**{name: re.compile(pattern) for name, pattern in patterns.items()})
