"""Time limits: from 预计2024年底前 in a sentence to a typed range with its exact words.

A date in a document of this genre is a limit, an event, a status date or part of a name, and only the
words around it tell which. So every time expression of a paragraph is read first (years that the text
leaves out are carried over from the date before), and then kept or dropped by its marks (前, 到), by the
words at its edges, and by its place in time: a bare date that lies before the document was signed is
something that happened.

`dated` decides that; `undated` reads limits without a date of their own (立行立改, 3个月内, 汛期前); `finding`
puts the limits of running text together; `fields` reads labelled ones (整改时限：…). The words all of them
go by are in `patterns`.
"""

from ingest.anchor import Anchor
from ingest.deadlines.fields import days_in_field, is_status, parse_deadline_field
from ingest.deadlines.finding import find_deadlines
from ingest.deadlines.undated import later

__all__ = [
    "Anchor",
    "days_in_field",
    "find_deadlines",
    "is_status",
    "later",
    "parse_deadline_field",
]
