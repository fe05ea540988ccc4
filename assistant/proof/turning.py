"""Small changes that turn a sentence around: 计划 into 已, 年均 into 日均, 不足 into 超过, a 未 put in or left out.

Each clause of a sentence is laid beside the clauses of the evidence that it is about. A word of one of the kinds
below has to stand there as well, in its own or in equal words; a negation has to stand before the same words, and a
figure in the same place among the same words, with its limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise, takewhile

from assistant.proof.limiting import limit_of
from assistant.proof.quantities import Quantity, quantities
from assistant.proof.support import Support
from assistant.words import cut, pairs

_SENTENCE_END = re.compile(r"[。；;\n|]")
_CLAUSE_END = re.compile(r"[。；;\n|，,:：]")
_DATE = re.compile(r"(?:\d{4}年|\d{1,2}月|\d{1,2}[日号])+")
# A clause of the evidence is beside one of the sentence if it has so much of what the nearest one has.
_NEARLY = 0.8
_LEAST_SHARED = 0.3
# Less than this of a clause in all of the evidence, and the clause says something of its own.
_OWN_WORDS = 0.3
# A figure belongs to a sentence that has so much of what stands in front of it.
_OF_FIGURE = 0.4
_FEW_PAIRS = 4
_MOST_NEW_WORDS = 2
_EITHER_SIDE = 2
# A figure's place is known by so many characters beside it.
_NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class Kind:
    """Words of one meaning: where a sentence has one of `said`, its evidence has to have one of `backed`."""

    said: re.Pattern[str]
    backed: re.Pattern[str]

    @classmethod
    def of(cls, said: str, or_else: str = "") -> Kind:
        return cls(re.compile(said), re.compile(f"{said}|{or_else}" if or_else else said))


# Backed by the clause that says the same.
_OF_CLAUSE = (
    Kind.of("已(?!有|知)|业已", "目前|截至|了"),
    Kind.of(
        r"以上|高于|超过(?<!不超过)|不少于|不低于|至少|大于|优于|多于|突破",
        "余|≥|不小于|(?<!不)达到?",
    ),
    Kind.of(
        r"以下|以内|低于(?<!不低于)|不超过|不高于|不到(?=\d)|不足(?=\d)|至多|劣于|少于(?<!不少于)",
        "≤|<|控制在|不大于|不多于|不足|不到",
    ),
    Kind.of("提高|提升|增加|上升|上涨|增长|扩大|新增", "增|升|扩|加强|强化|提|涨"),
    Kind.of("降低|下降|减少|压减|削减|缩小|缩减|下调", "减|降|缩|退"),
    Kind.of("改善|好转|变好", "提升|提高|向好|优化"),
    Kind.of("恶化|变差|趋劣|变坏", "下降|反弹|反升"),
    Kind.of("可以|允许|准许", "可|许可|同意"),
    Kind.of("部分(?![是为])|少数|个别|一些|少量", "有的|若干"),
)
# Backed by anything in the same sentence of the evidence.
_OF_SENTENCE = (
    Kind.of("计划(?=于|在|\\d)|预计|拟(?![定制合])|力争|争取|有望|原则上"),
    Kind.of("确保|务必|彻底|完全", "保证"),
    Kind.of("全部|所有|一律", "全|均|都|各|每|逐|100%|清零"),
    Kind.of("大部分|大多|多数"),
    Kind.of("基本(?!农田|建设|原则|信息|情况|公共)"),
    Kind.of("全区"),
    Kind.of("全市"),
    Kind.of("全县"),
    Kind.of("全镇"),
    Kind.of("城区|市区", "建成区|主城"),
    Kind.of("累计", "共|总|合计"),
    Kind.of("平均", "年均|月均|日均|人均|均值"),
    Kind.of("年均", "年平均|年度平均"),
    Kind.of("月均", "月平均"),
    Kind.of("日均", "日平均"),
    Kind.of("每年|逐年", "年度|一年一"),
    Kind.of("每半年"),
    Kind.of("每季度?", "按季|季度"),
    Kind.of("每月|逐月", "按月|月度"),
    Kind.of("每周", "按周|周"),
    Kind.of("每[日天]", "/[日天]|日"),
    Kind.of("同比", "较上年|比上年|较20|比20"),
    Kind.of("环比"),
    Kind.of("全年", "年度|年均"),
    Kind.of("上半年"),
    Kind.of("下半年"),
    Kind.of(r"(?<=[年月日底末号])(?:之|以)?后|(?<=[年月日])起", r"[年月日底末号](?:之|以)?后|起|以来"),
    Kind.of("年中|月中(?!旬)", "中旬|6月|年中"),
    Kind.of("约(?=\\d)|大约|左右|近(?=\\d)", "约|近|左右|余|多"),
    Kind.of("恰好|正好|刚好"),
    Kind.of("原因|由于|所致|导致|造成|引起", "因|致|使|影响"),
)  # fmt: skip
# What a sentence may not leave out of the clause that it repeats.
_KEPT = (
    Kind.of("预计|力争|争取|有望|原则上", "计划|拟|将|要|须|需|应|目标|待"),
    Kind.of("基本(?=完成|建成|消除|得到|实现|解决)|大部分|部分(?=完成|建成)"),
)
# Words that are used for each other.
_SAME = tuple(
    frozenset(words.split())
    for words in (
        "提高 提升 增强 增加 达到 达", "降低 下降 减少 压减 降 减", "实施 开展 进行 推进 推动 落实", "加强 强化 加大", "确保 保证 保障",
        "禁止 严禁 不得", "建设 新建 建", "完成 完工 竣工", "均 都 全部", "截至 截止 到", "共计 合计 总计 共", "约 近 大约",
        "立即 马上 立刻", "以及 及 和 与 、", "上涨 上升 增长", "位居 位列 排名", "对 针对", "至 到 为", "由 从", "问题 情况",
        "要求 须 应 需 必须 应当", "制定 编制 制订", "排查 检查 核查", "整治 治理 整改", "项目 工程", "单位 部门", "负责 承担", "目前 现",
        "是 为 系 包括 有", "天 日 号", "并 且 同时", "前 之前 以前", "内 以内", "发现 查出 查处", "存在 有", "不足 不到", "的 之",
    )
)  # fmt: skip
_EDGE = "\x02" * _EITHER_SIDE
_EXCHANGED = re.compile(r"[\u4e00-\u9fff]{1,4}")
_QUOTED = re.compile('[“"]([^“”"]{4,60})[”"]')
_ABOUT = re.compile("约|近|左右|多|余|超")
_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
_NOT = re.compile(
    r"尚未|还未|从未|未(?!来|成年)|没有|没|并非|不得|不能|不可|不再|不是|无法|禁止|严禁|"
    r"不(?!断|仅|但|同|少于|足|到\d|低于|高于|超过|大于|小于|多于|等|定期|限于|良|利)"
)
_LONGEST_DENIED = 4


def turned(text: str, support: Support) -> list[str]:
    """What a folded sentence turns around or adds."""
    sentences = [one for one in _SENTENCE_END.split(support.quotes) if one.strip()]
    named = [one for one in _SENTENCE_END.split(support.names) if one.strip()]
    found = list(_misquoted(text, support.names))
    for clause in (one for one in _CLAUSE_END.split(text) if one.strip()):
        found += _turned_clause(clause, named)
    found += _moved_figures(text, sentences)
    return [*found, *_borrowed_figures(text, sentences, support.headings)]


def _misquoted(text: str, evidence: str) -> Iterator[str]:
    """What stands in quotation marks and is no quotation."""
    bare = "".join(evidence.split())
    yield from (one for one in _QUOTED.findall(text) if "".join(one.split()) not in bare)


def _turned_clause(clause: str, sentences: Sequence[str]) -> Iterator[str]:
    own = pairs(_without_figures(clause))
    everything = "\n".join(sentences)
    if len(own) >= _FEW_PAIRS:
        if _share(own, everything) < _OWN_WORDS or _says_more(clause, everything):
            yield clause.strip()
            return
    else:
        own = pairs(clause)
    beside = list(_beside(own, sentences)) or [(everything, everything)]
    clauses = "\n".join(one for one, _ in beside)
    whole = "\n".join(dict.fromkeys(sentence for _, sentence in beside))
    for kinds, backing in ((_OF_CLAUSE, clauses), (_OF_SENTENCE, whole)):
        for kind in kinds:
            said = kind.said.search(clause)
            if said and not kind.backed.search(backing) and not _in_place(said, everything):
                yield said.group()
    nearest = max(beside, key=lambda one: _share(own, one[0]))[0]
    for kind in _KEPT:
        if (kept := kind.said.search(nearest)) and not kind.backed.search(clause):
            yield f"（漏了“{kept.group()}”）"
    yield from _denied_otherwise(clause, clauses, whole)
    yield from _exchanged(clause, nearest, everything)


def _exchanged(clause: str, nearest: str, evidence: str) -> Iterator[str]:
    """Words in the place of others, where the clause otherwise repeats its evidence."""
    # The ends of a clause are neighbours as well.
    clause, nearest = (f"{_EDGE}{one.strip()}{_EDGE}" for one in (clause, nearest))
    blocks = SequenceMatcher(None, clause, nearest, autojunk=False).get_matching_blocks()
    for left, right in pairwise(block for block in blocks if block.size >= _EITHER_SIDE):
        put = clause[left.a + left.size : right.a]
        instead = nearest[left.b + left.size : right.b]
        if not (_EXCHANGED.fullmatch(put) and _EXCHANGED.fullmatch(instead)):
            continue
        beside = clause[left.a + left.size - 2 : left.a + left.size], clause[right.a : right.a + 2]
        if f"{beside[0]}{put}{beside[1]}".strip(_EDGE) not in evidence and not _are_same(
            put, instead, beside
        ):
            yield f"{put}（依据写作“{instead}”）"


def _are_same(put: str, instead: str, beside: tuple[str, str]) -> bool:
    """Whether two words are used for each other; they may share a character with what stands beside them."""
    said, written = (f"{beside[0]}{word}{beside[1]}" for word in (put, instead))
    return any(
        any(one in said for one in same) and any(one in written for one in same) for same in _SAME
    )


def _in_place(said: re.Match[str], evidence: str) -> bool:
    """Whether the evidence has a word between the same neighbours."""
    clause, (start, end) = said.string, said.span()
    around = clause[max(0, start - _EITHER_SIDE) : end + _EITHER_SIDE]
    return len(around) - (end - start) >= _EITHER_SIDE and around in evidence


def _says_more(clause: str, evidence: str) -> bool:
    """Whether most words of a clause are nowhere in the evidence."""
    words = [one for one in cut(_without_figures(clause)) if _WORD.fullmatch(one)]
    new = [one for one in words if one not in evidence]
    return len(new) >= _MOST_NEW_WORDS and 2 * len(new) > len(words)


def _beside(own: set[str] | frozenset[str], sentences: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The clauses of the evidence that are about the same, each with its sentence."""
    shares = [
        (_share(own, clause), clause, sentence)
        for sentence in sentences
        for clause in _CLAUSE_END.split(sentence)
    ]
    best = max((share for share, _, _ in shares), default=0.0)
    for share, clause, sentence in shares:
        if share >= max(best * _NEARLY, _LEAST_SHARED):
            yield clause, sentence


def _denied_otherwise(clause: str, clauses: str, whole: str) -> Iterator[str]:
    """Negations that the evidence does not have before the same words, and those that it has and the clause has not."""
    for word, denied in _denials(clause):
        if denied[0] in whole and not _is_denied(denied[0], whole):
            yield word + denied[0]
        elif not _NOT.search(clauses) and not any(_is_denied(part, whole) for part in denied):
            yield word
    for word, denied in _denials(clauses):
        for part in denied:
            if part in clause and not _is_denied(part, clause) and not _is_affirmed(part, whole):
                yield f"（漏了“{word}”）{part}"
                break
    yield from _between_same_words(clause, clauses)
    yield from (f"（漏了“{word}”）" for word in _between_same_words(clauses, clause))


def _between_same_words(text: str, other: str) -> Iterator[str]:
    """Negations of a text where another has none between the same words."""
    for match in _NOT.finditer(text):
        before, behind = text[: match.start()][-2:], text[match.end() :][:2]
        if len(_WORD.sub("", before + behind)) or len(before + behind) < 4:
            continue
        gaps = re.findall(f"{before}(.{{0,3}}?){behind}", other)
        if gaps and not any(_NOT.search(gap) for gap in gaps):
            yield match.group()


def _denials(text: str) -> Iterator[tuple[str, list[str]]]:
    """Negations with the words behind them, shortest first."""
    for match in _NOT.finditer(text):
        behind = re.match(r"[\u4e00-\u9fff]*", text[match.end() :])
        words = behind.group() if behind else ""
        parts = [words[:n] for n in range(2, _LONGEST_DENIED + 1) if len(words) >= n]
        if parts:
            yield match.group(), parts


def _is_denied(part: str, text: str) -> bool:
    return any(part in parts for _, parts in _denials(text))


def _is_affirmed(part: str, text: str) -> bool:
    """Whether words stand somewhere without a negation before them."""
    denied = sum(part in parts for _, parts in _denials(text))
    return text.count(part) > denied


def _moved_figures(text: str, sentences: Sequence[str]) -> Iterator[str]:
    """Figures that stand where the evidence has another, or without its limit."""
    known = [(sentence, same) for sentence in sentences for same in _figures(sentence)]
    for clause in _CLAUSE_END.split(text):
        for one in _figures(clause):
            places = [
                (_neighbours(clause, one, sentence, same), sentence, same)
                for sentence, same in known
            ]
            nearest = max((shared for shared, _, _ in places), default=0)
            if nearest >= _NEIGHBOURS and not any(
                one.borne_out_by(same) and _same_limit(clause, one, sentence, same)
                for shared, sentence, same in places
                if shared == nearest
            ):
                yield one.written.strip()


def _figures(text: str) -> tuple[Quantity, ...]:
    """The figures of a text that are no part of a date."""
    return quantities(_DATE.sub(lambda match: "@" * len(match.group()), text))


def _neighbours(text: str, one: Quantity, other: str, same: Quantity) -> int:
    """How many characters on either side of two figures are the same."""
    before = zip(reversed(text[: one.start]), reversed(other[: same.start]), strict=False)
    behind = zip(text[one.end :], other[same.end :], strict=False)
    return sum(
        len(list(takewhile(lambda pair: pair[0] == pair[1], side))) for side in (before, behind)
    )


def _same_limit(text: str, one: Quantity, sentence: str, same: Quantity) -> bool:
    """Whether a figure keeps its 不少于 or 以内, and its 余."""
    limit = limit_of(sentence, same)
    if limit and limit != limit_of(text, one):
        return False
    around = text[max(0, one.start - 2) : one.end + 2]
    return not re.search("[余多]", same.written) or bool(_ABOUT.search(around))


def _borrowed_figures(text: str, sentences: Sequence[str], headings: str) -> Iterator[str]:
    """Figures said of something that no sentence with them speaks of."""
    for clause in _CLAUSE_END.split(text):
        for one in quantities(clause)[:1]:
            own = pairs(_without_figures(clause[: one.start]))
            having = [
                (other.unit, sentence)
                for sentence in sentences
                for other in quantities(sentence)
                if one.borne_out_by(other)
            ]
            # A bare figure may be the number of an item.
            having = [pair for pair in having if pair[0]] or having
            if len(own) >= _FEW_PAIRS and having:
                best = max(_share(own, f"{sentence}\n{headings}") for _, sentence in having)
                if best < _OF_FIGURE:
                    yield one.written.strip()


def _without_figures(text: str) -> str:
    text = _DATE.sub("\n", text)
    for one in reversed(quantities(text)):
        text = text[: one.start] + "\n" + text[one.end :]
    return text


def _share(own: set[str] | frozenset[str], text: str) -> float:
    return len(own & set(pairs(text))) / len(own) if own else 0.0
