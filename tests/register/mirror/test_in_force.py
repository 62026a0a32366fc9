"""What holds on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from register.mirror.register_examples import (
    ON,
    body,
    grant,
    organisation,
    register,
    relation,
    seat,
)

from samspill.errors import SamspillError
from samspill.register.mirror.in_force import in_force, year_before

DAYS = st.dates(date(2015, 1, 1), date(2030, 1, 1))


@settings(deadline=None)
@given(first=DAYS, length=st.integers(0, 900), on=DAYS)
def test_a_relation_holds_from_its_first_day_to_its_last(first, length, on):
    last = first + timedelta(days=length)
    tables = register(relations=[relation("r1", "o1", valid_from=first, valid_to=last)])
    assert in_force(tables, on)["relations"].height == (first <= on <= last)


def test_what_has_no_dates_holds():
    assert in_force(register(relations=[relation("r1", "o1")]), ON)["relations"].height == 1


@pytest.mark.parametrize(
    ("dissolved_on", "status", "there"),
    [
        (None, "active", True), (None, "dissolved", False),
        (date(2025, 5, 31), "dissolved", False), (date(2026, 1, 1), "dissolved", True),
    ],
)  # fmt: skip
def test_what_a_dissolved_organisation_had_is_gone_with_it(dissolved_on, status, there):
    row = organisation("o1") | {"status": status, "dissolved_on": dissolved_on}
    held = in_force(register(organisations=[row], relations=[relation("r1", "o1")]), ON)
    assert held["organisations"].height == held["relations"].height == there


def test_a_seat_ends_with_its_body():
    tables = register(
        bodies=[body("b1", closed_on=date(2025, 1, 1)), body("b2")],
        seats=[seat("s1", "b1", "o1"), seat("s2", "b2", "o1")],
    )
    assert in_force(tables, ON)["seats"]["identifier"].to_list() == ["s2"]


@pytest.mark.parametrize(
    ("year", "years", "decision", "there"),
    [
        (2025, None, "granted", True), (2024, None, "granted", False),
        (2023, 3, "granted", True), (2023, 2, "granted", False),
        (2025, 1, "refused", False), (2025, 1, "partly_granted", True), (2026, 1, "granted", False),
    ],
)  # fmt: skip
def test_a_grant_counts_in_the_years_it_is_given_for(year, years, decision, there):
    row = grant("g1", "o1", 10, year, years=years, decision=decision)
    assert in_force(register(grants=[row]), ON)["grants"].height == there


def test_events_are_those_of_the_period():
    days = {"e1": ON, "e2": date(2024, 6, 2), "e3": date(2024, 6, 1), "e4": date(2025, 6, 2)}
    rows = [{"identifier": k, "subject": "?", "received_on": day} for k, day in days.items()]
    held = in_force(register(enquiries=rows), ON)
    assert held["enquiries"]["identifier"].to_list() == ["e1", "e2"]
    assert in_force(register(enquiries=rows), ON, date(2020, 1, 1))["enquiries"].height == 3


def test_the_year_before_a_leap_day_is_a_day():
    assert year_before(date(2024, 2, 29)) == date(2023, 2, 28)


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(SamspillError) as caught:
        in_force(register(), ON, date(2025, 6, 2))
    assert caught.value.next_step
