"""Keeping the store in step with a folder."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from parsed_documents import LIST, PLAN, make_document

from ingest.errors import DecodingError, IngestError, UnopenedError
from ingest.files.reader import Reader, Source
from ingest.records import ParsedDocument
from vectorstore.build import SyncReport, sync
from vectorstore.generations import Generations


class PlainReader(Reader):
    """Reads UTF-8 text as the plain documents of these tests."""

    def read(self, source: Source) -> ParsedDocument:
        if source.error is not None:
            raise source.error
        try:
            text = source.path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as exc:
            raise DecodingError(source.name, "编码无法识别") from exc
        return make_document(source.name, text)


class LockedReader(PlainReader):
    """Finds every file held by another program."""

    def read(self, source: Source) -> ParsedDocument:
        raise UnopenedError(source.name, "无法读取文件（Permission denied）")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    (folder / "市级").mkdir(parents=True)
    (folder / "plan.txt").write_bytes(PLAN.encode("utf-8"))
    (folder / "市级" / "list.txt").write_bytes(LIST.encode("utf-8"))
    return folder


def loaded(generations: Generations) -> tuple[ParsedDocument, ...]:
    opened = generations.open()
    assert opened is not None
    _, store = opened
    documents = store.load()
    store.close()
    return documents


def stored(generations: Generations) -> list[str]:
    return [parsed.source.path for parsed in loaded(generations)]


def run(generations: Generations, folder: Path) -> SyncReport:
    with PlainReader() as reader:
        return sync(generations, folder, reader, lambda path, done, total: None)


def test_first_everything_is_added(generations: Generations, folder: Path) -> None:
    report = run(generations, folder)
    assert report.added == ["plan.txt", "市级/list.txt"]
    assert tuple(report.documents) == loaded(generations)
    assert not report.failed


def test_then_nothing_changes(generations: Generations, folder: Path) -> None:
    run(generations, folder)
    version = generations.current()
    report = run(generations, folder)
    assert report == SyncReport(unchanged=["plan.txt", "市级/list.txt"])
    assert generations.current() == version


def test_only_a_changed_file_is_parsed_again(generations: Generations, folder: Path) -> None:
    run(generations, folder)
    (folder / "plan.txt").write_bytes((PLAN + "三、保障措施\n").encode("utf-8"))
    report = run(generations, folder)
    assert report.updated == ["plan.txt"]
    assert report.unchanged == ["市级/list.txt"]
    assert loaded(generations)[0].source.text.endswith("三、保障措施\n")


def test_a_deleted_file_is_forgotten(generations: Generations, folder: Path) -> None:
    run(generations, folder)
    (folder / "plan.txt").unlink()
    assert run(generations, folder).removed == ["plan.txt"]
    assert stored(generations) == ["市级/list.txt"]


def test_a_renamed_file_keeps_its_records(generations: Generations, folder: Path) -> None:
    run(generations, folder)
    before = {parsed.source.path: parsed.passages for parsed in loaded(generations)}
    (folder / "plan.txt").rename(folder / "市级" / "方案.txt")
    report = run(generations, folder)
    assert report.renamed == [("plan.txt", "市级/方案.txt")]
    assert not (report.added)
    assert not (report.removed)
    assert not (report.documents)
    after = {parsed.source.path: parsed.passages for parsed in loaded(generations)}
    assert after.keys() == {"市级/list.txt", "市级/方案.txt"}
    assert after["市级/方案.txt"] == before["plan.txt"]


def test_two_files_that_change_names_do_not_lose_anything(
    generations: Generations, folder: Path
) -> None:
    run(generations, folder)
    (folder / "plan.txt").rename(folder / "x")
    (folder / "市级" / "list.txt").rename(folder / "plan.txt")
    (folder / "x").rename(folder / "市级" / "list.txt")
    run(generations, folder)
    assert [parsed.source.text for parsed in loaded(generations)] == [LIST, PLAN]


def test_the_same_file_twice_is_one_and_is_told(generations: Generations, folder: Path) -> None:
    run(generations, folder)
    (folder / "a.txt").write_bytes(PLAN.encode("utf-8"))
    report = run(generations, folder)
    assert report.duplicates == [("a.txt", "plan.txt")]
    assert not report.changed
    assert stored(generations) == ["plan.txt", "市级/list.txt"]
    (folder / "plan.txt").unlink()
    assert run(generations, folder).renamed == [("plan.txt", "a.txt")]
    assert stored(generations) == ["a.txt", "市级/list.txt"]


def test_a_second_copy_of_a_broken_file_is_broken_too(
    generations: Generations, folder: Path
) -> None:
    for name in ("bad.txt", "worse.txt"):
        (folder / name).write_bytes(b"\xff\xfe\xff")
    assert [path for path, _ in run(generations, folder).failed] == ["bad.txt", "worse.txt"]


def test_a_file_is_read_again_where_that_is_wanted(generations: Generations, folder: Path) -> None:
    run(generations, folder)
    with PlainReader() as reader:
        report = sync(generations, folder, reader, lambda *told: None, again=["plan.txt"])
    assert report.updated == ["plan.txt"]
    with PlainReader() as reader:
        report = sync(generations, folder, reader, lambda *told: None, afresh=True)
    assert report.added == ["plan.txt", "市级/list.txt"]
    assert generations.current() == 3


def test_one_bad_file_does_not_stop_the_others(generations: Generations, folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"\xff\xfe\xff")
    report = run(generations, folder)
    assert report.failed == [("bad.txt", "编码无法识别")]
    assert len(report.added) == 2


def test_a_file_that_went_bad_is_not_answered_from(generations: Generations, folder: Path) -> None:
    run(generations, folder)
    (folder / "plan.txt").write_bytes(b"\xff\xfe\xff")
    assert [path for path, _ in run(generations, folder).failed] == ["plan.txt"]
    assert stored(generations) == ["市级/list.txt"]


def test_a_file_that_cannot_be_opened_keeps_its_text(
    generations: Generations, folder: Path
) -> None:
    run(generations, folder)
    (folder / "plan.txt").write_bytes(LIST.encode("utf-8") + b"\n")

    with LockedReader() as reader:
        report = sync(generations, folder, reader, lambda path, done, total: None)
    assert report.failed[0][0] == "plan.txt"
    assert loaded(generations)[0].source.text == PLAN


class ClosedArchiveReader(PlainReader):
    """Finds the archive held by another program."""

    def sources(self, folder: Path) -> list[Source]:
        error = UnopenedError("a.zip", "无法读取文件（Permission denied）")
        return [Source("a.zip", folder / "a.zip", error)]


def test_an_archive_that_cannot_be_opened_keeps_its_documents(
    generations: Generations, tmp_path: Path
) -> None:
    folder = tmp_path / "archives"
    folder.mkdir()
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("plan.txt", PLAN)
    assert run(generations, folder).added == ["a.zip/plan.txt"]
    with ClosedArchiveReader() as reader:
        report = sync(generations, folder, reader, lambda path, done, total: None)
    assert [path for path, _ in report.failed] == ["a.zip"]
    assert stored(generations) == ["a.zip/plan.txt"]
    (folder / "a.zip").unlink()
    assert run(generations, folder).removed == ["a.zip/plan.txt"]


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.txt",
        ".git/x.txt",
        "README.md",
        "SOURCES.md",
        "readme-zh.txt",
        "~$plan.docx",
        "Thumbs.db",
    ],
)
def test_what_is_no_document_is_left_alone(
    generations: Generations, folder: Path, name: str
) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(LIST.encode("utf-8"))
    assert run(generations, folder).added == ["plan.txt", "市级/list.txt"]


def test_the_pictures_of_a_saved_page_are_none(generations: Generations, folder: Path) -> None:
    (folder / "通知.html").write_bytes(LIST.encode("utf-8"))
    (folder / "通知_files").mkdir()
    (folder / "通知_files" / "logo.png").write_bytes(b"\x89PNG")
    assert run(generations, folder).added == ["plan.txt", "市级/list.txt", "通知.html"]


def test_a_file_of_another_kind_is_named(generations: Generations, folder: Path) -> None:
    (folder / "会议.mp4").write_bytes(b"\x00")
    ((name, reason),) = run(generations, folder).failed
    assert name == "会议.mp4"
    assert "不支持 .mp4 文件" in reason


def test_progress_is_told(generations: Generations, folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with PlainReader() as reader:
        sync(
            generations, folder, reader, lambda path, done, total: told.append((path, done, total))
        )
    assert told == [("plan.txt", 0, 2), ("市级/list.txt", 1, 2), ("", 2, 2)]


def test_a_missing_folder_empties_nothing(generations: Generations, folder: Path) -> None:
    run(generations, folder)
    with pytest.raises(IngestError, match="文件夹不存在"):
        run(generations, folder / "nowhere")
    assert len(stored(generations)) == 2
