"""What respondents have written in a survey is taken in as texts, coded, and counted."""

from __future__ import annotations

import datetime
import shutil

import pytest
from playwright.sync_api import expect
from web.fieldwork.fielding import answer, ask, make_collection, make_units

from samspill.instrument import shipped_instrument, steps

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium is installed"),
    pytest.mark.django_db(transaction=True),
]
WRITTEN = ("Vi manglar ein stad å møtast.", "Ingen ringer tilbake.")


@pytest.fixture
def owner(transactional_db):
    """Who owns a study whose survey two units have answered in their own words."""
    from samspill.web.accounts.models import User
    from samspill.web.interviews.actions import add_code
    from samspill.web.studies.models import Study

    user = User.objects.create_user("owner@example.org", name="Ida Holt")
    study = Study.objects.create(slug="trial", title={"en": "The trial"}, year=2026)
    study.memberships.create(user=user, role="owner")
    wave = study.waves.create(
        identifier="first", title={"en": "First"}, reference_date=datetime.date(2026, 1, 1)
    )
    survey = shipped_instrument("norway-2018")
    collection = make_collection(study, wave, survey)
    question = next(q for _, q in survey.questions() if q.type == "text")
    item = next(
        a.item for s in steps(survey) for a in s.asked if a.item.variable == question.variable
    )
    for respondent, words in zip(ask(collection, make_units(study, 2)), WRITTEN, strict=True):
        answer(respondent, survey, {item: words})
    add_code(actor=user, study=study, name="No meeting point")
    return user


def test_open_answers_are_taken_in_coded_and_counted(visitor, owner):
    window = visitor(locale="en-GB")
    window.go("/")
    window.language("en")
    window.sign_in(owner)
    page = window.go("/studies/trial/interviews/sources/answers/")
    window.inspect()
    page.locator("main section.card a").first.click()
    expect(page.locator("h1")).to_have_text("What have the respondents written?")
    window.inspect()
    page.locator("main form.actions button").click()
    page.wait_for_load_state()
    page = window.go("/studies/trial/interviews/")
    assert "0 of 2 texts are coded" in page.inner_text("p.lead")
    page.locator("table th a").first.click()
    page.wait_for_selector("#codings-none:not([hidden])")
    page.focus("#text")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.type("no meet")
    page.keyboard.press("Enter")
    page.wait_for_selector("#codings .coding")
    expect(page.locator(".saving")).to_have_count(0)
    page = window.go("/studies/trial/interviews/matrix/?by=side&measure=sources")
    assert page.locator("tbody td").first.inner_text().strip() == "1"
    page.locator("tbody td a").first.click()
    page.wait_for_load_state()
    assert "1 passage in 1 text" in page.inner_text("p.lead")
    assert any(words.split()[0] in page.inner_text("ol.passages") for words in WRITTEN)
