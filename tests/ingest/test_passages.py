"""Sentences and passages: what is searched, shown and cited."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import SHIPPED, parse

from ingest.passages import LONGEST_ITEM, LONGEST_PASSAGE, split_sentences, whole_items


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


def test_an_item_is_read_with_all_below_it() -> None:
    document = parse(
        "白河县方案\n一、任务\n1.治水\n（1）清淤3公里。\n（2）截污5处。\n2.治气\n（1）洒水。\n二、保障\n加强调度。"
    )
    assert [item.path for item in whole_items(document)] == [(), ("一、任务",), ("二、保障",)]
    tasks = whole_items(document)[1]
    assert tasks.span.quote == document.source.text[tasks.span.start : tasks.span.end]
    assert [s.quote for s in tasks.sentences if "。" in s.quote] == [
        "（1）清淤3公里。",
        "（2）截污5处。",
        "（1）洒水。",
    ]


def test_an_item_too_long_to_be_read_at_once_falls_into_those_below_it() -> None:
    long = "推进河道清淤和管网改造工作，完善长效管护机制，落实属地责任。" * 20
    document = parse(
        f"白河县方案\n一、任务\n（一）治水。{long}\n1.截污5处。\n（二）治气。{long}\n1.洒水。"
    )
    items = whole_items(document)
    assert ["".join(item.path[-1:]) for item in items if "1." in item.span.quote] == [
        "（一）治水",
        "（二）治气",
    ]
    assert all(len(item.span.quote) <= LONGEST_ITEM for item in items)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_items_hold_every_passage_once(path: Path) -> None:
    document = parse(path.read_text(encoding="utf-8"))
    items = whole_items(document)
    assert [s for item in items for s in item.sentences] == [
        s for passage in document.passages for s in passage.sentences
    ]
    for item in items:
        inside = [p for p in document.passages if item.span.covers(p.span)]
        assert all(p.path[: len(item.path)] == item.path for p in inside)
        assert len(item.span.quote) <= LONGEST_ITEM or inside == [item]


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
