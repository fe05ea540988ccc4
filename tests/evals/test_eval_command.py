"""`duban eval`: how it ends when it is called wrongly."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from assistant.cli import main


def test_help_names_every_option() -> None:
    result = CliRunner().invoke(main, ["eval", "--help"])
    assert result.exit_code == 0
    for option in ("--questions", "--report", "--min-accuracy", "--retrieval"):
        assert option in result.output


def test_a_file_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.jsonl")
    assert CliRunner().invoke(main, ["eval", "--questions", missing]).exit_code == 2


def test_several_files_may_follow_one_option(tmp_path: Path) -> None:
    # Both files reach the reader, which then finds that they share an id.
    row = {"id": "a", "type": "target", "question": "？", "must": [["一"]], "answerable": True}
    paths = [tmp_path / name for name in ("1.jsonl", "2.jsonl")]
    for path in paths:
        path.write_text(json.dumps(row), encoding="utf-8")
    result = CliRunner().invoke(main, ["eval", "--questions", *map(str, paths)])
    assert result.exit_code == 1
    assert "2.jsonl 第1行：题号 'a' 重复" in result.output


def test_an_unknown_key_ends_the_run_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('\n{"id": "a", "musts": []}', encoding="utf-8")
    result = CliRunner().invoke(main, ["eval", "--questions", str(path)])
    assert result.exit_code == 1
    assert "第2行" in result.output
    assert "未知的键 'musts'" in result.output


def test_an_accuracy_is_a_share(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["eval", "--min-accuracy", "80"]).exit_code == 2


def test_retrieval_alone_has_no_accuracy() -> None:
    result = CliRunner().invoke(main, ["eval", "--retrieval", "--min-accuracy", "0.5"])
    assert result.exit_code == 2
