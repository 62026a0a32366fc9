"""What all tests stand on."""

from __future__ import annotations

import contextlib
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from databases import same_on_any_database
from hypothesis import settings
from sharing import ByGroup, rank

from samspill.errors import SamspillError
from samspill.web import assets

settings.register_profile("suite", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("search", max_examples=500, deadline=None)
settings.load_profile("suite")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByGroup:
    return ByGroup(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    tests = Path(__file__).parent
    for item in items:
        if same_on_any_database(item, item.path.relative_to(tests)):
            item.add_marker(pytest.mark.any_database)
    items.sort(key=lambda item: rank(PurePosixPath(item.path.relative_to(tests))))


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
