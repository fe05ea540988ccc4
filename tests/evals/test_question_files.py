"""Question files: what is read, and that every mistake is reported with its line."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Turn
from evals.errors import QuestionFileError
from evals.questions import Evidence, default_question_files, read_questions

MINIMAL: dict[str, Any] = {
    "id": "a1",
    "type": "target",
    "question": "目标是多少？",
    "must": [["38微克", "38 μg/m³"]],
    "answerable": True,
}


def write(folder: Path, *rows: dict[str, Any] | str, name: str = "set.jsonl") -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_every_key_becomes_a_typed_value(tmp_path: Path) -> None:
    row = MINIMAL | {
        "history": [{"role": "user", "content": "你好"}],
        "as_of": "2025-01-10",
        "must_not": ["40微克"],
        "evidence": [{"document": "a.txt", "quote": "38微克/立方米"}],
        "note": "正文三",
    }
    [question] = read_questions([write(tmp_path, row)])
    assert question.history == (Turn("user", "你好"),)
    assert question.as_of == dt.date(2025, 1, 10)
    assert question.must == (("38微克", "38 μg/m³"),)
    assert question.must_not == ("40微克",)
    assert question.evidence == (Evidence("a.txt", "38微克/立方米"),)
    assert question.needs_evidence


def test_optional_keys_may_be_left_out(tmp_path: Path) -> None:
    [question] = read_questions([write(tmp_path, MINIMAL)])
    assert (question.history, question.as_of, question.evidence) == ((), None, ())
    assert not question.needs_evidence


def test_an_unanswerable_question_needs_no_evidence_even_if_it_names_some(tmp_path: Path) -> None:
    row = MINIMAL | {"answerable": False, "evidence": [{"document": "a.txt", "quote": "附件2"}]}
    [question] = read_questions([write(tmp_path, row)])
    assert not question.needs_evidence


def test_blank_lines_and_a_byte_order_mark_are_skipped(tmp_path: Path) -> None:
    path = tmp_path / "bom.jsonl"
    line = json.dumps(MINIMAL, ensure_ascii=False)
    path.write_text(f"\n{line}\n\n", encoding="utf-8-sig")
    assert [question.id for question in read_questions([path])] == ["a1"]


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (MINIMAL | {"id": "a2", "musts": []}, "未知的键 'musts'"),
        (
            MINIMAL | {"id": "a2", "history": [{"role": "user", "content": "", "time": 1}]},
            "未知的键 'history.0.time'",
        ),
        ({"id": "a2"}, "缺少键 'question'"),
        (MINIMAL | {"id": "a2", "as_of": "明天"}, "键 'as_of' 的取值有误"),
        (MINIMAL | {"id": "a2", "must": [[]]}, "键 'must.0' 的取值有误"),
        (MINIMAL | {"id": "a2", "must_not": [" "]}, "键 'must_not.0' 的取值有误"),
        ("{", "不是合法的 JSON"),
        ("[]", "不是一个 JSON 对象"),
        (MINIMAL, "题号 'a1' 重复"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, row: dict[str, Any] | str, complaint: str) -> None:
    path = write(tmp_path, MINIMAL, row)
    with pytest.raises(QuestionFileError) as caught:
        read_questions([path])
    assert caught.value.line == 2
    assert str(caught.value).startswith(f"{path} 第2行：")
    assert complaint in str(caught.value)


def test_an_id_is_unique_over_all_files(tmp_path: Path) -> None:
    paths = [write(tmp_path, MINIMAL, name="1.jsonl"), write(tmp_path, MINIMAL, name="2.jsonl")]
    with pytest.raises(QuestionFileError, match=r"2\.jsonl 第1行：题号 'a1' 重复"):
        read_questions(paths)


def test_a_file_without_questions_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match="没有题目"):
        read_questions([write(tmp_path, "")])


def test_a_file_in_another_encoding_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "gbk.jsonl"
    path.write_bytes(json.dumps(MINIMAL, ensure_ascii=False).encode("gb18030"))
    with pytest.raises(QuestionFileError, match="不是 UTF-8 编码"):
        read_questions([path])


def test_the_development_questions_come_with_duban() -> None:
    questions = read_questions(default_question_files())
    assert len(questions) >= 93
    assert {question.as_of for question in questions} >= {None, dt.date(2024, 11, 1)}
