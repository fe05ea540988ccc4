"""Headings between the rows of a table pasted as text."""

from __future__ import annotations

import pytest
from invented import names, parse, quote

TITLE = "平昌县2026年大气污染防治任务清单\n"
HEAD = ("序号", "工作任务", "牵头单位", "完成时限")
FIRST = ("1", "完成散煤替代1200户", "县发改局", "2026年10月底")
SECOND = ("1", "工地安装喷淋", "县住建局", "2026年6月底")
THIRD = ("2", "渣土车密闭改造", "县城管局", "2026年8月底")


@pytest.mark.parametrize("mark", ["\t", "|"])
@pytest.mark.parametrize(
    "headings", [("（一）清洁取暖", "（二）扬尘管控"), ("一、散煤", "二、扬尘")]
)
def test_a_heading_between_rows_stands_over_those_below(
    mark: str, headings: tuple[str, str]
) -> None:
    lines = (mark.join(HEAD), headings[0], mark.join(FIRST), headings[1])
    text = TITLE + "\n".join((*lines, mark.join(SECOND), mark.join(THIRD))) + "\n"
    tasks = parse(text).tasks
    assert [(task.number, task.path[-2]) for task in tasks] == [
        ("1", headings[0]),
        ("1", headings[1]),
        ("2", headings[1]),
    ]
    assert [names(task.lead_units) for task in tasks] == [["县发改局"], ["县住建局"], ["县城管局"]]
    assert quote(tasks[0].columns["完成时限"]) == "2026年10月底"


def test_a_heading_with_a_header_of_its_own_is_one_of_the_text() -> None:
    other = ("序号", "整改任务", "责任单位", "完成时限")
    text = "\n".join("|".join(row) for row in (HEAD, FIRST, ("二、水污染",), other, SECOND, THIRD))
    tasks = parse(f"{TITLE}一、大气\n{text}\n").tasks
    assert [names(task.responsible_units) for task in tasks] == [[], ["县住建局"], ["县城管局"]]
