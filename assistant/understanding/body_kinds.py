"""Whether tasks are asked for by what kind of body has them: 由镇里自己牵头的, 企业牵头的, 要省里厅局来验收的."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.ledger import Role

_OFFICE_ENDS = r"(?:[局厅委办院部队处]|中心|机关|法院|检察院)$"
# How the names of each kind are written, by what people call it.
_WRITTEN = {
    "乡镇": r"[镇乡](?:人民)?政府$|[镇乡]$",
    "镇街": r"[镇乡](?:人民)?政府$|[镇乡]$|街道(?:办事处|办)?$",
    "镇": r"镇(?:人民)?政府$|镇$",
    "乡": r"乡(?:人民)?政府$|乡$",
    "街道": r"街道(?:办事处|办)?$",
    "县": rf"县(?:人民)?政府$|县$|^县.+{_OFFICE_ENDS}",
    "区": rf"[^社园]区(?:人民)?政府$|^区.+{_OFFICE_ENDS}",
    "村": r"村(?:委会|民委员会)?$",
    "园区": r"管委会$|管理委员会$|管理办公室$|园区$|开发区$|集中区$",
    "企业": r"公司$|集团$|厂$",
    "省": r"^(?:[\u4e00-\u9fff]{2,3})?省.{2}|(?<!办公)厅$",
    "市": rf"^市.{{2}}|^[^省区县]{{2,3}}市.*{_OFFICE_ENDS}",
}
# 省 and 市 stand at the head of many names: the level is meant with a word behind it.
_LEVEL = r"(?:里|级|直|属|上头?|一级)(?:的)?(?:厅局|部门|单位|机关|厅|局)?|[厅局](?!里)"
_KIND = "|".join(rf"{kind}(?={_LEVEL})" if kind in ("省", "市") else kind for kind in _WRITTEN)
_LIST_OF_KINDS = rf"(?:{_KIND})(?:{_LEVEL})?(?:(?:、|和|或|跟|与|以及)?(?:{_KIND})(?:{_LEVEL})?)*"
_ROLES = {
    **dict.fromkeys(("牵头", "挑头", "主抓"), Role.LEAD),
    **dict.fromkeys(("负责", "承办"), Role.RESPONSIBLE),
    **dict.fromkeys(("配合", "协办"), Role.COOPERATING),
    **dict.fromkeys(("验收", "销号", "把关"), Role.ACCEPTANCE),
    **dict.fromkeys(("督导", "督办"), Role.SUPERVISING),
}
_ROLE = "|".join(_ROLES)
# 湖滨镇牵头 names one body: a kind has a word for all of it behind or before it.
_ASKED = re.compile(
    rf"(?:(?<=[由是归让给叫的要得请等])|(?<![\u4e00-\u9fff]))(?P<kinds>{_LIST_OF_KINDS})"
    rf"(?:一级|层面|政府)?(?P<own>自己|自个儿?)?(?:出面|直接|单独|亲自|派人|到场|到现场|出马)?(?:下来|过来|上门|下去|来|去)?(?P<role>{_ROLE})"
)
# 验收单位是省里厅局的, 验收要找省里
_ASKED_BEHIND = re.compile(
    rf"(?P<role>{_ROLE})(?:单位|部门|主体|方|这一?[道关栏])?(?:要|得|都|须)?(?:是|为|归|由|找|报|填的?是?|写的?是?|落在|挂在)(?:的)?"
    rf"(?P<kinds>{_LIST_OF_KINDS})(?![\u4e00-\u9fff]*(?:吗|吧))"
)
_DENIED = re.compile(r"(?:不|非|没|未|除)(?:是|由|归)?了?$")


@dataclass(frozen=True, slots=True)
class BodyKinds:
    """The kinds of body that are to have a role; `said` are the words of the question for it."""

    kinds: tuple[str, ...]
    role: Role
    said: str

    def has(self, name: str) -> bool:
        """Whether a body is of one of the kinds."""
        return any(re.search(_WRITTEN[kind], name) for kind in self.kinds)

    @property
    def called(self) -> str:
        """The kinds as an answer calls them."""
        return "、".join(f"{one}级部门" if one in ("省", "市") else one for one in self.kinds)


def asked_body_kinds(text: str) -> BodyKinds | None:
    """The kinds of body by which a folded question asks for tasks; None where it goes by none."""
    match = _ASKED.search(text) or _ASKED_BEHIND.search(text)
    # 不是县里牵头的 asks for the others.
    if match is None or _DENIED.search(text[: match.start("kinds")]):
        return None
    kinds = re.findall(_KIND, match["kinds"])
    return BodyKinds(tuple(dict.fromkeys(kinds)), _ROLES[match["role"]], match.group())
