"""A folder as offices have it: files of every format, a fifth of them broken, through the commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import written_files as files
from click.testing import CliRunner, Result

from assistant.cli import main

HEAD = ("序号", "整改任务", "牵头单位", "完成时限")
WRITERS: dict[str, Callable[[str, tuple[tuple[str, ...], ...]], bytes]] = {
    "docx": lambda title, table: files.as_docx([title], table),
    "xlsx": files.as_xlsx,
    "csv": files.as_csv,
    "html": lambda title, table: files.as_html([title], table),
    "pdf": lambda title, table: files.as_pdf([title], table),
    "zip": lambda title, table: files.as_zip({"清单.docx": files.as_docx([title], table)}),
    "txt": lambda title, table: _labelled(title, table).encode("gb18030"),
    "md": lambda title, table: f"# {title}\n\n{_labelled('', table)}".encode(),
}
BROKEN: dict[str, bytes] = {
    "docx": files.as_docx(["青石县整改方案"])[:900],
    "xlsx": b"PK\x03\x04 not a workbook",
    "csv": b"\xff" * 50,
    "html": b"<html><body><script>1</script></body></html>",
    "pdf": b"%PDF-1.7\n1 0 obj",
    "zip": b"PK\x05\x06",
    "txt": b"\xff\xfe\xff\x00",
    "mp4": b"\x00\x00\x00 ftyp",
}


def _labelled(title: str, table: tuple[tuple[str, ...], ...]) -> str:
    (_, row) = table
    return (
        f"{title}\n\n一、{row[1]}\n牵头单位：{row[2]}\n整改时限：{row[3]}\n整改目标：消除黑臭。\n"
    )


def village(number: int) -> str:
    """A name of its own for each file: 甲子村, 乙丑村 …"""
    return (
        f"{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{'东南西北中上下前后左右内外新旧大'[number // 10]}河"
    )


def duban(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def fill(folder: Path, good: int, bad: int) -> None:
    for number in range(good):
        kind = list(WRITERS)[number % len(WRITERS)]
        name = village(number)
        row = ("1", f"{name}黑臭水体整治", f"{name}镇人民政府", f"2027年{number % 12 + 1}月底前")
        content = WRITERS[kind](f"{name}镇整改任务清单", (HEAD, row))
        files.write(folder, f"好{number:03}.{kind}", content)
    for number in range(bad):
        kind = list(BROKEN)[number % len(BROKEN)]
        files.write(folder, f"坏{number:03}.{kind}", BROKEN[kind])


@pytest.mark.parametrize(("good", "bad"), [(24, 8), pytest.param(160, 40, marks=pytest.mark.long)])
def test_the_good_are_ingested_and_the_broken_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, good: int, bad: int
) -> None:
    fill(tmp_path / "documents", good, bad)
    monkeypatch.setenv("DUBAN_DOCUMENTS", str(tmp_path / "documents"))
    result = duban("ingest", "--json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert len(report["added"]) == good
    assert len(report["failed"]) == bad
    assert all(one["document"].startswith("坏") and one["reason"] for one in report["failed"])

    tasks = json.loads(duban("tasks", "--format", "json").stdout)
    units = {one["document"].partition(".")[0]: one["lead_units"] for one in tasks}
    assert units == {f"好{n:03}": [f"{village(n)}镇人民政府"] for n in range(good)}

    for number, answer in enumerate(asked_of_all(tmp_path, good)):
        assert f"{village(number)}镇人民政府" in answer["answer"]
        assert answer["citations"][0]["document"].startswith(f"好{number:03}")

    again = json.loads(duban("ingest", "--json").stdout)
    assert len(again["unchanged"]) == good
    assert again["failed"] == report["failed"]


def asked_of_all(folder: Path, good: int) -> list[dict[str, Any]]:
    """The answers to a question about every good file."""
    questions = [
        {"id": number, "question": f"{village(number)}黑臭水体整治由谁牵头？"}
        for number in range(good)
    ]
    lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in questions)
    batch = files.write(folder, "questions.jsonl", lines.encode())
    result = duban("ask", "--batch", batch, "--output", folder / "answers.jsonl")
    assert result.exit_code == 0, result.stderr
    answers = (folder / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in answers]


def test_a_broken_file_is_named_and_its_name_is_only_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.write(tmp_path / "documents", "[red]坏\x1b[31m.pdf", b"%PDF-1.7")
    files.write(tmp_path / "documents", "好.docx", WRITERS["docx"]("清单", (HEAD, HEAD)))
    monkeypatch.setenv("DUBAN_DOCUMENTS", str(tmp_path / "documents"))
    result = duban("ingest")
    assert result.exit_code == 1
    assert "未导入 [red]坏�[31m.pdf：PDF 已损坏" in "".join(result.stderr.split("\n"))
    assert "\x1b[31m.pdf" not in result.stderr


def asked(question: str) -> tuple[dict[str, Any], str]:
    """The first citation and the text of an answer."""
    answer = json.loads(duban("ask", question, "--json").stdout)
    return answer["citations"][0], answer["text"]


def test_a_citation_tells_the_place_in_the_original(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "documents", 2, 0)
    monkeypatch.setenv("DUBAN_DOCUMENTS", str(tmp_path / "documents"))
    duban("ingest")
    word, _ = asked(f"{village(0)}黑臭水体整治由谁牵头？")
    sheet, _ = asked(f"{village(1)}黑臭水体整治由谁牵头？")
    assert "（原件表1第2行" in word["section"]
    assert "（原件清单!" in sheet["section"]
    assert set(word) == {
        *("number", "document", "title", "section", "quote", "start", "end", "page")
    }
