"""An organisation's day: whom to call, what is due, data corrected, a calendar followed, a need
answered, everything taken out; by account and by link; and what anyone sees at the public desk."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any
from urllib.parse import urlsplit

import icalendar
import pytest
from journeys.kept import loaded

from samspill.web.accounts.models import User
from samspill.web.demonstration.municipality import load_municipality
from samspill.web.demonstration.people import ORGANISATION, PEOPLE
from samspill.web.municipality.models import Match, Organisation

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]
OWN = (
    "",
    "agreed/",
    "needs/",
    "needs/new/",
    "offers/new/",
    "data/",
    "data/correct/",
    "data/propose/",
    "data/contacts/new/",
)
PUBLIC = ("", "organisations/", "contacts/", "bodies/", "now/", "grants/", "data/")


@pytest.fixture
def organisation(transactional_db: None) -> Organisation:
    loaded("municipality", _municipality)
    return Organisation.objects.get(positions__user__email=ORGANISATION.email)


def _municipality() -> None:
    for person in PEOPLE.values():
        User.objects.create_user(person.email, name=person.name)
    load_municipality()


def address(organisation: Organisation) -> str:
    return f"/organisations/{organisation.municipality.code}/{organisation.identifier}/"


def test_a_day(visitor, organisation):
    window = visitor()
    window.sign_in(User.objects.get(email=ORGANISATION.email))
    page = window.go("/municipalities/")
    assert urlsplit(page.url).path == address(organisation)
    assert str(organisation) in page.locator("h1").inner_text()
    assert page.locator(".matters a[href^='mailto:']").count() > 0
    assert page.locator(".ahead li").count() > 0

    follow(window, page, organisation)
    correct(page, organisation)
    answer(page, organisation)
    take_out(page, organisation)


def follow(window: Any, page: Any, organisation: Organisation) -> None:
    first = page.locator(".ahead strong").first.inner_text()
    page.click("#calendar button")
    feed = page.locator("#calendar a").get_attribute("href")
    stranger = window.page.context.browser.new_context()
    answered = stranger.request.get(window.base + urlsplit(feed).path)
    assert answered.ok
    told = [str(e["summary"]) for e in icalendar.Calendar.from_ical(answered.body()).walk("VEVENT")]
    assert any(first in summary for summary in told)
    stranger.close()


def correct(page: Any, organisation: Organisation) -> None:
    page.click(".workspace-nav >> nth=0 >> a[href$='/data/']")
    page.click("a[href$='/data/correct/']")
    page.fill("[name=address]", "Nyvegen 1")
    page.click("main form.card button[type=submit], main form.card button")
    assert "Nyvegen 1" in page.locator("main").inner_text()
    organisation.refresh_from_db()
    assert (organisation.address, organisation.provenance) == ("Nyvegen 1", "organisation")


def answer(page: Any, organisation: Organisation) -> None:
    page.click(".workspace-nav a[href$='/needs/']")
    page.click("a[href$='/answer/'] >> nth=0")
    page.fill("[name=offered]", "Vi stiller med to personer.")
    page.click("main form.card button")
    assert "Vi stiller med to personer." in page.locator("main").inner_text()
    assert Match.objects.filter(organisation=organisation, outcome="pending").exists()


def take_out(page: Any, organisation: Organisation) -> None:
    page.click(".workspace-nav a[href$='/data/']")
    with page.expect_download() as started:
        page.click("a[href$='organisation.zip']")
    content = started.value.path().read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        told = json.loads(book.read("organisation.json"))
    assert told["organisations"][0]["address"] == "Nyvegen 1"
    assert any(row["offered"] == "Vi stiller med to personer." for row in told["matches"])


def test_by_a_link_that_the_coordinator_sends_and_withdraws(visitor, organisation, mailoutbox):
    desk = visitor()
    desk.sign_in(User.objects.get(email=PEOPLE["coordinator"].email))
    page = desk.go(f"/municipalities/9901/register/organisations/{organisation.identifier}/")
    page.click("a[href$='/links/']")
    desk.inspect()
    page.fill("[name=email]", "leder@example.org")
    page.click("main form.form button")
    desk.inspect()
    link = mailoutbox[0].body.split("/organisations/link/")[1].split()[0]

    holder = visitor(width=390, javascript=False)
    holder.go(f"/organisations/link/{link}")
    holder.page.click(".workspace-nav a[href$='/data/']")
    holder.page.click("main .actions form button")
    organisation.refresh_from_db()
    assert organisation.verified_on is not None
    holder.inspect()

    page.click("main table form button")
    assert holder.page.goto(f"{holder.base}/organisations/link/{link}").status == 410


def test_each_page_fits_a_narrow_window_in_nynorsk(visitor, organisation):
    window = visitor(width=320)
    window.go("/municipalities/9901/open/")
    window.language("nn")
    for path in PUBLIC:
        window.go(f"/municipalities/9901/open/{path}")
        window.fits()
    window.go(f"/municipalities/9901/open/organisations/{organisation.identifier}/")
    window.fits()
    window.sign_in(User.objects.get(email=ORGANISATION.email))
    for path in OWN:
        window.go(address(organisation) + path)
        window.fits()


def test_anyone_finds_an_organisation_by_field(visitor, organisation):
    window = visitor(javascript=False)
    page = window.go("/municipalities/9901/open/")
    page.click(".fields a >> nth=0")
    assert "field=" in page.url
    page.fill("[name=q]", str(organisation))
    page.click("main form button")
    page.click("main tbody a >> nth=0")
    assert page.locator("h1").inner_text() == str(organisation)
