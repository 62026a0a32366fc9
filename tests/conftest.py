"""What all tests stand on."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from samspill.errors import SamspillError
from samspill.web import assets

TOGETHER = {
    "presentation/report": "report",
    "presentation/figures": "figures",
    "reconstruction/microdata/test_founding_study.py": "microdata",
    "web/results": "results",
    "web/api/test_results.py": "results",
}
"""Tests that read what is dear to make (a study opened, solved, drawn, a page kept): on one worker,
so that it is made once."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    tests = Path(__file__).parent
    for item in items:
        place = item.path.relative_to(tests)
        for kept, name in TOGETHER.items():
            if place.is_relative_to(kept):
                item.add_marker(pytest.mark.xdist_group(name))


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
