"""Who does what as a sentence of running text tells it: 甲局牵头，乙局、丙局配合，9月底前完成。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.brackets import split_top_level, trim
from ingest.markers import broken_label
from ingest.records import Person, Unit
from ingest.responsibility import LOOKS_ON, Duties, called
from ingest.unit_lists import (
    are_names,
    is_kind,
    looks_like_units,
    parse_people,
    parse_units,
    surnames,
)
from ingest.vocabulary import any_of, load_vocabulary

# 此项工作由甲局牵头, 请乙局配合, 请你公司安环部负责: what may stand before the bodies.
_OF_ADDRESSEE = r"(?:[你贵我](?:公司|单位|集团|厂|局|院|校|所|中心|医院))?"
_BEFORE = re.compile(
    r"(?:[^，,。；;由]{0,8}(?:完成|到位|结束|办结)后)?(?:(?:此|该|本|这|以上|上述)[项些个]*(?:工作|任务|行动|工程|项目|问题)?|具体)?"
    rf"(?:由|请)?{_OF_ADDRESSEE}"
)
# 以下各事项均由甲局负责, 所有任务由乙局牵头: said once of all that stands below.
_OF_ALL = re.compile(
    r"(?<![^，,。；;\n])(?:以下|以上|上述|下列|本方案|本清单|本通知)?(?:各|所有|全部|上述|下列|以下|以上)"
    r"[^，,。；;\n]{0,4}(?:事项|任务|问题|项目|措施|整改项|工作)(?:[均都]|统一|全部)?(?=由)"
)
# 由执法大队对上述全部事项组织核查验收: who accepts all that stands above.
_ACCEPTS_ALL = re.compile(
    r"由(?P<who>[^，,。；;：:\n]{3,30}?)(?:负责)?对(?:以上|上述)(?:全部|各项?|所有|[一二两三四五六七八九十\d]{1,3}[项个])?"
    r"(?:整改)?(?:事项|任务|问题|项目|工作)[^，,。；;\n]{0,12}验收"
)
# 以上各项完成后，…由某分局组织验收.
_ACCEPTED_ONCE_DONE = re.compile(
    r"(?:以上|上述|各项|所有|全部)[^，,。；;\n]{0,14}(?:完成|到位|结束|办结)后[，,][^。\n]{0,60}?"
    r"由(?P<who>[^，,。；;：:\n]{3,30}?)(?:负责|牵头)?(?:组织|开展|进行)(?:现场|核查|联合|检查)*验收"
)
_IS_LEADER = re.compile(
    rf"(?P<who>[^，,。；;：:\n]{{2,16}}?)(?:为|是|任|担任)(?:整改|总|主要)?{any_of(load_vocabulary('labels')['leader'])}(?=[，,。；;]|$)"
)
# 督办领导某某, a clause of its own.
_LEADER_CALLED = re.compile(
    rf"(?:{'|'.join(map(broken_label, load_vocabulary('labels')['leader']))})\s*(?P<who>(?![为是由])[^，,。；;：:]{{2,16}}?)(?:同志)?"
)
# 县领导某某督办, 由副县长某某包抓.
_WATCHED_BY = re.compile(
    r"(?:(?<![^，,。；;：:\n])由?|由)(?P<kind>[省市县区州旗镇乡]级?领导)?(?P<who>[^，,。；;：:\n]{2,12}?)(?:同志)?"
    r"(?:直接|具体|亲自|全程|牵头)*(?:负责)?(?:挂牌)?(?:督办|包抓|包保|包案|包联|包挂|包干|督导|联系|分管|负责|牵头|领办|调度|盯办)(?=[，,。；;\n]|$)"
)
_BY = re.compile(r"[^，,。；;、]{2,12}(?<!自)由(?=[^，,。；;]{3,})")
# 州整改办5月30日组织验收: who accepted a thing, and when.
_ACCEPTED_ON = re.compile(
    r"(?<![^，,。；;：:\n])(?:已)?(?:经|由)?(?P<who>[^，,。；;：:\n]{3,20}?)(?:已)?于?(?:(?:19|20)\d{2}年)?\d{1,2}月\d{1,2}日"
    r"(?:现场|组织|联合|开展|检查|核查|进行)*验收"
)
_PASSED = re.compile(r"通过(?:了)?(?P<who>[^，,。；;：:\n]{3,20}?)的?(?:组织|现场|核查|联合)*验收")
_HOW = r"(?:按照?(?:各自)?职责(?:分工)?|共同|分别|具体|联合|统筹|协调)*"
# What these words are the beginning of when a noun follows: 牵头单位, 负责同志, 配合度.
_NOUN_BEHIND = r"(?!单位|部门|科室|处室|机构|主体|领导|人员?|同志|的|度|制|机制)"
# The words tell a duty wherever their clause goes on to: 甲局负责检修…, 乙局配合做好….
_PLAIN = (
    ("lead", re.compile(rf"{_HOW}(?:总?牵头|主办){_NOUN_BEHIND}")),
    ("cooperating", re.compile(rf"{_HOW}(?:协同|积极)?(?:配合|协助){_NOUN_BEHIND}")),
    ("responsible", re.compile(rf"{_HOW}负责{_NOUN_BEHIND}")),
    ("acceptance", re.compile(r"(?:负责|组织|开展)*(?:现场|核查)*(?:验收|销号)+(?:把关|工作)?$")),
)
# These may as well tell what was done, so they count behind 由, or beside a plain one, and at the end of a clause.
_FAINT = (
    ("cooperating", re.compile(rf"{_HOW}(?:参与|协同|协办)(?:落实|实施)?$")),
    (
        "responsible",
        re.compile(rf"{_HOW}(?:组织|具体|抓好|抓)?(?:落实|实施|承担|承办|承建)(?:到位)?$"),
    ),
    ("responsible", re.compile(r"承担[^，,。；;]{0,6}(?:责任|任务|工作)$")),
)
_JOINED = re.compile(r"会同(?P<who>.+?)(?:共同)?(?:组织)?(?:落实|实施|推进|办理|开展)?")
_DUTY_BEFORE_MARK = re.compile(r"(?:牵头|主办|配合|协助|负责|承建|实施|承担)、")
_OF_NO_NAME = ("我", "本", "该", "其", "你", "全", "当地", "地方", "所在")
# 整改完成后报我局验收: words before a body that are none of its name.
_NO_NAME = re.compile("(?:完成|到位|结束|办结)后|[我贵你][局委办厅站]")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that tells duties, with its range."""

    duties: Duties
    start: int
    end: int


def told_duties(text: str, start: int, end: int) -> list[Told]:
    """The sentences of a range that tell duties."""
    sentences = [
        trim(text, begin, stop) for begin, stop, _ in split_top_level(text, start, end, "。")
    ]
    found = [one for sentence in sentences if (one := _told(text, *sentence))]
    if found and not any(one.duties.leaders for one in found):
        # …由甲局牵头。副县长某某包抓。
        for begin, stop in sentences:
            leaders = list(leaders_told(text, begin, stop))
            found += [Told(Duties(leaders=leaders), begin, stop)] if leaders else []
    return found


def duties_of_all(text: str, start: int, end: int) -> Duties:
    """Who has all tasks below a text that says so: 各事项均由甲科负责落实，副总经理某某为责任人。"""
    duties = Duties()
    for said in _OF_ALL.finditer(text, start, end):
        stop = next((i for i in range(said.end(), end) if text[i] in "。\n"), end)
        told = _told(text, said.end(), stop)
        if told is not None:
            duties.merge(told.duties)
        else:
            duties.leaders += leaders_told(text, said.end(), stop)
    return duties


def leaders_told(text: str, start: int, end: int) -> Iterator[Person]:
    """Those whom a sentence calls in charge: 车间主任某某为责任人."""
    for leader in _IS_LEADER.finditer(text, start, end):
        people = parse_people(text, *leader.span("who"))
        yield from people if are_names(people) else ()
    for begin, stop in sentence_clauses(text, start, end):
        if called_so := _LEADER_CALLED.fullmatch(text, begin, stop):
            people = parse_people(text, *called_so.span("who"))
            known = are_names(people) and all(one.name[0] in surnames() for one in people)
            yield from people if known else ()
    for watched in _WATCHED_BY.finditer(text, start, end):
        people = parse_people(text, *watched.span("who"))
        by_post = watched["kind"] or any(one.name != one.span.quote for one in people)
        if by_post and are_names(people) and all(one.name[0] in surnames() for one in people):
            yield from people


def acceptance_of_all(text: str, start: int, end: int) -> tuple[Unit, ...]:
    """Who accepts all tasks above a text that says so."""
    patterns = (_ACCEPTS_ALL, _ACCEPTED_ONCE_DONE)
    said = (match.span("who") for one in patterns for match in one.finditer(text, start, end))
    return tuple(
        unit for who in said if _are_bodies(text, *who) for unit in parse_units(text, *who)
    )


def accepted_by(text: str, start: int, end: int) -> tuple[Unit, ...]:
    """Who is told to have accepted a task: on a day, or as it passed."""
    found = (match for one in (_ACCEPTED_ON, _PASSED) for match in one.finditer(text, start, end))
    said = (match.span("who") for match in found)
    return next((parse_units(text, *who) for who in said if _are_bodies(text, *who)), ())


def sentence_clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence; a 、 behind a word of duty parts clauses too: 甲局牵头、乙局配合."""
    for begin, stop, _ in split_top_level(text, start, end, "，,；;"):
        first = begin
        for mark in _DUTY_BEFORE_MARK.finditer(text, begin, stop):
            yield trim(text, first, mark.end() - 1)
            first = mark.end()
        yield trim(text, first, stop)


def _told(text: str, start: int, end: int) -> Told | None:
    duties = Duties()
    faint: list[tuple[str, int, int, bool]] = []
    pending: tuple[int, int] | None = None
    for begin, stop in sentence_clauses(text, start, end):
        before = _BEFORE.match(text, begin, stop)
        who = before.end() if before else begin
        if by := _BY.match(text, who, stop):
            who = by.end()  # 其中，北坡地块由甲公司负责
        if named := called(text, begin, stop):
            duties.units.setdefault(named[0], []).extend(named[1])
            pending = None
        elif duties.units and (beside := _with_whom(text, begin, stop)):
            duties.units.setdefault("cooperating", []).extend(beside)
            pending = None
        elif LOOKS_ON.search(text[begin:stop]):
            pending = None
        elif plain := _duty(text, who, stop, _PLAIN):
            role, finish = plain
            names = (pending[0] if pending else who, finish)
            duties.units.setdefault(role, []).extend(parse_units(text, *names))
            pending = None
        elif weak := _duty(text, who, stop, _FAINT):
            faint.append((weak[0], who, weak[1], text[begin:who].endswith("由")))
            pending = None
        else:
            # 由甲局，乙镇、丙镇牵头: bodies alone go with the next ones.
            pending = (who, stop) if _are_bodies(text, who, stop) else None
    for role, who, finish, is_told in faint:
        if is_told or duties.units:
            duties.units.setdefault(role, []).extend(parse_units(text, who, finish))
    duties.leaders += leaders_told(text, start, end) if duties.units else ()
    return Told(duties, start, end) if duties.units else None


def _with_whom(text: str, start: int, end: int) -> tuple[Unit, ...]:
    """Those with whom somebody named before does a thing: 甲局牵头，会同乙局、丙局落实."""
    joined = _JOINED.fullmatch(text, start, end)
    if joined is None or not _are_bodies(text, *joined.span("who")):
        return ()
    return parse_units(text, *joined.span("who"))


def _duty(
    text: str, start: int, end: int, words: tuple[tuple[str, re.Pattern[str]], ...]
) -> tuple[str, int] | None:
    """The role that a clause gives to the bodies it begins with, and where these end."""
    found = [
        (match.start(), role)
        for role, pattern in words
        if (match := pattern.search(text[:end], start + 2))
    ]
    for place, role in sorted(found):
        if _are_bodies(text, start, place):
            return role, place
    return None


def _are_bodies(text: str, start: int, end: int) -> bool:
    """Whether a stretch lists bodies by their names; 企业 and 我局 are none, nor are those a bracket opens with."""
    written = text[start:end]
    whole = sum(map(written.count, "（(")) == sum(map(written.count, "）)"))
    if not whole or not looks_like_units(text, start, end):
        return False
    names = [unit.name for unit in parse_units(text, start, end)]
    return not any(
        is_kind(name) or name.startswith(_OF_NO_NAME) or _NO_NAME.search(name) for name in names
    )
