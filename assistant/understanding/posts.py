"""Persons whom a question calls by their post: 生产副总经理分管的有几项, 一把手认领的是哪几件, 陶县长牵头几个."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.library import Library
from assistant.vocabulary import load_words
from vectorstore.folding import fold_query

_BRACKET = re.compile(r"[(（]([^()（）]+)[)）]")

# 陶县长, 沈副区长
_CALLED = re.compile(
    r"(?P<surname>[\u4e00-\u9fff])副?(?P<post>[省市区县镇乡局厅]长|书记|主任|主席|部长|站长|队长|经理)"
)
_WRITTEN_POST = re.compile(r"[省市区县镇乡局厅部站队科]长|书记|主任|主席|经理")
# Within so many characters before a name its post stands.
_POST = 10


def with_full_names(text: str, library: Library, documents: Sequence[str] | None) -> str:
    """A folded question with the full names of leaders whom it calls by surname and post: 陶县长 is 副县长 陶一鸣.

    Only where no other leader of the documents (None is all) with that surname has the post; one whose post is not
    written may have any.
    """
    leaders = [
        (person.name, parsed.source.text[max(0, person.span.start - _POST) : person.span.end])
        for parsed in library.within(documents)
        for task in parsed.tasks
        for person in task.leaders
    ]

    def full(match: re.Match[str]) -> str:
        called = {
            name
            for name, written in leaders
            if name.startswith(match["surname"])
            and (match["post"] in written or not _WRITTEN_POST.search(written))
        }
        return called.pop() if len(called) == 1 else match.group()

    return _CALLED.sub(full, text)


def people_by_post(text: str, library: Library, documents: Sequence[str] | None) -> tuple[str, ...]:
    """Leaders whose post, in brackets behind the name, a folded question has; 总经理 is no 副总经理."""
    words = load_words("questions")["heads"]
    asks_the_head = any(spoken in text for spoken in words["spoken"])
    posts = {
        person.name: fold_query(bracket.group(1))
        for parsed in library.within(documents)
        for task in parsed.tasks
        for person in task.leaders
        if (bracket := _BRACKET.search(person.span.quote))
    }
    said = {post for post in posts.values() if re.search(f"(?<!副){re.escape(post)}", text)}
    # 生产副总经理 has 副总经理 in it, who is somebody else.
    said = {post for post in said if not any(post != other and post in other for other in said)}
    return tuple(
        name
        for name, post in posts.items()
        if post in said or (asks_the_head and post in words["posts"])
    )
