"""Each role sees and does what it may at the desk, and nobody anything in another municipality."""

from __future__ import annotations

import pytest
from django.urls import reverse

ROLES = (
    "coordinator",
    "contributor",
    "desk_reader",
    "representative",
    "stranger",
    "anonymous",
)
ALL = {"coordinator": 200, "contributor": 200, "desk_reader": 200}
EDITORS = {"coordinator": 200, "contributor": 200, "desk_reader": 403}
COORDINATOR = {"coordinator": 200, "contributor": 403, "desk_reader": 403}
NOBODY = {"representative": 404, "stranger": 404, "anonymous": 302}

READING = [
    ("today", (), ALL),
    ("listing", ("organisations",), ALL),
    ("listing", ("offers",), EDITORS),
    ("entry", ("organisations", "choir"), ALL),
    ("entry", ("offers", "help"), EDITORS),
    ("add", ("organisations",), EDITORS),
    ("edit", ("organisations", "choir"), EDITORS),
    ("people", (), ALL),
    ("log", (), EDITORS),
    ("persons", (), COORDINATOR),
]
WRITING = [
    ("verify", ("organisations", "choir"), EDITORS),
    ("remove", ("relations", "song"), EDITORS),
    ("bulk", ("organisations",), EDITORS),
    ("give_position", (), COORDINATOR),
    ("take_out_person", (), COORDINATOR),
    ("erase_person", (), COORDINATOR),
    ("switch_desk", (), COORDINATOR),
]


@pytest.mark.parametrize("role", ROLES)
def test_reading(signed_in, municipality, role):
    client = signed_in(role)
    for view, arguments, expected in READING:
        answer = client.get(reverse(f"municipality:{view}", args=("9901", *arguments)))
        assert answer.status_code == {**NOBODY, **expected}[role], (view, arguments)


@pytest.mark.parametrize("role", ROLES)
def test_writing(signed_in, municipality, role):
    client = signed_in(role)
    for view, arguments, expected in WRITING:
        answer = client.post(reverse(f"municipality:{view}", args=("9901", *arguments)))
        wanted = {**NOBODY, **expected}[role]
        assert answer.status_code in ({200, 302} if wanted == 200 else {wanted}), (view, arguments)
        if wanted == 302:
            assert "/accounts/login/" in answer.url


def test_a_table_or_an_entry_that_is_not_there_is_not_found(signed_in, municipality):
    client = signed_in("coordinator")
    for arguments in [("nothing",), ("organisations", "nothing")]:
        view = "listing" if len(arguments) == 1 else "entry"
        assert (
            client.get(reverse(f"municipality:{view}", args=("9901", *arguments))).status_code
            == 404
        )


def test_a_reader_of_offers_through_the_log_of_removed_entries_is_refused(signed_in, municipality):
    from samspill.web.municipality.actions.entries import remove_entry
    from samspill.web.municipality.finding import entry_named

    event = remove_entry(actor="kari", entry=entry_named(municipality, "offers", "help"))
    address = reverse("municipality:removed", args=("9901", event.pk))
    assert signed_in("desk_reader").get(address).status_code == 403


def test_events_of_another_municipality_are_not_found(signed_in, municipality):
    from samspill.web.municipality.actions.entries import remove_entry
    from samspill.web.municipality.finding import entry_named

    event = remove_entry(actor="kari", entry=entry_named(municipality, "relations", "song"))
    client = signed_in("stranger")
    assert client.get(reverse("municipality:removed", args=("9902", event.pk))).status_code == 404
