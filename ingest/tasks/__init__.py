"""The ledger of a document: its rectification tasks with their fields and measures.

Three shapes occur in the genre. A task list has *labelled* issues (牵头单位：… 整改时限：…), whose measures carry
their own units and limits. In some, the fields of an issue are *headings* with the text below them
(（一）整改目标 …). Plans and reports without either have *numbered items* under a part such as 整改措施 or
重点任务; there the item is the task, with the units in its closing bracket if there are any. Where a document
has issues with fields, they are its tasks, with the numbered items beside them that lack fields.

`labelled`, `headed` and `items` each find and read one shape; `measures` reads what any of them has to do;
`context` holds what all of them need of the document; `reader` puts the ledger together.
"""

from ingest.tasks.reader import TaskReader

__all__ = ["TaskReader"]
