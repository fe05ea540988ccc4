"""Prompt files: declared variables are the used ones, rendering is strict, and values stay data."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from prompts.templates import PromptError, load_prompt, parse_prompt

FOLDER = Path(__file__).parents[2] / "prompts"
NAMES = sorted(file.stem for file in FOLDER.glob("*.md"))
HEAD = "---\nname: greeting\nversion: 3\nvariables: {variables}\n---\n{body}\n"


def prompt_of(body: str, variables: str) -> str:
    return HEAD.format(variables=variables, body=body)


def test_there_are_prompts() -> None:
    assert {"answer_rules", "answer_task", "rewrite_task"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_file_is_well_formed_and_renders(name: str) -> None:
    prompt = load_prompt(name)
    assert prompt.sha256 == hashlib.sha256((FOLDER / f"{name}.md").read_bytes()).hexdigest()
    text = prompt.render(**dict.fromkeys(prompt.variables, "值"))
    assert "{{" not in text
    assert prompt.version.isdigit()


def test_variables_are_filled_in_and_their_braces_are_text() -> None:
    prompt = parse_prompt(prompt_of("你好，{{who}}。{{what}}", "who what"))
    assert prompt.render(who="{{what}}", what="{x}") == "你好，{{what}}。{x}"
    assert (prompt.name, prompt.version) == ("greeting", "3")


@pytest.mark.parametrize("values", [{}, {"who": "甲", "other": "乙"}, {"other": "乙"}])
def test_a_missing_or_unused_value_is_an_error(values: dict[str, str]) -> None:
    with pytest.raises(PromptError, match="greeting"):
        parse_prompt(prompt_of("你好，{{who}}。", "who")).render(**values)


@pytest.mark.parametrize(
    "text",
    [
        prompt_of("你好，{{who}}。", ""),
        prompt_of("你好。", "who"),
        "你好。",
        "---\nname: x\nversion: 1\n---\n你好。",
    ],
)
def test_a_malformed_file_is_an_error(text: str) -> None:
    with pytest.raises(PromptError):
        parse_prompt(text)


def test_an_unknown_prompt_is_an_error() -> None:
    with pytest.raises(PromptError, match="no_such"):
        load_prompt("no_such")
