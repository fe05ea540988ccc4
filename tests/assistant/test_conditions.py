"""Bodies and persons as conditions of a list: given, denied, left out."""

from __future__ import annotations

import pytest

from assistant.ledger import Role
from assistant.query import UnitMention
from assistant.understanding.conditions import as_conditions, excluded_people

OFFICE = (UnitMention("县水务局"),)


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("县水务局牵头的有几项", [(Role.LEAD, False)]),
        ("以前叫水利局的县水务局，在清单里牵头哪几件", [(Role.LEAD, False)]),
        (
            "县水务局不是牵头、但责任单位里有它的问题",
            [(Role.LEAD, True), (Role.RESPONSIBLE, False)],
        ),
        ("县水务局光担责不牵头的有几个", [(Role.RESPONSIBLE, False), (Role.LEAD, True)]),
        (
            "县水务局除了自己牵头的，还在哪些问题里挂责任单位",
            [(Role.LEAD, True), (Role.RESPONSIBLE, False)],
        ),
        ("县水务局牵头的是啥，另外还在哪个问题里当责任单位", [(None, False)]),
        ("县水务局是不是牵头的有几项", [(Role.LEAD, False)]),
        ("由县水务局牵头的有几条，只列责任单位的不算", [(Role.LEAD, False)]),
        ("县水务局验收销号牵头的有几项", [(Role.ACCEPTANCE, False)]),
        ("县水务局负责验收的有几项", [(Role.ACCEPTANCE, False)]),
        ("县水务局作为验收责任单位的有几项", [(Role.ACCEPTANCE, False)]),
        (
            "责任单位里写了县水务局的有几项（当牵头的不算）",
            [(Role.RESPONSIBLE, False), (Role.LEAD, True)],
        ),
        ("县水务局牵头哪些（不算配合的）", [(Role.LEAD, False)]),
        ("县水务局有哪些任务不是它牵头的", [(None, False), (Role.LEAD, True)]),
        ("哪些任务不归县水务局牵头", [(Role.LEAD, True)]),
        ("县水务局一共几项，光验收的不算", [(None, False), (Role.ACCEPTANCE, True)]),
        ("县水务局有哪些活", [(None, False)]),
    ],
)
def test_the_roles_a_question_gives_or_denies_its_only_body(
    text: str, conditions: list[tuple[Role | None, bool]]
) -> None:
    found = as_conditions(text, OFFICE)
    assert {(one.role, one.excluded) for one in found} == set(conditions)
    assert {one.name for one in found} == {"县水务局"}


def test_several_bodies_keep_the_roles_their_words_gave_them() -> None:
    units = (UnitMention("县水务局", Role.LEAD), UnitMention("县住建局"))
    assert as_conditions("县水务局不牵头、县住建局负责的有哪些", units) == units


@pytest.mark.parametrize(
    ("text", "wanted", "left_out"),
    [
        ("区领导没有王建国份儿的是哪几项", (), ("王建国",)),
        ("除了王建国，李红还管哪几项", ("李红",), ("王建国",)),
        ("王建国以外的领导各管几项", (), ("王建国",)),
        ("王建国有没有管散煤", ("王建国",), ()),
        ("王建国和李红一起管的有哪些", ("王建国", "李红"), ()),
    ],
)
def test_persons_whose_tasks_are_left_out(
    text: str, wanted: tuple[str, ...], left_out: tuple[str, ...]
) -> None:
    people = [name for name in ("王建国", "李红") if name in text]
    assert excluded_people(text, people) == (wanted, left_out)
