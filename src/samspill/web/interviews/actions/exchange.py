"""Giving a study's material out, and taking in what another program has made."""

from __future__ import annotations

from django.db import transaction

from samspill import qualitative as q
from samspill.web.accounts.models import User
from samspill.web.audit.recording import record
from samspill.web.interviews.exchange.carrying import keep_carried
from samspill.web.interviews.exchange.incoming import Fit, fit
from samspill.web.interviews.exchange.outgoing import FORMATS, export, file_name
from samspill.web.interviews.project import TakenIn, take_in
from samspill.web.studies.models import Study


def export_material(*, actor: User, study: Study, form: str) -> tuple[str, bytes]:
    """A file of the material, by a key of ``FORMATS``: its name and content. That it was taken
    out, and by whom, stands in the log."""
    with transaction.atomic():
        content = export(study, FORMATS[form])
        record(
            actor=actor,
            action="interviews.export",
            subject=file_name(study, form),
            study=study.slug,
            new={"bytes": len(content)},
        )
    return file_name(study, form), content


@transaction.atomic
def take_in_project(*, actor: User, study: Study, project: q.Project) -> tuple[Fit, TakenIn]:
    """Take in what is new, each coding on the words that it has here, and keep what the project
    carries for other programs. It can be undone as one change."""
    Study.objects.select_for_update().get(pk=study.pk)
    fitted = fit(study, project)
    taken = take_in(actor=actor, study=study, project=fitted.project)
    keep_carried(study, project)
    return fitted, taken
