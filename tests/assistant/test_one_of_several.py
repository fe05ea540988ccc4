"""The one task that conditions leave, two tasks by their titles, and what a follow-up asks for itself."""

from __future__ import annotations

import datetime as dt

import offices
import pytest
from offices import opened_over

from assistant.answer import Answer, Turn
from assistant.app import Assistant

PLAN = """平湖县贯彻落实省生态环境保护督察反馈意见整改方案

一、养殖尾水直排
整改目标：尾水达标排放。
整改措施：
（一）新建北闸污水处理站，处理规模600吨/日。
责任领导：方明
牵头单位：县农业农村局
整改时限：2025年12月底

二、砂石堆场扬尘扰民
整改目标：堆场全部覆盖。
整改措施：
（一）督促业主加装喷淋。
责任领导：方明
牵头单位：县交通运输局
整改时限：2024年12月底

三、秸秆露天焚烧
整改目标：零火点。
整改措施：
（一）组织夜间巡查。
责任领导：田静
牵头单位：县农业农村局
整改时限：长期坚持

四、老旧管网渗漏
整改目标：完成改造。
整改措施：
（一）改造管网8公里。
责任领导：田静
牵头单位：县住房城乡建设局
整改时限：2024年12月底
"""
SCORES = """平湖县2025年三季度整改进展通报

一、各镇得分

单位	得分	较二季度
上桥镇	91.5	上升
下桥镇	84.2	下降
石门镇	79.8	持平
注：1.得分为初步核算数。2.各镇每月25日前报送材料。3.连续两季末位的由县领导约谈。4.联络群由专班管理。
"""

LEDGER = """平湖县突出问题整改台账

编号 | 问题 | 整改要求 | 牵头单位 | 时限 | 状态 | 进展
P1 | 东街餐饮油烟扰民 | 整治餐饮店58家 | 县城管局 | 2025年7月31日 | 滞后 | 完成49家，剩余9家未装净化器
P2 | 红岗粉尘扰民 | 安装除尘设施2套 | 县生态环境局 | 2025年4月30日 | 已完成 | 5月12日通过验收
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "pinghu-plan.txt").write_text(PLAN, encoding="utf-8")
    (folder / "pinghu-notice.txt").write_text(SCORES, encoding="utf-8")
    (folder / "pinghu-ledger.txt").write_text(LEDGER, encoding="utf-8")
    return opened_over(folder.iterdir(), tmp_path_factory.mktemp("office"))


def ask(assistant: Assistant, question: str, *earlier: str) -> Answer:
    history = [Turn(role, said) for role, said in zip(("user", "assistant"), earlier, strict=False)]
    return offices.ask(assistant, question, dt.date(2025, 10, 15), history)


@pytest.mark.parametrize(
    ("question", "title", "others"),
    [
        ("农业农村局牵头的里头，长期坚持的是哪条", "秸秆露天焚烧", ("养殖尾水", "砂石")),
        ("方明名下24年年底要完的是哪项", "砂石堆场扬尘扰民", ("养殖尾水", "管网渗漏")),
        ("农业农村局打头的，25年底就得交账的是哪条", "养殖尾水直排", ("秸秆", "砂石")),
    ],
)
def test_conditions_of_two_kinds_leave_one_task(
    office: Assistant, question: str, title: str, others: tuple[str, ...]
) -> None:
    text = ask(office, question).text
    assert "共1项" in text
    assert title in text
    assert not any(one in text for one in others)


def test_two_tasks_by_their_titles_are_set_side_by_side(office: Assistant) -> None:
    text = ask(office, "养殖尾水直排跟秸秆露天焚烧这两条是一家牵头吗").text
    assert "两项的牵头单位相同" in text.split("\n")[0]
    assert text.count("县农业农村局") == 2
    text = ask(office, "砂石堆场扬尘和老旧管网渗漏的牵头单位一样吗").text
    assert "两项的牵头单位不同" in text.split("\n")[0]
    assert "县交通运输局" in text
    assert "县住房城乡建设局" in text


def test_what_lies_within_one_task_is_not_taken_for_two(office: Assistant) -> None:
    text = ask(office, "加装喷淋和夜间巡查分别谁牵头").text
    assert "提问所指的" not in text


def test_a_doubted_count_is_counted_again(office: Assistant) -> None:
    text = ask(office, "数错了吧，我只看见两条", "方明名下有几项任务", "3项。").text
    assert "共2项" in text


def test_how_large_asks_for_no_body_though_the_question_before_did(office: Assistant) -> None:
    text = ask(office, "那建多大的", "北闸污水处理站谁负责", "县农业农村局牵头。").text
    assert "600吨/日" in text
    assert "牵头单位为" not in text


def test_of_many_notes_those_are_told_that_bear_on_the_figure(office: Assistant) -> None:
    text = ask(office, "上桥镇三季度得分多少").text
    assert "91.5" in text
    assert "初步核算数" in text
    assert "联络群" not in text
    assert "25日前" not in text


def test_scores_are_asked_for_as_people_do(office: Assistant) -> None:
    text = ask(office, "上桥镇和下桥镇谁分高，差多少").text
    assert "7.3" in text


def test_what_a_ledger_tells_of_the_progress_stands_beside_the_state(office: Assistant) -> None:
    assert "完成49家，剩余9家未装净化器" in ask(office, "东街餐饮油烟整治得怎么样了").text
    assert "5月12日通过验收" in ask(office, "红岗粉尘那件是4月底前就弄完了吧").text
