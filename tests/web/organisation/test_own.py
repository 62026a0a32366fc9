"""What an organisation sees of the register, on its pages and in what it takes out."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from samspill.register import TABLES
from samspill.web.audit.models import Event
from samspill.web.organisation.reading import seen_by

SECRETS = (
    "Hard to reach",
    "Costs too much",
    "Only seen at the desk",
    "Ola Oppdiktet",
    "ola@example.org",
    "Vil gjerne synge",
    "Mette Hemmelig",
    "Bjarne Korpsmann",
    "Ikke publisert",
)
READ = ("page", "agreed", "needs", "data")


@pytest.mark.parametrize("page", READ)
def test_pages_tell_nothing_that_is_the_municipalitys_or_another_persons(signed_in, at, page):
    text = signed_in("representative").get(at(page)).content.decode()
    assert "Fjordkoret" in text
    assert [secret for secret in SECRETS if secret in text] == []


def test_the_first_page_tells_whom_to_call_for_what(signed_in, at):
    answer = signed_in("representative").get(at("page"))
    matters = answer.context["matters"]
    (kari,) = next(iter(matters.values()))
    assert (kari.name, kari.own, kari.unit) == ("Kari Kommunal", True, "Kulturetaten")
    assert [other.name for other in kari.otherwise] == ["Kulturpost"]
    assert {"Søknader", "Lokaler"} <= set(matters)


def test_deadlines_meetings_and_reviews_are_told_by_day(signed_in, at):
    ahead = signed_in("representative").get(at("page")).context["ahead"]
    assert {one.what for one in ahead} == {"Bruk av kulturhuset", "Rådsmøte", "Kulturmidler"}
    assert {one.days for one in ahead} == {10}


def test_what_is_taken_out_holds_every_row_that_names_the_organisation(signed_in, at):
    answer = signed_in("representative").get(at("take_out"))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        files = {name: book.read(name).decode() for name in book.namelist()}
    content = json.loads(files["organisation.json"])
    assert content["invented"] is True
    assert "invented" in files["README.txt"]
    assert {row["identifier"] for row in content["relations"]} == {"song"}
    assert {row["identifier"] for row in content["needs"]} == {"singers"}
    assert content["meetings"][0]["present"] == ["choir"]
    assert content["contacts"][0].keys() & {"note", "public"} == set()
    everything = "\n".join(files.values())
    assert [secret for secret in SECRETS if secret in everything] == []
    assert Event.objects.filter(action="organisation.take_out").exists()
    for table in content.keys() - {"municipality", "invented"}:
        assert files[f"{table}.csv"].count("\n") == len(content[table]) + 1


def test_references_lead_to_rows_that_are_seen(choir):
    own, _shown = seen_by(choir)
    for table in TABLES.values():
        for column in table.references():
            known = set(own.by_identifier(column.of))
            for row in own.rows(table.name):
                value = row[column.name]
                named = value if isinstance(value, tuple) else (value,) if value else ()
                assert set(named) <= known, (table.name, column.name)


def test_a_contact_who_has_left_is_not_called(signed_in, at, municipality):
    from samspill.web.municipality.actions.entries import change_entry
    from samspill.web.municipality.finding import entry_named

    kari = entry_named(municipality, "contacts", "kari")
    change_entry(actor="test", entry=kari, values={"left_on": "2026-01-01"})
    text = signed_in("representative").get(at("page")).content.decode()
    assert "Kari Kommunal" not in text
    assert "99 00 00 01" not in text
