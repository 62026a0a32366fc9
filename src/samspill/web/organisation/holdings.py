"""What an organisation's pages hold of a person: the address that a personal link was sent to."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samspill.web.municipality.erasing import Holding, Person, declare
from samspill.web.organisation.models import Link


def _links(person: Person) -> int:
    """A link whose address is gone opens nothing: nobody can tell any more whose it is."""
    wanted = Q()
    for address in person.addresses:
        wanted |= Q(email__iexact=address)
    if not wanted:
        return 0
    found = Link.objects.filter(wanted, organisation__municipality=person.municipality)
    held = found.count()
    found.delete()
    return held


declare(
    Holding("links", _("personal links to an organisation's page, with their calendars"), _links)
)
