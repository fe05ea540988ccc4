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
from vectorstore.store import Store


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


def run(store: Store, folder: Path) -> SyncReport:
    with PlainReader() as reader:
        return sync(store, folder, reader, lambda path, done, total: None)


def test_first_everything_is_added(store: Store, folder: Path) -> None:
    report = run(store, folder)
    assert report.added == ("plan.txt", "市级/list.txt")
    assert report.documents == store.load()
    assert not report.failed


def test_then_nothing_changes(store: Store, folder: Path) -> None:
    run(store, folder)
    version = store.version()
    report = run(store, folder)
    assert report == SyncReport((), (), ("plan.txt", "市级/list.txt"), (), (), ())
    assert store.version() == version


def test_only_a_changed_file_is_parsed_again(store: Store, folder: Path) -> None:
    run(store, folder)
    (folder / "plan.txt").write_bytes((PLAN + "三、保障措施\n").encode("utf-8"))
    report = run(store, folder)
    assert report.updated == ("plan.txt",)
    assert report.unchanged == ("市级/list.txt",)
    assert store.load()[0].source.text.endswith("三、保障措施\n")


def test_a_deleted_file_is_forgotten(store: Store, folder: Path) -> None:
    run(store, folder)
    (folder / "plan.txt").unlink()
    assert run(store, folder).removed == ("plan.txt",)
    assert list(store.manifest()) == ["市级/list.txt"]


def test_one_bad_file_does_not_stop_the_others(store: Store, folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"\xff\xfe\xff")
    report = run(store, folder)
    assert report.failed == (("bad.txt", "编码无法识别"),)
    assert len(report.added) == 2


def test_a_file_that_went_bad_is_not_answered_from(store: Store, folder: Path) -> None:
    run(store, folder)
    (folder / "plan.txt").write_bytes(b"\xff\xfe\xff")
    assert [path for path, _ in run(store, folder).failed] == ["plan.txt"]
    assert list(store.manifest()) == ["市级/list.txt"]


def test_a_file_that_cannot_be_opened_keeps_its_text(store: Store, folder: Path) -> None:
    run(store, folder)
    (folder / "plan.txt").write_bytes(LIST.encode("utf-8"))

    with LockedReader() as reader:
        report = sync(store, folder, reader, lambda path, done, total: None)
    assert report.failed[0][0] == "plan.txt"
    assert store.load()[0].source.text == PLAN


class ClosedArchiveReader(PlainReader):
    """Finds the archive held by another program."""

    def sources(self, folder: Path) -> list[Source]:
        error = UnopenedError("a.zip", "无法读取文件（Permission denied）")
        return [Source("a.zip", folder / "a.zip", error)]


def test_an_archive_that_cannot_be_opened_keeps_its_documents(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "archives"
    folder.mkdir()
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("plan.txt", PLAN)
    assert run(store, folder).added == ("a.zip/plan.txt",)
    with ClosedArchiveReader() as reader:
        report = sync(store, folder, reader, lambda path, done, total: None)
    assert [path for path, _ in report.failed] == ["a.zip"]
    assert list(store.manifest()) == ["a.zip/plan.txt"]
    (folder / "a.zip").unlink()
    assert run(store, folder).removed == ("a.zip/plan.txt",)


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
def test_what_is_no_document_is_left_alone(store: Store, folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(LIST.encode("utf-8"))
    assert run(store, folder).added == ("plan.txt", "市级/list.txt")


def test_the_pictures_of_a_saved_page_are_none(store: Store, folder: Path) -> None:
    (folder / "通知.html").write_bytes(LIST.encode("utf-8"))
    (folder / "通知_files").mkdir()
    (folder / "通知_files" / "logo.png").write_bytes(b"\x89PNG")
    assert run(store, folder).added == ("plan.txt", "市级/list.txt", "通知.html")


def test_a_file_of_another_kind_is_named(store: Store, folder: Path) -> None:
    (folder / "会议.mp4").write_bytes(b"\x00")
    ((name, reason),) = run(store, folder).failed
    assert name == "会议.mp4"
    assert "不支持 .mp4 文件" in reason


def test_progress_is_told(store: Store, folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with PlainReader() as reader:
        sync(store, folder, reader, lambda path, done, total: told.append((path, done, total)))
    assert told == [("plan.txt", 0, 2), ("市级/list.txt", 1, 2), ("", 2, 2)]


def test_a_missing_folder_empties_nothing(store: Store, folder: Path) -> None:
    run(store, folder)
    with pytest.raises(IngestError, match="文件夹不存在"):
        run(store, folder / "nowhere")
    assert len(store.manifest()) == 2
