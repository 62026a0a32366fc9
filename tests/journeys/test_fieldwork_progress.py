"""A researcher looks at how the fieldwork goes, enters an answer from the telephone and has the
files built; in three languages, on a narrow window, without JavaScript."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from instrument.instrument_examples import small
from web.fieldwork.fielding import answer, ask, guesses, make_collection, make_units

from samspill.web.accounts.models import User
from samspill.web.fieldwork.models import Response
from samspill.web.studies.models import Study

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]

Open = Callable[..., Any]
FIELDWORK = "/studies/trial/fieldwork/autumn/"


@pytest.fixture
def researcher(transactional_db: None) -> User:
    """Owner of a study of which 17 of 30 units have answered, large ones more than small."""
    title = {"nb": "Prøven", "nn": "Prøva", "en": "The trial"}
    study = Study.objects.create(slug="trial", title=title, year=2026)
    wave = study.waves.create(
        identifier="first", title=title, reference_date=datetime.date(2026, 1, 1)
    )
    user = User.objects.create_user("kari@example.org", name="Kari")
    study.memberships.create(user=user, role="owner")
    units = make_units(study, 30, {"size": ["large", "small", "small"]})
    collection = make_collection(study, wave, small())
    collection.opens_at = timezone.now() - datetime.timedelta(days=9)
    collection.save()
    source = random.Random(1)
    for place, respondent in enumerate(ask(collection, units)):
        if place % 3 == 0 or place < 10:
            at = timezone.now() - datetime.timedelta(days=place % 7)
            given = guesses(small(), source, 1.0)
            answer(respondent, small(), given, submit=place % 5 != 4, at=at)
    return user


def test_the_pages_fit_a_narrow_window_in_the_other_languages(
    visitor: Open, researcher: User
) -> None:
    window = visitor(width=320)
    window.sign_in(researcher)
    window.go(f"{FIELDWORK}progress/?by_size=small")
    window.inspect()
    for language in ("nn", "en"):
        window.language(language)
        for path in ("progress/", "enter/", "answers/"):
            window.go(FIELDWORK + path)
            window.fits()


def test_from_who_is_missing_to_a_telephone_answer_without_javascript(
    visitor: Open, researcher: User
) -> None:
    window = visitor(javascript=False)
    window.sign_in(researcher)
    page = window.go(f"{FIELDWORK}progress/")
    window.language("en")
    before = page.locator("#missing ~ .table-scroll tbody tr").count()
    page.click("#missing ~ .table-scroll tbody tr:first-child a")
    page.click("table.data tbody tr:first-child a:has-text('Telephone')")
    assert "by: Telephone" in page.locator("main").inner_text()
    page.goto(f"{page.url.split('overview/')[0]}page/first/")
    for group in page.locator("fieldset").all():
        group.locator("input[value='0']").first.check()
    page.click(".actions button[value=next]")
    page.goto(f"{page.url.split('page/')[0]}review/")
    page.click("form[method=post] button.ds-button")
    entered = Response.objects.get(mode="phone")
    assert entered.submitted_at is not None
    assert entered.entered_by == researcher
    page = window.go(f"{FIELDWORK}progress/")
    assert page.locator("#missing ~ .table-scroll tbody tr").count() == before - 1
