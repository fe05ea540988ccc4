"""A post that a question gives to somebody, where the text says that another one holds it: 整改办主任是甲兼的吧."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft import Statement
from assistant.query import Query
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
_NAME = re.compile(rf"{_TITLE}([\u4e00-\u9fff]{{2,3}}?)(?=[、和,，。;；任兼担同分负]|$)")


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
