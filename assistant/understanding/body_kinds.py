"""Whether tasks are asked for by what kind of body has them: 由镇里自己牵头的, 企业牵头的, 各村负责的."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.ledger import Role

# How the names of each kind end, by what people call it.
_ENDINGS = {
    "乡镇": r"[镇乡](?:人民)?政府$|[镇乡]$",
    "镇街": r"[镇乡](?:人民)?政府$|[镇乡]$|街道(?:办事处|办)?$",
    "镇": r"镇(?:人民)?政府$|镇$",
    "乡": r"乡(?:人民)?政府$|乡$",
    "街道": r"街道(?:办事处|办)?$",
    "县": r"县(?:人民)?政府$|县$",
    "区": r"[^社园]区(?:人民)?政府$",
    "村": r"村(?:委会|民委员会)?$",
    "园区": r"管委会$|管理委员会$|管理办公室$|园区$|开发区$|集中区$",
    "企业": r"公司$|集团$|厂$",
}
_KIND = "|".join(_ENDINGS)
# 湖滨镇牵头 names one body: a kind has a word for all of it behind or before it.
_ASKED = re.compile(
    rf"(?:(?<=[由是归让给叫的])|(?<![\u4e00-\u9fff]))(?P<kinds>(?:{_KIND})[里上]?(?:(?:、|和|或|跟|与|以及)?(?:{_KIND})[里上]?)*)"
    r"(?:一级|层面|政府)?(?P<own>自己|自个儿?)?(?:来|去|直接|单独)?(?P<role>牵头|挑头|主抓|负责|承办|配合|协办)"
)
_DENIED = re.compile(r"(?:不|非|没|未|除)(?:是|由|归)?了?$")
_ROLES = {
    **dict.fromkeys(("牵头", "挑头", "主抓"), Role.LEAD),
    **dict.fromkeys(("负责", "承办"), Role.RESPONSIBLE),
    **dict.fromkeys(("配合", "协办"), Role.COOPERATING),
}


@dataclass(frozen=True, slots=True)
class BodyKinds:
    """The kinds of body that are to have a role; `said` are the words of the question for it."""

    kinds: tuple[str, ...]
    role: Role
    said: str

    def has(self, name: str) -> bool:
        """Whether a body is of one of the kinds."""
        return any(re.search(_ENDINGS[kind], name) for kind in self.kinds)


def asked_body_kinds(text: str) -> BodyKinds | None:
    """The kinds of body by which a folded question asks for tasks; None where it goes by none."""
    match = _ASKED.search(text)
    # 不是县里牵头的 asks for the others.
    if match is None or _DENIED.search(text[: match.start()]):
        return None
    kinds = re.findall(_KIND, match["kinds"])
    return BodyKinds(tuple(dict.fromkeys(kinds)), _ROLES[match["role"]], match.group())
