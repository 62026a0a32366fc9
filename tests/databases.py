"""Which tests of the web application ask a database what any answers alike."""

from __future__ import annotations

from pathlib import Path

import pytest

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


def same_on_any_database(item: pytest.Item, place: Path) -> bool:
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
