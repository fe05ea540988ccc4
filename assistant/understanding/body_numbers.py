"""How many bodies a task is to have in a role: 两家一块儿验收的, 责任单位就写了一家的."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.ledger import Role
from ingest.numerals import parse_spoken

# 哪两个局牵头 asks which they are.
_ROLE = r"(?P<role>验收|销号|把关|牵头|主办|责任|承办|担责|配合|协办|督导|督办)"
_NUMBER = r"(?P<more>不止|多于|超过|至少)?(?<![哪这那])(?P<number>[一两二三四五六七八九多]|\d)(?:家(?!企业|公司|工?厂|[^,，。;；?？]{0,6}(?:分别|各))|个(?=单位|部门|局|科室))(?:单位|部门|局|科室)?(?P<above>以上|及以上|往上)?"
# 牵头单位有两个的
_NUMBER_ALONE = _NUMBER.replace("局|科室))", "局|科室|的|[,，。?？]|$))", 1)
_FORMS = (
    re.compile(
        rf"{_ROLE}[^,，。;；?？措]{{0,10}}?(?:单位|部门|科室)[^,，。;；?？措]{{0,6}}?{_NUMBER_ALONE}"
    ),
    re.compile(rf"{_NUMBER}[^,，。;；?？措]{{0,6}}?{_ROLE}"),
)
_ROLES = {
    "验收": Role.ACCEPTANCE,
    "销号": Role.ACCEPTANCE,
    "把关": Role.ACCEPTANCE,
    "牵头": Role.LEAD,
    "主办": Role.LEAD,
    "责任": Role.RESPONSIBLE,
    "承办": Role.RESPONSIBLE,
    "担责": Role.RESPONSIBLE,
    "配合": Role.COOPERATING,
    "协办": Role.COOPERATING,
    "督导": Role.SUPERVISING,
    "督办": Role.SUPERVISING,
}


@dataclass(frozen=True, slots=True)
class BodyNumber:
    """A number of bodies in a role, exact or the least; `said` are the words of the question for it."""

    role: Role
    number: int
    at_least: bool
    said: str

    def holds(self, number: int) -> bool:
        return number >= self.number if self.at_least else number == self.number


def asked_body_number(text: str) -> BodyNumber | None:
    """The number of bodies that a question asks tasks to have; None where it states none."""
    match = next((found for form in _FORMS if (found := form.search(text))), None)
    if match is None:
        return None
    several = match["number"] == "多"
    number = 2 if several else parse_spoken(match["number"])
    if not number:
        return None
    if match["more"] in ("不止", "多于", "超过"):
        number += 1
    at_least = several or bool(match["more"] or match["above"])
    return BodyNumber(_ROLES[match["role"]], number, at_least, match.group())
