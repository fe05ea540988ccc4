"""A person whom a question asks about and whom no document names: 张三名下办结几项, 副市长张三管什么, 张书记包哪个."""

from __future__ import annotations

import re
from functools import cache

from assistant.library import Library
from assistant.query import Query
from assistant.understanding.topic import without_subjects
from assistant.words import tagged
from ingest.vocabulary import load_vocabulary

_POSTS = "(?:[省市区县镇乡局]长|书记|主任)"
_POST = re.compile(f"{_POSTS}$")
_POST_BEHIND = re.compile(f"副?{_POSTS}")
_SHORTEST, _LONGEST = 2, 3


def unknown_person(query: Query, library: Library) -> str:
    """The name of somebody, by whose hands, post or surname a question asks, that no document has; empty for none.

    Where it asks whether something is so, somebody else may be the answer.
    """
    text = without_subjects(query.text, library)
    match = _somebodys().search(text)
    # 李区长 is known by his post
    if match is not None and not _POST.search(match["name"]) and match["name"] not in library.text:
        return match["name"]
    if query.asks_confirmation:
        return ""
    return _in_office(text, library) or _of_surname(text, library)


def _in_office(text: str, library: Library) -> str:
    """Somebody unknown whose post stands beside the name: 副市长张三, 张三书记."""
    words = tagged(text)
    for at, (word, flag) in enumerate(words):
        is_name = flag == "nr" and _SHORTEST <= len(word) <= _LONGEST and word[0] in _surnames()
        if not is_name or word in library.text:
            continue
        before = "".join(one for one, _ in words[:at]).rstrip("(（")
        behind = "".join(one for one, _ in words[at + 1 : at + 3])
        if _POST.search(before) or _POST_BEHIND.match(behind):
            return word
    return ""


def _of_surname(text: str, library: Library) -> str:
    """Somebody called by surname and post, where nobody whom the documents name has the surname: 张书记."""
    called = list(_by_surname().finditer(text))
    if not called:
        return ""
    known = {name[0] for name in (*library.people, *library.persons_in_text)}
    return next((one["who"] for one in called if known and one["surname"] not in known), "")


@cache
def _surnames() -> str:
    return "".join(load_vocabulary("units")["surnames"])


@cache
def _rarer_surnames() -> str:
    return "".join(load_vocabulary("units")["rarer_surnames"])


@cache
def _by_surname() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[\s,，。;；?？、和跟问找查看那由归])(?P<who>(?P<surname>[{_surnames()}{_rarer_surnames()}])副?(?:[市区县镇乡]长|书记|局长))"
        r"(?![\u4e00-\u9fff]{0,3}[(（])"
    )


@cache
def _somebodys() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[\s,，。;；?？、和跟问查看那]|(?:哪[几些]?[条项个件])(?:是|归|由))(?P<name>[{_surnames()}][\u4e00-\u9fff]{{1,2}}?)"
        r"(?:副?[区县市镇局]长|书记|主任|同志)?"
        r"(?:名下|分管|包案|包保|手[上里头]|(?:负责|牵头|管|盯|包|挂)(?:着|了)?的(?=[,，。;；?？那哪]|是|有|$))"
    )
