"""Learning from the codings and proposing codes, in the worker."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.errors import SamspillError
from samspill.web.accounts.models import User
from samspill.web.interviews.actions.suggestions import keep_suggestions
from samspill.web.interviews.models import Training
from samspill.web.interviews.project import project_of, tables_of
from samspill.web.jobs.models import Job
from samspill.web.jobs.running import Work, kind, start
from samspill.web.studies.models import Study

SUGGEST = "interviews.suggest"
LEAST = 0.5
STEPS = 4
OWN, ENDPOINT = "own", "endpoint"


@transaction.atomic
def ask_for_suggestions(*, actor: User, study: Study, model: str = OWN) -> Job:
    """Have codes suggested, or follow the work that is under way. ``model`` is ``own`` (learnt
    from the study's codings) or ``endpoint`` (the installation's).

    Raises SamspillError where the installation has no model.
    """
    if model == ENDPOINT and not settings.SUGGESTION_ENDPOINT:
        raise SamspillError(
            _("This installation has no model of its own."),
            _("Let the program learn from the codings, or ask an administrator."),
        )
    asked = {"study": study.pk, "user": actor.pk, "model": model}
    under_way = Job.objects.filter(
        kind=SUGGEST, arguments=asked, state__in=("waiting", "running")
    ).first()
    if under_way is not None:
        return under_way
    return start(
        SUGGEST,
        owner=actor,
        language=translation.get_language() or "nb",
        back=reverse("interviews:suggestions", args=[study.slug]),
        **asked,
    )


@kind(SUGGEST)
def suggest_codes(work: Work, *, study: int, user: int, model: str) -> None:
    """Test on texts held out, learn from all, and propose."""
    from samspill.qualitative.suggestions import (
        LocalEndpoint,
        SuggestionModel,
        examples,
        suggest,
        train,
        validate,
    )

    chosen, actor = Study.objects.get(pk=study), User.objects.get(pk=user)
    work.progress(0, STEPS, _("Reading what has been coded"))
    tables = tables_of(chosen)
    learnt = examples(tables)
    guessing: SuggestionModel
    work.progress(1, STEPS, _("Testing on texts held out; this can take some minutes"))
    checked = None
    if model == ENDPOINT:
        guessing = LocalEndpoint(
            settings.SUGGESTION_ENDPOINT,
            project_of(chosen).codes,
            allow_elsewhere=settings.SUGGESTION_ELSEWHERE,
        )
    else:
        checked = validate(learnt, least=LEAST)
        work.progress(2, STEPS, _("Learning from all texts that are coded"))
        guessing = train(learnt)
    work.progress(3, STEPS, _("Proposing codes"))
    found = suggest(tables, guessing, least=LEAST)
    training = Training(
        study=chosen,
        model=guessing.name,
        left=guessing.leaves_machine,
        unit=learnt.unit,
        passages=len(learnt.passages),
        folds=checked.folds if checked else 0,
        least=LEAST,
        codes=checked.frame.to_dicts() if checked else [],
        by=actor.get_username(),
    )
    made = keep_suggestions(actor=actor, study=chosen, found=found, training=training)
    said = ngettext("%(n)s suggestion waits.", "%(n)s suggestions wait.", made) % {"n": made}
    work.progress(STEPS, STEPS, said)
