"""A file becomes a parsed document, or an error that names it and says what to do."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from invented import SHIPPED, parse, spans_of

from ingest.errors import DecodingError, EmptyFileError, FormatError, IngestError
from ingest.parse import decode, parse_file
from ingest.records import ParsedDocument

PLAN = "白河县整改方案\n一、整改措施\n1.治理扬尘。每日洒水。（县住建局）\n2.清淤。2026年底前完成。（县水务局）\n"


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def ids(document: ParsedDocument) -> list[str]:
    records = (*document.sections, *document.passages, *document.tasks)
    return [record.id for record in records]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_texts_are_read_in_the_encodings_of_chinese_offices(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, "方案.txt", PLAN.encode(encoding))
    document = parse_file(path, tmp_path)
    assert document.source.text == PLAN
    assert document.source.title == "白河县整改方案"
    assert len(document.tasks) == 2


def test_rare_characters_of_gb18030_survive() -> None:
    assert decode("㙍镇𠮷村：1㎡".encode("gb18030"), "a.txt") == "㙍镇𠮷村：1㎡"


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_other_systems_become_one_kind(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path, "方案.txt", PLAN.replace("\n", ending).encode())
    assert parse_file(path, tmp_path).source.text == PLAN


@pytest.mark.parametrize(
    "content",
    [
        PLAN.encode("utf-16"),
        PLAN.encode("utf-16-be"),
        PLAN.encode("utf-32"),
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"PK\x03\x04\x14\x00\x06\x00\xff\xfe",
        PLAN.encode() + b"\xff\xff",
        b"\x00" * 8,
    ],
)
def test_other_bytes_are_refused_and_the_file_named(tmp_path: Path, content: bytes) -> None:
    path = write(tmp_path, "附件/乱码.txt", content)
    with pytest.raises(DecodingError, match=r"附件/乱码\.txt：.*另存为 UTF-8") as raised:
        parse_file(path, tmp_path)
    assert raised.value.path == "附件/乱码.txt"


@pytest.mark.parametrize(
    "content", [b"", b"\n \n", "\u3000\n".encode(), b"\xef\xbb\xbf", "|\n分享到：\n".encode()]
)
def test_a_file_without_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = write(tmp_path, "空.txt", content)
    with pytest.raises(EmptyFileError, match=r"空\.txt"):
        parse_file(path, tmp_path)


@pytest.mark.parametrize("name", ["方案.exe", "方案", "方案.txt.bak"])
def test_a_format_that_is_not_read_is_refused(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name, PLAN.encode())
    with pytest.raises(FormatError, match="不支持"):
        parse_file(path, tmp_path)


def test_a_missing_file_is_an_ingest_error(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match=r"没有\.txt"):
        parse_file(tmp_path / "没有.txt", tmp_path)


@pytest.mark.parametrize("name", ["方案.TXT", "方案.md", "2026/方案.Md"])
def test_suffixes_are_known_in_any_case(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name, PLAN.encode())
    assert parse_file(path, tmp_path).source.path == name


def test_reading_twice_gives_the_same_records(tmp_path: Path) -> None:
    path = write(tmp_path, "方案.txt", PLAN.encode())
    assert parse_file(path, tmp_path) == parse_file(path, tmp_path)


def test_a_renamed_file_keeps_the_ids_of_its_records(tmp_path: Path) -> None:
    first = parse_file(write(tmp_path, "方案.txt", PLAN.encode()), tmp_path)
    second = parse_file(write(tmp_path, "2026/新名.txt", PLAN.encode()), tmp_path)
    assert second.source.path == "2026/新名.txt"
    assert ids(first) == ids(second)
    assert replace(second, source=first.source) == first


def test_another_text_has_other_ids() -> None:
    assert not set(ids(parse(PLAN))) & set(ids(parse(PLAN.replace("每日", "每天"))))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_documents_satisfy_the_invariants(tmp_path: Path, path: Path) -> None:
    copy = Path(shutil.copy(path, tmp_path))
    document = parse_file(copy, tmp_path)
    text = document.source.text
    assert all(text[span.start : span.end] == span.quote for span in spans_of(document))
    assert len(set(ids(document))) == len(ids(document))
    starts = [one.phrase.start for one in document.deadlines]
    assert starts == sorted(starts)
    assert document.notes == ()


def test_a_field_that_could_not_be_read_is_noted() -> None:
    document = parse(
        "白河县清单\n一、扬尘\n牵头单位：。\n整改时限：2026年底\n整改目标：扬尘下降。\n"
    )
    assert any("牵头单位" in note for note in document.notes)
