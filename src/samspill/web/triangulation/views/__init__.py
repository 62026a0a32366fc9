"""Pages of the comparison of sources."""
