"""Numbers of tasks that a question names: 第十三个问题, 任务3, 20号件."""

from __future__ import annotations

import re

from ingest.numerals import parse_number

_NUMBER = re.compile(
    r"(?<![一二三四五六七八九十\d有共])([一二三四五六七八九十]{2,3})项(?=的|问题)|"
    r"(?:第|(?:编号.{0,4}?|问题|序号)(?!(?:[一二三四五六七八九十]{1,3}|\d{1,2})[”\"']?[个项条件]))(?![^,，。]{1,3}(?:个|项|条)?(?:整改)?(?:措施|举措|办法))[“\"']?([一二三四五六七八九十]{1,3}|\d{1,2})[”\"']?(?:个|项|条|号|的|、)?(?=问题|任务|项|的|是|,|，|、|归|由|谁|什么|整改|说|讲|反映|牵头|哪|啥|几时|何时|现在|目前|进展|要谁|呢|目标|时限|期限|验收|配合|责任|怎么|多[久少大]|[?？。]?$)"
    # 台账第7条…, whatever is asked of it.
    r"|(?:清单|台账|任务表|问题表)(?:里|上|中)?的?第([一二三四五六七八九十]{1,3}|\d{1,2})(?:条|项|号|个|行)"
    r"|任务[“\"']?([一二三四五六七八九十]{1,3}|\d{1,2})[”\"']?(?=的|、|归|由|谁|什么|是|,|，|里|$)"
    r"|(?<![月第\d.])(\d{1,2})号(?=那[个条项件桩]|问题|任务)"
)

# 3号件 of a ledger of petitions; 与3号件重复 and 1号机组 are none, nor is 5月3号.
_OF_PETITION = re.compile(
    r"(?<![月第\d.])第?(?P<one>\d{1,3})(?P<more>(?:(?:号(?:件)?)?(?:、|和|跟|与|同|及|以及)\d{1,3})*)号(?:的)?"
    r"(?:信访|交办|举报|投诉)?(?:案?件|案子|举报|投诉|点位|事项)|^(?P<alone>\d{1,3})号$"
)
_NUMERAL = re.compile(r"\d+")
_RANK = re.compile(
    # 排第三 of a column of figures; 任务里排第20 is a number.
    r"(?:倒数|名列|位列|(?<![务题项])(?<![务题项][里中])排(?:名|行|在)?(?:倒数)?)第(?:[一二三四五六七八九十]{1,3}|\d{1,2})[名位]?|第(?:[一二三四五六七八九十]{1,3}|\d{1,2})[名位]"
)


def task_numbers(text: str) -> tuple[int, ...]:
    """The numbers of tasks in a folded text, in its order."""
    # 倒数第二 and 第一名 are places of a ranking.
    rest = _RANK.sub(" ", text)
    numbers = [parse_number(next(filter(None, match.groups()))) for match in _NUMBER.finditer(rest)]
    petitions = petition_numbers(rest)
    return petitions or tuple(number for number in numbers if number)


_ALONE = re.compile(
    r"(?:的|这|那)*(?:第|编号|问题|任务|序号|整改任务|整改问题)+[“\"']?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[”\"']?"
    r"(?:个|项|条|号)?(?:的)?(?:整改)?(?:问题|任务|事项)?(?:呢|啊)?[?？。]?"
)


def is_number_alone(rest: str) -> bool:
    """Whether a folded text, without its places, is nothing but the number of a task: 第十四条, 问题3."""
    return _ALONE.fullmatch(rest.strip()) is not None


def petition_numbers(text: str) -> tuple[int, ...]:
    """The numbers of petitions in a folded text: 3号件和20号件, 3、20号信访件."""
    said = "，".join(match.group() for match in _OF_PETITION.finditer(text))
    return tuple(dict.fromkeys(int(one) for one in _NUMERAL.findall(said) if int(one)))
