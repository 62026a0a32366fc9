"""From someone who offers help to an organisation that receives her, and out again."""

from __future__ import annotations

import re
import shutil

import pytest
from web.volunteering.receiving import day, entry, need, offer, organisation, room, unit

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium is installed"),
]
AT = "/municipalities/9901"


@pytest.fixture
def coordinator(transactional_db):
    from django.core.cache import cache

    from samspill.web.accounts.models import User

    cache.clear()
    return User.objects.create_user("coordinator@k.example")


@pytest.fixture
def municipality(coordinator):
    from samspill.web.municipality.actions.municipalities import create_municipality, open_desk

    made = create_municipality(
        actor=coordinator, code="9901", name="Storvik", coordinator=coordinator, invented=True
    )
    open_desk(actor=coordinator, municipality=made, opened=True)
    helper = organisation(made, "red-cross", name="Storvik Røde Kors", place="Storvik")
    organisation(made, "choir", name="Storvik kor", fields=["culture_leisure"])
    organisation(made, "language-cafe", name="Språkkafeen", email="")
    room(made, helper, 3)
    unit(made)
    need(made, "homework", title="Leksehjelp", organisation="red-cross", wanted=4)
    return made


def _link(letter, start):
    return re.search(rf"http\S+(/h/{start}\S+)", letter.body)[1]


@pytest.mark.parametrize(("width", "javascript"), [(320, True), (1280, False)])
def test_from_an_offer_to_a_yes_and_erased(
    visitor, coordinator, municipality, mailoutbox, width, javascript
):
    person = visitor(width=width, javascript=javascript)
    person.go(f"{AT}/help/needs/")
    person.inspect()
    person.page.click("main a[aria-label='Tilby hjelp med Leksehjelp']")
    person.inspect()
    person.page.click("main button[data-variant=primary]")
    assert person.page.locator("[role=alert] a").count() >= 3
    person.inspect()
    person.page.check("input[value=integration]")
    person.page.fill("[name=place]", "Storvik")
    person.page.fill("[name=name]", "Tora Eksempelsen")
    person.page.fill("[name=email]", "tora@eksempel.example")
    person.page.check("[name=consent]")
    person.page.click("main button[data-variant=primary]")
    assert "Takk for at du tilbyr hjelp" in person.page.inner_text("h1")
    person.inspect()

    desk = visitor(width=width, javascript=javascript)
    desk.sign_in(coordinator)
    desk.go(f"{AT}/")
    desk.page.click("nav >> text=Frivillige")
    desk.inspect()
    desk.page.click("text=Tora Eksempelsen")
    desk.inspect()
    assert desk.page.inner_text("ol.stack h3 >> nth=0") == "Storvik Røde Kors"
    desk.page.click("button[aria-label='Spør Storvik Røde Kors']")
    assert "er spurt på e-post" in desk.page.inner_text(".messages")
    desk.inspect()

    receiver = visitor(width=width, javascript=javascript)
    asked = mailoutbox[-1]
    assert asked.to == ["red-cross@organisation.example"]
    receiver.go(_link(asked, "asked/"))
    assert "Tora" not in receiver.page.inner_text("main")
    receiver.inspect()
    receiver.page.click("button[value=yes]")
    assert "Tora Eksempelsen" in receiver.page.inner_text("main")
    receiver.inspect()

    person.go(_link(mailoutbox[0], ""))
    assert "Storvik Røde Kors" in person.page.inner_text("main")
    person.inspect()
    person.page.click("main >> text=Trekk tilbudet og få alt slettet")
    person.inspect()
    person.page.click("text=Trekk og slett")
    assert "er slettet" in person.page.inner_text("h1")
    person.inspect()
    desk.go(f"{AT}/volunteers/")
    assert "Tora" not in desk.page.inner_text("main")


def test_a_crisis_and_a_gathering(visitor, coordinator, municipality):
    for number in range(4):
        offer(municipality, name=f"Person {number}", email=f"p{number}@eksempel.example")
    need(municipality, "rides", title="Skyss til trening", municipal_unit="refugees")
    entry(municipality, "gatherings", "g-1", title="Ressurstreff om integrering", held_on=day())
    desk = visitor(width=320, color_scheme="dark")
    desk.sign_in(coordinator)
    desk.go(f"{AT}/volunteers/crisis/")
    desk.inspect()
    desk.page.fill("[name=reason]", "Mange flyktninger kommer denne uka")
    desk.page.click("main form button[data-variant=primary]")
    desk.page.click("main button[aria-label='Overlever 3 til Storvik Røde Kors']")
    assert "fullt" in desk.page.inner_text("main table")
    desk.inspect()
    desk.page.click("main a[aria-label='Lista til Storvik Røde Kors']")
    assert desk.page.locator("main tbody tr").count() == 3
    desk.inspect()

    anyone = visitor(width=320, locale="nn-NO")
    anyone.go(f"{AT}/help/status/")
    assert "Mange flyktninger kommer denne uka" in anyone.page.inner_text("main .ds-alert")
    assert "færre enn 5" in anyone.page.inner_text("main table")
    anyone.inspect()

    desk.go(f"{AT}/volunteers/needs/")
    desk.inspect()
    desk.go(f"{AT}/gatherings/")
    desk.page.click("main table a")
    desk.page.select_option("[name=need]", "rides")
    desk.page.select_option("[name=by]", "organisation:red-cross")
    desk.page.fill("[name=offered]", "Vi har en minibuss")
    desk.page.click("main form.card button")
    desk.inspect()
    desk.page.select_option("main li.card select", "led_to_collaboration")
    desk.page.click("main li.card form button")
    desk.page.click("main >> text=Gjør det til en relasjon")
    assert desk.page.input_value("[name=organisation]") == "red-cross"
    desk.inspect()
