"""The two READMEs say what the program has, and say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.cli import SUMMARIES
from assistant.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
def test_every_setting_is_listed(name: str) -> None:
    missing = [
        field for field in Settings.model_fields if f"`{PREFIX}{field.upper()}`" not in text(name)
    ]
    assert missing == []


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_listed(name: str) -> None:
    assert [command for command in SUMMARIES if f"duban {command}" not in text(name)] == []


@pytest.mark.parametrize("name", READMES)
def test_links_into_the_repository_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)\)", text(name))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_two_have_the_same_sections_and_figures() -> None:
    english, chinese = (text(name) for name in READMES)
    assert english.count("\n## ") == chinese.count("\n## ")
    assert re.findall(r"\d+\.\d+ ?%", english) == re.findall(r"\d+\.\d+ ?%", chinese)
