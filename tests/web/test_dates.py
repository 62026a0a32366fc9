"""Dates as each language writes them, never such that day and month can be mistaken."""

import datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

MOMENT = datetime.datetime(2026, 11, 4, 14, 5)


@pytest.mark.parametrize(
    ("language", "kind", "expected"),
    [
        ("en", "SHORT_DATE_FORMAT", "4 Nov 2026"),
        ("en", "DATE_FORMAT", "4 November 2026"),
        ("en", "SHORT_DATETIME_FORMAT", "4 Nov 2026 14:05"),
        ("en", "DATETIME_FORMAT", "4 November 2026 14:05"),
        ("nb", "SHORT_DATE_FORMAT", "04.11.2026"),
        ("nb", "DATE_FORMAT", "4. november 2026"),
        ("nb", "SHORT_DATETIME_FORMAT", "04.11.2026 14:05"),
        ("nn", "SHORT_DATE_FORMAT", "04.11.2026"),
        ("nn", "DATETIME_FORMAT", "4. november 2026 14:05"),
    ],
)
def test_dates_are_written_as_the_language_does(language, kind, expected):
    with translation.override(language):
        assert date_format(MOMENT, kind) == expected
