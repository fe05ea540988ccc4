"""Whether the documents bear out what is asked: nothing found, wrong premises, places that do not agree."""
