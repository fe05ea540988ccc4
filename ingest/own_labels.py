"""Labels that a document coins itself: 经办：, 挂点领导：, 〔做了什么〕.

The vocabulary cannot know every office's words. But a label repeats from issue to issue at the beginning of a
line, and its characters tell its role, or what stands behind it does: bodies, a person, a date.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from ingest.anchor import Anchor
from ingest.deadlines import parse_deadline_field
from ingest.markers import known_labels
from ingest.unit_lists import (
    LONGEST_NAME,
    are_names,
    looks_like_units,
    parse_people,
    surnames,
)
from ingest.vocabulary import any_of, load_vocabulary

_LINE = re.compile(
    r"(?:^[ \t\u3000•·●→➢—–-]*+|(?<=[ \t\u3000]{2}))(?:[（(][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[.．、])?\s*+"
    r"(?:(?P<label>[\u4e00-\u9fff]{2,8})[:：]|[【〔\[](?P<bracketed>[\u4e00-\u9fff]{2,8})[】〕\]][:：]?)"
    r"[ \t\u3000]*(?P<value>[^\n]*?)(?=[ \t\u3000]{2,}[\u4e00-\u9fff]{2,8}[:：]|$)",
    re.MULTILINE,
)
# … and within a line: 责任单位：某局；督办区领导：某某。
_WITHIN_LINE = re.compile(
    r"(?<=[；;。（(【])(?P<label>[\u4e00-\u9fff]{3,8})[:：](?P<value>[^\n。；;：:（）()【】]{2,40})(?=[。；;）)】]|$)",
    re.MULTILINE,
)
# A label that stands at the beginning of a line, or apart from what is before it, with blanks behind it: 主办单位　某局.
_BLANK_BEHIND = re.compile(
    r"(?:^[ \t\u3000]*+|(?<=[ \u3000]{2}))(?P<label>[\u4e00-\u9fff]{2,8})[ \u3000]+"
    r"(?P<value>\S[^\n]*?)(?=[ \u3000]{2,}[\u4e00-\u9fff]{2,8}[ \u3000]|$)",
    re.MULTILINE,
)
# … and one on a line of its own, above its value.
_ABOVE = re.compile(
    r"^[ \t\u3000]*+(?P<label>[\u4e00-\u9fff]{2,10})[ \t\u3000]*\n\s*(?=(?P<value>\S[^\n]*)$)",
    re.MULTILINE,
)
# What stands around a label, in a sentence about bodies (各责任单位要…) none of it does.
_EDGE_BEFORE = r"(?<![^\s|｜*【〔\[。；;，,])"
_EDGE_BEHIND = r"(?=[ *]*[:：|｜】〕\]\s]|$)"
_SCHEDULE = re.compile("(?:序时|计划|节点|阶段)进度|进度(?:安排|计划|要求)$")
# 措施一：…, 任务二：… number what they name.
_NUMBERED = re.compile("[一二三四五六七八九十]$")
# 怎么改, 应当怎么做, 如何整治 head what is to be done.
_HOW = re.compile("(?:怎么|怎样|如何)[改做办治整干]")
_BEARERS = ("责任人", "负责人")
_FEWEST = 3
_FEWEST_KNOWN = 2
_FEWEST_ABOVE = 3
_MOST = 0.6  # of a label's values show its role
_LONGEST_DATE = 30
_ANY_YEAR = Anchor(None, 2000, False)


def own_labels(text: str) -> dict[str, str]:
    """The labels of a text that the vocabulary lacks, or knows in another role, with the role each plays.

    None unless at least two of them, or of the known ones, repeat: a list of issues has several fields.
    """
    return {**_coined(text), **_undertaking(text)}


def _undertaking(text: str) -> dict[str, str]:
    """Who undertakes a task leads it where others help with it and no label or heading says who leads or answers."""
    words: Mapping[str, Sequence[str]] = load_vocabulary("labels")
    undertaking = [word for word in words["responsible"] if word.startswith("承办")]
    others = [*words["lead"], *(word for word in words["responsible"] if word not in undertaking)]
    if not _stands(words["cooperating"], text) or _stands(others, text):
        return {}
    return {word: "lead" for word in undertaking if word in text}


def _stands(labels: Iterable[str], text: str) -> bool:
    """Whether one of the labels stands by itself, before a colon, in a cell or on a line of its own."""
    return re.search(rf"{_EDGE_BEFORE}{any_of(labels)}{_EDGE_BEHIND}", text) is not None


def _coined(text: str) -> dict[str, str]:
    """The labels that the vocabulary lacks."""
    known = known_labels()
    opening = _repeated((m["label"] or m["bracketed"], m["value"]) for m in _LINE.finditer(text))
    opening |= _before_blanks(text)
    within = _repeated((m["label"], m["value"]) for m in _WITHIN_LINE.finditer(text))
    if len(opening.keys() | within.keys()) < 2:
        return {}
    has_problems = any(known.get(label) == "problem" for label in opening)
    roles = {label: _by_values(label, found) for label, found in within.items()}
    has_limits = any(known.get(label) == "deadline" for label in opening)
    for label, found in opening.items():
        if has_limits and _SCHEDULE.search(label):
            roles[label] = (
                "category"  # Steps on the way to the limit are neither it nor what has come of it.
            )
            continue
        if label.endswith(tuple(load_vocabulary("own_labels")["places"])) or _NUMBERED.search(
            label
        ):
            continue
        happened = label.startswith(tuple(load_vocabulary("own_labels")["events"]))
        if happened and _share(found, _is_date):
            roles[label] = "category"
            continue
        # 谁来做 has bodies behind it, whatever its words.
        named = _share(found, _is_units)
        if label.endswith(_BEARERS) and not named and _share(found, _ends_with_name):
            roles[label] = "leader"  # 监管责任人：管委会环保科 苏某
            continue
        roles[label] = ("" if named else _by_words(label, "text_words")) or _by_values(label, found)
        if not roles[label] and _by_words(label, "task_words"):
            roles[label] = "measures" if has_problems else "problem"
    first = next(iter(opening), "")
    if roles.get(first) == "status" and not has_problems:
        roles[first] = (
            "problem"  # 现状 before anything else tells what is wrong, not what has come of it.
        )
    return {label: role for label, role in roles.items() if role and label not in known}


def coined_role(heading: str, values: Sequence[str]) -> str:
    """The role of a column by a heading that no vocabulary has and its cells; empty where both together tell none.

    Bodies below 由谁验收 accept; 怎么改 tells what is to be done; persons below 整改第一责任人 answer for it.
    """
    if _HOW.search(heading):
        return "measures"
    if _share(values, _is_units):
        return _by_words(heading, "unit_words")
    return "leader" if heading.endswith(_BEARERS) and _share(values, _is_people) else ""


def blank_labels(text: str) -> frozenset[str]:
    """The words that are labels with blanks behind them instead of a colon, or above their values: 主办单位　某局."""
    return frozenset(_before_blanks(text)) | _above_values(text)


def _above_values(text: str) -> frozenset[str]:
    """The known labels that stand on lines of their own, again and again above other words.

    The headings of a table with a line for each cell stand above each other, on every page in the same order.
    """
    known = known_labels()
    below: defaultdict[str, list[str]] = defaultdict(list)
    for match in _ABOVE.finditer(text):
        if match["label"] in known and match["value"].strip() not in known:
            below[match["label"]].append(match["value"])
    found = frozenset(label for label, values in below.items() if len(set(values)) > 1)
    # Beside these, the same body may accept every task.
    alike = frozenset(label for label, values in below.items() if len(values) > 1)
    return found | alike if len(found) >= _FEWEST_ABOVE else frozenset()


def _before_blanks(text: str) -> dict[str, list[str]]:
    """The values of each word that opens lines with blanks behind it, where known labels are among these words."""
    repeated = _repeated((m["label"], m["value"]) for m in _BLANK_BEHIND.finditer(text))
    return repeated if len(repeated.keys() & known_labels().keys()) >= _FEWEST_KNOWN else {}


def _repeated(found: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The values of each label that occurs often enough."""
    values: defaultdict[str, list[str]] = defaultdict(list)
    for label, value in found:
        values[label].append(value.strip(" 。；;\u3000"))
    return {label: listed for label, listed in values.items() if len(listed) >= _FEWEST}


def _by_values(label: str, values: Sequence[str]) -> str:
    """The role of a label by what stands behind it; empty where that tells none."""
    if _share(values, _is_people):
        return "leader"
    if _share(values, _is_units):
        return _by_words(label, "unit_words") or "responsible"
    return "deadline" if _share(values, _is_date) else ""


def _share(values: Sequence[str], holds: Callable[[str], bool]) -> bool:
    """Whether most of the values that are filled in hold."""
    filled = [value for value in values if value]
    return bool(filled) and sum(map(holds, filled)) >= _MOST * len(filled)


def _is_units(value: str) -> bool:
    listed = re.sub(r"[,，]?(?:配合|牵头|落实|协助|负责)(?=[,，、。]|$)", "", value.split("。")[0])
    return looks_like_units(listed, 0, len(listed))


def _is_people(value: str) -> bool:
    entries = [entry for entry in re.split(r"[、，,]+", value) if entry.strip()]
    people = parse_people(value, 0, len(value))
    named = len(people) == len(entries) and are_names(people) and not _is_units(value)
    # 省级督察 and 序时推进 are as short as names.
    return named and all(one.name != one.span.quote or one.name[0] in surnames() for one in people)


def _ends_with_name(value: str) -> bool:
    people = parse_people(value, 0, len(value))
    return (
        bool(people) and len(people[-1].name) <= LONGEST_NAME and people[-1].name[0] in surnames()
    )


def _is_date(value: str) -> bool:
    if len(value) > _LONGEST_DATE:
        return False
    limit = parse_deadline_field(value, 0, len(value), _ANY_YEAR)
    return limit.latest is not None or limit.ongoing or limit.immediate or limit.undetermined


def _by_words(label: str, table: str) -> str:
    words: Mapping[str, Sequence[str]] = load_vocabulary("own_labels")[table]
    return next((role for role, known in words.items() if any(w in label for w in known)), "")
