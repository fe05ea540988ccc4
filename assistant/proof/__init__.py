"""What a statement may be checked for: its figures, dates, bodies, persons, titles, duties and limiting words.

Each module reads one kind of thing out of a text and tells whether the evidence has it. `assistant.verify` puts
them together.
"""
