"""Tables copied from a page with a line for each line of a cell."""

from __future__ import annotations

from invented import measures, names, parse, quote

HEADS = "序号\n整改任务\n整改措施\n牵头单位\n配合单位\n整改时限\n"
FIRST = """1
长岭沟尾矿库渗水
未收集
1.修复库区截洪沟，疏
通排水斜槽。
2.新建渗水收集池2座。
县应急管理局
县水务局、
长岭镇人民政府
2026年9月底
"""
SECOND = """2
东关农贸市场周边
油烟扰民
对经营户逐一核查，安
装净化设施。
县城市管理局
东关街道办事处
立行立改
"""
TITLE = "附件1\n\n石桥县突出环境问题整改任务表\n\n"
NOTE = "— 3 —\n注：本表自印发之日起施行，由县整改办负责解释。\n"


def test_lines_of_a_cell_are_put_together() -> None:
    first, second = parse(TITLE + HEADS + FIRST + SECOND + NOTE).tasks
    assert "".join(first.title.quote.split()) == "长岭沟尾矿库渗水未收集"
    assert [(number, "".join(words.split())) for number, words in measures(first)] == [
        ("1", "修复库区截洪沟，疏通排水斜槽。"),
        ("2", "新建渗水收集池2座。"),
    ]
    assert names(first.lead_units) == ["县应急管理局"]
    assert names(first.cooperating_units) == ["县水务局", "长岭镇人民政府"]
    assert first.deadline
    assert first.deadline.phrase.quote == "2026年9月底"
    assert "".join(second.title.quote.split()) == "东关农贸市场周边油烟扰民"
    assert len(second.measures) == 1
    assert names(second.cooperating_units) == ["东关街道办事处"]
    assert second.deadline
    assert second.deadline.immediate
    assert "注" not in second.span.quote


def test_the_table_goes_on_over_the_page() -> None:
    third = FIRST.replace("1\n", "3\n", 1).replace("长岭沟", "青杨沟")
    fourth = SECOND.replace("2\n", "4\n", 1).replace("东关农贸", "西关农贸")
    tasks = parse(TITLE + HEADS + FIRST + SECOND + "— 3 —\n" + HEADS + third + fourth + NOTE).tasks
    assert [task.number for task in tasks] == ["1", "2", "3", "4"]


def test_a_row_that_can_be_cut_in_two_ways_is_left_to_a_person() -> None:
    # Whose lines the three bodies are cannot be told.
    third = "3\n北山采石坑积水\n回填并复绿\n县林业局\n县水务局\n县住建局\n2026年6月底\n"
    tasks = parse(TITLE + HEADS + FIRST + SECOND + third + SECOND.replace("2", "4", 1)).tasks
    assert [task.number for task in tasks] == ["1", "2", "3", "4"]
    assert tasks[2].lead_units == tasks[2].cooperating_units == ()
    assert tasks[2].review
    # The other cells can be told.
    assert quote(tasks[2].title) == "北山采石坑积水"
    assert quote(tasks[2].deadline and tasks[2].deadline.phrase) == "2026年6月底"
    assert quote(tasks[2].status) is None


def test_a_table_cut_off_by_its_own_headings_ends_there() -> None:
    third = FIRST.replace("1\n", "3\n", 1).replace("长岭沟", "青杨沟")
    note = "说明：1.本表由县整改办解释。2.各单位按月报送。\n"
    tasks = parse(TITLE + HEADS + FIRST + SECOND + HEADS + third + note).tasks
    assert [task.number for task in tasks] == ["1", "2", "3"]
    assert names(tasks[2].lead_units) == ["县应急管理局"]
    assert "解释" not in tasks[2].span.quote


def test_one_body_leads_where_one_does_so_in_the_rows_that_can_be_cut() -> None:
    third = "3\n河滩建筑垃圾未清运\n清运垃圾并复绿。\n县自然资源局\n石桥镇人民政府\n县农业农村和水务\n局\n2026年8月底\n"
    *_, task = parse(TITLE + HEADS + FIRST + SECOND + third + NOTE).tasks
    assert names(task.lead_units) == ["县自然资源局"]
    assert names(task.cooperating_units) == ["石桥镇人民政府", "县农业农村和水务局"]


def test_a_heading_may_be_broken_over_two_lines() -> None:
    heads = HEADS.replace("整改时限", "县级责任\n领导\n整改时限")
    rows = FIRST.replace("2026年9月底", "韩立秋\n2026年9月底") + SECOND.replace(
        "立行", "吴亚东\n立行"
    )
    first, second = parse(TITLE + heads + rows + NOTE).tasks
    assert [names(one.leaders) for one in (first, second)] == [["韩立秋"], ["吴亚东"]]


def test_the_last_row_ends_with_its_state() -> None:
    heads = HEADS.strip() + "\n整改状态\n"
    last = SECOND.replace("立行立改", "2026年6月底并长期\n坚持\n未达到序时进度")
    rows = FIRST.strip() + "\n正在整改\n" + last
    *_, task = parse(TITLE + heads + rows + NOTE).tasks
    assert quote(task.state) == "未达到序时进度"
    assert (
        "".join((quote(task.deadline and task.deadline.phrase) or "").split())
        == "2026年6月底并长期坚持"
    )
