"""Reading results: from the overview to a number, to where it comes from, in every language."""

import shutil

import pytest
from django.test import Client
from django.utils import timezone

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium is installed"),
]
RESULTS = "/results/norway-2018/"
ALL_DRAWN = "[...document.images].every(image => image.complete && image.naturalWidth > 0)"
CHOSEN = [
    "explore/?indicator=planning_processes&split=has_policy",
    "explore/?indicator=number_of_relations",
]
PAGES = [
    "",
    *CHOSEN,
    "origin/activity_grant/?field=integration&split=has_policy&group=yes",
    "fields/integration/",
    "downloads/",
]


@pytest.fixture
def founding(transactional_db):
    from samspill.web.studies.models import Study

    study = Study.objects.create(
        slug="norway-2018",
        title={"nb": "Samspill 2018", "nn": "Samspel 2018", "en": "Interplay 2018"},
        year=2018,
        published_at=timezone.now(),
    )
    study.publications.create(folder="norway-2018")
    return study


def _made_ready(pages, languages=("nb",)):
    """The first drawing of a page takes longer than a journey waits when the machine is busy."""
    for page in pages:
        for language in languages:
            reader = Client(headers={"Accept-Language": language})
            assert reader.get(RESULTS + page).status_code == 200


def test_the_pages_of_results_are_drawn_and_fit_in_the_other_languages(visitor, founding):
    _made_ready(PAGES, ("nn", "en"))
    window = visitor(width=320, color_scheme="dark")
    window.go(RESULTS)
    for language in ("nn", "en"):
        window.language(language)
        for page in PAGES:
            window.go(RESULTS + page)
            assert window.page.locator("html").get_attribute("lang") == language
            assert window.page.evaluate(ALL_DRAWN)
            window.fits()
    for page in CHOSEN:
        window.go(RESULTS + page)
        window.inspect()


def test_a_number_is_followed_back_without_javascript(visitor, founding):
    _made_ready(["", "explore/"])
    window = visitor(javascript=False, locale="nb-NO")
    page = window.go(RESULTS)
    page.locator(".results-menus summary").first.click()
    page.click(".results-menus >> text=Utforsk")
    page.select_option("#indicator", "activity_grant")
    page.select_option("#field", "integration")
    page.select_option("#split", "has_policy")
    page.click("text=Vis")
    assert "Aktivitetsstøtte" in page.inner_text("h1")
    assert "indicator=activity_grant" in page.url
    page.click("table >> tr:has-text('Med frivillighetspolitikk') >> td.number a")
    assert page.inner_text("h1").startswith("Hvor kommer 54,5")
    assert "42" in page.inner_text("tr.here")
    page.click("text=Se det i utforskeren")
    assert page.locator("#split").input_value() == "has_policy"


def test_figure_table_and_address_change_together(visitor, founding):
    _made_ready(["explore/", "explore/?indicator=service_purchase"])
    window = visitor()
    page = window.go(RESULTS + "explore/")
    before = page.locator("#shown img").get_attribute("src")
    page.focus("#indicator")
    page.select_option("#indicator", "service_purchase")
    page.locator("h1:has-text('Tjenestekjøp')").wait_for()
    assert page.locator("#shown img").get_attribute("src") != before
    assert "indicator=service_purchase" in page.url
    assert page.evaluate("document.activeElement.id") == "indicator"
    page.go_back()
    page.locator("h1:has-text('Samarbeidsrelasjon')").wait_for()
    window.inspect()
