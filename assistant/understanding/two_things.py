"""Whether a question asks which of two things comes first or last: 脱硫和除臭，哪个先到期, 甲厂比乙厂晚几个月完成."""

from __future__ import annotations

import re
from dataclasses import dataclass

_THING = r"[^,，。;；?？]{2,20}?"
_DUE = r"(?:到期|到点|到线|截止|完成|完工|竣工|办结|整改完|[办改弄做干修搬治拆清建搞]完|建成|投运|交账|交卷|收[尾口官工]|销号|完(?![善全整]))"
_LIMIT = r"(?:时限|期限|限期|日期|日子|时间|截止日|死线|节点)"
_END = r"先|早|急|紧|近|短|靠前|在前|晚|迟|后|远|长|靠后|在后"
_TWO = (
    rf"(?P<one>{_THING})(?:和|跟|与|同|、|还是)(?P<other>[^,，。;；?？]{{2,20}}?)[,，]?(?:(?<=[,，])[^,，。;；?？]{{2,8}}?(?=[这那]))?(?:这|那)?(?:两|俩|2)?[个项件家条]?[,，]?(?:里头?|之间|相比)?"
    r"(?:哪一?[个项件条边家]|谁)"
)
# What is done of a limit, as it is said: 排得靠后, 收得晚, 给得长.
_SET = r"(?:要求|[给放排拖定卡收完交赶催留])"
_WHICH = (
    re.compile(rf"{_TWO}[^,，。;；?？]{{0,6}}?(?P<end>{_END})(?:一点|些)?(?:要|该|得)?{_DUE}"),
    # 谁的交卷日子晚
    re.compile(rf"{_TWO}的?[^,，。;；?？]{{0,4}}?{_LIMIT}[^,，。;；?？]{{0,3}}?(?P<end>{_END})"),
    # 甲的期限和乙的谁在前
    re.compile(
        rf"(?P<one>{_THING})的?{_LIMIT}(?:和|跟|与|同)(?P<other>[^,，。;；?？]{{2,20}}?)的?(?:{_LIMIT})?[,，]?"
        rf"(?:哪一?[个项件条边家]|谁)的?[^,，。;；?？]{{0,4}}?(?P<end>{_END})"
    ),
    # 第一轮和第二轮隔几个月
    re.compile(
        rf"(?P<one>{_THING})(?:和|跟|与)(?P<other>[^,，。;；?？]{{2,20}}?)(?:的?{_LIMIT}|{_DUE})?(?:之间)?(?P<end>相隔|间隔|相差|隔|差)(?:了)?(?:几天|几个?月|多久|多长|多少天|多少个?月)"
    ),
    # 甲和乙期限哪个早
    re.compile(
        rf"(?P<one>{_THING})(?:和|跟|与|同|、)(?P<other>[^,，。;；?？]{{2,20}}?)的?{_LIMIT}[,，]?(?:哪一?[个项件条边家]|谁)(?:的|更|比较){{0,2}}(?P<end>{_END})"
    ),
    # 哪个收得晚, 谁排在前头
    re.compile(
        rf"{_TWO}(?:要求?|应该?|更)?{_SET}(?:的?{_LIMIT})?[得的在]?(?:更|比较)?(?P<end>{_END}|前|久)"
    ),
    # 哪个更急
    re.compile(rf"{_TWO}(?:更|比较)?(?P<end>急|赶)(?:一点|一些|些)?(?=[,，。;；?？]|$)"),
    # 甲还是乙先完成
    re.compile(
        rf"(?P<one>{_THING})还是(?P<other>[^,，。;；?？]{{2,20}}?)(?P<end>先|早|晚|后|迟)(?:要|该|得)?{_DUE}"
    ),
    # 甲比乙晚几个月完成
    re.compile(
        rf"(?P<one>{_THING})(?:的?{_LIMIT})?比(?P<other>[^,，。;；?？]{{2,20}}?)(?:的?{_LIMIT})?(?:要|得)?(?P<end>{_END}|提前|推后|推迟)(?:了)?(?:几|多少|多久|多长)"
    ),
)
_LATE = ("晚", "迟", "后", "靠后", "在后", "远", "长", "久", "推后", "推迟")
_GAP = re.compile(
    r"(?:差|早|晚|先|后|迟|隔|提前|推后|推迟)(?:了|出|上)?(?:几|多少|多久|多长)(?P<days>天)?"
)


@dataclass(frozen=True, slots=True)
class TwoThings:
    """Two things as a question calls them, whether the later of them is asked for, and by how much, in days or in any unit."""

    one: str
    other: str
    later: bool
    gap: bool
    in_days: bool

    @property
    def names(self) -> tuple[str, str]:
        """Both as the question calls them."""
        return self.one, self.other


def asked_of_two(text: str) -> TwoThings | None:
    """The two things whose limits a folded question compares; None where it compares none."""
    match = next((found for one in _WHICH if (found := one.search(text))), None)
    if match is None:
        return None
    gap = _GAP.search(text)
    in_days = gap is not None and gap["days"] is not None
    return TwoThings(match["one"], match["other"], match["end"] in _LATE, gap is not None, in_days)


_BOTH = re.compile(
    rf"(?P<one>{_THING})(?:和|跟|与|同|以及)(?P<other>[^,，。;；?？]{{2,20}}?)[,，]?"
    r"(?:(?:这|那)?(?:两|俩|2)[个项件条桩块](?:问题|任务|事)?|(?:这|那)俩|各自?|分别|都(?=[是由归]|有)|(?=(?:是不是|是否|是|由|归)(?:同一|一[家个人]))|(?=的?(?:牵头|责任|验收|配合|时限|期限)))"
)
_SAME = re.compile(r"同一|(?:是|由|归)(?:不是)?一[家个拨]|一[个家]人|一样|相同|同天|同一天")


def named_both(text: str) -> tuple[str, str] | None:
    """Two things of which a folded question asks something: 露天焚烧跟秸秆监管这两条是一家牵头吗; None where it names no two."""
    match = _BOTH.search(text)
    return (match["one"], match["other"]) if match is not None else None


def asks_same(text: str) -> bool:
    """Whether a question wants to know if what it asks for is the same for both."""
    return _SAME.search(text) is not None
