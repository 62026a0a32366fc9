"""Taking away the files that work has made, before their time."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from samspill.web.jobs.models import Job


def take_away_files(jobs: Iterable[Job]) -> int:
    """Remove what some jobs have written once the change is saved; gives how many had a file. Their
    pages say no longer that there is one."""
    found = [job for job in jobs if job.result]
    keys = [job.pk for job in found]
    Job.objects.filter(pk__in=keys).update(result="", filename="")
    for key in keys:
        folder = Path(settings.MEDIA_ROOT) / "jobs" / str(key)
        transaction.on_commit(partial(shutil.rmtree, folder, ignore_errors=True))
    return len(found)
