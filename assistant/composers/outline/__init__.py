"""How a document is made up: its particulars, sections, articles, points and annexes."""
