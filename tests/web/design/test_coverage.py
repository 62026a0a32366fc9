"""The interviews against the plan, on the study's pages, and what results say they rest on."""

from __future__ import annotations

import pytest

from samspill.web.audit.models import Event
from samspill.web.design.actions import plan_interviews
from samspill.web.design.informants import cells, coverage_of
from samspill.web.interviews.models import Source
from samspill.web.interviews.resting import resting_on

ADDRESS = "/studies/trial/design/coverage/"


@pytest.fixture
def planned(selected):
    """One informant for every field and side in three cases, and one interview made."""
    study = selected.study
    plan_interviews(
        actor=study.owner, study=study, units=selected.found["cases"], cells=cells(), each=1
    )
    unit = study.units.get(identifier=selected.found["cases"][0])
    Source.objects.create(
        study=study, name="One", unit=unit, side="municipality",
        fields=["health_care", "integration"], text="We talk.",
    )  # fmt: skip
    Source.objects.create(study=study, name="Nobody's", side="organisation", text="We talk.")
    return study


def test_the_plan_is_made_for_the_cases_and_logged(selected, client) -> None:
    client.force_login(selected.study.owner)
    assert "No interviews are planned yet." in client.get(ADDRESS).content.decode()
    client.post(ADDRESS, {"each": "2"})
    found = coverage_of(selected.study)
    assert found is not None
    assert found.planned == 3 * 8 * 2
    event = Event.objects.get(action="design.plan_interviews")
    assert set(event.new) == set(selected.found["cases"])


def test_the_page_says_what_is_met_and_whom_to_ask_next(planned, client) -> None:
    client.force_login(planned.owner)
    page = client.get(ADDRESS)
    told = page.content.decode()
    assert "2 of 24 planned informants are interviewed, in 2 interviews." in told
    assert "1 interview lacks unit, side or field" in told
    first = page.context["ask"][0]
    assert first["group_met"] == 0
    assert f"Ask next in {first['name']}" in told
    assert page.context["lacking"] == 22


def test_the_plan_of_one_case_is_changed_by_itself(planned, client) -> None:
    client.force_login(planned.owner)
    unit = planned.planned_interviews.first().unit.identifier
    page = client.get(f"{ADDRESS}{unit}/")
    numbers = dict.fromkeys(page.context["form"].fields, 1)
    client.post(f"{ADDRESS}{unit}/", {**numbers, "organisation-integration": 0})
    found = coverage_of(planned)
    assert found is not None
    assert found.planned == 23
    event = Event.objects.get(action="design.plan_unit")
    assert (event.old, event.new) == (
        {"organisation/integration": 1}, {"organisation/integration": 0}
    )  # fmt: skip


def test_results_of_interviews_carry_what_they_rest_on(planned, coded, client) -> None:
    client.force_login(planned.owner)
    rests = resting_on(planned)
    assert rests is not None
    assert (rests.met, rests.planned) == (2, 24)
    for part in ("barriers", "matrix", "sides", "passages"):
        page = client.get(f"/studies/trial/interviews/{part}/")
        assert "2 of 24 planned informants are interviewed." in page.content.decode(), part


def test_without_a_plan_nothing_is_said_of_what_results_rest_on(coded, client) -> None:
    client.force_login(coded.owner)
    page = client.get("/studies/trial/interviews/barriers/").content.decode()
    assert "planned informants" not in page


def test_informants_are_not_shown_to_who_does_not_code(planned, client, make_user) -> None:
    client.force_login(make_user("reader", planned))
    assert client.get(ADDRESS).status_code == 403


def test_the_progress_line_says_how_far_cases_and_interviews_have_come(planned, wave, client):
    client.force_login(planned.owner)
    told = client.get("/studies/trial/").content.decode()
    assert "The study has 1 wave. It has 3 cases. 2 of 24 planned informants" in told
