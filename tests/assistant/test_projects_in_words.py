"""Tables of projects without figures: rows by who oversees them, by when they are due, how many there are, their notes.

The plan is invented; its rows are no tasks of it, and are not counted as such.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import offices
import pytest

from assistant.answer import Answer
from ingest.parse import parse_text

Ask = Callable[..., Answer]

PLAN = """云塘区2025年冬季扬尘治理攻坚方案
一、重点任务
1.工地扬尘。2025年12月底前全部工地落实湿法作业。区住房和城乡建设局牵头。
2.道路扬尘。主次干道机扫率达到90%以上。区城市管理局牵头，各镇配合。
3.裸地治理。2025年11月底前完成苫盖36块。区自然资源分局牵头。
4.车辆冲洗。2025年12月20日前出入口冲洗设施全覆盖。区住房和城乡建设局牵头。
5.重污染应急。2025年10月15日前修订应急减排清单。市生态环境局云塘分局牵头。
二、重点工程项目
表1 冬季重点治理项目
序号 | 项目名称 | 实施单位 | 治理内容 | 完成时限 | 监管单位
1 | 白石岭采石场料仓封闭 | 白石岭石材有限公司 | 封闭料仓2座 | 2025年10月底 | 区自然资源分局
2 | 南浦渣土场复绿 | 区城市管理局 | 覆土复绿 | 覆土2025年11月15日；复绿2026年5月底 | 区自然资源分局
3 | 东湾搅拌站搬迁 | 东湾混凝土有限公司 | 退城入园 | 待规划批复后确定 | 区工业和信息化局
4 | 云塘热电脱硫改造 | 云塘热电有限公司 | 更换脱硫塔 | 2026年2月底 | 市生态环境局云塘分局
注：序号4为跨年项目，冬季期间完成基础施工；序号3逾期未落实的，停止供电。
三、降尘目标
表2 各镇降尘目标（单位：吨/平方公里·月）
镇 | 2024年实绩 | 2025年目标 | 超标天数上限（天）
白石镇 | 8.1 | 7.0 | 6
南浦镇 | 6.4 | 6.0 | 4
注：1.白石镇2024年未完成目标，超出0.6吨。2.南浦镇站点2024年迁址。
全区降尘量的超标天数不超过5天，以白石镇为重点。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    home: Path = tmp_path_factory.mktemp("projects")
    folder = home / "documents"
    folder.mkdir()
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    assistant = offices.opened(folder)
    return lambda question, today=dt.date(2025, 11, 20): offices.ask(assistant, question, today)


def test_its_rows_are_those_of_a_table_and_no_tasks() -> None:
    parsed = parse_text(PLAN, "plan.txt", "0" * 64)
    assert [one.title.quote for one in parsed.tasks] == [
        "工地扬尘",
        "道路扬尘",
        "裸地治理",
        "车辆冲洗",
        "重污染应急",
    ]
    table, other = parsed.tables
    assert table.in_words
    assert not other.in_words
    assert [one.name for one in table.rows][:2] == ["白石岭采石场料仓封闭", "南浦渣土场复绿"]


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("区自然资源分局监管的项目有哪些", ["共2项", "白石岭", "南浦"], "东湾"),
        (
            "云塘明年才完的项目有哪几个",
            ["共2项", "南浦", "云塘热电脱硫改造（2026年2月底）"],
            "东湾",
        ),
        ("云塘重点工程项目里按时限该完了的有哪些", ["共2项", "白石岭", "南浦"], "热电"),
        ("云塘冬季重点治理项目一共几个", ["共4"], "湿法"),
    ],
)
def test_rows_are_listed_by_what_they_have_in_their_columns(
    ask: Ask, question: str, said: list[str], unsaid: str
) -> None:
    text = ask(question).text
    assert all(one in text for one in said), text
    assert unsaid not in text


def test_what_is_past_is_not_said_to_be_undone(ask: Ask) -> None:
    assert "时限已过不等于未完成" in ask("云塘重点工程项目里按时限该完了的有哪些").text


def test_one_row_is_told_whole(ask: Ask) -> None:
    text = ask("东湾搅拌站搬迁归谁监管，啥时候完").text
    assert "区工业和信息化局" in text
    assert "待规划批复后确定" in text


def test_the_notes_on_the_row_that_is_named_are_told_with_it(ask: Ask) -> None:
    text = ask("云塘热电脱硫改造今冬做到哪一步").text
    assert "完成基础施工" in text
    assert "停止供电" not in text
    # Of one row all that is said of it, be it of another year than the one asked about.
    text = ask("白石镇降尘2025年目标是多少，达标没").text
    assert "7.0" in text
    assert "未完成目标" in text
    assert "迁址" not in text


def test_cells_of_a_row_are_told_under_their_headings(ask: Ask) -> None:
    text = ask("东湾搅拌站搬迁归谁监管，啥时候完").text
    assert "东湾搅拌站搬迁（实施单位：东湾混凝土有限公司；治理内容：退城入园；" in text


def test_tasks_stay_those_of_the_text(ask: Ask) -> None:
    text = ask("云塘区方案一共几项任务").text
    assert "共5项任务" in text
