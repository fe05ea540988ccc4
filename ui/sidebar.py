"""The list of kept conversations as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from ui.markup import CHINESE, text
from ui.store import Listed
from ui.words import Words


def render_sidebar(
    conversations: Sequence[Listed], opened: str, say: Words, searched: str = ""
) -> str:
    """The list with the opened conversation told apart; `searched` are the words it was searched for."""
    entries = "".join(_entry(one, one.id == opened, say) for one in conversations)
    empty = text(say("none_found" if searched else "no_conversations"))
    listed = f'<ul class="kept">{entries}</ul>' if entries else f'<p class="hint">{empty}</p>'
    return f'<nav class="conversations" aria-label="{text(say("conversations"))}">{listed}</nav>'


def _entry(one: Listed, opened: bool, say: Words) -> str:
    current = ' aria-current="true"' if opened else ""
    more = text(say("more_actions", title=one.title))
    address = f"/export/conversations/{text(one.id)}"
    return (
        f'<li data-id="{text(one.id)}"><button type="button" class="open"{current}>'
        f'<span class="title" {CHINESE}>{text(one.title)}</span>'
        f'<time datetime="{one.updated.isoformat()}">{one.updated:%m-%d %H:%M}</time></button>'
        f'<details class="menu"><summary aria-label="{more}">⋯</summary><div>'
        f'<button type="button" class="rename">{text(say("rename"))}</button>'
        f'<a href="{address}.docx" download>{text(say("export_word"))}</a>'
        f'<a href="{address}.md" download>{text(say("export_markdown"))}</a>'
        f'<button type="button" class="remove">{text(say("delete"))}</button></div></details></li>'
    )
