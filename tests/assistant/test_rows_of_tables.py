"""What is asked of rows of tables of firms, projects and places: which they are, what one has, what it has not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from offices import ask, assert_told, opened

from assistant.answer import Turn
from assistant.app import Assistant

# A year after the documents, whose months are of their own year.
TODAY = dt.date(2027, 9, 20)
PLAN = """云浦县2026年大气污染防治工作方案

云浦县人民政府办公室
2026年3月5日

一、工作目标

全县PM2.5年均浓度控制在34微克/立方米以内。

二、重点任务

1.工业治理。按附表1完成企业治理。（牵头单位：县生态环境局；配合单位：县工信局）

2.扬尘治理。在建工地全部喷淋降尘。（牵头单位：县住建局；配合单位：县城管局）

附表1
2026年企业治理项目表
序号\t企业名称\t所在镇\t治理内容\t完成时限\t减排量（吨）
1\t云浦永利家具有限公司\t河口镇\t喷漆废气RTO焚烧\t2026年5月底\t35
2\t云浦东升铸造有限公司\t西岭镇\t更换覆膜滤袋\t2026年8月底\t—
3\t云浦佳彩印刷有限公司\t河口镇\t水性油墨替代\t2026年10月底\t12
4\t云浦明源化工有限公司\t石桥镇\t泄漏检测与修复\t每半年1次，长期坚持\t8
注：1.减排量为企业自报数。2.永利家具如选择搬迁，时限可延至2026年12月底。
"""
NOTICE = """云浦县2026年第二季度环境整改通报

云浦县督查室
2026年7月8日

一、各镇得分

各镇得分情况见下表。

排名\t镇\t任务数\t扣分\t得分
1\t西岭镇\t5\t0\t96.5
2\t河口镇\t6\t1\t90.2
3\t石桥镇\t4\t3\t84.0
4\t南湾镇\t3\t4\t73.1
注：1.低于80分的镇向县政府作书面检讨。2.县直单位不参加排名。

二、信用评价

企业 | 所在地 | 信用等级 | 处理情况
兴旺石材厂 | 石桥镇 | 黄 | 罚款3万元
永昌砖瓦厂 | 南湾镇 | 红 | 停产整治
华泰饲料厂 | 河口镇 | 绿 | 免予检查
恒顺板材厂 | 南湾镇 | 黄 | 限期整改
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("rows")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    (folder / "notice.txt").write_text(NOTICE, encoding="utf-8")
    return opened(folder)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        # bounds as they are spoken, of which none is a date
        ("得分没上90的都有谁", ["低于90的有2个", "石桥镇", "南湾镇"], ["河口镇（"]),
        ("上了90分的镇有几个", ["有2个", "西岭镇", "河口镇"], ["石桥镇（"]),
        ("扣分没超过1的镇有哪些", ["有2个", "西岭镇", "河口镇"], ["石桥镇（"]),
        # a bound that a note sets, by what comes of it
        ("哪个镇要向县政府作书面检讨", ["低于80分", "南湾镇（73.1"], ["石桥镇（"]),
        # grades, classes and values without the word of their column
        ("评了红的是哪家", ["共1项", "永昌砖瓦厂"], ["兴旺石材厂"]),
        ("黄牌的厂有几家", ["共2项", "兴旺石材厂", "恒顺板材厂"], ["永昌砖瓦厂"]),
        ("用RTO的企业是哪家", ["永利家具"], ["佳彩"]),
        # the month is of the table's own year
        ("8月底前要治完的企业有几家", ["共2项", "永利家具", "东升铸造"], ["佳彩"]),
        # the row by the core of its name, whole where no column is named
        ("永利家具的废气用什么法子治", ["RTO焚烧", "2026年12月底"], ["覆膜滤袋"]),
        ("佳彩印刷上的啥，几月完", ["水性油墨替代", "2026年10月底"], ["覆膜滤袋"]),
        ("永昌砖瓦厂怎么处理的", ["停产整治"], ["罚款3万"]),
        # what is asserted is held against the row
        ("明源化工10月底要上RTO吧", ["不是", "每半年1次", "泄漏检测与修复"], ["35吨"]),
        ("东升铸造8月底要完吧", ["是，", "2026年8月底"], ["不是"]),
        # who is not ranked is told by the note
        ("河口镇排第几", ["排名为2"], ["96.5"]),
    ],
)
def test_rows_are_told_by_what_is_asked_of_them(
    office: Assistant, question: str, said: Sequence[str], unsaid: Sequence[str]
) -> None:
    assert_told(ask(office, question, TODAY), said, unsaid)


def test_points_taken_off_are_no_score(office: Assistant) -> None:
    history = (Turn("user", "云浦二季度垫底的是哪个镇"), Turn("assistant", "南湾镇，第4名。"))
    told = ask(office, "那个排倒数第一的扣了几分", TODAY, history)
    assert_told(told, ["扣分为4"], ["73.1"])


def test_what_no_column_has_is_not_answered_by_the_row(office: Assistant) -> None:
    assert ask(office, "永利家具的法人代表电话是多少", TODAY).refused


def test_what_is_overdue_and_not_done_has_both(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("overdue")
    (folder / "notice.txt").write_text(
        "云浦县2026年企业整改进展通报\n\n云浦县督查室\n2026年7月8日\n\n一、各企业整改进展\n\n"
        "企业名称\t问题数\t已完成\t未完成\t原定时限\n"
        "永利家具\t5\t5\t0\t5月31日\n东升铸造\t6\t4\t2\t5月31日\n佳彩印刷\t3\t1\t2\t9月30日\n",
        encoding="utf-8",
    )
    told = ask(opened(folder), "云浦哪几家企业逾期没改完", dt.date(2026, 7, 10))
    assert_told(told, ["共1项", "东升铸造"], ["佳彩印刷", "永利家具"])
