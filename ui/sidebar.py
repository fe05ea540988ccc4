"""The list of kept conversations as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from ui.markup import text
from ui.store import Listed


def render_sidebar(conversations: Sequence[Listed], opened: str, words: str = "") -> str:
    """The list with the opened conversation told apart; `words` are those it was searched for."""
    entries = "".join(_entry(one, one.id == opened) for one in conversations)
    empty = "没有找到相关对话" if words else "还没有对话，提问后会自动保存在这里"
    listed = f'<ul class="kept">{entries}</ul>' if entries else f'<p class="hint">{empty}</p>'
    return f'<nav class="conversations" aria-label="历史对话">{listed}</nav>'


def _entry(one: Listed, opened: bool) -> str:
    current = ' aria-current="true"' if opened else ""
    address = f"/export/conversations/{text(one.id)}"
    return (
        f'<li data-id="{text(one.id)}"><button type="button" class="open"{current}>'
        f'<span class="title">{text(one.title)}</span>'
        f'<time datetime="{one.updated.isoformat()}">{one.updated:%m-%d %H:%M}</time></button>'
        f'<details class="menu"><summary aria-label="“{text(one.title)}”的更多操作">⋯</summary><div>'
        '<button type="button" class="rename">重命名</button>'
        f'<a href="{address}.docx" download>导出 Word</a><a href="{address}.md" download>导出 Markdown</a>'
        '<button type="button" class="remove">删除</button></div></details></li>'
    )
