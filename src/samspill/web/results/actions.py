"""Publishing a study's results, and withdrawing them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from samspill.web.accounts.models import User
from samspill.web.audit.recording import record
from samspill.web.results.drafts import Draft, require_publishable
from samspill.web.results.models import Publication
from samspill.web.results.published import seal
from samspill.web.studies.models import Study


def publish(*, actor: User, study: Study, draft: Draft) -> Publication:
    """Let anyone read the results of a draft; it takes the place of what was published before.

    Raises SamspillError where it would give real answers away, and nothing is changed.
    """
    require_publishable(draft)
    digest = seal(draft.folder)
    with transaction.atomic():
        before = study.publications.filter(withdrawn_at=None).first()
        publication: Publication = study.publications.create(
            folder=draft.reference, digest=digest, created_by=actor
        )
        study.published_at = timezone.now()
        study.save(update_fields=["published_at"])
        record(
            actor=actor,
            action="results.publish",
            subject=draft.name,
            study=study.slug,
            old=_told(before),
            new=_told(publication),
        )
    return publication


@transaction.atomic
def withdraw(*, actor: User, study: Study) -> None:
    """Take the published results back, every edition of them. The files stay."""
    shown = study.publications.filter(withdrawn_at=None)
    before = shown.first()
    if before is None:
        return
    shown.update(withdrawn_at=timezone.now())
    study.published_at = None
    study.save(update_fields=["published_at"])
    record(
        actor=actor,
        action="results.withdraw",
        subject=before.folder,
        study=study.slug,
        old=_told(before),
        new=None,
    )


def _told(publication: Publication | None) -> dict[str, str] | None:
    if publication is None:
        return None
    return {"folder": publication.folder, "digest": publication.digest}
