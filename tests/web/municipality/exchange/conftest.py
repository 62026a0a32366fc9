"""The invented municipality with its register, and the worker's work done at once."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from samspill.studies.invented_municipality import MUNICIPALITY, invent
from samspill.web.municipality.actions.intake import take_in
from samspill.web.municipality.models import Municipality


@pytest.fixture(autouse=True)
def files_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def register() -> int:
    """The invented municipality, in the place of any that has its code."""
    Municipality.objects.filter(code=MUNICIPALITY.code).update(code="0000")
    made = Municipality.objects.create(
        code=MUNICIPALITY.code, name=MUNICIPALITY.name, invented=True
    )
    take_in(actor="test", municipality=made, rows=invent(timezone.localdate()))
    return made.pk


@pytest.fixture
def invented(db):
    return Municipality.objects.get(pk=register())


@pytest.fixture
def coordinator(client, db):
    """``coordinator(municipality)``: a client signed in as its coordinator, in English."""
    from samspill.web.access import roles
    from samspill.web.access.models import Position
    from samspill.web.accounts.models import User

    def sign_in(municipality, name="kari"):
        user, _ = User.objects.get_or_create(email=f"{name}@example.org")
        Position.objects.get_or_create(
            municipality=municipality, user=user, defaults={"role": roles.COORDINATOR}
        )
        client.force_login(user)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return sign_in


@pytest.fixture
def address():
    def of(municipality, view, *arguments):
        app = "public_desk" if view in {"data", "data_file"} else "municipality"
        return reverse(f"{app}:{view}", args=(municipality.code, *arguments))

    return of


@pytest.fixture
def work_done():
    """Does the latest work that was asked for, and gives it."""
    from samspill.web.jobs.models import Job
    from samspill.web.jobs.running import run_job

    def do():
        job = Job.objects.latest("created_at")
        run_job.func(str(job.identifier))
        job.refresh_from_db()
        return job

    return do
