"""A reader of a published study goes through its views, in every language, wide and narrow."""

import shutil

import pytest
from django.utils import timezone

pytestmark = [
    pytest.mark.journey,
    pytest.mark.long,
    pytest.mark.xdist_group("chromium"),
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


@pytest.mark.parametrize(("language", "width"), [("nb", 1280), ("nn", 320), ("en", 390)])
def test_axe_finds_nothing_on_the_views(visitor, founding, language, width):
    window = visitor(width=width, locale={"nb": "nb-NO", "nn": "nn-NO", "en": "en"}[language])
    window.page.set_default_timeout(60_000)
    for view in VIEWS:
        window.go(f"/results/norway-2018/{view}/")
        assert window.page.locator("html").get_attribute("lang") == language
        window.inspect()
