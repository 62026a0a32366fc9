"""What many tests of a module only read is written to the database once for the module."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction


def kept(write: Callable[[], Any]) -> Any:
    """A fixture of what ``write`` returns: a primary key, or else what tests cannot change.

    What a test changes is undone after it, and all of it after the module's last; a test that takes
    ``db`` beside this fixture reads the rows anew.
    """

    @pytest.fixture(scope="module")
    def once(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
        with django_db_blocker.unblock(), transaction.atomic():
            yield write()
            transaction.set_rollback(True)

    return once
