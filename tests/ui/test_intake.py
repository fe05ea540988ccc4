"""Files come into the documents folder, are replaced and go, with a real store; what fails leaves all as it was."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hand_made import PLAN
from kept_documents import CHANGED, NOTICE, Kept, kept_documents

from ingest.files.limits import MEGABYTE
from ui.file_names import LONGEST, safe_name
from ui.intake import Action, Intake, Job, RefusedError, State


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    with kept_documents(tmp_path_factory.mktemp("kept")) as kept:
        yield kept


@pytest.fixture
def kept(shared: Kept) -> Iterator[Kept]:
    """One for all tests, with the plan alone in it before and after each."""
    yield shared
    shared.empty()
    assert left_over(shared) == []


def refusal(kept: Kept, name: str, content: bytes = b"x", *, replace: bool = False) -> str:
    with pytest.raises(RefusedError) as refused:
        kept.upload(name, content, replace=replace)
    assert kept.files() == [PLAN.name]
    return refused.value.key


def left_over(kept: Kept) -> list[Path]:
    return [one for one in kept.folder.rglob("*") if one.is_file() and one.parent != kept.folder]


def test_a_file_comes_is_replaced_read_again_and_goes(kept: Kept) -> None:
    assert "0.73" not in kept.answer()
    assert kept.upload("通知.txt", NOTICE.encode()).state is State.DONE
    assert "0.73" in kept.answer()
    first = kept.assistant.documents()
    assert kept.upload("通知.txt", CHANGED.encode(), replace=True).state is State.DONE
    assert ("0.58" in kept.answer(), "0.73" in kept.answer()) == (True, False)
    assert kept.done(Job(Action.READ, "通知.txt")).state is State.DONE
    assert kept.done(Job(Action.DELETE, "通知.txt")).state is State.DONE
    assert "0.58" not in kept.answer()
    assert kept.files() == [PLAN.name]
    assert kept.paths() == {PLAN.name}
    assert len(first) == 2


def test_who_asks_meanwhile_sees_the_old_state_or_the_new(kept: Kept) -> None:
    kept.upload("通知.txt", NOTICE.encode())
    seen: list[str] = []
    ended = threading.Event()

    def ask() -> None:
        while not ended.is_set():
            seen.append(kept.answer())

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        kept.upload("通知.txt", CHANGED.encode(), replace=True)
        seen.append(kept.answer())
    finally:
        ended.set()
        asking.join()
    states = ["0.73" in one for one in seen]
    assert all(("0.73" in one) != ("0.58" in one) for one in seen)
    assert (states[0], states[-1]) == (True, False)
    assert states == sorted(states, reverse=True)


def test_a_file_that_cannot_be_read_is_not_kept_and_its_reason_told(kept: Kept) -> None:
    job = kept.upload("坏的.pdf", b"%PDF-1.7 and then nothing of the kind")
    assert job.state is State.FAILED
    assert job.problem is not None
    assert job.problem[0] == "told"
    assert "PDF" in str(job.problem[1]["reason"])
    assert kept.files() == [PLAN.name]
    assert kept.intake.unread() == ()


def test_a_broken_file_takes_no_good_ones_place(kept: Kept) -> None:
    before = (kept.folder / PLAN.name).read_bytes()
    job = kept.upload(PLAN.name, b"\xff\xfe\x00\x81", replace=True)
    assert job.state is State.FAILED
    assert (kept.folder / PLAN.name).read_bytes() == before
    assert kept.paths() == {PLAN.name}


def test_good_and_broken_files_at_once_are_told_apart(kept: Kept) -> None:
    jobs = []
    for name, content in (("一.txt", NOTICE), ("二.docx", "no package"), ("三.txt", CHANGED)):
        path, staged = kept.intake.stage(name, None, replace=False)
        staged.write_text(content, encoding="utf-8")
        jobs.append(kept.intake.submit(Job(Action.ADD, path, staged=staged)))
    last = kept.upload("四.txt", NOTICE.replace("青石", "白沙").encode())
    assert last.state is State.DONE
    assert [job.state for job in jobs] == [State.DONE, State.FAILED, State.DONE]
    assert kept.paths() == {PLAN.name, "一.txt", "三.txt", "四.txt"}


def test_an_archive_keeps_what_can_be_read_and_tells_what_cannot(kept: Kept) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("通知.txt", NOTICE)
        archive.writestr("坏的.docx", b"no package")
    job = kept.upload("一批.zip", packed.getvalue())
    assert job.state is State.DONE
    assert [path for path, _ in job.reasons] == ["一批.zip/坏的.docx"]
    assert kept.intake.file_of("一批.zip/通知.txt") == "一批.zip"
    assert kept.done(Job(Action.DELETE, "一批.zip")).state is State.DONE
    assert kept.paths() == {PLAN.name}


def test_what_is_there_already_is_not_taken_twice(kept: Kept) -> None:
    assert refusal(kept, PLAN.name) == "upload_exists"
    job = kept.upload("副本.txt", PLAN.read_bytes())
    assert job.problem == ("upload_same", {"name": PLAN.name})
    assert kept.files() == [PLAN.name]


def test_what_cannot_be_a_document_is_refused_before_it_comes(kept: Kept) -> None:
    assert refusal(kept, "程序.exe") == "upload_kind"
    assert refusal(kept, "没有扩展名") == "upload_kind"
    with pytest.raises(RefusedError, match="upload_large"):
        kept.intake.stage("大.pdf", 101 * MEGABYTE, replace=False)
    assert kept.upload("空.txt", b"").problem == ("upload_empty", {})
    assert kept.upload("README.txt", NOTICE.encode()).problem == ("upload_passed_over", {})
    assert kept.files() == [PLAN.name]


def test_there_is_a_limit_to_how_many(kept: Kept) -> None:
    narrow = kept.settings.model_copy(update={"max_documents": 1})
    intake = Intake(narrow, kept.assistant)
    with pytest.raises(RefusedError, match="upload_many"):
        intake.stage("通知.txt", 10, replace=False)
    intake.stage(PLAN.name, 10, replace=True)
    intake.close()


def test_the_last_document_and_what_is_no_document_stay(kept: Kept) -> None:
    outside = kept.folder.parent / "外面.txt"
    outside.write_text(NOTICE, encoding="utf-8")
    for path, key in (
        (PLAN.name, "file_last"),
        ("../外面.txt", "file_gone"),
        (str(outside), "file_gone"),
        ("没有.txt", "file_gone"),
        (".duban-uploads", "file_gone"),
    ):
        with pytest.raises(RefusedError, match=key):
            kept.intake.submit(Job(Action.DELETE, path))
    assert outside.exists()


def test_an_ingest_that_fails_puts_back_what_was_there(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.upload("通知.txt", NOTICE.encode())
    # A file where the store's folder of the next generation has to be made.
    home = kept.settings.state_folder
    lock = home / "ingest.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    removed = kept.done(Job(Action.DELETE, "通知.txt"))
    replaced = kept.upload("通知.txt", CHANGED.encode(), replace=True)
    added = kept.upload("新的.txt", CHANGED.encode())
    assert [job.state for job in (removed, replaced, added)] == [State.FAILED] * 3
    assert removed.problem is not None
    assert removed.problem[0] == "ingest_failed"
    lock.rmdir()
    assert (kept.folder / "通知.txt").read_text(encoding="utf-8") == NOTICE
    assert kept.files() == sorted([PLAN.name, "通知.txt"])
    assert "0.73" in kept.answer()


def test_a_file_that_somebody_put_there_and_that_cannot_be_read_is_listed(kept: Kept) -> None:
    (kept.folder / "坏的.docx").write_bytes(b"PK nothing")
    assert kept.intake.unread() == (("坏的.docx", ("not_read_why", {})),)
    job = kept.done(Job(Action.READ, "坏的.docx"))
    assert job.state is State.FAILED
    ((path, (key, values)),) = kept.intake.unread()
    assert (path, key, bool(values["reason"])) == ("坏的.docx", "told", True)
    assert kept.done(Job(Action.DELETE, "坏的.docx")).state is State.DONE
    assert kept.intake.unread() == ()


def test_a_second_copy_that_somebody_put_there_is_listed_as_such(kept: Kept) -> None:
    (kept.folder / "副本.txt").write_bytes((kept.folder / PLAN.name).read_bytes())
    assert kept.done(Job(Action.READ, "副本.txt")).problem == ("upload_same", {"name": PLAN.name})
    assert kept.intake.unread() == (("副本.txt", ("same_as", {"name": PLAN.name})),)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("通知.docx", "通知.docx"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\windows\\win.txt", "win.txt"),
        ("/etc/cron.d/x.txt", "x.txt"),
        ("<script>alert(1)<script>.txt", "＜script＞alert(1)＜script＞.txt"),
        ("..", ""),
        (".hidden.txt", "hidden.txt"),
        ("~$通知.docx", "通知.docx"),
        ("a\x00b\nc\u202etxt.\u200bpdf", "abctxt.pdf"),
        ("con.txt", "_con.txt"),
        ("a:b|c?.txt", "a：b｜c？.txt"),
        ("名.txt. . ", "名.txt"),
        ("长" * 300 + ".docx", "长" * (LONGEST - 5) + ".docx"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe
