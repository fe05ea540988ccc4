"""Theme and style sheet: system fonts only, nothing fetched from elsewhere."""

from __future__ import annotations

from pathlib import Path

import gradio as gr
from gradio.themes import Base, Color, Font

STYLE_SHEET = Path(__file__).parent / "style.css"
# Chinese faces first: a system's own default often brings Latin letters that do not go with them.
_FONTS = (
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "system-ui",
    "sans-serif",
)
_BLUE = Color(
    c50="#f1f6fb",
    c100="#dfeaf5",
    c200="#bfd5ea",
    c300="#93b7da",
    c400="#5f92c4",
    c500="#3a73ab",
    c600="#245a91",
    c700="#1d4875",
    c800="#193a5e",
    c900="#15304d",
    c950="#0d1f33",
    name="duban",
)


def theme() -> Base:
    """A quiet blue on grey, in light and dark."""
    return Base(
        primary_hue=_BLUE,
        secondary_hue=_BLUE,
        neutral_hue=gr.themes.colors.slate,
        radius_size=gr.themes.sizes.radius_sm,
        font=[Font(name) for name in _FONTS],
        font_mono=[Font("ui-monospace"), Font("monospace")],
    ).set(
        body_background_fill="*neutral_50",
        body_text_color_subdued="*neutral_500",
        link_text_color_dark="*primary_300",
        link_text_color_hover_dark="*primary_200",
    )
