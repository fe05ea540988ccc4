"""Archives (.zip): each document in one is read as if it lay in a folder of the archive's name."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ingest.errors import FormatError, LimitError
from ingest.files.limits import Limits

_MOST_MEMBERS = 2000
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
# Text of an office shrinks to a tenth; what shrinks more than this is made of nothing.
_LARGEST_RATIO = 200
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name there, and where it was unpacked to, or why it was not."""

    name: str
    path: Path | None = None
    reason: str = ""


def unpack(path: Path, folder: Path, limits: Limits) -> list[Member]:
    """Unpack the documents of an archive into `folder`, under names of our own.

    Raises:
        FormatError: it is no archive, or damaged.
        LimitError: it unpacks to more than the limits allow.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return list(_members(archive, path.name, folder, limits))
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as exc:
        raise FormatError(path.name, "压缩包已损坏或不是 zip 格式，请重新压缩为 .zip") from exc


def _members(archive: zipfile.ZipFile, name: str, folder: Path, limits: Limits) -> Iterator[Member]:
    files = [one for one in archive.infolist() if not one.is_dir()]
    if len(files) > _MOST_MEMBERS:
        raise LimitError(
            name, f"压缩包里有 {len(files)} 个文件，超过 {_MOST_MEMBERS} 个的上限，请拆分"
        )
    total = sum(one.file_size for one in files)
    if total > limits.unpacked or total > _LARGEST_RATIO * max(path_size(archive), 1 << 16):
        raise LimitError(name, f"解压后有 {total // 1_000_000} MB，疑似压缩炸弹，未解压")
    for number, info in enumerate(files):
        member = PurePosixPath(_name(info).replace("\\", "/"))
        if any(part.startswith((".", "~$", "__MACOSX")) and part != ".." for part in member.parts):
            continue
        yield _unpacked(archive, info, member, folder / f"{number}{_suffix(member)}", limits)


def path_size(archive: zipfile.ZipFile) -> int:
    """Bytes of the archive's members as they are packed."""
    return sum(one.compress_size for one in archive.infolist())


def _unpacked(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    member: PurePosixPath,
    target: Path,
    limits: Limits,
) -> Member:
    shown = "/".join(part for part in member.parts if part not in ("/", ".."))
    if reason := _refused(info, member, limits):
        return Member(shown, reason=reason)
    try:
        with archive.open(info) as source, target.open("wb") as file:
            while chunk := source.read(_CHUNK):
                file.write(chunk)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError):
        return Member(shown, reason="在压缩包里已损坏，请重新压缩")
    return Member(shown, target)


def _refused(info: zipfile.ZipInfo, member: PurePosixPath, limits: Limits) -> str:
    """Why a member is not unpacked; empty where it is."""
    if member.is_absolute() or ".." in member.parts or ":" in member.parts[0]:
        return "在压缩包里的路径指向包外，未解压"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "是压缩包里的符号链接，未解压"
    if info.flag_bits & _ENCRYPTED:
        return "在压缩包里有密码，请解压后再导入"
    if member.suffix.lower() == ".zip":
        return "是压缩包里的压缩包，请解压一层后再导入"
    if info.file_size > limits.size:
        return f"解压后超过 {limits.size_mb} MB 的上限"
    return ""


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; Chinese archivers write it in GBK without saying so."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _suffix(member: PurePosixPath) -> str:
    suffix = member.suffix.lower()
    return suffix if suffix[1:].isalnum() and suffix.isascii() and len(suffix) < 8 else ""
