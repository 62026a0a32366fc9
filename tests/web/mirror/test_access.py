"""Each role sees and does what it may in the mirror, and nobody anything of another's."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samspill.web.access.models import Position
from samspill.web.accounts.models import User
from samspill.web.municipality.models import Municipality, Organisation

ALL = {"coordinator": 200, "contributor": 200, "desk_reader": 200}
EDITORS = {"coordinator": 200, "contributor": 200, "desk_reader": 403}
COORDINATOR = {"coordinator": 200, "contributor": 403, "desk_reader": 403}
NOBODY = {"representative": 404, "stranger": 404, "anonymous": 302}
ROLES = (*ALL, *NOBODY)

READING = [
    ("overview", (), ALL),
    ("field", ("health_care",), ALL),
    ("placement", ("health_care", "policy_models"), ALL),
    ("questionnaire", (), ALL),
    ("answer", ("single_cases", "health_care"), ALL),
    ("answer", ("has_policy",), ALL),
    ("export", (), ALL),
    ("treatment", (), ALL),
    ("network", (), ALL),
    ("pulse", (), ALL),
    ("new_round", (), COORDINATOR),
    ("advice", (), ALL),
    ("today", (), ALL),
]
WRITING = [
    ("answer", ("single_cases", "health_care"), EDITORS),
    ("accept", (), EDITORS),
    ("prefill", (), EDITORS),
    ("new_round", (), COORDINATOR),
]


@pytest.fixture
def municipality(db):
    made = Municipality.objects.create(code="9901", name="Fjord", invented=True)
    Organisation.objects.create(
        municipality=made, identifier="choir", name="Koret", kind="organisation", status="active"
    )
    return made


@pytest.fixture
def as_role(client, municipality, empty):
    def sign_in(role):
        if role != "anonymous":
            user = User.objects.create_user(f"{role}@example.org")
            choir = Organisation.objects.get() if role == "representative" else None
            Position.objects.create(
                municipality=empty if role == "stranger" else municipality,
                user=user,
                role="coordinator" if role == "stranger" else role,
                organisation=choir,
            )
            client.force_login(user)
        return client

    return sign_in


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("view", "arguments", "expected"), READING)
def test_reading(as_role, view, arguments, expected, role):
    answer = as_role(role).get(reverse(f"mirror:{view}", args=("9901", *arguments)))
    assert answer.status_code == {**NOBODY, **expected}[role]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("view", "arguments", "expected"), WRITING)
def test_writing(as_role, view, arguments, expected, role):
    answer = as_role(role).post(reverse(f"mirror:{view}", args=("9901", *arguments)))
    wanted = {**NOBODY, **expected}[role]
    assert answer.status_code in ({200, 302} if wanted == 200 else {wanted})
    if wanted == 302:
        assert "/accounts/login/" in answer.url


@pytest.mark.parametrize("role", ROLES)
def test_figures(as_role, role):
    """There is nothing to draw here, which is not found for those who may see the mirror."""
    answer = as_role(role).get(reverse("mirror:figure", args=("9901", "core")))
    assert answer.status_code == {**NOBODY, **dict.fromkeys(ALL, 404)}[role]


@pytest.mark.parametrize(
    ("view", "arguments"),
    [
        ("field", ("nothing",)),
        ("placement", ("health_care", "nothing")),
        ("answer", ("nothing",)),
        ("answer", ("single_cases", "nothing")),
        ("figure", ("nothing",)),
    ],
)
def test_what_there_is_not_is_not_found(as_role, view, arguments):
    client = as_role("coordinator")
    assert client.get(reverse(f"mirror:{view}", args=("9901", *arguments))).status_code == 404


def test_a_barrier_that_there_is_not_is_not_found(as_role):
    address = reverse("mirror:advice", args=("9901",))
    assert as_role("desk_reader").get(f"{address}?barrier=nothing").status_code == 404
