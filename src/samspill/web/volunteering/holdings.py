"""What follows an offer of help: its links, and those who were told who the person is."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspill.web.municipality.erasing import Holding, Person, declare
from samspill.web.municipality.models import Offer
from samspill.web.volunteering.actions.erasing import erase_offer


def _offers(person: Person) -> int:
    """Those who were told are asked to erase it too, and the person is told that it is done."""
    offers = [e for e in person.entries if isinstance(e, Offer)]
    for offer in offers:
        erase_offer(actor=person.actor, offer=offer, status="withdrawn")
    return len(offers)


declare(
    Holding("offers", _("offers of help with their links; who was told is asked to erase"), _offers)
)
