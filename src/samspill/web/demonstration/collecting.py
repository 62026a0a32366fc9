"""The made-up fieldwork: a survey under way, and a pulse that both sides are asked to answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from samspill.instrument import shipped_instrument
from samspill.web.accounts.models import User
from samspill.web.demonstration.answers import answer, mark_silent
from samspill.web.demonstration.inventing import chance, made_up, weighted
from samspill.web.demonstration.people import COORDINATOR, DOMAIN, ORGANISATION, RESEARCHER
from samspill.web.fieldwork.actions.collections import create_collection, open_collection
from samspill.web.fieldwork.actions.messages import plan_messages
from samspill.web.fieldwork.actions.respondents import Entry, take_in_respondents
from samspill.web.fieldwork.models import Collection, Message, Respondent
from samspill.web.instruments.actions import add_instrument
from samspill.web.studies.models import AttributeValue, Study, Unit, UnitName

DAYS_OPEN, DAYS_LEFT = 20, 16
SUBMITTED, BEGUN, REFUSED, BOUNCED = 92, 31, 6, 9
PULSED, PULSE_SUBMITTED, PULSE_BEGUN = 24, 29, 4
NO_SUCH_ADDRESS = "5.1.1"


def load_collections(study: Study, owner: User) -> None:
    """A survey of all units with responses at different stages, and the pulse in some of them.

    Nobody has answered for the demonstration's people yet.
    """
    units = list(study.units.order_by("identifier"))
    names = dict(UnitName.objects.filter(unit__study=study).values_list("unit", "name"))
    survey = _collection(study, "norway-2018", "survey", owner, ["municipality"])
    asked = [_municipality(unit, names[unit.pk], n) for n, unit in enumerate(units)]
    _ask(survey, owner, asked)
    readily = _readiness(study)
    others = list(survey.respondents.exclude(email=COORDINATOR.email).order_by("unit__identifier"))
    weights = [readily[each.unit_id] for each in others]
    drawn = weighted(chance(), others, weights, SUBMITTED + BEGUN)
    answer(survey, drawn, SUBMITTED)
    _fall_silent(survey)

    pulse = _collection(study, "pulse", "pulse", owner, ["municipality", "organisation"])
    asked = [
        entry
        for n, unit in enumerate(units[:PULSED])
        for entry in (
            _municipality(unit, names[unit.pk], n),
            _organisation(unit, names[unit.pk], n),
        )
    ]
    _ask(pulse, owner, asked)
    others = list(pulse.respondents.exclude(unit=units[0]).order_by("unit__identifier", "side"))
    answer(pulse, chance().sample(others, PULSE_SUBMITTED + PULSE_BEGUN), PULSE_SUBMITTED)


def _collection(
    study: Study, shipped: str, key: str, owner: User, sides: Sequence[str]
) -> Collection:
    version = add_instrument(actor=owner, study=study, content=shipped_instrument(shipped))
    now = timezone.now()
    collection = create_collection(
        actor=owner,
        study=study,
        wave=study.waves.get(),
        version=version,
        identifier=made_up()[key]["identifier"],
        title=made_up()[key]["title"],
        sides=sides,
        closes_at=now + timedelta(days=DAYS_LEFT),
        contact_name=RESEARCHER.name,
        contact_email=RESEARCHER.email,
    )
    open_collection(actor=owner, collection=collection, opens_at=now - timedelta(days=DAYS_OPEN))
    collection.refresh_from_db()
    return collection


def _municipality(unit: Unit, name: str, number: int) -> Entry:
    own = f"post.{unit.identifier.lower()}@{DOMAIN}"
    return Entry(
        unit=unit,
        name=name,
        email=own if number else COORDINATOR.email,
        language="nn" if number % 4 == 3 else "nb",
    )


def _organisation(unit: Unit, place: str, number: int) -> Entry:
    kinds = made_up()["pulse"]["organisations"]
    own = f"lag.{unit.identifier.lower()}@{DOMAIN}"
    name = f"{place} {kinds[number % len(kinds)]}"
    return Entry(
        unit=unit,
        side="organisation",
        organisation=name,
        name=name,
        email=own if number else ORGANISATION.email,
        language="nb",
    )


def _ask(collection: Collection, owner: User, entries: Sequence[Entry]) -> None:
    """Invite respondents when the collection opened. No e-mail is written or leaves the machine."""
    take_in_respondents(actor=owner, collection=collection, entries=entries)
    plan_messages(actor=owner, collection=collection, purpose="invitation", after=0)
    moment = collection.opens_at
    Message.objects.filter(respondent__collection=collection).update(
        state=Message.SENT, created_at=moment, handed_over_at=moment, ended_at=moment
    )


def _readiness(study: Study) -> dict[int, float]:
    """How readily each unit answers, by its size."""
    (size,) = (each for each in made_up()["attribute"] if each["identifier"] == "size")
    readily = {category["value"]: category["answers"] for category in size["category"]}
    values = AttributeValue.objects.filter(attribute__identifier="size", unit__study=study)
    return {unit: readily[value] for unit, value in values.values_list("unit", "value")}


def _fall_silent(collection: Collection) -> None:
    """Some refuse, and the invitations of others came back."""
    rest = list(
        collection.respondents.filter(response=None)
        .exclude(email=COORDINATOR.email)
        .order_by("unit__identifier")
    )
    silent: list[Respondent] = chance().sample(rest, REFUSED + BOUNCED)
    refused, bounced = silent[:REFUSED], silent[REFUSED:]
    mark_silent(collection, refused, bounced)
    Message.objects.filter(respondent__in=bounced).update(
        state=Message.BOUNCED, outcome=NO_SUCH_ADDRESS
    )
