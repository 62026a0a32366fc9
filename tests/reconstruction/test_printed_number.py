"""What is printed is read as it is printed, and windows hold what was rounded."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.reconstruction.printed_number import (
    PrintedNumber,
    RoundingConvention,
    decimal_sign_of,
    parse_mark,
)


@pytest.mark.parametrize(
    ("text", "value", "decimals", "stars"),
    [
        ("4,39***", "4.39", 2, 3),
        ("–0,06", "-0.06", 2, 0),
        ("\u22120.60*", "-0.60", 2, 1),
        ("-1", "-1", 0, 0),
        ("+2.50", "2.50", 2, 0),
        ("0,054", "0.054", 3, 0),
        (".05", "0.05", 2, 0),
        ("–,80***", "-0.80", 2, 3),
        ("44785", "44785", 0, 0),
        ("44 785", "44785", 0, 0),
        ("1\u00a0234\u00a0567", "1234567", 0, 0),
        ("1 234,50", "1234.50", 2, 0),
        ("1.234,5", "1234.5", 1, 0),
        ("1,234.5", "1234.5", 1, 0),
        ("1,234,567", "1234567", 0, 0),
        ("1234,567", "1234.567", 3, 0),
        ("82 %", "82", 0, 0),
        ("34,2%*", "34.2", 1, 1),
        ("0,00", "0.00", 2, 0),
    ],
)
def test_reads_what_is_printed(text: str, value: str, decimals: int, stars: int) -> None:
    number = PrintedNumber.parse(text)
    assert number.value == Decimal(value)
    assert (number.decimals, number.stars, number.text) == (decimals, stars, text)


def test_a_limit_is_kept_as_a_limit() -> None:
    number = PrintedNumber.parse("<0,001")
    assert (number.bound, number.value) == ("<", Decimal("0.001"))
    with pytest.raises(SamspillError, match="limit"):
        number.window()


@pytest.mark.parametrize("text", ["1,234", "12.500", "–1,234**"])
def test_refuses_what_could_be_read_in_two_ways(text: str) -> None:
    with pytest.raises(SamspillError, match="could be a whole number"):
        PrintedNumber.parse(text)


def test_a_known_decimal_sign_settles_it() -> None:
    assert PrintedNumber.parse("1,234", decimal_sign=",").value == Decimal("1.234")
    assert PrintedNumber.parse("1,234", decimal_sign=".").value == 1234
    assert PrintedNumber.parse("1.234", decimal_sign=",").value == 1234


@pytest.mark.parametrize(
    "text", ["", "–", "***", "abc", "1,2,3", "1.2.3,4", "12 34", "1,,2", "3,", "1e5", "--1", "1 2"]
)
def test_refuses_what_is_no_number(text: str) -> None:
    with pytest.raises(SamspillError):
        PrintedNumber.parse(text)


def test_a_point_where_the_comma_is_decimal_must_group_thousands() -> None:
    with pytest.raises(SamspillError):
        PrintedNumber.parse("1.23", decimal_sign=",")


def test_decimal_sign_of_a_whole_table() -> None:
    assert decimal_sign_of(["1,234", "0,5", "12"]) == ","
    assert decimal_sign_of(["1,234", "0.5"]) == "."
    assert decimal_sign_of(["1,5", "1.5"]) is None
    assert decimal_sign_of(["1,234", "12"]) is None


def test_marks() -> None:
    assert [parse_mark(text) for text in ("", "*", " ** ", "***", "n.s.")] == [0, 1, 2, 3, 0]
    with pytest.raises(SamspillError):
        parse_mark("p<.05")


@pytest.mark.parametrize(
    ("convention", "text", "inside", "outside"),
    [
        ("half_up", "0,13", ["0.125", "0.1349"], ["0.135", "0.1249"]),
        ("half_up", "–0,13", ["-0.125", "-0.1349"], ["-0.135", "-0.1249"]),
        ("half_even", "0,12", ["0.115", "0.125"], ["0.1149", "0.1251"]),
        ("half_even", "0,13", ["0.1251", "0.1349"], ["0.125", "0.135"]),
        ("truncated", "0,12", ["0.12", "0.1299"], ["0.13", "0.1199"]),
        ("truncated", "–0,12", ["-0.12", "-0.1299"], ["-0.13", "-0.1199"]),
        ("double", "0,13", ["0.1245", "0.1344"], ["0.1345", "0.1244"]),
        ("half_up", "0,00", ["0", "0.0049", "-0.0049"], ["0.005", "-0.005"]),
        ("half_up", "–0,00", ["-0.0049"], ["0.0001", "-0.005"]),
    ],
)
def test_windows(convention: str, text: str, inside: list[str], outside: list[str]) -> None:
    window = PrintedNumber.parse(text).window(RoundingConvention(convention))
    assert all(Decimal(value) in window for value in inside)
    assert not any(Decimal(value) in window for value in outside)


@given(
    value=st.fractions(min_value=-1000, max_value=1000, max_denominator=20000),
    decimals=st.integers(0, 4),
    convention=st.sampled_from(RoundingConvention),
)
def test_a_window_holds_exactly_what_rounds_to_it(
    value: Fraction, decimals: int, convention: RoundingConvention
) -> None:
    printed = convention.round(value, decimals)
    assert value in convention.window(printed, decimals)
    unit = Decimal(1).scaleb(-decimals)
    for other in (printed - unit, printed + unit):
        assert value not in convention.window(other, decimals)


@given(
    value=st.decimals(min_value=-(10**6), max_value=10**6, places=3),
    stars=st.integers(0, 3),
)
def test_printing_and_reading_again(value: Decimal, stars: int) -> None:
    number = PrintedNumber.of(value, stars)
    assert (number.value, number.stars, number.decimals) == (value, stars, 3)
