"""Needs and offers of organisations and units, and how one is answered with the other."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.municipality.actions.entries import add_entry, change_entry
from samspill.web.municipality.models import Entry, Match, Need, Offer, Organisation
from samspill.web.organisation.exchange import is_open_need, is_open_offer
from samspill.web.volunteering.terms import FOLLOWED_UP_AFTER

Actor: TypeAlias = AbstractBaseUser | str
A_YEAR = datetime.timedelta(days=365)


@transaction.atomic
def answer_need(
    *, actor: Actor, organisation: Organisation, need: Need, offered: str, provenance: str
) -> Entry:
    """Offer something to a need that another has published.

    Raises SamspillError where the need is closed or one's own, or is answered already.
    """
    if not is_open_need(need, timezone.localdate()) or need.organisation == organisation:
        raise SamspillError(_("This need is not open to you any more."), _("Look at the others."))
    if Match.objects.filter(need=need, organisation=organisation).exists():
        raise SamspillError(
            _("You have answered this need already."),
            _("Get in touch with the one who needs it."),
        )
    return _match(actor, organisation, need, {"organisation": organisation}, offered, provenance)


@transaction.atomic
def answer_offer(
    *,
    actor: Actor,
    organisation: Organisation,
    offer: Offer,
    need: Need | None,
    title: str,
    provenance: str,
) -> Entry:
    """Say to another's offer what one needs: a need that stands already, or a new one.

    A new need is seen by the one who offers, and by anyone when the municipality publishes it.
    Raises SamspillError where the offer is no more, or is one's own.
    """
    today = timezone.localdate()
    if not is_open_offer(offer, today) or offer.organisation == organisation:
        raise SamspillError(_("This offer is not open to you any more."), _("Look at the others."))
    if need is None:
        values = {
            "title": title,
            "field": offer.fields[0] if offer.fields else "",
            "open_until": offer.expires_on,
        }
        need = _need(actor, organisation, values, provenance)
    elif need.organisation != organisation:
        raise SamspillError(_("This need is not yours."), _("Choose one of your own."))
    by = {"organisation": offer.organisation, "municipal_unit": offer.municipal_unit}
    if Match.objects.filter(need=need, **by).exists():
        raise SamspillError(
            _("They have been brought together already."), _("Get in touch with each other.")
        )
    return _match(actor, organisation, need, by, offer.description, provenance)


@transaction.atomic
def add_need(
    *, actor: Actor, organisation: Organisation, values: Mapping[str, Any], provenance: str
) -> Need:
    """Add a need of an organisation. It is shown to others when the municipality publishes it."""
    return _need(actor, organisation, values, provenance)


@transaction.atomic
def close_need(*, actor: Actor, need: Need) -> None:
    """Say that a need is met, or is no more."""
    change_entry(actor=actor, entry=need, values={"closed_on": timezone.localdate()})


@transaction.atomic
def add_offer(
    *, actor: Actor, organisation: Organisation, values: Mapping[str, Any], provenance: str
) -> Entry:
    """Offer what an organisation has to other organisations and units, for a year if nothing else
    is said. No person stands in it."""
    today = timezone.localdate()
    return add_entry(
        actor=actor,
        municipality=organisation.municipality,
        table="offers",
        values={
            **values,
            "expires_on": values.get("expires_on") or today + A_YEAR,
            "organisation": organisation.identifier,
            "given_on": today,
            "status": "waiting",
            "provenance": provenance,
        },
    )


@transaction.atomic
def withdraw_offer(*, actor: Actor, offer: Offer) -> None:
    """Take an offer back."""
    change_entry(actor=actor, entry=offer, values={"status": "withdrawn"})


def _need(
    actor: Actor, organisation: Organisation, values: Mapping[str, Any], provenance: str
) -> Need:
    made = add_entry(
        actor=actor,
        municipality=organisation.municipality,
        table="needs",
        values={**values, "organisation": organisation.identifier, "provenance": provenance},
    )
    return Need.objects.select_related("municipality", "organisation").get(pk=made.pk)


def _match(
    actor: Actor,
    organisation: Organisation,
    need: Need,
    by: Mapping[str, Entry | None],
    offered: str,
    provenance: str,
) -> Entry:
    return add_entry(
        actor=actor,
        municipality=organisation.municipality,
        table="matches",
        values={
            "need": need.identifier,
            **{name: entry.identifier for name, entry in by.items() if entry is not None},
            "offered": offered,
            "outcome": "pending",
            "follow_up_on": timezone.localdate() + FOLLOWED_UP_AFTER,
            "provenance": provenance,
        },
    )
