"""States told in sentences and behind limits, tasks named by a line above their paragraph, leads of merged cells."""

from __future__ import annotations

from ingest.parse import parse_text
from ingest.records import ParsedDocument

BULLETIN = """关于全县督察整改任务进展情况的通报

第一项，网箱养殖清理。由县水利局牵头，竹林镇配合，应于2025年6月底前完成。目前网箱已全部上岸，该项任务已完成整改并通过市级验收。

第二项，城区扬尘治理。由县住建局牵头，县交通局配合，应于2025年10月底前完成。目前工地均已安装喷淋，达到序时进度。

第三项，污水处理厂扩建。由县城管局牵头，县财政局配合，应于2025年9月底前完成。目前设备尚未采购，进度滞后，按期完成难度较大。

第四项，采石场修复。由县林业局牵头，岩口镇配合，应于2025年12月底前完成。甲班组已完成清表，目前正在修复边坡。
"""

TITLED = """白水县秋冬季大气污染治理工作安排

根据气象部门预测，今年秋冬季扩散条件偏差，现将有关工作安排如下。

散煤清洁替代
今冬新增改造2800户，确保群众温暖过冬。此项工作由县发展改革局牵头，县财政局配合，11月15日前完成。

扬尘精细化管控
工地出入口设置冲洗设施。具体由县城管局牵头，县住建局配合，长期坚持。

货运通道治理
设立联合检查点，对超标排放车辆依法查处。由县交通局牵头，10月底前建成投用。

组织领导方面，县大气办负责统筹协调，实行日研判。

白水县人民政府办公室
2025年9月12日
"""

MERGED = """白水县2025年大气治理任务分解表

| 类别 | 序号 | 重点任务 | 牵头单位 | 配合单位 | 完成期限 |
|---|---|---|---|---|---|
| 工业源类别 | 1 | 水泥行业改造 | 县生态环境局 | 县工信局 | 2025年10月底前 |
| | 2 | 砖瓦窑治理 | | 县林业局 | 2025年8月底前 |
| | 3 | 锅炉改造 | | | 2025年9月底前（已完成） |
| 面源类别 | 4 | 秸秆禁烧 | 县农业农村局 | 各镇人民政府 | 长期坚持 |
| | 5 | 油烟整治 | 县城管局 | 县商务局 | 2025年9月底前 |
"""


def read(text: str) -> ParsedDocument:
    return parse_text(text, "a.txt", "0" * 64)


def test_a_bulletin_tells_states_in_its_sentences() -> None:
    states = [task.state.quote if task.state else "" for task in read(BULLETIN).tasks]
    assert states == [
        "已完成整改并通过市级验收",
        "达到序时进度",
        "进度滞后，按期完成难度较大",
        "",
    ]


def test_a_plan_that_reports_nothing_has_no_states() -> None:
    plan = BULLETIN.replace("目前", "做到").replace("甲班组已完成清表，", "")
    assert [task.state for task in read(plan).tasks] == [None] * 4


def test_a_line_above_a_paragraph_that_tells_who_names_a_task() -> None:
    document = read(TITLED)
    tasks = document.tasks
    assert [task.title.quote for task in tasks] == [
        "散煤清洁替代",
        "扬尘精细化管控",
        "货运通道治理",
    ]
    assert [task.lead_units[0].name for task in tasks] == ["县发展改革局", "县城管局", "县交通局"]
    limits = [task.deadline.phrase.quote for task in tasks if task.deadline]
    assert limits == ["11月15日前", "长期坚持", "10月底前"]
    assert not tasks[-1].responsible_units  # what is said of all tasks behind the last
    assert [one.path for one in document.passages if "县大气办" in one.span.quote] == [
        ("组织领导方面",)
    ]


def test_a_lead_left_open_within_a_group_is_that_of_the_group() -> None:
    tasks = read(MERGED).tasks
    assert [[unit.name for unit in task.lead_units] for task in tasks] == [
        *[["县生态环境局"]] * 3,
        ["县农业农村局"],
        ["县城管局"],
    ]
    assert tasks[2].cooperating_units == ()


def test_a_state_behind_a_limit_leaves_the_limit() -> None:
    task = read(MERGED).tasks[2]
    assert task.state is not None
    assert task.state.quote == "已完成"
    assert task.deadline is not None
    assert task.deadline.phrase.quote.startswith("2025年9月底前")


def test_the_bracket_of_a_heading_tells_the_state_of_all_below_it() -> None:
    text = """白河县整改进展通报

一、绿灯（按期完成）
1.养殖污水直排。责任单位：县畜牧中心。整改时限：2026年6月底。建成三级沉淀池。
2.油烟扰民。责任单位：县城管局。整改时限：2026年5月底。全部入室经营。
二、红灯（逾期未完成）
3.采石场复绿。责任单位：县自然资源局。整改时限：2026年3月底。尚未进场。
"""
    states = [
        task.status and task.status.quote for task in parse_text(text, "a.txt", "0" * 64).tasks
    ]
    assert states == ["按期完成", "按期完成", "逾期未完成"]


def test_the_state_behind_a_name_stands_beside_the_progress_told() -> None:
    text = """关于全县督察整改进展情况的通报

【1】码头岸电使用率低（已完成）
主责：县交通局 / 协同：县港航中心、青口镇政府 / 时限：2025年6月底
进展：5座码头改造完成，使用率提高到83%。

【2】岩屑管理不规范（序时推进）
主责：县经信局 / 协同：县生态环境局 / 时限：2025年底
进展：已摸排平台14处。
"""
    first, second = read(text).tasks
    assert [one.state.quote if one.state else "" for one in (first, second)] == [
        "已完成",
        "序时推进",
    ]
    assert first.status is not None
    assert "使用率提高到83%" in first.status.quote
    assert [unit.name for unit in first.lead_units] == ["县交通局"]
    assert [unit.name for unit in first.cooperating_units] == ["县港航中心", "青口镇政府"]
    assert first.deadline is not None
    assert first.deadline.phrase.quote == "2025年6月底"
