"""What is no question of the documents, or asks in another way: greetings, texts to be written, documents summed up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[[str], Answer]

PLAN = """柳湾区贯彻落实督察反馈意见整改方案
一、总体要求
坚持问题导向。
二、组织保障
各街道压实责任。
附件
柳湾区整改任务清单
一、东风渠黑臭反弹
新桥镇污水处理厂满负荷运行。
区级领导负责人：石敬安
牵头单位：区水务局
责任单位：区水务局，新桥镇人民政府
整改时限：2026年6月底
二、散煤复燃
各镇收缴散煤3.4吨。
区级领导负责人：副区长 焦文远
牵头单位：区商务局
责任单位：区商务局，各镇人民政府
整改时限：2026年12月底
柳湾区人民政府
2025年3月4日
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(PLAN, tmp_path_factory.mktemp("plan"))
    return lambda question: offices.ask(assistant, question, dt.date(2025, 5, 1))


@pytest.mark.parametrize(
    "message", ["你好", "您好，在吗？", "早上好啊", "你是谁", "你能干啥", "Hello!"]
)
def test_a_greeting_is_answered_with_what_can_be_asked(ask: Ask, message: str) -> None:
    answer = ask(message)
    assert "督办" in answer.text
    assert "《柳湾区贯彻落实督察反馈意见整改方案》" in answer.text
    assert "？" in answer.text
    assert not answer.refused
    assert not answer.citations


@pytest.mark.parametrize("message", ["谢谢", "好的，辛苦了", "收到！"])
def test_thanks_are_answered_shortly(ask: Ask, message: str) -> None:
    assert ask(message).text == "不客气，有需要随时问。"


@pytest.mark.parametrize("question", ["你好，散煤谁牵头", "谢谢，东风渠什么时候完成"])
def test_a_question_behind_a_greeting_is_answered(ask: Ask, question: str) -> None:
    assert ask(question).citations


@pytest.mark.parametrize(
    "wish",
    ["帮我写个给区水务局的催办通知", "起草一份区水务局的汇报材料", "写份督办单给区水务局的函"],
)
def test_no_text_is_drafted_and_its_facts_are_given(ask: Ask, wish: str) -> None:
    text = ask(wish).text
    assert "不代写" in text
    assert "东风渠黑臭反弹" in text
    assert "2026年6月底" in text


@pytest.mark.parametrize(
    "wish", ["总结一下柳湾这份方案", "用一句话说说柳湾区方案", "柳湾区这份文件讲了什么"]
)
def test_a_document_in_few_words_is_its_date_and_its_parts(ask: Ask, wish: str) -> None:
    text = ask(wish).text
    assert "2025年3月4日" in text
    assert "总体要求" in text
    assert "组织保障" in text


@pytest.mark.parametrize("claim", ["是区水务局局长吗", "是副区长吧", "当的是水务局局长?"])
def test_a_post_that_no_document_writes_is_not_guessed(ask: Ask, claim: str) -> None:
    answer = ask(f"石敬安{claim}")
    assert answer.refused
    assert answer.text.startswith("文件没有写明石敬安的职务")
    assert "区级领导负责人" in answer.text


def test_a_post_that_is_written_is_told(ask: Ask) -> None:
    assert "没有写明" not in ask("焦文远是副区长吧").text


@pytest.mark.parametrize("asks", ["谁牵头", "哪个局牵头", "由谁负责"])
def test_who_has_it_in_a_town_is_no_question_whether_the_town_has_it(ask: Ask, asks: str) -> None:
    text = ask(f"新桥镇东风渠{asks}").text
    assert "不包括" not in text
    assert "区水务局" in text
