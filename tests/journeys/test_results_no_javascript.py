"""A reader without JavaScript chooses how the policy's effect is shown, and follows a number back
to where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from samspill.web.studies.models import Study

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]
POLICY = "/results/norway-2018/policy/"
ODDS = "?scale=odds&correction=holm&sort=p"


@pytest.fixture
def founding(transactional_db: None) -> Study:
    title = {"nb": "Samspill 2018", "nn": "Samspel 2018", "en": "Interplay 2018"}
    study = Study.objects.create(
        slug="norway-2018", title=title, year=2018, published_at=timezone.now()
    )
    study.publications.create(folder="norway-2018")
    return study


def test_the_form_of_the_policy_page_and_the_way_back_from_a_number(
    visitor: Callable[..., Any], founding: Study
) -> None:
    for query in ("", ODDS):
        assert Client(headers={"accept-language": "en"}).get(POLICY + query).status_code == 200
    window = visitor(javascript=False, width=390, locale="en-GB")
    page = window.go(POLICY)
    assert page.get_by_role("columnheader", name="Odds ratio").count() == 0
    page.get_by_label("Scale").select_option(label="Odds ratio")
    page.get_by_label("Correction for many tests").select_option(label="Holm")
    page.get_by_label("Order of the table").select_option(label="Surest first")
    page.get_by_role("button", name="Show", exact=True).click()

    assert page.url.endswith(POLICY + ODDS)
    assert page.get_by_label("Scale").input_value() == "odds"
    assert page.get_by_role("columnheader", name="Odds ratio").count() == 1
    headings = page.locator("table.data thead th").all_inner_texts()
    place = headings.index("p") + 1
    shown = page.locator(f"table.data tbody tr > :nth-child({place})").all_inner_texts()
    values = [0.0 if text.startswith("<") else float(text) for text in shown]
    assert len(values) == 40
    assert values == sorted(values)

    number = page.locator("table.data tbody tr:first-child td a").last
    share = number.inner_text()
    number.click()
    assert page.locator("h1").inner_text() == f"Where does {share} come from?"
    here = page.locator("tr.here")
    assert share in here.inner_text()
    page.get_by_role("link", name="See it in the explorer").click()
    assert share in page.locator("main").inner_text()
