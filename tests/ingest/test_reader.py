"""A folder of good, broken and hostile files: each is read or named with its reason, and nothing else happens."""

from __future__ import annotations

import io
import os
import signal
import stat
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
import written_files as files

from ingest.errors import IngestError, LimitError, MissingToolError
from ingest.files import office
from ingest.files.limits import Limits
from ingest.files.process import ReadingProcess
from ingest.files.reader import Reader
from ingest.records import ParsedDocument

LINES = files.PLAN.splitlines()
DOCX = files.as_docx(LINES)
XLSX = files.as_xlsx(files.LIST_TITLE, [files.LIST_HEAD, *files.LIST_ROWS])
PDF = files.as_pdf(LINES)


def outcomes(folder: Path, limits: Limits | None = None) -> dict[str, ParsedDocument | IngestError]:
    with Reader(limits or Limits(seconds=60), processes=1) as reader:
        return {source.name: found for source, found in reader.read_all(reader.sources(folder))}


def reason(folder: Path, name: str, content: bytes, limits: Limits | None = None) -> str:
    """Why a single file is refused."""
    files.write(folder, name, content)
    ((found_name, found),) = outcomes(folder, limits).items()
    assert found_name == name
    assert isinstance(found, IngestError), found
    assert found.path == name
    return found.message


def repacked(content: bytes, changes: dict[str, bytes]) -> bytes:
    """An office file with some of its parts exchanged."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", 8) as new:
        for item in old.infolist():
            new.writestr(item.filename, changes.get(item.filename, old.read(item)))
    return written.getvalue()


def ole(*names: str) -> bytes:
    """The beginning of an OLE file, as .doc and encrypted .docx have it, with streams of some names."""
    streams = "".join(f"{name}\0" for name in names).encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + streams + b"\0" * 2048


# --- broken -----------------------------------------------------------------------------------------

BROKEN: dict[str, tuple[bytes, str]] = {
    "空.docx": (b"", "空的"),
    "空.pdf": (b"", "空的"),
    "空.txt": (b"", "没有文字"),
    "空.zip": (files.as_zip({}), "空的"),
    "截断.docx": (DOCX[: len(DOCX) // 2], "损坏"),
    "截断.xlsx": (XLSX[: len(XLSX) // 2], "损坏"),
    "截断.pdf": (PDF[:300], "损坏"),
    "截断.zip": (files.as_zip({"a.txt": b"x" * 999})[:60], "损坏"),
    "加密.docx": (ole("EncryptionInfo", "EncryptedPackage"), "密码"),
    "加密.xlsx": (ole("EncryptedPackage"), "密码"),
    "噪声.docx": (bytes(range(256)) * 40, "损坏"),
    "噪声.pdf": (bytes(range(256)) * 40, "损坏"),
    "噪声.csv": (b"\xff" * 99, "UTF-8"),
    "视频.mp4": (b"\0" * 99, "不支持 .mp4"),
    "无扩展名": (b"abc", "不支持"),
    "没有正文.docx": (repacked(DOCX, {"word/document.xml": b"<x/>"}), "损坏"),
    "坏的正文.docx": (repacked(DOCX, {"word/document.xml": b"<w:document"}), "损坏"),
    "坏的表.xlsx": (repacked(XLSX, {"xl/worksheets/sheet1.xml": b"<worksheet"}), "损坏"),
    "没有工作表.xlsx": (repacked(XLSX, {"xl/workbook.xml": b"<a/>"}), "没有文字"),
    "空白.docx": (files.as_docx([""]), "没有文字"),
    "空白.xlsx": (files.as_xlsx("", [[""]]), "没有文字"),
    "空白.html": (b"<html><body></body></html>", "没有文字"),
}


def test_every_broken_file_is_named_and_the_good_ones_are_read(tmp_path: Path) -> None:
    for name, (content, _) in BROKEN.items():
        files.write(tmp_path, name, content)
    files.write(tmp_path, "好.docx", DOCX)
    files.write(tmp_path, "好.txt", files.PLAN.encode())
    found = outcomes(tmp_path)
    assert found.keys() == {*BROKEN, "好.docx", "好.txt"}
    for name, (_, words) in BROKEN.items():
        failed = found[name]
        assert isinstance(failed, IngestError), name
        assert words in failed.message, (name, failed.message)
    for name in ("好.docx", "好.txt"):
        good = found[name]
        assert isinstance(good, ParsedDocument)
        assert len(good.tasks) == 2


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("其实是PDF.docx", PDF, "内容是PDF"),
        ("其实是表格.docx", XLSX, "内容是表格"),
        ("其实是网页.doc", files.as_html(LINES), "内容是网页"),
        ("其实是Word.zip", DOCX, "内容是Word 文档"),
    ],
)
def test_a_file_under_a_wrong_name_is_read_by_its_content(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    files.write(tmp_path, name, content)
    (document,) = outcomes(tmp_path).values()
    assert isinstance(document, ParsedDocument)
    assert words in document.remarks[0]


# --- limits -----------------------------------------------------------------------------------------


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    assert "超过 1 MB" in reason(tmp_path, "大.pdf", PDF + b"%" * 2_000_000, Limits(size_mb=1))


def test_a_package_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path) -> None:
    bomb = repacked(DOCX, {"word/document.xml": b"<w:p/>" * 2_000_000})
    assert len(bomb) < 200_000
    assert "压缩炸弹" in reason(tmp_path, "炸弹.docx", bomb, Limits(size_mb=1))


def hang(seconds: float) -> None:
    time.sleep(seconds)


def fill_memory() -> int:
    return len(bytearray(10**9))


def crash() -> None:
    os.abort()


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_read(tmp_path: Path) -> None:
    process = ReadingProcess(Limits(seconds=1), tmp_path)
    with pytest.raises(LimitError, match="超过 1 秒"):
        process.run("慢.pdf", hang, 60)
    assert process.run("快.pdf", os.getpid) != os.getpid()
    process.close()


def test_a_crash_takes_only_its_file_along(tmp_path: Path) -> None:
    process = ReadingProcess(Limits(), tmp_path)
    with pytest.raises(IngestError, match="意外结束"):
        process.run("坏.pdf", crash)
    assert process.run("好.pdf", os.getpid) != os.getpid()
    process.close()


@pytest.mark.skipif(sys.platform == "win32", reason="memory is not bounded there")
def test_memory_is_bounded(tmp_path: Path) -> None:
    process = ReadingProcess(Limits(memory_mb=512), tmp_path)
    with pytest.raises(IngestError, match="意外结束"):
        process.run("大.pdf", fill_memory)
    process.close()


def test_pages_are_told_while_a_file_is_read(tmp_path: Path) -> None:
    files.write(tmp_path, "长.pdf", files.as_pdf(["第一段。"] * 60))
    told: list[tuple[str, int, int]] = []
    with Reader(processes=1, on_page=lambda *page: told.append(page)) as reader:
        (source,) = reader.sources(tmp_path)
        document = reader.read(source)
    count = len(document.source.pages)
    assert count > 1
    assert told == [("长.pdf", page, count) for page in range(1, count + 1)]


def test_plain_text_needs_no_process(tmp_path: Path) -> None:
    files.write(tmp_path, "a.txt", files.PLAN.encode())
    with Reader() as reader:
        (source,) = reader.sources(tmp_path)
        reader.read(source)
        started = [one._process for one in reader._processes]
    assert started == [None] * len(started)


# --- hostile ----------------------------------------------------------------------------------------


def test_a_line_of_ten_megabytes_is_refused(tmp_path: Path) -> None:
    assert "超过 5000000 字" in reason(tmp_path, "长.txt", ("整改措施、" * 2_000_000).encode())


@pytest.mark.parametrize(
    "words", ["到2025年底，新建管网12公里，处理率达到95%，", "新建管网12公里", "（（", "\u3000"]
)
def test_a_text_without_paragraphs_is_read(tmp_path: Path, words: str) -> None:
    """In time that grows with its length: the limit would be passed otherwise."""
    content = f"青石县整改方案\n水务局牵头。{words * (40_000 // len(words))}\n"
    files.write(tmp_path, "长.txt", content.encode())
    (document,) = outcomes(tmp_path).values()
    assert isinstance(document, ParsedDocument)
    assert document.source.text == content
    longest = max(len(one.quote) for p in document.passages for one in p.sentences)
    assert longest <= 2000


def test_characters_that_cannot_be_seen_are_left_out(tmp_path: Path) -> None:
    text = "牵头单位：县\u200b水务\u202e局\u2066\u00ad"
    files.write(tmp_path, "a.docx", files.as_docx(["白河县整改方案", text]))
    files.write(tmp_path, "a.txt", f"白河县整改方案\n{text}\n".encode())
    for document in outcomes(tmp_path).values():
        assert isinstance(document, ParsedDocument)
        assert document.source.text == "白河县整改方案\n牵头单位：县水务局\n"
    assert "4 个看不见的字符" in document.remarks[0]


ENTITY = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y SYSTEM "http://127.0.0.1:9/">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
<w:p><w:r><w:t>\xe6\x95\xb4\xe6\x94\xb9\xe6\x96\xb9\xe6\xa1\x88&x;&y;</w:t></w:r></w:p></w:body></w:document>"""
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE w ['
    + b"".join(b'<!ENTITY a%d "%s">' % (n + 1, b"&a%d;" % n * 10) for n in range(1, 12))
    + b'<!ENTITY a1 "haha">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b"<w:body><w:p><w:r><w:t>&a12;</w:t></w:r></w:p></w:body></w:document>"
)


def test_external_entities_are_not_fetched(tmp_path: Path) -> None:
    files.write(tmp_path, "a.docx", repacked(DOCX, {"word/document.xml": ENTITY}))
    (found,) = outcomes(tmp_path).values()
    if isinstance(found, ParsedDocument):
        assert found.source.text == "整改方案\n"


def test_entities_that_grow_are_refused(tmp_path: Path) -> None:
    assert reason(tmp_path, "a.docx", repacked(DOCX, {"word/document.xml": LAUGHS}))


@pytest.mark.skipif(os.name != "posix", reason="links need rights there")
def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    secret = files.write(tmp_path, "outside/secret.txt", files.PLAN.encode())
    folder = tmp_path / "documents"
    inside = files.write(folder, "a.txt", files.PLAN.encode())
    (folder / "链接.txt").symlink_to(secret)
    (folder / "目录").symlink_to(secret.parent)
    (folder / "同处.txt").symlink_to(inside)
    os.mkfifo(folder / "管道.txt")
    found = outcomes(folder)
    assert {name for name, one in found.items() if isinstance(one, ParsedDocument)} == {
        *("a.txt", "同处.txt")
    }
    assert {name for name, one in found.items() if isinstance(one, IngestError)} == {
        *("链接.txt", "管道.txt")
    }


def pages(count: int) -> bytes:
    """A PDF file of empty pages."""
    from pypdfium2 import PdfDocument

    content = io.BytesIO()
    with PdfDocument.new() as document:
        for _ in range(count):
            document.new_page(200, 200)
        document.save(content)
    return content.getvalue()


def test_five_thousand_pages_are_refused_and_none_too(tmp_path: Path) -> None:
    assert "共 5000 页，超过 1000 页的上限" in reason(tmp_path / "a", "长.pdf", pages(5000))
    assert "没有页面" in reason(tmp_path / "b", "空.pdf", pages(0))


def test_macros_are_never_run(tmp_path: Path) -> None:
    """The file with macros is read like any other, and what they are is not even looked at."""
    with_macros = io.BytesIO(DOCX)
    with zipfile.ZipFile(with_macros, "a") as package:
        package.writestr("word/vbaProject.bin", ole("VBA", "ThisDocument"))
    files.write(tmp_path, "宏.docm", with_macros.getvalue())
    (document,) = outcomes(tmp_path).values()
    assert isinstance(document, ParsedDocument)
    assert len(document.tasks) == 2


REMOTE = """<html><head><link rel="stylesheet" href="http://127.0.0.1:9/a.css"><base href="http://127.0.0.1:9/">
<script src="http://127.0.0.1:9/a.js"></script></head><body><article><p>青石县整改方案</p>
<p>每日巡河。<img src="http://127.0.0.1:9/a.png"><iframe src="file:///etc/hostname"></iframe></p>
<p onclick="alert(1)">定期通报。<script>document.write("恶意")</script></p></article></body></html>"""


def test_nothing_that_a_page_names_is_fetched(tmp_path: Path) -> None:
    """Nor run: reading it talks to nobody, and what its scripts would write is not there."""
    files.write(tmp_path, "a.html", REMOTE.encode())
    code = (
        "import sys; from pathlib import Path; from ingest.parse import parse_file; told = []\n"
        "sys.addaudithook(lambda event, args: event.startswith('socket.') and told.append(event))\n"
        "print(parse_file(Path('a.html').resolve(), Path.cwd()).source.text, told)"
    )
    command = [sys.executable, "-X", "utf8", "-c", code]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd=tmp_path)
    assert done.stdout == "青石县整改方案\n每日巡河。\n定期通报。\n []\n"


def test_binary_noise_under_the_name_of_a_text_is_refused(tmp_path: Path) -> None:
    noise = b"\x00" + bytes(range(256)) * 400
    assert "UTF-8" in reason(tmp_path, "噪声.txt", noise)


# --- archives ---------------------------------------------------------------------------------------


def archive_with(*infos: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, data in infos:
            archive.writestr(info, data)
    return content.getvalue()


def test_documents_in_an_archive_are_read_as_in_a_folder(tmp_path: Path) -> None:
    members = {
        "方案/整改方案.docx": DOCX,
        "清单.xlsx": XLSX,
        "坏.pdf": b"x",
        "__MACOSX/._a.docx": b"x",
    }
    files.write(tmp_path, "材料.zip", files.as_zip(members))
    found = outcomes(tmp_path)
    assert list(found) == ["材料.zip/方案/整改方案.docx", "材料.zip/清单.xlsx", "材料.zip/坏.pdf"]
    plan, rows, broken = found.values()
    assert isinstance(plan, ParsedDocument)
    assert isinstance(rows, ParsedDocument)
    assert plan.source.path == "材料.zip/方案/整改方案.docx"
    assert isinstance(broken, IngestError)


def test_names_in_gbk_are_read(tmp_path: Path) -> None:
    content = files.as_zip({"abcd.txt": files.PLAN.encode()})
    files.write(tmp_path, "a.zip", content.replace(b"abcd", "方案".encode("gbk")))
    assert list(outcomes(tmp_path)) == ["a.zip/方案.txt"]


def symlink() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("链接.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("info", "words"),
    [
        (zipfile.ZipInfo("../../逃逸.txt"), "指向包外"),
        (zipfile.ZipInfo("/etc/绝对.txt"), "指向包外"),
        (zipfile.ZipInfo("C:\\绝对.txt"), "指向包外"),
        (zipfile.ZipInfo("..\\逃逸.txt"), "指向包外"),
        (symlink(), "符号链接"),
        (zipfile.ZipInfo("里.zip"), "压缩包里的压缩包"),
    ],
)
def test_members_that_lead_elsewhere_are_not_unpacked(
    tmp_path: Path, info: zipfile.ZipInfo, words: str
) -> None:
    folder = tmp_path / "documents"
    good = (zipfile.ZipInfo("好.txt"), files.PLAN.encode())
    files.write(folder, "a.zip", archive_with((info, files.as_zip({"x.txt": b"x"})), good))
    before = set(tmp_path.rglob("*"))
    refused, read = outcomes(folder).values()
    assert isinstance(refused, IngestError)
    assert words in refused.message
    assert ".." not in refused.path
    assert isinstance(read, ParsedDocument)
    assert set(tmp_path.rglob("*")) == before


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = files.as_zip({f"{n}.txt": b"0" * 20_000_000 for n in range(5)})
    assert len(bomb) < 200_000
    assert "压缩炸弹" in reason(tmp_path, "a.zip", bomb)


def test_a_member_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    content = files.as_zip({"a.txt": b"0" * 3_000_000})
    lying = content.replace(struct.pack("<L", 3_000_000), struct.pack("<L", 10))
    files.write(tmp_path, "a.zip", lying)
    (found,) = outcomes(tmp_path).values()
    assert isinstance(found, IngestError)


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    content = bytearray(files.as_zip({"a.txt": files.PLAN.encode()}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    files.write(tmp_path, "a.zip", bytes(content))
    ((name, found),) = outcomes(tmp_path).items()
    assert name == "a.zip/a.txt"
    assert isinstance(found, IngestError)
    assert "密码" in found.message


# --- LibreOffice ------------------------------------------------------------------------------------


def test_without_libreoffice_it_is_said_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_USUAL_PLACES", ())
    path = files.write(tmp_path, "方案.doc", ole("WordDocument"))
    with pytest.raises(MissingToolError, match="请安装 LibreOffice"):
        office.extract_word(path, Limits())


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands in for the program")
def test_a_conversion_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = files.write(tmp_path, "bin/soffice", b"#!/bin/sh\nexec sleep 600\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    path = files.write(tmp_path, "方案.doc", ole("WordDocument"))
    with pytest.raises(LimitError, match="LibreOffice 转换超过 1 秒"):
        office.extract_word(path, Limits(seconds=2))


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands in for the program")
def test_an_interrupted_ingest_ends_with_all_it_started(tmp_path: Path) -> None:
    started = tmp_path / "started"
    script = f"#!/bin/sh\necho $$ > {started}\nexec sleep 600\n"
    program = files.write(tmp_path, "bin/soffice", script.encode())
    program.chmod(0o755)
    files.write(tmp_path, "documents/方案.doc", ole("WordDocument"))
    variables = {
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "DUBAN_DOCUMENTS": str(tmp_path / "documents"),
    }
    # A shell that runs the tests in the background has interrupts ignored.
    heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    command = [sys.executable, "-c", f"{heed} from assistant.cli import main; main()", "ingest"]
    with subprocess.Popen(command, env={**os.environ, **variables}, stderr=subprocess.PIPE) as run:
        while not (started.exists() and started.read_text()):
            assert run.poll() is None, run.stderr
            time.sleep(0.05)
        run.send_signal(signal.SIGINT)
        assert run.wait(60) != 0
    while is_alive(int(started.read_text())):
        time.sleep(0.05)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", ["方案.rtf", "清单.ods"])
def test_old_formats_are_read_through_libreoffice(tmp_path: Path, name: str) -> None:
    if name.endswith(".rtf"):
        body = "".join(f"{_rtf(line)}\\par\n" for line in LINES)
        files.write(tmp_path, name, f"{{\\rtf1\\ansi\\uc0 {body}}}".encode("ascii"))
    else:
        source = files.write(tmp_path / "from", "a.xlsx", XLSX)
        converted = office._convert(source, "ods", tmp_path / "from", Limits(seconds=200))
        files.write(tmp_path, name, converted.read_bytes())
        for left in (source, converted):
            left.unlink()
    with Reader(Limits(seconds=240), processes=1) as reader:
        (source,) = (one for one in reader.sources(tmp_path) if one.name == name)
        assert len(reader.read(source).tasks) == (2 if name.endswith(".rtf") else 3)


def _rtf(line: str) -> str:
    return "".join(f"\\u{ord(one)} " if ord(one) > 127 else one for one in line)
