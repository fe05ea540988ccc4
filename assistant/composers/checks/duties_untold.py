"""Whether sentences tell who has a duty, or until when, where that is asked of the thing they speak of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.composers.wording import ROLE_FIELDS
from assistant.library import Library, task_units
from assistant.query import Field, Query
from assistant.ranking.asked import asks_duty
from assistant.ranking.shapes import names_body
from assistant.search import Found
from assistant.synonyms import with_synonyms
from assistant.understanding.fields import asks_beyond_fields
from assistant.words import pairs
from vectorstore.folding import fold_query

_DUTY_WORDS = re.compile(r"(?:局|科室?|部门|单位|街道)?(?:负责|牵头|在?管|盯)")
_ASKS_END = re.compile(
    r"(?:什么时候|啥时候|何时|哪[天年月]|几[号月]|多久|时限|期限).{0,6}(?:完|结|好|掉|整改|销号|收尾|到期|截止)"
)
_DATE = re.compile(r"\d\s*[年月日]|[年月季]度?[末底中]|长期|立即|时限|期限|待.{0,6}(?:定|明确)")


def duty_or_limit_untold(query: Query, library: Library, chosen: Sequence[Found]) -> str:
    """What is asked, who has a duty or until when, and not told of the thing asked about; empty where any is told.

    The sentences that say the most of what the question says count, with the units and limits of their measure and
    task.
    """
    limit = Field.DEADLINE in query.fields and _ASKS_END.search(query.text) is not None
    duty = asks_duty(query.text)
    if query.fields - ROLE_FIELDS.keys() - {Field.DEADLINE} or not (duty or limit):
        return ""
    if query.asks_confirmation or not chosen or asks_beyond_fields(query.text):
        return ""  # the rest of the question has an answer
    asked = pairs(with_synonyms(_DUTY_WORDS.sub(" ", query.topic)))
    shares = [len(asked & pairs(fold_query(one.span.quote))) for one in chosen]
    best = max(shares)
    nearest = [one for one, share in zip(chosen, shares, strict=True) if share == best]
    if best == 0 or (duty and any(_names_a_body(one) for one in nearest)):
        return ""
    if limit and any(_tells_when(one, library) for one in chosen):
        return ""
    return "和".join(("由谁负责",) * duty + ("何时完成",) * limit)


def _tells_when(one: Found, library: Library) -> bool:
    """Whether a sentence, its measure or its task has a limit, or the sentence a day, a month or a year."""
    task, measure = one.place.task, one.place.measure
    if (task is not None and task.deadline is not None) or (measure and measure.deadlines):
        return True
    limits = library.limits(one.source.path)
    said = task.words if task is not None and task.row else one.span.quote
    return _DATE.search(said) is not None or any(
        one.span.overlaps(limit.phrase) for limit in limits
    )


def _names_a_body(one: Found) -> bool:
    task, measure = one.place.task, one.place.measure
    if (measure is not None and measure.units) or (task is not None and task_units(task)):
        return True
    return (task is not None and bool(task.leaders)) or names_body(one.span.quote)
