"""What stands in the demonstration's database from the start."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from samspill.errors import SamspillError
from samspill.instrument import shipped_instrument
from samspill.study import read_study, shipped_studies
from samspill.web.accounts.models import User
from samspill.web.demonstration.collecting import load_collections
from samspill.web.demonstration.designing import load_design
from samspill.web.demonstration.earlier import load_earlier_waves
from samspill.web.demonstration.framing import load_frame
from samspill.web.demonstration.interviewing import load_interviews
from samspill.web.demonstration.inventing import made_up
from samspill.web.demonstration.municipality import load_municipality
from samspill.web.demonstration.people import PEOPLE, RESEARCHER
from samspill.web.demonstration.triangulating import load_sources
from samspill.web.demonstration.weighing import weigh_and_publish
from samspill.web.instruments.actions import add_instrument, freeze_version
from samspill.web.results.actions import publish
from samspill.web.results.drafts import find_draft
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
    load_frame(study, researcher)
    load_collections(study, researcher)
    load_earlier_waves(study, researcher)
    weigh_and_publish(study, researcher)
    load_interviews(study, researcher)
    load_design(study, researcher)
    load_sources(study, researcher, load_municipality())


def _founding_study(owner: User) -> None:
    read = read_study(shipped_studies()[FOUNDING])
    study = create_study(
        actor=owner, owner=owner, title=dict(read.title), year=read.year, slug=FOUNDING
    )
    wave = made_up()["founding_wave"]
    add_wave(actor=owner, study=study, reference_date=date(read.year, 1, 1), **wave)
    version = add_instrument(actor=owner, study=study, content=shipped_instrument(FOUNDING))
    freeze_version(actor=owner, version=version)
    draft = find_draft(study, FOUNDING)
    if draft is None:
        raise SamspillError(f"'{FOUNDING}' does not come with Samspill.", "Install Samspill anew.")
    publish(actor=owner, study=study, draft=draft)


def _invented_study(owner: User) -> Study:
    given = made_up()["study"]
    study = create_study(actor=owner, owner=owner, invented=True, **given)
    wave = made_up()["wave"]
    add_wave(actor=owner, study=study, reference_date=date(given["year"], 1, 1), **wave)
    return study
