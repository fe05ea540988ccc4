"""`duban ingest`, `ask` and `doctor` on real files and a real store."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from assistant.cli import main
from assistant.commands.ingest import _Bars
from ingest.parse import decode

PLAN = """青石县贯彻落实省生态环境保护督察反馈意见整改方案

一、整改目标
到2024年底，全县PM2.5年均浓度控制在33微克/立方米以内。

附件
青石县整改任务清单

一、北河沿岸垃圾清理不及时
北河沿岸存在积存垃圾。
牵头单位：县水务局
责任单位：县城市管理局、北河镇人民政府
整改目标：北河沿岸无积存垃圾
整改时限：2024年6月
整改措施和责任分工：
（一）全面清理北河沿岸积存垃圾。（责任单位：北河镇人民政府）

青石县人民政府
2024年1月15日
"""
BROKEN = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe\x00\x01"
QUESTION = "青石县北河沿岸垃圾清理不及时问题的牵头单位是哪个？"
ANSWER_KEYS = {"id", "answer", "refused", "citations", "seconds"}
CITATION_KEYS = {"document", "title", "section", "quote", "start", "end", "page"}


def duban(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The documents folder of these commands, with one good file."""
    folder = tmp_path / "files"
    folder.mkdir()
    monkeypatch.setenv("DUBAN_DOCUMENTS", str(folder))
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    return folder


@pytest.fixture
def ingested(documents: Path) -> Path:
    result = duban("ingest")
    assert result.exit_code == 0, result.stderr
    return documents


@pytest.fixture
def batch_file(tmp_path: Path) -> Callable[..., Path]:
    def write(*lines: object) -> Path:
        path = tmp_path / "questions.jsonl"
        texts = [one if isinstance(one, str) else json.dumps(one) for one in lines]
        path.write_text("\n".join(texts) + "\n", encoding="utf-8")
        return path

    return write


def ingest_report(*arguments: str | Path) -> tuple[int, dict[str, Any]]:
    result = duban("ingest", "--json", *arguments)
    return result.exit_code, json.loads(result.stdout)


def ask(question: str) -> dict[str, Any]:
    result = duban("ask", question, "--json", "--as-of", "2024-03-01")
    assert result.exit_code == 0, result.stderr
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


# --- ingest ---------------------------------------------------------------------------------------


def test_a_broken_file_is_named_and_the_good_one_is_answered_from(documents: Path) -> None:
    (documents / "scan.txt").write_bytes(BROKEN)
    result = duban("ingest")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "scan.txt" in " ".join(result.stderr.split())
    answer = ask(QUESTION)
    assert not answer["refused"]
    assert "县水务局" in answer["text"]
    assert {one["document"] for one in answer["citations"]} == {"plan.txt"}


def test_the_json_report_names_what_failed_and_why(documents: Path) -> None:
    (documents / "scan.txt").write_bytes(BROKEN)
    status, report = ingest_report()
    assert status == 1
    assert report["added"] == ["plan.txt"]
    assert [one["document"] for one in report["failed"]] == ["scan.txt"]
    assert "UTF-8" in report["failed"][0]["reason"]


def test_what_needs_a_second_look_is_counted_and_shown_in_the_list(documents: Path) -> None:
    doubtful = PLAN.replace("县水务局", "县水务局、老王家", 1)
    (documents / "plan.txt").write_text(doubtful, encoding="utf-8")
    result = duban("ingest")
    assert "1 处待复核" in " ".join(result.stderr.split())
    listed = duban("tasks", "--format", "json", "--as-of", "2024-03-01")
    assert [one["review"] for one in json.loads(listed.stdout) if one["review"]] == [
        ["“老王家”不像单位名称"]
    ]
    assert "待人工核对 1 项" in listed.stderr
    assert "请人工核对：“老王家”不像单位名称" in duban("tasks", "--format", "csv").stdout


def test_a_folder_can_be_named(documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DUBAN_DOCUMENTS")
    status, report = ingest_report(documents)
    assert (status, report["added"]) == (0, ["plan.txt"])


def test_a_folder_that_does_not_exist_ends_with_1(tmp_path: Path) -> None:
    result = duban("ingest", tmp_path / "nowhere")
    assert result.exit_code == 1
    assert "nowhere" in " ".join(result.stderr.split())


def test_ingesting_twice_changes_nothing(ingested: Path) -> None:
    before = ask(QUESTION)
    status, report = ingest_report()
    assert status == 0
    assert report["unchanged"] == ["plan.txt"]
    assert report["added"] == report["updated"] == report["removed"] == report["failed"] == []
    assert ask(QUESTION) == before


def test_a_changed_file_is_read_again(ingested: Path) -> None:
    changed = PLAN.replace("县水务局", "县农业农村局")
    (ingested / "plan.txt").write_text(changed, encoding="utf-8")
    assert ingest_report()[1]["updated"] == ["plan.txt"]
    text = ask(QUESTION)["text"]
    assert "县农业农村局" in text
    assert "县水务局" not in text


def test_a_renamed_file_is_answered_from_under_its_new_name(ingested: Path) -> None:
    (ingested / "plan.txt").rename(ingested / "other.txt")
    report = ingest_report()[1]
    assert report["renamed"] == [{"from": "plan.txt", "document": "other.txt"}]
    assert (report["removed"], report["added"]) == ([], [])
    assert {one["document"] for one in ask(QUESTION)["citations"]} == {"other.txt"}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PLAN.encode("gb18030"), id="GB18030"),
        pytest.param(PLAN.encode("utf-8-sig"), id="byte order mark"),
        pytest.param(PLAN.replace("\n", "\r\n").encode(), id="Windows line ends"),
    ],
)
def test_other_encodings_of_a_file_give_the_same_answer(documents: Path, content: bytes) -> None:
    assert duban("ingest").exit_code == 0
    plain = ask(QUESTION)
    (documents / "plan.txt").write_bytes(content)
    assert ingest_report()[1]["updated"] == ["plan.txt"]
    assert ask(QUESTION) == plain


def test_progress_counts_the_pages_of_files_that_are_being_read() -> None:
    with _Bars(Console(file=io.StringIO(), force_terminal=True)) as bars:
        bars.file("a.txt", 0, 4)
        bars.page("扫描.pdf", 5, 10)
        bars.page("长.pdf", 1, 4)
        assert [task.completed for task in bars._progress.tasks] == [0.75, 5, 1]
        bars.file("扫描.pdf", 1, 4)
        assert [task.completed for task in bars._progress.tasks] == [1.25, 1]
        assert bars._progress.tasks[0].total == 4


# --- ask ------------------------------------------------------------------------------------------


def test_an_answer_as_json_quotes_the_text_word_for_word(ingested: Path) -> None:
    answer = ask(QUESTION)
    assert answer.keys() == {"text", "citations", "refused", "notices"}
    assert isinstance(answer["refused"], bool)
    text = decode((ingested / "plan.txt").read_bytes(), "plan.txt")
    assert answer["citations"]
    for number, one in enumerate(answer["citations"], 1):
        assert one.keys() == CITATION_KEYS | {"number"}
        assert one["number"] == number
        assert one["quote"] == text[one["start"] : one["end"]]
        assert f"[{number}]" in answer["text"]


def test_an_answer_to_read_ends_with_its_citations(ingested: Path) -> None:
    result = duban("ask", QUESTION)
    assert result.exit_code == 0
    text, _, cited = result.stdout.partition("引文：")
    assert "县水务局" in text
    assert "plan.txt" in cited


def test_the_passages_of_a_question_are_told_instead_of_an_answer(ingested: Path) -> None:
    first, *others = json.loads(duban("ask", QUESTION, "--passages", "3", "--json").stdout)
    assert first.keys() == CITATION_KEYS
    text = (ingested / "plan.txt").read_text(encoding="utf-8")
    assert first["quote"] == text[first["start"] : first["end"]]
    # The whole task, with who leads it and what is to be done.
    assert "牵头单位：县水务局" in first["quote"]
    assert "（一）全面清理" in first["quote"]
    assert len(others) <= 2
    shown = duban("ask", QUESTION, "--passages", "1").stdout
    assert "[1] 《青石县贯彻落实" in shown
    assert "[2]" not in shown


def test_asking_before_ingesting_says_what_to_run(documents: Path) -> None:
    result = duban("ask", QUESTION)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "duban ingest" in result.stderr


def test_a_history_resolves_a_follow_up(ingested: Path, tmp_path: Path) -> None:
    history = tmp_path / "history.json"
    turns = [
        {"role": "user", "content": QUESTION},
        {"role": "assistant", "content": "牵头单位为县水务局。"},
    ]
    history.write_text(json.dumps(turns), encoding="utf-8")
    result = duban("ask", "整改时限呢？", "--history", history, "--json")
    assert result.exit_code == 0, result.stderr
    assert "2024年6月" in json.loads(result.stdout)["text"]


def test_nothing_to_ask_is_wrong_usage() -> None:
    assert duban("ask").exit_code == 2


# --- ask --batch ----------------------------------------------------------------------------------


def test_a_batch_is_answered_in_order(
    ingested: Path, batch_file: Callable[..., Path], tmp_path: Path
) -> None:
    batch = batch_file(
        {"id": "b", "question": QUESTION, "history": [], "as_of": None},
        {"id": "a", "question": "青石县PM2.5目标是多少？", "history": [], "as_of": "2024-03-01"},
        {"id": 3, "question": "青石县的降雨量是多少毫米？"},
    )
    output = tmp_path / "answers.jsonl"
    result = duban("ask", "--batch", batch, "--output", output)
    assert (result.exit_code, result.stdout) == (0, "")
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["b", "a", 3]
    assert all(row.keys() == ANSWER_KEYS for row in rows)
    assert all(one.keys() == CITATION_KEYS for row in rows for one in row["citations"])
    assert "县水务局" in rows[0]["answer"]
    assert "33" in rows[1]["answer"]
    assert [row["refused"] for row in rows] == [False, False, True]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        pytest.param("{not json", "JSON", id="not JSON"),
        pytest.param({"id": "b"}, "question", id="no question"),
        pytest.param({"question": "？"}, "id", id="no id"),
        pytest.param({"id": "b", "question": "？", "as_of": "明天"}, "as_of", id="no date"),
        pytest.param({"id": "b", "question": "？", "history": [{}]}, "role", id="no role"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_written(
    ingested: Path, batch_file: Callable[..., Path], tmp_path: Path, line: object, complaint: str
) -> None:
    batch = batch_file({"id": "a", "question": QUESTION}, line)
    output = tmp_path / "answers.jsonl"
    result = duban("ask", "--batch", batch, "--output", output)
    assert result.exit_code == 1
    assert "第2行" in result.stderr
    assert complaint in result.stderr
    assert not output.exists()


def test_a_batch_of_passages_is_wrong_usage(batch_file: Callable[..., Path]) -> None:
    file = batch_file({"id": 1, "question": QUESTION})
    result = duban("ask", "--batch", file, "--output", "out.jsonl", "--passages", "3")
    assert result.exit_code == 2
    assert "--passages" in result.stderr


def test_a_batch_without_an_output_is_wrong_usage(batch_file: Callable[..., Path]) -> None:
    assert duban("ask", "--batch", batch_file({"id": "a", "question": "？"})).exit_code == 2


# --- doctor ---------------------------------------------------------------------------------------


def test_doctor_is_content_when_all_is_there(ingested: Path) -> None:
    result = duban("doctor")
    assert result.exit_code == 0
    assert "✗" not in result.stdout


def test_doctor_misses_an_index_that_was_never_made(documents: Path) -> None:
    result = duban("doctor")
    assert result.exit_code == 1
    assert "duban ingest" in result.stdout


def test_doctor_misses_the_documents_folder(
    ingested: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUBAN_DOCUMENTS", str(ingested / "moved"))
    result = duban("doctor")
    assert result.exit_code == 1
    assert "DUBAN_DOCUMENTS" in result.stdout


def test_doctor_misses_the_model(ingested: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_EMBEDDING_MODEL", str(ingested / "no-model"))
    result = duban("doctor")
    assert result.exit_code == 1
    assert "DUBAN_EMBEDDING_MODEL" in result.stdout


def test_a_misspelt_setting_is_named(documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_DOCUMENT", "x")
    result = duban("doctor")
    assert result.exit_code == 1
    assert "DUBAN_DOCUMENT" in result.stderr


def test_doctor_has_a_line_for_everything_that_is_needed(
    ingested: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = duban("doctor").stdout.splitlines()
    names = [line[2:].partition("：")[0] for line in lines]
    assert names == [
        *("文件夹", "向量模型", "文字识别", "旧版办公文件", "对话模型", "索引", "状态目录"),
        *("磁盘", "中文字体"),
    ]
    monkeypatch.setattr("assistant.commands.doctor.free_space", lambda _: 10.0 * 2**20)
    result = duban("doctor")
    assert result.exit_code == 1
    assert "✗ 磁盘" in result.stdout
    assert "只剩 10 MB" in result.stdout
