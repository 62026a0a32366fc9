"""Pages of fieldwork, one module for each part of it."""
