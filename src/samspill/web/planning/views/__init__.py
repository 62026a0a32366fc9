"""The pages of the plan, one module a page or two."""
