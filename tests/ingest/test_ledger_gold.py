"""The ledger of the five shipped documents against hand-made gold (evals/ledger/gold/README.md)."""

from __future__ import annotations

import pytest
from invented import DOCUMENTS, SHIPPED, names

from evals.ledger.gold import read_gold
from evals.ledger.run import Reading, read_documents
from ingest.parse import parse_file

# What stands unnumbered behind the last item of a part is read as the item's: nothing but its sense tells.
KNOWN = {"cangzhou-2022-rectification-report.txt": 1}


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    return {reading.name: reading for reading in read_documents(DOCUMENTS)}


@pytest.mark.parametrize("document", [gold.document for gold in read_gold(DOCUMENTS)])
def test_every_field_of_every_task_is_read(readings: dict[str, Reading], document: str) -> None:
    differences = readings[document].comparison.differences
    assert len(differences) <= KNOWN.get(document, 0), differences


def test_nothing_of_them_needs_a_second_look() -> None:
    for path in SHIPPED:
        assert parse_file(path, DOCUMENTS).notes == ()


def test_stated_figures_become_indicators(readings: dict[str, Reading]) -> None:
    tallies = readings["指标"].comparison.tallies
    assert tallies["figure"].recall == 1
    assert tallies["figure"].precision >= 0.99
    assert tallies["figure_name"].recall >= 0.96


def test_a_former_name_is_an_alias_of_the_body() -> None:
    wuqing = parse_file(DOCUMENTS / "wuqing-2024-rectification-plan.txt", DOCUMENTS)
    units = [unit for task in wuqing.tasks for unit in task.responsible_units]
    renamed = {unit.name: unit.aliases for unit in units if unit.aliases}
    assert renamed == {"京清园": ("京滨园",)}


def test_items_stand_below_the_headings_of_their_section() -> None:
    zhongbei = parse_file(DOCUMENTS / "zhongbei-2017-rectification-plan.txt", DOCUMENTS)
    tasks = {task.title.quote: task for task in zhongbei.tasks}
    path = tasks["强化渣土全过程监管"].path
    assert [part[:3] for part in path[-2:]] == ["(四)", "2.强"]
    assert names(tasks["强化渣土全过程监管"].responsible_units)[-1] == "综合执法大队"
