"""Asking for work, and doing it in the worker.

@kind("results.report")
def build(work: Work, *, study: str) -> None: …

start("results.report", owner=None, language="nb", back="/results/…", study="norway-2018")
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from samspill.errors import SamspillError
from samspill.web.jobs.models import Job
from samspill.web.pages.faults import told, told_problems

PROBLEMS_SHOWN = 10
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Work:
    """What a kind of work is handed: where to write its result, and how to tell of progress."""

    job: Job

    @property
    def folder(self) -> Path:
        """A folder of its own for what the work writes."""
        path = Path(settings.MEDIA_ROOT) / "jobs" / str(self.job.identifier)
        path.mkdir(parents=True, exist_ok=True)
        return path

    def progress(self, done: int, total: int, message: str = "") -> None:
        Job.objects.filter(pk=self.job.pk).update(done=done, total=total, message=message[:200])

    def finish(self, path: Path, filename: str) -> None:
        """The file that is offered when the work is done."""
        self.job.result = str(path.relative_to(settings.MEDIA_ROOT))
        self.job.filename = filename


Kind = Callable[..., None]
_KINDS: dict[str, Kind] = {}


def kind(name: str) -> Callable[[Kind], Kind]:
    """Register a function as a kind of work; it stands in ``<app>/work.py``."""

    def register(function: Kind) -> Kind:
        _KINDS[name] = function
        return function

    return register


def start(name: str, *, owner: Any, language: str, back: str = "", **arguments: Any) -> Job:
    """Ask for work. The job's page is ``/jobs/<identifier>/``."""
    job = _asked(name, arguments, owner=owner, language=language, back=back)
    run_job.enqueue(str(job.identifier))
    return job


def start_later(name: str, *, after: datetime.timedelta, language: str, **arguments: Any) -> Job:
    """Ask for work that nobody waits for, to be begun after a while."""
    job = _asked(name, arguments, owner=None, language=language)
    run_job.using(run_after=timezone.now() + after).enqueue(str(job.identifier))
    return job


def _asked(name: str, arguments: dict[str, Any], **told: Any) -> Job:
    if name not in _KINDS:
        raise LookupError(f"There is no kind of work '{name}'.")
    return Job.objects.create(kind=name, arguments=arguments, **told)


@task()
def run_job(identifier: str) -> None:
    """Do the work of a job, in its language. A failure is told in the job, details in the log."""
    job = Job.objects.get(pk=identifier)
    job.state, job.started_at = "running", timezone.now()
    job.save(update_fields=["state", "started_at"])
    with translation.override(job.language):
        try:
            _KINDS[job.kind](Work(job), **job.arguments)
        except SamspillError as error:
            job.state = "failed"
            job.error = "\n".join([told(error), *told_problems(error, PROBLEMS_SHOWN)])
        except Exception:
            log.exception("Job %s (%s) failed.", identifier, job.kind)
            job.state, job.error = "failed", _("Something went wrong here. It has been logged.")
        else:
            job.state = "done"
    job.finished_at = timezone.now()
    job.save(update_fields=["state", "error", "result", "filename", "finished_at"])
