"""What a scripted model writes from the evidence it is given: an honest one, and sloppy and hostile ones."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chat_server import Request

_EVIDENCE = re.compile(r"<(duban-[0-9a-f]{16})>\n(.*?)\n</\1>", re.DOTALL)
_ITEM = re.compile(r"\[(表?\d+)\]（(.*?)）(.*)", re.DOTALL)
_STEPS = re.compile(r"(?<=。)")


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the evidence as the model sees it."""

    code: str
    where: str
    text: str

    @property
    def is_table(self) -> bool:
        return self.code.startswith("表")

    @property
    def origin(self) -> str:
        return self.where.partition("，")[0]


def evidence_of(request: Request) -> list[Shown]:
    """The numbered evidence of a request."""
    found = _EVIDENCE.search(request.user)
    assert found, "no evidence in the prompt"
    lines = re.split(r"\n(?=\[表?\d+\]（)", found.group(2))
    return [Shown(*match.groups()) for line in lines if (match := _ITEM.match(line))]


def is_rewrite(request: Request) -> bool:
    return "没有通过核对" in request.user


def honest(request: Request) -> str:
    """Says what the records say and, where they say little, the first passages; lists by their code."""
    if is_rewrite(request):
        return "无"
    shown = evidence_of(request)
    tables = [f"[{one.code}]" for one in shown if one.is_table]
    records = [one for one in shown if one.origin == "台账"]
    told = records if tables or len(records) > 1 else [*records, *passages(shown)[:3]]
    return "\n".join([*("".join(said(one)) for one in told), *tables])


def passages(shown: list[Shown]) -> list[Shown]:
    return [one for one in shown if one.origin == "原文"]


def said(one: Shown) -> list[str]:
    """The sentences of a piece of evidence, marked."""
    return [sentence(part, one.code) for part in _STEPS.split(one.text) if part.strip("。；; ")]


def sentence(text: str, *codes: str | int) -> str:
    """A sentence with its marks before the full stop."""
    flat = " ".join(text.split()).rstrip("。；;：: ")
    return f"{flat}{''.join(f'[{code}]' for code in codes)}。"
