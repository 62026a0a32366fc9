"""From a folder, empty or of an older version, to an application that can be served."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from samspill.web import assets


def prepare() -> None:
    """Bring style sheets, translations and database up to date, one process at a time.

    Needs Django's settings. Raises SamspillError where the style sheets cannot be fetched.
    """
    with _locked(Path(settings.DATA) / "prepare-lock"):
        assets.collect()
        call_command("migrate", interactive=False, verbosity=0)
    connections.close_all()


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
