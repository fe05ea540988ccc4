"""Offices that no document has, terms asked by what they take, and what is only counted, asked of the real assistant."""

from __future__ import annotations

import datetime as dt

import offices
import pytest
from offices import opened_on

from assistant.answer import Answer
from assistant.app import Assistant
from assistant.understanding.offices import offices_in

PLAN = """松岭县农村水体整治方案

一、范围
本方案所称农村黑臭水体，是指村庄范围内颜色明显异常的水体。具备下列情形之一的即可认定：透明度低于25厘米；氨氮高于15毫克/升。小型水体，是指水面面积500平方米以下的水体。
二、任务
（一）县住建委牵头，县水利局配合，2026年6月底前完成清淤3公里。
（二）尚有7家作坊未完成治理，名单另发。
三、台账
序号|反映问题|责任单位|办理状态|备注
1|河滩有人盗采河砂|县水利局|已办结|系清障施工，反映情况不属实
2|夜市油烟扰民|县城管局|未办结|正在安装净化器
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened_on(PLAN, tmp_path_factory.mktemp("county"))


def ask(assistant: Assistant, question: str) -> Answer:
    return offices.ask(assistant, question, dt.date(2026, 3, 1))


@pytest.mark.parametrize("office", ["县卫健局", "教育局", "市医疗保障局", "县发展和改革委员会"])
def test_an_office_is_known_by_its_usual_name(office: str) -> None:
    (found,) = offices_in(f"请问{office}管什么")
    assert found.group() == office


def test_what_is_no_office_is_none() -> None:
    assert not list(offices_in("水利工程由谁来办, 教育办得怎么样"))


@pytest.mark.parametrize("office", ["县卫健局", "县审计局"])
def test_an_office_that_no_document_has_is_refused_and_never_mended(
    county: Assistant, office: str
) -> None:
    answer = ask(county, f"{office}在松岭领了什么任务")
    assert answer.refused
    assert office in answer.text
    assert not answer.notices


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("啥样的沟才够得上“农村黑臭”", ("颜色明显异常", "25厘米", "15毫克/升")),
        ("多大才叫“小型”啊", ("500平方米以下",)),
        ("怎样才算农村黑臭水体", ("颜色明显异常", "25厘米")),
    ],
)
def test_a_term_is_told_with_what_it_takes(
    county: Assistant, question: str, said: tuple[str, ...]
) -> None:
    answer = ask(county, question)
    assert all(one in answer.text for one in said)
    assert "清淤" not in answer.text


def test_names_that_are_only_counted_are_refused(county: Assistant) -> None:
    answer = ask(county, "松岭没完成治理的那7家作坊，名字一个个给我")
    assert answer.refused
    assert "没有列出" in answer.text


def test_the_nearest_row_is_told_whole(county: Assistant) -> None:
    answer = ask(county, "偷挖河砂那伙人最后罚了多少钱")
    assert answer.refused
    assert "河滩有人盗采河砂（" in answer.text
    assert "反映情况不属实" in answer.text
