"""The page's own words: complete in every language, all of them used, and none written anywhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.words import LANGUAGES, Words, WordsError, catalogue, variables, words_for

UI = Path(__file__).parents[2] / "ui"
CHINESE = re.compile(r"[\u3400-\u9fff]")
# These write for programs, for the command line, or papers and questions that are Chinese in either language.
ALWAYS_CHINESE = {
    "access.py",
    "accounts.py",
    "bench.py",
    "board.py",
    "command.py",
    "doors.py",
    "downloads.py",
    "feedback.py",
    "first_sentence.py",
    "handlers.py",
    "hints.py",
    "mcp_door.py",
    "memo.py",
    "openai_door.py",
    "papers.py",
    "users.py",
}
# Numerals to sort by, the name of a Chinese paper, and of a font.
KNOWN_SCRIPTS = (
    "const digits",
    "const numeral",
    "/^[（(]?",
    'sign === "十"',
    "整改任务清单-",
    "--serif",
    'class="seal"',
)


def test_words_exist_in_every_language_with_the_same_variables() -> None:
    for key, words in catalogue().items():
        assert set(words) == set(LANGUAGES), key
        assert all(one.strip() for one in words.values()), key
        assert len({frozenset(variables(one)) for one in words.values()}) == 1, key
        # Templates put words into quoted attributes and into scripts as they are.
        assert not any(set('"<>&`\\$') & set(one) for one in words.values()), key
        # The switch speaks to those who read the other language.
        assert key.startswith("language_switch") or not CHINESE.search(words["en"]), key


def test_all_words_are_used_and_no_others() -> None:
    files = [*UI.glob("*.py"), *UI.glob("*.js"), *UI.glob("*.html"), *UI.glob("*.css")]
    code = "\n".join(file.read_text(encoding="utf-8") for file in files if file.name != "words.py")
    asked = set(
        re.findall(r"""(?:say|_CHINESE|all|_hint|render_empty)\(\s*(?:say, )?["'](\w+)["']""", code)
    )
    assert asked - set(catalogue()) == set()
    families = ("field_", "state_", "reason_", "view_", "rights_", "action_", "job_")
    unused = [
        key
        for key in catalogue()
        if not key.startswith(families) and not re.search(rf"""["'-]{key}\b""", code)
    ]
    assert unused == []


def test_no_word_of_the_page_is_written_outside_the_catalogue() -> None:
    assert list(_written_elsewhere()) == []


def _written_elsewhere() -> Iterator[str]:
    for file in sorted(UI.glob("*.py")):
        if file.name not in ALWAYS_CHINESE:
            yield from _in_python(file)
    for file in sorted([*UI.glob("*.js"), *UI.glob("*.html"), *UI.glob("*.css")]):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            code = re.sub(r"(^|\s)//.*|/\*.*", "", line)
            if CHINESE.search(code) and not any(known in code for known in KNOWN_SCRIPTS):
                yield f"{file.name}:{number}"


def _in_python(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    remarks = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for node in ast.walk(tree):
        words = node.value if isinstance(node, ast.Constant) and id(node) not in remarks else None
        # The seal is a sign, not a word.
        if isinstance(words, str) and CHINESE.search(words.replace(">督</span>", "")):
            yield f"{file.name}:{node.lineno}"


def test_words_are_filled_in_strictly() -> None:
    assert Words("en")("page_number", page=3) == "Page 3"
    with pytest.raises(WordsError, match="take"):
        Words()("page_number")
    with pytest.raises(WordsError, match="no words"):
        Words()("nothing_of_the_kind")


def test_chinese_comes_first() -> None:
    assert words_for({}).language == "zh"
    assert words_for({"duban_language": "en"}).language == "en"
    assert words_for({"duban_language": "<script>"}).language == "zh"
