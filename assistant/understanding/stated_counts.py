"""Whether a question sets a number that the text states against what it really lists: 说滞后3项，实际列了几项."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.query import Query
from assistant.vocabulary import asks, load_words


@dataclass(frozen=True, slots=True)
class StatedCount:
    """What is counted: `words`, any of which tells the kind in the document; all tasks where there are none."""

    words: tuple[str, ...] = ()


def asked_count(query: Query) -> StatedCount | None:
    """The kind of entry whose stated and real numbers are asked for; None where a question asks for neither."""
    if not asks("operations", "stated_count", query.text):
        return None
    kinds: list[list[str]] = load_words("questions")["counted_kinds"]["sets"]
    for words in kinds:
        spoken = next((word for word in words if re.search(word, query.text)), None)
        if spoken is not None:
            # The document's own word (滞后) is another kind than its neighbour (逾期).
            own = [
                word for word in words if word == spoken and re.fullmatch(r"[\u4e00-\u9fff]+", word)
            ]
            return StatedCount(tuple(own or words))
    return StatedCount()
