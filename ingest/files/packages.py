"""Files that are ZIP packages inside (docx, xlsx): looked at before a library unpacks them."""

from __future__ import annotations

import zipfile
from pathlib import Path

from ingest.errors import FormatError, LimitError
from ingest.files.limits import Limits

_MOST_PARTS = 20_000


def check_package(path: Path, limits: Limits) -> None:
    """Refuse a package that would unpack to more than the limits allow.

    The sizes in its directory are what `zipfile` reads at most, so a false one cannot do harm.

    Raises:
        FormatError: it is no package, or an encrypted one.
        LimitError: too much is packed into it.
    """
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as exc:
        raise FormatError(path.name, "文件不完整或已损坏，请重新获取后再导入") from exc
    if any(part.flag_bits & 1 for part in parts):
        raise FormatError(path.name, "文件有密码，请取消密码后另存再导入")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked or len(parts) > _MOST_PARTS:
        raise LimitError(
            path.name,
            f"解压后有 {unpacked // 1_000_000} MB，超过上限 {limits.unpacked // 1_000_000} MB，疑似压缩炸弹，未读取",
        )
