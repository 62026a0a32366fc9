"""An old code of a municipality finds what it has become."""

from __future__ import annotations

import datetime

import pytest

from samspill.classification import ChangeTable, CodeChange, trace
from samspill.errors import SamspillError
from samspill.register.national import current_codes

NOW = datetime.date(2026, 1, 1)
HISTORY = trace(
    ChangeTable.of(
        CodeChange(datetime.date(year, 1, 1), old, "", new, "")
        for year, old, new in [
            (2020, "1201", "4601"),
            (2020, "1504", "1507"),
            (2020, "1523", "1507"),
            (2024, "1507", "1508"),
            (2024, "1507", "1580"),
        ]
    )
)
"""Bergen was recoded in 2020; Ålesund was merged in 2020 and split in 2024 (KLASS 131)."""


@pytest.mark.parametrize(
    ("code", "current"),
    [
        ("4601", {"4601"}),
        ("1201", {"4601"}),
        ("1507", {"1508", "1580"}),
        ("1504", {"1508", "1580"}),
    ],
)
def test_a_code_is_followed_to_what_it_is_now(code, current):
    assert current_codes([code], HISTORY, NOW) == current


def test_a_code_of_a_past_day_is_what_it_was_then():
    assert current_codes(["1504"], HISTORY, datetime.date(2022, 1, 1)) == {"1507"}


def test_a_code_that_never_was_is_refused():
    with pytest.raises(SamspillError, match="9999"):
        current_codes(["1201", "9999"], HISTORY, NOW)
