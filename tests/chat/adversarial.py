"""True sentences in words of their own, and small falsifications of them: kinds that read well and mean otherwise.

The sentences come from the text of documents and from the ledger. Each falsification changes one thing; what it
changes is certain to be false, because the evidence says the opposite or says nothing of it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.library import task_units
from ingest.records import ParsedDocument, Task

SEED = 20250707


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence about a document: how it was made (`kind`), what one would ask, and the words it is about."""

    document: str
    kind: str
    question: str
    text: str
    source: str


# Words for words, and figures for figures, that change no meaning.
_SAME = (
    ("同比上涨", "同比上升"),
    ("提升至", "提高到"),
    ("位居", "位列"),
    ("共计", "合计"),
    ("截至目前", "到目前为止"),
    ("均已", "都已"),
    ("立即", "马上"),
    ("排查整治", "排查和整治"),
    ("建设工程", "建设项目"),
    ("加快推进", "加快"),
    (r"不足(?=\d)", "不到"),
    ("禁止", "严禁"),
    ("微克/立方米", "μg/m3"),
    ("吨/日", "吨/天"),
    (r"(?<=\d)年底前", "年12月31日前"),
)
_NUMBERING = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、是]|\d{1,2}[.．、])\s*"
)
_ASIDE = re.compile(
    r"[（(](?:责任|牵头|配合)(?:单位|部门)[^（()）]*[)）]|[（(][^（()）]*(?:办|站|村)[)）]"
)
_CLAUSES = re.compile(r"(?<=[，,；;])")


def true_claims(documents: Sequence[ParsedDocument]) -> list[Claim]:
    """Paraphrases of sentences with figures or limits, and of what the ledger holds of each task."""
    claims = [one for parsed in documents for one in _of_text(parsed)]
    claims += [
        one for parsed in documents for task in parsed.tasks for one in _of_task(parsed, task)
    ]
    random.Random(SEED).shuffle(claims)
    return claims


def _of_text(parsed: ParsedDocument) -> Iterator[Claim]:
    region = parsed.source.region
    for passage in parsed.passages:
        for sentence in passage.sentences:
            said = _ASIDE.sub("", _NUMBERING.sub("", sentence.quote.strip())).rstrip("。；;,， ")
            if (
                not 18 <= len(said) <= 110
                or "\n" in said
                or re.match("关于|联系|附件|整改时限|责任|来源|牵头|验收", said)
            ):
                continue
            if re.search(r"\d|不得|禁止|全部|所有|各", said) and _says_something(said):
                about = re.split("[，,]", said)[0][:24]
                source = sentence.quote
                yield Claim(
                    parsed.source.path,
                    "text",
                    f"{region}{about}的情况是什么？",
                    _reworded(said),
                    source,
                )


def _says_something(said: str) -> bool:
    return bool(re.search(r"[\u4e00-\u9fff]{6}", said)) and said.count("“") == said.count("”")


def _reworded(text: str) -> str:
    for written, other in _SAME:
        # Titles and quotations stay as they are.
        text = re.sub(f"{written}(?![^《“]*[》”])", other, text, count=1)
    return re.sub(r"^(?:整改)?目标[:：]", "目标是", text)


def _of_task(parsed: ParsedDocument, task: Task) -> Iterator[Claim]:
    path, title = parsed.source.path, re.split("[，。；,]", task.title.quote)[0].strip()
    if not task.labelled or not 6 <= len(title) <= 40 or title[0].isdigit():
        return
    about = f"{parsed.source.region}{title}的牵头单位、责任单位、责任领导和整改时限各是什么？"

    def claim(text: str) -> Claim:
        return Claim(path, "record", about, text, task.span.quote)

    if task.lead_units and not task.lead_units[0].group:
        yield claim(f"牵头解决“{title}”问题的是{task.lead_units[0].name}")
    if task.leaders:
        yield claim(f"{task.leaders[0].name}是“{title}”问题的责任领导")
    if task.deadline is not None and task.deadline.phrase.quote.strip():
        yield claim(f"“{title}”问题要求在{task.deadline.phrase.quote.strip()}完成整改")


# --- falsifications -----------------------------------------------------------------------------------

_Falsify = Callable[[Claim, "World", random.Random], str]


@dataclass(frozen=True, slots=True)
class World:
    """What else the documents say, to put in the wrong place."""

    tasks: dict[str, tuple[Task, ...]]
    subjects: dict[str, tuple[str, ...]]


def _world(documents: Sequence[ParsedDocument], claims: Sequence[Claim]) -> World:
    subjects: dict[str, list[str]] = {}
    for claim in claims:
        found = _SUBJECT.match(claim.text)
        if found and claim.kind == "text":
            subjects.setdefault(claim.document, []).append(found.group())
    return World(
        {parsed.source.path: parsed.tasks for parsed in documents},
        {path: tuple(sorted(set(names))) for path, names in subjects.items()},
    )


_SUBJECT = re.compile(
    r"[\u4e00-\u9fffA-Za-z.\d]{2,14}(?:率|浓度|降尘量|规模|能力|比例|处理厂|处理站|企业|站|局|大队|镇|街道)"
    r"(?=达到|提高到|为|控制在|保持在|共有|已|完成|启动|负责|新建|新增)"
)
_FIGURE = re.compile(
    r"(?<![\d.])\d+(?:\.\d+)?(?=(?:余)?(?:万|亿)?(?:吨|家|个|座|处|台|%|公里|亩|项|微克|μg|人|条|辆|蒸吨|立方米|平方))"
)


def _put(*words: tuple[str, str]) -> _Falsify:
    """The first of some words that the sentence has, with its opposite in its place."""

    def falsify(claim: Claim, _world: World, _chance: random.Random) -> str:
        for pattern, opposite in words:
            if found := re.search(pattern, claim.text):
                return claim.text[: found.start()] + opposite + claim.text[found.end() :]
        return claim.text

    return falsify


def _swapped_figures(claim: Claim, _world: World, _chance: random.Random) -> str:
    """Two figures of one unit in each other's place."""
    places = [
        (m.start(), m.end(), m.group(), claim.text[m.end()]) for m in _FIGURE.finditer(claim.text)
    ]
    for i, (start, end, figure, unit) in enumerate(places):
        for start2, end2, figure2, unit2 in places[i + 1 :]:
            if unit == unit2 and figure != figure2 and "、" not in claim.text[end:start2]:
                text = claim.text
                return text[:start] + figure2 + text[end:start2] + figure + text[end2:]
    return claim.text


def _ten_thousand(claim: Claim, _world: World, _chance: random.Random) -> str:
    if found := re.search(r"(\d)万(?=[吨元人亩平立])", claim.text):
        return claim.text[: found.end() - 1] + claim.text[found.end() :]
    if found := _FIGURE.search(claim.text):
        return claim.text[: found.end()] + "万" + claim.text[found.end() :]
    return claim.text


def _points(claim: Claim, _world: World, _chance: random.Random) -> str:
    if "百分点" in claim.text:
        return re.sub("个?百分点", "%", claim.text, count=1)
    return re.sub(r"(?<=\d)%", "个百分点", claim.text, count=1)


def _added(*phrases: str) -> _Falsify:
    def falsify(claim: Claim, _world: World, chance: random.Random) -> str:
        return f"{claim.text}，{chance.choice(phrases)}"

    return falsify


def _other_subject(claim: Claim, world: World, chance: random.Random) -> str:
    """The figure of one thing said of another of the same document."""
    found = _SUBJECT.match(claim.text)
    if claim.kind != "text" or found is None or not re.search(r"\d", claim.text[found.end() :]):
        return claim.text
    others = [
        one for one in world.subjects.get(claim.document, ()) if not _share(one, found.group())
    ]
    return chance.choice(others) + claim.text[found.end() :] if others else claim.text


def _share(one: str, other: str) -> bool:
    return any(one[i : i + 2] in other for i in range(len(one) - 1))


def _other_limit(claim: Claim, world: World, chance: random.Random) -> str:
    """The limit of another task of the same document."""
    found = re.search(r"要求在(.+)完成整改$", claim.text)
    if found is None:
        return claim.text
    limits = {
        task.deadline.phrase.quote.strip()
        for task in world.tasks[claim.document]
        if task.deadline is not None and task.deadline.latest is not None
    }
    others = sorted(one for one in limits if _year_month(one) != _year_month(found[1]))
    others = [one for one in others if one not in claim.source]
    return claim.text.replace(found[1], chance.choice(others)) if others else claim.text


def _year_month(limit: str) -> str:
    return "".join(re.findall(r"\d+", limit.replace("底", "12")))


def _other_role(claim: Claim, world: World, chance: random.Random) -> str:
    """A body that is only responsible as the one that leads."""
    if not claim.text.startswith("牵头解决"):
        return claim.text
    task = next(t for t in world.tasks[claim.document] if t.span.quote == claim.source)
    leading = {unit.name for unit in task.lead_units}
    others = [u.name for u in task_units(task) if u.name not in leading and not u.group]
    others = [one for one in others if not any(one in lead or lead in one for lead in leading)]
    head, _, _ = claim.text.rpartition("的是")
    return f"{head}的是{chance.choice(others)}" if others else claim.text


def _cooperates(claim: Claim, _world: World, _chance: random.Random) -> str:
    return claim.text.replace("牵头解决", "配合解决", 1)


def _other_leader(claim: Claim, world: World, chance: random.Random) -> str:
    """The person in charge of another task."""
    if not claim.text.endswith("的责任领导"):
        return claim.text
    name = claim.text.partition("是“")[0]
    people = {p.name for task in world.tasks[claim.document] for p in task.leaders}
    others = sorted(one for one in people if one not in claim.source)
    return claim.text.replace(name, chance.choice(others), 1) if others else claim.text


def _later(claim: Claim, _world: World, _chance: random.Random) -> str:
    """Before a day turned into after it, and the end of a year into its middle."""
    for written, put in (("底前", "底后"), ("日前", "日后"), ("年底", "年年中"), ("月前", "月后")):
        if written in claim.text and not claim.text.startswith(written):
            return claim.text.replace(written, put, 1)
    return claim.text


FALSIFICATIONS: tuple[tuple[str, _Falsify], ...] = (
    ("swapped figures", _swapped_figures),
    ("negation", _put(("不得", "可以"), ("严禁|禁止", "允许"), ("未发现", "发现"), ("(?<!未)发现", "未发现"),
                      ("未经", "经"), ("(?<![已未])经(?=市|县|区|省)", "未经"), ("不再", "继续"), ("没有", "具有"),
                      ("未(?=按|安装|配套|落实|达|建立|开展)", ""), ("不规范", "规范"))),
    ("least and most", _put(("不少于", "不超过"), ("不低于", "不高于"), ("至少", "至多"), (r"(?<!不)超过(?=\d)", "不到"),
                            (r"不到(?=\d)", "超过"), ("不超过", "不少于"))),
    ("above and below", _put(("及以上", "以下"), ("及以下", "以上"), ("以下", "以上"), ("以内", "以上"), ("优于", "劣于"),
                             ("高于", "低于"), ("低于", "高于"))),
    ("up and down", _put(("上升", "下降"), ("提高(?=到|至)", "降低"), ("增加", "减少"), ("扩大", "缩小"), ("改善", "恶化"),
                         ("下降", "上升"), ("减少", "增加"), ("恶化", "改善"))),
    ("done", _put(("[都均]已(?=完成|整改)", "均未"), ("已全部完成", "尚未完成"), ("已(?=完成|建成|整改|落实|修复)", "未"),
                  ("未(?=完成|建成)", "已"))),
    ("planned as done", _put(("计划(?=20)", "已于"), ("预计(?=20)", "已于"), ("力争", "已经"), ("计划于", "已于"))),
    ("points", _points),
    ("period", _put(("累计", "每年"), ("年均", "日均"), ("每季度", "每月"), ("每年", "每季度"), ("每月", "每年"), ("同比", "环比"),
                    ("全年", "上半年"), ("合计", "平均"), ("每[日天]", "每周"))),
    ("measure", _put((r"(?<=[\d万])亩", "公顷"), (r"(?<=\d)公里", "米"), ("万吨", "万公斤"), ("μg", "毫克"), ("平方米", "平方公里"),
                     ("立方米", "升"), (r"(?<=\d万)元", "美元"), (r"(?<=\d)台", "个月"), (r"(?<=\d)家", "公里"), ("蒸吨", "吨"))),
    ("extent", _put(("全部", "部分"), ("所有", "少数"), ("全区", "城区"), ("全市", "市区"), ("各(?=镇|乡|县|街|有关)", "个别"),
                    ("全面", "部分"), ("部分", "全部"))),
    ("hedge", _put(("力争", "确保"), ("基本(?=完成|建成|消除|得到|实现)", "彻底"), (r"约(?=\d)", "恰好"), (r"预计(?=\d)", ""), ("余(?=家|个|座|万|人)", ""))),
    ("ten thousand", _ten_thousand),
    ("cause", _added("主要原因是资金不到位", "原因在于机构改革后人员减少", "这是由于企业拒不配合", "系疫情影响施工所致")),
    ("detail", _added("并由省级财政全额出资", "已通过上级验收", "受到生态环境部表扬", "群众满意度明显提高", "逾期将予以约谈")),
    ("subject", _other_subject),
    ("other limit", _other_limit),
    ("role", _other_role),
    ("cooperates", _cooperates),
    ("leader", _other_leader),
    ("later", _later),
)  # fmt: skip


def false_claims(
    documents: Sequence[ParsedDocument], claims: Sequence[Claim], most_of_a_kind: int
) -> list[Claim]:
    """Falsifications of true claims, so many of each kind as can be made."""
    chance = random.Random(SEED)
    world = _world(documents, claims)
    made = []
    for kind, falsify in FALSIFICATIONS:
        found = (
            Claim(one.document, kind, one.question, text, one.source)
            for one in claims
            if (text := falsify(one, world, chance)) != one.text
        )
        made += [one for one, _ in zip(found, range(most_of_a_kind), strict=False)]
    return made
