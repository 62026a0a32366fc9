"""Django's backend for SQLite, with durable commits and one write lock for all who share a file."""
