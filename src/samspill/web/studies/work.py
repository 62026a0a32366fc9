"""Long work with studies: fetching a table of changes."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samspill.classification import read_changes
from samspill.classification.klass import fetch_file
from samspill.web.jobs.running import Work, kind
from samspill.web.studies.models import Upload


@kind("studies.fetch_changes")
def fetch_changes(work: Work, *, study: int, user: int, after: str, until: str) -> None:
    """Fetch the changes of municipal codes from KLASS, and keep them for the one who asked."""
    work.progress(0, 1, _("Fetching from Statistics Norway"))
    first, last = (datetime.date.fromisoformat(day) for day in (after, until))
    content = fetch_file(first, last)
    table = read_changes(content, "KLASS 131")
    with transaction.atomic():
        mine = Upload.objects.filter(study_id=study, user_id=user, purpose="reform")
        mine.delete()
        Upload.objects.create(
            study_id=study,
            user_id=user,
            purpose="reform",
            filename="KLASS 131",
            content=content,
            choices={"after": after, "until": until},
        )
    work.job.message = _("%(n)s changes are fetched. Go back to see what they do.") % {
        "n": len(table)
    }
    work.job.save(update_fields=["message"])
