"""Pages of results, a module each. ``common`` has what they share."""
