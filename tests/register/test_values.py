"""Cells are read as people write them, and written in one way."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.register import Column, Kind
from samspill.register.values import joined, split, text_of, value_of

CHOICE = Column("c", Kind.CHOICE, choices=("active", "dissolved"))
CHOICES = Column("c", Kind.CHOICES, choices=("active", "dissolved"))


def column(kind: Kind) -> Column:
    return {Kind.CHOICE: CHOICE, Kind.CHOICES: CHOICES}.get(kind, Column("c", kind))


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.TEXT, "  Fjordvik  ", "Fjordvik"),
        (Kind.LONG_TEXT, "En\r\nto\rtre", "En\nto\ntre"),
        (Kind.INTEGER, "1 200", 1200),
        (Kind.INTEGER, "1\u00a0200", 1200),
        (Kind.AMOUNT, "12 500,00", 12500),
        (Kind.AMOUNT, "0", 0),
        (Kind.NUMBER, "2,5", 2.5),
        (Kind.NUMBER, "2.5", 2.5),
        (Kind.BOOLEAN, "Ja", True),
        (Kind.BOOLEAN, "USANN", False),
        (Kind.DATE, "2026-12-24", date(2026, 12, 24)),
        (Kind.DATE, "24.12.2026", date(2026, 12, 24)),
        (Kind.DATE, "1.2.1888", date(1888, 2, 1)),
        (Kind.TIME, "18.30", time(18, 30)),
        (Kind.TIME, "8:05:00", time(8, 5)),
        (Kind.CHOICE, "active", "active"),
        (Kind.CHOICES, "active; dissolved;active", ("active", "dissolved")),
        (Kind.CONCEPTS, "a;;b;", ("a", "b")),
        (Kind.EMAIL, "post@fjordvik.kommune.no", "post@fjordvik.kommune.no"),
        (Kind.PHONE, "+47  22 33 44 55", "+47 22 33 44 55"),
        (Kind.PHONE, "02800", "02800"),
        (Kind.WEB, "https://www.example.no/a?b=c#d", "https://www.example.no/a?b=c#d"),
        (Kind.NUMBER_OF_ORGANISATION, "974 760 673", "974760673"),
    ],
)
def test_a_cell_is_read_as_it_is_meant(kind, text, value):
    found = value_of(column(kind), text)
    assert found == value
    assert type(found) is type(value)
    assert value_of(column(kind), text_of(found)) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.TEXT, "en\nto"),
        (Kind.TEXT, "a\x00b"),
        (Kind.TEXT, "a\x1bb"),
        (Kind.LONG_TEXT, "x" * 32_001),
        (Kind.INTEGER, "1,5"),
        (Kind.INTEGER, "tolv"),
        (Kind.INTEGER, "٣"),
        (Kind.AMOUNT, "12.500"),
        (Kind.AMOUNT, "12,50"),
        (Kind.AMOUNT, "kr 100"),
        (Kind.NUMBER, "1.234,5"),
        (Kind.NUMBER, "nan"),
        (Kind.NUMBER, "1e5"),
        (Kind.BOOLEAN, "kanskje"),
        (Kind.DATE, "24/12/2026"),
        (Kind.DATE, "12-24-2026"),
        (Kind.DATE, "2026-02-30"),
        (Kind.DATE, "31.4.2026"),
        (Kind.DATE, "24.12.26"),
        (Kind.TIME, "24:00"),
        (Kind.TIME, "kl. 18"),
        (Kind.TIME, "18:30:30"),
        (Kind.CHOICE, "aktiv"),
        (Kind.CHOICES, "active;aktiv"),
        (Kind.EMAIL, "post"),
        (Kind.EMAIL, "a@b"),
        (Kind.EMAIL, "a@b.no, c@d.no"),
        (Kind.EMAIL, "A <a@b.no>"),
        (Kind.PHONE, "22 33 44 55 (kl. 9-15)"),
        (Kind.PHONE, "22334455667788990"),
        (Kind.WEB, "www.example.no"),
        (Kind.WEB, "javascript:alert(1)"),
        (Kind.WEB, "https://"),
        (Kind.WEB, "https://exa mple.no"),
        (Kind.WEB, "https://[::1"),
        (Kind.NUMBER_OF_ORGANISATION, "974760674"),
        (Kind.NUMBER_OF_ORGANISATION, "97476067"),
    ],
)
def test_what_a_cell_cannot_hold_is_refused_with_a_next_step(kind, text):
    with pytest.raises(SamspillError) as raised:
        value_of(column(kind), text)
    assert raised.value.message
    assert raised.value.next_step


@pytest.mark.parametrize("kind", Kind)
def test_an_empty_cell_is_empty(kind):
    value = value_of(column(kind), "  ")
    assert value in (None, ())
    assert text_of(value) == ""


_ITEM = st.text(st.sampled_from("ab;\\ æ"), min_size=1, max_size=6).map(str.strip).filter(bool)


@given(st.lists(_ITEM, unique=True).map(tuple))
def test_items_with_semicolons_and_backslashes_come_back(items):
    assert split(joined(items)) == items


@given(st.floats(0, 1e9, allow_nan=False).map(lambda number: round(number, 6)))
def test_numbers_come_back(number):
    assert value_of(column(Kind.NUMBER), text_of(number)) == number


@given(st.text(max_size=40), st.sampled_from(list(Kind)))
def test_whatever_is_read_is_written_so_that_it_is_read_the_same(text, kind):
    try:
        value = value_of(column(kind), text)
    except SamspillError:
        return
    assert value_of(column(kind), text_of(value)) == value
