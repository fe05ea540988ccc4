"""Word and Excel files of old, and those of WPS: turned into today's formats by LibreOffice, offline.

LibreOffice gets a copy in a folder of its own and a profile that runs no macros and follows no links.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from ingest.errors import FormatError, LimitError, MissingToolError
from ingest.files import docx, spreadsheet
from ingest.files.extracted import Extracted
from ingest.files.limits import Limits

# What is left of a file's time is for reading what comes out.
_SHARE_OF_TIME = 0.8
_PROGRAMS = ("soffice", "libreoffice")
_USUAL_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_SAFE_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
</oor:items>
"""


def extract_word(path: Path, limits: Limits) -> Extracted:
    """The text of a .doc, .wps, .rtf or .odt file.

    Raises:
        MissingToolError: LibreOffice is not installed.
        FormatError: it cannot open the file.
        LimitError: it takes too long.
    """
    with tempfile.TemporaryDirectory() as folder:
        return docx.extract(_convert(path, "docx", Path(folder), limits), limits)


def extract_sheet(path: Path, limits: Limits) -> Extracted:
    """The text of an .xls, .et or .ods file; errors as of `extract_word`."""
    with tempfile.TemporaryDirectory() as folder:
        return spreadsheet.extract(_convert(path, "xlsx", Path(folder), limits), limits)


def program() -> str | None:
    """Where LibreOffice is, if it is installed."""
    found = next((place for name in _PROGRAMS if (place := shutil.which(name))), None)
    return found or next((place for place in _USUAL_PLACES if Path(place).is_file()), None)


def _convert(path: Path, target: str, folder: Path, limits: Limits) -> Path:
    office = program()
    if office is None:
        raise MissingToolError(
            path.name,
            f"{path.suffix} 文件需要 LibreOffice 转换：请安装 LibreOffice 后重新导入，"
            f"或用 Word、WPS 另存为 .{target}",
        )
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_SAFE_PROFILE, encoding="utf-8")
    # A name of our own: that of the file may look like an option.
    source = Path(shutil.copyfile(path, folder / f"document{path.suffix.lower()}"))
    command = [
        *(office, "--headless", "--norestore", "--nolockcheck", "--nodefault"),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--convert-to", target, "--outdir", str(folder / "converted"), str(source)),
    ]
    _run(command, path.name, max(1, int(_SHARE_OF_TIME * limits.seconds)))
    converted = folder / "converted" / f"document.{target}"
    if not converted.is_file():
        raise FormatError(
            path.name, f"LibreOffice 打不开，文件可能已损坏；请用 Word 或 WPS 另存为 .{target}"
        )
    return converted


def _run(command: list[str], name: str, seconds: int) -> None:
    """Run a program without input. What it leaves behind is ended with the process that reads the file."""
    try:
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as exc:
        reason = f"LibreOffice 转换超过 {seconds} 秒的上限，请另存为新格式后再导入"
        raise LimitError(name, reason) from exc
