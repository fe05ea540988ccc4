"""The bound that a question sets to the figures of the rows it asks for: 超过2000万, 卡40的, 比全县39还高, 为0."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from assistant.vocabulary import asks

_FIGURE = r"\d+(?:\.\d+)?"
_NO_DATE = r"(?![\d.]|年|月|日|号|[点时])"
# 没上90的, 够不着60的 are below; 上了90的 have it at least; 没超30的 have it at most. 没过80 may mean either.
_SAID_OF = {
    "低于": r"(?:[没未]有?|不)(?:能|曾)?(?:上|到|达到?|满|够|够到|及)|[够达]不[到上着]",
    "不超过": r"(?:[没未]有?|不)(?:能|曾)?(?:超过?|突破|高过)",
    "不低于": r"[上到满够达]了",
    "超过": r"(?<![不没未有经通])(?:超|过|破|突破|高过|超出)了?",
}
_DENIED = ("低于", "不超过")
_PLAIN = re.compile(
    r"(?P<word>超过|高于|大于|多于|不低于|不少于|不小于|达到|至少|低于|少于|小于|不到|不足|不超过|不高于)"
    rf"(?P<behind>{_FIGURE})"
    rf"|(?P<before>{_FIGURE})[^\d,，。;；?？]{{0,10}}?(?P<trail>以上|以下|以内)"
)
# 8以下（不含正好8）, 50以上、不算50
_WITHOUT_ITSELF = re.compile(
    rf"^[,，、(（]?(?:但|且)?(?:不含|不包括|不包含|不算|不要|不计)(?:正好|刚好|等于|恰好|是)?(?:的)?(?:本数|{_FIGURE})"
)
_STRICTLY = {"以上": "高于", "以下": "低于"}
# 限值卡40的是哪几家, 定了50的, 正好是8的
_EQUAL_TO = (
    r"(?:(?:[卡定给批报填写压限]|执行|要求|规定|按照?)(?:[在到成了着为]|的是|死)*|(?<=[率])|(?:要|得|须)(?:做|达|干|弄|完成)到"
    r"|(?:正好|刚好|恰好|就|还[有剩]|剩下?)(?:是|为)?|(?:[值率量度数]|标准|限额)(?:都|全|就)?(?:[是为]|[卡定]在)?|(?<![^值率量度数])[是为])"
)
_EQUAL = re.compile(
    rf"{_EQUAL_TO}(?P<figure>{_FIGURE}){_NO_DATE}[^\d,，。;；?？]{{0,8}}?的(?=[^,，。;；?？]{{0,8}}(?:哪|谁|几|有|都))"
    rf"|哪[^,，。;；?？]{{0,12}}{_EQUAL_TO}(?P<last>{_FIGURE}){_NO_DATE}[^\d,，。;；?？]{{0,8}}(?=[,，。;；?？]|$)"
)
_SPOKEN = {
    word: re.compile(rf"(?:{ways})(?P<figure>{_FIGURE}){_NO_DATE}")
    for word, ways in _SAID_OF.items()
}
_AGAINST = re.compile(
    rf"比(?P<other>[^,，。;；?？比]{{0,16}}?)(?:(?P<figure>{_FIGURE})[^\d,，。;；?？]{{0,8}}?)?(?:还要?|更|要)?"
    r"(?<![最多])(?P<word>宽松|松|高|大|多|重|长|严格|严|紧|低|小|少|轻|短)(?!多?少|几|出|了)"
)
# 一个滞后的都没有 sets the bound by its 一, for want of a figure.
_ZERO = re.compile(
    r"(?:为|是|等于)(?P<figure>0(?![\d.])|零)"
    r"|(?P<none>一)(?:个|项|件|条|家|起|处)[^,，。;；?？]{0,10}?(?:都|也)(?:没|无)"
    # 没散煤任务的乡镇: nothing of it was set.
    r"|(?P<unset>没有?|无|不用)(?=[^,，。;；?？完做干]{2,8}(?:任务|指标)的)"
)
_ONE_FIGURE = re.compile(r"(?:只有|仅|才|不过|是|为|在)?(?:个|一)位数")
_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    **dict.fromkeys(("超过", "高于", "大于", "多于"), operator.gt),
    **dict.fromkeys(("不低于", "不少于", "不小于", "达到", "至少", "以上"), operator.ge),
    **dict.fromkeys(("低于", "少于", "小于", "不到", "不足"), operator.lt),
    **dict.fromkeys(("不超过", "不高于", "以下", "以内"), operator.le),
    **dict.fromkeys(("高", "大", "多", "重", "长"), operator.gt),
    **dict.fromkeys(("低", "小", "少", "轻", "短"), operator.lt),
    "为": operator.eq,
}
_LOOSER, _STRICTER = ("宽松", "松"), ("严格", "严", "紧")


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound as a question words it: by a figure, or by what else has one (`other`), from `start` of the question on.

    `figure_at` is where the figure stands; `said` how an answer says it, given the figure with its unit.
    """

    word: str
    start: int
    figure: Decimal | None = None
    figure_at: int = -1
    other: str = ""
    trails: bool = False

    def holds(self, value: Decimal, bound: Decimal, *, is_upper_bound: bool | None) -> bool | None:
        """Whether a figure is on its side; None where what is stricter is not known."""
        if self.word in (*_LOOSER, *_STRICTER):
            if is_upper_bound is None:
                return None
            higher = is_upper_bound is (self.word in _LOOSER)
            return value > bound if higher else value < bound
        return _COMPARED[self.word](value, bound)

    def said(self, figure: str, of: str = "") -> str:
        """The bound in an answer's words."""
        if self.trails:
            return f"{figure}{self.word}"
        if self.word in _PLAIN_WORDS:
            return f"{self.word}{figure}"
        return f"比{of}{figure}{self.word}"


_PLAIN_WORDS = ("为", *(word for word in _COMPARED if len(word) > 1))


def picks_rows(text: str) -> bool:
    """Whether a folded question asks which rows there are, or how many: 哪些村超过100户, 超过100户的有几个."""
    listed = text.endswith("的") and bound_asked(text) is not None  # 完成率没到60%的
    return listed or asks("tables", "which", text) or asks("tables", "counted_rows", text)


def bound_asked(text: str) -> Bound | None:
    """The first bound of a folded question; None where it sets none."""
    # 没超过30 says the opposite of 超过30.
    if denied := _spoken_bound(text, _DENIED):
        return denied
    if match := _PLAIN.search(text):
        written = match["behind"] or match["before"]
        at = match.start("behind") if match["behind"] else match.start("before")
        word, trails = match["word"] or match["trail"], match["word"] is None
        if _WITHOUT_ITSELF.match(text[match.end() :]) and word in _STRICTLY:
            word, trails = _STRICTLY[word], False
        return Bound(word, match.start(), Decimal(written), at, trails=trails)
    if spoken := _spoken_bound(text, _SPOKEN):
        return spoken
    if match := _EQUAL.search(text):
        figure = match["figure"] or match["last"]
        at = match.start("figure") if match["figure"] else match.start("last")
        return Bound("为", at, Decimal(figure), at)
    if match := _AGAINST.search(text):
        figure = Decimal(match["figure"]) if match["figure"] else None
        at = match.start("figure") if match["figure"] else -1
        return Bound(match["word"], match.start(), figure, at, other=match["other"])
    if match := _ZERO.search(text):
        at = max(match.start("figure"), match.start("none"), match.start("unset"))
        return Bound("为", match.end(), Decimal(0), at)
    if match := _ONE_FIGURE.search(text):
        return Bound("低于", match.start(), Decimal(10))
    return None


def _spoken_bound(text: str, words: Iterable[str]) -> Bound | None:
    """A bound as it is spoken, by one of some words that answers have for it."""
    for word in words:
        if match := _SPOKEN[word].search(text):
            at = match.start("figure")
            return Bound(word, match.start(), Decimal(match["figure"]), at)
    return None
