"""What answers comes first and once; what only stands beside the matter is told behind it, and said to be that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest
from offices import opened_on

from assistant.answer import Answer
from assistant.draft import Evidence, Statement
from assistant.verify import Verifier

TODAY = dt.date(2026, 3, 1)
PLAN = """岚溪县2026年水污染防治工作方案

一、重点任务

1.污水处理能力。扩建第一污水处理厂，由1.2万吨/日提升至2.4万吨/日，9月底前通水。新建东关污水处理厂，处理规模0.8万吨/日，11月底前建成。污水处理厂出水水质全年达标。加强污水处理厂日常监管，发现超标及时查处。（县住建局）
2.断面水质。全县断面水质持续改善，其中东河断面达标率95%以上。（县水利局）
3.调度情况。省水专项检查交办的58个问题，已完成51个，剩余7个正在推进。责任单位要加快整改，按月上报进度。（县环委办）

二、新交办问题
【问题描述】砂石厂废水直排沟渠。
【整改措施】建设沉淀池。
【责任主体】东关街道办事处，县水利局督办
【完成期限】7月20日前
"""
Ask = Callable[[str], Answer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    plan = opened_on(PLAN, tmp_path_factory.mktemp("first"))
    return lambda question: offices.ask(plan, question, TODAY)


def test_what_is_beside_the_matter_is_behind_it(ask: Ask) -> None:
    told = ask("第一污水处理厂扩建到多大规模").text
    answer, beside, related = told.partition("相关的还有：")
    assert "由1.2万吨/日提升至2.4万吨/日" in answer
    assert beside
    assert "日常监管" not in answer
    assert related.strip()


def test_the_figure_of_a_neighbour_is_not_at_the_head(ask: Ask) -> None:
    told = ask("第一污水处理厂扩建到多大规模").text
    head = told.partition("写明：")[0]
    assert "2.4万吨/日" in head
    assert "0.8万吨/日" not in head


def test_a_figure_is_told_without_what_joined_it_to_the_words_before(ask: Ask) -> None:
    assert ask("岚溪东河断面达标率要达到多少").text.startswith("岚溪县：东河断面达标率95%以上")


def test_a_sentence_is_quoted_once(ask: Ask) -> None:
    told = ask("岚溪水专项检查交办的问题还剩几个").text
    assert told.count("剩余7个正在推进") == 1


def test_who_looks_on_is_quoted_behind_what_leads_up_to_it(ask: Ask) -> None:
    assert "东关街道办事处，县水利局督办" in ask("岚溪的砂石厂废水直排被谁处理了").text


def test_only_a_whole_quotation_needs_no_proof_of_duties(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    plan = opened_on(PLAN, tmp_path_factory.mktemp("proof"))
    (source,) = plan.sources()
    line = "【责任主体】东关街道办事处，县水利局督办"
    start = source.text.index(line)
    evidence = (Evidence(source, source.span(start, start + len(line))),)
    verifier: Verifier = plan._verifier
    assert not verifier.unsupported(Statement(f"写明：{line}", evidence, computed=("写明：",)))
    turned = "写明：东关街道办事处督办，责任主体为县水利局"
    assert verifier.unsupported(Statement(turned, evidence, computed=("写明：",)))
