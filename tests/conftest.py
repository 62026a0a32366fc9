"""What all tests stand on."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest

from samspill.errors import SamspillError
from samspill.web import assets

TOGETHER = {
    "presentation/report": "report",
    "presentation/figures": "figures",
    "reconstruction/microdata/test_founding_study.py": "microdata",
    "web/demonstration/test_loading.py": "demonstration",
    "web/results": "results",
    "web/api/test_results.py": "results",
}
"""Tests that read what is dear to make (a study opened, solved, drawn, a page kept): on one worker,
so that it is made once."""

SHOWING = ("chapters", "explorer", "origins", "overview", "policy", "printed", "process")
SAME_ON_ANY_DATABASE = {
    "web/test_translations.py",
    *(f"web/results/test_{page}.py" for page in SHOWING),
}
"""What has nothing to ask a database: pages that show the library's numbers of one published study,
and texts. Finding a study, publishing it, who may read it, withheld and kept results, reports, and
everything of all other rooms run on PostgreSQL as well as on SQLite."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    tests = Path(__file__).parent
    for item in items:
        place = item.path.relative_to(tests)
        if place.as_posix() in SAME_ON_ANY_DATABASE:
            item.add_marker(pytest.mark.any_database)
        if item.get_closest_marker("spark"):
            item.add_marker(pytest.mark.xdist_group("spark"))
        for kept, name in TOGETHER.items():
            if place.is_relative_to(kept):
                item.add_marker(pytest.mark.xdist_group(name))


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
