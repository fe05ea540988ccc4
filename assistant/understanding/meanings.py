"""Whether a question asks what a term of a document stands for: “各镇街”具体指哪几个, 什么叫特护期."""

from __future__ import annotations

import re

_INTERROGATIVE = r"(?:哪(?!天|年|月)|谁|什么(?!时)|啥(?!时)|几个|多少个)"
_ASKED_BEHIND = re.compile(
    r"(?:"
    rf"(?:指|包括|包含|涵盖|涉及|说)(?:的)?(?:是|了|到)?(?:些)?{_INTERROGATIVE}"
    rf"|(?:具体|到底|究竟|都|分别)(?:是|有|算)(?:指)?{_INTERROGATIVE}"
    r"|(?:是)?(?:什么|啥)(?:意思|含义|概念)"
    r"|代表(?:的)?(?:是)?(?:什么|啥)|的?(?:定义|含义|全称)|(?:怎么|咋)讲|作何解|(?:是)?干(?:嘛|什么|啥)(?:用)?的"
    r"|是(?:哪)[二三四五六七八九十\d]+(?:化|样|类|种|个|项|条)?"
    r"|(?:怎么|如何|咋|怎样)(?:才|就)?(?:能|可以)?(?:个)?(?:界定|定义|理解|解释|算|认定)"
    r"|(?:具体|到底|究竟)?(?:是|指|算)?从?哪[天日月年].{0,4}(?:到|至)哪"
    r"|(?:具体|到底|究竟)?指(?:的)?(?:是)?(?:哪段|什么时[候间段]|啥时候|几月|哪几个月)"
    r")"
)
_BEFORE = (
    r"(?:什么|啥|怎么|怎样|如何|咋|多[大长深宽高少久])(?:样)?(?:的)?[^,，。;；?？]{0,4}?(?:才|就)?(?:能|可以|会)?"
    r"(?:叫|是|算|够得上|称得上|算得上|[定认判称归]为|[判认]定为)(?:得上|是|做|作)?"
)
# 什么是甲 and 解释一下甲; 甲是什么 asks it of what stands right before it.
_EXPLAINED = r"(?:何谓|何为|解释(?:一下|下)?(?:什么叫|什么是|啥叫)?)[“\"「]?"
_ASKED_RIGHT_BEHIND = re.compile(
    r"[”\"」]?(?:这个?词|一词)?(?:究竟|到底|具体)?(?:是|指)(?:个|些)?(?:什么|啥)(?:东西|玩意儿?|名堂|(?:的)?(?:缩写|简称))?[啊呀呢]?(?=[,，。?？!！]|$)"
)
_ASKED_BEFORE = re.compile(rf"(?:{_BEFORE}[“\"「]?|{_EXPLAINED})$")
_ASKED_SOMEHOW = re.compile(
    f"{_ASKED_BEHIND.pattern}|{_BEFORE}|{_EXPLAINED}|{_ASKED_RIGHT_BEHIND.pattern}"
)
_BETWEEN = re.compile(r"[^。;；?？]{0,8}")
_QUOTED = re.compile(r"[“\"「]([^”\"」]{2,16})[”\"」]")
_SHORTEST = 2


def asks_some_meaning(text: str) -> bool:
    """Whether a folded question may ask what any term means."""
    return _ASKED_SOMEHOW.search(text) is not None


def asks_meaning(text: str, term: str) -> bool:
    """Whether a folded question asks what a term means.

    It may leave out that all of a kind are meant (镇街), and of a term that it quotes the end (“大型” of 大型水体).
    """
    quoted = (one for one in _QUOTED.findall(text) if term.startswith(one))
    for name in dict.fromkeys((term, term.removeprefix("各"), *quoted)):
        at = text.find(name) if len(name) >= _SHORTEST else -1
        if at < 0:
            continue
        end = at + len(name)
        if _ASKED_BEFORE.search(text[:at]) or _ASKED_RIGHT_BEHIND.match(text, end):
            return True
        behind = _ASKED_BEHIND.search(text, end)
        if behind and _BETWEEN.fullmatch(text[end : behind.start()]):
            return True
    return False
