"""Whether a question gives a figure and asks what it is of: 54万吨那个是啥, 0.06%指什么, 45次考核是哪个镇."""

from __future__ import annotations

import re

from assistant.library import Library
from assistant.proof.quantities import Quantity, quantities
from vectorstore.folding import fold_query

# What dates and numbers tasks is asked for in other ways, and so is which ones a number of things are.
_FIGURE = (
    r"(?<![\d.第])(?P<figure>\d+(?:\.\d+)?\s*(?![年月日号点条项款批期类章])"
    r"[^\d\s,，。;；?？是指说讲表代那这的]{0,6}?)"
)
_ASKED = re.compile(
    rf"{_FIGURE}(?:的)?(?:这个|那个)?(?:数字?|数据|数值|指标)?(?:到底|究竟)?"
    r"(?:是|指|说|讲|表示|代表)的?(?:是|指)?(?:什么|啥|哪(?!些|几|[两三四五六])|谁|咋回事|怎么回事)[^,，。;；?？]{0,6}[?？。]*$"
)
_LEAD = re.compile(
    r"(?:请问|文件|方案|报告|通报|材料|计划|清单|台账|整改|份|里头?|里面|中|上|提到|写|说|讲|的|了|那个?|这个?|其中|有个?|[,，\s])*"
)


def figure_asked_back(text: str, library: Library) -> Quantity | None:
    """The figure of which a folded question asks what it is, naming nothing else but a place; None where it does not."""
    match = _ASKED.search(text)
    if match is None:
        return None
    lead = text[: match.start()]
    for parsed in library.documents:
        for name in (parsed.source.region, *parsed.source.region_aliases):
            lead = lead.replace(fold_query(name), "") if name else lead
    if not _LEAD.fullmatch(lead):
        return None
    return next(iter(quantities(match["figure"])), None)
