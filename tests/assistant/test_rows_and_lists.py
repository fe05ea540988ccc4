"""Questions that filter records and rows: by the level of a body, by what was closed, by a bound, by a common name.

The ledger, the list of tasks and the notice are made up; what is expected was worked out by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import offices
import pytest
from offices import opened

from assistant.answer import Answer
from assistant.understanding.body_kinds import asked_body_kinds
from assistant.understanding.both_ways import asked_plainly
from assistant.understanding.meanings import asks_meaning
from assistant.understanding.row_bounds import bound_asked
from assistant.understanding.sister_tasks import together_asked

TODAY = dt.date(2026, 6, 3)
Ask = Callable[[str], Answer]

LEDGER = """槐阳区突出生态环境问题整改台账（2026年5月31日更新）
填报单位：槐阳区督察整改办
序号|问题来源|问题简述|整改措施|牵头单位|责任领导|配合单位|完成时限|目前状态|验收单位|备注
1|省级督察|渭东洗煤厂煤泥入河|封闭煤场，清理煤泥|区工信局|鲁长河|渭东镇|2026年3月31日|已完成|市工信局|已销号
2|省级督察|柳林水厂取水口违建3处|拆除违建|区水利局|鲁长河|柳林镇|2026年4月30日|已完成|市水利局|待销号
3|市级交办|2024年村级文化广场噪声扰民|限时管理|区文旅局|向秋萍|各镇街|2026年5月31日|推进中|区整改办|
4|市级交办|2025年村级文化广场灯光扰民|更换灯具|区文旅局|向秋萍|各镇街|2026年6月30日|推进中|区整改办|
5|信访交办|渭东镇粮库扬尘|加装收尘罩|区发改局|鲁长河|渭东镇|力争2026年6月底前|推进中|区整改办|
6|信访交办|北塬养鸭场臭气|搬迁|区农业农村局|向秋萍|柳林镇|2027年3月31日|未启动|市农业农村局|
说明：1.各镇街指渭东镇、柳林镇、北塬镇。
2.本台账所称“待销号”，是指已完成整改、尚未公示；有分期的以最后一期为准。
"""

TASKS = """云岫市贯彻落实省生态环境保护督察反馈意见整改方案
市政府于2025年10月20日印发。整改完成后，在市政府网站公示10个工作日无异议的，报省督察办销号。
附件1 整改任务清单

一、鹤坪镇、石溪镇屠宰点废水直排。4家屠宰点无治理设施。
整改目标：4家全部退出。
整改措施：血水收集率达到96%以上。
整改时限：2025年12月底
责任单位：鹤坪县政府
验收单位：市农业农村局

二、兰江岸线砂石码头占用滩涂。
整改目标：码头全部拆除。
整改措施：拆除码头3座，复绿。
整改时限：2026年9月底
责任单位：市交通运输局
验收单位：省交通运输厅

三、北郊填埋场渗滤液积存。
整改目标：渗滤液清零。
整改措施：扩建处理设施。
整改时限：2027年6月底
责任单位：市城管局
验收单位：省住房城乡建设厅
"""

PLAN = """桐庐岭县2026年大气污染防治工作方案
一、目标
1.大气。PM2.5年均浓度低于39微克/立方米，重度及以上污染天数不超过6天。
2.固体废物。一般工业固体废物综合利用率达到81%，屠宰废弃物收集率达到70%以上。
二、各乡镇目标
单位          PM2.5（微克/立方米）    降尘（吨/月·平方公里）
松口镇              41                      7.0
梅塘镇              38                      6.0
旗山乡              38                      6.5
白渡镇              36                      5.5
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("rows")
    for name, text in (("ledger", LEDGER), ("tasks", TASKS), ("plan", PLAN)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    assistant = opened(folder)
    return lambda question: offices.ask(assistant, question, TODAY)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        # By the level of the bodies in a role, which are told too.
        (
            "云岫要省里厅局来验收的是哪几条",
            ["共2项", "省交通运输厅", "省住房城乡建设厅"],
            ["鹤坪镇"],
        ),
        ("云岫验收单位是市级部门的有哪些", ["共1项", "市农业农村局"], ["省交通运输厅"]),
        ("槐阳台账里由市里部门验收的有哪几件", ["共3项", "市工信局", "市水利局"], ["区整改办"]),
        # By limits, as people speak of them.
        ("云岫已经过了整改时限的有哪些", ["共1项", "屠宰点"], ["码头"]),
        ("槐阳那几件里拖到2027年才收口的给我挑出来", ["共1项", "养鸭场"], ["粮库"]),
        ("槐阳这个月内到期的有哪几件，“力争”的也算进来", ["共2项", "灯光", "粮库"], ["养鸭场"]),
        ("槐阳上个月就该完、现在还没完成的是哪几件", ["共1项", "噪声"], ["灯光"]),
        # What was closed, and not only done.
        ("槐阳完成了但还没销号的有哪几件", ["共1项", "取水口", "待销号"], ["洗煤厂"]),
        ("槐阳已经销号的有哪几件", ["共1项", "洗煤厂"], ["取水口"]),
        ("鲁长河的三件都干完没，哪件还没销号", ["共3项", "共2项", "取水口", "粮库"], []),
        ("向秋萍手上有哪些已经办结的", ["没有符合条件", "噪声扰民", "未启动"], []),
        ("渭东洗煤厂那件销没销号", ["已销号"], ["验收单位为"]),
        ("渭东镇粮库扬尘那件销没销号", ["推进中", "未载明已销号"], ["待销号"]),
        # Tasks by the name that they have in common.
        (
            "村广场那俩项目，牵头的、配合的分别是谁",
            ["区文旅局", "各镇街", "噪声", "灯光"],
            ["粮库"],
        ),
        (
            "柳林镇那两件谁牵头、什么时候完成",
            ["区水利局", "区农业农村局", "2027年3月31日"],
            ["粮库"],
        ),
        # What a term stands for, to the end of what is said of it.
        ("槐阳台账里写的“各镇街”，具体指哪几个", ["渭东镇、柳林镇、北塬镇"], []),
        ("槐阳说的待销号是什么意思", ["尚未公示", "以最后一期为准"], ["渭东镇"]),
        # A town of one document means that document.
        ("鹤坪、石溪那些屠宰点改完，血水收集率要到多少", ["96%"], ["70%"]),
        # A figure of the procedure that the question has wrong.
        ("云岫公示是不是挂5个工作日就行", ["5个工作日与文件不符", "10个工作日"], []),
        # Rows by a bound that leaves the figure itself out, and by the very figure.
        (
            "桐庐岭降尘要压到6.5以下（不含正好6.5）的乡镇有哪些",
            ["2个", "梅塘镇", "白渡镇"],
            ["旗山乡"],
        ),
        ("桐庐岭PM2.5卡38的是哪几个乡镇", ["2个", "梅塘镇", "旗山乡"], ["白渡镇"]),
        ("桐庐岭PM2.5低于38的乡镇", ["1个", "白渡镇"], ["梅塘镇"]),
        # Two things, of which each has its figure.
        ("桐庐岭今年顶多允许几天重污染？工业垃圾利用率要到多少？", ["6天", "81%"], []),
    ],
)
def test_records_and_rows_are_filtered(
    ask: Ask, question: str, said: list[str], unsaid: list[str]
) -> None:
    answer = ask(question).text
    assert all(one in answer for one in said), answer
    assert not any(one in answer for one in unsaid), answer


def test_bodies_of_a_kind_that_have_no_task_are_said_to_have_none(ask: Ask) -> None:
    assert ask("槐阳由街道牵头的有哪几件").refused


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("要省里厅局来验收的是哪几条", ("省",)),
        ("验收单位是市级部门的有哪些", ("市",)),
        ("由镇里自己牵头的有哪些", ("镇",)),
        ("不是县里牵头的有哪些", None),
        ("市生态环境局牵头的有哪些", None),
    ],
)
def test_the_kinds_of_bodies_are_read(text: str, kinds: tuple[str, ...] | None) -> None:
    asked = asked_body_kinds(text)
    assert (asked.kinds if asked else None) == kinds


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("那件销没销号", "那件销号了没有"),
        ("验收没验收", "验收了没有"),
        ("有没有完成", "有没有完成"),
        ("完没完成的都列", "完没完成的都列"),
    ],
)
def test_what_is_said_both_ways_is_asked_plainly(text: str, plain: str) -> None:
    assert asked_plainly(text) == plain


@pytest.mark.parametrize(
    ("text", "word", "figure"),
    [
        ("降尘8以下(不含正好8)的有谁", "低于", "8"),
        ("优良天数258天以上、不含258的有哪些", "高于", "258"),
        ("降尘8以下的有谁", "以下", "8"),
        ("限值卡40的是哪几家", "为", "40"),
        ("哪几家限值是60", "为", "60"),
    ],
)
def test_bounds_with_and_without_the_figure_itself(text: str, word: str, figure: str) -> None:
    bound = bound_asked(text)
    assert bound is not None
    assert (bound.word, bound.figure) == (word, Decimal(figure))


@pytest.mark.parametrize("text", ["时限是6月的有哪些", "要在30天内完成吗"])
def test_dates_and_times_set_no_bound(text: str) -> None:
    assert bound_asked(text) is None


def test_a_meaning_is_asked_right_beside_its_term() -> None:
    assert asks_meaning("老写“各镇街”,具体指哪几个", "各镇街")
    assert asks_meaning("什么叫特护期", "特护期")
    assert not asks_meaning("特护期企业几点上报", "特护期")


@pytest.mark.parametrize(
    ("text", "count"),
    [("农厕那俩项目谁牵头", 2), ("填埋场的两件事", 2), ("那三项谁管", 3), ("两家企业", None)],
)
def test_how_many_tasks_are_pointed_at(text: str, count: int | None) -> None:
    assert together_asked(text) == count
