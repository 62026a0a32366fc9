"""Who is asked, where they are reached, and what becomes of them. The log says which of a
respondent's particulars changed, not what they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.audit.recording import RESPONDENT, record
from samspill.web.fieldwork.models import Collection, Respondent, new_token
from samspill.web.studies.listing import units_on
from samspill.web.studies.models import Unit

Actor: TypeAlias = AbstractBaseUser | str
PARTICULARS = ("email", "name", "language")


@dataclass(frozen=True, slots=True)
class Entry:
    """A respondent as a list of them has it. Particulars left empty are not changed."""

    unit: Unit
    side: str = "municipality"
    organisation: str = ""
    email: str = ""
    name: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """What taking in a list came to."""

    added: int
    changed: int
    unchanged: int


@transaction.atomic
def add_all_units(*, actor: Actor, collection: Collection) -> int:
    """Ask each unit that existed on the wave's reference day and is not asked; gives how many."""
    asked = set(collection.respondents.filter(side="municipality").values_list("unit", flat=True))
    day = collection.wave.reference_date
    units = [
        row.unit
        for row in units_on(collection.study, day)
        if row.exists and row.unit.pk not in asked
    ]
    Respondent.objects.bulk_create(Respondent(collection=collection, unit=unit) for unit in units)
    if units:
        _record(actor, collection, "fieldwork.add_respondents", new={"added": len(units)})
    return len(units)


@transaction.atomic
def take_in_respondents(
    *, actor: Actor, collection: Collection, entries: Iterable[Entry]
) -> Counts:
    """Add and change respondents from a list, all or none. The same list again changes nothing."""
    there = {(r.unit_id, r.side, r.organisation): r for r in collection.respondents.all()}
    new, changed, same = [], [], 0
    for entry in entries:
        held = there.get((entry.unit.pk, entry.side, entry.organisation))
        if held is None:
            held = Respondent(
                collection=collection,
                unit=entry.unit,
                side=entry.side,
                organisation=entry.organisation,
            )
            _change(held, entry)
            new.append(held)
            there[entry.unit.pk, entry.side, entry.organisation] = held
        elif _change(held, entry):
            changed.append(held)
        else:
            same += 1
    Respondent.objects.bulk_create(new)
    Respondent.objects.bulk_update(changed, [*PARTICULARS, "bounced_at"], batch_size=400)
    if new or changed:
        _record(
            actor,
            collection,
            "fieldwork.add_respondents",
            new={"added": len(new), "changed": len(changed)},
        )
    return Counts(len(new), len(changed), same)


@transaction.atomic
def add_respondent(*, actor: Actor, collection: Collection, entry: Entry) -> Respondent:
    """Ask one more.

    Raises:
        SamspillError: it is asked already, or its side is not one of the collection's.
    """
    if entry.side not in collection.sides:
        raise SamspillError(
            _("The collection does not ask that side."), _("Choose a side that it asks.")
        )
    if collection.respondents.filter(
        unit=entry.unit, side=entry.side, organisation=entry.organisation
    ).exists():
        raise SamspillError(
            _("It is asked already."), _("Change the respondent that is there instead.")
        )
    respondent = Respondent(
        collection=collection, unit=entry.unit, side=entry.side, organisation=entry.organisation
    )
    _change(respondent, entry)
    respondent.save()
    _record(actor, collection, "fieldwork.add_respondents", respondent, new={"added": 1})
    return respondent


@transaction.atomic
def change_respondent(
    *, actor: Actor, respondent: Respondent, email: str, name: str, language: str
) -> None:
    """Change where a respondent is reached. A new address takes the mark of a bounce away."""
    respondent = _locked(respondent)
    given = {"email": email, "name": name, "language": language}
    changed = [key for key in PARTICULARS if getattr(respondent, key) != given[key]]
    if not changed:
        return
    if "email" in changed and email.casefold() != respondent.email.casefold():
        respondent.bounced_at = None
    for key in changed:
        setattr(respondent, key, given[key])
    respondent.save(update_fields=[*changed, "bounced_at"])
    _record(
        actor,
        respondent.collection,
        "fieldwork.change_respondent",
        respondent,
        new={"changed": changed},
    )


@transaction.atomic
def renew_link(*, actor: Actor, respondent: Respondent) -> None:
    """Give a respondent another answering link; the old one opens nothing any more."""
    respondent = _locked(respondent)
    respondent.token = new_token()
    respondent.save(update_fields=["token"])
    _record(actor, respondent.collection, "fieldwork.renew_link", respondent)


@transaction.atomic
def mark_refused(*, actor: Actor, respondent: Respondent, refused: bool) -> None:
    """Write down that a respondent will not take part, or take it back."""
    respondent = _locked(respondent)
    if (respondent.refused_at is not None) == refused:
        return
    respondent.refused_at = timezone.now() if refused else None
    respondent.save(update_fields=["refused_at"])
    _record(
        actor,
        respondent.collection,
        "fieldwork.mark_refused",
        respondent,
        old={"refused": not refused},
        new={"refused": refused},
    )


@transaction.atomic
def mark_ineligible(*, actor: Actor, respondent: Respondent, reason: str) -> None:
    """Write down why a respondent turned out not to belong; an empty reason takes it back."""
    respondent = _locked(respondent)
    old = respondent.ineligible
    if old == reason:
        return
    respondent.ineligible = reason
    respondent.save(update_fields=["ineligible"])
    _record(
        actor,
        respondent.collection,
        "fieldwork.mark_ineligible",
        respondent,
        old={"reason": old},
        new={"reason": reason},
    )


@transaction.atomic
def unsubscribe(*, respondent: Respondent) -> None:
    """Send a respondent no more e-mail, at its own wish. A second time does nothing."""
    respondent = _locked(respondent)
    if respondent.unsubscribed_at is not None:
        return
    respondent.unsubscribed_at = timezone.now()
    respondent.save(update_fields=["unsubscribed_at"])
    _record(RESPONDENT, respondent.collection, "fieldwork.unsubscribe", respondent)


def _change(respondent: Respondent, entry: Entry) -> bool:
    """Put an entry's particulars on a respondent; whether any differed."""
    changed = False
    for key in PARTICULARS:
        given = getattr(entry, key)
        if given and given != getattr(respondent, key):
            if key == "email" and given.casefold() != respondent.email.casefold():
                respondent.bounced_at = None
            setattr(respondent, key, given)
            changed = True
    return changed


def _locked(respondent: Respondent) -> Respondent:
    return (
        Respondent.objects.select_for_update(of=("self",))
        .select_related("collection__study", "unit")
        .get(pk=respondent.pk)
    )


def _record(
    actor: Actor,
    collection: Collection,
    action: str,
    respondent: Respondent | None = None,
    **changes: Any,
) -> None:
    subject = collection.identifier
    if respondent is not None:
        subject = f"{subject}/{respondent.unit.identifier}/{respondent.side}"
    record(actor=actor, action=action, subject=subject, study=collection.study.slug, **changes)
