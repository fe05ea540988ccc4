"""Which sentences answer a question: what it asks (`asked`), what a sentence is (`shapes`), how well they fit.

`signals` measures the fit of the two in numbers, `weights` holds what each number is worth, fitted to the
evidence of the question sets by `python -m evals.fit_ranking`. No signal knows a document or a question.
"""
