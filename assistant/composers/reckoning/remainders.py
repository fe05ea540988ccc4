"""What is left of a total: 46户 are to be moved and 29户 have been, so 17户 have not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.composers.reckoning.figures_said import FigureSaid, figures_said, shared_pairs
from assistant.composers.tables.series import decimal_text, rounded_percent
from assistant.composers.wording import cite, flat
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.proof.quantities import Quantity, quantities
from assistant.query import Query
from assistant.search import Found, SentenceSearch
from assistant.synonyms import with_synonyms
from assistant.understanding.reckonings import (
    POINTS,
    asked_idle,
    asked_remainder,
    asks_share,
    asks_wholly,
    counted_too,
    remainders_apart,
)
from assistant.vocabulary import asks
from assistant.words import chinese_pairs
from ingest.records import SourceDocument, Span, Task
from prompts import phrase
from vectorstore.folding import fold

# Beyond these the best sentences are about something else.
_MOST_TASKS = 2
_MOST_SENTENCES = 4
_FEWEST_SHARED = 2
_A_VERB = 1
_MONTH = re.compile(r"(?<!\d)\d{1,2}月")
_SCALES = "百千万亿"
_REPORTING = re.compile(r"^[^:：〕】\]]{0,6}(?:进展|做了|完成情况|结果|落实|成效|进度)")
_DONE = re.compile(
    r"已|累计|实际|到位(?:资金)?$|目前|现有|建成(?!区)|(?:仅|只|新增|完成了)完成$|(?:仅|只)[建完]成$"
)
# 9户已清退, of 12户
_HAS_COME = re.compile(r"^(?:均|都|全部)?已经?(?![批于在])")
_LEFT = re.compile(
    r"(?:剩余|其余|剩下|余下|尚[差有]|还[差有剩]|仍有|差距?|距[^，,]{0,12}差)[^，,]{0,6}$"
)
_RUNS = re.compile(
    r"恢复(?:运行|正常)?(?:的)?$|正常(?:稳定)?(?:运行|使用|运转|投用|运营|开启|工作)(?:的|率)?[^，,]{0,4}?(?:仅|只|只有|有|为)?$"
)
_PLANNED = re.compile(r"任务|目标|应|计划|要求|须|拟|年度")
_AIMED_AT = re.compile(r"目标|达到|提[高升]到|提升至|以上|不低于|要求")
_OF_SHARE = re.compile(r"(?:占|[率比])[^，,]{0,6}$")
_SURER = re.compile(r"实际|累计")
# A kind of what is left (未办结6件), and kinds that are done in part (阶段性办结9件).
_NOT_DONE = re.compile(r"(?:尚?未|没有?)(?P<verb>[\u4e00-\u9fff]{1,4}?)(?:的|有)?$")
_IN_PART = re.compile(r"(?:阶段性|部分|基本|初步)[\u4e00-\u9fff]{1,4}?(?:的|有)?$")
_MORE = re.compile(r"再(?:新?增|完成|整治|治理|改造|建成|关停|拆除|搬迁)?[^，,]{0,4}$")
# What a question says has not come: 没搬, 没整治.
_NOT_COME = re.compile(r"(?:没有?|未)(?:曾)?(?P<verb>[\u4e00-\u9fff]{1,2})")


class RemainderComposer:
    """Subtracts what is reported done from what is to be done, where the text states both of one thing."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def blocks(self, query: Query) -> list[Block]:
        """What is left, as the text says or as it follows; nothing where that is not sure."""
        idle = asked_idle(query.text)
        unit = idle or asked_remainder(query.text)
        if unit is None:
            return []
        found = self._search.find(query, query.documents)
        if several := remainders_apart(query.text):
            # 清淤还差几公里、管道还差几公里: each of its own thing, which the words beside it name.
            each = [
                self._left(replace(query, text=part, topic=part), found, one)
                for part, one in several
            ]
            told = [one for one in each if one is not None]
            return [paragraph(*told)] if told else []
        if not unit:
            reckoned = [self._left(query, found, one) for one in _units_of(found)]
            only = [one for one in reckoned if one is not None]
            return [paragraph(*only)] if len(only) == 1 else []
        left = self._left(query, found, unit)
        return [paragraph(left)] if left is not None else []

    def _left(self, query: Query, found: Sequence[Found], unit: str) -> Statement | None:
        """What is left in a unit."""
        if (kinds := _kinds_left(query, found, unit)) is not None:
            return self._added(kinds)
        if (stated := _left_as_stated(query, found, unit)) is not None:
            if (since := _done_since(found, stated, unit)) is not None:
                return self._worded(query, unit, stated, since, None)
            evidence = cite(self._library, stated.source, stated.sentence)
            lead = phrase("quoted_from", title=stated.source.title)
            text = f"{lead}{flat(stated.sentence.quote).strip()}。"
            return Statement(text, evidence, computed=(lead,))
        for source, task, stretches in asked_about(found):
            if not _speaks_for(source, found[0].source):
                continue  # the best sentence tells which place is asked about
            # The row of a list is about one thing, be it only about so much; and so is what is asked for roughly.
            near = (task is not None and task.row) or asks("reckonings", "roughly", query.text)
            wanted = "%" if unit == POINTS else unit
            said = in_unit(figures_said(source, stretches, wanted, near=near), unit)
            if (pair := total_and_done(query, task, said)) is not None:
                return self._worded(query, unit, *pair, _next_step(query, *pair, said))
        return None

    def _added(self, kinds: Sequence[FigureSaid]) -> Statement:
        """What is left, of several kinds of which the text gives the number of each."""
        total = sum((one.value for one in kinds), Decimal(0))
        said = "".join(f"“{one.said}”" for one in kinds)
        text = phrase("sum", addends=said, total=f"{decimal_text(total)}{kinds[0].unit}")
        return Statement(
            text, cite(self._library, kinds[0].source, kinds[0].sentence), computed=(text,)
        )

    def _worded(
        self,
        query: Query,
        unit: str,
        total: FigureSaid,
        done: FigureSaid,
        step: FigureSaid | None,
    ) -> Statement:
        about = total.is_about or done.is_about
        left = f"{'约' if about else ''}{decimal_text(total.in_unit_of(done) - done.value)}"
        text = phrase(
            "remainder_idle" if asked_idle(query.text) else "remainder",
            total=total.said,
            done=done.said,
            left=f"{left}{unit if unit == POINTS else done.unit}",
        )
        if asks_share(query.text) and not about:
            text += phrase(
                "share_of_left",
                share=percent(total.in_unit_of(done) - done.value, total.in_unit_of(done)),
            )
        cited = [total.sentence, done.sentence]
        if step is not None:
            rest = decimal_text(total.in_unit_of(done) - done.value - step.in_unit_of(done))
            text += phrase("remainder_after", step=step.said, left=f"{rest}{done.unit}")
            cited.append(step.sentence)
        evidence = cite(self._library, total.source, *dict.fromkeys(cited))
        return Statement(text, evidence, computed=(text,))


def _next_step(
    query: Query, total: FigureSaid, done: FigureSaid, said: Sequence[FigureSaid]
) -> FigureSaid | None:
    """What is to be done next of what is left (6月底前再完成20个), where the question asks for what comes after it."""
    named = {(one.value, one.unit) for one in quantities(query.text)}
    months = set(_MONTH.findall(query.text))
    steps = [
        one
        for one in said
        if _MORE.search(one.before)
        and (
            (one.figure.value, one.figure.unit) in named
            or months & set(_MONTH.findall(one.clause.quote))
        )
        and one.figure.value <= total.figure.value - done.figure.value
    ]
    return steps[0] if len({one.value for one in steps}) == 1 and not total.is_about else None


def _units_of(found: Sequence[Found]) -> list[str]:
    """The units of the figures in the best sentence, each once; shares and dates are no amounts."""
    said = quantities(fold(found[0].span.quote)) if found else []
    units = dict.fromkeys(one.unit for one in said)
    return [one for one in units if one and one != "%"]


def in_unit(said: Iterable[FigureSaid], unit: str) -> list[FigureSaid]:
    """The figures in the very unit asked for, in whatever scale, if there are any: 46户 are no 4家."""
    figures = list(said)
    wanted = unit.lstrip(_SCALES)
    return [one for one in figures if one.unit.lstrip(_SCALES) == wanted] or figures


def asked_about(
    found: Sequence[Found],
) -> Iterator[tuple[SourceDocument, Task | None, Sequence[Span]]]:
    """The tasks that the best sentences stand in, and sentences outside of tasks, each once."""
    seen: list[str] = []
    for one in found:
        task = one.place.task
        key = task.id if task is not None else f"{one.source.path}:{one.span.start}"
        if key in seen:
            continue
        seen.append(key)
        if len(seen) > _MOST_TASKS:
            return
        yield one.source, task, task.stretches if task is not None else (with_heading(one),)


def with_heading(one: Found) -> Span:
    """A sentence outside of tasks, with what stands before it in its line where that is the heading it stands under."""
    heading = one.place.section.heading
    line = one.source.text.rfind("\n", 0, one.span.start) + 1
    begins = line <= heading.start < one.span.start
    return one.source.span(heading.start, one.span.end) if begins else one.span


def _speaks_for(source: SourceDocument, best: SourceDocument) -> bool:
    """Whether a document is that of the best sentence, or another one of its place: a bulletin beside its plan."""
    return source.path == best.path or (bool(best.region) and source.region == best.region)


def total_and_done(
    query: Query, task: Task | None, said: Sequence[FigureSaid]
) -> tuple[FigureSaid, FigureSaid] | None:
    """The one total and the one figure done of the thing asked about; None where they are not sure."""
    whole = [one for one in said if not (one.part or one.is_set_aside)]
    breaths = _breaths(whole)
    if asked_idle(query.text):
        done = [one for one in whole if _RUNS.search(one.before)]
    else:
        roughly = asks("reckonings", "roughly", query.text) or (task is not None and task.row)
        of_breaths = {one.place: told for breath in breaths for told, one in enumerate(breath)}
        done = [
            one
            for one in whole
            if of_breaths.get(one.place, int(_is_done(task, one) or _is_borne_out(one, whole)))
            and (roughly or not one.is_about)
        ]
    reported = [one for one in done if task is not None and _is_reported(task, one)]
    totals = [one for one in whole if one not in done and _may_be_aimed_at(one)]
    only = len({one.value for one in totals}) == 1
    asked = with_synonyms(f"{query.topic} {query.context}")
    title = task.words if task is not None and task.row else _opening(task, said)
    scored = [
        (shared_pairs(asked, total.words) + shared_pairs(asked, one.words), total, one)
        for one in reported or done
        for total in totals
        if total.figure.value > one.figure.value > Decimal(0)
        and _belong_together(total, one, breaths)
        and (
            _of_one_thing(total, one, only=only)
            or (only and task is not None and task.row and total.unit == one.unit)
        )
        and (
            shared_pairs(asked, f"{title} {total.words} {one.words}") >= _FEWEST_SHARED
            or _names_figure(query, total)
        )
    ]
    best = max((score for score, *_ in scored), default=0)
    kept = _narrowed([(total, one) for score, total, one in scored if score == best], query)
    if len({(total.value, one.value) for total, one in kept}) != 1:
        return None
    return max(kept, key=lambda pair: pair[1].follows(pair[0]))


def _opening(task: Task | None, said: Sequence[FigureSaid]) -> str:
    """The title of a task; outside of tasks the heading that the line of some figures begins with."""
    if task is not None:
        return task.title.quote
    first = min((one.sentence.start for one in said), default=0)
    source = said[0].source if said else None
    if source is None:
        return ""
    line = source.text.rfind("\n", 0, first) + 1
    return source.text[line:first]


def _breaths(figures: Sequence[FigureSaid]) -> list[tuple[FigureSaid, FigureSaid]]:
    """What is told in one breath as a whole and what is done of it: 清淤3.1公里已完成2.6公里, 41个小区完成17个."""
    return [
        (one, other)
        for one in figures
        for other in figures
        if one.clause.end == other.clause.start and one.figure.value > other.figure.value
    ]


def _belong_together(
    total: FigureSaid, done: FigureSaid, breaths: Sequence[tuple[FigureSaid, FigureSaid]]
) -> bool:
    """Whether neither of two figures is told in one breath with a third."""
    return (total, done) in breaths or not any(
        total in breath or done in breath for breath in breaths
    )


def percent(part: Decimal, whole: Decimal) -> str:
    """A share in per cent, to one place: 占25%, 约占34.3%."""
    about, share = rounded_percent(part * 100 / whole)
    return f"{about}占{share}"


def _kinds_left(query: Query, found: Sequence[Found], unit: str) -> list[FigureSaid] | None:
    """The kinds of what is left that a sentence gives the numbers of, where the question wants several counted.

    None where it does not, or where they are not all that is left of the total.
    """
    kinds, wholly = counted_too(query.text), asks_wholly(query.text)
    if not (kinds or wholly):
        return None
    asked = f"{query.topic} {query.context}"
    for one in found[:_MOST_SENTENCES]:
        if shared_pairs(asked, f"{one.place.title} {one.span.quote}") < _FEWEST_SHARED:
            continue
        said = in_unit(figures_said(one.source, [one.span], unit), unit)
        left = [
            figure
            for figure in said
            if _NOT_DONE.search(figure.before)
            or (wholly and _IN_PART.search(figure.before))
            or any(chinese_pairs(kind) & _own_pairs(figure, said) for kind in kinds)
        ]
        done = [figure for figure in said if figure not in left and _DONE.search(figure.before)]
        rest = [figure for figure in said if figure not in left and figure not in done]
        total = sum((figure.value for figure in (*left, *done)), Decimal(0))
        if len(left) > 1 and len(done) == 1 and {one.value for one in rest} == {total}:
            return left
    return None


def _own_pairs(figure: FigureSaid, figures: Sequence[FigureSaid]) -> set[str]:
    """The neighbouring characters before a figure that stand before none of the others."""
    others = (chinese_pairs(one.before) for one in figures if one is not figure)
    return chinese_pairs(figure.before).difference(*others)


def _left_as_stated(query: Query, found: Sequence[Found], unit: str) -> FigureSaid | None:
    """The figure that the text itself gives for what is left: 剩余67个8月底前完成整治."""
    asked = f"{query.topic} {query.context}"
    for one in found[:_MOST_SENTENCES]:
        title = one.place.title or with_heading(one).quote
        if shared_pairs(asked, f"{title} {one.span.quote}") < _FEWEST_SHARED:
            continue
        said = in_unit(figures_said(one.source, [one.span], unit), unit)
        left = [
            figure
            for figure in said
            if _LEFT.search(figure.before) or _is_said_not_done(query, figure)
        ]
        if len({figure.value for figure in left}) == 1:
            return left[0]
    return None


def _done_since(found: Sequence[Found], stated: FigureSaid, unit: str) -> FigureSaid | None:
    """What the progress of a row reports as done of what its problem says is left: 剩余3200亩, 已拆除2150亩."""
    task = next((one.place.task for one in found if stated.clause.start in one.span), None)
    if task is None or _is_reported(task, stated):
        return None
    said = in_unit(figures_said(stated.source, task.stretches, unit), unit)
    done = [
        one
        for one in said
        if _is_reported(task, one) and _DONE.search(one.before) and one.unit == stated.unit
    ]
    return done[0] if len(done) == 1 and done[0].value < stated.value else None


def _is_said_not_done(query: Query, figure: FigureSaid) -> bool:
    """Whether a clause counts what has not come in the very word of the question: 未办结6件 for 没办结."""
    not_done = _NOT_DONE.search(figure.before)
    verbs = [match["verb"] for match in _NOT_COME.finditer(query.text)]
    return not_done is not None and any(verb.startswith(not_done["verb"]) for verb in verbs)


def _names_figure(query: Query, total: FigureSaid) -> bool:
    """Whether a question names the total itself: 42个小区."""
    return any(
        one.value == total.figure.value and one.unit == total.figure.unit
        for one in quantities(query.text)
    )


def _narrowed(
    pairs: Sequence[tuple[FigureSaid, FigureSaid]], query: Query
) -> list[tuple[FigureSaid, FigureSaid]]:
    """Of several pairs those with the verb of the question, and those that tell what really came."""
    verbs = [match["verb"] for match in _NOT_COME.finditer(query.text)]
    with_verb = [
        (total, one)
        for total, one in pairs
        if any(verb in total.clause.quote and verb in one.clause.quote for verb in verbs)
    ]
    kept = with_verb or list(pairs)
    surer = [(total, one) for total, one in kept if _SURER.search(one.clause.quote)]
    return surer or kept


def _may_be_aimed_at(one: FigureSaid) -> bool:
    """Whether a figure can be a total; a share that is no aim is how things were."""
    return one.figure.unit != "%" or _AIMED_AT.search(one.clause.quote) is not None


def _is_done(task: Task | None, one: FigureSaid) -> bool:
    """Whether a clause reports what has come about, by its own words or by the label it stands under."""
    if _PLANNED.search(one.clause.quote):
        return False
    told = _DONE.search(one.before) or _HAS_COME.search(one.after)
    return (task is not None and _is_reported(task, one)) or told is not None


def _is_borne_out(one: FigureSaid, said: Sequence[FigureSaid]) -> bool:
    """Whether the share that its sentence states makes a figure the part of another: 412个，联网398个，联网率96.6%."""
    sentence = fold(one.sentence.quote)
    return any(
        whole.unit == one.unit
        and one.figure.unit != "%"  # 28.57% is that share of 100% itself
        and whole.sentence == one.sentence
        and whole.value > one.value
        and any(
            share.unit == "%"
            and _OF_SHARE.search(sentence[: share.start])
            and _is_share(one.value, whole.value, share)
            for share in quantities(sentence)
        )
        for whole in said
    )


def _is_share(part: Decimal, whole: Decimal, share: Quantity) -> bool:
    """Whether a share is that of a part in its whole, as far as it is written out."""
    places = max(0, -int(share.value.as_tuple().exponent))
    return round(part * 100 / whole, places) == share.value


def _is_reported(task: Task, one: FigureSaid) -> bool:
    """Whether a clause stands where a task tells its progress."""
    if task.status is not None and task.status.covers(one.clause):
        return True
    return any(
        role == "status" or _REPORTING.search(line.quote) is not None
        for role, line in task.fields.items()
        if line.covers(one.clause)
    )


def _of_one_thing(total: FigureSaid, done: FigureSaid, *, only: bool) -> bool:
    """Whether two clauses are about one thing: by their words, or where one of them goes on from the other.

    A report with no more than a verb of its own (清除1.1公里) is about the `only` total of its unit in the task.
    """
    if total.unit.lstrip(_SCALES) != done.unit.lstrip(_SCALES):
        return False
    bare = len(done.pairs) <= _A_VERB
    goes_on = done.follows(total) or total.follows(done) or (only and bare)
    return goes_on or total.is_about_the_same_as(done)
