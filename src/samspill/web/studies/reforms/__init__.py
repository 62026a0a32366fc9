"""Units through reforms: what a table of changes does to a study's units, and what can be compared
between two days after it."""
