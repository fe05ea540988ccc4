"""An answer's Markdown as paragraphs and tables of a Word document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.tree import SyntaxTreeNode

from assistant.word import add_paragraph, add_table
from ui.markdown import parse

if TYPE_CHECKING:
    from docx.document import Document


def add_answer(paper: Document, markdown: str) -> None:
    """Add an answer block by block; its marks stay as they are written, [1]."""
    for block in SyntaxTreeNode(parse(markdown)).children:
        if block.type == "table":
            rows = [
                [words_of(cell) for cell in row.children]
                for part in block.children
                for row in part.children
            ]
            add_table(paper, rows[0], rows[1:])
        elif block.type in ("bullet_list", "ordered_list"):
            for item in block.children:
                add_paragraph(paper, f"• {words_of(item)}")
        else:
            add_paragraph(paper, words_of(block))


def words_of(node: SyntaxTreeNode) -> str:
    """The text of a block without its signs."""
    if node.children:
        return "".join(words_of(child) for child in node.children)
    return " " if node.type in ("softbreak", "hardbreak") else node.content
