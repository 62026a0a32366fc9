"""A person offers help, says that it still stands, and hears when nobody can receive it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.web.municipality.actions.entries import add_entry, change_entry
from samspill.web.municipality.models import Municipality, Offer
from samspill.web.volunteering import letters
from samspill.web.volunteering.links import Made, link_to_offer
from samspill.web.volunteering.terms import OFFER_LASTS

Actor: TypeAlias = AbstractBaseUser | str
VOLUNTEER = "volunteer"
"""What the log calls whoever offers help."""
ASKED_OF_A_PERSON = (
    "fields",
    "description",
    "place",
    "times",
    "languages",
    "name",
    "email",
    "phone",
)
OPEN = ("waiting", "referred", "accepted")


@transaction.atomic
def receive_offer(*, municipality: Municipality, values: Mapping[str, Any], language: str) -> Made:
    """Take in what a person offers, who has consented today, and send the link to it.

    ``values`` are by column of ``offers``; what the person is not asked for is not taken.
    """
    today = timezone.localdate()
    given = {name: values[name] for name in ASKED_OF_A_PERSON if name in values}
    entry = add_entry(
        actor=VOLUNTEER,
        municipality=municipality,
        table="offers",
        values={
            **given,
            "given_on": today,
            "expires_on": today + OFFER_LASTS,
            "consented_on": today,
            "status": "waiting",
            "public": [],
        },
    )
    offer = cast("Offer", entry)
    made = link_to_offer(offer, language=language)
    letters.confirm(offer, made)
    return made


@transaction.atomic
def change_offer(*, offer: Offer, values: Mapping[str, Any]) -> bool:
    """The person changes what she has offered; returns whether anything was different."""
    given = {name: values[name] for name in ASKED_OF_A_PERSON if name in values}
    return change_entry(actor=VOLUNTEER, entry=offer, values=given)


@transaction.atomic
def prolong_offer(*, offer: Offer) -> None:
    """The person says that the offer still stands. One that had expired waits again.

    Raises SamspillError where it is withdrawn or nobody could receive it.
    """
    if offer.status not in {*OPEN, "expired"}:
        raise SamspillError(_("This offer has ended."), _("Give a new one."))
    values: dict[str, Any] = {"expires_on": timezone.localdate() + OFFER_LASTS}
    if offer.status == "expired":
        values["status"] = "waiting"
    change_entry(actor=VOLUNTEER, entry=offer, values=values)


@transaction.atomic
def decline_offer(*, actor: Actor, offer: Offer) -> None:
    """Say that nobody can receive the person, who is told so with thanks.

    Raises SamspillError unless it waits.
    """
    found = Offer.objects.select_for_update().get(pk=offer.pk)
    if found.status != "waiting":
        raise SamspillError(
            _("This offer does not wait for an answer."), _("Look at what has been done with it.")
        )
    change_entry(actor=actor, entry=found, values={"status": "declined"})
    letters.tell_declined(found)
