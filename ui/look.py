"""Theme, style sheets and what goes into the page's head: system fonts only, nothing fetched from elsewhere."""

from __future__ import annotations

from pathlib import Path

from gradio.themes import Base, Color, Font

from ui.words import catalogue_script

_FOLDER = Path(__file__).parent
STYLE_SHEETS = [
    _FOLDER / name for name in ("page.css", "chat.css", "sources.css", "board.css", "documents.css")
]
# Chinese faces first: a system's own default often brings Latin letters that do not go with them.
_FONTS = (
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "system-ui",
    "sans-serif",
)
_INK = Color(
    c50="#f2f6f8",
    c100="#e0eaef",
    c200="#bfd3dd",
    c300="#93b4c4",
    c400="#5f8ea5",
    c500="#36708b",
    c600="#1f5a75",
    c700="#1a4a61",
    c800="#173d50",
    c900="#133140",
    c950="#0c202b",
    name="duban",
)
_PAPER = Color(
    c50="#f7f6f2",
    c100="#efede7",
    c200="#dfdcd3",
    c300="#c6c2b7",
    c400="#98958b",
    c500="#6b6961",
    c600="#55534c",
    c700="#403f3a",
    c800="#2a2a27",
    c900="#1e1f1d",
    c950="#151614",
    name="paper",
)


def theme() -> Base:
    """Ink blue on warm paper, in light and dark."""
    return Base(
        primary_hue=_INK,
        secondary_hue=_INK,
        neutral_hue=_PAPER,
        font=[Font(name) for name in _FONTS],
        font_mono=[Font("ui-monospace"), Font("monospace")],
    ).set(
        body_background_fill="*neutral_50",
        body_text_color="*neutral_900",
        body_text_color_dark="*neutral_100",
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        link_text_color="*primary_700",
        link_text_color_dark="*primary_300",
        link_text_color_hover_dark="*primary_200",
    )


def page_head() -> str:
    """The words and the script all parts of the page share; inline, so that they run before the first of them."""
    scripts = [catalogue_script(), script("page.js"), script("originals.js")]
    return f"<script>{''.join(scripts)}</script>"


def script(name: str) -> str:
    """The text of a script that comes with this package."""
    return (_FOLDER / name).read_text(encoding="utf-8")
