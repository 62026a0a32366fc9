"""Only a coordinator takes files out and in; open data are anyone's once the desk is open."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

ROLES = (
    "coordinator",
    "contributor",
    "desk_reader",
    "representative",
    "stranger",
    "anonymous",
)
COORDINATOR = {"coordinator": {200, 302}, "contributor": {403}, "desk_reader": {403}}
NOBODY = {"representative": {404}, "stranger": {404}, "anonymous": {302}}
DESK = {"coordinator": {200}, "contributor": {200}, "desk_reader": {200}}

READING = [
    ("exchange", ()),
    ("take_out", ("zip",)),
    ("take_out", ("xlsx",)),
    ("take_out_table", ("organisations", "csv")),
    ("take_out_table", ("offers", "xlsx")),
    ("preview_file", ()),
    ("registers", ()),
    ("preview_registers", ()),
    ("published", ()),
]
WRITING = [
    "bring_file",
    "take_in_file",
    "cancel_file",
    "registers",
    "fetch_registers",
    "invented_registers",
    "follow_registers",
    "cancel_registers",
]
PUBLIC = [("data", ()), ("data_file", ("organisations.csv",))]


def address(view, arguments=()):
    return reverse(f"municipality:{view}", args=("9901", *arguments))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("view", "arguments"), READING)
def test_reading(signed_in, municipality, view, arguments, role):
    answer = signed_in(role).get(address(view, arguments))
    assert answer.status_code in {**NOBODY, **COORDINATOR}[role]
    if role == "anonymous":
        assert "/accounts/login/" in answer.url


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("view", WRITING)
def test_writing(signed_in, municipality, view, role):
    answer = signed_in(role).post(address(view))
    assert answer.status_code in {**NOBODY, **COORDINATOR}[role]
    if role == "anonymous":
        assert "/accounts/login/" in answer.url


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("view", "arguments"), PUBLIC)
def test_open_data(signed_in, municipality, view, arguments, role):
    client = signed_in(role)
    there = reverse(f"public_desk:{view}", args=("9901", *arguments))
    assert client.get(there).status_code in {**NOBODY, **DESK}[role]
    municipality.opened_at = timezone.now()
    municipality.save()
    assert client.get(there).status_code == 200


def test_what_one_has_brought_is_not_shown_to_another(signed_in, municipality):
    from samspill.web.municipality.exchange.waiting import FILE, keep

    client = signed_in("coordinator")
    other = signed_in("desk_reader").session["_auth_user_id"]
    keep(municipality, int(other), FILE, "theirs.csv", b"identifier\nx\n", {})
    client = signed_in("coordinator")
    assert client.get(address("preview_file")).status_code == 302


def test_only_a_coordinator_is_led_there(signed_in, municipality):
    wanted = address("exchange")
    today, listing = address("today"), address("listing", ("organisations",))
    for role, there in [("coordinator", True), ("contributor", False), ("desk_reader", False)]:
        client = signed_in(role)
        assert (wanted in client.get(today).content.decode()) is there
        assert ("Take these away" in client.get(listing).content.decode()) is there
