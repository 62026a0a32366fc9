"""Queries and inserts that every request makes: their SQL is written once, not each time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models.query import get_related_populators
from django.db.models.sql import InsertQuery

Found = TypeVar("Found", bound=models.Model)


class Prepared(Generic[Found]):
    """Model instances by one value, as a query set would give them.

    ``query`` makes the query set for a value, and is called once in each thread with ``specimen``:
    a value that no other parameter of the query equals. ``select_related``, ``only`` and
    annotations hold; prefetching, and a query that depends on the moment, do not.
    """

    def __init__(self, query: Callable[[Any], models.QuerySet[Found]], specimen: Any) -> None:
        self._query = query
        self._specimen = specimen
        self._written = threading.local()

    def all(self, value: Any) -> list[Found]:
        """The instances for a value, in the query's order."""
        written: _Written[Found] | None = getattr(self._written, "by_thread", None)
        if written is None:
            written = self._written.by_thread = _Written(self._query(self._specimen))
        given = tuple(value if one == self._specimen else one for one in written.parameters)
        with connection.cursor() as cursor:
            cursor.execute(written.sql, given)
            rows = cursor.fetchall()
        return [written.instance(row) for row in written.converted(rows)]

    def first(self, value: Any) -> Found | None:
        """The first of them; None where there is none."""
        return next(iter(self.all(value)), None)


class PreparedInsert(Generic[Found]):
    """Writes new instances of a model, as ``save`` would, but for two things: nobody is told
    (signals), and the instance does not learn its key."""

    def __init__(self, model: type[Found]) -> None:
        self._model = model
        self._written = threading.local()

    def __call__(self, instance: Found) -> None:
        """Write one; ``auto_now_add`` and its like are set on the instance."""
        sql: str | None = getattr(self._written, "sql", None)
        if sql is None:
            sql = self._written.sql = self._sql(instance)
        values = [
            field.get_db_prep_save(field.pre_save(instance, add=True), connection)
            for field in self._fields
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)

    @property
    def _fields(self) -> list[models.Field[Any, Any]]:
        return [f for f in self._model._meta.concrete_fields if not f.primary_key]

    def _sql(self, instance: Found) -> str:
        query = InsertQuery(self._model)
        query.insert_values(self._fields, [instance])
        ((sql, _),) = query.get_compiler(connection=connection).as_sql()
        return str(sql)


class _Written(Generic[Found]):
    """SQL, and how its rows become instances (as in Django's ``ModelIterable``)."""

    def __init__(self, query: models.QuerySet[Found]) -> None:
        self._compiler = compiler = query.query.get_compiler(connection=connection)
        self.sql, self.parameters = compiler.as_sql()
        information: Any = compiler.klass_info
        columns = information["select_fields"]
        self._own = slice(columns[0], columns[-1] + 1)
        select: Any = compiler.select
        self._names = [column[0].target.attname for column in select[self._own]]
        self._model: type[Found] = information["model"]
        self._related = get_related_populators(information, select, connection.alias)  # type: ignore[call-arg]
        self._annotations = dict(compiler.annotation_col_map or {})
        self._converters = compiler.get_converters([column[0] for column in select])

    def converted(self, rows: Any) -> Any:
        return self._compiler.apply_converters(rows, self._converters)

    def instance(self, row: list[Any]) -> Found:
        found = self._model.from_db(connection.alias, self._names, row[self._own])
        for related in self._related:
            related.populate(row, found)
        for name, column in self._annotations.items():
            setattr(found, name, row[column])
        return found
