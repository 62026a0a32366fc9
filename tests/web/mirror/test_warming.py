"""A change makes the mirror's numbers stale at once, and one piece of work makes it ready again."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.db import connection
from django.urls import reverse

from samspill.web.fieldwork.models import Respondent, Response
from samspill.web.jobs.models import Job
from samspill.web.jobs.running import run_job
from samspill.web.mirror import kept
from samspill.web.mirror.hearing import WARM
from samspill.web.mirror.reading import Mirror
from samspill.web.municipality.actions.entries import change_entry, remove_entry
from samspill.web.municipality.models import Municipality, Organisation, Relation

PAGES = ("overview", "questionnaire", "treatment", "network", "advice", "today")


def asked_for():
    return Job.objects.filter(kind=WARM, state="waiting")


@pytest.fixture
def saved(django_capture_on_commit_callbacks):
    """``with saved(): …`` is a transaction that is committed: nothing is left to be done after."""

    @contextmanager
    def commit():
        connection.run_on_commit = []
        with django_capture_on_commit_callbacks(execute=True):
            yield
        connection.run_on_commit = []

    return commit


def change(municipality, members):
    one = Organisation.objects.filter(municipality=municipality).first()
    change_entry(actor="kari", entry=one, values={"members": members})


def test_a_burst_of_changes_is_made_ready_once(oterfjord, saved):
    Job.objects.all().delete()
    for members in range(3):
        with saved():
            change(oterfjord, 900 + 2 * members)
            change(oterfjord, 901 + 2 * members)
    (job,) = asked_for()
    assert job.arguments == {"municipality": oterfjord.code}
    run_job.call(str(job.identifier))
    job.refresh_from_db()
    assert job.state == "done"
    with saved():
        change(oterfjord, 1000)
    assert asked_for().count() == 1


def test_many_changes_in_a_transaction_ask_once(oterfjord, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        for members in range(20):
            change(oterfjord, 700 + members)
    assert len(callbacks) == 1


def test_each_municipality_has_its_own(oterfjord, saved):
    other = Municipality.objects.create(code="9902", name="Fjell")
    theirs = Organisation.objects.create(
        municipality=other, identifier="x", name="X", kind="organisation", status="active"
    )
    Job.objects.all().delete()
    with saved():
        change(oterfjord, 900)
        change_entry(actor="kari", entry=theirs, values={"members": 3})
    assert {job.arguments["municipality"] for job in asked_for()} == {oterfjord.code, "9902"}


def test_an_answer_to_the_pulse_asks_too(oterfjord, person, saved):
    from samspill.web.demonstration.pulse import load_pulse

    load_pulse(oterfjord, person("coordinator", oterfjord))
    Job.objects.all().delete()
    response = Response.objects.filter(submitted_at__isnull=False).first()
    with saved():
        response.save()
    assert asked_for().count() == 1
    assert Respondent.objects.exists()


def test_what_is_ready_is_not_derived_again_by_any_page(oterfjord, signed_in, saved, monkeypatch):
    client = signed_in("coordinator", oterfjord)
    with saved():
        change(oterfjord, 900)
    (job,) = asked_for()
    run_job.call(str(job.identifier))
    derived = []
    known = kept.cache.set
    monkeypatch.setattr(
        kept.cache, "set", lambda key, *rest: derived.append(key) or known(key, *rest)
    )
    for page in PAGES:
        assert client.get(reverse(f"mirror:{page}", args=(oterfjord.code,))).status_code == 200
        assert [key for key in derived if key.startswith("mirror-")] == [], page


def test_nobody_sees_stale_numbers_before_it_is_ready(oterfjord, saved):
    relation = Relation.objects.filter(municipality=oterfjord).first()
    before = Mirror(oterfjord)
    ties = before.network.ties["relations"].sum()
    with saved():
        remove_entry(actor="kari", entry=relation)
    after = Mirror(oterfjord)
    assert asked_for().exists()
    assert after.state != before.state
    assert after.network.ties["relations"].sum() == ties - 1
