"""Tables set with blanks: their rows are rows, and what stands below them belongs to the part above them."""

from __future__ import annotations

from invented import parse, spans_of

NOTICE = """银川口市2026年一季度整改进展通报

一、各地进展

表1 各地整改进展及排名
排名  地区  任务总数  已完成  完成率
1  南亭县  12  9  75.0%
2  北岭县  10  6  60.0%
合计  —  22  15  68.2%

南亭县完成较好，予以表扬。

二、下一步安排

1.各地4月底前报送清单。
"""


def test_a_numbered_row_heads_no_section_and_is_no_task() -> None:
    document = parse(NOTICE)
    assert [one.heading.quote for one in document.sections if one.level] == [
        "一、各地进展",
        "二、下一步安排",
        "1.各地4月底前报送清单",
    ]
    assert not any("南亭县" in task.title.quote for task in document.tasks)


def test_a_paragraph_below_the_table_stands_in_the_part_above_it() -> None:
    document = parse(NOTICE)
    (praised,) = (one for one in document.passages if "予以表扬" in one.span.quote)
    assert praised.path == ("一、各地进展",)
    assert all(NOTICE[one.start : one.end] == one.quote for one in spans_of(document))


def test_a_row_is_quoted_as_it_stands() -> None:
    sentences = [one.quote for passage in parse(NOTICE).passages for one in passage.sentences]
    assert "1  南亭县  12  9  75.0%" in sentences


def test_a_line_of_totals_without_a_name_is_one() -> None:
    (table,) = parse(NOTICE).tables
    assert [row.total for row in table.rows] == [False, False, True]
