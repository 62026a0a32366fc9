"""Sources: adding them, what is known of them, and taking them away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from samspill.web.accounts.models import User
from samspill.web.audit.recording import record
from samspill.web.interviews.changes import changing
from samspill.web.interviews.models import Coding, Settlement, Source, Suggestion
from samspill.web.studies.models import Study

KNOWN = (
    "name",
    "kind",
    "unit",
    "side",
    "fields",
    "role",
    "date",
    "language",
    "consent",
    "speakers",
    "attributes",
    "invented",
)


@transaction.atomic
def add_sources(*, actor: User, study: Study, sources: Sequence[Source]) -> None:
    """Add texts, unsaved as yet, after those that are there."""
    last = study.sources.aggregate(last=Max("order"))["last"] or 0
    for place, source in enumerate(sources, start=1):
        source.study, source.order = study, last + place
    with changing(actor=actor, study=study, action="add_sources") as change:
        change.add(*sources)
    for source in sources:
        new = {"characters": len(source.text), "kind": source.kind}
        _record(actor, source, "add_sources", new=new)


def edit_source(*, actor: User, source: Source, **known: Any) -> None:
    """Change what is known of a source: any of ``KNOWN``."""
    unknown = set(known) - set(KNOWN)
    if unknown:
        raise TypeError(f"edit_source does not change {', '.join(sorted(unknown))}.")
    with changing(actor=actor, study=source.study, action="edit_source", source=source) as change:
        change.update(source, **known)


@transaction.atomic
def remove_source(*, actor: User, source: Source) -> None:
    """Take a text away with all that is on it. It can be undone."""
    old = {"characters": len(source.text), "codings": source.codings.count()}
    with changing(actor=actor, study=source.study, action="remove_source", source=source) as change:
        change.remove(*Settlement.objects.filter(source=source))
        change.remove(*Suggestion.objects.filter(source=source))
        change.remove(*Coding.objects.filter(source=source))
        change.remove(source)
    _record(actor, source, "remove_source", old=old)


def _record(actor: User, source: Source, action: str, **changes: Any) -> None:
    record(
        actor=actor,
        action=f"interviews.{action}",
        subject=source.name,
        study=source.study.slug,
        **changes,
    )
