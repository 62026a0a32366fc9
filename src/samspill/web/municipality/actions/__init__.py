"""The only ways to change what stands at a municipality's desk, each with its line in the log."""
