"""Rectification tasks: labelled issues, fields as headings, numbered items of plans, and the paragraphs of reports."""

from __future__ import annotations

import datetime as dt

import pytest
from invented import measures, names, only_task, parse, quote

HEAD = "白河县2026年整改任务清单\n\n"
PLAN = "白河县2026年工作计划\n一、工作目标\n改善。\n二、重点任务\n"


# --- labelled issues -----------------------------------------------------------------------------


def issue(*lines: str) -> str:
    return HEAD + "\n".join(lines)


@pytest.mark.parametrize(
    "lines",
    [
        (
            "一、南沟河黑臭",
            "存在问题：南沟河返黑返臭。",
            "责任领导：王建国",
            "牵头单位：县水务局",
            "责任单位：县住建局、白河镇人民政府",
            "整改目标：消除黑臭。",
            "整改时限：2026年9月底前",
            "验收单位：县生态环境局",
            "整改措施：",
            "（一）清淤3公里。",
            "（二）封堵排口6处。",
        ),
        (
            "1.南沟河黑臭",
            "验收销号单位：县生态环境局",
            "完成时限：2026年9月30日",
            "目标任务：消除黑臭。",
            "责任部门：县住建局，白河镇人民政府",
            "主办单位：县水务局",
            "包保领导：王建国（副县长）",
            "问题描述：南沟河返黑返臭。",
            "具体措施：",
            "（1）清淤3公里。",
            "（2）封堵排口6处。",
        ),
        (
            "（一）南沟河黑臭",
            "南沟河返黑返臭。",
            "整改措施和责任分工：",
            "1.清淤3公里。",
            "2.封堵排口6处。",
            "牵头部门:县水务局",
            "整改责任单位:县住建局、白河镇人民政府",
            "分管领导:王建国",
            "工作目标:消除黑臭。",
            "办结时限:2026年9月底",
            "验收部门:县生态环境局",
        ),
        (
            "一、南沟河黑臭",
            "反馈问题：南沟河返黑返臭。责任领导：王建国；牵头单位：县水务局；责任单位：县住建局、白河镇人民政府；"
            "整改目标：消除黑臭；整改期限：2026年9月底前；验收单位：县生态环境局",
            "工作举措：",
            "①清淤3公里。",
            "②封堵排口6处。",
        ),
        (
            "## 一、南沟河黑臭",
            "**存在问题：** 南沟河返黑返臭。",
            "- **责任领导：** 王建国",
            "- **牵头单位：** 县水务局",
            "- **责任单位：** 县住建局、白河镇人民政府",
            "- **整改目标：** 消除黑臭。",
            "- **整改时限：** 2026年9月底前",
            "- **验收单位：** 县生态环境局",
            "**整改措施：**",
            "1. 清淤3公里。",
            "2. 封堵排口6处。",
        ),
        (
            "一、南沟河黑臭",
            "（一）存在问题：南沟河返黑返臭。",
            "（二）责任领导：王建国",
            "（三）牵头单位：县水务局",
            "（四）责任单位：县住建局、白河镇人民政府",
            "（五）整改目标：消除黑臭。",
            "（六）整改时限：2026年9月底前",
            "（七）验收单位：县生态环境局",
            "（八）整改措施：",
            "1.清淤3公里。",
            "2.封堵排口6处。",
        ),
    ],
    ids=["usual", "reversed", "labels-last", "one-line", "markdown", "numbered-labels"],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_labels_are_read_in_any_order_wording_and_layout(lines: tuple[str, ...], gap: str) -> None:
    task = only_task(HEAD + gap.join(lines))
    assert task.labelled
    assert task.title.quote == "南沟河黑臭"
    assert (quote(task.problem) or "").rstrip("。") == "南沟河返黑返臭"
    assert names(task.leaders) == ["王建国"]
    assert names(task.lead_units) == ["县水务局"]
    assert names(task.responsible_units) == ["县住建局", "白河镇人民政府"]
    assert names(task.acceptance_units) == ["县生态环境局"]
    assert (quote(task.target) or "").rstrip("。") == "消除黑臭"
    assert task.deadline
    assert task.deadline.latest == dt.date(2026, 9, 30)
    assert [measure.text.quote for measure in task.measures] == ["清淤3公里。", "封堵排口6处。"]
    assert task.review == ()


def test_a_field_is_kept_as_a_line() -> None:
    task = only_task(issue("一、黑臭", "牵头单位：县水务局", "整改时限：2026年底"))
    assert task.fields["lead"].quote == "牵头单位：县水务局"
    assert task.fields["deadline"].quote == "整改时限：2026年底"


def test_an_issue_may_have_no_description() -> None:
    task = only_task(issue("一、黑臭", "牵头单位：县水务局", "整改目标：消除黑臭"))
    assert task.problem is None


def test_measures_have_their_own_units_and_limits() -> None:
    task = only_task(
        issue(
            "一、黑臭",
            "责任单位：县水务局",
            "整改时限：2026年12月底前",
            "整改措施：",
            "（一）清淤，2026年6月底前完成。（责任单位：白河园（原白石园）、县住建局）",
            "（二）截污，预计2026年9月底前建成。",
            "（三）管护。",
        )
    )
    first, second, third = task.measures
    assert names(first.units) == ["白河园", "县住建局"]
    assert first.text.quote == "清淤，2026年6月底前完成。"
    assert quote(first.units_span) == "（责任单位：白河园（原白石园）、县住建局）"
    assert [limit.latest for limit in first.deadlines] == [dt.date(2026, 6, 30)]
    assert [limit.soft for limit in second.deadlines] == ["预计"]
    assert third.units == ()
    assert third.deadlines == ()
    assert task.deadline
    assert task.deadline.latest == dt.date(2026, 12, 31)


def test_labels_below_several_measures_belong_to_the_measures() -> None:
    task = only_task(
        issue(
            "一、黑臭",
            "牵头领导：王建国",
            "主办单位：县水务局",
            "1.清淤。",
            "责任部门：县水务局",
            "完成时限：2026年6月底",
            "2.截污。",
            "责任部门：县住建局",
            "完成时限：2026年9月底",
        )
    )
    assert measures(task) == [("1", "清淤。"), ("2", "截污。")]
    assert [names(measure.units) for measure in task.measures] == [["县水务局"], ["县住建局"]]
    assert [measure.deadlines[0].latest for measure in task.measures] == [
        dt.date(2026, 6, 30),
        dt.date(2026, 9, 30),
    ]
    assert task.deadline is None
    assert task.responsible_units == ()


def test_labels_after_the_last_measure_close_the_issue() -> None:
    task = only_task(
        issue(
            "一、黑臭",
            "整改目标：消除黑臭。",
            "整改措施：",
            "（一）清淤。（县水务局）",
            "（二）截污。（县住建局）",
            "整改时限：2026年底",
            "验收单位：县生态环境局",
        )
    )
    assert names(task.acceptance_units) == ["县生态环境局"]
    assert task.deadline
    assert names(task.measures[-1].units) == ["县住建局"]
    assert task.measures[-1].text.quote == "截污。"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("清淤。", [("", "清淤。")]),
        ("一是清淤。二是截污。", [("一是", "一是清淤。"), ("二是", "二是截污。")]),
        (
            "一是清淤；二是截污；三是管护。",
            [("一是", "一是清淤；"), ("二是", "二是截污；"), ("三是", "三是管护。")],
        ),
        ("加强监管，一是一。", [("", "加强监管，一是一。")]),
    ],
)
def test_measures_without_numbers_of_their_own(written: str, found: list[tuple[str, str]]) -> None:
    task = only_task(issue("一、黑臭", "牵头单位：县水务局", f"整改措施：{written}"))
    assert measures(task) == found


def test_a_measure_below_its_label_begins_and_ends_with_its_own_words() -> None:
    task = only_task(
        issue(
            "一、黑臭",
            "牵头单位：县水务局",
            "整改措施：",
            "",
            "分享到：",
            "清淤3公里。",
            "|",
            "整改时限：2026年底",
        )
    )
    assert measures(task) == [("", "清淤3公里。")]
    assert task.measures[0].span.quote == "清淤3公里。"


def test_a_measure_with_fields_of_its_own_is_no_issue() -> None:
    task = only_task(
        issue(
            "一、黑臭",
            "牵头单位：县水务局",
            "整改时限：2026年底",
            "整改措施：",
            "1.清淤。",
            "责任单位：县水务局",
            "完成时限：2026年6月底",
            "2.截污。",
            "责任单位：县住建局",
            "完成时限：2026年9月底",
        )
    )
    assert measures(task) == [("1", "清淤。"), ("2", "截污。")]


def test_the_status_of_an_issue_is_no_measure() -> None:
    task = only_task(
        issue("一、黑臭", "牵头单位：县水务局", "整改措施：清淤。", "进展情况：已清淤2公里。")
    )
    assert (quote(task.status) or "").rstrip("。") == "已清淤2公里"
    assert measures(task) == [("", "清淤。")]


def test_issues_of_an_annex_are_the_tasks_and_the_body_is_not() -> None:
    document = parse(
        "白河县整改方案\n一、总体要求\n务实。\n二、整改措施\n1.治水。清淤。\n附件\n整改任务清单\n"
        "一、黑臭\n牵头单位：县水务局\n整改时限：2026年底\n二、扬尘\n牵头单位：县住建局\n整改时限：2026年底\n"
    )
    assert [(task.number, task.title.quote) for task in document.tasks] == [
        ("一", "黑臭"),
        ("二", "扬尘"),
    ]
    assert document.tasks[0].path == ("附件 整改任务清单", "一、黑臭")


def test_items_without_labels_among_labelled_ones_are_tasks_too() -> None:
    text = PLAN + (
        "（一）水\n1.清淤。完成清淤3公里。\n责任单位：县水务局\n完成时限：2026年9月底\n"
        "2.截污。封堵排口6处。（县住建局）\n（二）气\n3.洒水。每日洒水。\n责任单位：县城管局\n"
    )
    tasks = parse(text).tasks
    assert [task.number for task in tasks] == ["1", "2", "3"]
    assert [names(task.responsible_units) for task in tasks] == [
        ["县水务局"],
        ["县住建局"],
        ["县城管局"],
    ]
    assert [task.measures[0].text.quote for task in tasks] == [
        "完成清淤3公里。",
        "封堵排口6处。",
        "每日洒水。",
    ]
    assert tasks[0].deadline
    assert [task.problem for task in tasks] == [None, None, None]


# --- fields that are headings --------------------------------------------------------------------


def with_headings(number: str, title: str) -> str:
    return (
        f"{number}、{title}\n南沟河返黑返臭。\n责任领导：王建国\n（一）整改目标\n消除黑臭。\n\n达到四类。\n"
        "（二）责任单位\n县水务局、县住建局\n（三）整改时限\n2026年9月底前\n"
        "（四）整改措施\n1.清淤3公里。（县水务局）\n2.封堵排口6处。\n（五）验收单位：县生态环境局\n"
    )


def test_a_field_may_be_a_heading_with_its_text_below() -> None:
    first, second = parse(HEAD + with_headings("一", "黑臭") + with_headings("二", "扬尘")).tasks
    assert (first.number, first.title.quote, first.labelled) == ("一", "黑臭", True)
    assert (second.number, second.title.quote) == ("二", "扬尘")
    assert quote(first.problem) == "南沟河返黑返臭。"
    assert names(first.leaders) == ["王建国"]
    assert quote(first.target) == "消除黑臭。\n\n达到四类"
    assert names(first.responsible_units) == ["县水务局", "县住建局"]
    assert names(first.acceptance_units) == ["县生态环境局"]
    assert first.deadline
    assert first.deadline.latest == dt.date(2026, 9, 30)
    assert measures(first) == [("1", "清淤3公里。"), ("2", "封堵排口6处。")]
    assert names(first.measures[0].units) == ["县水务局"]
    assert first.fields["target"].quote == "整改目标\n消除黑臭。\n\n达到四类。"
    assert first.fields["acceptance"].quote == "验收单位：县生态环境局"
    assert first.review == ()


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("清淤。", [("", "清淤。")]),
        ("一是清淤。二是截污。", [("一是", "一是清淤。"), ("二是", "二是截污。")]),
    ],
)
def test_measures_below_a_heading_need_no_numbers(
    written: str, found: list[tuple[str, str]]
) -> None:
    issues = "".join(f"{n}、黑臭\n1.整改目标\n消除黑臭。\n2.整改措施\n{written}\n" for n in "一二")
    assert [measures(task) for task in parse(HEAD + issues).tasks] == [found, found]


def test_markdown_headings_may_be_fields() -> None:
    issues = "".join(
        f"## {n}\n### 整改目标\n消除。\n### 整改措施\n治理。\n" for n in ("黑臭", "扬尘")
    )
    tasks = parse(f"# 白河县整改清单\n{issues}").tasks
    assert [task.title.quote for task in tasks] == ["黑臭", "扬尘"]
    assert [measures(task) for task in tasks] == [[("", "治理。")]] * 2


def test_one_part_with_such_headings_is_a_part_of_the_plan() -> None:
    text = "方案\n一、总体要求\n（一）整改目标\n改善。\n（二）整改要求\n务实。\n二、重点任务\n1.清淤。完成。\n"
    assert [task.title.quote for task in parse(text).tasks] == ["清淤"]


# --- numbered items ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ending", "roles"),
    [
        ("（县水务局）", ([], ["县水务局"], [])),
        ("（县水务局牵头，县住建局配合）", (["县水务局"], [], ["县住建局"])),
        ("（县水务局、县住建局按职责分工负责）", ([], ["县水务局", "县住建局"], [])),
        ("（牵头单位：县水务局；配合单位：县住建局）", (["县水务局"], [], ["县住建局"])),
        ("\n责任单位：县水务局、县住建局", ([], ["县水务局", "县住建局"], [])),
        ("\n牵头单位：县水务局\n配合单位：县住建局", (["县水务局"], [], ["县住建局"])),
        ("牵头单位：县水务局；配合单位：县住建局", (["县水务局"], [], ["县住建局"])),
        ("", ([], [], [])),
    ],
)
def test_an_item_names_its_units_in_a_bracket_or_a_field(
    ending: str, roles: tuple[list[str], list[str], list[str]]
) -> None:
    task = only_task(f"{PLAN}（一）水\n1.清淤。完成清淤3公里。{ending}\n")
    found = (task.lead_units, task.responsible_units, task.cooperating_units)
    assert tuple(names(units) for units in found) == roles
    assert task.title.quote == "清淤"
    assert not task.labelled or roles[0]
    assert measures(task) == [("", "完成清淤3公里。")]


def test_an_item_keeps_its_continuation_paragraphs() -> None:
    task = only_task(f"{PLAN}1.清淤。完成清淤3公里。\n\n推进管护，落实巡查制度。\n")
    assert task.span.quote.endswith("落实巡查制度。")
    assert "推进管护" in task.measures[-1].span.quote


def test_an_item_without_a_heading_is_named_by_its_first_clause() -> None:
    task = only_task(
        f"{PLAN}1.完成南沟河清淤3公里，封堵沿线排口6处，敷设截污管道4.8公里，消除河道黑臭，建立长效管护机制。\n"
    )
    assert task.title.quote in ("完成南沟河清淤3公里", task.span.quote[2:].rstrip("。"))


def test_numbers_below_an_item_are_its_measures() -> None:
    task = only_task(
        f"{PLAN}1.治水。\n（1）清淤。（县水务局）\n（2）截污，2026年底前完成。（县住建局）\n"
    )
    assert measures(task) == [("1", "清淤。"), ("2", "截污，2026年底前完成。")]
    assert names(task.responsible_units) == ["县水务局", "县住建局"]


def test_nested_numbers_below_an_item_are_its_measures() -> None:
    task = only_task(f"{PLAN}1.治水\n1.1清淤。（县水务局）\n1.2截污，2026年底前完成。\n")
    assert task.number == "1"
    assert measures(task) == [("1.1", "清淤。"), ("1.2", "截污，2026年底前完成。")]
    assert names(task.responsible_units) == ["县水务局"]


def test_clauses_that_count_on_are_measures() -> None:
    task = only_task(f"{PLAN}1.治水。一是清淤。二是截污，2026年底前完成。（县水务局）\n")
    assert [measure.number for measure in task.measures] == ["一是", "二是"]
    assert [names(measure.units) for measure in task.measures] == [[], ["县水务局"]]


@pytest.mark.parametrize(
    "text",
    [
        "治水。落实“一是清淤。二是截污”要求。",
        "治水。这一是目标，二是结果。",
        "治水。一是否清淤。二是否截污。",
    ],
)
def test_other_uses_of_the_words_are_no_clauses(text: str) -> None:
    assert len(only_task(f"{PLAN}1.{text}\n").measures) == 1


@pytest.mark.parametrize("title", ["重点任务", "整改措施", "工作任务及分工", "主要措施"])
def test_only_parts_that_hold_measures_hold_tasks(title: str) -> None:
    text = (
        f"白河县方案\n一、指导思想\n1.提高站位。\n二、工作目标\n（一）水质。改善。\n三、{title}\n"
        "（一）水\n1.清淤。完成。\n（二）气。洒水。\n四、保障措施\n（一）加强领导。落实。\n"
    )
    assert [task.title.quote for task in parse(text).tasks] == ["清淤", "气"]


def test_a_heading_with_one_plain_paragraph_is_an_item() -> None:
    tasks = parse(
        f"{PLAN}（一）水\n1.清淤。完成。\n（二）噪声\n\n加强施工噪声监管。（县城管局）\n"
    ).tasks
    assert [task.title.quote for task in tasks] == ["清淤", "噪声"]
    assert names(tasks[1].responsible_units) == ["县城管局"]


# --- reports -------------------------------------------------------------------------------------


REPORT = "白河县督察整改进展情况的通报\n一、整改落实的成效\n（一）作风\n"


def test_a_report_quotes_the_problem_in_its_heading() -> None:
    tasks = parse(
        f"{REPORT}1.关于“检查少。一是频次低；二是走过场”问题。\n整改措施及成效：一是制定计划。二是开展检查21次。\n"
        "\u00a02.关于“二是扬尘管控不严”问题\n整改措施：加强巡查。\n"
    ).tasks
    assert [task.number for task in tasks] == ["1", "2"]
    assert [quote(task.problem) for task in tasks] == [
        "检查少。一是频次低；二是走过场",
        "二是扬尘管控不严",
    ]
    assert measures(tasks[0]) == [("一是", "一是制定计划。"), ("二是", "二是开展检查21次。")]
    assert measures(tasks[1]) == [("", "加强巡查。")]


def test_a_numbered_clause_may_follow_the_label() -> None:
    (task,) = parse(f"{REPORT}1.关于“检查少”问题\n整改措施：(1)制定计划。\n(2)开展检查。\n").tasks
    assert measures(task) == [("1", "制定计划。"), ("2", "开展检查。")]


# --- named tasks ---------------------------------------------------------------------------------


def test_tasks_that_a_report_names_are_its_tasks_with_what_the_heading_says_of_them() -> None:
    report = parse(
        "关于白河县整改进展情况的通报\n一、总体情况\n共3项。\n二、已完成整改的任务（1项）\n"
        "☆任务1  锅炉淘汰。县生态环境局牵头，拆除锅炉4台。\n三、正在推进的任务（2项）\n"
        "◇任务2  河道清淤。完成60%。责任单位：县水务局。\n◇任务3  裸地治理。完成30%。责任单位：县住建局。\n"
    )
    assert [(task.number, task.title.quote) for task in report.tasks] == [
        ("1", "锅炉淘汰"),
        ("2", "河道清淤"),
        ("3", "裸地治理"),
    ]
    assert [quote(task.status) for task in report.tasks] == [
        "已完成整改的任务（1项）",
        "正在推进的任务（2项）",
        "正在推进的任务（2项）",
    ]
    assert names(report.tasks[0].lead_units) == ["县生态环境局"]
    assert names(report.tasks[1].responsible_units) == ["县水务局"]


def test_points_within_a_field_are_measures_of_their_own() -> None:
    task = only_task(
        issue(
            "任务1 甲厂",
            "问题：异味扰民。",
            "要求：（i）停用冷凝器，5个工作日内停用；（ii）修复加盖，立行立改。",
            "责任人：王建国     包保科室：安全环保科",
            "任务2 乙厂",
        )
    )
    assert [(one.number, one.text.quote) for one in task.measures] == [
        ("i", "停用冷凝器，5个工作日内停用；"),
        ("ii", "修复加盖，立行立改。"),
    ]
    assert names(task.responsible_units) == ["安全环保科"]
    assert quote(task.problem) == "异味扰民"


PROGRESS = """白河县反馈意见整改进展情况的报告
（白河政〔2026〕8号）

现将截至2026年4月30日的整改进展情况报告如下。

二、反馈问题整改进展

（一）南溪管网缺失的问题。新建管网3.2公里，封堵排口4个（县住建局牵头，县水利局、河口镇政府配合）。截至4月，收集率为71%。该问题达到序时进度。
（二）砂场未复绿的问题。补植2公顷（县林业局牵头，县水利局配合）；查处2起（县公安局牵头）。整改时限为2026年2月底，3月5日通过县级验收。该问题已完成整改。
"""


def test_who_is_named_in_a_bracket_amid_a_report_has_the_duty() -> None:
    first, second = parse(PROGRESS).tasks
    assert names(first.lead_units) == ["县住建局"]
    assert names(first.cooperating_units) == ["县水利局", "河口镇政府"]
    assert names(second.lead_units) == ["县林业局", "县公安局"]
    assert [names(one.units) for one in first.measures] == [["县住建局", "县水利局", "河口镇政府"]]


def test_a_last_sentence_that_speaks_of_the_problem_tells_its_state() -> None:
    assert [quote(task.status) for task in parse(PROGRESS).tasks] == ["达到序时进度", "已完成整改"]
    assert {task.status_as_of for task in parse(PROGRESS).tasks} == {dt.date(2026, 4, 30)}


def test_a_limit_told_without_a_colon_is_a_clause_and_what_follows_happened() -> None:
    first, second = parse(PROGRESS).tasks
    assert first.deadline is None
    assert second.deadline is not None
    assert second.deadline.phrase.quote == "2026年2月底"
    # What is told behind it is still told of the task.
    assert "3月5日通过县级验收" in second.measures[-1].text.quote


def test_a_limit_told_without_a_colon_goes_on_where_it_says_so() -> None:
    task = only_task(
        issue(
            "任务1 裸地", "问题：未覆盖。", "整改时限为2026年6月底，并长期坚持。", "责任人：王建国"
        )
    )
    assert task.deadline is not None
    assert task.deadline.ongoing


def test_the_last_issue_ends_where_a_heading_without_a_number_goes_on() -> None:
    text = "白河县整改方案\n" + "".join(
        f"问题{number}\n{name}。\n整改目标：消除。\n牵头单位：县水利局\n完成时限：2026年6月底\n\n"
        for number, name in (("一", "排口直排"), ("二", "砂场占岸"))
    )
    document = parse(text + "组织保障\n县政府督查室每月通报，逾期的移交县纪委监委。\n")
    assert [section.title for section in document.sections][-1] == "组织保障"
    assert "督查室" not in document.tasks[-1].span.quote


def test_what_is_to_be_done_by_when_may_follow_the_bodies_of_a_complaint() -> None:
    task = only_task(
        HEAD + "一、信访件包案\n"
        "1.受理编号D3BH202604010021:丁香村反映砂场夜间噪声扰民。挂点领导:副县长 王建国;"
        "责任单位:丁香镇人民政府、县生态环境局;5月20日前加装隔声屏,6月底前办结。"
    )
    assert task.title.quote == "受理编号D3BH202604010021:丁香村反映砂场夜间噪声扰民"
    assert names(task.responsible_units) == ["丁香镇人民政府", "县生态环境局"]
    assert names(task.leaders) == ["王建国"]
    assert task.deadline is not None
    assert task.deadline.latest == dt.date(2026, 6, 30)
    assert measures(task) == [("", "5月20日前加装隔声屏,6月底前办结。")]
    assert task.review == ()


def test_fields_may_stand_behind_the_name_of_a_task_on_its_line() -> None:
    line = "任务{0} {1} 牵头：{2} 配合：石桥镇政府、县财政局 时限：2026年6月底前 领导：何远山\n措施：{3}。\n"
    text = "白河县整改任务推进表\n\n" + "".join((
        line.format("一", "东沟黑臭水体整治", "县水利局", "清淤3公里"),
        line.format("二", "餐饮油烟扰民整治", "县城管局", "安装净化器"),
    ))
    first, second = parse(text).tasks
    assert [one.title.quote for one in (first, second)] == ["东沟黑臭水体整治", "餐饮油烟扰民整治"]
    assert [names(one.lead_units) for one in (first, second)] == [["县水利局"], ["县城管局"]]
    assert names(first.leaders) == ["何远山"]
    assert quote(first.deadline and first.deadline.phrase) == "2026年6月底前"


def test_who_accepts_all_is_said_below_them_and_whoever_is_told_of_it_does_not() -> None:
    text = """关于限期整改环境问题的通知

白河电镀有限公司：
第一项，废水收集沟渗漏。此项由生产部负责，于2026年7月15日前完成。
第二项，吸收塔停运。此项由设备部负责，立即改正。
以上各项整改完成后，你公司应当书面报告我局，由白河县生态环境局组织验收。
"""
    first, second = parse(text).tasks
    assert names(first.acceptance_units) == names(second.acceptance_units) == ["白河县生态环境局"]
    assert second.deadline is not None
    assert second.deadline.immediate
    told = text.replace("，由白河县生态环境局组织验收", "验收").replace("书面报告我局", "报我局")
    assert [one.acceptance_units for one in parse(told).tasks] == [(), ()]


def test_a_sentence_may_call_the_limit_and_the_bodies_by_their_labels() -> None:
    text = """白河县整改进展情况通报

一、已完成的问题
（一）工地扬尘问题
应完成时间为2026年6月底，牵头单位是县住建局，责任单位是白河建设公司。围挡已全部落实。
（二）垃圾堆积问题
应完成时间为立行立改，牵头单位是县城管局，责任单位是石桥镇政府。采取了以下措施：1.清运37吨；2.落实保洁。
"""
    first, second = parse(text).tasks
    assert quote(first.deadline and first.deadline.phrase) == "2026年6月底"
    assert "围挡已全部落实" in first.measures[0].text.quote
    assert [words for _, words in measures(second)] == ["清运37吨；", "落实保洁。"]


def test_fields_may_be_headings_whose_marks_rank_above_those_of_tasks() -> None:
    issue = """问题{0}：{1}
（一）整改目标：断面达标
（二）整改措施
1.新建管网12公里。
2.关停养殖场7家。
（三）责任分工
牵头单位：{2}
配合单位：石桥镇
（四）整改时限：2026年12月底
"""
    text = "白河县问题清单\n" + "".join((
        issue.format("一", "河道水质不达标", "县水利局"),
        issue.format("二", "矿坑积水外溢", "县自然资源局"),
    ))
    first, second = parse(text).tasks
    assert [one.title.quote for one in (first, second)] == ["河道水质不达标", "矿坑积水外溢"]
    assert [names(one.lead_units) for one in (first, second)] == [["县水利局"], ["县自然资源局"]]
    assert [number for number, _ in measures(second)] == ["1", "2"]
    assert quote(first.deadline and first.deadline.phrase) == "2026年12月底"


def test_a_bracket_of_fields_may_stand_between_two_others() -> None:
    line = "整改进展：{0}。（整改时限：{1}；责任单位：{2}、石桥镇；验收单位：市生态环境局）进展状态：正在推进\n"
    text = (
        "白河县整改进展公示\n\n问题1 河道水质不达标\n"
        + line.format("已建成管网8公里", "2026年12月", "县水利局")
        + "问题2 矿山生态破坏\n"
        + line.format("边坡削坡完成", "2026年6月", "县自然资源局")
    )
    first, second = parse(text).tasks
    assert names(first.responsible_units) == ["县水利局", "石桥镇"]
    assert names(first.acceptance_units) == ["市生态环境局"]
    assert quote(first.status) == "已建成管网8公里"
    assert quote(second.deadline and second.deadline.phrase) == "2026年6月"


def test_sentences_tell_who_has_a_task_whose_fields_do_not() -> None:
    text = """白河县整改调度情况
（一）东沟治理。县水利局负责，东沟镇配合。序时进度应达60%，实际完成52%。
措施：1.新建管网；2.关停养殖场。
时限：2026年12月底前
（二）渗滤液处置。县城管局是责任主体。县整改办6月3日组织验收。
措施：建设应急设施。
时限：立行立改
"""
    first, second = parse(text).tasks
    assert names(first.responsible_units) == ["县水利局"]
    assert names(first.cooperating_units) == ["东沟镇"]
    assert names(second.responsible_units) == ["县城管局"]
    assert names(second.acceptance_units) == ["县整改办"]


def test_a_leader_may_be_told_in_a_sentence_of_his_own_and_a_part_of_a_task_by_its_own_clause() -> (
    None
):
    text = """白河县2026年整改工作计划

第一，水质不达标问题。由县水利局牵头，东沟镇配合，新建管网，12月底前达标。副县长周海包抓。
第二，矿山破坏问题。由县自然资源局牵头，削坡覆土，6月底前完⏎成，其中，北坡地块由白河建设公司负责。副县长李涛包抓。
""".replace("⏎", "\n")
    first, second = parse(text).tasks
    assert [names(one.leaders) for one in (first, second)] == [["周海"], ["李涛"]]
    assert quote(first.deadline and first.deadline.phrase) == "12月底前"
    assert quote(second.deadline and second.deadline.phrase) == "6月底前"
    assert names(second.responsible_units) == ["白河建设公司"]


def test_an_item_below_its_body_may_say_nothing_but_its_limit() -> None:
    text = """白河县整改责任清单

一、县住建局
1.污水厂提标。2026年10月底前完成提标改造。
2.雨污分流。新建管网30公里，2026年12月底前完成。
二、县城管局
3.餐饮油烟。立行立改。
4.垃圾场封场。县财政局配合。
"""
    tasks = parse(text).tasks
    assert [quote(one.deadline and one.deadline.phrase) for one in tasks] == [
        "2026年10月底前",
        "2026年12月底前",
        "立行立改",
        None,
    ]


def test_who_accepted_a_task_may_be_told_as_it_passed() -> None:
    text = """白河县整改情况报告

一、整改情况
1.东沟污染问题。该问题由县水利局牵头整改。目前已于6月20日通过市生态环境局验收。
2.矿山破坏问题。该问题由县自然资源局牵头整改。目前正在推进，拟通过公开招标验收第三方。
"""
    first, second = parse(text).tasks
    assert names(first.acceptance_units) == ["市生态环境局"]
    assert second.acceptance_units == ()
