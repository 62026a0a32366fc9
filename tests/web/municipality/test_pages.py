"""What the desk's pages show and take."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from django.urls import reverse

from samspill.web.access.models import Position
from samspill.web.municipality.finding import entries, entry_named
from samspill.web.municipality.models import Municipality


def address(view, *arguments):
    return reverse(f"municipality:{view}", args=("9901", *arguments))


def test_the_list_is_searched_filtered_and_ordered_by_the_address(signed_in, municipality):
    client = signed_in("desk_reader")

    def shown(query):
        answer = client.get(address("listing", "organisations") + query)
        return [entry.identifier for entry, _ in answer.context["rows"]]

    assert shown("") == ["choir", "red-cross"]
    assert shown("?q=OMSORG") == ["red-cross"]
    assert shown("?fields=culture_leisure") == ["choir"]
    assert shown("?sort=-members") == ["red-cross", "choir"]
    assert shown("?status=dissolved") == []
    assert shown("?unverified=on&q=koret") == ["choir"]


@pytest.mark.parametrize("query", ["?sort=nothing", "?kind=nothing", "?page=99", "?on=yesterday"])
def test_an_address_that_makes_no_sense_still_shows_the_list(signed_in, municipality, query):
    answer = signed_in("desk_reader").get(address("listing", "relations") + query)
    assert answer.status_code == 200


def test_an_entry_is_added_with_its_form(signed_in, municipality):
    values = {
        "organisation": "choir",
        "municipal_unit": "library",
        "field": "culture_leisure",
        "form": "service_delivery",
        "valid_from": "2026-01-01",
        "statutory": "False",
        "public": ["organisation", "form"],
    }
    answer = signed_in("contributor").post(address("add", "relations"), values)
    assert answer.status_code == 302
    made = entries(municipality, "relations").get(identifier="relations-1")
    assert made.statutory is False
    assert made.amount is None
    assert made.valid_from == datetime.date(2026, 1, 1)
    assert made.public == ["organisation", "form"]


def test_what_ends_before_it_begins_and_a_wrong_number_are_said_and_nothing_is_lost(
    signed_in, municipality
):
    client = signed_in("contributor")
    values = {
        "organisation": "choir",
        "municipal_unit": "library",
        "field": "culture_leisure",
        "form": "service_delivery",
        "valid_from": "2026-01-01",
        "valid_to": "2025-01-01",
    }
    answer = client.post(address("add", "relations"), values)
    assert "This is before it begins." in answer.content.decode()
    assert 'value="2026-01-01"' in answer.content.decode()
    answer = client.post(
        address("add", "organisations"),
        {"name": "A", "kind": "organisation", "status": "active", "number": "123456789"},
    )
    assert "no organisation number" in answer.content.decode()


def test_many_are_given_the_same_value_on_a_page_of_their_own(signed_in, municipality):
    client = signed_in("contributor")
    chosen = {"entry": ["choir", "red-cross"], "what": "set:status"}
    answer = client.post(address("bulk", "organisations"), chosen)
    assert "2 entries are changed" in answer.content.decode()
    answer = client.post(
        address("bulk", "organisations"), {**chosen, "given": "1", "status": "dissolved"}
    )
    assert answer.status_code == 302
    assert {e.status for e in entries(municipality, "organisations")} == {"dissolved"}


def test_many_are_verified_shown_and_hidden(signed_in, municipality):
    client = signed_in("contributor")
    client.post(address("bulk", "organisations"), {"entry": ["choir"], "what": "show:members"})
    assert "members" in entry_named(municipality, "organisations", "choir").public
    client.post(address("bulk", "organisations"), {"entry": ["choir"], "what": "verify"})
    assert entry_named(municipality, "organisations", "choir").verified_on.year >= 2026


def test_today_says_what_waits_and_the_invented_say_so(signed_in, municipality):
    text = signed_in("coordinator").get(address("today")).content.decode()
    assert "One thing waits for you" in text
    assert "1 who offers to help has no answer" in text
    assert "2 of 2 organisations" in text
    assert "Fjord is invented" in text


def test_a_reader_is_not_told_of_those_who_offer_help(signed_in, municipality):
    text = signed_in("desk_reader").get(address("today")).content.decode()
    assert "Nothing waits for you" in text


def test_an_entry_shows_what_refers_to_it_and_its_changes(signed_in, municipality):
    text = signed_in("contributor").get(address("entry", "organisations", "choir")).content.decode()
    assert "Anne Oppdiktet" in text
    assert "Added an entry" in text


def test_giving_a_role_invites_whoever_has_no_account(signed_in, municipality):
    answer = signed_in("coordinator").post(
        address("give_position"),
        {"email": "new@example.org", "role": "representative", "organisation": "choir"},
    )
    assert answer.status_code == 302
    position = Position.objects.get(user__email="new@example.org")
    assert position.organisation.identifier == "choir"
    assert mail.outbox[0].to == ["new@example.org"]


def test_a_representative_without_an_organisation_is_refused(signed_in, municipality):
    answer = signed_in("coordinator").post(
        address("give_position"), {"email": "new@example.org", "role": "representative"}
    )
    assert "A representative speaks for one organisation" in answer.content.decode()


def test_the_last_coordinator_stays(signed_in, municipality):
    client = signed_in("coordinator")
    position = Position.objects.get(municipality=municipality, role="coordinator")
    client.post(address("take_position", position.pk))
    assert Position.objects.filter(pk=position.pk).exists()


def test_an_administrator_makes_a_desk(client, person, municipality):
    coordinator = person("contributor")
    administrator = person("desk_reader")
    administrator.is_superuser = True
    administrator.save()
    client.force_login(administrator)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    values = {"code": "9903", "name": "Øy", "coordinator": coordinator.email}
    assert client.post(reverse("municipality:new"), values).status_code == 302
    assert Municipality.objects.get(code="9903").positions.get().user == coordinator
    wrong = client.post(reverse("municipality:new"), {**values, "code": "99"})
    assert "four digits" in wrong.content.decode()
