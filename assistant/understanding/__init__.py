"""From a question with its history to a `Query`, by recognisers that each know one thing.

Nothing here knows a document or a question: names come from the ingested documents, wording from
`assistant/vocabulary/questions.toml`.
"""

from assistant.understanding.rules import RuleUnderstanding

__all__ = ["RuleUnderstanding"]
