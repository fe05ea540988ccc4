"""Things that a text mentions or counts without listing them, while the question asks for each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.library import Library
from assistant.query import Query
from assistant.search import Found
from assistant.vocabulary import asks
from assistant.words import chinese_pairs, pairs
from ingest.numerals import parse_number

_COUNTERS = "家台辆个处座户名位起件宗条类项批所种"
_NUMERAL = "[一二两三四五六七八九十百千\\d]+"
_ENUMERATED = re.compile(r"[“\"']([^”\"']{2,12})[”\"']")
_ASKS_LIST = re.compile("名单|都是谁")
_ASKS_MEMBERS = re.compile(
    r"(?:有|是|指|包括|分)(?:的是)?哪[几两三四五六七八九十]?(?:类|个|项|条|种|方面)|(?:有|是|指|包括)(?:的是)?哪些|哪[几两三四五六七八九十](?:类|个|项|条|种)[“”]|分别是|具体是什么|包括什么|指什么|里(?:头|面)?.{0,2}哪"
)
# 那58家低效工艺的家具厂名单; 26台机械，分别是哪几个工地的; 9家要关停的是哪几家
_COUNTED = re.compile(
    # 五个百分之百 counts nothing.
    rf"(?P<number>{_NUMERAL})(?P<counter>[{_COUNTERS}])(?!百分)(?P<noun>[\u4e00-\u9fff]{{0,2}})"
)
_ONE_BY_ONE = re.compile(
    rf"名单|花名册|名录|名字(?:都|全|一个个|挨个|逐个)|(?:一个个|挨个|逐个|逐一)(?:地)?(?:给|报|念|列|说|点)|(?:分别|都|各|具体)(?:是|有|叫|在)?(?:哪(?![年月天日])|(?:什么|啥)(?!时)|谁)|(?:是|有)哪(?:几|些|{_NUMERAL})[{_COUNTERS}]|叫(?:什么|啥)"
)
_ITS_NAME = re.compile("叫(?:什么|啥)")
_NAMED_ONE = re.compile(r"[\u4e00-\u9fff]{0,10}[（(:：“]")
_NEXT_CLAUSE = re.compile("[。；;?？!！]")
_ITEM = re.compile(r"一是|[(（①②]?[1一①][)）.．、]")
_NEAREST = 6
_ASKS_MEMBER = re.compile(
    rf"(?P<counted>(?P<number>{_NUMERAL})(?P<counter>[{_COUNTERS}口眼棵])[\u4e00-\u9fff]{{1,6}}?)(?:里头?|里面|当中|之中|中)(?:,|，)?"
    r"(?:有没有|有无|有|包不包括|含不含|是不是有|包括)(?P<member>[\u4e00-\u9fff]{2,8}?)(?:吗|么|没有?|这[家个条处])?(?:[?？,，。]|$)"
)
# 3家：甲、乙、丙; 3家（甲、乙、丙）
_LISTED_BEHIND = re.compile(r"[\u4e00-\u9fff]{0,8}[:：（(][^。；;]{0,60}、")


def unlisted_term(query: Query, library: Library) -> str:
    """A quoted term whose members are asked for, but which the documents only mention; empty where none is."""
    for match in _ENUMERATED.finditer(query.text):
        if query.status is not None and asks("operations", query.status.value, match.group(1)):
            continue  # a state of tasks, which records answer
        around = _around(query.text, match)
        if not (_ASKS_LIST.search(query.text) or _ASKS_MEMBERS.search(around)):
            continue
        term = match.group(1)
        places = [
            sentence
            for parsed in library.within(query.documents)
            for _, sentence in library.folded_sentences(parsed.source.path)
            if term in sentence
        ]
        if places and not any(_enumerates(term, text) for text in places):
            return str(term)
    return ""


def only_counted(query: Query, found: Sequence[Found]) -> str:
    """What the best sentences only count (剩余2个问题) while each of it is asked for; empty where none does."""
    for asked in _COUNTED.finditer(query.text):
        rest = _NEXT_CLAUSE.split(query.text[asked.end("counter") :], maxsplit=1)[0]
        number = parse_number(asked["number"])
        one_by_one = _ITS_NAME if number == 1 else _ONE_BY_ONE
        if number is None or not one_by_one.search(rest):
            continue
        counted = [
            (one, match)
            for one in found[:_NEAREST]
            for match in _COUNTED.finditer(one.span.quote)
            if parse_number(match["number"]) == number and match["counter"] == asked["counter"]
        ]
        if counted and not any(_lists(one, match, number) for one, match in counted):
            return counted[0][1].group()
    return ""


def unlisted_member(query: Query, library: Library) -> str:
    """What is counted and not listed, where a question asks whether something is of it that no document names.

    41条巷子里有没有槐花巷; empty where the things are listed, or where what is asked for stands somewhere.
    """
    match = _ASKS_MEMBER.search(query.text)
    text = library.folded(query.documents)
    own = chinese_pairs(match["member"]) - pairs(match["counted"]) if match else set()
    if match is None or own & pairs(text):
        return ""
    number = parse_number(match["number"])
    counted = re.compile(rf"(?P<number>{_NUMERAL})(?P<counter>{match['counter']})(?!以|之)")
    said = [
        one
        for parsed in library.within(query.documents)
        for one in counted.finditer(parsed.source.text)
        if parse_number(one["number"]) == number
    ]
    return match["counted"] if said and not any(map(_stands_by_its_list, said)) else ""


def _stands_by_its_list(counted: re.Match[str]) -> bool:
    """Whether the things counted are named around their number: 3家：甲、乙、丙; 甲、乙等3家."""
    text = counted.string
    before = text[: counted.start()].endswith(("等", "共", "这"))
    return before or _LISTED_BEHIND.match(text, counted.end()) is not None


def _lists(one: Found, counted: re.Match[str], number: int) -> bool:
    """Whether the things counted are named beside their number: 甲、乙、丙等3家; 3家：甲、乙、丙; 一是….

    What follows the sentence counts as well: the items of a list stand in lines of their own.
    """
    if number == 1:
        return _NAMED_ONE.match(one.span.quote[counted.end("counter") :]) is not None
    least = min(number - 1, 2)
    quote, text = one.span.quote, one.source.text
    before = re.split("[。；;，,]", quote[: counted.start()])[-1]
    after = quote[counted.end("counter") :]
    joints = "[、和及与]" if number == 2 else "、"
    if any(_named(joints, part) > least for part in (before, *re.split("[。；;，,]", after)[:2])):
        return True
    return bool(_ITEM.search(after) or _ITEM.match(text[one.span.end :].lstrip("。；;：:\n 　")))


def _named(joints: str, text: str) -> int:
    """How many things a text joins, without those that are counted themselves: 关停9家、整合12家."""
    return sum(not _COUNTED.search(part) for part in re.split(joints, text))


def _around(text: str, match: re.Match[str]) -> str:
    """What a clause says right before and right after a quoted term, as far as the next punctuation."""
    before = re.split(r"[,，。;；?？]", text[: match.start()])[-1]
    after = re.split(r"[,，。;；?？]", text[match.end() :], maxsplit=1)[0]
    return f"{before[-6:]}“”{after[:10]}"


def _enumerates(term: str, text: str) -> bool:
    """Whether a sentence goes on from the term to its members: 四类问题：…、… or 一是…."""
    after = re.split("[,，。;；]", text[text.find(term) + len(term) :])[0]
    if re.match(r"[”\"']?(?:\(|:|包括|是?指(?![导挥定标])|即|分别|为)", after):
        return True
    # 各镇街对市场、商铺… goes on with what they do.
    return not term.startswith("各") and after.count("、") >= 2
