"""Questions on a notice to companies, a ledger with states and notes, and a plan whose text says things twice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import offices
import pytest

from assistant.answer import Answer, Turn
from assistant.app import Assistant

NOTICE = """白河化工园区管理委员会
关于加强废气治理和隐患整改的通告

白园通〔2026〕4号

一、适用范围
第一条 本通告适用于园区内全部企业。应急减排企业共98家,A级6家、B级21家、C级71家。
第二条 【源头替代】涂装企业应当于2026年9月底前完成低挥发原料替代。确实无法替代的,报园区环保科备案。
二、隐患整改
第三条 重大隐患2项:
(一)白河甲醇有限公司:应急池容积不足,7月底前完成扩建;
(二)白河染料有限公司:雨水排口无截止阀,5月10日前加装。

附录一 主要时间节点一览(以正文为准)
5月10日前 白河染料加装截止阀
8月31日前 涂装企业完成替代
附录二 常见问题
问:值班的人没看见短信,能否从轻?
答:不能作为免责理由。

白河化工园区管理委员会
2026年4月28日
"""

LEDGER = """丁香市2025年度警示片披露问题整改台账
序号|县(市、区)|存在问题|整改措施|牵头单位|整改时限|进展情况|状态
1|南沟县|南沟河排口直排|封堵排口6处|南沟县人民政府|2025年11月底前|已封堵3处,其余正协商|正在整改
2|南沟县|砂场夜间扬尘|安装喷淋12套|南沟县人民政府|2025年4月底前|喷淋12套已装,投诉降至1次|已完成
3|东岭区|采暖补贴拖欠两年|拖欠补贴900万元9月底前发放到位||2025年9月底前|补贴已发放640万元,余款待省级资金下达|正在整改
4|全市|加油站油气回收不规范|48座全覆盖复检|市商务局|2025年6月底前|复检48座全部合格|已完成

说明:
1.本台账共列4项,其中状态为“已完成”的3项,“正在整改”的1项。
2.“已完成”是指责任单位认为措施已落实;“销号”是指经验收、公示并经市整改办批准。已完成不等于已销号。
"""

PLAN = """松溪市贯彻落实省督察反馈意见整改方案

2026年3月5日至3月19日,省第二督察组对我市开展督察。我市共认领整改任务3项。到2026年，全市城市生活污水集中收集率达到75%以上。

一、整改任务
(一)水环境
1.城区混接点多。两区雨污混接点1000个。
牵头单位:市住建局
整改时限:2026年12月底前
整改目标:新建改造管网合计90公里，到2026年底城市生活污水集中收集率达到73%以上。
整改措施:
(1)完成混接点改造1000个,其中城东区620个、城西区380个。
(2)2026年新建改造管网40公里,2027年新建改造50公里。
2.黑臭水体反弹。柳港水体返黑。
牵头单位:城东区人民政府
整改时限:2026年11月31日前
整改目标:消除黑臭。
整改措施:
(1)柳港清淤2公里,河道巡查频次由每月4次提高至10次,投诉由120件压减至45件以内。
(二)大气环境
3.工地扬尘。部分工地未喷淋。
牵头单位:市住建局、市城管局
整改时限:2027年6月底前
整改目标:扬尘达标。
整改措施:
(1)工地安装喷淋30套。
(2)堆场苫盖。（柳港镇人民政府）

二、乡镇重点工作
柳港镇:配合清淤征地4亩,8月10日前交地。

附件:1.松溪市问题整改措施清单(4项)
(附件另发)
"""

TODAY = dt.date(2026, 5, 1)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("office")
    for name, text in (("notice", NOTICE), ("ledger", LEDGER), ("plan", PLAN)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return offices.opened(Path(folder))


def ask(office: Assistant, question: str, *history: Turn) -> Answer:
    return offices.ask(office, question, TODAY, history)


def test_an_article_is_told_whole_and_alone(office: Assistant) -> None:
    answer = ask(office, "白河园区的通告第二条怎么规定的")
    assert "9月底前完成低挥发原料替代" in answer.text
    assert "报园区环保科备案" in answer.text
    assert "第一条" not in answer.text


def test_a_question_of_the_notice_is_answered_by_its_answer(office: Assistant) -> None:
    assert "不能作为免责理由" in ask(office, "值班的没看见短信能不能从轻").text


def test_a_heading_above_a_list_speaks_of_what_it_lists(office: Assistant) -> None:
    answer = ask(office, "通告里隐患要在5月弄完的是哪几家")
    assert "白河染料有限公司" in answer.text
    assert "白河甲醇有限公司" not in answer.text


def test_a_column_of_states_says_what_is_done(office: Assistant) -> None:
    answer = ask(office, "南沟县那两条完成了几条")
    assert "共1项" in answer.text
    assert "已完成；喷淋12套已装" in answer.text


def test_a_note_that_sums_up_the_rows_is_set_against_them(office: Assistant) -> None:
    answer = ask(office, "台账的说明写的跟表里数的对得上不")
    assert "“已完成”写明3，逐行计数2项（2、4），不一致" in answer.text
    assert "“正在整改”写明1，逐行计数2项（1、3），不一致" in answer.text


@pytest.mark.parametrize(
    "question", ["台账里没填牵头单位的有几项", "丁香台账牵头单位空着的是哪一行"]
)
def test_rows_are_found_by_the_cell_that_is_empty(office: Assistant, question: str) -> None:
    answer = ask(office, question)
    assert "牵头单位未填" in answer.text
    assert "采暖补贴拖欠两年" in answer.text
    assert "砂场夜间扬尘" not in answer.text


def test_what_a_document_says_of_two_states_is_quoted(office: Assistant) -> None:
    history = (
        Turn("user", "南沟县砂场扬尘弄完没"),
        Turn("assistant", "状态是已完成，喷淋12套已装。"),
    )
    answer = ask(office, "那是不是就等于销号了", *history)
    assert "已完成不等于已销号" in answer.text
    assert "经验收、公示并经市整改办批准" in answer.text


def test_of_money_that_is_owed_the_unit_goes_without_saying(office: Assistant) -> None:
    assert "还有260万元" in ask(office, "东岭欠的采暖补贴发完没,还差多少").text


def test_parts_of_one_thing_are_compared_and_added_up(office: Assistant) -> None:
    assert "相差240个" in ask(office, "城东跟城西谁的混接点多,差多少个").text
    assert "共1000个" in ask(office, "城东和城西混接点加起来多少个").text
    assert "共27家" in ask(office, "A级和B级企业一共多少家").text


def test_a_sum_is_set_against_the_figure_that_the_question_names(office: Assistant) -> None:
    met = ask(office, "松溪2026和2027年新建改造管网加起来跟90公里对得上不")
    assert "与“90公里”一致" in met.text
    missed = ask(office, "松溪2026和2027年新建改造管网加起来跟95公里对得上不")
    assert "与“95公里”不一致" in missed.text


def test_how_far_a_level_changes_follows_from_what_it_leaves_and_reaches(
    office: Assistant,
) -> None:
    assert "减少至少75件（由督办计算）" in ask(office, "柳港水体的投诉要压减多少").text
    assert "增加6次（由督办计算）" in ask(office, "柳港河道巡查频次提高多少").text
    assert "由督办计算" not in ask(office, "城区混接点降了多少").text


def test_an_article_set_against_another_place_is_not_told_alone(office: Assistant) -> None:
    answer = ask(office, "通告第二条和附录里涂装企业替代的期限一致吗")
    assert "9月底前" in answer.text
    assert "8月31日前" in answer.text


def test_the_line_laid_upon_a_body_by_name_comes_with_its_tasks(office: Assistant) -> None:
    answer = ask(office, "柳港镇要做哪些任务")
    assert "工地扬尘" in answer.text
    assert "柳港镇:配合清淤征地4亩,8月10日前交地。" in answer.text


def test_a_kind_of_body_may_be_said_to_lead(office: Assistant) -> None:
    answer = ask(office, "松溪的任务由县区自己牵头的有几条")
    assert "共1项" in answer.text
    assert "黑臭水体反弹" in answer.text


@pytest.mark.parametrize(
    "question", ["松溪的任务不是县区政府牵头的有几条", "松溪牵头单位不是县区政府的任务有几条"]
)
def test_a_kind_of_body_may_be_said_not_to_lead(office: Assistant, question: str) -> None:
    answer = ask(office, question)
    assert "共2项" in answer.text
    assert "黑臭水体反弹" not in answer.text


def test_what_is_to_be_finished_by_a_day_is_not_reported_as_finished(office: Assistant) -> None:
    answer = ask(office, "松溪2026年12月底前办结的任务有几项")
    assert "共2项" in answer.text
    assert "载明已完成" not in answer.text


def test_tasks_are_found_by_how_many_lead_them(office: Assistant) -> None:
    answer = ask(office, "松溪哪些问题的牵头单位有两个")
    assert "共1项" in answer.text
    assert "工地扬尘" in answer.text


def test_the_list_of_annexes_may_state_another_number_than_the_text(office: Assistant) -> None:
    answer = ask(office, "松溪附件清单的项数跟正文对得上吗")
    assert "“共认领整改任务3项”，实际列出3项，两者一致" in answer.text
    assert "清单(4项)”，实际列出3项，两者不一致" in answer.text


def test_a_limit_on_a_day_that_is_in_no_calendar_says_so(office: Assistant) -> None:
    answer = ask(office, "松溪黑臭水体反弹那项的整改时限是哪天")
    assert "11月31日" in answer.text
    assert "按该月最后一天（2026年11月30日）计" in answer.text


def test_when_a_group_came_is_no_question_for_its_name(office: Assistant) -> None:
    answer = ask(office, "省督察组是25年3月来松溪的吧")
    assert "2026年3月5日至3月19日" in answer.text


def test_of_two_figures_that_are_both_stated_neither_is_chosen(office: Assistant) -> None:
    answer = ask(office, "松溪方案里生活污水收集率到底是75还是73")
    assert "不一致" in answer.text
    assert "收集率达到75%以上" in answer.text
    assert "收集率达到73%以上" in answer.text


def test_one_of_a_list_is_meant_by_its_place_there(office: Assistant) -> None:
    listed = (
        Turn("user", "丁香台账南沟县有哪几条"),
        Turn("assistant", "有2条：1.南沟河排口直排；2.砂场夜间扬尘。"),
    )
    assert "喷淋12套已装" in ask(office, "第二个弄得怎么样了", *listed).text
    assert "已封堵3处" in ask(office, "头一个呢，弄到哪了", *listed).text


def test_what_is_taken_for_undone_is_told_with_how_far_it_is(office: Assistant) -> None:
    answer = ask(office, "丁香台账砂场夜间扬尘还没弄完吧，市商务局牵头催一下")
    assert "牵头单位不包括市商务局" in answer.text
    assert "进展情况为：已完成；喷淋12套已装" in answer.text
