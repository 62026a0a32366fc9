"""A round of the pulse: a collection in a study of the municipality's own."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.instrument import shipped_instrument
from samspill.web.access.roles import OWNER
from samspill.web.accounts.models import User
from samspill.web.audit.recording import record
from samspill.web.fieldwork.actions.collections import create_collection, open_collection
from samspill.web.fieldwork.actions.respondents import Entry, take_in_respondents
from samspill.web.instruments.actions import add_instrument
from samspill.web.instruments.models import InstrumentVersion
from samspill.web.mirror.models import Asked, PulseRound
from samspill.web.mirror.pulse.asking import MUNICIPALITY, ORGANISATION, Party
from samspill.web.municipality.models import Municipality
from samspill.web.studies.actions import add_member, add_wave, create_study, import_frame
from samspill.web.studies.frame.checking import FrameRow
from samspill.web.studies.frame.mapping import FrameMapping, Use
from samspill.web.studies.models import Study

PULSE = "pulse"
TITLES = {
    "nb": "Pulsen på samarbeidet i {name}",
    "nn": "Pulsen på samarbeidet i {name}",
    "en": "The pulse of the collaboration in {name}",
}


@transaction.atomic
def begin_round(
    *,
    actor: User,
    municipality: Municipality,
    parties: Sequence[Party],
    closes_at: datetime.datetime,
    opens_at: datetime.datetime | None = None,
) -> PulseRound:
    """Open a round to ``parties``, from now or ``opens_at``. It sends nothing: invitations are
    looked at and sent in the fieldwork of the municipality's study, of which ``actor`` is an owner
    from now on.

    Raises SamspillError where nobody of one side is to be asked, or it would close before it opens.
    """
    if {party.side for party in parties} != {MUNICIPALITY, ORGANISATION}:
        raise SamspillError(
            _("There must be someone to ask on both sides."),
            _("Write relations and the municipality's own contacts into the register first."),
        )
    begins = opens_at or timezone.now()
    study = _study(actor, municipality)
    number = study.collections.count() + 1
    title = {language: f"{text} {number}" for language, text in study.title.items()}
    day = timezone.localdate(begins)
    identifier = f"round_{number}"
    wave = add_wave(
        actor=actor, study=study, identifier=identifier, title=title, reference_date=day
    )
    collection = create_collection(
        actor=actor,
        study=study,
        wave=wave,
        version=_version(actor, study),
        identifier=identifier,
        title=title,
        sides=(MUNICIPALITY, ORGANISATION),
        closes_at=closes_at,
        contact_name=actor.name or str(municipality),
        contact_email=actor.email,
    )
    _ask(actor, study, parties)
    units = {unit.identifier: unit for unit in study.units.all()}
    entries = [
        Entry(
            unit=units[_unit(party)],
            side=party.side,
            organisation=party.name if party.side == ORGANISATION else "",
            email=party.email,
            name=party.name,
        )
        for party in parties
    ]
    take_in_respondents(actor=actor, collection=collection, entries=entries)
    open_collection(actor=actor, collection=collection, opens_at=begins)
    made = PulseRound.objects.create(municipality=municipality, collection=collection)
    known = {_unit(party): party for party in parties}
    Asked.objects.bulk_create(
        Asked(
            round=made,
            respondent=respondent,
            identifier=known[respondent.unit.identifier].identifier,
            field=known[respondent.unit.identifier].field,
        )
        for respondent in collection.respondents.select_related("unit")
    )
    record(
        actor=actor,
        action="mirror.begin_round",
        subject=f"pulse/{identifier}",
        municipality=municipality.code,
        new={"asked": len(parties), "closes": closes_at.isoformat()},
    )
    collection.refresh_from_db()
    return made


def study_of(municipality: Municipality) -> Study | None:
    """The municipality's own study; None before the first round."""
    first = PulseRound.objects.filter(municipality=municipality).first()
    return first.collection.study if first else None


def _study(actor: User, municipality: Municipality) -> Study:
    study = study_of(municipality)
    if study is None:
        return create_study(
            actor=actor,
            owner=actor,
            title={code: text.format(name=municipality.name) for code, text in TITLES.items()},
            year=timezone.localdate().year,
            invented=municipality.invented,
        )
    if not study.memberships.filter(user=actor).exists():
        add_member(actor=actor, study=study, email=actor.email, role=OWNER)
    return study


def _version(actor: User, study: Study) -> InstrumentVersion:
    held = InstrumentVersion.objects.filter(instrument__study=study).order_by("-number").first()
    return held or add_instrument(actor=actor, study=study, content=shipped_instrument(PULSE))


def _ask(actor: User, study: Study, parties: Sequence[Party]) -> None:
    """The parties as units of the study; a contact is called by its identifier, not by its name."""
    rows = [
        FrameRow(
            number=place,
            identifier=_unit(party),
            code=party.identifier[:32],
            name=party.name[:200] if party.side == ORGANISATION else party.identifier,
            valid_from=None,
            values={"field": party.field} if party.field else {},
        )
        for place, party in enumerate(parties, start=1)
    ]
    mapping = FrameMapping(
        {
            "identifier": Use.IDENTIFIER,
            "code": Use.CODE,
            "name": Use.NAME,
            "field": Use.NOMINAL,
        }
    )
    import_frame(actor=actor, study=study, mapping=mapping, rows=rows)


def _unit(party: Party) -> str:
    return f"{party.side[0]}-{party.identifier}"[:64]
