"""From a file to rows that may be taken in, or every fault with its place."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.core.validators import slug_re
from django.utils.translation import gettext as _

from samspill.errors import InvalidInput, Message, Problem, SamspillError
from samspill.register import LISTS, TABLES, Column, Kind
from samspill.register.arriving import Arriving, check_arriving, read_arriving
from samspill.web.municipality.content import register_of
from samspill.web.municipality.models import MODELS, Municipality

LARGEST = 50_000_000
"""Bytes of a file that is taken in."""
LARGEST_INTEGER = 2**31 - 1
"""What every database holds in an ``IntegerField``."""


def read(municipality: Municipality, filename: str, content: bytes, table: str) -> Arriving:
    """What a file would bring into the register; ``table`` where the file does not say it.

    Raises:
        SamspillError: the file is another municipality's; InvalidInput with every fault.
    """
    with tempfile.TemporaryDirectory(prefix="samspill-") as folder:
        path = Path(folder) / (Path(filename).name or "file")
        path.write_bytes(content)
        arriving = read_arriving(path, table or None)
    _refuse_another(municipality, arriving)
    problems = [*check_arriving(register_of(municipality), arriving), *_unfit(arriving)]
    if problems:
        raise InvalidInput(Message("The file “{name}”", name=filename), problems)
    return arriving


def _refuse_another(municipality: Municipality, arriving: Arriving) -> None:
    if arriving.municipality_code not in {"", municipality.code}:
        raise SamspillError(
            _("The file is of the municipality %(other)s, not of %(code)s.")
            % {"other": arriving.municipality_code, "code": municipality.code},
            _("Choose a file of this municipality."),
        )
    if arriving.invented is not None and arriving.invented != municipality.invented:
        raise SamspillError(
            _("Invented data and real ones do not go into the same register."),
            _("Choose a file of this municipality."),
        )


def _unfit(arriving: Arriving) -> Iterator[Problem]:
    """What the database does not hold: too long, too large, or a name that no address can have."""
    for table, rows in arriving.tables.items():
        file = arriving.files[table]
        most = {column.name: _most(table, column) for column in TABLES[table].columns}
        for number, row in enumerate(rows, 1):
            if not slug_re.fullmatch(str(row["identifier"])):
                message = _("“%(value)s” cannot be an identifier.") % {"value": row["identifier"]}
                step = _("Use letters from A to Z, digits, - and _, without spaces.")
                yield Problem(file, number, "identifier", message, step)
            for name, value in row.items():
                limit = most[name]
                if limit is None:
                    continue
                if isinstance(value, str) and len(value) > limit:
                    message = _("The text is longer than %(length)s characters.")
                    yield Problem(file, number, name, message % {"length": limit}, _("Shorten it."))
                elif isinstance(value, int) and abs(value) > limit:
                    message = _("The number is larger than %(limit)s.") % {"limit": limit}
                    yield Problem(file, number, name, message, _("Correct it."))


def _most(table: str, column: Column) -> int | None:
    """The longest text or the largest number that the database holds in a column."""
    if column.kind in LISTS or column.kind is Kind.REFERENCE:
        return None
    field = MODELS[table]._meta.get_field(column.name)
    if field.get_internal_type() == "IntegerField":
        return LARGEST_INTEGER
    length: int | None = getattr(field, "max_length", None)
    return length
