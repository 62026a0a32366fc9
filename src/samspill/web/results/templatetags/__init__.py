"""Tags of the templates of results."""
