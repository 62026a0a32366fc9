"""What all tests stand on."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from samspill.errors import SamspillError
from samspill.web import assets

settings.register_profile("suite", max_examples=50, deadline=None)
settings.load_profile("suite")

DEAR_FIRST = (
    "journeys/test_every_page.py",
    "journeys",
    "web/demonstration",
    "web/serving",
    "presentation/report",
    "reconstruction",
    "web",
)
"""Where the dearest tests stand, which begin first: no worker is left alone with one at the end."""

TOGETHER = {
    "presentation/report": "report",
    "presentation/figures": "figures",
    "reconstruction/microdata/test_founding_study.py": "microdata",
    "web/demonstration/test_loading.py": "demonstration",
    "web/results": "results",
    "web/api/test_results.py": "results",
}
"""Tests that read what is dear to make (a study opened, solved, drawn, a page kept): on one worker,
so that it is made once. Of all others, those of a file."""

SHOWING = ("chapters", "explorer", "origins", "overview", "policy", "printed", "process")
SAME_ON_ANY_DATABASE = {
    "web/test_translations.py",
    "web/mirror/test_numbers.py",
    "web/municipality/exchange/test_open_data.py",
    *(f"web/results/test_{page}.py" for page in SHOWING),
}
"""What has nothing to ask a database that others do not: pages that show the library's numbers of
one published study or one register, the register's open files, and texts. Finding a study,
publishing it, who may read it, withheld and kept results, reports, and everything of all other
rooms run on PostgreSQL as well as on SQLite."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    tests = Path(__file__).parent
    for item in items:
        place = item.path.relative_to(tests)
        if place.as_posix() in SAME_ON_ANY_DATABASE:
            item.add_marker(pytest.mark.any_database)
        if item.get_closest_marker("spark"):
            item.add_marker(pytest.mark.xdist_group("spark"))
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(_group(place)))
    items.sort(key=lambda item: _rank(item.path.relative_to(tests)))


def _group(place: Path) -> str:
    found = (name for kept, name in TOGETHER.items() if place.is_relative_to(kept))
    return next(found, place.as_posix())


def _rank(place: Path) -> int:
    found = (rank for rank, dear in enumerate(DEAR_FIRST) if place.is_relative_to(dear))
    return next(found, len(DEAR_FIRST))


@pytest.fixture(scope="session")
def spark() -> Any:
    """The one Spark session of a test run: starting it takes seconds."""
    from data_engines import start_spark

    return start_spark()


def pytest_configure(config: pytest.Config) -> None:
    """Compile the translations before any test, and before the workers part.

    Django reads a language's catalogue once: a test that speaks Norwegian before the catalogues are
    there would leave every later one in its process with English. Where the style sheets cannot be
    fetched, the tests that need them say so themselves.
    """
    if hasattr(config, "workerinput"):
        return
    with contextlib.suppress(SamspillError):
        assets.ensure()
