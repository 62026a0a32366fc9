"""Results of a study: explorer, figures, tables, and where each number comes from."""
