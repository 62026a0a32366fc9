"""What all tests stand on."""

from __future__ import annotations

import contextlib

import pytest

from samspill.errors import SamspillError
from samspill.web import assets


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
