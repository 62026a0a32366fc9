"""What a SQLite database is made of, however it came to be."""

from __future__ import annotations

import re
from typing import Any

KEPT_BY_THE_DATABASE = ("sqlite_", "django_migrations")


def schema(cursor: Any) -> dict[str, set[str]]:
    """Of each table and index its clauses (columns with types, keys, checks), in any order."""
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    made = cursor.fetchall()
    return {
        name: set(_clauses(sql)) for name, sql in made if not name.startswith(KEPT_BY_THE_DATABASE)
    }


def _clauses(sql: str) -> list[str]:
    """``CREATE TABLE t (a, b(c, d))`` as ``CREATE TABLE t``, ``a`` and ``b(c, d)``."""
    head, body = sql.split("(", 1)
    found, depth, inside = [""], 0, False
    for sign in body.rpartition(")")[0]:
        inside ^= sign == "'"
        depth += 0 if inside else {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth and not inside:
            found.append("")
        else:
            found[-1] += sign
    return [re.sub(r"\s+", " ", clause).strip() for clause in (head, *found)]
