"""Which sentences answer a question: what it asks (`asked`), what a sentence is (`shapes`), how well they fit.

`signals` measures the fit of the two in numbers, `weights` holds what the numbers are worth together, learned
from the evidence of the question sets by `python -m evals.fit_ranking`. No signal knows a document or a question.
"""
