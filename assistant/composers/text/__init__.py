"""Answers quoted from running text: the sentences that answer, and what they are about."""
