"""Who has which duty: a body may stand in the evidence, and yet not as the one that leads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.draft import Evidence
from assistant.ledger import Role, units_in_role
from assistant.library import Library
from assistant.proof.support import Support
from assistant.units import matches
from ingest.records import SourceDocument, Task, Unit
from vectorstore.folding import fold_query

_BEHIND = (
    # 责任单位：县商务局（牵头）、县市监局 has its lead among the responsible ones.
    (Role.LEAD, re.compile(r"[(（]?(?:共同|联合|分别|并列|统一)?牵头")),
    (Role.COOPERATING, re.compile(r"[(（]?(?:共同|分别)?(?:配合|协助)")),
    (Role.ACCEPTANCE, re.compile(r"(?:共同|分别|组织|负责)*(?:验收|销号)")),
    (Role.SUPERVISING, re.compile(r"(?:共同|分别|负责)*(?:督导|督办)")),
    (Role.RESPONSIBLE, re.compile(r"(?:为|是)责任单位")),
)
_AHEAD = re.compile(
    r"(?P<label>(?:牵头|主要|责任|配合|验收|销号|督导|督办)+)(?:单位|部门)(?:分别|依次)?(?:为|是|:|包括|有)?$"
)
# 牵头解决这一问题的是区水务局.
_DOING = re.compile(
    r"(?P<label>牵头|配合|协助|验收|销号)[^,，。;；]{0,80}的(?:单位|部门)?(?:是|为)$"
)
_IN_FRONT = 100
# The first that a label holds is meant: 验收销号牵头责任单位 is about acceptance.
_LABELS = (
    ("验收", Role.ACCEPTANCE),
    ("销号", Role.ACCEPTANCE),
    ("配合", Role.COOPERATING),
    ("协助", Role.COOPERATING),
    ("督导", Role.SUPERVISING),
    ("督办", Role.SUPERVISING),
    ("牵头", Role.LEAD),
    ("责任", Role.RESPONSIBLE),
)
_SPOKEN = {
    Role.LEAD: re.compile("牵头|主办|主抓|主责"),
    Role.COOPERATING: re.compile("配合|协助|协办|参与"),
    Role.ACCEPTANCE: re.compile("验收|销号"),
    Role.SUPERVISING: re.compile("督导|督办|督查|监督|督促|指导"),
    Role.RESPONSIBLE: re.compile("责任|负责|承办|牵头|落实|[(（]"),
}
_BETWEEN = re.compile(r"[、和及与,，]|以及")


@dataclass(frozen=True, slots=True)
class Duty:
    """A role that a text gives to a body."""

    role: Role
    name: str


def duties(text: str, names: Sequence[str]) -> Iterator[Duty]:
    """The roles that a folded text gives to the bodies it names, lists of bodies included."""
    for group, start, end in _groups(text, names):
        role = _role(text[max(0, start - _IN_FRONT) : start], text[end : end + 8])
        if role is not None:
            yield from (Duty(role, name) for name in group)


def _groups(text: str, names: Sequence[str]) -> Iterator[tuple[list[str], int, int]]:
    """Names that stand in one list, with the range of the list."""
    places = sorted(_places(text, names))
    group: list[str] = []
    start = end = 0
    for begin, finish, name in places:
        if group and _BETWEEN.fullmatch(text[end:begin]):
            group.append(name)
        else:
            if group:
                yield group, start, end
            group, start = [name], begin
        end = finish
    if group:
        yield group, start, end


def _places(text: str, names: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Where names stand; a longer one hides the shorter ones inside it."""
    for name in sorted(names, key=len, reverse=True):
        while (at := text.find(name)) >= 0:
            yield at, at + len(name), name
            text = text[:at] + "\n" * len(name) + text[at + len(name) :]


def _role(before: str, after: str) -> Role | None:
    for role, words in _BEHIND:
        if words.match(after):
            return role
    ahead = _AHEAD.search(before[-18:]) or _DOING.search(before)
    label = ahead["label"] if ahead else ""
    return next((role for word, role in _LABELS if word in label), None)


def misplaced_duties(
    text: str, names: Sequence[str], support: Support, library: Library
) -> list[str]:
    """Duties that a text gives to bodies which, by the records of the cited tasks, have another or none.

    Where no cited task has anybody in that role, the records say nothing against it. The evidence has to speak
    of the duty in any case. A quotation as it stands (甲镇政府，乙局督办) gives nobody another duty than the document.
    """
    if text.strip() in support.quotes:
        return []
    given = list(duties(text, names))
    tasks = [task for _, task in cited_tasks(support.evidence, library)] if given else []
    # The duties of a table's row are named by its header.
    in_table = any(task.row for task in tasks)
    unspoken = [
        one.name for one in given if not in_table and not _SPOKEN[one.role].search(support.quotes)
    ]
    return [*unspoken, *_against_records(given, tasks), *_leading_only(given, tasks, support)]


def _against_records(given: Sequence[Duty], tasks: Sequence[Task]) -> Iterator[str]:
    """Bodies in a role that the records give to others, and no note on the task to them: 差额由县公安局牵头查."""
    for one in given:
        known = [unit for task in tasks for unit in _in_role(task, one.role)]
        if not known or any(_is(one.name, unit) for unit in known):
            continue
        notes = "\n".join(fold_query(note.quote) for task in tasks for note in task.beside)
        if not _near(one).search(notes):
            yield f"{one.name}（{one.role.value}）"


def _near(duty: Duty) -> re.Pattern[str]:
    """A body beside the words for its role, in one clause."""
    name, does = re.escape(duty.name), _SPOKEN[duty.role].pattern
    return re.compile(f"{name}[^。；;\\n]{{0,30}}(?:{does})|(?:{does})[^。；;\\n]{{0,30}}{name}")


def _leading_only(given: Sequence[Duty], tasks: Sequence[Task], support: Support) -> Iterator[str]:
    """Bodies that lead by the records, said to cooperate where no quotation says so."""
    leading, also = (
        [unit for task in tasks for unit in _in_role(task, role)]
        for role in (Role.LEAD, Role.COOPERATING)
    )
    for one in given:
        if one.role is not Role.COOPERATING or any(_is(one.name, unit) for unit in also):
            continue
        if any(_is(one.name, unit) for unit in leading) and not _near(one).search(support.quotes):
            yield f"{one.name}（{one.role.value}）"


def _is(name: str, unit: Unit) -> bool:
    return matches(name, unit) or unit.name == name


def cited_tasks(
    evidence: Iterable[Evidence], library: Library
) -> tuple[tuple[SourceDocument, Task], ...]:
    """The tasks that quotations stand in, each once, with their documents."""
    found: dict[str, tuple[SourceDocument, Task]] = {}
    for one in evidence:
        task = library.place(one.document.path, one.span.start).task
        if task is not None:
            found[task.id] = (one.document, task)
    return tuple(found.values())


def _in_role(task: Task, role: Role) -> Sequence[Unit]:
    return [unit for unit in units_in_role(task, role) if isinstance(unit, Unit)]
