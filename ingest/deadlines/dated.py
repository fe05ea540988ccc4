"""Which dates are limits: 于5月底前完成 and 到2025年建成 are, 截至2024年底 and 2016年建成的企业 are not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.anchor import Anchor
from ingest.deadlines.limit import Limit, Setting
from ingest.deadlines.patterns import deadline_patterns
from ingest.paragraphs import Paragraph
from ingest.time_expressions import TimeExpression, time_expressions

# What may stand before a date that opens its comma clause, besides nothing.
_OPENING = re.compile(
    r"(?:[(【\[〔]?[一二三四五六七八九十\d]{1,3}[)】\]〕][、.]?|[①-⑳]|\d{1,3}[.、]|(?:任务|问题|事项)\d{1,3}[:、.]?|[一二三四五六七八九十]{1,2}[、是])?"
    r"(?:并|且|在|于|到|至|应|同时|其中|确保|[“”\ufffc])*"
)
_TOWARDS = re.compile(r"(?<!达)(?<!得)(?<!提)(?<!受)(?<!收)(?<!看)(?<!意)(?<!截)(?<!截止)[到至]$")
_STATUS_DATE = re.compile(r"截[至止][到至]?$")


def dated_limits(paragraph: Paragraph, anchor: Anchor) -> Iterator[Limit]:
    """The time expressions of a paragraph that set a limit."""
    for expression in time_expressions(paragraph, anchor):
        setting = Setting.around(paragraph, expression.start, expression.end)
        if _is_limit(expression, setting, anchor):
            yield _limit(expression, setting)


def _is_limit(expression: TimeExpression, setting: Setting, anchor: Anchor) -> bool:
    words = deadline_patterns()
    if words.done_before.search(setting.before) or words.done_after.match(setting.rest):
        return False
    if words.describing_after.match(setting.after) or _STATUS_DATE.search(setting.before):
        return False
    if expression.marked:
        return True
    if words.not_before.search(setting.before) or words.not_after.match(setting.after):
        return False
    if words.obliging_before.search(setting.before):
        return True
    if not _lies_ahead(expression, setting, anchor):
        return False
    if anchor.reports_progress and words.events_after.match(setting.rest):
        return False
    if words.soft_before.search(setting.before):
        return True
    if _TOWARDS.search(setting.before) and (not expression.year_inferred or expression.edged):
        return True
    return _is_target(expression, setting)


def _lies_ahead(expression: TimeExpression, setting: Setting, anchor: Anchor) -> bool:
    """Whether a time lies after the document was signed, as far as that is known."""
    latest = expression.latest
    if anchor.issued is None:
        base = anchor.base_year
        return (
            base is None
            or latest.year > base
            or (latest.year == base and not anchor.reports_progress)
        )
    if latest < anchor.issued:
        return False
    # A report speaks of its own year in the past tense, so the year alone does not point ahead.
    points_ahead = (
        expression.edged or _TOWARDS.search(setting.before) or expression.earliest > anchor.issued
    )
    return not anchor.reports_progress or bool(points_ahead) or latest.year > anchor.issued.year


def _is_target(expression: TimeExpression, setting: Setting) -> bool:
    """A bare date is a target when an achievement follows: 2025年基本建成…, 工程2025年完工."""
    achieving = deadline_patterns().achieving
    spelt_out = (
        not expression.year_inferred or expression.edged or expression.level in ("quarter", "half")
    )
    if spelt_out and _OPENING.fullmatch(setting.before):
        return achieving.search(setting.after or setting.rest) is not None
    return achieving.match(setting.after) is not None


def _limit(expression: TimeExpression, setting: Setting) -> Limit:
    """With the softening word or the 到 next to the expression as part of the limit's words."""
    words = deadline_patterns()
    start, end, soft = expression.start, expression.end, ""
    towards = _TOWARDS.search(setting.before) is not None
    if softening := words.soft_before.search(setting.before):
        soft, start = softening["soft"], start - (len(setting.before) - softening.start("soft"))
    elif towards and expression.level != "period":
        start -= 1
    if not soft and (softening := words.soft_after.match(setting.after)):
        soft, end = softening["soft"], end + softening.end()
    only_end = expression.marked or expression.edged or towards or expression.level == "day"
    return Limit(
        start,
        end,
        None if only_end and not expression.names_beginning else expression.earliest,
        expression.latest,
        soft=soft,
        year_inferred=expression.year_inferred,
        dated=True,
    )
