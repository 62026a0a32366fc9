"""The page that reads many small groups together, and the one on ordered answers."""
