"""How the database is reached: SQLite with one write lock; PostgreSQL has Django's own backend."""
