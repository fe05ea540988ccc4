"""The direction of imports, where foreign types stop, and that importing a module does nothing."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# What a package may import beside itself.
ALLOWED = {
    "ingest": set(),
    "prompts": set(),
    "vectorstore": {"ingest"},
    "assistant": {"ingest", "vectorstore", "prompts"},
    "ui": {"ingest", "vectorstore", "assistant"},
    "evals": {"ingest", "vectorstore", "assistant", "prompts"},
}
STORE_LIBRARIES = ("chromadb", "langchain")
# The baseline that Duban is measured against is LangChain's own text splitter; chat models come through it.
ALSO_MAY = {
    "evals/baselines.py": {"langchain_text_splitters"},
    "assistant/chat/provider.py": {"langchain", "langchain_core"},
    "assistant/chat/agent.py": {"langchain", "langchain_core"},
}
HEAVY = ("torch", "gradio", "chromadb", "sentence_transformers")


@dataclass(frozen=True, slots=True)
class Import:
    """One import statement's top-level module, and where it stands."""

    module: str
    file: str
    line: int

    @property
    def package(self) -> str:
        return self.file.partition("/")[0]


def source_files() -> list[Path]:
    return sorted(file for package in ALLOWED for file in (ROOT / package).rglob("*.py"))


def modules() -> list[str]:
    names = [".".join(f.relative_to(ROOT).with_suffix("").parts) for f in source_files()]
    return [name.removesuffix(".__init__") for name in names]


def nodes() -> Iterator[tuple[str, ast.AST]]:
    """Every node of every module's syntax, with the file that it stands in."""
    for file in source_files():
        name = file.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            yield name, node


@cache
def imports() -> tuple[Import, ...]:
    found = []
    for name, node in nodes():
        if isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}:{node.lineno}: a relative import"
            named = [node.module or ""]
        else:
            continue
        found += [Import(one.partition(".")[0], name, node.lineno) for one in named]
    return tuple(found)


def python(code: str, folder: Path) -> str:
    """Standard output of a fresh interpreter that starts in an empty folder."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("package", ALLOWED)
def test_imports_point_one_way(package: str) -> None:
    wrong = [
        f"{one.file}:{one.line} imports {one.module}"
        for one in imports()
        if one.package == package
        and one.module in ALLOWED.keys() - {package}
        and one.module not in ALLOWED[package]
    ]
    assert wrong == []


def test_an_assistant_without_a_chat_model_does_not_load_the_client(tmp_path: Path) -> None:
    code = """
import sys, assistant.app
sys.stdout.write(" ".join(sorted({name.partition(".")[0] for name in sys.modules})))
"""
    loaded = set(python(code, tmp_path).split())
    assert not loaded & {"langchain", "langchain_openai", "openai", "tiktoken"}


def test_the_store_and_langchain_stay_inside_vectorstore() -> None:
    wrong = [
        f"{one.file}:{one.line} imports {one.module}"
        for one in imports()
        if one.module.startswith(STORE_LIBRARIES)
        and one.package != "vectorstore"
        and one.module not in ALSO_MAY.get(one.file, set())
    ]
    assert wrong == []


def test_nothing_prints() -> None:
    """Results go through Click or Rich, remarks through logging: only those know where they belong."""
    found = [
        f"{name}:{node.lineno}"
        for name, node in nodes()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert found == []


def test_every_package_is_installed_with_the_wheel() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = {
        ".".join(file.parent.relative_to(ROOT).parts)
        for file in source_files()
        if file.name == "__init__.py"
    }
    assert set(project["tool"]["setuptools"]["packages"]) == packages


def test_every_folder_with_modules_is_a_package() -> None:
    bare = {file.parent for file in source_files() if not (file.parent / "__init__.py").exists()}
    assert bare == set()


def test_importing_every_module_does_nothing(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    code = f"""
import importlib, sys
sys.dont_write_bytecode = True
seen = []
def hook(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        seen.append((event, str(arguments[1:])))
sys.addaudithook(hook)
for name in {modules()!r}:
    importlib.import_module(name)
import json
sys.stdout.write(json.dumps(seen))
"""
    home_before = set(Path.home().rglob("*"))
    assert json.loads(python(code, work)) == []
    assert list(work.iterdir()) == []
    # Numba, Matplotlib and the like keep caches; ours makes no folder of its own.
    assert [p for p in set(Path.home().rglob("*")) - home_before if "duban" in p.name] == []


def test_the_command_line_starts_without_the_heavy_libraries(tmp_path: Path) -> None:
    code = """
import sys, assistant.cli
sys.stdout.write(" ".join(sorted({name.partition(".")[0] for name in sys.modules})))
"""
    loaded = set(python(code, tmp_path).split())
    assert not loaded & set(HEAVY)
    assert not [name for name in loaded if name.startswith("langchain")]
