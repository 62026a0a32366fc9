"""Building the files of a collection, in the worker."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samspill.web.accounts.models import User
from samspill.web.audit.recording import record
from samspill.web.fieldwork.exports.files import write_archive
from samspill.web.fieldwork.models import Collection
from samspill.web.jobs.models import Job
from samspill.web.jobs.running import Work, kind, start

EXPORT = "fieldwork.export"


@transaction.atomic
def ask_for_files(
    *, actor: User, collection: Collection, formats: list[str], labels: str, break_offs: bool
) -> Job:
    """Have the files built. That answers were taken out, and by whom, stands in the log."""
    record(
        actor=actor,
        action=EXPORT,
        subject=collection.identifier,
        study=collection.study.slug,
        new={"formats": formats},
    )
    return start(
        EXPORT,
        owner=actor,
        language=translation.get_language() or "nb",
        back=reverse("fieldwork:exports", args=[collection.study.slug, collection.identifier]),
        collection=collection.pk,
        formats=formats,
        labels=labels,
        break_offs=break_offs,
    )


@kind(EXPORT)
def export(
    work: Work, *, collection: int, formats: list[str], labels: str, break_offs: bool
) -> None:
    """Write the archive of a collection."""
    chosen = Collection.objects.get(pk=collection)
    archive = write_archive(
        chosen,
        work.folder,
        formats,
        language=labels,
        break_offs=break_offs,
        told=lambda done, total: work.progress(done, total, _("Writing the files")),
    )
    work.finish(archive, archive.name)
