"""How exactly the ledger is read: every field against hand-made gold and against generated plans.

`expected` is what should be read, `facts` breaks it and what was read into comparable values, `scoring` counts
them. `gold` and `figures` read the hand-made records of the shipped documents; `content`, `phrases`, `marks`,
`layouts`, `tables`, `files` and `plans` make up plans whose records are known. `run` reads both and `report` shows
the figures. The property tests and `duban eval --ledger` use the same gold and the same plans.
"""
