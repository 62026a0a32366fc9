"""Who may open what: every page with every role."""

import pytest
from django.urls import get_resolver
from web.volunteering.receiving import day, entry, need, offer, organisation, room

from samspill.web.access.roles import (
    CONTRIBUTOR,
    COORDINATOR,
    DESK_READER,
    REPRESENTATIVE,
)
from samspill.web.municipality.actions.municipalities import open_desk

ROLES = [COORDINATOR, CONTRIBUTOR, DESK_READER, REPRESENTATIVE, "elsewhere", ""]
HANDLERS = {COORDINATOR, CONTRIBUTOR}
READERS = {*HANDLERS, DESK_READER}
EVERYONE = set(ROLES)
PAGES = {
    # address: (method, who once the public pages are open)
    "help/": ("get", EVERYONE),
    "help/needs/": ("get", EVERYONE),
    "help/status/": ("get", EVERYONE),
    "volunteers/": ("get", HANDLERS),
    "volunteers/follow-up/": ("post", HANDLERS),
    "volunteers/offers/offers-1/": ("get", HANDLERS),
    "volunteers/offers/offers-1/refer/": ("post", HANDLERS),
    "volunteers/offers/offers-1/decline/": ("post", HANDLERS),
    "volunteers/offers/offers-1/erase/": ("post", HANDLERS),
    "volunteers/referrals/r-1/answer/": ("post", HANDLERS),
    "volunteers/referrals/r-1/remind/": ("post", HANDLERS),
    "volunteers/needs/": ("get", READERS),
    "volunteers/needs/n-1/close/": ("post", HANDLERS),
    "volunteers/crisis/": ("get", READERS),
    "volunteers/crisis/begin/": ("post", HANDLERS),
    "volunteers/crisis/end/": ("post", HANDLERS),
    "volunteers/crisis/help-org/hand-over/": ("post", HANDLERS),
    "volunteers/crisis/help-org/list/": ("get", HANDLERS),
    "volunteers/crisis/help-org/list.csv": ("get", HANDLERS),
    "volunteers/crisis/help-org/list.xlsx": ("get", HANDLERS),
    "volunteers/matches/": ("get", READERS),
    "volunteers/matches/m-2/": ("post", HANDLERS),
    "gatherings/": ("get", READERS),
    "gatherings/g-1/": ("get", READERS),
    "gatherings/g-1/match/": ("post", HANDLERS),
    "gatherings/g-1/matches/m-1/": ("post", HANDLERS),
}


@pytest.fixture
def everything(municipality):
    helper = organisation(municipality, "help-org")
    room(municipality, helper, 3)
    offer(municipality)
    offer(municipality)
    need(municipality, "n-1")
    entry(
        municipality,
        "referrals",
        "r-1",
        offer="offers-2",
        organisation="help-org",
        sent_on=day(),
        outcome="pending",
    )
    entry(municipality, "gatherings", "g-1", title="Treff", held_on=day())
    entry(
        municipality,
        "matches",
        "m-1",
        gathering="g-1",
        need="n-1",
        organisation="help-org",
        outcome="pending",
    )
    entry(municipality, "matches", "m-2", need="n-1", organisation="help-org", outcome="pending")


@pytest.mark.parametrize("role", ROLES)
def test_pages_let_in_those_who_may_and_nobody_else(client, user_of, everything, role):
    user = user_of(role)
    if user:
        client.force_login(user)
    let_in = {page for page, (method, _) in PAGES.items() if _lets_in(client, method, page)}
    assert let_in == {page for page, (_, allowed) in PAGES.items() if role in allowed}


def _lets_in(client, method, page):
    answer = getattr(client, method)(f"/municipalities/9901/{page}")
    assert answer.status_code < 500
    asked_to_sign_in = answer.get("Location", "").startswith("/accounts/login/")
    return answer.status_code not in {403, 404} and not asked_to_sign_in


def test_nobody_from_outside_comes_in_before_the_pages_are_open(client, municipality, everything):
    open_desk(actor="test", municipality=municipality, opened=False)
    assert not any(_lets_in(client, method, page) for page, (method, _) in PAGES.items())


def test_every_page_is_in_the_table():
    routes = {str(p.pattern) for p in get_resolver("samspill.web.volunteering.urls").url_patterns}
    assert len(PAGES) == len(routes) + 1, "the list has two forms"


@pytest.mark.parametrize("role", [DESK_READER, REPRESENTATIVE, "elsewhere", ""])
def test_a_person_is_seen_nowhere_without_the_permission(client, user_of, everything, role):
    user = user_of(role)
    if user:
        client.force_login(user)
    addresses = [f"/municipalities/9901/{p}" for p, (m, _) in PAGES.items() if m == "get"]
    addresses += [
        "/municipalities/9901/",
        "/municipalities/9901/register/offers/",
        "/municipalities/9901/register/referrals/",
        "/municipalities/9901/register/organisations/help-org/",
        "/municipalities/9901/register/needs/n-1/",
        "/municipalities/9901/log/",
    ]
    for address in addresses:
        page = client.get(address).content.decode()
        assert "Eksempelsen" not in page, address
        assert "offers-2" not in page, address


def test_one_municipality_does_not_reach_the_people_of_another(client, user_of, everything):
    client.force_login(user_of("elsewhere"))
    for page in (
        "volunteers/offers/offers-1/",
        "gatherings/g-1/",
        "volunteers/crisis/help-org/list/",
    ):
        assert client.get(f"/municipalities/9902/{page}").status_code == 404
