"""Exchange that is too large to wait for, in the worker."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.accounts.models import User
from samspill.web.interviews.actions.exchange import export_material, take_in_project
from samspill.web.interviews.exchange.incoming import read_waiting
from samspill.web.interviews.exchange.saying import told_taken
from samspill.web.interviews.models import WaitingProject
from samspill.web.jobs.models import Job
from samspill.web.jobs.running import Work, kind, start
from samspill.web.studies.models import Study

EXPORT = "interviews.export"
TAKE_IN = "interviews.take_in"
LARGE_CODINGS = 20_000
LARGE_TEXTS = 5_000_000


def is_large(*, characters: int, codings: int) -> bool:
    """Whether it takes longer than a person waits for a page."""
    return codings > LARGE_CODINGS or characters > LARGE_TEXTS


@transaction.atomic
def ask_for_export(*, actor: User, study: Study, form: str) -> Job:
    """Have a file of the material made."""
    return _start(EXPORT, actor, study, form=form)


@transaction.atomic
def ask_to_take_in(*, actor: User, study: Study, waiting: WaitingProject) -> Job:
    """Have a project that waits taken in."""
    return _start(TAKE_IN, actor, study, waiting=waiting.pk)


def _start(what: str, actor: User, study: Study, **arguments: object) -> Job:
    return start(
        what,
        owner=actor,
        language=translation.get_language() or "nb",
        back=reverse("interviews:exchange", args=[study.slug]),
        study=study.pk,
        user=actor.pk,
        **arguments,
    )


@kind(EXPORT)
def make_export(work: Work, *, study: int, user: int, form: str) -> None:
    """Write a file of the material."""
    work.progress(0, 2, _("Writing the file"))
    chosen, actor = Study.objects.get(pk=study), User.objects.get(pk=user)
    name, content = export_material(actor=actor, study=chosen, form=form)
    work.progress(1, 2, _("Writing the file"))
    path = work.folder / name
    path.write_bytes(content)
    work.finish(path, name)


@kind(TAKE_IN)
def take_in_waiting(work: Work, *, study: int, user: int, waiting: int) -> None:
    """Take in a project that waits; it is done whole or not at all."""
    work.progress(0, 3, _("Reading the project"))
    chosen, actor = Study.objects.get(pk=study), User.objects.get(pk=user)
    found = WaitingProject.objects.filter(pk=waiting, study=chosen, user=actor).first()
    if found is None:
        raise SamspillError(
            _("The project has been taken in already, or was left out."),
            _("Look at the texts of the study."),
        )
    incoming = read_waiting(found)
    work.progress(1, 3, _("Taking in what is new"))
    with transaction.atomic():
        fitted, taken = take_in_project(actor=actor, study=chosen, project=incoming.project)
        found.delete()
    work.progress(3, 3, told_taken(fitted, taken))
