"""What the records of tasks answer: lists, counts, fields of one task, states of rows."""
