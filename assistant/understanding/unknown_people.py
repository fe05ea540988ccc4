"""A person whose tasks a question asks for and whom no document names: 张三名下办结几项."""

from __future__ import annotations

import re
from functools import cache

from assistant.library import Library
from assistant.understanding.topic import without_subjects
from ingest.vocabulary import load_vocabulary

_POST = re.compile(r"(?:[省市区县镇乡局]长|书记|主任)$")


def unknown_person(text: str, library: Library) -> str:
    """The name behind which 名下, 分管, 包案 … stands and that no document has; empty where there is none."""
    match = _somebodys().search(without_subjects(text, library))
    if match is None or _POST.search(match["name"]):
        return ""  # 李区长 is known by his post
    return match["name"] if match["name"] not in library.text else ""


@cache
def _somebodys() -> re.Pattern[str]:
    surnames = "".join(load_vocabulary("units")["surnames"])
    return re.compile(
        rf"(?:^|[\s,，。;；?？、和跟问查看那]|(?:哪[几些]?[条项个件])(?:是|归|由))(?P<name>[{surnames}][\u4e00-\u9fff]{{1,2}}?)"
        r"(?:副?[区县市镇局]长|书记|主任|同志)?"
        r"(?:名下|分管|包案|包保|手[上里头]|(?:负责|牵头|管|盯|包|挂)(?:着|了)?的(?=[,，。;；?？那哪]|是|有|$))"
    )
