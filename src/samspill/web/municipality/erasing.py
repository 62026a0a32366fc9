"""What holds something of a person besides the register and the log, told by each app itself.

An app declares its holdings in ``<app>/holdings.py``, found by itself; ``actions.persons`` empties
them all.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils.functional import Promise

from samspill.web.audit.erasing import Traces
from samspill.web.municipality.models import Entry, Municipality

Actor: TypeAlias = AbstractBaseUser | str
Words: TypeAlias = str | Promise


@dataclass(frozen=True)
class Person:
    """Someone to be erased: the entries that are about the person, and the texts by which the
    person is known, past ones too. ``anywhere`` are those that are looked for everywhere; a name of
    one word, which may be a word like any other, is not among them."""

    actor: Actor
    municipality: Municipality
    entries: tuple[Entry, ...]
    texts: tuple[str, ...]

    @property
    def anywhere(self) -> list[str]:
        return [text for text in self.texts if not is_one_word(text)]

    @property
    def addresses(self) -> list[str]:
        """E-mail addresses, in lower case."""
        return [text.casefold() for text in self.texts if "@" in text]

    @cached_property
    def traces(self) -> Traces:
        return Traces(self.anywhere)


@dataclass(frozen=True, slots=True)
class Holding:
    """Something that is emptied. ``told`` says what is taken out; ``take_out`` does it, and gives
    how much there was."""

    name: str
    told: Words
    take_out: Callable[[Person], int]


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that stays. ``told`` says what and why; ``count`` how much, asked beforehand."""

    name: str
    told: Words
    count: Callable[[Person], int]


HOLDINGS: dict[str, Holding] = {}
KEPT: dict[str, Kept] = {}


def declare(*found: Holding | Kept) -> None:
    """Say what an app holds of persons. The order is that in which it is emptied."""
    for one in found:
        if isinstance(one, Holding):
            HOLDINGS[one.name] = one
        else:
            KEPT[one.name] = one


def is_one_word(text: str) -> bool:
    """Whether a text may be a word like any other: one word that is no address and no number."""
    return len(text.split()) == 1 and "@" not in text and not any(c.isdigit() for c in text)


def sweep(rows: models.QuerySet[Any], traces: Traces) -> int:
    """Take texts out of every free text of some rows, e-mail addresses whole; gives the number of
    rows that held any. Choices, identifiers and keys are no free text."""
    columns = free_texts(rows.model)
    changed = 0
    for row in rows.only("pk", *(c.name for c in columns)).iterator(chunk_size=500):
        values = {}
        for column in columns:
            value = getattr(row, column.name)
            if traces.stand_in(value):
                values[column.attname] = _without(column, value, traces)
        if values:
            rows.model._default_manager.filter(pk=row.pk).update(**values)
            changed += 1
    return changed


def rows_under(
    owner: models.Model, *, left_out: Collection[str] = ()
) -> Iterator[models.QuerySet[Any]]:
    """Every row that belongs to a municipality or a study by its foreign keys, table by table, in
    all apps but those ``left_out``. What belongs to a user alone is not among them."""
    for model in apps.get_models():
        path = None if model._meta.app_label in left_out else _path(model, type(owner))
        if path is not None:
            yield model._default_manager.filter(**{path: owner.pk})


def _path(model: type[models.Model], owner: type[models.Model]) -> str | None:
    """The shortest way by foreign keys from a table to its owner's, as a look-up."""
    if model is owner:
        return "pk"
    seen, ways = {model}, [("", model)]
    while ways:
        longer = []
        for start, here in ways:
            for field in here._meta.concrete_fields:
                to = field.related_model
                if not isinstance(to, type) or to is get_user_model():
                    continue
                way = f"{start}__{field.name}" if start else field.name
                if to is owner:
                    return way
                if to not in seen:
                    seen.add(to)
                    longer.append((way, to))
        ways = longer
    return None


def free_texts(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns of a table in which somebody has written something."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not isinstance(field, models.SlugField)
        and not field.choices
        and not field.unique
        and not field.primary_key
    ]


def bytes_hold(content: bytes, traces: Traces) -> bool:
    """Whether any of the texts stands in a file, or in a file that is packed in it."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return any(bytes_hold(packed.read(name), traces) for name in packed.namelist())
    encodings = ("utf-8", "utf-16", "latin-1")
    return any(traces.stand_in(content.decode(code, "ignore")) for code in encodings)


def _without(column: models.Field[Any, Any], value: Any, traces: Traces) -> Any:
    if isinstance(column, models.EmailField):
        return ""
    text = traces.without(value)
    return text[: column.max_length] if isinstance(text, str) else text
