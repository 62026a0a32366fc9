"""The weights chosen for a collection, and choosing them."""

from __future__ import annotations

from django.db import transaction

from samspill.study.weighting import Weighting, read_weighting
from samspill.web.accounts.models import User
from samspill.web.audit.recording import record
from samspill.web.fieldwork.models import Collection
from samspill.web.results.models import WeightingChoice


def chosen_weighting(collection: Collection) -> Weighting | None:
    """The weighting that a draft of the collection will carry, or None."""
    choice = WeightingChoice.objects.filter(collection=collection).first()
    found, _ = read_weighting(choice.declaration) if choice else (None, [])
    return found


@transaction.atomic
def choose_weighting(*, actor: User, collection: Collection, weighting: Weighting) -> None:
    """Let the answers of a collection be weighted this way from its next draft on."""
    declaration = weighting.as_json()
    before = WeightingChoice.objects.select_for_update().filter(collection=collection).first()
    if before is not None and before.declaration == declaration:
        return
    WeightingChoice.objects.update_or_create(
        collection=collection, defaults={"declaration": declaration}
    )
    record(
        actor=actor,
        action="results.choose_weighting",
        subject=collection.identifier,
        study=collection.study.slug,
        old=before.declaration if before else None,
        new=declaration,
    )


@transaction.atomic
def drop_weighting(*, actor: User, collection: Collection) -> None:
    """Let the answers of a collection stand unweighted from its next draft on."""
    before = WeightingChoice.objects.select_for_update().filter(collection=collection).first()
    if before is None:
        return
    old = before.declaration
    before.delete()
    record(
        actor=actor,
        action="results.drop_weighting",
        subject=collection.identifier,
        study=collection.study.slug,
        old=old,
        new=None,
    )
