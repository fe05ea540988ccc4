"""Who signs below the last item of a document is no part of that item."""

from __future__ import annotations

from ingest.parse import parse_text

_NOTICE = """松皋县上半年调度通报
各乡镇人民政府：
一、三季度安排
（一）县城管局8月底前建成渣土消纳场。
（二）白埠镇人民政府7月31日前报送整改报告。
{end}"""


def test_signature_is_not_read_as_the_last_item() -> None:
    text = _NOTICE.format(end="松皋县污染防治攻坚战指挥部办公室\n2025年7月11日\n")
    parsed = parse_text(text, "notice.txt", "0" * 64)
    last = parsed.tasks[-1]
    assert last.span.quote.strip() == "（二）白埠镇人民政府7月31日前报送整改报告。"
    assert str(parsed.source.issued) == "2025-07-11"
    assert parsed.source.issuer == "松皋县污染防治攻坚战指挥部办公室"
    assert any("指挥部办公室" in one.span.quote for one in parsed.passages)


def test_a_paragraph_behind_the_last_item_stays_its_own() -> None:
    text = _NOTICE.format(end="报告须经主要负责人签字。\n")
    last = parse_text(text, "notice.txt", "0" * 64).tasks[-1]
    assert "主要负责人签字" in last.span.quote
