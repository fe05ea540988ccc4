"""A ledger whose problems have parts with a row each, in columns of its own words: rows, persons, money, states, lists.

Two places; what is expected was read off the tables by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from offices import ask, ask_in_turn, assert_told, opened_on

from assistant.app import Assistant

TODAY = dt.date(2025, 8, 5)

_HEADS = "编号|问题点位|存在问题|子项|怎么改|包保领导|主办单位|协办单位|经办人及电话|投入（万元）|计划销号时间|目前进度|灯号|由谁验收|备注"
_ROWS = (
    "禾-01|燕子沟|燕子沟下游水体发黑|1-1 截污|铺截污管2公里|梁启舟|县住建局|柳集镇|方文静 13900010001|960|2025年9月30日|铺管1.2公里|黄灯|市住建局|资金缺口210万元",
    "|||1-2 清淤|清淤1.8公里|梁启舟|县水务局|柳集镇|褚立平 13900010002|145|2025年5月31日|已完成，6月4日验收通过|绿灯|市水务局|",
    "禾-02|东关市场|餐饮油水倒入雨水井|—|建隔油池4座|梁启舟|县市场监管局|县住建局|焦小蓉 13900010003|26.5|2025年4月30日|隔油池建成4座|绿灯|县整改办|已于5月12日公示销号",
    "禾-03|鸿发石料厂|生产线未密闭，原料露天堆放|—|建料仓1座|沈志远|县工信局|石桥镇|邱成 13900010004|企业自筹680|2025年6月30日|料仓钢架已立|红灯|县整改办|已约谈2次",
    "禾-04|石桥镇北山|矿坑没有复绿|4-1 一号坑|覆土86亩|沈志远|县自然资源局|石桥镇|翟雨 13900010005|310|2025年10月31日|回填完成，种树52亩|黄灯|市自然资源局|",
    "|||4-2 二号坑|削坡，覆土131亩|沈志远|县自然资源局|县应急局|翟雨 13900010005|495|2026年5月31日|未进场|黄灯|市自然资源局|分两年实施",
    "禾-05|金丰皮革公司|含铬污泥台账相差9.4吨|—|查清差额去向|沈志远|县生态环境分局|县公安局|尉明 13900010011|待定|2025年7月31日|差额去向仍在调查|红灯|市生态环境局|公安已立案",
)
LEDGER = "\n".join([
    "禾丰县突出环境问题整改“一本账”",
    "（2025年第7期）",
    "制表：禾丰县整改办　　截止日期：2025年8月1日",
    "",
    *(row.replace("|", "\t") for row in (_HEADS, *_ROWS)),
    "",
    "账后说明",
    "1.禾-03鸿发石料厂明确10月底前改完；到期仍不改的，由县工信局会同供电公司停止供电。",
    "2.禾-05差额由县公安局牵头查；禾-01由县整改办每周调度。",
])


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened_on(LEDGER, tmp_path_factory.mktemp("ledger"))


def test_each_part_is_read_with_its_own_row(ledger: Assistant) -> None:
    tasks = ledger.documents()[0].tasks
    assert [task.part for task in tasks] == [
        "（1-1 截污）",
        "（1-2 清淤）",
        "",
        "",
        "（4-1 一号坑）",
        "（4-2 二号坑）",
        "",
    ]
    dredging = tasks[1]
    assert dredging.number == "禾-01"
    assert dredging.title.quote == "燕子沟下游水体发黑"
    assert [unit.name for unit in dredging.lead_units] == ["县水务局"]
    assert [unit.name for unit in dredging.acceptance_units] == ["市水务局"]
    assert [one.text.quote for one in dredging.measures] == ["清淤1.8公里"]
    assert dredging.deadline is not None
    assert dredging.deadline.latest == dt.date(2025, 5, 31)
    assert dredging.status_as_of == dt.date(2025, 8, 1)
    assert ledger.documents()[0].source.year == 2025


def test_a_note_is_on_the_rows_whose_codes_it_opens_with(ledger: Assistant) -> None:
    notes = [[one.quote for one in task.beside] for task in ledger.documents()[0].tasks]
    assert notes[0] == notes[1] == ["禾-01由县整改办每周调度。"]
    assert notes[3] == [
        "1.禾-03鸿发石料厂明确10月底前改完；到期仍不改的，由县工信局会同供电公司停止供电。"
    ]
    assert notes[6] == ["2.禾-05差额由县公安局牵头查；"]


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("燕子沟清淤是谁牵头的", ["县水务局"], ["县住建局"]),
        ("清淤花了多少", ["145万元"], ["960"]),
        ("北山总共投多少", ["310万元", "495万元"], ["960"]),
        ("石料厂投了多少钱", ["680万元"], []),
        ("哪一项花钱最多", ["960万元"], ["最多的是鸿发石料厂"]),
        ("投入超过300万的有哪些", ["960", "310", "495", "680"], ["145", "26.5"]),
        ("褚立平管哪几项", ["共1项", "1-2 清淤"], ["1-1 截污"]),
        ("沈志远手上有几个问题", ["共4项", "分属3个问题"], ["禾-01"]),
        ("市里验收的有几项", ["共5项"], ["禾-02", "禾-03"]),
        ("绿灯的有几项", ["共2项", "1-2 清淤", "禾-02"], ["1-1 截污"]),
        ("已经完成的有哪些", ["共2项", "禾-02", "5月12日公示销号"], ["禾-03"]),
        ("拖着没完成的有哪些", ["共2项", "禾-03", "禾-05"], ["禾-02", "禾-04"]),
        ("到期没销号的有几项", ["共3项", "1-2 清淤", "禾-03", "禾-05"], ["禾-02", "1-1"]),
        ("金丰皮革什么时候要改完", ["2025年7月31日"], ["禾-03"]),
        ("石料厂到期还不改会怎样", ["停止供电"], ["禾-05"]),
        ("禾-05谁主办", ["县生态环境分局"], ["县工信局"]),
        ("东关市场是不是6月销的号", ["6月与文件不符", "5月12日"], ["禾-03"]),
        ("最晚销号的是哪项", ["2025-05-12"], ["2026-05-31"]),
    ],
)
def test_what_is_asked_of_rows(
    ledger: Assistant, question: str, said: Sequence[str], unsaid: Sequence[str]
) -> None:
    assert_told(ask(ledger, question, TODAY), said, unsaid)


def test_a_note_that_gives_part_of_a_row_to_another_body_is_told(ledger: Assistant) -> None:
    answer = ask(ledger, "红灯的有哪几项", TODAY)
    assert_told(answer, ["共2项", "差额由县公安局牵头查"], ["县公安局每周"])


@pytest.mark.parametrize(
    ("questions", "said", "unsaid"),
    [
        (["县整改办验收的有哪些", "其中红灯的呢"], ["共1项", "禾-03"], ["禾-02", "禾-05"]),
        (["黄灯的有哪些", "红灯的呢"], ["共2项", "禾-03", "禾-05"], ["禾-04"]),
        (["黄灯的有哪些", "其中沈志远的有几项"], ["共2项", "4-1", "4-2"], ["禾-01", "禾-05"]),
        (["翟雨管哪几项", "什么时候完成"], ["2025年10月31日", "2026年5月31日"], ["禾-01"]),
    ],
)
def test_a_list_just_given_is_narrowed_and_asked(
    ledger: Assistant, questions: Sequence[str], said: Sequence[str], unsaid: Sequence[str]
) -> None:
    assert_told(ask_in_turn(ledger, questions, TODAY), said, unsaid)


DEMAND = """汇川市督察整改办关于对汇川振业冶炼公司环境问题的督办函
2025年10月10日
附表
汇川振业冶炼公司问题整改清单
序号\t查出的问题\t应当怎么做\t最迟时间\t企业自报责任人\t盯办人
1\t脱硫塔出口超标\t停用2号焙烧炉\t2025年10月17日\t生产部长 施川\t市生态环境局汇口分局 葛兰
2\t浮选渣露天堆放\t转入库房\t2025年10月31日\t仓储部长 姜鸣\t市生态环境局汇口分局 葛兰
3\t雨水池容积不足\t扩建雨水池\t2025年12月31日\t工程部长 翁国\t汇口镇 皮军
"""


def test_headings_in_words_of_a_tables_own_are_read_by_their_cells(tmp_path: Path) -> None:
    demand = opened_on(DEMAND, tmp_path)
    first = demand.documents()[0].tasks[0]
    assert [one.text.quote for one in first.measures] == ["停用2号焙烧炉"]
    assert [person.name for person in first.leaders] == ["施川"]
    assert_told(ask(demand, "葛兰盯哪几项", TODAY), ["共2项", "脱硫塔", "浮选渣"], ["雨水池"])


LINES = """桐川县整改任务清单
填报日期：2025.10.9
序号\t反馈问题\t整改举措\t包案县领导\t主责单位\t协办单位\t完成时限\t截至9月30日进展\t状态
1\t县城污水收集效能低\t①改造老城区管网38公里\t谭英\t县住建局\t城关镇\t2026年6月底\t累计完成21公里\t整改中
\t\t②扩建河东泵站\t谭英\t县城发公司\t县住建局\t2025年11月30日\t主体完工\t整改中
\t\t③清退错接排水户96户\t谭英\t城关镇\t县住建局\t2025年6月底\t96户全部整改\t完成
2\t砂石码头未批先建\t拆除设备\t孟海\t县交通局\t县公安局\t2025年5月\t全部拆除\t已销号
3\t小水电站未下泄生态流量\t逐站安装\t孟海\t县水利局\t县发改局\t2025年7月\t8座完成\t申请延期
"""


def test_a_measure_with_a_row_of_its_own_has_its_own_state(tmp_path: Path) -> None:
    lines = opened_on(LINES, tmp_path)
    cleared = ask(lines, "96户错接的清退了没", TODAY)
    assert_told(cleared, ["96户全部整改", "2025年6月底", "城关镇"], ["累计完成21公里"])
    whole = ask(lines, "县城污水那项进展到哪了", TODAY)
    assert_told(whole, ["累计完成21公里", "主体完工", "96户全部整改"], [])
    states = ask(lines, "按状态数一数", TODAY)
    assert_told(states, ["文件写作“申请延期”", "文件载明正在推进"], ["文件未载明进展"])
