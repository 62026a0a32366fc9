"""Who comes to an organisation's page, its links, and the public desk."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from samspill.web.municipality.actions.municipalities import open_desk
from samspill.web.organisation.actions.keys import withdraw_link
from samspill.web.organisation.models import Link
from samspill.web.organisation.pages import PAGES

ROLES = (
    "coordinator",
    "contributor",
    "desk_reader",
    "representative",
    "other",
    "stranger",
    "anonymous",
)
OWN = {
    "coordinator": 200,
    "contributor": 200,
    "desk_reader": 404,
    "representative": 200,
    "other": 404,
    "stranger": 404,
    "anonymous": 302,
}
LINKS = {
    "coordinator": 200,
    "contributor": 403,
    "desk_reader": 403,
    "representative": 404,
    "other": 404,
    "stranger": 404,
    "anonymous": 302,
}
DESK = {
    "coordinator": 200,
    "contributor": 200,
    "desk_reader": 200,
    "representative": 404,
    "other": 404,
    "stranger": 404,
    "anonymous": 302,
}
PARTS = {"need": "drivers", "offer": "room", "contact": "anne"}
ASKED_TO_DO = {
    "close_need",
    "withdraw_offer",
    "confirm",
    "contact_left",
    "follow",
    "stop_following",
}
READ = [page.name for page in PAGES if page.name not in ASKED_TO_DO]
PUBLIC = ("desk", "organisations", "contacts", "bodies", "now", "grants", "grants_file", "data")


def rest_of(page):
    route = next(str(p.pattern) for p in PAGES if p.name == page)
    return [value for part, value in PARTS.items() if f":{part}>" in route]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", READ)
def test_pages_are_read_by_those_who_speak_for_it_and_those_who_edit_the_register(
    signed_in, at, page, role
):
    assert signed_in(role).get(at(page, *rest_of(page))).status_code == OWN[role]


@pytest.mark.parametrize("role", ["desk_reader", "other", "stranger", "anonymous"])
@pytest.mark.parametrize("page", [page.name for page in PAGES])
def test_nobody_else_does_anything(signed_in, at, choir, page, role):
    answer = signed_in(role).post(at(page, *rest_of(page)))
    assert answer.status_code in {302, 404}
    assert answer.status_code != 302 or "/accounts/login/" in answer.url
    choir.refresh_from_db()
    assert choir.verified_on is None


@pytest.mark.parametrize("role", ROLES)
def test_links_are_the_coordinators(signed_in, at, role):
    client = signed_in(role)
    assert client.get(at("links")).status_code == LINKS[role]
    answer = client.post(at("links"), {"email": "a@example.org", "language": "nb", "days": "30"})
    assert Link.objects.exists() == (role == "coordinator")
    assert answer.status_code in {302, LINKS[role]}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", PUBLIC)
def test_the_public_desk_is_the_municipalitys_own_until_it_is_opened(
    signed_in, municipality, page, role
):
    client = signed_in(role)
    address = reverse(f"public_desk:{page}", args=("9901",))
    assert client.get(address).status_code == DESK[role]
    open_desk(actor="kari", municipality=municipality, opened=True)
    assert client.get(address).status_code == 200


def test_a_link_gives_the_pages_without_an_account_and_nothing_else(client, at, token):
    for page in READ:
        answer = client.get(at(page, *rest_of(page), token=token))
        assert answer.status_code == 200, page
        assert "no-store" in answer["Cache-Control"]
    assert client.get(at("page")).status_code == 302
    assert client.get(reverse("municipality:today", args=("9901",))).status_code == 302


def test_pages_by_link_lead_to_pages_by_link_alone(client, at, token):
    text = client.get(at("page", token=token)).content.decode()
    assert at("needs", token=token) in text
    assert at("needs") not in text


def test_a_link_goes_to_its_address_and_its_token_is_kept_nowhere(signed_in, at):
    client = signed_in("coordinator")
    given = {"email": "leder@example.org", "language": "nn", "days": "90"}
    shown = client.post(at("links"), given, follow=True).content.decode()
    (letter,) = mail.outbox
    assert letter.to == ["leder@example.org"]
    assert "Fjordkoret" in letter.body
    token = letter.body.split("/organisations/link/")[1].split("/")[0]
    assert token not in shown
    assert token not in Link.objects.get().digest
    client.logout()
    assert client.get(at("page", token=token)).status_code == 200


def test_a_link_stops_when_it_is_withdrawn_or_its_time_is_over(client, at, token):
    link = Link.objects.get()
    link.expires_at = timezone.now() - datetime.timedelta(seconds=1)
    link.save()
    assert client.get(at("page", token=token)).status_code == 410
    link.expires_at = timezone.now() + datetime.timedelta(days=1)
    link.save()
    assert client.get(at("page", token=token)).status_code == 200
    withdraw_link(actor="kari", link=link)
    for page in READ:
        assert client.get(at(page, *rest_of(page), token=token)).status_code == 410
    assert client.post(at("confirm", token=token)).status_code == 410


def test_a_link_that_nobody_has_made_leads_nowhere(client, at, choir):
    assert client.get(at("page", token="x" * 43)).status_code == 410


def test_a_link_of_another_organisation_cannot_be_withdrawn_here(signed_in, band, token):
    address = reverse("organisation:withdraw_link", args=("9901", "band", Link.objects.get().pk))
    assert signed_in("coordinator").post(address).status_code == 404
    assert Link.objects.exists()


def test_a_representative_begins_at_the_organisations_page(signed_in, at):
    answer = signed_in("representative").get(reverse("municipality:desks"))
    assert answer.url == at("page")
