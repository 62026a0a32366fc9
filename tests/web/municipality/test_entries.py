"""What changing the register promises: all of it logged, nothing half done, and the way back."""

from __future__ import annotations

import datetime

import pytest

from samspill.errors import SamspillError
from samspill.web.audit.models import Event
from samspill.web.municipality.actions.entries import (
    add_entry,
    change_entries,
    change_entry,
    remove_entry,
    restore_entry,
    show_column,
    verify_entries,
)
from samspill.web.municipality.actions.intake import planned, take_in
from samspill.web.municipality.content import content_of, rows_of
from samspill.web.municipality.finding import entries, entry_named
from tests.web.municipality.conftest import ROWS


def test_a_change_is_logged_with_what_was_and_what_is(municipality):
    choir = entry_named(municipality, "organisations", "choir")
    change_entry(actor="kari", entry=choir, values={"members": 41, "name": "Fjordkoret"})
    event = Event.objects.first()
    assert (event.actor, event.subject, event.municipality) == (
        "kari",
        "organisations/choir",
        "9901",
    )
    assert (event.old, event.new) == ({"members": 40}, {"members": 41})


def test_saving_without_a_difference_is_no_change(municipality):
    choir = entry_named(municipality, "organisations", "choir")
    before = Event.objects.count()
    assert not change_entry(actor="kari", entry=choir, values=content_of(choir))
    assert Event.objects.count() == before


def test_what_others_refer_to_is_not_removed(municipality):
    with pytest.raises(SamspillError, match="2 other entries refer to it"):
        remove_entry(actor="kari", entry=entry_named(municipality, "organisations", "choir"))
    assert entries(municipality, "organisations").count() == 2


def test_what_was_removed_comes_back_as_it_was(municipality):
    song = entry_named(municipality, "relations", "song")
    before = content_of(song)
    event = remove_entry(actor="kari", entry=song)
    assert not entries(municipality, "relations").exists()
    restore_entry(actor="kari", municipality=municipality, event=event)
    assert content_of(entry_named(municipality, "relations", "song")) == before


def test_a_reference_that_leads_nowhere_changes_nothing(municipality):
    song = entry_named(municipality, "relations", "song")
    with pytest.raises(SamspillError, match="no “nobody” in contacts"):
        change_entries(actor="kari", entries=[song], values={"municipal_contact": "nobody"})
    assert entry_named(municipality, "relations", "song").municipal_contact is None


def test_a_new_entry_gets_the_next_name_and_shows_what_its_table_shows(municipality):
    values = {"name": "Turlaget", "kind": "organisation", "status": "active"}
    first = add_entry(actor="kari", municipality=municipality, table="organisations", values=values)
    second = add_entry(
        actor="kari", municipality=municipality, table="organisations", values=values
    )
    assert (first.identifier, second.identifier) == ("organisations-1", "organisations-2")
    assert "name" in first.public
    assert "email" not in first.public


def test_an_organisation_with_a_number_is_called_by_it(municipality):
    made = add_entry(
        actor="kari",
        municipality=municipality,
        table="organisations",
        values={"name": "A", "number": "123456785", "kind": "organisation", "status": "active"},
    )
    assert made.identifier == "123456785"


def test_verifying_says_today_and_showing_is_per_column(municipality):
    choir = entry_named(municipality, "organisations", "choir")
    assert verify_entries(actor="kari", entries=[choir]) == 1
    assert choir.verified_on > datetime.date(2026, 1, 1)
    assert verify_entries(actor="kari", entries=[choir]) == 0
    show_column(actor="kari", entries=[choir], column="members", shown=True)
    assert "members" in entry_named(municipality, "organisations", "choir").public
    show_column(actor="kari", entries=[choir], column="members", shown=False)
    assert "members" not in entry_named(municipality, "organisations", "choir").public


def test_taking_in_the_same_again_does_nothing_and_says_so(municipality):
    before = Event.objects.count()
    again = take_in(actor="kari", municipality=municipality, rows=ROWS)
    assert again.is_nothing
    assert again.untouched == sum(len(rows) for rows in ROWS.values())
    assert Event.objects.count() == before


def test_a_preview_tells_what_taking_in_would_do(municipality):
    rows = {
        "organisations": [
            {**ROWS["organisations"][0], "members": 45},
            {"identifier": "new", "name": "Ny", "kind": "organisation", "status": "active"},
        ]
    }
    plan = planned(municipality, rows)
    assert len(plan.new["organisations"]) == 1
    assert plan.changed == {"organisations": {"choir": {"members": (40, 45)}}}
    assert entry_named(municipality, "organisations", "choir").members == 40


def test_a_file_with_one_dangling_reference_is_not_taken_in_at_all(municipality):
    rows = {
        "municipal_units": [{"identifier": "new-unit", "name": "Ny"}],
        "contacts": [
            {
                "identifier": "x",
                "name": "X",
                "kind": "function",
                "side": "municipality",
                "municipal_unit": "missing",
            }
        ],
    }
    with pytest.raises(SamspillError, match="no “missing” in municipal_units"):
        take_in(actor="kari", municipality=municipality, rows=rows)
    assert not entries(municipality, "municipal_units").filter(identifier="new-unit").exists()


def test_the_whole_register_goes_out_and_into_another_municipality_the_same(
    municipality, elsewhere
):
    take_in(actor="kari", municipality=elsewhere, rows=rows_of(municipality))
    assert rows_of(elsewhere) == rows_of(municipality)
