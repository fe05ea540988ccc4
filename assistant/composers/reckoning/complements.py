"""What is told of a part of a whole tells the rest of it: 45次考核中有32次排名后三, so 13次 that are not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.composers.reckoning.figures_said import (
    FigureSaid,
    figures_said,
    shared_pairs,
    whole_sentence,
)
from assistant.composers.reckoning.remainders import in_unit
from assistant.composers.tables.series import decimal_text
from assistant.composers.wording import cite
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.proof.quantities import Quantity, quantities
from assistant.query import Query
from assistant.search import SentenceSearch
from assistant.synonyms import with_synonyms
from assistant.understanding.reckonings import asked_count, asked_remainder, asked_sum
from assistant.words import chinese_pairs
from prompts import phrase
from vectorstore.folding import fold_query

_MOST_SENTENCES, _FEWEST_SHARED = 6, 2
_WRITTEN = re.compile(r"^[\d.,\s]+")
# A part of what is named before it: 其中26台, 考核中有32次, 尚有21家.
_OF_THESE = re.compile(r"中的?(?:仅|只|已|还|仍|尚)?有?[^，,]{0,4}$|(?:尚|仍|还)[有剩欠缺]?$")
_OF_ALL = re.compile(r"中\s*$")
_DENIES = re.compile(
    r"[没未无](?!组织|人机|论|锡|为)(?:有|能|按[时期])?(?P<what>[\u4e00-\u9fff]{0,4})|不(?!少|多|同|动产|超|足|低|高|得)(?P<what_>[\u4e00-\u9fff]{1,4})"
)
# A verb of one character (装 of 21家未装), if it does not stand for any work.
_A_WORD = re.compile(r"[^完成做干弄办搞改治达到有能得要是]")
_DONE = re.compile(r"已|完成|办结|销号")
_REST = re.compile(r"(?:其余|剩余|余下|剩下|另外)的?$")
_REST_ASKED = re.compile(r"其余|剩余|余下|剩下|另外|别的")
# 清掉3万吨的话, 转走15吨后: what is left after that.
_SUPPOSED = re.compile(r"的话|[以之]?后|如果|假如|要是|[掉走完]")
_AT_LEAST = re.compile(r"以上|不少于|不低于|至少")
# 其余10月底前, of which no number is told.
_REST_UNTOLD = re.compile(r"^[，,]\s*(?:其余|剩余|余下|剩下)[^，,。；;\n\t]*")
_MONTH = re.compile(r"(?<!\d)\d{1,2}月")


class ComplementComposer:
    """Takes a part from its whole where the question asks for the other part by denying, or affirming, what is told."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def blocks(self, query: Query) -> list[Block]:
        """The other part; nothing where no sentence, or no row, states one whole and one part of what is asked."""
        left = asked_remainder(query.text)
        unit = asked_count(query.text) or left or _own_unit(query)
        if not unit or len(quantities(f"2{unit}")) != 1:
            return []
        if query.fields or asked_sum(query.text) is not None:
            return []
        asked = with_synonyms(f"{query.topic} {query.context}")
        named = {one.value for one in quantities(query.text)}
        wholes: list[FigureSaid] = []
        supposed = _supposed(query, unit) if left is not None else None
        least = False  # whether the text has no more than a bound for what is supposed
        for found in self._search.find(query, query.documents)[:_MOST_SENTENCES]:
            stretch = whole_sentence(found)
            said = in_unit(figures_said(found.source, [stretch], unit, near=True, each=True), unit)
            is_named = left is not None and any(one.figure.value in named for one in said)
            shared = shared_pairs(asked, f"{found.place.title} {stretch.quote}")
            if shared < _FEWEST_SHARED and not is_named:
                continue
            if pair := _whole_and_part(query, said, left=left is not None):
                return [paragraph(self._worded(*pair))]
            if opening := _before_the_rest(query, said) or _rest_untold(query, said):
                return [paragraph(self._worded(*opening))]
            wholes += [one for one in said if supposed and one.figure.value > supposed.value]
            least = least or any(
                _AT_LEAST.search(one.clause.quote)
                for one in said
                if supposed and one.figure.value == supposed.value
            )
        if supposed is not None and len({one.figure.value for one in wholes}) == 1:
            return [paragraph(self._after(wholes[0], supposed, least=least))]
        return []

    def _worded(self, whole: FigureSaid, part: FigureSaid) -> Statement:
        about = "约" if whole.is_about or part.is_about else ""
        text = phrase(
            "remainder_idle",
            total=whole.said,
            done=part.said,
            left=f"{about}{decimal_text(whole.in_unit_of(part) - part.value)}{part.unit}",
        )
        spans = dict.fromkeys([whole.sentence, part.sentence])
        return Statement(text, cite(self._library, whole.source, *spans), computed=(text,))

    def _after(self, whole: FigureSaid, step: Quantity, *, least: bool) -> Statement:
        """What is left of a whole after a step that the question takes for done."""
        unit = _WRITTEN.sub("", step.written.strip())
        scale = quantities(f"1{unit}")[0].value
        left = (whole.figure.value - step.value) / scale
        at_most = phrase("at_most") if least else ""
        text = phrase(
            "left_after",
            total=whole.said,
            step=step.written.strip(),
            left=f"{at_most}{'约' if whole.is_about else ''}{decimal_text(left)}{unit}",
        )
        return Statement(text, cite(self._library, whole.source, whole.sentence), computed=(text,))


def _own_unit(query: Query) -> str:
    """The unit of the only figure that the question states itself: 26项里还剩多少."""
    figures = [one for one in quantities(query.text) if one.unit and one.unit != "%"]
    if asked_remainder(query.text) is None or len(figures) != 1:
        return ""
    return _WRITTEN.sub("", figures[0].written.strip()).lstrip("百千万亿")


def _supposed(query: Query, unit: str) -> Quantity | None:
    """The figure that the question takes away itself: 3万吨 of 清掉3万吨的话还剩多少."""
    (wanted,) = quantities(f"2{unit}")
    stated = [one for one in quantities(query.text) if one.unit == wanted.unit]
    if len(stated) != 1:
        return None
    beside = query.text[max(0, stated[0].start - 2) : stated[0].end + 4]
    return stated[0] if _SUPPOSED.search(beside) else None


def _whole_and_part(
    query: Query, said: Sequence[FigureSaid], *, left: bool
) -> tuple[FigureSaid, FigureSaid] | None:
    """The one whole, and the one part of it of which the question asks the contrary, or that is done where the rest is asked."""
    parts = [
        one
        for place, one in enumerate(said)
        if one.part
        or _OF_THESE.search(one.before)
        or (place and one.follows(said[place - 1]) and _OF_ALL.search(said[place - 1].after))
    ]
    firsts = [one for one in said if one not in parts]
    named = {one.value for one in quantities(query.text)}
    if left and firsts and _OF_ALL.search(firsts[0].after):
        # 26项任务中，已完成17项；滞后3项
        done = [one for one in said[1:] if _DONE.search(one.before) and not _denied(one)]
        if firsts[0].figure.value in named and len(done) == 1:
            return _ordered(firsts[0], done[0])
    if len(firsts) != 1 or len(parts) != 1 or parts[0].place < firsts[0].place:
        return None
    whole, part = firsts[0], parts[0]
    told, asked = _denied(part), _DENIES.search(query.text)
    if (told is None) == (asked is None):
        return None
    own = chinese_pairs(fold_query(part.clause.quote)) - whole.pairs
    shares = own & chinese_pairs(query.text) or (
        told and _A_WORD.match(told) and told[0] in query.text
    )
    return _ordered(whole, part) if shares else None


def _denied(one: FigureSaid) -> str | None:
    """What a clause denies of its figure: 环保标识 of 26台无环保标识; None where it denies nothing."""
    match = _DENIES.search(fold_query(one.clause.quote))
    return None if match is None else match["what"] or match["what_"] or ""


def _before_the_rest(
    query: Query, said: Sequence[FigureSaid]
) -> tuple[FigureSaid, FigureSaid] | None:
    """A whole and what is told to be the rest of it, where the question asks for what stands between them."""
    rests = [one for one in said if _REST.search(one.before)]
    if len(said) != 2 or len(rests) != 1 or rests[0] is said[0] or _REST_ASKED.search(query.text):
        return None
    whole, rest = said
    between = fold_query(whole.source.text[whole.clause.end : rest.clause.start])
    months = set(_MONTH.findall(query.text))
    if not months or not months <= set(_MONTH.findall(between)):
        return None
    return _ordered(whole, rest) if not months & set(_MONTH.findall(rest.clause.quote)) else None


def _rest_untold(query: Query, said: Sequence[FigureSaid]) -> tuple[FigureSaid, FigureSaid] | None:
    """A whole and its one part, where the question asks for the rest, of which the sentence has no number."""
    parts = [one for one in said if one.part]
    firsts = [one for one in said if not one.part and parts and one.place[0] == parts[0].place[0]]
    if len(parts) != 1 or len(firsts) != 1:
        return None
    behind = parts[0].source.text[parts[0].clause.end : parts[0].sentence.end]
    rest = _REST_UNTOLD.match(behind)
    if rest is None or quantities(_MONTH.sub("", fold_query(rest.group()))):
        return None
    months = set(_MONTH.findall(rest.group())) & set(_MONTH.findall(query.text))
    asked = months or _REST_ASKED.search(query.text)
    return _ordered(firsts[0], parts[0]) if asked else None


def _ordered(whole: FigureSaid, part: FigureSaid) -> tuple[FigureSaid, FigureSaid] | None:
    larger = whole.figure.value > part.figure.value > Decimal(0)
    return (whole, part) if larger else None
