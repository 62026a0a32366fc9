"""What stands in the demonstration's database from the start."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from samspill.study import read_study, shipped_studies
from samspill.web.accounts.models import User
from samspill.web.audit.recording import SYSTEM, record
from samspill.web.demonstration.collecting import load_collections
from samspill.web.demonstration.framing import load_frame
from samspill.web.demonstration.inventing import made_up
from samspill.web.demonstration.people import PEOPLE, RESEARCHER
from samspill.web.results.models import Publication
from samspill.web.studies.actions import add_wave, create_study
from samspill.web.studies.models import Study

FOUNDING = "norway-2018"


@transaction.atomic
def load() -> None:
    """Fill an empty database; one that has users is left as it is."""
    if User.objects.exists():
        return
    for person in PEOPLE.values():
        User.objects.create_user(person.email, name=person.name)
    researcher = User.objects.get(email=RESEARCHER.email)
    _founding_study(researcher)
    study = _invented_study(researcher)
    units = load_frame(study)
    load_collections(study, units, researcher)


def _founding_study(owner: User) -> None:
    read = read_study(shipped_studies()[FOUNDING])
    study = create_study(
        actor=SYSTEM, owner=owner, title=dict(read.title), year=read.year, slug=FOUNDING
    )
    study.published_at = timezone.now()
    study.save(update_fields=["published_at"])
    Publication.objects.create(study=study, folder=FOUNDING, created_by=owner)
    record(actor=SYSTEM, action="results.publish", subject=FOUNDING, study=FOUNDING)


def _invented_study(owner: User) -> Study:
    given = made_up()["study"]
    study = create_study(actor=SYSTEM, owner=owner, invented=True, **given)
    wave = made_up()["wave"]
    add_wave(actor=SYSTEM, study=study, reference_date=date(given["year"], 1, 1), **wave)
    return study
