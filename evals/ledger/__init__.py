"""How exactly the ledger is read: every field against hand-made gold and against generated plans.

`expected` is what should be read, `facts` breaks it and what was read into comparable values, `scoring` counts
them. `gold` reads the hand-made records of the shipped documents; `content`, `phrases`, `layouts`, `tables` and
`plans` make up plans whose records are known. The property tests and `duban eval --ledger` use the same generator.
"""
