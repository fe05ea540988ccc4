"""The other part of a whole of which the text states one: 全年260辆, 其中上半年150辆, so 110辆 in the second half."""

from __future__ import annotations

import re

from assistant.composers.reckoning.figures_said import FigureSaid, figures_said
from assistant.composers.reckoning.paragraphs import paragraphs_about
from assistant.composers.reckoning.remainders import in_unit
from assistant.composers.tables.series import decimal_text
from assistant.composers.wording import cite
from assistant.draft import Block, Statement, paragraph
from assistant.library import Library
from assistant.query import Query
from assistant.search import SentenceSearch
from assistant.understanding.reckonings import asked_other_part
from assistant.words import chinese_pairs
from prompts import phrase

# 5月底之后 is what is not due by 5月底.
_AFTER = re.compile(r"^(?P<time>\d{1,2}月底?)(?:之|以)?后$")
_OTHER = {"上半年": "下半年", "下半年": "上半年", "一期": "二期", "二期": "一期"}
# What is due by its end is that of the half year.
_SAID_AS = {"上半年": "上半年|6月(?:底|份)?前|6月30日前|年中前"}
_WHOLE = re.compile(r"全年|年度|年内|今年|20\d{2}年|共|总|全部|全长|全县|全市|全区")
_AT_LEAST = re.compile(r"以上|不少于|不低于|至少")


class OtherPartComposer:
    """Subtracts the part that the text states from its whole, where the question asks for the other part."""

    def __init__(self, library: Library, search: SentenceSearch) -> None:
        self._library = library
        self._search = search

    def blocks(self, query: Query) -> list[Block]:
        """The other part; nothing where the text states it itself, or where whole and part are not sure."""
        wanted = asked_other_part(query.text)
        if wanted is None:
            return []
        label, unit = wanted
        after = _AFTER.match(label)
        other = f"{after['time']}前" if after is not None else _OTHER[label]
        stated = _SAID_AS.get(other, other)
        for source, stretch in paragraphs_about(query, self._search.find(query, query.documents)):
            said = in_unit(figures_said(source, [stretch], unit), unit)
            if any(label in one.before for one in said):
                return []
            found = [
                (whole, part)
                for part in said
                if re.search(rf"(?<!\d)(?:{stated})", part.before)
                for whole in said
                if part.follows(whole) and not whole.part and whole.value > part.value
                # What says no more than when and how much goes on from the clause before it.
                if part.part or _WHOLE.search(whole.before) or (after and not _thing(part, other))
            ]
            if len(found) == 1:
                return [paragraph(self._worded(label, other, *found[0]))]
        return []

    def _worded(self, label: str, other: str, whole: FigureSaid, part: FigureSaid) -> Statement:
        least = "至少" if _AT_LEAST.search(whole.said) else ""
        text = phrase(
            "other_part",
            whole=whole.said,
            part=part.said,
            label=other,
            figure=f"{decimal_text(part.value)}{part.unit}",
            other=label,
            left=f"{least}{decimal_text(whole.value - part.value)}{whole.unit}",
        )
        return Statement(text, cite(self._library, whole.source, whole.sentence), computed=(text,))


def _thing(part: FigureSaid, time: str) -> set[str]:
    """What a part is of, less when and that it is done."""
    return chinese_pairs(part.words.replace(time, " "))
