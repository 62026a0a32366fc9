"""The invented municipality, with its register as it stands today and people at its desk."""

from __future__ import annotations

from django.db.models import Count
from django.utils import timezone

from samspill.studies.invented_municipality import MUNICIPALITY, invent
from samspill.web.access.roles import REPRESENTATIVE
from samspill.web.accounts.models import User
from samspill.web.demonstration.people import COORDINATOR, ORGANISATION
from samspill.web.demonstration.pulse import load_pulse
from samspill.web.municipality.actions.intake import take_in
from samspill.web.municipality.actions.municipalities import create_municipality, open_desk
from samspill.web.municipality.actions.positions import give_position
from samspill.web.municipality.models import Municipality, Organisation


def load_municipality() -> Municipality:
    """Give the coordinator a desk, and one organisation someone who speaks for it."""
    coordinator = User.objects.get(email=COORDINATOR.email)
    municipality = create_municipality(
        actor=coordinator,
        code=MUNICIPALITY.code,
        name=MUNICIPALITY.name,
        coordinator=coordinator,
        invented=True,
    )
    take_in(actor=coordinator, municipality=municipality, rows=invent(timezone.localdate()))
    open_desk(actor=coordinator, municipality=municipality, opened=True)
    give_position(
        actor=coordinator,
        municipality=municipality,
        email=ORGANISATION.email,
        role=REPRESENTATIVE,
        organisation=_best_connected(municipality.pk),
    )
    load_pulse(municipality, coordinator)
    return municipality


def _best_connected(municipality: int) -> Organisation:
    """The organisation that stands in most relations and is not an umbrella."""
    found = Organisation.objects.filter(municipality=municipality, kind="organisation")
    chosen = found.annotate(n=Count("relations")).order_by("-n", "pk").first()
    if chosen is None:
        raise LookupError("The invented municipality has no organisation.")
    return chosen
