"""What all tests stand on."""

from __future__ import annotations

import contextlib
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import settings
from sharing import ByGroup, rank

from samspill.errors import SamspillError
from samspill.web import assets

settings.register_profile("suite", max_examples=50, deadline=None)
settings.load_profile("suite")

SHOWING = ("chapters", "explorer", "origins", "overview", "policy", "printed", "process")
SAME_ON_ANY_DATABASE = {
    "web/test_translations.py",
    "web/mirror/test_numbers.py",
    "web/municipality/exchange/test_open_data.py",
    *(f"web/results/test_{page}.py" for page in SHOWING),
}
"""Pages that show the library's numbers of one published study or one register, the register's open
files, and texts. Finding a study, publishing it, withheld and kept results, reports, and what other
rooms read and write run on PostgreSQL as well as on SQLite."""

ACCESS, WHO_MAY_MOST = "test_access.py", {"coordinator", "owner"}
OTHER_LANGUAGES = {"nn", "en"}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByGroup:
    return ByGroup(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    tests = Path(__file__).parent
    for item in items:
        if _same_on_any_database(item, item.path.relative_to(tests)):
            item.add_marker(pytest.mark.any_database)
    items.sort(key=lambda item: rank(PurePosixPath(item.path.relative_to(tests))))


def _same_on_any_database(item: pytest.Item, place: Path) -> bool:
    """Whether a test asks the database nothing that others do not.

    It has no database; or a table of who may open which page asks it for someone who may less: the
    same row of a position is read, and fewer of the page's; or it says again in another language
    what it says in bokmål.
    """
    if place.as_posix() in SAME_ON_ANY_DATABASE or not _asks_a_database(item):
        return True
    given = item.callspec.params if isinstance(item, pytest.Function) and _varies(item) else {}
    if place.name == ACCESS and "role" in given:
        return given["role"] not in WHO_MAY_MOST
    return given.get("language") in OTHER_LANGUAGES


def _varies(item: pytest.Function) -> bool:
    return hasattr(item, "callspec")


def _asks_a_database(item: pytest.Item) -> bool:
    if not isinstance(item, pytest.Function) or item.get_closest_marker("django_db"):
        return True
    made = item._fixtureinfo.name2fixturedefs.values()
    return not {"db", "transactional_db"}.isdisjoint(item.fixturenames) or any(
        "django_db_blocker" in last.argnames and last.func.__module__ == "web.keeping"
        for *_, last in made
    )


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
