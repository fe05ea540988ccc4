"""A post that a question gives to somebody, where the text says that another one holds it, or none of his: 整改办主任是甲兼的吧."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composers.wording import ROLE_FIELDS, cite, label_of, task_name
from assistant.draft import Draft, Statement, paragraph
from assistant.library import Library
from assistant.query import Field, Query
from assistant.search import Found
from prompts import phrase
from vectorstore.folding import fold_query

_POST = r"副?(?:组长|主任|指挥长|总指挥|召集人|河长|路长|田长|林长|网格长)"
_TITLE = r"(?:长|主任|书记|主席|经理|委员|常委)"
# 市长甲任组长, 局长乙兼任办公室主任; 副市长丙、副县长丁任副组长.
_HELD = re.compile(
    rf"(?P<names>(?:{_TITLE}[\u4e00-\u9fff]{{2,3}}[、和][\u4e00-\u9fff]{{1,8}}?)*{_TITLE}[\u4e00-\u9fff]{{2,3}}?)(?:同志)?"
    rf"(?:分别)?(?:兼任|兼|担任|任)[\u4e00-\u9fff]{{0,10}}?(?P<post>{_POST})"
)
# 甲是水利局局长吗; 甲是哪个局的局长 asks for no confirmation.
_CLAIMED = (
    r"(?:就|不)?(?:是|当|担任|兼任?|任)(?:的|了)?(?![^,，。;；?？]*还是)[^,，。;；?？谁哪几]{0,14}?"
    r"(?:[省市区县镇乡局厅处科站队院校部]长|书记|主任|主席|常委|经理)(?:的)?(?:吗|吧|么|嘛)?[,，]?(?:对|是)?(?:不对|不是)?(?:吗|吧|么)?[?？。!！]*$"
)
_POST_WRITTEN = r"(?:长|主任|书记|主席|经理|委员|常委|大队长|工程师)"
_NAME = re.compile(rf"{_TITLE}([\u4e00-\u9fff]{{2,3}}?)(?=[、和,，。;；任兼担同分负]|$)")


def post_untold(query: Query, library: Library) -> Draft | None:
    """That no post of a person is written whom the question gives one, and what is written of him instead.

    None where the question gives none, or where some document in scope has a post beside the name.
    """
    claimed = [name for name in query.people if re.search(re.escape(name) + _CLAIMED, query.text)]
    if len(claimed) != 1:
        return None
    (name,) = claimed
    written = re.compile(
        rf"{_POST_WRITTEN}(?:同志)?[\s、:：]{{0,2}}{name}|{name}(?:同志)?\s*[(（][^()（）]*{_POST_WRITTEN}|{name}[,，]?[^。\n]{{0,12}}(?:任|兼)"
    )
    documents = library.within(query.documents)
    if any(written.search(parsed.source.text) for parsed in documents):
        return None
    had = [
        (parsed.source, task, person.span)
        for parsed in documents
        for task in parsed.tasks
        for person in task.leaders
        if person.name == name
    ]
    if not had:
        return None
    source, task, span = had[0]
    role = label_of(task, Field.LEADER.value, ROLE_FIELDS[Field.LEADER])
    text = phrase("post_untold", person=name, role=role, count=len(had), task=task_name(task))
    evidence = cite(library, source, task.title, span)
    return Draft((paragraph(Statement(text, evidence, computed=(text,))),), refused=True)


def held_by_another(query: Query, clauses: Sequence[Found]) -> Statement | None:
    """A remark on the person whom the question gives a post, where the clauses name another one for it and not him."""
    if not query.asks_confirmation:
        return None
    held = [
        (one.source, _NAME.findall(match["names"] + "任"))
        for one in clauses
        for match in _HELD.finditer(fold_query(one.text))
        if re.search(rf"(?<!副){match['post']}", query.text)
    ]
    if not held or any(one in query.text for _, holders in held for one in holders):
        return None
    known = _NAME.findall(fold_query(held[0][0].text))
    claimed = "、".join(dict.fromkeys(name for name in known if name in query.text))
    if not claimed:
        return None
    return Statement(phrase("figures_differ", asked=claimed), computed=(claimed,))
