"""Making the mirror ready in the worker."""

from __future__ import annotations

from samspill.web.jobs.models import Job
from samspill.web.jobs.running import Work, kind
from samspill.web.mirror.hearing import WARM
from samspill.web.mirror.warming import warm as make_ready
from samspill.web.municipality.models import Municipality


@kind(WARM)
def warm(work: Work, *, municipality: str) -> None:
    """Derive what the mirror shows. Nobody follows this work, so that what is done is forgotten."""
    Job.objects.filter(kind=WARM, state="done").delete()
    found = Municipality.objects.filter(code=municipality).first()
    if found is not None:
        make_ready(found)
