"""What takes long, done before the first request instead of in it."""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection

if TYPE_CHECKING:
    from samspill.web.studies.models import Study

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
    from samspill.web.results.published import edition

    _published_beside(edition)


def make_overviews_beside() -> None:
    """Compute in a thread of its own what the front page shows of published studies."""
    from samspill.web.results.warming import warm_overview

    _published_beside(warm_overview)


def make_pages_beside() -> None:
    """Compute in a thread of its own what the pages of published studies show."""
    from samspill.web.results.warming import warm

    _published_beside(warm)


def _published_beside(make: Callable[[Study], object]) -> None:
    threading.Thread(target=_each_published, args=(make,), name="warming", daemon=True).start()


def _each_published(make: Callable[[Study], object]) -> None:
    from samspill.web.results.warming import warm_published

    try:
        warm_published(make)
    except DatabaseError as error:
        log.warning("The published studies cannot be made ready: %s", error)
    finally:
        connection.close()
