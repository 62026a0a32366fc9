"""Jobs that a worker was killed in the middle of."""

from __future__ import annotations

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from samspill.web.jobs.models import Job


@transaction.atomic
def ask_again() -> int:
    """Put work that no worker does any more back in the queue, and say how much.

    To be called where the only worker starts.
    """
    count: int = DBTaskResult.objects.filter(status="RUNNING").update(
        status="READY", started_at=None
    )
    Job.objects.filter(state="running").update(state="waiting", done=0, total=0, message="")
    return count
