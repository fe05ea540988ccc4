"""What must hold for any text: no crash, exact spans, and plans of known content read without loss."""

from __future__ import annotations

import unicodedata

from generated_plans import Facts, Plan, Step, WorkPlan, narrow, task_lists, work_plans
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import SHIPPED, names, parse, spans_of

from ingest.errors import IngestError
from ingest.parse import decode
from ingest.records import Measure, Task

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


def same(written: str) -> str:
    """Written form without white space and width."""
    return "".join(unicodedata.normalize("NFKC", narrow(written)).split())


def assert_units(task: Task, facts: Facts, roles: tuple[str, ...]) -> None:
    for role in ("lead", "responsible", "cooperating", "acceptance"):
        expected = list(facts.units[role].full) if role in roles else []
        assert names(getattr(task, f"{role}_units")) == expected, role


def assert_measure(measure: Measure, step: Step) -> None:
    assert same(measure.text.quote) == same(step.text)
    assert names(measure.units) == (list(step.units.full) if step.units else [])
    assert [limit.latest for limit in measure.deadlines] == (
        [step.limit.latest] if step.limit else []
    )


@QUICK
@given(task_lists())
def test_a_task_list_in_any_style_is_read_exactly(plan: Plan) -> None:
    tasks = parse(plan.text).tasks
    assert [task.number for task in tasks] == list(plan.numbers)
    for task, facts in zip(tasks, plan.facts, strict=True):
        assert same(task.title.quote) == same(facts.title)
        assert task.problem is None
        assert names(task.leaders) == list(facts.leaders)
        assert_units(task, facts, tuple(facts.units))
        assert task.target
        assert task.target.quote.rstrip("。") == facts.target
        assert task.deadline
        assert task.deadline.latest == facts.limit.latest
        assert task.deadline.phrase.quote == facts.limit.written
        assert [measure.number for measure in task.measures] == list(
            plan.step_numbers[: len(facts.steps)]
        )
        for measure, step in zip(task.measures, facts.steps, strict=True):
            assert_measure(measure, step)


@QUICK
@given(work_plans())
def test_a_work_plan_in_any_style_is_read_exactly(plan: WorkPlan) -> None:
    tasks = parse(plan.text).tasks
    assert [task.number for task in tasks] == list(plan.numbers)
    for task, facts, roles in zip(tasks, plan.facts, plan.roles, strict=True):
        assert same(task.title.quote) == same(facts.title)
        assert_units(task, facts, roles)
        (measure,) = task.measures
        step = facts.steps[0]
        assert same(measure.text.quote) == same(step.text)
        assert [limit.latest for limit in measure.deadlines] == (
            [step.limit.latest] if step.limit else []
        )
