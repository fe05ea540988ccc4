"""Shares in tenths are percentages where the documents do not say them so."""

from __future__ import annotations

import pytest

from assistant.understanding.tenths import with_percentages


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("完成率不到六成的是哪几个", "完成率不到60%的是哪几个"),
        ("超过八成五的有谁", "超过85%的有谁"),
        ("九成以上的县", "90%以上的县"),
        ("达到七成半没有", "达到75%没有"),
        ("完成率过七成的镇", "完成率超过70%的镇"),
        ("满六成的有谁", "不少于60%的有谁"),
        ("占了几成", "占了几成"),
    ],
)
def test_a_bound_in_tenths_is_read_as_a_percentage(question: str, read: str) -> None:
    assert with_percentages(question, "") == read


def test_what_the_documents_say_so_themselves_is_left() -> None:
    assert with_percentages("占六成以上的是谁", "东坪区占六成以上") == "占六成以上的是谁"
