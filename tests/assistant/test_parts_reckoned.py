"""Figures of several parts that a question names, added up or set against each other: 甲区乙区一共几家, 丙级比丁级多几家."""

from __future__ import annotations

import datetime as dt

import offices
import pytest
from offices import opened

from assistant.app import Assistant

TODAY = dt.date(2025, 8, 20)

PLAN = """岭溪县2025年生态环境保护工作计划

一、2024年完成情况
2024年，全县优良天数比率83.4%，国控断面优良比例75%；完成行政村生活污水治理31个。

二、2025年主要目标
优良天数比率达到85%以上；水环境质量持续改善。新增完成行政村生活污水治理38个。

三、重点任务
（一）餐饮油烟。全年安装油烟净化器172家，其中桥头街道64家、河口镇48家、马坊乡35家、石湾镇25家。（牵头单位：县城管局）
（二）绩效分级。纳入应急减排清单的企业57家，其中A级4家、B级12家、C级23家、D级18家。（牵头单位：县生态环境分局）
（三）管网。旧河截污管分两期：一期2.4公里于2024年12月底前建成；二期1.3公里于2025年11月底前建成。（牵头单位：县住建局）
（四）雨水箱涵。排查的错接点41个已整改26个，剩余15个分布在桥头街道7个、河口镇5个、马坊乡3个。（牵头单位：县水务局）
（五）清洁取暖。2025年完成清洁取暖改造2600户；2024年度结转的320户4月底前完成。（牵头单位：县发改局）
（七）工地。规模以上工地126个，安装扬尘监测117个，安装率92.9%。（牵头单位：县住建局）
（八）清淤。月亮塘清淤54万立方米，2025年6月底前完成31万立方米。（牵头单位：县水务局）
（九）扩建。县第二污水处理厂扩建工程（处理规模由3万吨/日增至4.5万吨/日）年底前通水。（牵头单位：县住建局）
（十）整治。关闭沙坪镇采石场11家；治理石湾镇养殖场6家。（牵头单位：县自然资源局）
（六）矿山。排查矿山29座中，停产9座、关闭6座，尚未关闭的14座。（牵头单位：县自然资源局）
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("parts")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    return opened(folder)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # Parts that the question joins, or names one behind the other.
        ("岭溪油烟净化器桥头和马坊一共几家", "共99家（由督办计算）"),
        ("岭溪油烟净化器河口石湾两个镇加一块多少家", "共73家（由督办计算）"),
        ("应急减排清单里的A级B级加起来几家", "“其中A级4家”“B级12家”相加，共16家"),
        ("绩效分级（A、B、C）合计多少家企业", "共39家（由督办计算）"),
        ("旧河截污管一二期总长", "共3.7公里（由督办计算）"),
        # Behind the number of what is left stands where that is.
        ("剩下的错接点里，桥头跟马坊加起来几个", "共10个（由督办计算）"),
        # Last year's, of a plan of this year.
        ("岭溪今年清洁取暖连去年结转一共多少户", "共2920户（由督办计算）"),
        # Two parts against each other, and never a part against its whole.
        ("装油烟净化器的，桥头街道比石湾镇多几家", "两者相差39家（由督办计算）"),
        ("应急减排清单里C级比D级多几家企业", "“C级23家”和“D级18家”，两者相差5家"),
        ("矿山停产的比没关闭的少几座", "两者相差5座（由督办计算）"),
        # A share that the text states makes one figure the part of the other.
        ("岭溪规模以上工地还有几个没装扬尘监测", "还有9个（由督办计算）"),
        # What comes after a day, and what comes on top.
        ("月亮塘6月底之后还要清多少方", "6月底之后为23万立方米（由督办计算）"),
        ("岭溪第二污水厂扩完一天能多处理几万吨", "增加1.5万吨/日（由督办计算）"),
        # This year's aim against last year's figure of the same thing.
        ("岭溪优良天比例今年目标比去年实际高多少个点", "两者相差1.6个百分点（由督办计算）"),
        ("岭溪污水治理的村今年比去年多干几个", "两者相差7个（由督办计算）"),
    ],
)
def test_figures_of_named_parts_are_reckoned_with(
    office: Assistant, question: str, said: str
) -> None:
    assert said in offices.ask(office, question, TODAY).text


@pytest.mark.parametrize(
    "question",
    [
        # One of the two has no figure, or has one of another kind.
        "岭溪油烟净化器桥头和沙坪一共几家",
        "装油烟净化器的，沙坪镇比石湾镇多几家",
        # Places of two things add up to nothing.
        "沙坪镇和石湾镇养殖场一共几家",
        # The whole is named, and no part besides one.
        "岭溪矿山停产的一共几座",
        "油烟净化器石湾镇一共几家",
    ],
)
def test_what_is_not_named_by_each_part_is_not_reckoned(office: Assistant, question: str) -> None:
    assert "由督办计算" not in offices.ask(office, question, TODAY).text
