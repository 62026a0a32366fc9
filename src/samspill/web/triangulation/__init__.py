"""Do the sources say the same? Interviews, survey and register of a study side by side."""
