"""Django's backend for SQLite, in WAL, with durable commits and one write lock.

``atomic`` is for blocks that write: it takes the lock. Reading needs none and never waits.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3._functions import register  # type: ignore[import-untyped]
from django.db.backends.sqlite3.base import DatabaseWrapper as DjangoWrapper

from samspill.web.database.sqlite.client import ReadingClient
from samspill.web.database.sqlite.connection import Connection, Cursor
from samspill.web.database.sqlite.driver import Database
from samspill.web.database.sqlite.lock import WriteLock

TIMEOUT = 30.0


class DatabaseWrapper(DjangoWrapper):
    """A connection to a SQLite database. Of ``OPTIONS`` only ``timeout`` (seconds) is of use."""

    Database = Database
    client_class = ReadingClient

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        self.transaction_mode = "IMMEDIATE"
        return {"timeout": TIMEOUT, **params, "factory": Connection}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        name = str(conn_params["database"])
        path = None if self.is_in_memory_db() else Path(name)
        connection: Connection = Database.connect(**conn_params)
        connection.lock = WriteLock(name, path, conn_params["timeout"])
        connection.statements = threading.RLock()
        register(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA legacy_alter_table = OFF")
        connection.execute("PRAGMA synchronous = FULL")
        if path is not None:
            _write_ahead(connection)
        return connection

    def create_cursor(self, name: str | None = None) -> Cursor:
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor


def _write_ahead(connection: Connection) -> None:
    """Bring a database to WAL, once in its life; it stays so."""
    if _mode(connection, "PRAGMA journal_mode") == "wal":
        return
    connection.take()
    try:
        mode = _mode(connection, "PRAGMA journal_mode = WAL")
    finally:
        connection.settle()
    if mode != "wal":
        raise ImproperlyConfigured(
            "SQLite cannot keep a write-ahead log in the data folder. Choose a folder on a disk of "
            "this machine, or use PostgreSQL (DATABASE_URL)."
        )


def _mode(connection: Connection, query: str) -> str:
    return str(connection.execute(query).fetchone()[0])
