"""Norway's municipalities through their reforms, held against Statistics Norway's own periods."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import pytest

from samspill.classification import (
    ChangeTable,
    CodeChange,
    Comparability,
    EventKind,
    events,
    trace,
)

NORWAY = Path(__file__).parents[3] / "shared" / "norway"
pytestmark = pytest.mark.skipif(
    not NORWAY.is_dir(), reason="the table of municipal changes is not here"
)
UNKNOWN = "9999"


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture(scope="module")
def periods():
    with (NORWAY / "klass_131_nodes.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def history(periods):
    with (NORWAY / "klass_131_edges.csv").open(encoding="utf-8") as file:
        links = list(csv.DictReader(file))
    changes = []
    for link in links:
        old, new = periods[int(link["from"])], periods[int(link["to"])]
        changed = day(link["changeOccurred"])
        changes.append(CodeChange(changed, old["code"], old["label"], new["code"], new["label"]))
    in_use = {p["code"]: p["label"] for p in periods if p["validFrom"] == "1838-01-01"}
    return trace(ChangeTable.of(changes), in_use.items())


@pytest.mark.parametrize(
    ("date", "municipalities"),
    [
        ("2017-01-01", 426),
        ("2018-01-01", 422),
        ("2020-01-01", 356),
        ("2023-12-31", 356),
        ("2024-01-01", 357),
    ],
)
def test_there_are_as_many_municipalities_as_statistics_norway_counts(
    history, date, municipalities
):
    held = [period for period in history.valid_on(day(date)) if period.code != UNKNOWN]
    assert len(held) == municipalities


def test_every_period_of_every_code_is_found(history, periods):
    def dates(first, last):
        return (None if first == "1838-01-01" else first), last or None

    expected = {(p["code"], *dates(p["validFrom"], p["validTo"])) for p in periods}
    found = {
        (
            p.code,
            p.valid_from.isoformat() if p.valid_from else None,
            p.valid_to.isoformat() if p.valid_to else None,
        )
        for p in history.periods
    }
    assert found == expected
    assert len(history.periods) == len(periods)


@pytest.mark.parametrize("start", ["1963-06-01", "1993-01-01", "2017-01-01", "2018-01-01"])
@pytest.mark.parametrize("end", ["2020-01-01", "2024-01-01"])
def test_groups_hold_every_municipality_of_both_dates_once(history, start, end):
    groups = history.compare(day(start), day(end))
    before = [period for group in groups for period in group.before]
    after = [period for group in groups for period in group.after]
    assert sorted(before, key=str) == sorted(history.valid_on(day(start)), key=str)
    assert sorted(after, key=str) == sorted(history.valid_on(day(end)), key=str)
    assert not any(
        group.comparability in {Comparability.CEASED, Comparability.BEGAN} for group in groups
    )


def group_of(history, code, start, end):
    (group,) = (
        g
        for g in history.compare(day(start), day(end))
        if code in {period.code for period in g.before}
    )
    return {p.code for p in group.before}, {p.code for p in group.after}, group.comparability


def test_snillfjord_went_three_ways_in_2020(history):
    heirs = history.successors("5012", day("2019-01-01"), day("2020-01-01"))
    assert {period.name for period in heirs} == {"Heim", "Hitra", "Orkland"}


def test_alesund_and_haram_were_joined_and_parted(history):
    """1507 of 2020 went back into two in 2024, which the table cannot tell are the old ones."""
    before = {"1504", "1523", "1529", "1534", "1546"}
    assert group_of(history, "1534", "2018-01-01", "2024-01-01") == (
        before,
        {"1508", "1580"},
        Comparability.REGROUPED,
    )
    assert group_of(history, "1534", "2018-01-01", "2020-01-01") == (
        before,
        {"1507"},
        Comparability.MERGED,
    )
    assert group_of(history, "1507", "2020-01-01", "2024-01-01")[2] == Comparability.SPLIT


def test_a_municipality_that_got_new_codes_alone_is_the_same(history):
    """Halden: 0101, 3001 from 2020, 3101 from 2024."""
    assert group_of(history, "0101", "2018-01-01", "2024-01-01") == (
        {"0101"},
        {"3101"},
        Comparability.SAME,
    )


def test_a_code_that_is_kept_may_cover_more(history):
    """Stavanger is 1103 before and after taking in Finnøy and Rennesøy."""
    assert group_of(history, "1103", "2019-12-31", "2020-01-01") == (
        {"1103", "1141", "1142"},
        {"1103"},
        Comparability.MERGED,
    )


def test_following_back_undoes_following_forth(history):
    start, end = day("2018-01-01"), day("2024-01-01")
    for period in history.valid_on(start):
        for heir in history.successors(period.code, start, end):
            back = history.predecessors(heir.code, end, start)
            assert period.code in {p.code for p in back}


def test_the_municipal_reform_made_47_of_119(history):
    """As the government counts the reform of 2014 to 2020 (428 municipalities became 356)."""
    groups = history.compare(day("2016-12-31"), day("2020-01-01"))
    remade = [group for group in groups if group.comparability is not Comparability.SAME]
    assert sum(len(group.before) for group in remade) == 119
    assert sum(len(group.after) for group in remade) == 47
    assert len(history.valid_on(day("2016-12-31"))) == 428 + 1


def test_what_happened_on_a_day_has_a_kind(history):
    kinds = {
        period.code: event.kind
        for event in events(history)
        for period in event.old
        if event.occurred_on == day("2020-01-01")
    }
    assert kinds["0101"] is EventKind.RECODED
    assert kinds["1826"] is EventKind.RENAMED
    assert kinds["1103"] is EventKind.MERGED
    assert kinds["1850"] is EventKind.REGROUPED
