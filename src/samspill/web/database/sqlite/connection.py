"""A connection that writes only while it holds the write lock."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX

from samspill.web.database.sqlite.driver import Database
from samspill.web.database.sqlite.lock import LockTimeout, WriteLock

READS = re.compile(
    r"\s*(?:SELECT|EXPLAIN|SAVEPOINT|PRAGMA\s+(?:foreign_keys|foreign_key_list|foreign_key_check|"
    r"table_x?info|index_list|index_x?info|legacy_alter_table|busy_timeout|synchronous)\b|"
    r"PRAGMA\s+journal_mode\s*$)",
    re.IGNORECASE,
)


class Connection(Database.Connection):  # type: ignore[misc]
    """Gives the lock back whenever no transaction is open any more."""

    lock: WriteLock
    statements: threading.RLock
    """Held while the driver looks a statement up among those it has prepared, which it cannot do
    for two threads at once; a database in memory has one connection for all threads."""

    def commit(self) -> None:
        try:
            super().commit()
        finally:
            self.settle()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self.settle()

    def close(self) -> None:
        super().close()
        self.lock.close()

    def take(self) -> None:
        try:
            self.lock.acquire()
        except LockTimeout:
            raise Database.OperationalError("database is locked") from None

    def settle(self) -> None:
        if not self.in_transaction:
            self.lock.release()


class Cursor(Database.Cursor):  # type: ignore[misc]
    """Takes the lock before the first statement that may write, and keeps it to the end of the
    transaction; a statement on its own is a transaction.

    The rows that such a statement returns are fetched at once, since SQLite commits it only when
    the last has been given.
    """

    _rows: Iterator[Any] | None = None

    def execute(self, query: str, params: Any = None) -> Cursor:
        self._rows = None
        if params is not None:
            query = _converted(query, tuple(params) if isinstance(params, Mapping) else None)
        given = () if params is None else (params,)
        if self.connection.lock.held or READS.match(query):
            self._run(query, *given)
            if self.connection.lock.held:
                self.connection.settle()
            return self
        self.connection.take()
        try:
            self._run(query, *given)
            if self.description is not None:
                self._rows = iter(super().fetchall())
        finally:
            self.connection.settle()
        return self

    def executemany(self, query: str, params: Iterable[Any]) -> Cursor:
        self._rows = None
        rows = list(params)
        named = bool(rows) and isinstance(rows[0], Mapping)
        query = _converted(query, tuple(rows[0]) if named else None)
        if self.connection.lock.held:
            self._run_all(query, rows)
            return self
        self.connection.take()
        try:
            self._run_all(query, rows)
        finally:
            self.connection.settle()
        return self

    def _run(self, query: str, *given: Any) -> None:
        with self.connection.statements:
            super().execute(query, *given)

    def _run_all(self, query: str, rows: list[Any]) -> None:
        with self.connection.statements:
            super().executemany(query, rows)

    def fetchone(self) -> Any:
        return super().fetchone() if self._rows is None else next(self._rows, None)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        wanted = self.arraysize if size is None else size
        if self._rows is None:
            return list(super().fetchmany(wanted))
        return [row for _, row in zip(range(wanted), self._rows, strict=False)]

    def fetchall(self) -> list[Any]:
        return list(super().fetchall() if self._rows is None else self._rows)

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        return super().__next__() if self._rows is None else next(self._rows)


@lru_cache(maxsize=1000)
def _converted(query: str, names: tuple[str, ...] | None) -> str:
    """The query with SQLite's marks for parameters instead of Django's."""
    if names is None:
        return FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
    return query % {name: f":{name}" for name in names}
