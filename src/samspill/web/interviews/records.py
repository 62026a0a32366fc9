"""Rows of the material as plain content: what a change keeps of them, and how they come back."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from django.db import models

from samspill.web.interviews.models import (
    Code,
    Coder,
    Coding,
    Judgement,
    KnownName,
    Memo,
    Settlement,
    Source,
    Suggestion,
    Verdict,
)

Row: TypeAlias = models.Model
Content: TypeAlias = dict[str, Any]

TABLES: Mapping[str, type[Row]] = MappingProxyType(
    {
        "coder": Coder,
        "code": Code,
        "source": Source,
        "coding": Coding,
        "memo": Memo,
        "name": KnownName,
        "suggestion": Suggestion,
        "settlement": Settlement,
        "judgement": Judgement,
        "verdict": Verdict,
    }
)
"""What changes are kept of; each stands after those that it refers to."""

NAMES: Mapping[type[Row], str] = MappingProxyType({model: name for name, model in TABLES.items()})


def columns(model: type[Row]) -> list[str]:
    """The columns of a table but its key."""
    return [f.attname for f in model._meta.concrete_fields if not f.primary_key]


def column_names(model: type[Row], fields: Iterable[str]) -> list[str]:
    """The columns of fields: ``code_id`` of ``code``."""
    named = {f.name: f.attname for f in model._meta.concrete_fields}
    return [named[name] for name in fields]


def content(row: Row, names: Iterable[str] | None = None) -> Content:
    """What a row holds, in values that JSON has; only the columns ``names``, where given."""
    return {name: plain(getattr(row, name)) for name in names or columns(type(row))}


def plain(value: Any) -> Any:
    """A column's value as JSON holds it."""
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def restore(model: type[Row], key: int, kept: Content) -> Row:
    """A row, unsaved, with the key and the content that were kept of it."""
    return fill(model(pk=key), kept)


def fill(row: Row, kept: Content) -> Row:
    """Give a row the content that was kept."""
    fields = {field.attname: field for field in row._meta.concrete_fields}
    for name, value in kept.items():
        setattr(row, name, None if value is None else fields[name].to_python(value))
    return row
