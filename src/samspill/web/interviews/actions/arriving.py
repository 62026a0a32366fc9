"""Adding the texts that wait."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.accounts.models import User
from samspill.web.interviews.actions.sources import add_sources
from samspill.web.interviews.arriving import source_of
from samspill.web.interviews.models import WaitingText
from samspill.web.studies.models import Study


@transaction.atomic
def add_waiting(*, actor: User, study: Study) -> int:
    """Add every text that waits for the user, and how many they were; all of them or none.

    Raises SamspillError where none waits, or the study has been given one of the files meanwhile.
    """
    Study.objects.select_for_update().get(pk=study.pk)
    waiting = list(WaitingText.objects.filter(study=study, user=actor).order_by("pk"))
    if not waiting:
        raise SamspillError(_("No text waits to be added."), _("Choose files first."))
    digests = [text.digest for text in waiting]
    there = study.sources.filter(digest__in=digests).first()
    if there is not None:
        raise SamspillError(
            _("“%(text)s” has been added to the study meanwhile.") % {"text": there.name},
            _("Leave it out, and add the rest."),
        )
    add_sources(actor=actor, study=study, sources=[source_of(text) for text in waiting])
    WaitingText.objects.filter(pk__in=[text.pk for text in waiting]).delete()
    return len(waiting)
