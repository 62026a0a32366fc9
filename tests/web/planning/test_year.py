"""The year holds every day that matters, once, in its month."""

from __future__ import annotations

import datetime
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.presentation.figures.wheel import Mark, wheel_svg
from samspill.web.municipality.actions.entries import change_entry
from samspill.web.planning.actions.measures import anniversary
from samspill.web.planning.wheel import Occasion, year_of

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")


def days(municipality, year):
    return [day for month in year_of(municipality, year) for day in month.days]


def test_measures_and_schemes_stand_in_the_month_of_their_deadline(municipality, of):
    deadline = of("measures", "list").deadline
    months = year_of(municipality, deadline.year)
    assert [month.number for month in months] == list(range(1, 13))
    found = {day.identifier for day in months[deadline.month - 1].days}
    assert "list" in found
    scheme = of("schemes", "small").deadline
    assert [d.occasion for d in days(municipality, scheme.year) if d.identifier == "small"] == [
        Occasion.SCHEME
    ]


def test_what_is_repeated_comes_each_year_and_the_rest_once(municipality, of):
    for ahead in (1, 2, 5):
        deadline = of("measures", "forum").deadline
        found = days(municipality, deadline.year + ahead)
        assert [day.identifier for day in found] == ["forum"]
        assert found[0].on == anniversary(deadline, deadline.year + ahead)
        assert found[0].every_year


def test_what_is_dropped_or_belongs_to_a_replaced_policy_is_not_there(municipality, of):
    year = of("measures", "dropped").deadline.year
    assert "dropped" not in {day.identifier for day in days(municipality, year)}
    change_entry(actor="test", entry=of("policies", "policy"), values={"state": "replaced"})
    assert all(day.table != "measures" for day in days(municipality, year))


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 12, 31)), st.integers(1990, 2100))
def test_an_anniversary_is_the_same_day_but_for_29_february(day, year):
    found = anniversary(day, year)
    assert (found.year, found.month) == (year, day.month)
    assert found.day == day.day or ((day.month, day.day), found.day) == ((2, 29), 28)


@given(st.lists(st.tuples(st.integers(1, 12), st.floats(0, 1), st.integers(0, 5)), max_size=40))
def test_the_wheel_is_one_named_image_with_a_shape_for_every_day(marks):
    rings = ("a", "b", "c", "d", "e", "<f> & g")
    drawn = wheel_svg(
        [Mark(*mark) for mark in marks],
        MONTHS,
        rings,
        title="Året <2026>",
        description="Alle dager",
        language="nb",
    )
    root = ET.fromstring(drawn)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "wheel-title wheel-desc"
    assert root.find(f"{SVG}title").text == "Året <2026>"
    shapes = [e for e in root.iter() if e.tag == f"{SVG}polygon"] + [
        e for e in root.iter(f"{SVG}circle") if e.get("r") == "5.5"
    ]
    assert len(shapes) == len(marks) + len(rings)
    texts = [e.text for e in root.iter(f"{SVG}text")]
    assert texts == [*MONTHS, *rings]
    assert "style" not in {name for e in root.iter() for name in e.attrib}


@pytest.mark.parametrize("asked", ["", "0000", "9999", "-1", "2026x", "<script>", "99999"])
def test_any_year_in_the_address_gives_a_page(signed_in, municipality, asked):
    page = signed_in("desk_reader").get("/municipalities/9901/plan/year/", {"year": asked})
    assert page.status_code == 200
    assert "<script>" not in page.content.decode()
