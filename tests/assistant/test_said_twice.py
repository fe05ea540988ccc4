"""What a document says twice and differently, limits, figures and leads: whoever asks for one hears both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import offices
import pytest
from offices import opened

from assistant.answer import Answer

TODAY = dt.date(2026, 4, 10)

PLAN = """松口县2026年水污染防治工作计划

一、重点任务
序号	任务	牵头单位	完成时限
1	月亮塘清淤12万立方米，2026年5月底前完成4万立方米	县水利局	2026年9月底
2	东门河截污管网	县住建局	2026年8月底
3	西门河截污管网	县住建局	2026年10月底
4	养殖尾水整治一期	县农业农村局	2026年6月底

二、整改事项
问题一：卧牛山填埋场渗滤液积存。
整改措施：
1.2026年7月底前积存渗滤液全部处理完毕；
2.2026年8月底前完成防渗膜修补。
牵头单位：县城管局
整改时限：2026年11月底

三、保障措施
（一）调度。月亮塘清淤须于2026年8月底前完工，汛期停工避让。
（二）公开。卧牛山填埋场积存渗滤液应在2026年6月底前处理完毕，并对外公示。
（三）验收。西门河截污管网须于2026年10月底前完工。养殖尾水整治二期2026年12月底前完成。
（四）预案。2024年以前备案的应急预案须于2026年5月底前修订；2025年备案的于2026年11月底前修订。
"""


TOWN_PLAN = """檀溪区2026年污染防治工作计划

一、年度目标
（一）空气。全区PM2.5年均浓度控制在33微克/立方米以内，力争达到31微克/立方米；优良天数比率达到85%以上。
（二）土壤。农药包装废弃物回收率达到82%以上；秸秆综合利用率达到95%以上。

二、重点任务
1.工业治理。附表所列企业按期完成改造，其中宏图建材5月底前完成烟气脱硝改造。（牵头单位：区生态环境局）
2.污水处理。槐荫污水处理厂扩建9月底前建成通水；临江泵站4月底前开工，12月底前建成。（牵头单位：区住建局）
3.农药包装。建设回收点30个，农药包装废弃物回收率达到80%以上。（牵头单位：区农业农村局）
4.老旧管网。改造老旧管网18公里，11月底前完成。（牵头单位：区住建局）
5.旱厕改造。全年改造旱厕96座，其中上坪村58座、下坪村44座。（牵头单位：区住建局）
6.秸秆收储。新建秸秆收储站点12处，9月底前完成。（牵头单位：区农业农村局）
7.危房搬迁。全年搬迁沿河住户80户，其中东沟村30户、西沟村40户。（牵头单位：区水利局）

三、职责分工
区住建局：改造老旧管网15公里，推进雨污分流。
青田镇：青田镇新建秸秆收储站点4处，优良天数比率达到82%以上。
区城管局：临江泵站二期2027年6月底前建成；洗砂场污水管网力争10月底前建成；洗砂场污水管网改造配套道路8月底前建成。

附表1
2026年工业企业治理项目表
序号	企业名称	治理内容	完成时限	投资（万元）
1	宏图建材	烟气脱硝改造	2026年6月底	320
2	兴隆铸造	更换除尘滤袋	2026年8月底	150
3	永丰印务	水性油墨替代	2026年10月底	90
注：兴隆铸造如遇停产检修，完成时限可延至2026年10月底。

附表2
重点工程安排表
序号	项目名称	总投资（万元）	建设单位	完成时间
1	槐荫污水处理厂扩建	7400	区城投公司	2026年11月底
2	临江泵站	900	区城投公司	2026年12月底
3	洗砂场污水管网改造	600	区城投公司	2026年11月底
注：总投资为概算数。

附表3
主要指标表
指标	2025年实际	2026年目标
PM2.5年均浓度（微克/立方米）	35.2	≤33
优良天数比率	83.4%	≥86%
秸秆综合利用率	94.1%	≥95%
注：以上级核定为准。
"""

LIST = """林河县2026年生态环境问题整改任务清单

说明：本清单共4项。请县水利局抓好青石沟等牵头任务，其他牵头单位对照清单落实。

| 序号 | 问题 | 整改措施 | 牵头单位 | 配合单位 | 完成时限 |
| --- | --- | --- | --- | --- | --- |
| 1 | 青石沟水体返黑 | 封堵排口7处 | 县住建局 | 县水利局 | 2026年9月底 |
| 2 | 北坡矿山未复绿 | 复绿130亩 | 县自然资源局 | 北坡镇政府 | 2026年11月底 |
| 3 | 东关污水直排 | 新建管网2.6公里 | 县住建局 | 东关街道办 | 2026年10月底 |
| 4 | 采石扬尘扰民 | 密闭堆场；补种绿化带 | 县工信局 | 石岭镇政府 | 2026年7月底 |

注：
1.第2项北坡矿山复绿须于2026年8月底前完成并通过验收。
2.第3项因征地滞后，经县政府同意，完成时限延至2026年12月底。
3.第4项补种绿化带于2026年4月底前完成。
"""

NOTICE = """桥头县人民政府督查室
关于2026年第一季度环境整治情况的通报

一、存在问题
柏林镇两处工地未覆盖，对柏林镇扣3分；沙坝镇火点1个，对沙坝镇扣1分。

二、排名
排名	乡镇	任务数	完成数	扣分	得分
1	沙坝镇	6	5	1	94.2
2	柏林镇	6	3	5	85.1
3	大湾镇	6	2	0	80.6
注：得分按完成率和扣分综合计算。
"""

BLOCKS = """玉山镇关于督察交办问题的整改方案

一、问题和整改措施
问题一：双溪支沟黑臭
整改措施：1.4月底前封堵排口。2.河面保洁长期坚持。
责任单位：镇农业农村办
责任人：贺一川
完成时限：2026年7月31日
问题二：废弃砂坑未修复
整改措施：1.2026年9月底前修复3处。2.其余2处2027年3月底前完成。
责任单位：镇自然资源所
责任人：陶文
完成时限：2026年12月31日
问题三：养殖尾水直排
整改措施：1.5月底前建成沉淀池。2.8月底前验收。
责任单位：镇农业农村办
责任人：严小松
完成时限：2026年8月31日

附：整改任务汇总表
序号	问题	责任人	完成时限
一	双溪支沟黑臭	贺一川	2026年8月15日
二	废弃砂坑未修复	陶文	2026年12月31日
三	养殖尾水直排	颜小松	2026年8月31日
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Answer]:
    folder = tmp_path_factory.mktemp("said_twice")
    for name, text in {
        "songkou": PLAN,
        "tanxi": TOWN_PLAN,
        "linhe": LIST,
        "qiaotou": NOTICE,
        "yushan": BLOCKS,
    }.items():
        Path(folder / f"{name}.txt").write_text(text, encoding="utf-8")
    office = opened(folder)
    return lambda question: offices.ask(office, question, TODAY)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("月亮塘清淤什么时候完工", ["2026年9月底", "2026年8月底"]),
        ("松口第1项的完成时限", ["2026年9月底", "2026年8月底"]),
        ("卧牛山渗滤液哪天前处理完", ["2026年7月底", "2026年6月底"]),
        ("月亮塘清淤的完工时间前后说法不一样，核一下", ["2026年9月底", "2026年8月底"]),
        ("宏图建材脱硝几月做完", ["5月底", "2026年6月底"]),
        ("槐荫污水处理厂扩建什么时候建成", ["9月底", "2026年11月底"]),
        ("槐荫污水厂扩建，有人说9月有人说11月", ["9月底", "2026年11月底"]),
        ("北坡矿山复绿几月完成", ["2026年11月底", "2026年8月底"]),
        ("双溪支沟黑臭的完成时限", ["2026年7月31日", "2026年8月15日"]),
        ("废弃砂坑什么时候全部修复完", ["2026年12月31日", "2027年3月底"]),
    ],
)
def test_both_days_are_told_and_said_to_differ(
    ask: Callable[..., Answer], question: str, told: list[str]
) -> None:
    answer = ask(question).text
    assert all(one in answer for one in told)
    assert "请核对" in answer or "不一致" in answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("檀溪优良天数比率今年定多少", ["85%", "86%"]),
        ("檀溪优良天数到底多少，两处数不一样", ["85%", "86%"]),
        ("农药包装废弃物回收率要达到多少", ["82%", "80%"]),
        ("今年改造老旧管网多少公里", ["18公里", "15公里"]),
        ("柏林镇扣了几分", ["3分", "扣分为5"]),
        ("青石沟哪个局牵头", ["县住建局", "县水利局"]),
        ("养殖尾水直排的责任人是谁", ["严小松", "颜小松"]),
        ("檀溪全年改造旱厕多少座", ["96座", "上坪村58座、下坪村44座", "102座"]),
    ],
)
def test_both_figures_or_bodies_are_told_and_said_to_differ(
    ask: Callable[..., Answer], question: str, told: list[str]
) -> None:
    answer = ask(question).text
    assert all(one in answer for one in told)
    assert "请核对" in answer or "不一致" in answer


@pytest.mark.parametrize(
    "question",
    [
        "檀溪PM2.5年均浓度目标",  # what is hoped for is no other goal
        "秸秆综合利用率今年要达到多少",  # the year before had another
        "临江泵站什么时候建成",  # it begins earlier
        "洗砂场污水管网改造的完成时间",  # sooner if all goes well, and the road beside it
        "檀溪新建秸秆收储站点几处",  # a town has some of them
        "兴隆铸造的完成时限",  # a note allows for more
        "永丰印务几月完成",  # the row before has two days
        "东关污水直排什么时候改完",  # put off
        "采石扬尘扰民的完成时限",  # one of its measures is due earlier
        "养殖尾水直排什么时候完成",
        "沙坝镇扣了几分",
        "采石扬尘谁牵头",
        "双溪支沟黑臭的责任人是谁",
        "檀溪搬迁沿河住户多少户",  # fewer than all are told
    ],
)
def test_look_alikes_are_not_said_to_differ(ask: Callable[..., Answer], question: str) -> None:
    answer = ask(question).text
    assert "请核对" not in answer
    assert "不一致" not in answer


@pytest.mark.parametrize(
    "question",
    [
        "东门河截污管网什么时候完成",  # another river has another day
        "西门河截污管网什么时候完成",  # twice, to one day
        "养殖尾水整治一期什么时候完成",  # the second phase has another day
        "2024年以前备案的应急预案什么时候前修订",
        "防渗膜什么时候修补完",
        "月亮塘清淤谁牵头",
    ],
)
def test_what_has_one_limit_has_no_remark(ask: Callable[..., Answer], question: str) -> None:
    assert "请核对" not in ask(question).text
