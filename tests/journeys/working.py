"""The worker, which in the journeys works when it is told to."""

from __future__ import annotations


def work() -> None:
    """Do what waits, as the worker beside the server does."""
    from samspill.web.jobs.models import Job
    from samspill.web.jobs.running import run_job

    for job in Job.objects.filter(state="waiting"):
        run_job.call(str(job.identifier))
        job.refresh_from_db()
        assert (job.state, job.error) == ("done", "")
