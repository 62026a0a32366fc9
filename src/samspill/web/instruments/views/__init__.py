"""The pages of a study's questionnaires, one module a task."""
