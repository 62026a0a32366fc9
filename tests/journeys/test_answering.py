"""A respondent answers: without JavaScript, on two devices, by keyboard, in three languages."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from web.answering.asking import ask, open_collection
from web.answering.instruments import every_kind

from samspill.instrument import Item, shipped_instrument
from samspill.web.fieldwork.models import Response
from samspill.web.fieldwork.responses import answers_of

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]

NEXT, BACK, OVERVIEW = (f".actions button[value={name}]" for name in ("next", "back", "overview"))
Open = Callable[..., Any]


@pytest.fixture
def wave(transactional_db: None) -> Any:
    from samspill.web.studies.models import Study

    study = Study.objects.create(
        slug="trial", title={"nb": "Prøven", "nn": "Prøva", "en": "The trial"}, year=2026
    )
    return study.waves.create(
        identifier="first",
        title={"nb": "Første", "nn": "Første", "en": "First"},
        reference_date=datetime.date(2026, 1, 1),
    )


@pytest.fixture
def survey(wave: Any) -> Any:
    return ask(open_collection(wave.study, wave, shipped_instrument("norway-2018")))


@pytest.fixture
def kinds(wave: Any) -> Any:
    return ask(open_collection(wave.study, wave, every_kind()))


def chosen(page: Any, name: str, value: str) -> Any:
    return page.locator(f"input[name='{name}'][value='{value}']")


def test_from_the_link_to_the_receipt_without_javascript(visitor: Open, survey: Any) -> None:
    window = visitor(javascript=False, width=390)
    page = window.go(f"/a/{survey.token}/")
    page.click("main .ds-button >> nth=0")
    page.click(NEXT)
    for number, field in enumerate(page.locator("fieldset.question").all()):
        field.locator("input").nth(0 if number in {0, 3} else 1).check()
    page.click(NEXT)
    page.locator("input[value='1']").first.check()
    page.click(NEXT)
    page.click(NEXT)
    met = []
    while page.locator("textarea").count() == 0:
        met.append(page.locator("h1").inner_text())
        page.locator("input[value='1']").last.check()
        page.click(NEXT)
    assert met == ["Kultur og fritid", "Integrering"]
    page.fill("textarea", "For få møter")
    page.click(NEXT)
    assert page.locator("h1").inner_text() == "Stemmer alt?"
    page.click("text=Send inn svarene")
    assert page.locator("h1").inner_text() == "Takk, svarene er sendt inn"
    with page.expect_download() as download:
        page.click("text=Last ned svarene (PDF)")
    assert download.value.suggested_filename == "survey-0301.pdf"

    answers = answers_of(Response.objects.get())
    assert answers[Item("integration", "has_relation")] == "1"
    assert answers[Item("integration", "service_purchase")] == "1"
    assert answers[Item("", "challenges")] == "For få møter"


def test_begun_on_one_device_and_gone_on_with_on_another(visitor: Open, kinds: Any) -> None:
    first, second = visitor(), visitor(width=390)
    page = first.go(f"/a/{kinds.token}/page/first/")
    chosen(page, "/any", "0").check()
    page.fill("textarea", "Fra kontoret")
    page.click(NEXT)

    page = second.go(f"/a/{kinds.token}/")
    assert "Du har besvart 2 av 5 spørsmål" in page.locator(".lead").inner_text()
    page.click("text=Fortsett der du var")
    assert page.input_value("textarea") == "Fra kontoret"
    assert chosen(page, "/any", "0").is_checked()
    assert page.locator(".other").count() == 1


def test_two_at_the_same_page_are_shown_both_versions_and_choose(visitor: Open, kinds: Any) -> None:
    first, second = visitor(), visitor(javascript=False)
    one = first.go(f"/a/{kinds.token}/page/first/")
    two = second.go(f"/a/{kinds.token}/page/first/")
    one.fill("textarea", "Den ene")
    chosen(one, "/any", "1").check()
    one.click(OVERVIEW)
    two.fill("textarea", "Den andre")
    chosen(two, "/any", "0").check()
    two.click(NEXT)
    assert two.locator("h1").inner_text() == "Hvilke svar skal gjelde?"
    assert "Den ene" in two.locator("main").inner_text()
    chosen(two, "/any", "theirs").check()
    chosen(two, "/why", "mine").check()
    two.click("text=Lagre valget")
    assert answers_of(Response.objects.get()) == {
        Item("", "any"): "1",
        Item("", "why"): "Den andre",
    }


def test_to_change_language_in_the_middle_of_a_page_keeps_what_was_written(
    visitor: Open, kinds: Any
) -> None:
    page = visitor(javascript=False).go(f"/a/{kinds.token}/page/first/")
    page.fill("textarea", "Halvveis")
    page.fill("input[name='/share']", "tolv")
    page.click(".languages button[value=en]")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.input_value("textarea") == "Halvveis"
    assert page.input_value("input[name='/share']") == "tolv"
    page.fill("input[name='/share']", "12.5")
    page.click(".languages button[value=nn]")
    assert page.locator("html").get_attribute("lang") == "nn"
    assert page.input_value("input[name='/share']") == "12,5"
    assert page.url.endswith("/page/first/")


def test_by_keyboard_alone(visitor: Open, kinds: Any) -> None:
    page = visitor().go(f"/a/{kinds.token}/")

    def to(selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.locator(selector).evaluate_all(
                "found => found.includes(document.activeElement)"
            ):
                return
        raise AssertionError(f"the keyboard does not reach {selector}")

    to("main .ds-button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/page/first/")
    to("input[name='/any']")
    page.keyboard.press("ArrowDown")
    assert chosen(page, "/any", "0").is_checked()
    to("input[name='/share']")
    page.keyboard.type("33,3")
    to("input[name='/channels']")
    page.keyboard.press("Space")
    to("textarea")
    page.keyboard.type("Skrevet")
    to(NEXT)
    page.keyboard.press("Enter")
    page.wait_for_url("**/page/last/**")
    assert answers_of(Response.objects.get()) == {
        Item("", "any"): "0",
        Item("", "share"): "33.3",
        Item("", "channels"): ("mail",),
        Item("", "why"): "Skrevet",
    }


def test_enter_in_a_field_saves_and_goes_on(visitor: Open, kinds: Any) -> None:
    page = visitor().go(f"/a/{kinds.token}/page/first/")
    chosen(page, "/any", "0").check()
    page.fill("input[name='/share']", "5")
    page.press("input[name='/share']", "Enter")
    page.wait_for_url("**/page/last/**")
    assert page.locator("html").get_attribute("lang") == "nb"


def test_a_fault_is_said_first_and_leads_to_its_question(visitor: Open, kinds: Any) -> None:
    window = visitor(width=320)
    page = window.go(f"/a/{kinds.token}/page/first/")
    page.fill("input[name='/share']", "mye")
    page.click(NEXT)
    page.wait_for_selector("#summary:focus")
    window.inspect()
    page.click("#summary li a")
    assert page.evaluate(
        "document.querySelector(':target').contains("
        "document.querySelector(\"input[name='/share']\"))"
    )


PAGES = (
    "",
    "page/introduction/",
    "page/areas/",
    "page/coordination/",
    "page/collaboration.integration/",
    "page/challenges_page/",
    "overview/",
    "review/",
    "receipt/",
    "decline/",
)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_axe_finds_nothing_and_320_pixels_are_enough(
    visitor: Open, survey: Any, language: str
) -> None:
    window = visitor(width=320)
    page = window.go(f"/a/{survey.token}/")
    window.language(language)
    page = window.go(f"/a/{survey.token}/page/areas/")
    for field in page.locator("fieldset.question").all():
        field.locator("input").first.check()
    page.click(NEXT)
    window.go(f"/a/{survey.token}/review/")
    page.click("main form.actions button")
    for part in PAGES:
        window.go(f"/a/{survey.token}/{part}")
        assert page.locator("html").get_attribute("lang") == language
        if language == "nb":
            window.inspect()
        else:
            window.fits()
    page.set_viewport_size({"width": 1280, "height": 800})
    window.go(f"/a/{survey.token}/page/coordination/")
    window.inspect()


def test_axe_finds_nothing_where_two_differ_or_nothing_can_be_answered(
    visitor: Open, kinds: Any
) -> None:
    first, second = visitor(width=320), visitor()
    first.go(f"/a/{kinds.token}/")
    one = first.go(f"/a/{kinds.token}/page/first/")
    two = second.go(f"/a/{kinds.token}/page/first/")
    two.fill("textarea", "Den andre")
    two.click(NEXT)
    one.fill("textarea", "Den ene")
    one.click(NEXT)
    one.wait_for_url("**/compare/")
    first.inspect()
    first.go(f"/a/{kinds.token}/page/last/")
    first.inspect()
    for changes in (
        {"opens_at": None},
        {"opens_at": datetime.datetime.now(datetime.UTC), "closes_at": _past()},
    ):
        type(kinds.collection).objects.update(**changes)
        first.go(f"/a/{kinds.token}/")
        first.inspect()
    one.goto(first.base + "/a/no-such-link/")
    first.inspect()


def _past() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=1)
