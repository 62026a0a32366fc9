"""SQLite as this application uses it: a current library, durable writes, one writer at a time."""
