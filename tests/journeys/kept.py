"""What is dear to load is loaded once in a process; for later tests the database is copied."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection

_KEPT: dict[str, Any] = {}


def loaded(name: str, load: Callable[[], object]) -> None:
    """Fill the test's database as ``load`` does; ``name`` is what it is remembered by."""
    if connection.vendor != "sqlite":
        load()
    elif name in _KEPT:
        connection.ensure_connection()
        _KEPT[name].backup(connection.connection)
        ContentType.objects.clear_cache()
    else:
        load()
        copy = connection.Database.connect(":memory:", check_same_thread=False)
        connection.connection.backup(copy)
        _KEPT[name] = copy
