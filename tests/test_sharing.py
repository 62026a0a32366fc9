"""Tests that read the same dear things stay on one worker; the places named for it are there."""

from __future__ import annotations

from pathlib import Path

import pytest
from databases import SAME_ON_ANY_DATABASE
from sharing import APART, DEAR_FIRST, TOGETHER, group

HERE = Path(__file__).parent


def test_tests_of_a_file_stay_together():
    one, other = (f"tests/web/test_dates.py::test_dates[{name}]" for name in ("nb", "en"))
    assert group(one) == group(other) != group("tests/web/test_faults.py::test_it")


def test_files_that_read_the_same_stay_together():
    files = ("tests/web/results/test_policy.py::test_it", "tests/web/api/test_results.py::test_it")
    assert len({group(file) for file in files}) == 1


def test_long_walks_are_parted():
    one, other = (f"tests/{APART}::test_axe[{who}]" for who in ("researcher", "coordinator"))
    assert group(one) != group(other)


@pytest.mark.parametrize("place", [APART, *DEAR_FIRST, *TOGETHER, *sorted(SAME_ON_ANY_DATABASE)])
def test_what_is_named_is_there(place):
    assert (HERE / place).exists()
