"""Names replaced in many texts, or put back, in the worker.

Texts are taken some at a time, each lot whole, so that others wait only for a lot. Where the work
stops, the texts that are done stay done, and the rest can be asked for again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.accounts.models import User
from samspill.web.interviews.actions.pseudonyms import pseudonymise, restore_names
from samspill.web.interviews.hiding import sources_by
from samspill.web.interviews.intake.saying import told_replaced, told_restored
from samspill.web.interviews.models import Source
from samspill.web.jobs.models import Job
from samspill.web.jobs.running import Work, kind, start
from samspill.web.studies.models import Study

REPLACE = "interviews.replace_names"
RESTORE = "interviews.restore_names"
LOT = 5
LARGE = 60_000
"""Characters that are done while a person waits for the page: about a second."""


def is_long(sources: Iterable[Source]) -> bool:
    """Whether it takes longer than a person waits for a page."""
    return sum(len(source.text) for source in sources) > LARGE


def under_way(study: Study) -> Job | None:
    """The work on names that goes on in a study."""
    return Job.objects.filter(
        kind__in=(REPLACE, RESTORE),
        arguments__study=study.pk,
        state__in=("waiting", "running"),
    ).first()


@transaction.atomic
def ask_for(what: str, *, actor: User, study: Study, sources: Sequence[Source]) -> Job:
    """Have names replaced in texts (``REPLACE``), or put back (``RESTORE``).

    Raises SamspillError while such work goes on in the study.
    """
    Study.objects.select_for_update().get(pk=study.pk)
    if under_way(study) is not None:
        raise SamspillError(
            _("Names are being replaced or put back in this study now."),
            _("Wait until that is done."),
        )
    page = "names_left" if what == REPLACE else "pseudonyms"
    return start(
        what,
        owner=actor,
        language=translation.get_language() or "nb",
        back=reverse(f"interviews:{page}", args=[study.slug]),
        study=study.pk,
        user=actor.pk,
        sources=[str(source.guid) for source in sources],
    )


@kind(REPLACE)
def replace_in_many(work: Work, *, study: int, user: int, sources: list[str]) -> None:
    """Replace the names of the key in texts."""
    told = told_replaced(_in_lots(work, study, user, sources, pseudonymise))
    work.progress(len(sources), len(sources), told)


@kind(RESTORE)
def restore_in_many(work: Work, *, study: int, user: int, sources: list[str]) -> None:
    """Put the names back in texts."""
    told = told_restored(_in_lots(work, study, user, sources, restore_names))
    work.progress(len(sources), len(sources), told)


def _in_lots(
    work: Work, study: int, user: int, sources: list[str], action: Callable[..., int]
) -> int:
    chosen, actor = Study.objects.get(pk=study), User.objects.get(pk=user)
    total = 0
    for first in range(0, len(sources), LOT):
        said = _("%(done)s of %(n)s texts are done") % {"done": first, "n": len(sources)}
        work.progress(first, len(sources), said)
        lot = sources_by(chosen, sources[first : first + LOT])
        if lot:
            total += action(actor=actor, study=chosen, sources=lot)
    return total
