"""Every sentence Duban says is data, filled in strictly, used somewhere, and in Chinese."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from prompts import PhraseError, phrase

ROOT = Path(__file__).parents[2]
PACKAGES = ("assistant", "ui", "evals", "vectorstore", "ingest")


@cache
def phrases() -> dict[str, str]:
    text = (ROOT / "prompts" / "phrases.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text))


def variables(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


# --- filling in ---------------------------------------------------------------------------------------


def test_variables_are_filled_in() -> None:
    assert phrase("removed", count=3) == phrases()["removed"].replace("{count}", "3")


def test_a_missing_variable_is_an_error_that_names_it() -> None:
    with pytest.raises(PhraseError, match="count"):
        phrase("removed")


def test_an_unused_variable_is_an_error_that_names_it() -> None:
    with pytest.raises(PhraseError, match="colour"):
        phrase("removed", count=3, colour="red")


def test_an_unknown_phrase_is_an_error_that_names_it() -> None:
    with pytest.raises(PhraseError, match="no_such_phrase"):
        phrase("no_such_phrase")


def test_braces_in_a_value_are_text() -> None:
    assert "{count}" in phrase("quoted_from", title="{count}")


# --- the file -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(phrases()))
def test_a_phrase_is_chinese_and_its_variables_have_names(name: str) -> None:
    template = phrases()[name]
    assert re.search(r"[\u4e00-\u9fff]|\{", template)
    assert all(variable.isidentifier() for variable in variables(template))
    values = dict.fromkeys(variables(template), "值")
    assert "{" not in phrase(name, **values)


# --- the code that uses it ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Use:
    """One call of `phrase`: the names it may ask for, and its variables (None where they are unpacked)."""

    place: str
    names: frozenset[str]
    given: frozenset[str] | None


@cache
def uses() -> tuple[Use, ...]:
    files = [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]
    return tuple(use for file in files for use in _uses_in(file))


def _uses_in(file: Path) -> Iterator[Use]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for scope in ast.walk(tree):
        if isinstance(scope, ast.FunctionDef):
            assigned = _assigned_strings(scope)
            for call in ast.walk(scope):
                if isinstance(call, ast.Call) and _is_phrase(call):
                    place = f"{file.relative_to(ROOT).as_posix()}:{call.lineno}"
                    yield Use(place, _names(call.args[0], assigned), _given(call))


def _is_phrase(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "phrase"


def _assigned_strings(scope: ast.FunctionDef) -> dict[str, frozenset[str]]:
    """Strings that the function's own variables may hold."""
    found: dict[str, frozenset[str]] = {}
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    earlier = found.get(target.id, frozenset())
                    found[target.id] = earlier | _names(node.value, {})
    return found


def _names(node: ast.expr, assigned: dict[str, frozenset[str]]) -> frozenset[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return frozenset({node.value})
    if isinstance(node, ast.IfExp):
        return _names(node.body, assigned) | _names(node.orelse, assigned)
    if isinstance(node, ast.Name):
        return assigned.get(node.id, frozenset())
    if isinstance(node, ast.JoinedStr):
        pattern = "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+"
            for part in node.values
        )
        return frozenset(name for name in phrases() if re.fullmatch(pattern, name))
    return frozenset()


def _given(call: ast.Call) -> frozenset[str] | None:
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else frozenset(name for name in names if name)


def test_each_call_asks_for_phrases_that_can_be_told_from_the_code() -> None:
    assert len(uses()) > 20
    assert [use.place for use in uses() if not use.names] == []


def test_every_phrase_that_is_used_exists() -> None:
    missing = [(use.place, name) for use in uses() for name in use.names if name not in phrases()]
    assert missing == []


def test_every_call_gives_a_phrase_its_variables_and_no_other() -> None:
    wrong = [
        (use.place, name)
        for use in uses()
        for name in use.names & set(phrases())
        if use.given is not None and use.given != variables(phrases()[name])
    ]
    # A call of one of several phrases must fit the one that is taken; it is tested where it is used.
    several = {use.place for use in uses() if len(use.names) > 1}
    assert [(place, name) for place, name in wrong if place not in several] == []
