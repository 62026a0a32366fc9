"""Who could receive someone who offers help: organisations first, then the municipality's units."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from samspill.web.municipality.models import (
    Municipality,
    MunicipalUnit,
    Need,
    Offer,
    Organisation,
    Referral,
)
from samspill.web.volunteering.capacity import Room, Standing, open_needs, room_for, rooms

RECRUITS = "recruits_individuals"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Someone who could receive an offer, and why: ``need`` is an open one that it fits, ``room``
    the number still to be received (None where nothing is said of it), ``waiting`` how many the
    receiver has not answered yet."""

    receiver: Organisation | MunicipalUnit
    fields: tuple[str, ...] = ()
    need: Need | None = None
    languages: tuple[str, ...] = ()
    room: int | None = None
    same_place: bool = False
    recruits: bool = False
    waiting: int = 0

    @property
    def order(self) -> tuple[object, ...]:
        """The best first: a need, stated room, a shared language, the place, more fields, one that
        recruits; of two alike the one that has fewest to answer."""
        return (
            self.need is None,
            self.room is None,
            not self.languages,
            not self.same_place,
            -len(self.fields),
            not self.recruits,
            self.waiting,
            str(self.receiver).casefold(),
        )


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Who could receive an offer, the best first; ``full`` are organisations that would have been
    suggested, had they room. Whoever was asked about this offer before is not suggested again."""

    organisations: list[Suggestion] = field(default_factory=list)
    units: list[Suggestion] = field(default_factory=list)
    full: list[Organisation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Desk:
    """All that suggestions for any offer of a municipality are made from."""

    organisations: list[Organisation]
    units: list[MunicipalUnit]
    needs: list[Standing]
    rooms: dict[int, list[Room]]
    waiting: Counter[int]

    @classmethod
    def of(cls, municipality: Municipality, today: datetime.date) -> Desk:
        pending = Referral.objects.filter(municipality=municipality, outcome="pending")
        return cls(
            list(Organisation.objects.filter(municipality=municipality, status="active")),
            list(MunicipalUnit.objects.filter(municipality=municipality)),
            [standing for standing in open_needs(municipality, today) if not standing.is_met],
            rooms(municipality, today),
            Counter(pending.exclude(organisation=None).values_list("organisation_id", flat=True)),
        )

    def suggestions(self, offer: Offer, asked: Iterable[Referral]) -> Suggestions:
        """Who could receive an offer that ``asked`` have been asked about."""
        referrals = list(asked)
        before = {r.organisation_id for r in referrals}
        units_before = {r.municipal_unit_id for r in referrals}
        found = [self._organisation(offer, o) for o in self.organisations if o.pk not in before]
        fitting = [one for one in found if one is not None]
        units = [self._unit(offer, u) for u in self.units if u.pk not in units_before]
        return Suggestions(
            sorted((s for s in fitting if s.room != 0), key=lambda s: s.order),
            sorted((s for s in units if s is not None), key=lambda s: s.order),
            [s.receiver for s in fitting if s.room == 0 and isinstance(s.receiver, Organisation)],
        )

    def _organisation(self, offer: Offer, organisation: Organisation) -> Suggestion | None:
        needs = [s.need for s in self.needs if s.need.organisation_id == organisation.pk]
        need = best_need(offer, needs)
        shared = tuple(name for name in organisation.fields if name in offer.fields)
        recruits = RECRUITS in organisation.centre_tasks
        if need is None and not shared and not recruits:
            return None
        return Suggestion(
            organisation,
            shared,
            need,
            shared_words(offer.languages, need.languages) if need else (),
            room_for(self.rooms.get(organisation.pk, ()), offer.fields),
            same_text(offer.place, organisation.place),
            recruits,
            self.waiting[organisation.pk],
        )

    def _unit(self, offer: Offer, unit: MunicipalUnit) -> Suggestion | None:
        need = best_need(offer, [s.need for s in self.needs if s.need.municipal_unit_id == unit.pk])
        shared = tuple(name for name in unit.fields if name in offer.fields)
        if need is None and not shared:
            return None
        words = shared_words(offer.languages, need.languages) if need else ()
        return Suggestion(unit, shared, need, words)


def fits(offer: Offer, need: Need) -> bool:
    """Whether an offer can meet a need: the same field, where both name one."""
    return not need.field or not offer.fields or need.field in offer.fields


def best_need(offer: Offer, needs: Iterable[Need]) -> Need | None:
    """The need that an offer fits best: its field, a shared language, the place, the eldest."""
    fitting = [need for need in needs if fits(offer, need)]
    return min(
        fitting,
        key=lambda need: (
            need.field not in offer.fields,
            not shared_words(offer.languages, need.languages),
            not same_text(offer.place, need.place),
            need.published_on or datetime.date.max,
        ),
        default=None,
    )


def shared_words(one: str, other: str) -> tuple[str, ...]:
    """The languages that stand in both of two lists with commas, as the first writes them."""
    known = {word.casefold() for word in _parts(other)}
    return tuple(word for word in _parts(one) if word.casefold() in known)


def same_text(one: str, other: str) -> bool:
    """Whether two places are the same."""
    return bool(one.strip()) and one.strip().casefold() == other.strip().casefold()


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
