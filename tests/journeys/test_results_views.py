"""A reader of a published study goes through its views in the languages that the walk does not."""

import shutil

import pytest
from django.utils import timezone

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium is installed"),
]
VIEWS = (
    "policy",
    "groups",
    "process",
    "barriers",
    "cases",
    "printed",
    "models",
    "models/ordered",
    "method",
    "report",
)


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


@pytest.mark.parametrize(("language", "locale"), [("nn", "nn-NO"), ("en", "en")])
def test_the_views_fit_a_narrow_window(visitor, founding, language, locale):
    window = visitor(width=320, locale=locale)
    for view in VIEWS:
        window.go(f"/results/norway-2018/{view}/")
        assert window.page.locator("html").get_attribute("lang") == language
        window.fits()
