"""Places in rankings that a sentence tells by its order (由好到差依次为：甲县、乙县、丙区), alone or beside those of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.composers.wording import cite, flat
from assistant.draft import Block, Evidence, Statement, paragraph
from assistant.library import Library
from assistant.query import Query
from assistant.understanding.table_names import is_place_name, named_of
from assistant.understanding.table_ranks import RankAsked, asked_rank, matters_of, rank_column
from assistant.words import pairs
from ingest.records import FigureTable, ParsedDocument, Span
from prompts import phrase
from vectorstore.folding import fold_query

_LISTED = re.compile(
    r"(?P<what>[^，,。；;：:、（）()\s]{2,24}?)(?:的)?(?:排名|排位|排序|名次|位次)?[，,]?"
    r"[（(]?(?P<order>[由从按](?:好到差|优到劣|高到低|低到高|差到好|劣到优|多到少|少到多))的?(?:顺序|次序|排名|排序)?[)）]?"
    r"(?:依次|分别)?(?:排名|排列)?(?:为|是)?\s*[:：]?\s*(?P<names>[^，,。；;：:、]{2,24}(?:、[^，,。；;：:、]{2,24}){2,})"
)
_FIRST_IS_BEST = ("好到差", "优到劣")
_BEST_FIRST = (
    ("高到低", re.compile("得分|评分|成绩|优良|达标率|完成率|满意")),
    ("低到高", re.compile("浓度|超标|投诉量")),
)
_LAST_IS_BEST = ("差到好", "劣到优")
_AHEAD = re.compile(
    r"靠前|靠后|更前|更后|排(?:在|得)?(?:更|比较)?(?:前|后)(?!\d|[一二三四五六七八九十])"
)
# Every ranking is one of quality, of places, of a time.
_GENERIC = re.compile(
    r"排名|名次|位次|排位|排序|质量|环境|全[省市县区]|各[地县市区]+|\d+[—–-]\d+月|\d+月|表\d+|情况"
)
# 甲县36微克/立方米, 乙县（91分）
_FIGURE = re.compile(r"[（(]?\d.*$")
_CLAUSE = re.compile(r"[^,，。;；?？!！]+")


@dataclass(frozen=True, slots=True)
class _Ranking:
    """What is ranked, the places in their order, where each is told, and in which order; that is empty for a table.

    `written` are the places with the figures that stand behind them: 甲县36微克/立方米.
    """

    what: str
    names: tuple[str, ...]
    evidence: tuple[tuple[Evidence, ...], ...]
    order: str = ""
    written: tuple[str, ...] = ()

    def is_meant(self, text: str) -> bool:
        """Whether a folded text names what is ranked."""
        own = fold_query(self.what)
        if matters := matters_of(own):
            return bool(matters & matters_of(text))
        return bool(pairs(_GENERIC.sub(" ", own)) & pairs(text))

    @property
    def from_best(self) -> tuple[str, ...]:
        """The places from the best on; empty where the order does not tell which end is."""
        if not self.order or self.order.endswith(_FIRST_IS_BEST):
            return self.names
        if any(
            self.order.endswith(way) and kind.search(fold_query(self.what))
            for way, kind in _BEST_FIRST
        ):
            return self.names
        return self.names[::-1] if self.order.endswith(_LAST_IS_BEST) else ()

    def at(self, asked: RankAsked) -> list[str]:
        """What has the places asked for."""
        line = self.from_best
        return [one for i, one in enumerate(line, start=1) if asked.holds(i, len(line))]


class RankingComposer:
    """Answers which place something has, and what has a place, in rankings of which one at least is a sentence."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def blocks(self, query: Query) -> list[Block]:
        """The places asked for, each from its ranking; nothing where none is asked of a sentence's ranking."""
        text = query.text
        if asked_rank(text) is None and not _AHEAD.search(text):
            return []
        answers = [
            said
            for parsed in self._library.within(query.documents)
            if (said := self._told(query, list(self._rankings(parsed))))
        ]
        return [paragraph(*answers[0])] if len(answers) == 1 else []

    def _told(self, query: Query, rankings: Sequence[_Ranking]) -> list[Statement]:
        told: list[tuple[str, _Ranking]] = []
        names: list[str] = []
        for clause in _CLAUSE.findall(query.text):
            meant = [one for one in rankings if one.is_meant(clause)]
            own = _named(clause, rankings)
            names = own or names
            asked = asked_rank(clause)
            if asked is not None and not asked.of_row and not own:
                before = [one for one in rankings if one.is_meant(f"{query.text} {query.earlier}")]
                of_end = meant or [one for one in rankings if one.is_meant(query.earlier)] or before
                if not of_end or not all(one.from_best for one in of_end):
                    return []
                names = list(dict.fromkeys(name for one in of_end for name in one.at(asked)))
                meant = of_end
            told += [(name, one) for name in names for one in meant if name in one.names]
        told = list(dict.fromkeys(told))
        if not any(one.order for _, one in told):
            return []
        return [*(_place(*one) for one in told), *_compared(query.text, told)]

    def _rankings(self, parsed: ParsedDocument) -> Iterator[_Ranking]:
        sentences = [one for one in parsed.sentences if "到" in one.quote]
        for sentence in sentences:
            for match in _LISTED.finditer(flat(sentence.quote)):
                written = tuple(match["names"].split("、"))
                names = tuple(_FIGURE.sub("", one) for one in written)
                if all(map(is_place_name, names)) and len(set(names)) == len(names):
                    cited = self._cited(parsed, sentence)
                    evidence = (cited,) * len(names)
                    yield _Ranking(match["what"], names, evidence, match["order"], written)
        for table in parsed.tables:
            yield from self._tabled(parsed, table)

    def _tabled(self, parsed: ParsedDocument, table: FigureTable) -> Iterator[_Ranking]:
        column = rank_column(table)
        rows = [one for one in table.rows if not one.total]
        if column is None or table.caption is None:
            return
        places = ["".join(one.cells[column].span.quote.split()) for one in rows]
        if places == [str(i) for i in range(1, len(rows) + 1)]:
            evidence = tuple(self._cited(parsed, one.span) for one in rows)
            yield _Ranking(flat(table.caption.quote), tuple(one.name for one in rows), evidence)

    def _cited(self, parsed: ParsedDocument, span: Span) -> tuple[Evidence, ...]:
        return cite(self._library, parsed.source, span)


def _named(text: str, rankings: Sequence[_Ranking]) -> list[str]:
    """The places of rankings that a text names."""
    names = list(dict.fromkeys(name for one in rankings for name in one.names))
    return [names[i] for i in named_of(text, names)]


def _place(name: str, ranking: _Ranking) -> Statement:
    place = ranking.names.index(name)
    text = phrase(
        "ranking_listed" if ranking.order else "ranking_tabled",
        what=ranking.what + ranking.order,
        place=ranking.written[place] if ranking.written else name,
        rank=place + 1,
        count=len(ranking.names),
    )
    return Statement(text, ranking.evidence[place], computed=(text,))


def _compared(text: str, told: Sequence[tuple[str, _Ranking]]) -> list[Statement]:
    """In which of two rankings one place is further ahead, where that is asked."""
    if not _AHEAD.search(text) or len(told) != 2 or told[0][0] != told[1][0]:
        return []
    name = told[0][0]
    lines = [one.from_best for _, one in told]
    if not all(lines) or len(lines[0]) != len(lines[1]):
        return []
    places = [line.index(name) for line in lines]
    if places[0] == places[1]:
        said = phrase("ranking_same", place=name, rank=places[0] + 1)
    else:
        ahead = told[0 if places[0] < places[1] else 1][1]
        said = phrase("ranking_ahead", place=name, what=ahead.what)
    evidence = tuple(
        dict.fromkeys(e for _, one in told for e in one.evidence[one.names.index(name)])
    )
    return [Statement(said, evidence, computed=(said,))]
