"""Sentences and passages: what is searched, shown and cited."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import SHIPPED, parse

from ingest.passages import LONGEST_PASSAGE, split_sentences


def sentences(text: str) -> list[str]:
    return [span.quote for span in split_sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("清淤。截污！完成了吗？", ["清淤。", "截污！", "完成了吗？"]),
        (
            "落实“条条有措施。件件有落实”要求。截污。",
            ["落实“条条有措施。件件有落实”要求。", "截污。"],
        ),
        ("他说：“清淤。”截污。", ["他说：“清淤。”截污。"]),
        ("清淤（含淤泥处置。见附表）。截污。", ["清淤（含淤泥处置。见附表）。", "截污。"]),
        ("清淤。截污。（区水务局）", ["清淤。", "截污。（区水务局）"]),
        ("清淤；截污", ["清淤；截污"]),
        (" 清淤。\u3000截污。 ", ["清淤。", "截污。"]),
        ("", []),
    ],
)
def test_sentences_end_outside_brackets_and_quotes(text: str, pieces: list[str]) -> None:
    assert sentences(text) == pieces


def test_a_long_sentence_is_also_cut_at_semicolons() -> None:
    clause = "推进河道清淤和管网改造工作" * 5
    text = "；".join([clause] * 4) + "。"
    assert len(sentences(text)) == 4
    assert "".join(sentences(text)) == text


def test_a_short_section_is_one_passage() -> None:
    document = parse(
        "白河县方案\n一、任务\n（一）治水。清淤3公里。\n\n截污5处。\n（二）治气。洒水。"
    )
    water = [one for one in document.passages if one.path[-1:] == ("（一）治水",)]
    assert [one.span.quote for one in water] == ["（一）治水。清淤3公里。\n\n截污5处。"]


def test_a_long_section_is_cut_between_sentences() -> None:
    sentence = "推进河道清淤和管网改造工作，完善长效管护机制，落实属地责任。"
    document = parse("白河县方案\n一、任务\n（一）治水。" + sentence * 60)
    passages = [one for one in document.passages if one.path[-1:] == ("（一）治水",)]
    assert len(passages) > 1
    assert all(len(one.span.quote) <= LONGEST_PASSAGE for one in passages)
    assert "".join(one.span.quote for one in passages) == "（一）治水。" + sentence * 60


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_passages_cover_every_section_in_order_and_hold_their_sentences(path: Path) -> None:
    document = parse(path.read_text(encoding="utf-8"))
    sections = {section.id: section for section in document.sections}
    ends = 0
    for passage in document.passages:
        section = sections[passage.section]
        assert passage.path == section.path
        assert passage.sentences
        assert all(passage.span.covers(one) for one in passage.sentences)
        assert passage.span.start >= ends
        ends = passage.span.end
        assert section.parent is None or section.span.covers(passage.span)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_word_of_a_task_is_outside_the_passages(path: Path) -> None:
    document = parse(path.read_text(encoding="utf-8"))
    covered = {i for one in document.passages for i in range(one.span.start, one.span.end)}
    for task in document.tasks:
        written = (
            i
            for i in range(task.span.start, task.span.end)
            if not document.source.text[i].isspace()
        )
        assert all(i in covered for i in written)
