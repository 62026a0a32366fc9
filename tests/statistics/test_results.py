from __future__ import annotations

import dataclasses

import polars as pl
import pytest

from samspill.statistics.results import ROWS_SHOWN, Result, format_value


def test_html_escapes_what_comes_from_data() -> None:
    shown = Result(pl.DataFrame({"<b>": ["<script>alert(1)</script>"]}))._repr_html_()
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert "&lt;script&gt;" in shown


def test_html_names_its_columns_and_marks_numbers() -> None:
    shown = Result(pl.DataFrame({"field": ["culture"], "n": [241]}))._repr_html_()
    assert '<th scope="col">field</th>' in shown
    assert '<td class="number">241</td>' in shown


def test_text_table_is_aligned() -> None:
    lines = repr(Result(pl.DataFrame({"field": ["health", "x"], "n": [7, 1234]}))).splitlines()
    assert lines == ["Result", "field      n", "health     7", "x       1234"]


def test_long_tables_say_how_much_is_left_out() -> None:
    frame = pl.DataFrame({"n": range(ROWS_SHOWN + 5)})
    assert repr(Result(frame)).endswith("… and 5 rows more")
    assert "… and 5 rows more" in Result(frame)._repr_html_()


@pytest.mark.parametrize(
    ("value", "column", "shown"),
    [
        (None, "n", ""),
        (float("nan"), "n", ""),
        (float("inf"), "high", "∞"),
        (float("-inf"), "low", "-∞"),
        (0.00004, "p", "<0.001"),
        (0.0456, "p", "0.046"),
        (0.0456, "p_holm", "0.046"),
        (0.219512, "share", "0.2195"),
        (12345.678, "estimate", "12346"),
        (3.2e-7, "estimate", "3.200e-07"),
        (241, "n", "241"),
        ("yes", "group", "yes"),
    ],
)
def test_numbers_have_sensible_digits(value: object, column: str, shown: str) -> None:
    assert format_value(value, column) == shown


def test_results_are_frozen_and_equal_by_content() -> None:
    first, second = (Result(pl.DataFrame({"n": [1]})) for _ in range(2))
    assert first == second
    assert first != Result(pl.DataFrame({"n": [2]}))
    with pytest.raises(dataclasses.FrozenInstanceError):
        first.frame = second.frame  # type: ignore[misc]
