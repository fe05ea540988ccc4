"""Labels that a document coins itself are read by what stands behind them."""

from __future__ import annotations

import datetime as dt

import pytest
from invented import measures, names, parse, quote, spans_of

from ingest.markers import find_labels, with_own_labels
from ingest.own_labels import blank_labels, own_labels

ISSUE = """{number}、{title}
问题由来：{problem}
应达标准：{target}
处理办法：
①{first}；
②{second}。
经办：{lead}
搭办：{others}
盯办人：{leader}
办结日期：{limit}
核销把关：{acceptance}
"""
ISSUES = (
    ("一", "南沟河黑臭", "返黑返臭。", "消除黑臭。", "清淤3公里", "封堵排口6处", "水务办"),
    ("二", "餐饮油烟扰民", "投诉多。", "投诉下降一半。", "装净化器20台", "每周夜查", "执法队"),
    ("三", "裸地扬尘", "裸露5亩。", "全部覆盖。", "覆盖裸地", "每日洒水", "规建办"),
)
LIST = "白河街道督察反馈问题整改清单\n\n" + "\n".join(
    ISSUE.format(
        number=number, title=title, problem=problem, target=target, first=first, second=second,
        lead=lead, others="环应办、上塘村", leader="王建国", limit=f"2026年{month}月30日",
        acceptance="区生态环境局",
    )
    for month, (number, title, problem, target, first, second, lead) in enumerate(ISSUES, start=9)
)  # fmt: skip


def test_each_label_of_a_list_has_its_role() -> None:
    assert own_labels(LIST) == {
        "问题由来": "problem",
        "应达标准": "target",
        "处理办法": "measures",
        "经办": "responsible",
        "搭办": "cooperating",
        "盯办人": "leader",
        "办结日期": "deadline",
        "核销把关": "acceptance",
    }


def test_the_issues_become_tasks_with_fields_and_measures() -> None:
    document = parse(LIST)
    assert [task.number for task in document.tasks] == ["一", "二", "三"]
    task = document.tasks[0]
    assert (quote(task.problem), quote(task.target)) == ("返黑返臭", "消除黑臭")
    assert names(task.responsible_units) == ["水务办"]
    assert names(task.cooperating_units) == ["环应办", "上塘村"]
    assert names(task.acceptance_units) == ["区生态环境局"]
    assert names(task.leaders) == ["王建国"]
    assert task.deadline
    assert task.deadline.latest == dt.date(2026, 9, 30)
    assert [number for number, *_ in measures(task)] == ["①", "②"]
    assert all(document.source.text[s.start : s.end] == s.quote for s in spans_of(document))


def test_sections_behind_the_last_issue_are_none_of_its_measures() -> None:
    document = parse(f"{LIST}\n（一）调度。每月报送进展。\n（二）公开。在公开栏公示。\n")
    last = document.tasks[-1]
    assert [number for number, *_ in measures(last)] == ["①", "②"]
    assert names(last.responsible_units) == ["规建办"]


REPORT = "白河区整改完成情况的公示\n甲、逐项情况\n" + "".join(
    f"【问题{number}】{title}\n〔原定要求〕2025年{month}月底前完成。\n〔做了什么〕清运{number}万吨。\n"
    f"〔结果〕2025年{month}月8日完成，通过市级核查销号。\n〔责任〕区住建局牵头，区水务局、各镇街配合。\n"
    for number, title, month in ((1, "垃圾清运", 6), (2, "河道清淤", 7), (3, "矿山复绿", 9))
)


def test_labels_may_stand_in_brackets_and_roles_in_the_value() -> None:
    first, *_ = parse(REPORT).tasks
    assert (first.number, first.title.quote) == ("1", "垃圾清运")
    assert names(first.lead_units) == ["区住建局"]
    assert names(first.cooperating_units) == ["区水务局", "各镇街"]
    assert quote(first.status) == "2025年6月8日完成，通过市级核查销号"


def test_a_task_without_a_limit_is_due_when_its_target_is() -> None:
    first, *_ = parse(REPORT).tasks
    assert first.deadline
    assert first.deadline.latest == dt.date(2025, 6, 30)


@pytest.mark.parametrize(
    "text",
    [
        "说明：甲。\n说明：乙。\n",  # too few
        "说明：甲。\n说明：乙。\n说明：丙。\n",  # a single label makes no list
        "牵头单位：甲局\n牵头单位：乙局\n牵头单位：丙局\n责任单位：甲局\n责任单位：乙局\n责任单位：丙局\n",
    ],
)
def test_nothing_is_made_a_label_that_is_none_or_known(text: str) -> None:
    assert own_labels(text) == {}


def test_own_labels_are_read_for_one_document_only() -> None:
    with with_own_labels({"经办": "responsible"}):
        assert [one.role for one in find_labels("经办：水务办", 0, 6)] == ["responsible"]
    assert find_labels("经办：水务办", 0, 6) == []


UNDERTAKEN = """任务1　砂石堆场扬尘
承办单位：县交通局
{helping}：县城管局
办结时间：2026年6月30日
任务2　黑臭水体返黑
承办单位：县水务局
{helping}：白河镇政府
办结时间：2026年9月30日
"""


def test_who_undertakes_a_task_leads_it_where_others_help() -> None:
    first, _ = parse(UNDERTAKEN.format(helping="协办单位")).tasks
    assert names(first.lead_units) == ["县交通局"]
    assert names(first.cooperating_units) == ["县城管局"]


@pytest.mark.parametrize("other", ["牵头单位", "验收单位"])
def test_who_undertakes_a_task_is_responsible_where_another_leads_or_nobody_helps(
    other: str,
) -> None:
    first, _ = parse(UNDERTAKEN.format(helping=other)).tasks
    assert names(first.responsible_units) == ["县交通局"]


BLANKS = """白河县草原突出问题整治方案

第一项　违规开垦清退
现状　疑似违规开垦2316亩。
目标　应退尽退。
措施　1.收回土地；2.补种牧草。
主办单位　县林草局
协办单位　县公安局、县农业农村局
责任领导　巴图
时间节点　2026年9月底

第二项　矿山排土场治理
现状　边坡裸露。
目标　治理边坡86万平方米。
措施　1.削坡；2.覆土；3.布设喷灌。
主办单位　县自然资源局
协办单位　县能源局
责任领导　高彦军
时间节点　长期坚持

第三项　草场碾压整治
现状　形成多条便道。
目标　便道全部封禁。
措施　设置围栏。
主办单位　县文旅局
协办单位　县公安局
责任领导　高彦军
时间节点　2026年6月15日
"""


def test_blanks_may_stand_for_the_colon_behind_labels_that_repeat() -> None:
    first, second, third = parse(BLANKS).tasks
    assert names(first.lead_units) == ["县林草局"]
    assert names(first.cooperating_units) == ["县公安局", "县农业农村局"]
    assert names(first.leaders) == ["巴图"]
    assert (quote(first.problem), quote(first.target)) == ("疑似违规开垦2316亩", "应退尽退")
    assert [len(measures(task)) for task in (first, second, third)] == [2, 3, 1]
    limits = [task.deadline.phrase.quote for task in (first, second, third) if task.deadline]
    assert limits == ["2026年9月底", "长期坚持", "2026年6月15日"]


def test_blanks_within_a_line_or_behind_single_words_make_no_label() -> None:
    sentence = "由主办单位　协办单位 共同推进，时间节点　另行通知。"
    text = BLANKS + sentence
    assert blank_labels(text) >= {"现状", "主办单位", "时间节点"}
    assert blank_labels(sentence) == frozenset()
    with with_own_labels({}, frozenset({"主办单位", "时间节点"})):
        assert find_labels(sentence, 0, len(sentence)) == []


ABOVE = """白河市督察整改方案

问题一
　　督察发现，{first}，汛期溢流。
整改目标
　　汛期前消除溢流。
整改措施
　　（1）完成管网排查。
　　（2）改造12条道路。
整改时限
　　2026年6月底
牵头单位
　　市住建局
包保领导
　　副市长　罗景川

问题二
　　督察发现，矿坑修复缓慢。
整改目标
　　完成修复。
整改措施
　　压实责任，对发现的问题严肃追责。
整改时限
　　立行立改，长期坚持
牵头单位
　　市自然资源局
包保领导
　　副市长　聂文柏
"""


def test_labels_may_stand_on_lines_of_their_own_above_their_values() -> None:
    first, second = parse(ABOVE.format(first="雨污分流滞后")).tasks
    assert names(first.lead_units) == ["市住建局"]
    assert names(first.leaders) == ["罗景川"]
    assert quote(first.deadline and first.deadline.phrase) == "2026年6月底"
    assert measures(first) == [("1", "完成管网排查。"), ("2", "改造12条道路。")]
    assert names(second.lead_units) == ["市自然资源局"]
    assert quote(second.target) == "完成修复"
    assert len(second.measures) == 1


def test_headings_of_a_table_on_lines_of_their_own_are_no_labels() -> None:
    page = "序号\n整改目标\n整改措施\n牵头单位\n整改时限\n备注\n"
    assert blank_labels(page * 3) == frozenset()


def test_several_labels_with_blanks_behind_them_may_share_a_line() -> None:
    line = "责任部门  县{0}局、县住建局    责任领导  {1}    完成期限  2026年{2}月底\n"
    text = "".join(
        f"{title}\n{wrong}。\n（1）立即清理；\n（2）建立台账。\n{line.format(*values)}"
        for title, wrong, values in (
            ("非法采砂整治", "盗采河砂", ("水利", "蓝志刚", 6)),
            ("市场环境整治", "垃圾乱堆", ("城管", "韦秀芝", 7)),
            ("石材粉尘整治", "粉尘直排", ("工信", "蓝志刚", 8)),
        )
    )
    tasks = parse("白河县专项整治方案\n\n" + text).tasks
    assert [quote(task.title) for task in tasks] == ["非法采砂整治", "市场环境整治", "石材粉尘整治"]
    assert [names(task.leaders) for task in tasks] == [["蓝志刚"], ["韦秀芝"], ["蓝志刚"]]
    assert names(tasks[0].responsible_units) == ["县水利局", "县住建局"]
    assert [quote(task.deadline and task.deadline.phrase) for task in tasks] == [
        "2026年6月底",
        "2026年7月底",
        "2026年8月底",
    ]
    assert [len(task.measures) for task in tasks] == [2, 2, 2]


CARD = """═══════════════════════
交办单 第{number}号　　　　交办日期：2026年4月8日
问题名称：{title}
问题来源：群众信访　　　问题点位：左岸
存在问题：{wrong}
整改要求：A.立即清运；B.设置监控。
承办单位：苍江镇人民政府　　协办单位：{helping}
督办领导：庞敬之（县委常委、副县长）　　办结时间：{limit}
办理状态：正在办理
"""


def test_sheets_of_fields_are_tasks_called_by_their_names() -> None:
    text = "苍江县突出问题交办单\n\n" + "".join(
        CARD.format(number=n, title=t, wrong=w, helping=h, limit=d)
        for n, t, w, h, d in (
            (11, "桥下垃圾堆积", "建筑垃圾堆积。", "县水利局", "2026年5月8日"),
            (12, "采石场越界开采", "越界23亩。", "／", "立即办理，长期保持"),
            (13, "废轮胎炼油", "夜间异味。", "县公安局", "待案件侦办情况确定"),
        )
    )
    tasks = parse(text).tasks
    assert [(task.number, quote(task.title)) for task in tasks] == [
        ("11", "桥下垃圾堆积"),
        ("12", "采石场越界开采"),
        ("13", "废轮胎炼油"),
    ]
    assert [quote(task.deadline and task.deadline.phrase) for task in tasks] == [
        "2026年5月8日",
        "立即办理，长期保持",
        "待案件侦办情况确定",
    ]
    assert names(tasks[0].cooperating_units) == ["县水利局"]
    assert tasks[1].cooperating_units == ()
    assert [names(task.leaders) for task in tasks] == [["庞敬之"]] * 3
    assert [len(task.measures) for task in tasks] == [2, 2, 2]
    assert "═" not in "".join(passage.span.quote for passage in parse(text).passages)


LEDGER = """问题编号：SJ-0{n}　　问题名称：{title}　　来源：{source}
行政区域：石门镇
整改时限：2026年10月底　　牵头领导：区委常委 毛国平　　牵头单位：区交通局
整改措施与完成情况：
　　措施一：取缔堆场7处。（已完成）
　　措施二：建设料仓3座。（在建）
总体评价：{state}

"""


def test_short_words_are_no_persons_and_places_no_bodies() -> None:
    text = "石门区突出问题整改台账\n\n" + "".join(
        LEDGER.format(n=n, title=title, source=source, state=state)
        for n, (title, source, state) in enumerate(
            (
                ("堆场扬尘", "省级督察", "序时推进"),
                ("管网淤堵", "群众举报", "已完成整改"),
                ("锅炉超标", "省级督察", "进度滞后"),
            ),
            start=1,
        )
    )
    tasks = parse(text).tasks
    assert [quote(task.title) for task in tasks] == ["堆场扬尘", "管网淤堵", "锅炉超标"]
    assert [names(task.leaders) for task in tasks] == [["毛国平"]] * 3
    assert [task.responsible_units for task in tasks] == [()] * 3
    assert [quote(task.status) for task in tasks] == ["序时推进", "已完成整改", "进度滞后"]
    assert [len(task.measures) for task in tasks] == [2, 2, 2]


def test_blanks_may_spread_a_label() -> None:
    text = """白河县治理任务表

一、养殖污染治理
    责 任 人：副县长 陶景春
    牵头单位：县农业农村局
    完成时限：2026年9月30日前
二、工业废水治理
    责　任　人：副县长 龚建国
    牵头单位：县工信局
    完成时限：2026年12月20日前
"""
    assert [names(task.leaders) for task in parse(text).tasks] == [["陶景春"], ["龚建国"]]


def test_the_day_on_which_a_task_begins_is_no_limit() -> None:
    text = "青口县整改销号清单\n\n" + "".join(
        f"{number}\n问题名称：{name}\n主办单位：县水利局\n启动日期：2026年3月1日\n销号期限：{limit}\n\n"
        for number, name, limit in (
            ("1", "渣库渗漏", "2026年9月30日"),
            ("2", "河道返黑", "2026年8月31日"),
            ("3", "果园占地", "待方案批复后确定"),
        )
    )
    limits = [task.deadline.phrase.quote if task.deadline else "" for task in parse(text).tasks]
    assert limits == ["2026年9月30日", "2026年8月31日", "待方案批复后确定"]


def test_lines_that_number_cards_part_tasks_whose_measures_are_numbered() -> None:
    text = "青口县整改销号卡汇编\n\n" + "".join(
        f"==========\n销号卡（{number}）\n问题名称  {name}\n主办单位  县水利局      挂牌领导  副县长 欧阳瑾\n"
        f"销号期限  2026年9月30日\n整改举措\n（1）封堵排口；\n（2）清淤两公里。\n当前状态  {state}\n"
        for number, name, state in (
            ("一", "渣库渗漏", "正在推进"),
            ("二", "河道返黑", "已完成，待公示"),
            ("三", "果园占地", "未启动"),
        )
    )
    tasks = parse(text).tasks
    assert [task.title.quote for task in tasks] == ["渣库渗漏", "河道返黑", "果园占地"]
    assert [len(task.measures) for task in tasks] == [2, 2, 2]
    assert [task.state.quote if task.state else "" for task in tasks] == [
        "正在推进",
        "已完成，待公示",
        "未启动",
    ]


def test_labels_in_everyday_words_stand_behind_arrows_and_bodies_tell_more_than_a_word() -> None:
    issue = "{0} {1}\n  → 做什么:{2}\n  → 谁来做:{3}(牵头),石桥镇(配合)\n  → 何时完:2026年{4}月底\n"
    text = "白河县整改清单\n\n" + "".join((
        issue.format(1, "东沟治理", "新建管网12公里", "县水利局", 6),
        issue.format(2, "矿山复绿", "削坡覆土", "县自然资源局", 9),
        issue.format(3, "渗滤液处置", "建设应急设施", "县城管局", 12),
    ))
    tasks = parse(text).tasks
    assert [names(task.lead_units) for task in tasks] == [
        ["县水利局"],
        ["县自然资源局"],
        ["县城管局"],
    ]
    assert names(tasks[0].cooperating_units) == ["石桥镇"]
    assert tasks[1].measures[0].text.quote == "削坡覆土"
