"""Plans, work plans and task lists of several offices in one folder, asked what their staff ask."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import offices
import pytest

from assistant.answer import Answer
from assistant.app import Assistant

PLAN = """长珩市贯彻落实省第四生态环境保护督察组反馈意见整改方案

2025年3月4日至21日，省第四生态环境保护督察组对我市开展了督察，6月10日反馈了督察意见，指出我市存在4个方面11个问题。为抓好整改，制定本方案。

一、整改目标
到2025年底，全市PM2.5年均浓度控制在34微克/立方米以内；到2026年底，城市生活污水集中收集率力争达到72%。

二、具体问题及整改措施

（一）珩江干流排污口整治滞后
存在问题：全市列入整治清单的排污口132个，截至2025年4月仅完成58个，完成率43.9%；珩江云渡断面2024年总磷平均浓度0.31毫克/升。
整改目标：2026年6月底前，132个排污口全部整治到位，2026年云渡断面总磷平均浓度控制在0.2毫克/升以内。
整改措施：一是开展排口溯源，2025年8月底前查清6个超标排口的来水，建立“一口一档”；二是实施截污，云渡段新建截污管道4.2公里，2025年12月底前通水；三是建立月巡查制度，由河长办每月通报。
牵头领导：副市长 江逸之
牵头单位：市生态环境局
责任单位：市水利局、云渡区人民政府
督办单位：市政府督查室
整改时限：2026年6月底前

（二）青坪垃圾填埋场渗滤液处置能力不足
存在问题：青坪垃圾填埋场渗滤液日产生量约420吨，处理能力仅为260吨，库内积存渗滤液9.6万吨；青坪县应改造泵站22座仅完成4座。
整改目标：2026年3月底前积存渗滤液清零，处理能力提升至500吨/日。
整改措施：一是2025年9月底前投用应急处理设备，新增处理能力150吨/日；二是扩建渗滤液处理站，2026年1月底前建成。
牵头领导：副市长 郁知秋
牵头单位：市城市管理局
责任单位：市环卫处、青坪县人民政府
督办单位：市生态环境局
整改时限：2026年3月底前

（三）农村黑臭水体返黑返臭
存在问题：抽查的15条已销号农村黑臭水体中，4条返黑返臭，分别为柳巷沟、东塘沟、官庄沟和南新河。
整改目标：2025年10月底前4条水体消除黑臭。
整改措施：一是清淤疏浚，4条水体清淤1.8万立方米；二是控源截污，建设村级污水处理站7座。
牵头领导：副市长 郁知秋
牵头单位：市生态环境局
责任单位：市农业农村局、北芜县人民政府
督办单位：市农业农村局
整改时限：2025年10月底前，长期坚持
"""

WORK_PLAN = """遂源县2025年深入打好污染防治攻坚战工作要点

一、年度目标
全县PM2.5平均浓度不高于30微克/立方米，重污染天数不超过2天。

二、重点任务
（一）打好蓝天保卫战
1.推进锅炉淘汰。全县剩余17台燃煤锅炉，5月底前淘汰9台，其余8台9月底前全部淘汰。（县市场监管局牵头，县生态环境局、县工信局配合）
2.整治餐饮油烟。城关镇86家餐饮店安装油烟净化器，安装率达到100%。（县城管局牵头，城关镇配合）
（二）打好碧水保卫战
3.推进污水管网改造。完成县城污水管网改造22公里，其中城关镇14公里、东坝镇8公里，10月底前完工。（县住建局牵头，县财政局、县水务公司配合）
4.整治入河排污口。53个排污口中，工业类11个6月底前完成，生活类27个11月底前完成，农业类15个2026年完成。（县生态环境局牵头，县水利局配合）
5.保护饮用水水源。龙潭水库一级保护区内2户养殖户于4月底前清退，补偿资金由县财政局统筹解决。（县水利局牵头，县财政局、龙潭镇配合）

三、突出问题
3月暗访发现，东坝镇河段仍有3处生活污水直排口，其中老街口日均排放约90吨。

四、下一步要求
东坝镇3处直排口8月20日前全部封堵。
"""

TASK_LIST = """# 临禾区生态环境问题整改任务清单（2025年7月）

| 序号 | 问题来源 | 问题 | 整改措施 | 牵头单位 | 配合单位 | 区级领导 | 完成时限 | 进展 |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| 1 | 中央督察 | 沙坡工业园污水厂超负荷运行，日处理量超设计18% | ①扩建1.5万吨/日；②实施错峰排放 | 区住建局 | 区生态环境局 | 卫承泽 | 2025年12月31日 | 整改中，土建完成60% |
| 2 | 省督察 | 临禾酒厂废水超标外排，COD超标1.4倍 | ①停产整治；②更换厌氧罐2座 | 区生态环境局 | 区工信局、白杨镇 | 苗若兰 | 2025年8月31日 | 已停产，厌氧罐到货1座 |
| 3 | 省督察 | 白杨镇生活垃圾露天堆放点7处，约3200吨 | ①清运；②设收集点12处 | 区城管局 | 白杨镇 | 卫承泽 | 2025年6月30日 | 已完成，7月2日销号 |
| 4 | 市级暗访 | 东渠2.6公里河段被建筑垃圾侵占 | ①清除建筑垃圾；②恢复岸线 | 区水务局 | 区住建局、河东街道 | 苗若兰 | 2025年9月30日 | 整改中，清除1.1公里 |
| 5 | 市级暗访 | 河东街道烧烤摊油烟扰民，投诉41件 | ①划定集中经营区；②安装净化器26台 | 区城管局 | 河东街道 | 钟以宁 | 2025年7月31日 | 整改中 |
| 6 | 群众信访 | 柏树村养猪场粪污直排，存栏1600头 | ①建三级沉淀池；②签订消纳协议900亩 | 区农业农村局 | 白杨镇 | 钟以宁 | 2025年10月31日 | 未启动 |

注：第2项逾期未完成的，由区生态环境局按日计罚；第5项经区整改办同意，时限延至2025年8月31日。

本轮机构改革后，原区市容委更名为区城市管理局（下称“区城管局”）。
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("plans")
    for name, text in (("plan.txt", PLAN), ("work.txt", WORK_PLAN), ("list.md", TASK_LIST)):
        (folder / name).write_text(text, encoding="utf-8")
    return offices.opened(folder)


def ask(office: Assistant, question: str) -> Answer:
    return offices.ask(office, question, dt.date(2025, 7, 15))


def test_a_question_for_whose_findings_and_for_a_list_gets_both(office: Assistant) -> None:
    answer = ask(office, "长珩是哪个督察组点的？哪些问题由市生态环境局牵头？")
    assert "针对的是省第四生态环境保护督察组的意见" in answer.text
    assert "共2项（牵头单位：市生态环境局）" in answer.text


def test_a_question_for_whose_findings_alone_gets_nothing_else(office: Assistant) -> None:
    assert len(ask(office, "长珩的整改方案是针对哪个督察组的？").text.split("\n\n")) == 1


def test_the_tasks_that_a_body_takes_part_in_are_listed(office: Assistant) -> None:
    answer = ask(office, "遂源配合单位里有县财政局的任务")
    assert "共2项（配合单位：县财政局）" in answer.text


def test_a_body_of_one_level_is_not_that_of_another_place(office: Assistant) -> None:
    answer = ask(office, "区城管局牵头的两项分别到哪天、进展怎样")
    assert "临禾区" in answer.text
    assert "2025年6月30日" in answer.text
    assert "2025年7月31日" in answer.text
    assert "县城管局" not in answer.text


def test_tasks_whose_text_speaks_of_a_town_stand_beside_those_laid_upon_it(
    office: Assistant,
) -> None:
    answer = ask(office, "城关镇的活有哪些")
    assert "共1项（涉及单位：城关镇）" in answer.text
    assert "另有1项没有把城关镇列为承担单位，但正文提到它" in answer.text
    assert "城关镇14公里" in answer.text


def test_batches_with_days_of_their_own_are_in_the_list_of_a_month(office: Assistant) -> None:
    assert "工业类11个6月底前完成" in ask(office, "遂源6月底前要完成的有哪些").text


def test_a_list_has_a_column_for_those_who_are_asked_for(office: Assistant) -> None:
    answer = ask(office, "长珩年底前要整改完的有哪些项，各归谁督办")
    assert "督办单位" in answer.text or "督导单位" in answer.text
    assert "市农业农村局" in answer.text


def test_what_a_body_does_itself_and_what_it_supervises_are_two_lists(office: Assistant) -> None:
    answer = ask(office, "长珩市生态环境局哪几项是自己牵头，哪项是去督办别人？")
    assert "牵头单位：" in answer.text
    assert "珩江干流排污口整治滞后" in answer.text
    assert "青坪垃圾填埋场" in answer.text


def test_a_cell_of_numbered_measures_is_told_whole(office: Assistant) -> None:
    answer = ask(office, "养猪场那项要建什么、消纳多少亩，现在动了没")
    assert "①建三级沉淀池；②签订消纳协议900亩" in answer.text
    assert "未启动" in answer.text


def test_whose_finding_a_row_is_stands_beside_who_leads(office: Assistant) -> None:
    answer = ask(office, "临禾酒厂那项是谁来的问题、谁牵头、什么时候到期")
    assert "问题来源为省督察" in answer.text
    assert "2025年8月31日" in answer.text


def test_a_limit_that_was_put_off_is_told_with_the_new_one(office: Assistant) -> None:
    answer = ask(office, "河东街道烧烤摊油烟扰民整改时限是哪天")
    assert "整改时限为：2025年7月31日" in answer.text
    assert "时限延至2025年8月31日" in answer.text


def test_a_limit_that_was_not_put_off_stands_alone(office: Assistant) -> None:
    assert "延" not in ask(office, "白杨镇生活垃圾露天堆放整改时限是哪天").text


def test_what_is_left_goes_without_a_unit_where_there_is_only_one(office: Assistant) -> None:
    answer = ask(office, "长珩排污口已经完成多少还差多少")
    assert "还有74个（由督办计算）" in answer.text


def test_each_of_two_works_has_its_own_day(office: Assistant) -> None:
    answer = ask(office, "青坪渗滤液应急设备几时投用，渗滤液处理站扩建又到什么时候？")
    assert "2025年9月底前" in answer.text
    assert "2026年1月底前" in answer.text


def test_figures_asked_for_one_by_one_behind_a_colon_are_all_told(office: Assistant) -> None:
    answer = ask(office, "青坪填埋场那项报三个数：渗滤液日产生量、库内积存、处理能力提升到多少")
    assert "420吨" in answer.text
    assert "9.6万吨" in answer.text
    assert "500吨/日" in answer.text


def test_a_measure_that_the_question_gets_wrong_is_put_right_first(office: Assistant) -> None:
    answer = ask(office, "东渠被占的3.5公里河段谁牵头？")
    assert answer.text.startswith("提问中的3.5公里与文件不符，文件写明：东渠2.6公里河段")
    assert "牵头单位为区水务局" in answer.text


def test_a_measure_that_is_right_is_not_remarked_on(office: Assistant) -> None:
    assert "不符" not in ask(office, "东渠被占的2.6公里河段谁牵头？").text


def test_the_number_of_problems_that_the_text_gives_stands_beside_those_listed(
    office: Assistant,
) -> None:
    answer = ask(office, "长珩整改方案一共有几个问题")
    assert "共3项任务" in answer.text
    assert "正文另写明“指出我市存在4个方面11个问题”" in answer.text


def test_a_limit_set_in_another_part_of_the_text_is_found(office: Assistant) -> None:
    answer = ask(office, "遂源东坝镇暗访抓到的三个污水口，限哪天堵上？")
    assert "8月20日前全部封堵" in answer.text


def test_what_the_measures_of_a_row_are_to_reach_is_told(office: Assistant) -> None:
    assert "扩建1.5万吨/日" in ask(office, "沙坡工业园污水厂超负荷要提到多少").text


def test_a_row_and_a_task_of_one_line_are_cited_whole_with_one_mark(office: Assistant) -> None:
    rows = ask(office, "临禾区城管局牵头的两项分别到哪天").citations
    assert [one.quote.startswith(("| 3 | 省督察", "| 5 | 市级暗访")) for one in rows[:2]] == [
        True,
        True,
    ]
    (item,) = ask(office, "遂源餐饮油烟谁牵头").citations
    assert item.quote.startswith("2.整治餐饮油烟。城关镇86家")
    assert item.quote.endswith("（县城管局牵头，城关镇配合）")


def test_each_year_asked_about_has_its_figure(office: Assistant) -> None:
    answer = ask(office, "云渡断面总磷2026年要控制到多少，2024年是多少")
    assert "0.2毫克/升" in answer.text
    assert "0.31毫克/升" in answer.text


def test_what_is_left_follows_from_one_clause_with_both_figures(office: Assistant) -> None:
    assert "还有18座（由督办计算）" in ask(office, "青坪县泵站还差几座没改造").text


def test_all_are_counted_beside_those_of_a_kind(office: Assistant) -> None:
    answer = ask(office, "长珩整改方案共列几项任务，长期坚持的是哪项")
    assert "共3项任务" in answer.text
    assert "共1项（要求长期坚持）" in answer.text


def test_what_is_said_once_of_all_tasks_names_no_column(tmp_path: Path) -> None:
    text = """禹林市整改任务清单

说明：责任单位中排在首位的为牵头单位。

任务1
反馈问题：部分县区对生态环境保护工作重视不够。
整改措施：市委每半年至少专题研究1次生态环境保护工作。
责任单位：市委办公室、市政府办公室
责任人：闻人杰
完成时限：2025年12月，并长期坚持

任务2
反馈问题：城区生活污水溢流问题突出。
整改措施：改造老城合流制管网46公里。
责任单位：市住房和城乡建设局、市水务集团
责任人：宗政明
完成时限：2026年12月
"""
    answer = ask(offices.opened_on(text, tmp_path), "禹林清单里长期坚持的是哪几项")
    assert "| 牵头单位 |" in answer.text
    assert "| 说明 |" not in answer.text


def test_a_body_is_asked_for_by_its_former_name(office: Assistant) -> None:
    assert "共2项（牵头单位：区城管局）" in ask(office, "临禾原来的区市容委牵头哪两项").text


def test_the_tasks_of_a_person_are_listed_with_their_days(office: Assistant) -> None:
    answer = ask(office, "长珩牵头领导是郁知秋的任务分别什么时候到期")
    assert "共2项" in answer.text
    assert "2026年3月底前" in answer.text
    assert "2025年10月底前" in answer.text


def test_what_a_body_helps_with_is_listed(office: Assistant) -> None:
    assert "推进污水管网改造" in ask(office, "县水务公司配合什么").text


def test_a_cell_is_on_the_topic_of_its_row(office: Assistant) -> None:
    answer = ask(office, "沙坡污水厂超负荷百分之多少，准备怎么弄")
    assert not answer.refused
    assert "扩建1.5万吨/日" in answer.text


def test_a_list_tells_how_many_of_its_limits_have_passed(office: Assistant) -> None:
    answer = ask(office, "临禾区城管局牵头哪几项，都到期了吗？")
    assert "共2项" in answer.text
    assert "项时限已过" in answer.text
    assert "不等于没有完成" in answer.text


def test_a_figure_told_twice_differently_is_told_both_ways(tmp_path: Path) -> None:
    text = """禹林县贯彻落实市生态环境保护督察反馈意见整改方案

一、总体目标
到2025年，全县生活污水集中收集率达到75%以上。

二、整改任务
（一）污水收集能力不足
整改目标：到2025年，全县生活污水集中收集率达到72%以上。
整改时限：2025年12月底
"""
    answer = ask(offices.opened_on(text, tmp_path), "禹林生活污水集中收集率的目标是多少？")
    assert "75%" in answer.text
    assert "72%" in answer.text
    assert "写法不同，请核对" in answer.text
