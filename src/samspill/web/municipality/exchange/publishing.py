"""What anyone may see of the register, in the forms that others read."""

from __future__ import annotations

import tempfile

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from samspill.register import TABLES, public_register
from samspill.register.interchange import Wishes, export
from samspill.web.audit.models import Event
from samspill.web.municipality.content import register_of
from samspill.web.municipality.models import Municipality

DATASETS = {
    "organizations.json": "hsds",
    "services.json": "hsds",
    "grants-360giving.json": "360giving",
    "grants-360giving.csv": "360giving",
    "grants-360giving.xlsx": "360giving",
    "calendar.ics": "ics",
    "register.xlsx": "xlsx",
    "catalogue.ttl": "dcat",
    "catalogue.jsonld": "dcat",
    **{f"{table}.csv": "csv" for table in TABLES},
}
"""The files that may be asked for, and the form of the library that writes each."""

TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".ttl": "text/turtle; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
KEPT = 24 * 3600
PAGE = "public_desk:data"
"""The one address of a municipality's open data."""


def dataset(municipality: Municipality, name: str, language: str) -> bytes | None:
    """A file of ``DATASETS``; None where nothing that it would hold is shown to anyone."""
    return files(municipality, DATASETS[name], language).get(name)


def shown_tables(municipality: Municipality) -> dict[str, int]:
    """How many rows of each table anyone may see something of, where there are any."""
    seen = public_register(register_of(municipality))
    return {table: len(rows) for table, rows in seen.tables.items() if rows}


def state(municipality: Municipality, language: str) -> str:
    """Changes when the files may: with the register, and with the day, which services are active
    by."""
    latest = Event.objects.filter(municipality=municipality.code).values_list("at", "pk").first()
    told = f"{latest[0].timestamp()}-{latest[1]}" if latest else "0"
    return f"{municipality.code}-{told}-{timezone.localdate().isoformat()}-{language}"


def files(municipality: Municipality, form: str, language: str) -> dict[str, bytes]:
    """The files of a form by name, which say that they are found at ``PAGE``."""
    address = settings.ADDRESS + reverse(PAGE, args=(municipality.code,))
    key = f"dataset-{form}-{state(municipality, language)}"
    found: dict[str, bytes] | None = cache.get(key)
    if found is None:
        found = _written(municipality, form, language, address)
        cache.set(key, found, KEPT)
    return found


def _written(
    municipality: Municipality, form: str, language: str, address: str
) -> dict[str, bytes]:
    now = timezone.now().replace(microsecond=0)
    wishes = Wishes(language, now, address=address, email=settings.DEFAULT_FROM_EMAIL)
    with tempfile.TemporaryDirectory(prefix="samspill-") as folder:
        paths = export(register_of(municipality), form, folder, wishes)
        return {path.name: path.read_bytes() for path in paths}
