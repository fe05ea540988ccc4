"""What of a task a person should look at: it is kept as it is written, but could not be read with certainty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ingest.dates import impossible_days
from ingest.records import Deadline, Measure, Person, Span, Unit
from ingest.responsibility import UNIT_ROLES
from ingest.unit_lists import LONGEST_NAME, is_unit_name, names_nobody


def doubts(
    fields: Mapping[str, Span],
    units: Mapping[str, Sequence[Unit]],
    leaders: Sequence[Person],
    deadline: Deadline | None,
    measures: Sequence[Measure],
) -> tuple[str, ...]:
    """Fields that are filled in but gave nothing, names that look like no body's, limits that name no time."""
    return (
        *_unread(fields, units, leaders),
        *_doubtful_names(units),
        *_doubtful_limit(deadline),
        *(["未识别到整改措施"] if _filled(fields, "measures") and not measures else []),
    )


def _unread(
    fields: Mapping[str, Span], units: Mapping[str, Sequence[Unit]], leaders: Sequence[Person]
) -> Iterator[str]:
    named = any(units.values())
    for role in UNIT_ROLES:
        # 责任：甲局牵头，乙局配合 names its bodies in other roles.
        spoken = role == "responsible" and named
        if _filled(fields, role) and not units.get(role) and not spoken:
            yield f"“{fields[role].quote}”未能识别"
    if _filled(fields, "leader") and not leaders:
        yield f"“{fields['leader'].quote}”未能识别"
    for person in leaders:
        if len(person.name) > LONGEST_NAME and "·" not in person.name:
            yield f"“{person.name}”不像姓名"


def _doubtful_names(units: Mapping[str, Sequence[Unit]]) -> Iterator[str]:
    listed = [unit for role in UNIT_ROLES for unit in units.get(role, ()) if not unit.group]
    for name in dict.fromkeys(unit.name for unit in listed):
        if not is_unit_name(name):
            yield f"“{name}”不像单位名称"


def _doubtful_limit(deadline: Deadline | None) -> Iterator[str]:
    if deadline is None or not deadline.phrase.quote.strip():
        return
    for day in impossible_days(deadline.phrase.quote):
        yield f"时限中的“{day}”不在日历上，按该月最后一天计"
    if not deadline.tells_when:
        yield f"时限“{deadline.phrase.quote}”未能识别为日期"


def _filled(fields: Mapping[str, Span], role: str) -> bool:
    """Whether a field says something; 责任领导：无 says that there is nobody."""
    if role not in fields:
        return False
    value = fields[role].quote.partition("：")[2] or fields[role].quote.partition(":")[2]
    return not names_nobody((value or fields[role].quote).strip("。；; "))
