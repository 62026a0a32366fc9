"""What a person has corrected, and the national registers therefore do not overwrite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from samspill.register.national import held_by_provenance
from samspill.web.audit.models import Event
from samspill.web.audit.recording import SYSTEM
from samspill.web.municipality.actions.entries import CHANGED, FOLLOWED
from samspill.web.municipality.models import Municipality

Row = Mapping[str, str]


def held_by_hand(municipality: Municipality, present: Iterable[Row]) -> dict[str, frozenset[str]]:
    """The columns of each organisation that are held by hand.

    In an entry of the national registers, those that the log says that a person changed last; in
    any other, every cell that is filled too.
    """
    held = dict(held_by_provenance(present))
    for identifier, columns in _changed_last_by_a_person(municipality).items():
        held[identifier] = held.get(identifier, frozenset()) | columns
    return held


def _changed_last_by_a_person(municipality: Municipality) -> dict[str, set[str]]:
    events = Event.objects.filter(
        municipality=municipality.code,
        subject__startswith="organisations/",
        action__in=(CHANGED, FOLLOWED),
    ).exclude(actor=SYSTEM)
    columns: dict[str, set[str]] = {}
    for subject, action, new in events.order_by("id").values_list("subject", "action", "new"):
        mine = columns.setdefault(subject.partition("/")[2], set())
        if action == CHANGED:
            mine.update(new or ())
        else:
            mine.difference_update(new or ())
    return columns
