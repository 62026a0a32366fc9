from __future__ import annotations

from decimal import Decimal

import pytest

from samspill.errors import SamspillError
from samspill.language import format_number, format_p, format_percent, languages


@pytest.mark.parametrize(
    ("value", "decimals", "language", "expected"),
    [
        (0.5, 0, "en", "1"),
        (-2.675, 2, "nb", "−2,68"),
        (1234, 0, "nn", "1234"),
        (Decimal(681071), 0, "nb", "681\u00a0071"),
        (-0.001, 2, "en", "0.00"),
        (float("inf"), 1, "en", "–"),
    ],
)
def test_numbers_are_written_as_the_language_does(value, decimals, language, expected):
    assert format_number(value, decimals, language) == expected


def test_a_share_is_written_as_per_cent_with_the_languages_spacing():
    assert format_percent(0.5477, 0, "nb") == "55\u00a0%"
    assert format_percent(0.5477, 1, "en", sign=True) == "+54.8%"


def test_small_p_values_are_not_written_as_nought():
    assert format_p(0.00001, "nb") == "<\u00a00,0001"
    assert format_p(0.0018, "nb") == "0,0018"
    assert format_p(0.2, "en") == "0.200"


def test_an_unknown_language_is_named_with_those_there_are():
    with pytest.raises(SamspillError, match="nb, nn, en"):
        format_number(1, 0, "xx")


def test_the_three_languages_come_in_order():
    assert languages() == ("nb", "nn", "en")
