"""All tasks of a document, in its order, whichever shapes they have."""

from __future__ import annotations

from ingest.anchor import Anchor
from ingest.outline import Node
from ingest.records import Section, Task
from ingest.tasks.context import Context, within
from ingest.tasks.headed import headed_issues, read_headed
from ingest.tasks.items import items_beside, items_of_plan, read_item
from ingest.tasks.labelled import is_sheet, labelled_issues, read_labelled
from ingest.tasks.letters import read_letter


class TaskReader:
    """Reads the tasks of one document from its outline."""

    def __init__(
        self, text: str, sha256: str, sections: dict[int, Section], anchor: Anchor
    ) -> None:
        self._context = Context(text, sha256, sections, anchor)

    def read(self, root: Node) -> tuple[Task, ...]:
        headed = {id(node) for node in headed_issues(root)}
        found = labelled_issues(self._context.text, root)
        labelled = {id(node) for node in found if not within(node, headed)}
        issues = labelled | headed
        items = items_beside(root, issues) if issues else items_of_plan(self._context.text, root)
        plain = {id(node) for node in items}
        if not issues | plain and is_sheet(self._context.text, root):
            return (read_labelled(self._context, root),)
        if not issues | plain and (letter := read_letter(self._context, root)):
            return (letter,)
        return tuple(
            self._task(node, id(node) in labelled, id(node) in headed)
            for node in root.walk()
            if id(node) in issues | plain
        )

    def _task(self, node: Node, labelled: bool, headed: bool) -> Task:
        if labelled:
            return read_labelled(self._context, node)
        return read_headed(self._context, node) if headed else read_item(self._context, node)
