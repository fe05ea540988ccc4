"""Persons beside those who answer for a row, and persons whom only the text names, are asked for by their names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest
from offices import opened

from assistant.answer import Answer
from assistant.text_persons import persons_named

TODAY = dt.date(2026, 6, 3)
Ask = Callable[[str], Answer]

LEDGER = """松岭乡2026年村庄环境整治台账
填报单位：松岭乡人民政府
序号|村|存在问题|整改措施|责任人|乡级包联领导|督办单位|完成时限|目前状态
1|东沟村|公厕无人管护|明确保洁员|村支书 甘树林|乡长 庄仲明|乡环保办|2026年5月31日|未完成
2|东沟村|河滩垃圾|清运垃圾|村主任 甘小满|乡长 庄仲明|乡水利站|2026年7月31日|推进中
3|西坪村|公厕无人管护|明确保洁员|村支书 阮成|乡纪委书记 裴若兰|乡环保办|2026年3月31日|已完成
4|西坪村|沟渠淤积|清理沟渠|村支书 阮成|乡纪委书记 裴若兰|乡水利站|2026年9月30日|未启动
"""
PLAN = """临淮区2025年臭氧污染防治工作计划
临淮环委办〔2025〕3号

一、重点任务
1.油品储运。区商务局牵头，区应急局配合。8月底前完成加油站油气回收抽测30座。
2.汽修行业。区交通局牵头。10月底前建成共享喷漆中心1个。
3.印刷行业。区工信局牵头。全区12家印刷企业替代低挥发性油墨，11月底前完成。

二、组织保障
溶剂组组长由区工信局局长毕云舟担任，移动源组组长为区交通局局长娄劲，宣传工作由区委宣传部副部长桑晚晴负责。各单位每月25日前报送进展。
附件：1.印刷企业名单；2.喷漆中心验收申请表
临淮区环境保护委员会办公室
2025年3月6日
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("persons")
    for name, text in (("ledger", LEDGER), ("plan", PLAN)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    assistant = opened(folder)
    return lambda question: offices.ask(assistant, question, TODAY)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        # Rows of a person who stands in a column of their own, called by its heading.
        ("庄仲明包了哪几项", ["共2项", "乡级包联领导：庄仲明", "河滩垃圾"], ["沟渠"]),
        ("裴若兰包联的有几件还没启动", ["共1件", "沟渠淤积"], ["河滩"]),
        ("裴若兰管哪个村", ["西坪村", "乡纪委书记 裴若兰"], ["东沟村"]),
        ("裴若兰是乡长，管西坪村，对不对", ["共2项", "乡纪委书记 裴若兰"], ["河滩"]),
        ("阮成负责哪几项", ["共2项", "负责领导：阮成"], ["甘树林"]),
        # Who it is instead, by the same heading.
        ("第2项是裴若兰包的吧", ["乡级包联领导为乡长 庄仲明，不是裴若兰"], ["责任领导不包括"]),
        # Rows of one title are told apart by where they are.
        ("松岭台账里已经过期还没完成的是哪几项", ["共1项", "东沟村"], ["西坪村"]),
        # Persons of the text alone.
        ("毕云舟是哪个组的头儿", ["溶剂组组长由区工信局局长毕云舟担任"], []),
        ("桑晚晴管哪块", ["宣传工作"], []),
    ],
)
def test_who_is_asked_for_by_name(
    ask: Ask, question: str, said: list[str], unsaid: list[str]
) -> None:
    offices.assert_told(ask(question), said, unsaid)


def test_what_is_closed_in_everyday_words_is_counted(ask: Ask) -> None:
    assert "共1项" in ask("松岭台账里已经销账的有多少条").text


def test_the_year_of_an_old_plan_stands_for_this_year(ask: Ask) -> None:
    answer = ask("区交通局今年在临淮牵头哪些活儿")
    assert not answer.refused
    assert "以下按2025年列出" in answer.text
    assert "汽修行业" in answer.text
    assert "油品储运" not in answer.text


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("临淮印刷企业名单里有哪些", "1.印刷企业名单"),
        ("临淮那个喷漆中心验收申请表要填哪几栏", "2.喷漆中心验收申请表"),
    ],
)
def test_an_annex_of_several_in_one_line_is_named_alone(
    ask: Ask, question: str, named: str
) -> None:
    answer = ask(question)
    assert answer.refused
    assert named in answer.text
    assert "2025年3月6日" not in answer.text


def test_what_is_only_counted_has_no_members(ask: Ask) -> None:
    answer = ask("临淮12家印刷企业里有没有红枫彩印")
    assert answer.refused
    assert "没有列出其具体内容" in answer.text


def test_names_stand_behind_posts_and_duties_are_no_names() -> None:
    text = "由县长靳平牵头，局长牵头负责；组长为沈阔、书记戚长河约谈。河长期坚持。"
    assert persons_named(text) == {"靳平", "沈阔", "戚长河"}
