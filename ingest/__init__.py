"""From a file to text with exact offsets, its outline, passages and ledger records.

This package is pure: a path or a text goes in, frozen records come out. It knows nothing of stores,
models or questions.
"""
