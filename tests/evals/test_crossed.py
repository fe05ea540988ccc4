"""Questions of one place asked over the documents of another: what is asked, and what counts as a leak."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.answer import Answer, Turn
from evals.crossed import QuestionSet, ask_crossed, main, only_named, read_sets
from evals.questions import Evidence, Question
from ingest.records import SourceDocument

HEXI = """河西县整改方案
一、沙洼村污水站长期停运
牵头单位：县水务局
整改时限：2025年9月底前
"""
BEILING = """北岭区整改方案
一、枫渚桥断面水质不达标
牵头单位：区生态环境局
整改时限：2026年6月底前
"""


def question(text: str, quote: str, **others: object) -> Question:
    asked = {"must": (), "answerable": True, "evidence": (Evidence("hexi.txt", quote),)} | others
    return Question(id=text, type="fact", question=text, **asked)  # type: ignore[arg-type]


@pytest.fixture
def sets(tmp_path: Path) -> list[Path]:
    """Two small sets on disk, each with its documents beside it."""
    asked = {
        "hexi": (HEXI, "沙洼村污水站谁牵头", "一、沙洼村污水站长期停运"),
        "beiling": (BEILING, "枫渚桥断面什么时候达标", "一、枫渚桥断面水质不达标"),
    }
    paths = []
    for name, (text, words, quote) in asked.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(text, encoding="utf-8")
        row = {"id": name, "type": "fact", "question": words, "must": [], "answerable": True}
        row["evidence"] = [{"document": f"{name}.txt", "quote": quote}]
        paths.append(tmp_path / f"{name}.jsonl")
        paths[-1].write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    return paths


class Teller:
    """Tells something to every question, or refuses them all, over one document."""

    def __init__(self, text: str, *, refuses: bool) -> None:
        self._source = SourceDocument("one.txt", "0" * 64, text, "整改方案")
        self._refuses = refuses

    def sources(self) -> list[SourceDocument]:
        return [self._source]

    def answer(
        self,
        question: str,
        history: Sequence[Turn] = (),
        as_of: dt.date | None = None,
        documents: Sequence[str] | None = None,
    ) -> Answer:
        return Answer("整改时限：2026年6月底前", refused=self._refuses)


def test_only_what_no_other_documents_name_is_asked() -> None:
    elsewhere = frozenset({"村污", "污水", "水站", "牵头"})
    own = only_named(question("沙洼村污水站谁牵头", HEXI), elsewhere)
    assert own == ("沙洼", "洼村")
    assert only_named(question("污水站谁牵头", HEXI), elsewhere) == ()


def test_what_is_no_question_by_itself_or_has_no_answer_at_home_is_not_asked() -> None:
    earlier = (Turn("user", "沙洼村污水站谁牵头"),)
    assert only_named(question("沙洼村那个呢", HEXI, history=earlier), frozenset()) == ()
    assert only_named(question("沙洼村花了多少钱", HEXI, answerable=False), frozenset()) == ()


def test_what_the_genre_calls_otherwise_too_may_be_there_by_that_name() -> None:
    quote = "整治城区臭水沟3条"
    assert only_named(question("臭水沟几条", quote), frozenset()) == ()


def test_each_set_is_asked_of_all_others_in_turn() -> None:
    hexi, beiling, third = Path("hexi"), Path("beiling"), Path("third")
    asked = QuestionSet(
        tuple(question(f"沙洼村污水站{end}", HEXI) for end in ("谁管", "谁牵头", "哪天完")), hexi
    )
    assistants = {
        hexi: Teller(HEXI, refuses=False),
        beiling: Teller(BEILING, refuses=True),
        third: Teller(BEILING, refuses=False),
    }
    crossed = list(ask_crossed([asked], assistants, of_each=2))
    assert [(one.folder, one.answer.refused) for one in crossed] == [
        (beiling, True),
        (third, False),
    ]


def test_documents_stand_beside_the_set_or_are_those_of_the_settings(
    sets: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "hexi" / "hexi.txt").unlink()
    (tmp_path / "hexi").rmdir()
    folders = [one.folder for one in read_sets(sets, Path("documents"))]
    assert folders == [Path("documents"), tmp_path / "beiling"]


def test_two_sets_are_asked_over_each_others_documents(sets: list[Path]) -> None:
    told = CliRunner().invoke(main, list(map(str, sets)))
    assert told.exit_code == 0
    assert "跨处提问 2 题，拒答 2 题，100.0%" in told.output


def test_one_place_alone_cannot_be_crossed(sets: list[Path]) -> None:
    told = CliRunner().invoke(main, [str(sets[0])])
    assert told.exit_code == 2
    assert "至少要有两处" in told.output
