"""Whether a question asks if a body has anything to do at all (区水务局有任务吗), and which body."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.ledger import Role
from assistant.library import Library
from assistant.query import Query, UnitMention
from assistant.understanding.names import group_members
from assistant.understanding.topic import asks_of_all, without_subjects
from assistant.vocabulary import asks


def body_in_doubt(query: Query, library: Library) -> UnitMention | None:
    """The body whose having tasks is asked about; None where nothing of the kind is asked."""
    if not asks("operations", "presence", query.text):
        return None
    mentions: Sequence[UnitMention] = query.wanted_units
    if not mentions:
        bare = without_subjects(query.text, library)
        names = group_members(bare, library, query.documents)
        mentions = [UnitMention(name) for name in dict.fromkeys(names)]
    # 承担 and 负责 ask for anything at all here, 牵头 for that role.
    if len(mentions) != 1 or mentions[0].role not in (None, Role.RESPONSIBLE):
        return None
    name = mentions[0].name
    return UnitMention(name) if asks_of_all(query, library, [name]) else None
