"""References in the form an official memo uses."""

from __future__ import annotations

import pytest
from hand_made import cite, plan

from assistant.answer import Answer, Citation
from ui.memo import memo_text, plain_text, reference


@pytest.mark.parametrize(
    ("section", "place"),
    [
        ("三、整改目标 > （二）严格落实“硬指标”", "第三部分第（二）条"),
        ("附件 整改任务清单 > 十六、设施不到位 > （一）提升能力", "附件第十六部分第（一）条"),
        ("第二章 管理 > 第三条 范围 > 1.排查", "第二章第三条第1项"),
        ("二、成效 > （一）整改 > 3．对标 > （2）落实", "第二部分第（一）条第3项第（2）目"),
        ("总体要求", "“总体要求”"),
        ("", ""),
    ],
)
def test_headings_become_parts_and_articles(section: str, place: str) -> None:
    citation = Citation(1, "a.txt", "甲方案", section, "引文", 0, 2)
    assert reference(citation, None) == f"《甲方案》{place}"


def test_number_and_page_are_named_where_the_document_has_them() -> None:
    source = plan().source
    citation = Citation(1, source.path, source.title, "二、整改目标", "引文", 0, 2, page=3)
    assert reference(citation, source).endswith("（和平政〔2025〕4号）第二部分第3页")


def test_a_copied_answer_ends_with_its_references() -> None:
    parsed = plan()
    citation = cite(parsed, "重污染天数控制在4天以内")
    copied = memo_text(Answer("**4天**以内。[1]", (citation,)), [parsed.source])
    assert copied.startswith("4天以内。[1]\n\n依据：\n[1] 《")
    assert copied.endswith("第二部分第（二）条：“重污染天数控制在4天以内”")


def test_plain_text_has_no_signs_of_markdown() -> None:
    assert plain_text("**38**微克 \\[甲\\] &lt;通知&gt; [1]\n") == "38微克 [甲] <通知> [1]"
