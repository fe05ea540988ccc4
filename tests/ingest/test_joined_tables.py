"""One list of tasks in several tables: 问题清单, 措施清单 and 责任清单 with the same numbers."""

from __future__ import annotations

import hashlib

import pytest

from ingest.parse import parse_text
from ingest.records import ParsedDocument

PROBLEMS = """序号\t类别\t问题描述\t所在位置
1\t水环境\t东塘支浜发黑\t柳坝村
2\t大气环境\t木材厂除尘器停用\t工业集中区
3\t固体废物\t砖厂倾倒渣土约90吨\t石桥村"""
MEASURES = """序号\t整改措施\t完成时限
1\t①清理垃圾；②6月10日前清淤0.8公里\t6月30日
2\t①更换布袋\t5月31日
3\t①清运渣土\t8月底，长期坚持"""
DUTIES = """序号\t包保领导\t责任单位\t配合单位\t整改进展
1\t镇长 高远\t柳坝村\t农业局\t整改中，已清理
2\t副镇长 林晓\t经发局\t建环局\t已销号（6月2日）
3\t\t执法局\t石桥村\t未启动"""
HEAD = (
    "临浦镇生态环境问题三个清单（2026年第一批）\n\n发布日期：2026-06-12\n\n现将清单公布如下。\n\n"
)


def parsed(*tables: str) -> ParsedDocument:
    parts = [f"附表{number}\n{table}" for number, table in enumerate(tables, start=1)]
    return of_text(HEAD + "\n\n".join(parts) + "\n注：第3项不安排包保领导。\n")


def of_text(text: str) -> ParsedDocument:
    return parse_text(text, "lists.txt", hashlib.sha256(text.encode()).hexdigest())


def piped(table: str) -> str:
    lines = ["| " + line.replace("\t", " | ") + " |" for line in table.split("\n")]
    return "\n".join([lines[0], "|" + "---|" * lines[0].count(" | ") + "---|", *lines[1:]])


@pytest.mark.parametrize("write", [str, piped], ids=["tabs", "pipes"])
def test_a_task_has_the_fields_of_all_its_rows(write: type[str]) -> None:
    tasks = parsed(write(PROBLEMS), write(MEASURES), write(DUTIES)).tasks
    assert [task.number for task in tasks] == ["1", "2", "3"]
    first, second, third = tasks
    assert first.title.quote == "东塘支浜发黑"
    assert [one.text.quote for one in first.measures] == ["清理垃圾", "6月10日前清淤0.8公里"]
    assert [unit.name for unit in first.responsible_units] == ["柳坝村"]
    assert [unit.name for unit in second.cooperating_units] == ["建环局"]
    assert [person.name for person in second.leaders] == ["林晓"]
    assert second.status is not None
    assert second.status.quote == "已销号（6月2日）"
    assert third.leaders == ()
    assert third.deadline is not None
    assert third.deadline.ongoing


def test_every_row_is_found_as_part_of_its_task() -> None:
    document = parsed(PROBLEMS, MEASURES, DUTIES)
    text, second = document.source.text, document.tasks[1]
    for words in ("木材厂除尘器停用", "更换布袋", "林晓"):
        assert text.index(words) in second
        assert words in second.words
    assert text.index("柳坝村") not in second
    rows = [passage for passage in document.passages if passage.path[-1:] == ("2木材厂除尘器停用",)]
    assert len(rows) == 3
    for passage in rows:
        assert all(passage.span.covers(sentence) for sentence in passage.sentences)


def test_names_may_be_repeated_in_each_table() -> None:
    named = "\n".join(
        line.replace("\t", f"\t{name}\t", 1)
        for line, name in zip(
            MEASURES.split("\n"),
            ("问题", "东塘支浜发黑", "木材厂除尘器停用", "砖厂倾倒渣土约90吨"),
            strict=True,
        )
    )
    tasks = parsed(PROBLEMS.replace("问题描述", "问题"), named).tasks
    assert [task.title.quote for task in tasks] == [
        "东塘支浜发黑",
        "木材厂除尘器停用",
        "砖厂倾倒渣土约90吨",
    ]
    assert all(task.measures and task.deadline for task in tasks)


def test_another_list_of_its_own_is_not_taken_in() -> None:
    first = "序号\t问题\t责任单位\n1\t河道有垃圾\t水务局\n2\t工地扬尘\t住建局"
    other = "序号\t问题\t责任单位\n1\t秸秆焚烧\t农业局\n2\t油烟扰民\t城管局"
    assert [task.title.quote for task in parsed(first, other).tasks] == [
        "河道有垃圾",
        "工地扬尘",
        "秸秆焚烧",
        "油烟扰民",
    ]


def test_tables_with_other_numbers_are_not_joined() -> None:
    document = parsed(PROBLEMS, MEASURES.replace("3\t①清运", "4\t①清运"))
    assert document.tasks == () or all(not task.beside for task in document.tasks)


def test_the_way_to_a_page_is_no_title() -> None:
    text = "清河县人民政府 > 镇街信息公开 > 临浦镇 > 公示公告\n\n" + HEAD + PROBLEMS
    assert of_text(text).source.title == "临浦镇生态环境问题三个清单（2026年第一批）"
