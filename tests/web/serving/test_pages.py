"""The first administrator's link, the health page, and what stays out of the log."""

from __future__ import annotations

import logging
import logging.config
from unittest import mock

import pytest
from django.core import signing
from django.db import DatabaseError

from samspill.web.accounts.models import User
from samspill.web.audit.models import Event
from samspill.web.serving import administrator

PASSWORD = "en lang og god setning"


def _path(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def _form(**overrides):
    given = {
        "email": "first@example.org",
        "name": "First",
        "password": PASSWORD,
        "repeated": PASSWORD,
    }
    return {**given, **overrides}


def test_the_link_makes_one_administrator_and_is_spent(client, db):
    path = _path(administrator.new_link())
    assert client.get(path).status_code == 200
    assert client.post(path, _form())["Location"] == "/account/people/"
    assert client.get("/account/people/").status_code == 200
    user = User.objects.get()
    assert user.is_superuser
    assert user.check_password(PASSWORD)
    assert client.get(path).status_code == 404
    assert client.post(path, _form(email="second@example.org")).status_code == 404
    assert Event.objects.get().action == "serving.become_administrator"
    assert PASSWORD not in str(Event.objects.values())


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "short", "repeated": "short"},
        {"repeated": "another long sentence"},
        {"email": "no address"},
        {"password": "first@example.org", "repeated": "first@example.org"},
    ],
)
def test_a_fault_in_the_form_makes_nobody_administrator(client, db, wrong):
    path = _path(administrator.new_link())
    answer = client.post(path, _form(**wrong))
    assert answer.status_code == 200
    assert b"field-error" in answer.content
    assert administrator.is_needed()


def test_an_address_with_an_account_is_not_taken_over(client, db):
    User.objects.create_user("first@example.org", "their own password")
    answer = client.post(_path(administrator.new_link()), _form())
    assert b"field-error" in answer.content
    assert not User.objects.get().is_superuser


@pytest.mark.parametrize(
    "token",
    ["x", signing.dumps("first"), signing.dumps("first", salt="another.salt")],
    ids=["nothing signed", "another purpose", "another salt"],
)
def test_a_link_that_was_not_signed_for_this_opens_nothing(client, db, token):
    assert client.get(f"/first-administrator/{token}/").status_code == 404


def test_a_link_is_too_old_after_a_day(client, db):
    path = _path(administrator.new_link())
    later = signing.time.time() + administrator.HOURS * 3600 + 1
    with mock.patch("django.core.signing.time.time", return_value=later):
        assert client.get(path).status_code == 404


def test_the_health_page_answers_when_the_database_does(client, db):
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["database"]) == (200, "ok")


def test_the_health_page_tells_when_the_database_is_down(client, db):
    with mock.patch("samspill.web.serving.views.connection.cursor", side_effect=DatabaseError):
        answer = client.get("/health/")
    assert (answer.status_code, answer.json()["database"]) == (503, "down")


@pytest.mark.parametrize("path", ["/a/the-secret-token/", "/first-administrator/the-secret/"])
def test_an_address_that_is_a_key_never_stands_in_the_log(client, db, path, settings, capfd):
    logging.config.dictConfig(settings.LOGGING)
    logging.getLogger("django.request").setLevel(logging.DEBUG)
    handler = logging.getLogger().handlers[-1]
    handler.setLevel(logging.DEBUG)
    try:
        client.get(path)
        client.handler.enforce_csrf_checks = True
        client.post(path)
    finally:
        client.handler.enforce_csrf_checks = False
        logging.getLogger("django.request").setLevel(logging.NOTSET)
    logged = capfd.readouterr().err
    assert "Not Found" in logged
    assert "the-secret" not in logged
