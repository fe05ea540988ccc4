"""Bodies, places, persons and titles that a text names, also ones that no record knows.

A made-up office is recognised by its ending: 区农业局 has to stand in the evidence as 区水务局 would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from assistant.proof.support import Support
from assistant.units import is_abbreviation
from assistant.words import frequency, tagged
from ingest.short_names import is_short_for
from ingest.vocabulary import load_vocabulary
from vectorstore.folding import fold_query

# Endings that hardly anything but a body or a place has, longest first.
_ENDINGS = (
    "人民政府", "街道办事处", "办事处", "委员会", "管委会", "办公室", "领导小组", "工作组", "督察组", "指挥部", "公司", "集团",
    "大队", "支队", "总队", "派出所", "法院", "检察院", "学校", "医院", "开发区", "产业园", "工业园", "示范区", "园区",
    "街道", "水厂", "处理厂", "电厂", "填埋场", "养殖场", "局", "委", "镇", "乡", "村", "厅",
)  # fmt: skip
_BODY = re.compile(
    rf"(?P<level>[省市区县镇])?(?P<stem>[\u4e00-\u9fff]{{2}})(?P<ending>{'|'.join(_ENDINGS)})"
)
# What looks like one and is none: 各镇, 农村, 格局, 有关单位的 …
_NO_BODY = re.compile(
    r"(?:各|全|每|该|本|等|有关|相关|其他|哪个?|这个?|所有|多个|两个|部门|涉及|沿线|属地|对应)[\u4e00-\u9fff]?$"
)
_NO_STEM = frozenset("为由是的和及与在对将把并等被至从向于以按让请归属")
_TITLE = re.compile(r"《([^《》]{2,60})》")
# Where a text says who: whatever stands there is a name, of whatever form.
_NAME_SLOTS = (
    re.compile(
        r"由([\u4e00-\u9fff、]{2,60}?)(?:共同|分别|联合|具体|统筹)*(?:牵头|负责|配合|验收|承办|主办)"
    ),
    re.compile(
        r"(?:牵头|责任|配合|验收|销号|承办|主办)(?:单位|部门)(?:分别|依次)?(?:为|是|:|包括|有)"
        r"([\u4e00-\u9fff、]{2,80})(?=[，。,;；(（]|$)"
    ),
    re.compile(
        r"(?:负责人|责任人|领导|组长|联系人|包保人)(?:分别)?(?:为|是|:|包括|有)"
        r"([\u4e00-\u9fff、]{2,60})(?=[，。,;；(（]|$)"
    ),
)
_NO_NAME = re.compile(r"^(?:各自|其|该|本|上述|以上|有关|相关|谁|哪)|按|分工|[的了]")
_POST_BEFORE = re.compile(
    # 责任人为副县长: the word before the post is no name.
    r"([\u4e00-\u9fff]{1,2}(?![为是由和与及])[\u4e00-\u9fff])(?:同志|副?(?:区长|县长|市长|镇长|局长|书记|主任))"
)
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)


def missing_bodies(text: str, support: Support) -> list[str]:
    """Bodies and places that a folded text names and its support does not."""
    names = support.bare_names
    found = dict.fromkeys((*_bodies(text), *_slotted(text)))
    return [name for name in found if not _stands_in(name, names)]


def _slotted(text: str) -> Iterator[str]:
    """What a text puts where a name belongs, whether or not it looks like one."""
    for slot in _NAME_SLOTS:
        for listed in slot.findall("".join(text.split())):
            names = (
                part for part in re.split(r"、|会同|以及", listed) if not _NO_NAME.search(part)
            )
            yield from (name.removesuffix("等") for name in names if len(name) >= 2)


def _bodies(text: str) -> Iterator[str]:
    for run in re.findall(r"[\u4e00-\u9fff]+", text):
        position = 0
        while match := _BODY.search(run, position):
            name, position = match.group(), match.end()
            level = match["level"] or ""
            stem = match["stem"] + match["ending"]
            if _NO_BODY.search(match["stem"]) or _NO_STEM & set(match["stem"]) or _is_word(stem):
                continue
            yield level + stem if level and name.startswith(level) else stem


def _is_word(stem: str) -> bool:
    """Whether the end of a supposed name is a common word: 大格局, 建设农村."""
    return any(frequency(stem[i:]) > 200 for i in range(len(stem) - 1) if len(stem) - i <= 2)


def _stands_in(name: str, names: str) -> bool:
    if name in names:
        return True
    if any(
        name.endswith(ending) and name.removesuffix(ending) in names and ending in names
        for ending in load_vocabulary("units")["shared"]
    ):
        return True
    parts = re.split("[和及与]", name)
    if len(parts) > 1 and all(len(part) > 1 and part in names for part in parts):
        return True
    levelled = name[0] in "省市区县镇" and len(name) > 3
    bare = name[1:] if levelled else name
    if levelled and re.search(rf"(?<![省市区县镇]){re.escape(bare)}", names):
        return True
    return any(
        is_abbreviation(bare, other) for other in re.findall(_longer(bare[0], bare[-1]), names)
    )


@cache
def _longer(first: str, last: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(first)}[\u4e00-\u9fff]{{2,10}}?{re.escape(last)}")


def missing_titles(text: str, support: Support) -> list[str]:
    """Titles in 《》 that are neither in the evidence nor a cited document's, whole or shortened."""
    bare = support.bare_names
    known = ["".join(fold_query(title).split()) for title in support.titles]
    missing = []
    for title in _TITLE.findall(text):
        asked = "".join(title.split())
        if asked not in bare and not any(_shortens(asked, title) for title in known):
            missing.append(f"《{title}》")
    return missing


def _shortens(short: str, title: str) -> bool:
    """Whether a title was shortened by leaving characters out, its beginning and its kind kept."""
    ends_kept = short[:2] == title[:2] and short[-2:] == title[-2:]
    return ends_kept and is_short_for(short, title)


def missing_people(text: str, support: Support) -> list[str]:
    """Persons that a folded text names and its support does not."""
    names = support.bare_names
    # Who is named in words of the evidence is named there; finding names is dear.
    own = (part for part in _PARTS.split(text) if part not in names)
    found = dict.fromkeys(name for part in own for name in _people(part))
    return [name for name in found if name not in names]


_PARTS = re.compile(r"[，,。；;：:\n]")


# A sentence is checked against one piece of evidence after the other, and answers share their wording.
@lru_cache(maxsize=4096)
def _people(part: str) -> tuple[str, ...]:
    return tuple(_found_people(part))


def _found_people(text: str) -> Iterator[str]:
    yield from (name for name in _POST_BEFORE.findall(text) if name[0] in _SURNAMES)
    for word, tag in tagged(text):
        if tag == "nr" and 2 <= len(word) <= 3 and word[0] in _SURNAMES and frequency(word) < 50:
            yield word
