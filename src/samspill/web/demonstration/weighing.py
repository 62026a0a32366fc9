"""The made-up survey's answers weighted, and its results so far published."""

from __future__ import annotations

from django.utils import timezone

from samspill.study.weighting import KnownTotals, Weighting
from samspill.web.accounts.models import User
from samspill.web.demonstration.inventing import made_up
from samspill.web.results.actions import publish
from samspill.web.results.drafts import prepare
from samspill.web.results.missing.choices import choose_weighting
from samspill.web.results.missing.forms import HIGHEST, LOWEST
from samspill.web.studies.models import Study


def weigh_and_publish(study: Study, owner: User) -> None:
    """Choose weights for the survey as its owner would, and publish what has been answered."""
    given = made_up()["weighting"]
    collection = study.collections.get(identifier=given["collection"])
    weighting = Weighting(
        method="raking",
        margins=tuple(KnownTotals((name,)) for name in given["variables"]),
        trim=(LOWEST, HIGHEST),
        headline="weighted",
        chosen_by=owner.name,
        chosen_on=timezone.localdate().isoformat(),
        reason=given["reason"],
    )
    choose_weighting(actor=owner, collection=collection, weighting=weighting)
    publish(actor=owner, study=study, draft=prepare(collection))
