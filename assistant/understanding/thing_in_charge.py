"""Which thing a question asks who answers for, and nothing else, in whatever document: 散煤谁负责, 渣土归谁管."""

from __future__ import annotations

import re

from assistant.library import Library
from assistant.query import DUTY_FIELDS, Field, Operation, Query
from assistant.understanding.topic import points_at_one, without_subjects
from assistant.vocabulary import generic_words

_BODY = r"(?:谁|哪(?:一)?[个家些几]?(?:个|家)?(?:单位|部门|科室|局|口子?|委办)?)"
_DOES = r"(?:负责|管|牵头|抓|主管|主抓|承担|承办|落实|盯|挑头|打头|主办|主责|说了算|做主|拍板|兜底|负总责)"
_WHO = re.compile(
    rf"(?:[区市县镇]里头?|现在|到底|究竟|具体|一般|都|应该|应|该|要|主要|是)*"
    rf"(?:(?:由|归|属|找){_BODY}(?:来|去|在)?(?:具体|主要)?{_DOES}?|{_BODY}(?:来|去|在)?(?:具体|主要)?{_DOES}"
    r"|的?(?:责任|牵头|主管)(?:单位|部门)(?:都|分别)?(?:有|是|包括)?(?:谁|哪[些几个]?[个家]?|什么|啥)?)"
    r"(?:的|着|了|啊|呢|呀)?[?？。]?$"
)
_WORK = re.compile(
    r"(?:的?(?:事儿?|活儿?|问题|工作|任务)|[这那一]+[块条项个件摊](?:事儿?|任务|问题|工作)?|的|治理|整治|管控|防治|监管|管理|处置)+$"
)
_ADDRESS = re.compile(r"^(?:[哎唉喂诶嗯噢]|请问|问下|问一下|话说|那个)+[,，\s]*")
_THING = re.compile(r"[\u4e00-\u9fffa-z\d.]{2,8}")


def thing_in_charge(query: Query) -> str:
    """The thing, as the question calls it; empty where a document is named or something else is asked."""
    if query.named or query.documents is not None or query.refers_back or query.asks_confirmation:
        return ""
    if query.operation is not Operation.LOOK_UP or not query.fields & DUTY_FIELDS - {Field.LEADER}:
        return ""
    if query.units or query.people or query.task_numbers or query.windows:
        return ""
    match = _WHO.search(query.text)
    if match is None:
        return ""
    thing = _WORK.sub("", _ADDRESS.sub("", query.text[: match.start()]))
    is_one = not points_at_one(thing) and thing not in generic_words()
    return thing if is_one and _THING.fullmatch(thing) else ""


_WHOLE = r"(?:督察)?(?:整改|反馈意见)(?:工作|任务|落实|方案)?|(?:这份)?(?:整改)?(?:方案|计划)(?:的)?(?:落实|实施)?"
_WHOLE_LED = re.compile(
    rf"(?:的)?(?:{_WHOLE})?(?:的)?(?:现在|到底|究竟|具体|都|总的|整体|主要|是)*{_BODY}(?:来|去|在)?(?:具体|主要|总)?{_DOES}(?:的)?(?:{_WHOLE})?(?:的|呢|啊)?[?？。]?"
    rf"|(?:的)?(?:{_WHOLE})(?:的)?(?:由|归|属|找){_BODY}(?:来|去|在)?(?:具体|主要)?{_DOES}?(?:的|呢|啊)?[?？。]?"
    rf"|(?:的)?(?:{_WHOLE})(?:的)?(?:总)?(?:责任|牵头|主管|统筹)(?:单位|部门)(?:都|分别)?(?:有|是|包括)?(?:谁|哪[些几个]?[个家]?|什么|啥)?[?？。]?"
)


def whole_in_charge(query: Query, library: Library) -> bool:
    """Whether it is asked who has the lead of all that one document sets, and not of a task: 某区谁牵头整改."""
    if len(query.documents or ()) != 1 or query.refers_back or query.asks_confirmation:
        return False
    if query.operation is not Operation.LOOK_UP or not query.fields & DUTY_FIELDS - {Field.LEADER}:
        return False
    if query.units or query.people or query.task_numbers or query.windows:
        return False
    return _WHOLE_LED.fullmatch(without_subjects(query.text, library).strip()) is not None
