"""Questions whose answers are reckoned from figures of the text: shares, products, parts, years, states, limits apart."""

from __future__ import annotations

import datetime as dt

import offices
import pytest
from offices import opened

from assistant.answer import Answer, Turn
from assistant.app import Assistant

TODAY = dt.date(2026, 5, 20)

PLAN = """鹤川县贯彻落实省生态环境保护督察反馈意见整改方案

一、泵站和管网建设滞后。
整改目标：补齐短板。
整改措施：1.新购移动泵车3台，单台排水能力400立方米/小时；2.2024年新建管网12公里，2025年新建管网15公里，2026年新建管网21公里；3.雨污泵站全县58座，正常运行的41座。
整改时限：2026年6月底
责任单位：县住建局
验收单位：市住建局

二、信访积案化解不力。省督察组交办信访案件90件，截至2026年4月底，已化解70件，部分化解13件，未化解7件。
整改目标：全部化解。
整改措施：1.领导包案，每季度至少接访2次；2.垃圾焚烧厂2026年6月底前开工，2027年2月底前投运。
整改时限：2026年9月底
责任单位：县信访局
验收单位：县督查室

三、粮食烘干炉污染突出。县内烘干企业45家，其中使用散煤的18家。
整改目标：全年改造生物质烘干炉96台，其中上半年不少于60台。
整改措施：对改造户每户补助3000元，共改造32户。
整改时限：2026年12月底
责任单位：县农业农村局
验收单位：市农业农村局
"""

NOTICE = """鹤川经济开发区管理委员会
关于印刷包装企业废气治理的通知

各有关企业：
现将有关事项通知如下。

一、治理企业名单

企业名称      治理措施        排放限值(mg/m3)   完成时限          当前进度
云锦印务      更换水性油墨    50                2026年3月31日     已完成，已验收
松涛包装      密闭车间        40                2026年3月31日     已完成，待验收
长乐彩印      沸石转轮        40                2026年8月31日     设备安装
金盏纸品      活性炭更换      60                2026年6月15日     未开工
注：长乐彩印原定2026年5月31日，因设备到货晚，经同意延期。

二、其他
本通知自印发之日起施行。
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("reckoned")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    (folder / "notice.txt").write_text(NOTICE, encoding="utf-8")
    return opened(folder)


def ask(office: Assistant, question: str, *history: Turn) -> Answer:
    return offices.ask(office, question, TODAY, history)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # All of a kind, of which each has so much.
        ("鹤川三台移动泵车一起开，一小时排水多少立方米", "共1200立方米/小时（由督办计算）"),
        ("鹤川烘干炉改造户一共补助多少钱", "共96000元（由督办计算）"),
        ("鹤川信访包案领导一年至少接访几次", "一年4个季度，共至少8次（由督办计算）"),
        # What stands idle is what does not run.
        ("鹤川雨污泵站趴窝的有几座，占几成", "其余17座（由督办计算）。其余的约占29.3%"),
        # Kinds of what is left.
        ("鹤川交办的信访案件，还有几件没彻底化解", "“部分化解13件”“未化解7件”相加，共20件"),
        ("鹤川信访案件还有几件没化解", "未化解7件"),
        # The other part of a whole.
        ("鹤川下半年还要改几台生物质烘干炉", "上半年若为60台，下半年为36台（由督办计算）"),
        # Shares.
        ("鹤川烧散煤的烘干企业占几成", "占40%（由督办计算）"),
        ("鹤川信访案件化解的占百分之几", "约占77.8%（由督办计算）"),
        # Years of a series.
        ("鹤川24年到26年新建管网三年拢共多少公里", "相加，共48公里（由督办计算）"),
        ("鹤川25、26两年新建管网合计多少公里", "相加，共36公里（由督办计算）"),
        ("鹤川新建管网今年比去年多几公里", "两者相差6公里（由督办计算）"),
        # How far two limits are apart, of tasks and of rows.
        ("鹤川泵站管网和信访积案哪个先到期，差几个月", "两者相差3个月（由督办计算）"),
        ("鹤川泵站管网比烘干炉早多久到期", "两者相差6个月（由督办计算）"),
        ("长乐彩印和松涛包装谁的完成日子晚，晚几个月", "两者相差5个月（由督办计算）"),
        ("金盏纸品比云锦印务晚多少天完成", "两者相差76天（由督办计算）"),
        ("鹤川垃圾焚烧厂开工和投运差几个月", "“2027年2月底前投运”为2027年2月28日。两者相差8个月"),
        # By how much a limit was put off.
        ("长乐彩印延期了几个月", "由2026年5月31日到2026年8月31日，相差3个月（由督办计算）"),
        # States of rows.
        ("4家里头干完的有几家，真验过的几家", "共2家：云锦印务、松涛包装（由督办统计）"),
        ("鹤川印刷包装治理企业里等验收的是哪家", "共1家：松涛包装（由督办统计）"),
    ],
)
def test_what_follows_from_the_text_is_reckoned(
    office: Assistant, question: str, said: str
) -> None:
    assert said in ask(office, question).text


@pytest.mark.parametrize(
    "question",
    [
        "鹤川柳湾镇烧散煤的烘干企业占几成",  # the figures are the county's
        "鹤川27年比26年多建几公里管网",  # no figure of 2027
        "鹤川移动泵车一共多少钱",
        "7家里头干完的有几家",  # no table has seven rows
        "鹤川上半年还要改几台生物质烘干炉",  # it is stated
    ],
)
def test_what_does_not_follow_is_not_reckoned(office: Assistant, question: str) -> None:
    text = ask(office, question).text
    assert "由督办计算" not in text
    assert "由督办统计" not in text


def test_a_year_is_set_against_the_one_before_it_that_was_asked_about(office: Assistant) -> None:
    before = (
        Turn("user", "鹤川2025年新建管网多少公里"),
        Turn("assistant", "2025年新建管网15公里。"),
    )
    answer = ask(office, "跟前一年比多了几公里？", *before)
    assert "“2025年新建管网15公里”和“2024年新建管网12公里”，两者相差3公里" in answer.text
