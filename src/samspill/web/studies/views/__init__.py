"""The pages of a study, one module a page or two."""
