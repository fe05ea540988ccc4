"""What letters say of themselves, and what was once refused though a sentence told it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[[str], Answer]

LETTER = """柳湾县生态环境保护委员会办公室

督 办 函

柳环委办函〔2025〕9号

关于督促限期整改有关生态环境问题的函

柳湾县恒盛铸造有限公司、柳湾县青源养殖专业合作社，
双桥镇人民政府：

2025年6月3日，我办开展了现场核查。现就有关事项函告如下。

一、整改要求

1. 镜湖水质下降，总磷升高：2025年底总磷浓度降至0.08毫克/升以内。
2. 镜湖周边3家餐饮船，由县交通运输局于7月20日前全部清退。
3. 全部整改完成后5个工作日内提出验收申请，由督办单位会同双桥镇人民政府现场验收。
4. 全县畜禽粪污综合利用率达到85%以上。
5. 各单位每周五报送进展，材料由县生态环境局综合科科长邵闻汇总。

柳湾县生态环境保护委员会办公室
2025年6月10日

抄送：县纪委监委，县政府督查室。
"""
PLAN = """柳湾县2025年深入打好污染防治攻坚战工作计划

柳政办发〔2025〕4号

各镇人民政府，县政府有关部门：

一、重点任务
（一）完成清洁取暖改造800户，10月底前完成。（县发展改革局牵头）
（二）对进展滞后的，由县生态环境保护委员会办公室发督办函。

附件：重点项目表

附件

柳湾县2025年重点项目表

序号 项目名称 建设内容 总投资（万元） 完成时限
1 镜湖缓冲带 建设缓冲带4公里 3150 2025年11月底
2 城西污水厂扩建 新增1万吨/日 8600 2025年10月底

柳湾县人民政府办公室
2025年3月1日
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    home: Path = tmp_path_factory.mktemp("letters")
    files = [home / "letter.txt", home / "plan.txt"]
    for file, text in zip(files, (LETTER, PLAN), strict=True):
        file.write_text(text, encoding="utf-8")
    assistant = offices.opened_over(files, home)
    return lambda question: offices.ask(assistant, question, dt.date(2025, 7, 1))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("抄送给谁", "抄送：县纪委监委，县政府督查室"),
        ("督办函抄送哪些单位", "县政府督查室"),
        ("督办函是发给谁的", "恒盛铸造有限公司、柳湾县青源养殖专业合作社，双桥镇人民政府"),
        ("这个函是谁发的", "柳湾县生态环境保护委员会办公室"),
        ("督办函文号多少", "柳环委办函〔2025〕9号"),
        ("这个函是哪天发的", "2025年6月10日"),
    ],
)
def test_a_letter_tells_of_itself(ask: Ask, question: str, told: str) -> None:
    answer = ask(question)
    assert not answer.refused
    assert told in answer.text
    assert "4号" not in answer.text  # the plan's own


def test_whom_several_are_written_to_is_told_of_each(ask: Ask) -> None:
    answer = ask("主送单位是谁")
    assert "恒盛铸造" in answer.text
    assert "各镇人民政府，县政府有关部门" in answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("谁验收，几天内", "5个工作日"),
        ("那几条餐饮船由谁清走", "县交通运输局"),  # 那几条 counts nothing
        (
            "镜湖的总磷年底要压到多少",
            "0.08毫克/升",
        ),  # a heading with a comma is above all its clauses
        ("养殖粪便利用率要达到多少", "85%"),
        ("每周的进展最后是哪位同志汇总材料", "邵闻"),
        ("镜湖的总磷年底要压到多少，OK？", "0.08毫克/升"),
        ("县环保局哪位同志汇总进展材料", "邵闻"),
    ],
)
def test_what_a_sentence_tells_is_not_refused(ask: Ask, question: str, told: str) -> None:
    answer = ask(question)
    assert not answer.refused
    assert told in answer.text


def test_days_of_something_else_are_refused(ask: Ask) -> None:
    assert ask("放假几天").refused
