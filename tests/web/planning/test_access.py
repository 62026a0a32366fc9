"""Each role does what it may with the plan, and nobody sees anything of another municipality."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samspill.web.municipality.actions.municipalities import open_desk
from samspill.web.municipality.models import Input
from samspill.web.planning.actions.process import list_organisations

ROLES = ("coordinator", "contributor", "desk_reader", "representative", "stranger", "anonymous")
ALL = {"coordinator": 200, "contributor": 200, "desk_reader": 200}
EDITORS = {"coordinator": 200, "contributor": 200, "desk_reader": 403}
NOBODY = {"representative": 404, "stranger": 404, "anonymous": 302}

READING = [
    ("overview", (), ALL),
    ("measure", ("list",), ALL),
    ("year", (), ALL),
    ("criteria", (), ALL),
    ("council", (), ALL),
    ("council_pdf", (), ALL),
    ("public", (), ALL),
    ("making", (), ALL),
    ("process", ("processes-1",), ALL),
    ("judge", ("contact",), EDITORS),
    ("new_goal", (), EDITORS),
    ("new_measure", (), EDITORS),
    ("new_process", (), EDITORS),
    ("hearing", ("processes-1",), EDITORS),
    ("invitations", ("processes-1",), EDITORS),
    ("input", ("processes-1", "inputs-1"), EDITORS),
    ("adoption", ("processes-1",), EDITORS),
    ("reminders", (), EDITORS),
]
WRITING = [
    ("new_policy", (), EDITORS),
    ("status", ("list",), EDITORS),
    ("mark_invited", ("processes-1",), EDITORS),
    ("answer", ("processes-1", "inputs-1"), EDITORS),
    ("send_reminders", (), EDITORS),
    *((view, arguments, expected) for view, arguments, expected in READING if expected == EDITORS),
]


@pytest.fixture
def listed(municipality, process, of):
    list_organisations(actor="test", process=process, organisations=[of("organisations", "choir")])
    assert Input.objects.get().identifier == "inputs-1"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("view", "arguments", "expected"), READING)
def test_reading(signed_in, listed, view, arguments, expected, role):
    answer = signed_in(role).get(reverse(f"planning:{view}", args=("9901", *arguments)))
    assert answer.status_code == {**NOBODY, **expected}[role]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("view", "arguments", "expected"), WRITING)
def test_writing(signed_in, listed, view, arguments, expected, role):
    answer = signed_in(role).post(reverse(f"planning:{view}", args=("9901", *arguments)))
    wanted = {**NOBODY, **expected}[role]
    assert answer.status_code in ({200, 302} if wanted == 200 else {wanted})
    if wanted == 302:
        assert "/accounts/login/" in answer.url


def test_every_page_of_the_plan_is_in_these_tables():
    from samspill.web.planning.urls import of_a_process, urlpatterns

    named = {p.name for p in [*urlpatterns, *of_a_process] if getattr(p, "name", None)}
    assert named == {view for view, _, _ in [*READING, *WRITING]} | {"stop"}


def test_the_public_page_is_anyones_once_the_desk_is_opened_and_nothing_else_is(
    client, municipality
):
    open_desk(actor="test", municipality=municipality, opened=True)
    assert client.get("/municipalities/9901/plan/public/").status_code == 200
    assert client.get("/municipalities/9901/plan/").status_code == 302
    assert client.get("/municipalities/9901/plan/council.pdf").status_code == 302


@pytest.mark.parametrize(
    "path", ["measures/none/", "making/none/", "criteria/none/", "making/processes-1/inputs/none/"]
)
def test_what_is_not_there_is_not_found(signed_in, listed, path):
    assert signed_in("coordinator").get(f"/municipalities/9901/plan/{path}").status_code == 404


def test_a_measure_of_another_municipality_is_not_found(signed_in, municipality, today):
    from samspill.web.municipality.actions.intake import take_in
    from samspill.web.municipality.models import Municipality

    other = Municipality.objects.create(code="9903", name="Vidda")
    take_in(
        actor="test",
        municipality=other,
        rows={
            "policies": [{"identifier": "p", "title": "P", "state": "adopted"}],
            "goals": [{"identifier": "g", "title": "G", "policy": "p"}],
            "measures": [{"identifier": "m", "title": "M", "goal": "g", "status": "planned"}],
        },
    )
    client = signed_in("coordinator")
    assert client.get("/municipalities/9901/plan/measures/m/").status_code == 404
    assert client.get("/municipalities/9903/plan/measures/m/").status_code == 404
