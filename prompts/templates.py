"""Prompts as Markdown files: front matter with name, version and variables, then the text, filled in strictly.

Values are data: braces in them are text, so a document cannot reach into the template.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

_FILE = re.compile(r"---\n(?P<head>.*?)\n---\n(?P<body>.*)", re.DOTALL)
_VARIABLE = re.compile(r"\{\{(\w+)\}\}")
_KEYS = {"name", "version", "variables"}


class PromptError(KeyError):
    """A prompt file is malformed or missing, or its variables are not the ones given."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt file. `sha256` is of the whole file, so that two texts under one version are told apart."""

    name: str
    version: str
    variables: frozenset[str]
    body: str
    sha256: str

    def render(self, **values: object) -> str:
        """The text with its variables filled in.

        Raises:
            PromptError: the variables differ from those the file declares.
        """
        if set(values) != self.variables:
            raise PromptError(
                f"prompt {self.name!r} takes {sorted(self.variables)}, got {sorted(values)}"
            )
        return _VARIABLE.sub(lambda match: str(values[match.group(1)]), self.body)


@cache
def load_prompt(name: str) -> Prompt:
    """The prompt of a name, from `prompts/NAME.md`.

    Raises:
        PromptError: there is no such file, or it is malformed.
    """
    file = resources.files(__package__ or "prompts").joinpath(f"{name}.md")
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError as exc:
        raise PromptError(f"no prompt {name!r} in prompts/") from exc
    prompt = parse_prompt(text)
    if prompt.name != name:
        raise PromptError(f"prompts/{name}.md calls itself {prompt.name!r}")
    return prompt


def parse_prompt(text: str) -> Prompt:
    """Read a prompt file.

    Raises:
        PromptError: front matter is missing or incomplete, or declares other variables than the text uses.
    """
    parts = _FILE.fullmatch(text)
    if parts is None:
        raise PromptError("a prompt begins with front matter between lines of ---")
    head = dict(line.partition(":")[::2] for line in parts["head"].splitlines())
    if set(head) != _KEYS:
        raise PromptError(f"front matter has {sorted(head)}, needs {sorted(_KEYS)}")
    declared = frozenset(head["variables"].split())
    body = parts["body"].strip()
    used = set(_VARIABLE.findall(body))
    if used != declared:
        raise PromptError(f"declares {sorted(declared)} and uses {sorted(used)}")
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Prompt(head["name"].strip(), head["version"].strip(), declared, body, digest)


def prompt_uses(*names: str) -> tuple[tuple[str, str, str], ...]:
    """Name, version and hash of prompts, to record with what they led to."""
    prompts = map(load_prompt, names)
    return tuple((prompt.name, prompt.version, prompt.sha256) for prompt in prompts)
