"""Questions about progress notices and the tables in them: which rows, who is ahead, by how much, and since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest
from offices import opened

from assistant.answer import Answer
from assistant.app import Assistant

TODAY = dt.date(2026, 5, 12)
Ask = Callable[[str], Answer]

BULLETIN = """银川口市生态环境保护委员会办公室关于2026年第一季度整改进展情况的通报

一、各地进展

表1 各地整改进展及排名
排名  地区  任务总数  已完成  序时推进  滞后  完成率
1  南亭县  12  9  3  0  75.0%
2  北岭县  10  6  3  1  60.0%
3  西坝区  8  4  2  2  50.0%
合计  —  30  19  8  3  63.3%

南亭县完成较好，予以表扬。西坝区两个点位长期没有动工。

从信访办理看，重复举报主要集中在西坝区（14件）、北岭县（9件）、南亭县（6件）。

从市直部门牵头任务看，12个由市直部门直接牵头的问题中，完成8个。其中，市城管局牵头5个、完成3个，市住建局牵头4个、完成3个，市水务局牵头3个、完成2个。

重点工程方面，年初确定的4项重点工程已完工2项、在建1项、未开工1项。南亭县污水厂提标、北岭县尾砂治理等2项已完工；西坝区雨污分流正在建设；西坝区填埋场封场未开工。

2026年4月8日
"""
PLAN = """望洲县2026年污染防治工作方案

一、主要任务

1.推进清洁取暖。完成改造800户。（县发改局牵头）
2.淘汰燃煤锅炉。淘汰锅炉6台。（县市场监管局牵头）
3.管控工地扬尘。工地安装喷淋。（县住建局牵头）

二、重点项目

表1 望洲县重点项目表
序号\t项目名称\t总投资（万元）\t资金来源\t责任单位\t计划完成时间
1\t城南污水处理厂扩建工程\t3200\t省级资金\t县住建局\t2026年12月
2\t望洲陶瓷窑炉脱硝改造项目\t1850\t企业自筹\t县工信局\t2026年8月
3\t农村厕所改造项目\t640\t省级资金、县级配套\t县农业农村局\t2026年10月

2026年2月3日
"""
LEDGER = """桃溪镇突出环境问题整改清单

序号|问题来源|存在问题|整改措施|牵头单位|完成时限|验收方式|目前进展
1|县级巡查|砂场物料未覆盖|覆盖防尘网|镇经济发展办|2026年3月31日|镇级验收|已完成，待验收
2|自查发现|鱼塘尾水直排|建设沉淀池2个|镇农业农村办|2026年6月30日|县级验收|整改中
3|县级巡查|垃圾桶破损12个|更换垃圾桶|镇综合执法队|2026年4月30日|镇级验收|已完成，4月22日镇级验收
4|群众来信|豆腐坊烟囱冒黑烟|改用电锅炉|镇经济发展办|2026年5月31日|镇级验收|整改中，锅炉已到货
5|自查发现|弃土堆约900立方米|外运清零|镇自然资源所|2026年7月31日|县级验收|整改中，已清运350立方米

说明：
1.“镇级验收”由镇环保办组织。第2项延期申请4月10日提出，县整改办尚未批复。
2.与上一版相比，第5项完成时限由5月31日调整为7月31日。
"""
QUARTER = """临河区2026年第二季度重点项目调度情况通报

一、项目进展

滨河公园截污项目，由区水务局牵头，包保领导为副区长陈立。年度任务截污管6公里，已完成1.5公里，原定11月底投用。进度滞后。

城北湿地修复项目，由区自然资源局牵头，包保领导为副区长陈立。年度任务修复320亩，已完成280亩，计划9月底完成。达到序时进度。

新能源公交车更新项目，由区交通局牵头，包保领导为副区长陈立。年度任务更新40辆，4月30日全部投入运营。已完成。

充电站建设项目，由区交通局牵头，包保领导为副区长陈立。年度任务建设12座，已建成7座，计划10月底完成。达到序时进度。

二、新发现问题交办

【问题描述】铸造厂熔炼烟气未收集，无组织排放明显。
【整改措施】加装集气罩2套。
【责任主体】城东工业园管委会，临河生态环境局督办
【完成期限】8月31日前

【问题描述】洗车场废水直排雨水管。
【整改措施】改接污水管。
【责任主体】南关街道办事处，区城管局督办
【完成期限】7月20日前

2026年7月6日
"""
PUBLICITY = """文汇市关于整改任务完成情况的公示

任务编号|整改任务|牵头单位|承诺时限|完成情况|拟定意见
第1项|整治城区黑臭水体|市住建局|2025年9月底|清淤3万立方米；2025年9月12日通过市级验收。|同意销号
第2项|清理沿江堆料|白鹭镇人民政府|2025年6月底|清运堆料2处；2025年6月20日通过市级验收。|同意销号
第3项|焦炉超低排放改造|文汇焦化有限公司|2025年12月底|改造完成；2025年12月8日通过市级验收，超期3天。|同意销号
第4项|降低湖体总磷浓度|市生态环境局|2025年12月底|总磷0.061毫克/升，未达目标。|暂不销号，延期至2026年11月底

有关说明
1.“暂不销号”的任务，由牵头单位在2026年3月31日前提交延期整改方案。
2.湖体总磷下一步措施：由湖区管委会实施清淤80万立方米，市水利局补水。

2026年3月6日
"""
DELISTING = """鹿鸣州反馈问题整改完成情况拟销号的公示

一、拟销号问题清单

| 清单编号 | 问题摘要 | 整改责任单位 | 整改时限 | 整改完成情况 | 验收单位 | 验收日期 | 验收意见 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| LM-02 | 填埋场超库容 | 白湖县人民政府 | 2026-03-31 | 已封场 | 州住建局 | 2026-04-18 | 同意销号 |
| LM-05 | 电站未泄流 | 州水务局 | 2026-06-30 | 已安装设施 | 州发改委 | 2026-05-22 | 同意销号 |

2026年5月30日
"""
PETITIONS = """清水市办理群众信访举报件情况一览表

序号|受理编号|交办问题基本情况|行政区域|污染类型|调查核实情况|是否属实|处理和整改情况|是否办结
1|D1QS0001|南岭县人民医院污水未经处理直接排入下水道。|南岭县|水|污水站运行正常，采样达标。|不属实|每季度公示监测结果。|已办结
2|D1QS0002|北关区恒顺搅拌站扬尘严重。|北关区|大气|物料未覆盖。|属实|责令改正，罚款6.2万元。|已办结
3|D1QS0003|北关区好味烧烤油烟直排。|北关区|油烟|净化器损坏。|属实|更换净化器。|已办结

2026年4月20日
"""
ORDER = """松岭县生态环境保护委员会办公室关于限期解决突出环境问题的督办通知

各乡镇：

县环委办开展春季检查，共发现突出问题4个。现交办如下。

A类：限期整改类

A1　云岗镇顺发养猪场粪污外溢，影响沟渠约600米。措施：建设防渗池。（责任单位：云岗镇；时限：收到本通知之日起20日内；办理状态：正在办理）

A2　城关镇建筑垃圾露天堆放。措施：清运并苫盖。（责任单位：城关镇；时限：4月30日前；办理状态：已办结）

A3　城关镇两处垃圾箱破损。措施：更换。（责任单位：城关镇；时限：5月8日前；办理状态：正在办理）

2026年4月13日
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("notices")
    files = {
        **{"bulletin": BULLETIN, "plan": PLAN, "ledger": LEDGER},
        **{"quarter": QUARTER, "publicity": PUBLICITY, "order": ORDER},
        **{"petitions": PETITIONS, "delisting": DELISTING},
    }
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return opened(folder)


@pytest.fixture
def ask(office: Assistant) -> Ask:
    return lambda question: offices.ask(office, question, TODAY)


# --- tables of figures ------------------------------------------------------------------------------


def test_none_at_all_asks_for_the_rows_that_have_zero(ask: Ask) -> None:
    answer = ask("银川口哪些地方一个掉队的都没有？")
    assert "滞后为0的有1个：南亭县" in answer.text
    assert "北岭县" not in answer.text


def test_who_did_better_is_told_by_the_share_in_points(ask: Ask) -> None:
    answer = ask("西坝和北岭谁完成得好，差几个百分点")
    assert "完成率：北岭县（60.0%）比西坝区（50.0%）高10个百分点" in answer.text
    assert "已完成" not in answer.text


def test_of_two_projects_the_dearer_one_by_parts_of_their_names(ask: Ask) -> None:
    answer = ask("望洲污水处理厂扩建和陶瓷窑炉脱硝，哪个砸钱多，多出多少")
    assert "多1350万元" in answer.text


def test_rows_by_a_value_in_everyday_words(ask: Ask) -> None:
    answer = ask("望洲项目表里哪几个花的是省里的钱")
    assert "资金来源：省级资金的共2项" in answer.text
    assert "城南污水处理厂" in answer.text
    assert "农村厕所" in answer.text
    assert "陶瓷" not in answer.text


# --- columns of a list ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question", ["桃溪清单里验收方式是镇级验收的有几项", "桃溪清单里验收方式填“镇级”的一共几项"]
)
def test_a_heading_said_with_its_value_is_no_topic(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert "共3项（验收方式：镇级验收）" in answer.text
    assert "鱼塘" not in answer.text


def test_more_of_one_value_or_of_another(ask: Ask) -> None:
    assert "县级巡查2项，自查发现2项，一样多" in ask("桃溪县里巡查出来的多还是自己查出来的多").text
    answer = ask("桃溪的问题，县里巡查的多还是群众来信的多？")
    assert "县级巡查2项，群众来信1项；县级巡查更多，多1项" in answer.text


# --- notices that tell how far things are -----------------------------------------------------------


def test_the_time_a_bulletin_is_of_is_no_limit(ask: Ask) -> None:
    answer = ask("临河区二季度拖后腿的是哪几个项目？原来定的什么时候完？")
    assert "共1项（文件载明超期或进度滞后）" in answer.text
    assert "滨河公园截污项目" in answer.text
    assert "11月底" in answer.text


def test_who_only_looks_on_is_asked_for_by_that(ask: Ask) -> None:
    answer = ask("临河区交办的问题里，临河生态环境局督办哪几件？")
    assert "共1项（督导单位：临河生态环境局）" in answer.text
    assert "铸造厂熔炼烟气未收集" in answer.text


def test_the_longest_limit_in_everyday_words(ask: Ask) -> None:
    answer = ask("桃溪清单里期限拖得最久的是哪个问题")
    assert "弃土堆" in answer.text
    assert "豆腐坊" not in answer.text


def test_what_is_ongoing_may_be_left_out_in_everyday_words(ask: Ask) -> None:
    answer = ask("桃溪哪些问题的截止时间已经过了？长期坚持的不用算")
    assert "未要求长期坚持" in answer.text
    assert "垃圾桶" not in answer.text  # done
    assert "鱼塘" not in answer.text  # not yet due


def test_the_first_and_the_last_that_were_accepted(ask: Ask) -> None:
    answer = ask("文汇市这批最早通过市级验收的是哪项，最晚的又是哪项？")
    assert "写明验收日期的共3项" in answer.text
    assert "2025-06-20" in answer.text
    assert "2025-12-08" in answer.text
    assert "2025-09-12" not in answer.text


@pytest.mark.parametrize(
    ("question", "count", "title"),
    [
        ("文汇市由乡镇自己牵头的任务有几项", 1, "清理沿江堆料"),
        ("文汇市企业牵头的任务有哪些", 1, "焦炉超低排放改造"),
    ],
)
def test_tasks_by_the_kind_of_body_that_leads(
    ask: Ask, question: str, count: int, title: str
) -> None:
    answer = ask(question)
    assert f"共{count}项" in answer.text
    assert title in answer.text


def test_a_limit_that_counts_from_a_day_the_question_supposes(ask: Ask) -> None:
    answer = ask("云岗镇要是4月15日收到的通知，养猪场那件最晚哪天改完？")
    assert "收到本通知之日起20日内" in answer.text
    assert "到2026年5月5日" in answer.text


def test_a_number_at_the_beginning_against_what_is_listed(ask: Ask) -> None:
    answer = ask("松岭县督办通知开头说发现多少个问题？跟后面列的条数对得上吗？")
    assert "“共发现突出问题4个”，实际列出3项，两者不一致" in answer.text


# --- what stands below a list -----------------------------------------------------------------------


def test_a_sentence_on_one_row_below_the_list_answers_with_it(ask: Ask) -> None:
    answer = ask("桃溪鱼塘尾水那边还差什么，申请缓的批了没")
    assert "整改中" in answer.text
    assert "第2项延期申请4月10日提出，县整改办尚未批复" in answer.text


def test_a_limit_that_was_put_off_is_told_beside_the_old_one(ask: Ask) -> None:
    answer = ask("文汇市湖体总磷那项没过关，新的期限是哪天？")
    assert "2025年12月底" in answer.text
    assert "暂不销号，延期至2026年11月底" in answer.text
    answer = ask("桃溪弃土堆那个问题完成时限是哪天？")
    assert "2026年7月31日" in answer.text
    assert "第5项完成时限由5月31日调整为7月31日" in answer.text


def test_what_comes_next_for_a_row(ask: Ask) -> None:
    answer = ask("文汇市没达标的湖体总磷，清淤具体由谁去干？")
    assert "由湖区管委会实施清淤80万立方米" in answer.text


def test_what_is_said_of_all_rows_put_down_alike(ask: Ask) -> None:
    answer = ask("文汇市暂不销号的有哪几项，延期方案交的日子过了没有？")
    assert "共1项（拟定意见：暂不销号）" in answer.text
    assert "由牵头单位在2026年3月31日前提交延期整改方案" in answer.text
    assert "该时限已过" in answer.text


# --- rankings, rows and bodies -----------------------------------------------------------------------


def test_places_of_a_ranking(ask: Ask) -> None:
    assert "西坝区的排名为3" in ask("银川口一季度哪个地方垫底").text
    assert "北岭县的排名为2" in ask("银川口倒数第二是谁").text
    first_two = ask("银川口一季度前两名是哪些地方").text
    assert "南亭县的排名为1" in first_two
    assert "北岭县的排名为2" in first_two
    assert "西坝区" not in first_two
    assert "北岭县的排名为2，完成率为60.0%" in ask("银川口北岭县完成率排第几").text


def test_a_claimed_place_is_checked(ask: Ask) -> None:
    denied = ask("银川口一季度排头名的是北岭县吧").text
    assert "不是，北岭县的排名为2" in denied
    assert "南亭县的排名为1" in denied
    assert "是，南亭县的排名为1" in ask("银川口一季度南亭县排第一，对吧").text


def test_a_claimed_body_of_a_table_is_checked(ask: Ask) -> None:
    answer = ask("望洲农村厕所改造是县住建局牵头搞吧，几月完工")
    assert "不是，农村厕所改造项目的责任单位为县农业农村局，不包括" in answer.text
    assert "2026年10月" in answer.text


def test_who_is_said_to_do_it_is_confirmed_or_denied(ask: Ask) -> None:
    assert "镇综合执法队为牵头单位" in ask("桃溪垃圾桶破损是镇综合执法队办的吧").text
    denied = ask("桃溪垃圾桶破损是镇经济发展办办的吧").text
    assert "该项任务的牵头单位不包括镇经济发展办" in denied
    alone = ask("松岭县云岗镇养猪场那件是城关镇牵头的吧").text
    assert "该项任务的责任单位不包括城关镇" in alone
    assert "镇综合执法队" in denied


def test_what_is_left_of_a_row(ask: Ask) -> None:
    answer = ask("桃溪弃土堆还剩多少方没清")
    assert "还有约550立方米（由督办计算）" in answer.text


def test_rows_that_only_wait_to_be_accepted(ask: Ask) -> None:
    answer = ask("桃溪哪些已经弄完了就等验收")
    assert "共1项（" in answer.text
    assert "进展为待验收）" in answer.text
    assert "砂场物料未覆盖" in answer.text


def test_which_of_two_is_due_first(ask: Ask) -> None:
    answer = ask("桃溪的鱼塘尾水和弃土堆，哪个先到期？")
    assert "先到期的是“鱼塘尾水直排”（2026年6月30日）" in answer.text
    assert "2026年7月31日" in answer.text
    assert "后到期的是“弃土堆约900立方米”" in ask("桃溪的鱼塘尾水和弃土堆哪个晚一点到期").text


def test_a_body_of_another_level_is_another_body(ask: Ask) -> None:
    assert "责任单位：县住建局" not in ask("望洲项目表里市住建局负责的有几个").text


def test_what_was_found_of_the_named_row_comes_before_what_is_taken_for_granted(ask: Ask) -> None:
    answer = ask("南岭县人民医院污水直排这个查实了，罚了多少钱？")
    assert not answer.refused
    assert "是否属实为不属实" in answer.text
    assert "6.2万元" not in answer.text  # of another row


# --- sentences that list ------------------------------------------------------------------------------


def test_who_has_the_most_by_a_sentence_that_lists_figures(ask: Ask) -> None:
    answer = ask("银川口信访重复举报哪个地方最多")
    assert "按原文列出的3个比较，最多的是西坝区（14件）" in answer.text
    answer = ask("银川口市直部门里哪个牵头的问题最少")
    assert "按原文列出的3个比较，最少的是市水务局（3个）" in answer.text


def test_a_sentence_that_counts_comes_with_the_one_that_lists(ask: Ask) -> None:
    answer = ask("银川口重点工程还没开工的是哪个")
    assert "已完工2项、在建1项、未开工1项" in answer.text
    assert "西坝区填埋场封场未开工" in answer.text


def test_what_was_done_too_late(ask: Ask) -> None:
    answer = ask("文汇市逾期才销号的是哪项，超了几天")
    assert "共1项（进展写明超期天数）" in answer.text
    assert "焦炉超低排放改造" in answer.text


def test_overdue_tasks_of_an_order_that_reports_how_far_they_are(ask: Ask) -> None:
    answer = ask("松岭县督办的哪些已经超期了")
    assert "共1项" in answer.text
    assert "城关镇两处垃圾箱破损" in answer.text


def test_so_many_projects_of_a_body_are_a_list(ask: Ask) -> None:
    answer = ask("临河区水务局牵头的1个项目和区交通局牵头的两个项目各是什么进度")
    assert "滨河公园截污项目" in answer.text
    answer = ask("临河区交通局牵头的两个项目各是什么进度")
    assert "共2项（牵头单位：交通局）" in answer.text
    assert "充电站建设项目" in answer.text


def test_a_quotation_that_says_who_looks_on_stays_in_the_answer(ask: Ask) -> None:
    answer = ask("临河区南关街道的洗车场被谁处理了")
    assert "南关街道办事处，区城管局督办" in answer.text
    assert "区城管局" in ask("临河区洗车场废水直排由谁督办").text


def test_which_task_is_meant_is_no_claim_of_who_has_it(ask: Ask) -> None:
    answer = ask("松岭县云岗镇那个问题牵头的是城关镇吧").text
    assert "该项任务的责任单位不包括城关镇" in answer
    assert "不包括云岗镇" not in answer


def test_days_of_acceptance_in_a_column_of_their_own(ask: Ask) -> None:
    answer = ask("鹿鸣州哪个问题验收最晚").text
    assert "2026-05-22" in answer
    assert "电站未泄流" in answer
    assert "填埋场超库容" not in answer


def test_tasks_that_county_governments_have(ask: Ask) -> None:
    answer = ask("鹿鸣州由县里负责整改的有几项").text
    assert "共1项（责任单位为县）" in answer
    assert "填埋场超库容" in answer
