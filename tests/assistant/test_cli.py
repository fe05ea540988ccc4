"""The command line: exit codes, streams, languages, and what `duban tasks` prints."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import types
from importlib.metadata import EntryPoint
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from ledger_documents import library
from openpyxl import load_workbook
from rich.cells import cell_len

from assistant import cli
from assistant.clickzh import folded, translated
from assistant.errors import NotIngestedError
from assistant.settings import Settings
from ingest.errors import FormatError
from ingest.records import ParsedDocument
from vectorstore.errors import StoreMismatchError

HEAVY = (
    "gradio",
    "torch",
    "chromadb",
    "sentence_transformers",
    "langchain",
    "openpyxl",
    "icalendar",
)


@pytest.fixture(autouse=True)
def _open_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library held in memory: these tests are about the command, not about the store."""
    app = types.ModuleType("assistant.app")

    def open_library(_settings: Settings) -> tuple[ParsedDocument, ...]:
        return library()

    app.__dict__["open_library"] = open_library
    monkeypatch.setitem(sys.modules, "assistant.app", app)


def duban(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, arguments)


def numbers(*arguments: str) -> list[str]:
    result = duban("tasks", "--format", "json", "--as-of", "2025-01-10", *arguments)
    assert result.exit_code == 0, result.stderr
    return [record["number"] for record in json.loads(result.stdout)]


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> Result:
    """The outcome of a registered command that raises an error."""

    @click.command()
    def fail() -> None:
        raise error

    module = types.ModuleType("failing_command")
    module.__dict__["fail"] = fail
    monkeypatch.setitem(sys.modules, "failing_command", module)
    entry = EntryPoint("fail", "failing_command:fail", cli.COMMANDS_GROUP)
    monkeypatch.setattr(cli, "entry_points", lambda group: [entry])
    return duban("fail")


def python(code: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=os.environ | environment, check=False
    )


def test_conditions_given_as_options_all_hold() -> None:
    assert numbers() == ["一", "二", "三", "四", "五", "1", "2"]
    assert numbers("--document", "东湖", "--unit", "水务局", "--role", "lead", "--overdue") == [
        "二"
    ]
    assert numbers("--due-before", "2024-12-31", "--due-after", "2024-06-01") == ["一", "二"]
    assert numbers("--ongoing") == ["一"]
    assert numbers("--unit", "王芳", "--role", "leader") == ["二"]
    assert numbers("--document", "东湖", "--document", "西山", "--unit", "教育局") == []


def test_as_of_is_the_day_that_overdue_is_judged_by() -> None:
    assert numbers("--overdue", "--as-of", "2024-12-31") == []


def test_only_the_list_is_on_standard_output() -> None:
    result = duban("tasks", "--format", "ics")
    assert result.stdout.startswith("BEGIN:VCALENDAR")
    assert "未写入日历：1项长期坚持" in result.stderr
    assert "共 7 项任务。" in result.stderr


def test_an_output_file_is_written_in_the_form_of_its_name(tmp_path: Path) -> None:
    target = tmp_path / "督办.xlsx"
    result = duban("tasks", "--document", "东湖", "--output", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"共 5 项任务，已写入 {target}。" in result.stderr
    assert load_workbook(target).worksheets[0].max_row == 6


def test_a_file_that_cannot_be_written_is_a_failure(tmp_path: Path) -> None:
    result = duban("tasks", "--output", str(tmp_path / "无此文件夹" / "a.csv"))
    assert result.exit_code == 1
    assert "无法写入" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--due-before", "2024年底"], "“2024年底”不是日期"),
        (["--due-before", "20241231"], "不是日期"),
        (["--as-of", "2024-02-30"], "不是日期"),
        (["--format", "xlsx"], "--output"),
        (["--format", "doc"], "“doc”不是可选值"),
        (["--document", "北海区"], "plans/donghu-2024.txt"),
        (["--unitt", "水务局"], "没有选项 --unitt（是不是"),
        (["多余"], "多余的参数：多余"),
    ],
)
def test_wrong_usage_is_explained_in_chinese(arguments: list[str], message: str) -> None:
    result = duban("tasks", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert "用法：duban tasks [选项]" in result.stderr
    assert "Usage" not in result.stderr
    assert "Error" not in result.stderr


def test_an_option_without_its_value_is_named() -> None:
    result = duban("tasks", "--unit")
    assert (result.exit_code, result.stderr) == (2, "错误：选项 --unit 后面缺少值\n")


def test_an_unknown_command_is_wrong_usage() -> None:
    result = duban("taks")
    assert result.exit_code == 2
    assert "没有命令 taks。可用的命令：ingest、ask、tasks" in result.stderr


@pytest.mark.parametrize(
    "error",
    [
        NotIngestedError("还没有文件"),
        StoreMismatchError("请重新入库"),
        FormatError("a.doc", "格式不支持"),
    ],
)
def test_an_error_of_any_package_is_one_line_and_exit_1(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    result = failing(monkeypatch, error)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"错误：{error}\n"


def test_a_missing_module_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = EntryPoint("chat", "no_such_package.command:chat", cli.COMMANDS_GROUP)
    monkeypatch.setattr(cli, "entry_points", lambda group: [entry])
    result = duban("chat")
    assert result.exit_code == 1
    assert "no_such_package" in result.stderr


def test_the_status_a_command_exits_with_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    assert failing(monkeypatch, click.exceptions.Exit(1)).exit_code == 1
    assert failing(monkeypatch, SystemExit(3)).exit_code == 3


def test_help_lists_every_command_in_chinese() -> None:
    result = duban("--help")
    assert result.exit_code == 0
    assert "用法：duban [选项] 命令 …" in result.stdout
    for name, summary in cli.SUMMARIES.items():
        assert name in result.stdout
        assert summary in result.stdout
    assert "Show this message" not in duban("tasks", "--help").stdout


def test_help_pages_fit_the_terminal_in_aligned_columns() -> None:
    lines = duban("tasks", "--help").stdout.splitlines()
    assert all(cell_len(line) <= 80 for line in lines)
    starts = {
        cell_len(line[: line.index(text)])
        for line in lines
        for text in ("任务涉及的单位", "截止日期不晚于", "显示本说明")
        if text in line
    }
    assert len(starts) == 1


def test_folding_keeps_words_and_closing_punctuation_whole() -> None:
    assert folded("按 YYYY-MM-DD 填写。", 12) == ["按", "YYYY-MM-DD", "填写。"]
    assert folded("截止日期。", 8) == ["截止日", "期。"]
    assert folded("", 8) == [""]


def test_without_arguments_the_help_page_is_shown() -> None:
    result = duban()
    assert result.exit_code == 2
    assert "命令：" in result.stderr


def test_help_imports_nothing_heavy() -> None:
    done = python(
        "import sys\nfrom assistant.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"sys.exit(len({set(HEAVY)!r} & sys.modules.keys()))"
    )
    assert done.returncode == 0, done.stderr.decode()


def test_output_is_utf8_whatever_the_console() -> None:
    code = "from assistant.cli import main\nmain(['--help'])"
    done = python(code, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 0
    assert "整改" in done.stdout.decode("utf-8")


def test_verbose_shows_our_own_progress_only() -> None:
    code = (
        "import logging\nfrom assistant import cli\ncli._configure_logging(True)\n"
        "logging.getLogger('assistant.x').info('ours')\nlogging.getLogger('chromadb').info('theirs')"
    )
    assert python(code).stderr.decode().strip() == "INFO assistant.x: ours"


def test_what_click_says_and_we_do_not_know_stays_readable() -> None:
    assert translated("Something new.") == "Something new."
    assert translated("Invalid value for '--port': 70000 is not in the range 0<=x<=65535.") == (
        "--port：70000 不在范围 0<=x<=65535 之内"
    )
    assert translated("Missing argument 'QUESTION'.") == "缺少 QUESTION"


# --- groups, order and counts ----------------------------------------------------------------------


def test_tasks_come_in_the_groups_asked_for() -> None:
    result = duban("tasks", "--by", "leader", "--format", "json", "--as-of", "2025-01-10")
    groups = {one["group"]: one["count"] for one in json.loads(result.stdout)}
    assert groups == {"李明": 2, "王芳": 1, "未载明": 5}
    assert "共 7 项任务。截至2025年1月10日：时限已过 2 项，长期坚持 1 项" in result.stderr


def test_counts_alone() -> None:
    assert duban("tasks", "--count").stdout == "7\n"
    assert duban("tasks", "--count", "--by", "leader").stdout == "2\t李明\n1\t王芳\n5\t未载明\n"
    counted = json.loads(duban("tasks", "--count", "--by", "document", "--format", "json").stdout)
    assert counted["total"] == 7
    assert [one["count"] for one in counted["groups"]] == [5, 2]


def test_tasks_are_sorted_by_what_is_asked_for() -> None:
    assert numbers("--sort", "deadline") == ["1", "2", "四", "一", "二", "三", "五"]
    assert numbers("--sort", "deadline", "--descending")[:2] == ["一", "二"]


@pytest.mark.parametrize(
    ("as_of", "within", "expected"),
    [
        ("2024-12-01", "30d", ["一", "二"]),
        ("2024-12-01", "29天", []),
        ("2024-12-31", "0d", ["一", "二"]),
        ("2025-01-01", "12m", []),
        # Reported as done, so nothing is due.
        ("2024-05-20", "2w", []),
    ],
)
def test_what_is_due_soon_counts_from_the_day_given(
    as_of: str, within: str, expected: list[str]
) -> None:
    result = duban("tasks", "--format", "json", "--as-of", as_of, "--due-within", within)
    assert [record["number"] for record in json.loads(result.stdout)] == expected


@pytest.mark.parametrize(
    "arguments",
    [
        ["--due-within", "30"],
        ["--due-within", "soon"],
        ["--by", "month"],
        ["--sort", "size"],
        ["--count", "--format", "csv"],
    ],
)
def test_wrong_groups_spans_and_orders_are_wrong_usage(arguments: list[str]) -> None:
    assert duban("tasks", *arguments).exit_code == 2
