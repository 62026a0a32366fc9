"""The pages of a study's design."""
