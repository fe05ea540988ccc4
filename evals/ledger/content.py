"""What a made-up plan says: bodies, persons, issues, measures. Nothing here knows how it will be written down.

The words are the genre's, not the parser's: no list of `ingest/vocabulary` is read here, or a label that the parser
does not know could never show.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from evals.ledger.expected import Limit
from evals.ledger.phrases import labelled_limit, running_limit

PLACES = ("白河", "丁香", "石桥", "青云", "南塘", "双柳", "洪山口", "东营子", "龙潭", "沙坪坝")
BODIES = (
    "水务局", "水利局", "住房和城乡建设局", "住建局", "生态环境局", "城市管理局", "城市管理综合执法局", "工业和信息化局",
    "农业农村局", "农业农村委", "自然资源和规划局", "发展和改革委员会", "发展改革委", "交通运输局", "卫生健康委", "市场监督管理局",
    "市场监管局", "公安局", "公安局交警大队", "商务局", "财政局", "应急管理局", "行政审批局", "气象局", "供销合作社",
    "林业和草原局", "文化旅游局", "教育体育局", "政府办公室", "委宣传部", "委督查室", "纪委监委", "机关事务服务中心",
    "综合行政执法大队", "河湖管理中心", "城市建设投资集团有限公司", "自来水公司", "供电公司", "人民法院", "税务局",
)  # fmt: skip
LOCAL_BODIES = (
    "环保办", "农业办", "建管站", "综合执法队", "党政办公室", "经济发展办公室", "农业综合服务中心", "市容环卫中心", "派出所",
)  # fmt: skip
GROUPS = (
    "各镇人民政府、街道办事处", "各乡镇人民政府", "各镇（街道）", "相关镇街", "各有关部门", "各村（社区）", "有关企业",
    "各镇人民政府、街道办事处、园区", "各成员单位", "属地镇政府", "县直有关部门", "各相关单位",
)  # fmt: skip
SURNAMES = ("王", "李", "赵", "钱", "刘", "欧阳", "司马", "黎")
GIVEN = ("建国", "志远", "红", "玉兰", "晓", "海军", "伟", "丹")
POSTS = ("副县长", "县委常委、副县长", "县委副书记", "党组书记、局长")


@dataclass(frozen=True, slots=True)
class Bodies:
    """A list of units as written, and the full names it means."""

    written: str
    full: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    written: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """What is to be done, with the limits that its words state and the units that stand behind it."""

    text: str
    limits: tuple[Limit, ...]
    units: Bodies | None
    progress: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What one issue says; a role that is not among `units` is not mentioned."""

    title: str
    problem: str
    target: str
    people: People | None
    units: dict[str, Bodies]
    limit: Limit | None
    status: str
    actions: tuple[Action, ...] = ()
    done: str = ""
    """A status written where the time limit belongs: 整改时限：已完成."""
    yearless: bool = False
    """Whether its dates leave out the year."""


def some(chance: Random, of: Sequence[str], most: int, least: int = 1) -> list[str]:
    """A few of several words, each once."""
    return chance.sample(list(of), chance.randint(least, min(most, len(of))))


def bodies(chance: Random) -> Bodies:
    """One to three stretches of a list of units: single bodies, places with a shared ending, a group, a renamed body."""
    level = chance.choice(("县", "区", "市", ""))
    stretches: list[tuple[str, tuple[str, ...]]] = []
    kinds = ("one", "one", "one", "shared", "group", "former", "local")
    for kind in dict.fromkeys(chance.choice(kinds) for _ in range(chance.randint(1, 3))):
        stretches.append(_STRETCHES[kind](chance, level))
    between = chance.choice(("，", "、", "；", "、", "，"))
    groups = [one for one in stretches if one[1][0] == one[0] and "、" in one[0]]
    if groups or any(kind in "各相有" for one in stretches for kind in one[0][0]):
        between = "，"  # What follows a group after 、 might belong to it.
    if between == "、" and any("、" in one[0] for one in stretches) and chance.random() < 0.5:
        between = "，"
    full = tuple(dict.fromkeys(name for one in stretches for name in one[1]))
    return Bodies(between.join(one[0] for one in stretches), full)


def _single(chance: Random, level: str) -> tuple[str, tuple[str, ...]]:
    names = tuple(f"{level}{one}" for one in some(chance, BODIES, 4))
    mark = chance.choice(("、", "、", "、", "，"))
    if len(names) == 2 and chance.random() < 0.15:
        mark = chance.choice(("和", "及", "以及"))
    others = (
        chance.choice(("等单位", "等部门", "等相关单位"))
        if len(names) > 1 and chance.random() < 0.08
        else ""
    )
    return mark.join(names) + others, names


def _shared(chance: Random, _level: str) -> tuple[str, tuple[str, ...]]:
    places = some(chance, PLACES, 4, 2)
    kind, ending = chance.choice((
        ("镇", "人民政府"), ("乡", "人民政府"), ("街道", "办事处"), ("镇", "党委"), ("街道", "党工委"),
    ))  # fmt: skip
    return f"{'、'.join(f'{one}{kind}' for one in places)}{ending}", tuple(
        f"{one}{kind}{ending}" for one in places
    )


def _group(chance: Random, _level: str) -> tuple[str, tuple[str, ...]]:
    name = chance.choice(GROUPS)
    return name, (name,)


def _former(chance: Random, _level: str) -> tuple[str, tuple[str, ...]]:
    now, before = some(chance, PLACES, 2, 2)
    kind = chance.choice(("园区管委会", "经济开发区管委会", "工业园", "镇人民政府"))
    word = chance.choice(("原", "原", "曾用名"))
    return f"{now}{kind}（{word}{before}{kind}）", (f"{now}{kind}",)


def _local(chance: Random, _level: str) -> tuple[str, tuple[str, ...]]:
    names = tuple(some(chance, LOCAL_BODIES, 3))
    return "、".join(names), names


_STRETCHES = {
    "one": _single,
    "shared": _shared,
    "group": _group,
    "former": _former,
    "local": _local,
}


def people(chance: Random) -> People:
    """One or two persons, some with a post, some names of two characters padded as in a signature."""
    names = tuple(
        dict.fromkeys(
            chance.choice(SURNAMES) + chance.choice(GIVEN) for _ in range(chance.randint(1, 2))
        )
    )
    style = chance.choice(("plain", "plain", "plain", "post before", "post behind", "bracket"))
    written = [
        {
            "plain": name,
            "post before": f"{chance.choice(POSTS[:1])}{name}",
            "post behind": f"{name}{chance.choice(('副县长', '局长', '书记'))}",
            "bracket": f"{name}（{chance.choice(POSTS)}）",
        }[style]
        for name in names
    ]
    return People(chance.choice(("、", "、", "，")).join(written), names)


def title(chance: Random) -> str:
    """An issue: what is wrong, or what is to be done, with brackets and quotation marks here and there."""
    place = chance.choice(PLACES)
    thing = chance.choice((
        "湖", "片区", "河道", "“四小”企业", "街道（东段）", "镇污水处理厂", "断面", "工业园区（二期）", "入河排口", "《水污染防治法》落实",
    ))  # fmt: skip
    wrong = chance.choice((
        "污水直排", "扬尘管控不严", "油烟扰民", "垃圾清运不及时", "水质不稳定", "监管缺位、执法偏软", "整改进展滞后", "底数不清",
        "“回潮”问题突出", "运行不正常",
    ))  # fmt: skip
    return f"{place}{thing}{wrong}"


def problem(chance: Random) -> str:
    """A description in one to three sentences, with past dates and figures that are no limits."""
    sentences = (
        "督察发现，{place}沿线仍有{n}处排口未完成溯源，部分污水直排入河",
        "2025年{m}月现场检查时，{place}有{n}家企业未落实“六个百分之百”要求（其中{n}家多次被通报）",
        "日常巡查流于形式，台账记录不全，群众反映强烈",
        "2025年以来，{place}断面水质同比下降{n}%，个别月份为劣Ⅴ类",
        "有的部门对《固体废物污染环境防治法》学习不深，监管存在盲区",
    )
    chosen = chance.sample(sentences, chance.randint(1, 3))
    return (
        "；".join(chosen[:-1] + chosen[-1:]).format(
            place=chance.choice(PLACES), n=chance.randint(2, 40), m=chance.randint(1, 12)
        )
        + "。"
    )


def target(chance: Random) -> str:
    return chance.choice((
        "消除污水直排", "扬尘污染得到有效管控，投诉量下降30%", "建立健全长效机制", "断面水质稳定达到Ⅲ类",
        "完成{}公里管网改造，实现雨污分流", "确保“散乱污”企业动态清零", "污水集中收集率达到{}%以上；不再出现直排",
    )).format(chance.randint(5, 95))  # fmt: skip


STATUSES = (
    "目前已完成", "已整改完成", "正在推进", "已完成整改并通过验收", "正在推进，已完成总工程量的60%", "已完成，长期坚持",
    "截至2026年1月底，已完成管网铺设2公里", "尚未启动", "基本完成，正在验收", "整改中",
)  # fmt: skip


PROGRESS = (
    "目前已完成{}处", "截至2026年1月底，已完成总工程量的{}%", "目前正在推进前期工作", "该项工作已整改完成",
    "目前，{}家企业均已完成整改", "正在办理用地手续",
)  # fmt: skip
DONE = ("已完成", "已整改完成", "已于2025年12月完成", "已办结")


def action(
    chance: Random, signed: dt.date, *, with_units: bool, with_limit: bool, yearless: bool
) -> Action:
    """A measure in one or two sentences; some mention figures, titles and frequencies, which are no limits."""
    deed = chance.choice((
        "清理{place}沿线积存垃圾", "封堵{place}入河排口{n}处", "改造{place}片区雨污管网{n}.5公里", "对{place}工业园区企业逐一排查",
        "开展“绿盾”专项行动", "修订《{place}河道管理办法（试行）》", "落实“一口一策（试行）”，整治{place}排口", "新建污水处理站{n}座，总规模{n}00吨/日",
        "建立巡查台账，每日巡查、每周通报", "督促{n}家企业安装油烟净化设施",
    )).format(place=chance.choice(PLACES), n=chance.randint(2, 30))  # fmt: skip
    limits: tuple[Limit, ...] = ()
    if with_limit:
        limit = running_limit(chance, signed, yearless=yearless)
        limits = (limit,)
        done = chance.choice(("完成整改", "完成", "全面完成"))
        deed = _placed(deed, limit, done, in_front=chance.random() < 0.6)
    heading = chance.choice(("强化日常监管。", "加快工程建设。", "压实工作责任。", "", "", ""))
    further = chance.choice((
        "",
        "",
        "；同步完善台账，实行销号管理",
        "，确保问题不反弹",
        "。对发现的问题，依法查处",
    ))
    units = bodies(chance) if with_units else None
    if chance.random() < 0.12:
        report = chance.choice(PROGRESS).format(chance.randint(2, 90))
        return Action(f"{heading}{deed}{further}。{report}。", limits, units, (report,))
    return Action(f"{heading}{deed}{further}。", limits, units)


def _placed(deed: str, limit: Limit, done: str, *, in_front: bool) -> str:
    if in_front:
        return f"{limit.phrase}{done}，{deed}" if limit.soft else f"{limit.phrase}，{deed}，{done}"
    return f"{deed}，{limit.phrase}{done}"


def facts(chance: Random, signed: dt.date) -> Facts:
    """One issue of a task list."""
    roles = (
        ["lead", "responsible"]
        if chance.random() < 0.7
        else [chance.choice(("lead", "responsible"))]
    )
    roles += [role for role in ("cooperating", "acceptance") if chance.random() < 0.4]
    own_units, own_limits = chance.random() < 0.6, chance.random() < 0.6
    yearless = chance.random() < 0.3
    actions: dict[str, Action] = {}
    for _ in range(chance.randint(1, 4)):
        one = action(
            chance,
            signed,
            with_units=own_units and chance.random() < 0.8,
            with_limit=own_limits and chance.random() < 0.6,
            yearless=yearless,
        )
        actions.setdefault(one.text, one)
    done = chance.choice(DONE) if chance.random() < 0.08 else ""
    return Facts(
        title=title(chance),
        problem=problem(chance) if chance.random() < 0.6 else "",
        target=target(chance) if chance.random() < 0.8 else "",
        people=people(chance) if chance.random() < 0.6 else None,
        units={role: bodies(chance) for role in roles},
        limit=labelled_limit(chance, signed, yearless=yearless)
        if chance.random() < 0.9 and not done
        else None,
        status=chance.choice(STATUSES) if chance.random() < 0.25 and not done else "",
        actions=tuple(actions.values()),
        done=done,
        yearless=yearless,
    )
