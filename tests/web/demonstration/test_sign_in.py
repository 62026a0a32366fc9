"""Signing in without a password: in the demonstration, from this machine, and nowhere else."""

from __future__ import annotations

import pytest

from samspill.web.accounts.models import User
from samspill.web.demonstration.people import PEOPLE


@pytest.fixture
def demo(db, settings):
    settings.DEMO = True
    for person in PEOPLE.values():
        User.objects.create_user(person.email, name=person.name)


def _sign_in(client, who="researcher", **headers):
    return client.post(f"/demonstration/sign-in/{who}/", headers={"host": "127.0.0.1"}, **headers)


@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_comes_in_on_a_page_of_theirs(client, demo, who):
    answer = _sign_in(client, who)
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200
    assert client.session["_auth_user_id"] == str(User.objects.get(email=PEOPLE[who].email).pk)


def test_there_is_no_such_page_outside_the_demonstration(client, demo, settings):
    settings.DEMO = False
    assert _sign_in(client).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "headers",
    [
        {"REMOTE_ADDR": "192.0.2.1"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.1"},
        {"HTTP_FORWARDED": "for=192.0.2.1"},
        {"HTTP_HOST": "testserver"},
    ],
)
def test_another_machine_does_not_come_in(client, demo, headers):
    answer = client.post(
        "/demonstration/sign-in/researcher/", **{"HTTP_HOST": "127.0.0.1", **headers}
    )
    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session


def test_nobody_else_can_be_chosen(client, demo):
    User.objects.create_superuser("boss@demo.invalid")
    assert _sign_in(client, "boss").status_code == 404


def test_a_link_signs_nobody_in(client, demo):
    assert client.get("/demonstration/sign-in/researcher/").status_code == 405
