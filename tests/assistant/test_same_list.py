"""A list is gone on from: it is asked for again, in another role of its body, for its last one, or for somebody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import pytest
from offices import ask_in_turn, assert_told, opened_on

from assistant.answer import Answer

TODAY = dt.date(2026, 3, 10)
PLAN = """石泉县贯彻落实市生态环境保护督察反馈意见整改方案
2025年5月16日

一、具体问题整改措施
问题1：北关片区污水直排。管网错接23处。
整改目标：消除旱季直排。
整改措施：（1）2025年6月底前完成排查；（2）2025年9月底前完成改造，所需资金由县财政统筹，具体数额待评审后确定。
督导领导：副县长　陆行之
主责单位：县住房和城乡建设局
协同单位：北关镇政府
销号验收单位：县水利局
完成时限：2025年10月底前

问题2：白塔镇河滩违规种植。河滩地开垦86亩。
整改目标：恢复河滩地原貌。
整改措施：（1）2025年6月15日前全部清退，由县水利局组织复核。
督导领导：副县长　陆行之
主责单位：县水利局
协同单位：白塔镇政府、县农业农村局
销号验收单位：县水利局
完成时限：2026年6月底前

问题3：建筑工地扬尘管控不严。桂苑二期工地渣土车带泥上路。
整改目标：渣土车密闭运输率达到100%。
整改措施：（1）2025年5月底前，对桂苑二期立案查处。
督导领导：副县长　杜若溪
主责单位：县住房和城乡建设局
协同单位：县公安局、北关镇政府
销号验收单位：县生态环境局
完成时限：2025年7月底前

二、保障措施
成立领导小组，由县委书记严知行、县长谭远任双组长。
"""
Asked = Callable[[Sequence[str]], Answer]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    plan = opened_on(PLAN, tmp_path_factory.mktemp("same_list"))
    return lambda questions: ask_in_turn(plan, questions, TODAY)


@pytest.mark.parametrize(
    ("questions", "said", "unsaid"),
    [
        (["陆行之手上几件事", "都是哪几件"], ["北关片区", "河滩", "共2项"], ["扬尘"]),
        (["陆行之手上几件事", "都有哪些"], ["北关片区", "河滩", "共2项"], ["扬尘"]),
        (["陆行之手上几件事", "最晚的那件啥时候到期"], ["河滩", "共1项"], ["北关片区"]),
        (["陆行之手上几件事", "都是哪几件", "杜若溪呢"], ["扬尘", "共1项"], ["北关片区污水"]),
        (["陆行之手上几件事", "这两件验收的分别是谁"], ["县水利局"], ["主责单位"]),
        (["陆行之手上几件事", "这两件验收的分别是谁", "杜若溪呢"], ["县生态环境局"], ["不包括"]),
        (["县水利局有哪些活", "牵头的就一件？"], ["河滩", "共1项"], ["北关片区"]),
        (["县水利局有哪些活", "那它验收的呢"], ["北关片区", "河滩", "共2项"], []),
        (["县水利局有哪些活", "那它验收的呢", "住建局呢"], ["没有符合条件"], []),
        (
            ["北关镇政府牵头的任务有哪些", "那它协同的呢"],
            ["北关片区", "扬尘", "协同单位：北关镇"],
            [],
        ),
        (["北关片区污水直排谁督导", "杜若溪呢"], ["扬尘"], ["不包括", "北关片区污水直排"]),
    ],
)
def test_a_list_is_gone_on_from(
    asked: Asked, questions: list[str], said: list[str], unsaid: list[str]
) -> None:
    assert_told(asked(questions), said, unsaid)


def test_who_has_a_role_is_asked_of_that_role_and_of_nobody_elses(asked: Asked) -> None:
    assert_told(
        asked(["县水利局有哪些活", "河滩那件牵头单位是谁"]),
        ["主责单位为县水利局"],
        ["验收", "北关"],
    )
    assert_told(asked(["石泉县委书记是谁"]), ["严知行"], ["主责单位"])
    assert_told(asked(["北关片区污水归谁验收"]), ["县水利局"], ["县住房和城乡建设局"])


def test_a_number_means_a_task_and_nothing_beside_it(asked: Asked) -> None:
    assert_told(
        asked(["问题1的时限呢", "那问题3呢"]), ["2025年7月底前"], ["2025年10月", "北关片区"]
    )


def test_money_is_told_of_the_task_that_speaks_of_it(asked: Asked) -> None:
    assert_told(asked(["北关片区污水直排什么时候改完", "钱从哪出"]), ["县财政统筹"], [])
    assert asked(["河滩违规种植谁出钱"]).refused


def test_a_name_alone_is_asked_about(asked: Asked) -> None:
    assert_told(asked(["桂苑是怎么回事"]), ["桂苑二期"], [])
    assert asked(["食堂是怎么回事"]).refused
