"""What must hold for any text: no crash and exact spans, in noise as in plans of the genre."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import SHIPPED, parse, spans_of

from evals.ledger.plans import compose
from ingest.errors import IngestError
from ingest.parse import decode

QUICK = settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
LINES = [
    line
    for path in SHIPPED
    for line in path.read_text(encoding="utf-8").split("\n")
    if line.strip()
]
MARKS = [
    "（一）",
    "1.",
    "附件",
    "附件：1.",
    "责任单位：",
    "整改时限：",
    "整改措施：",
    "# ",
    "|",
    "《",
    "“",
    "（",
    "）",
    "①",
    "2024年",
    "一是",
    "关于“",
    "|---|",
    "镇｜任务（户）｜完成率",
    "甲镇｜30｜85%",
    "乙镇\t—\t6.5",
    "注：",
]
noise = st.text(
    st.sampled_from(
        "一二三年月日底前。，、；：（）()“”《》|#-—.．0123456789甲乙局镇\u3000\u00a0\u200b\nⅢ②%～"
    ),
    max_size=40,
)
lines = st.one_of(
    st.sampled_from(LINES),
    st.sampled_from(MARKS),
    noise,
    st.text(max_size=12),
    st.builds("{}{}".format, st.sampled_from(MARKS), st.sampled_from(LINES)),
    st.builds(lambda line, cut: line[:cut], st.sampled_from(LINES), st.integers(0, 60)),
)


@QUICK
@given(st.lists(lines, max_size=14).map("\n".join))
def test_any_text_is_read_or_refused_and_every_span_is_exact(text: str) -> None:
    try:
        document = parse(text)
    except IngestError:
        return
    assert all(text[span.start : span.end] == span.quote for span in spans_of(document))
    records = (*document.sections, *document.passages, *document.tasks)
    assert len({record.id for record in records}) == len(records)
    assert all(
        a.span.end <= b.span.start
        for a, b in zip(document.passages, document.passages[1:], strict=False)
    )
    assert parse(text) == document


@QUICK
@given(
    st.binary(max_size=200)
    | st.text(max_size=50).map(lambda text: text.encode("gb18030", "ignore"))
)
def test_any_bytes_are_decoded_or_refused(content: bytes) -> None:
    try:
        text = decode(content, "任意.txt")
    except IngestError as error:
        refused = str(error)
    else:
        assert text.strip()
        assert "\r" not in text
        assert "\x00" not in text
        return
    assert "任意.txt" in refused


@QUICK
@given(
    st.text(max_size=60).filter(
        lambda text: bool(text.strip()) and not set(text) & set("\x00\r\ufeff")
    )
)
def test_utf8_text_comes_back_unchanged(text: str) -> None:
    assert decode(text.encode("utf-8", "ignore"), "a.txt") == text


@settings(QUICK, max_examples=25)
@given(st.randoms(use_true_random=False))
def test_made_up_plans_are_read_without_loss_of_place(chance: random.Random) -> None:
    """How much of them is read, tests/evals/test_ledger_scoring.py measures."""
    plan = compose(chance)
    if plan.name != "plan.txt":
        return
    text = plan.content.decode()
    document = parse(text)
    assert document.tasks
    assert all(text[span.start : span.end] == span.quote for span in spans_of(document))
    assert len({task.id for task in document.tasks}) == len(document.tasks)
