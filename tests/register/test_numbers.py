"""Organisation numbers have a control digit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.register.numbers import control_digit, is_organisation_number

PUBLISHED = ("974760673", "971040238", "974761076", "971526920", "991825827")
"""Of the Register Centre, the Mapping and Tax Administrations, Statistics Norway and Digdir."""


@pytest.mark.parametrize("number", PUBLISHED)
def test_numbers_in_use_are_valid(number):
    assert is_organisation_number(number)


@pytest.mark.parametrize(
    "text", ["", "97476067", "9747606730", "974 760 673", "97476067X", "974760674", "٩٧٤٧٦٠٦٧٣"]
)
def test_anything_else_is_not(text):
    assert not is_organisation_number(text)


@given(st.from_regex(r"[0-9]{8}", fullmatch=True), st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(first, place, added):
    digit = control_digit(first)
    if digit is None:
        assert not any(is_organisation_number(f"{first}{n}") for n in range(10))
        return
    number = f"{first}{digit}"
    assert is_organisation_number(number)
    wrong = str((int(number[place]) + added) % 10)
    assert not is_organisation_number(number[:place] + wrong + number[place + 1 :])
