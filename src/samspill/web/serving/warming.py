"""What takes long, done before the first request instead of in it."""

from __future__ import annotations

import importlib
import logging
import threading

from django.db import DatabaseError, connection

from samspill.errors import SamspillError

log = logging.getLogger(__name__)

HEAVY = (
    "polars",
    "altair",
    "vl_convert",
    "samspill.analysis",
    "samspill.presentation",
    "samspill.instrument",
    "samspill.web.urls",
)


def warm_imports() -> None:
    """Import what pages need. Needs Django's settings."""
    for name in HEAVY:
        importlib.import_module(name)


def open_editions_beside() -> None:
    """Open every published study in a thread of its own, while requests are answered already."""
    threading.Thread(target=_open_editions, name="editions", daemon=True).start()


def _open_editions() -> None:
    from samspill.web.results.published import edition
    from samspill.web.studies.models import Study

    try:
        for study in Study.objects.exclude(published_at=None):
            try:
                edition(study)
            except SamspillError as error:
                log.warning("The results of '%s' cannot be opened: %s", study.slug, error)
    except DatabaseError as error:
        log.warning("The published studies cannot be opened: %s", error)
    finally:
        connection.close()
