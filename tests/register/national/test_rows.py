"""Rows fit the table of organisations, and hold what the registers say and no person's name."""

from __future__ import annotations

import pytest

from samspill.register import TABLES
from samspill.register.national import COLUMNS, VoluntaryOrganisation
from samspill.register.national.entities import entity as entity_of
from samspill.register.national.rows import row

from .entities import NUMBERS, PLACE, entity

ORGANISATIONS = TABLES["organisations"]


def made(*categories: str, **overrides):
    found = entity_of(entity(0, **overrides))
    assert found is not None
    return row(found, VoluntaryOrganisation(NUMBERS[0], categories))


def test_a_row_says_what_the_registers_say():
    assert made("1200", "13100") == {
        "identifier": NUMBERS[0],
        "name": "OPPDIKTET LAG 0",
        "number": NUMBERS[0],
        "kind": "organisation",
        "legal_form": "FLI",
        "fields": "culture_leisure;children_youth",
        "categories": "1200;13100",
        "founded_on": "1950-06-01",
        "address": "Oppdiktet gate 1",
        "postcode": "5003",
        "place": "BERGEN",
        "municipality_code": "4601",
        "web": "https://www.oppdiktet.example",
        "in_voluntary_register": "true",
        "status": "active",
        "dissolved_on": "",
        "provenance": "national_register",
    }


def test_columns_are_those_of_the_table_in_its_order():
    names = [column.name for column in ORGANISATIONS.columns]
    assert [name for name in names if name in COLUMNS] == list(COLUMNS)
    assert set(made("1200")) <= set(names)


def test_choices_are_those_of_the_table():
    for column in ORGANISATIONS.columns:
        if column.choices and column.name in COLUMNS:
            assert made("1200")[column.name] in column.choices


@pytest.mark.parametrize(
    ("name", "categories", "kind"),
    [
        ("LAGET", ["8200"], "volunteer_centre"),
        ("LAGET", ["1200", "8200"], "organisation"),
        ("OPPDIKTET FRIVILLIGSENTRAL", [], "volunteer_centre"),
        ("Oppdiktet frivillighetssentral", [], "volunteer_centre"),
        ("OPPDIKTET IDRETTSRÅD", ["1200"], "umbrella"),
        ("MUSIKKRÅDET I OPPDIKTET", ["1100"], "organisation"),
        ("KULTURRÅD OPPDIKTET", [], "umbrella"),
        ("OPPDIKTET IDRETTSLAG", ["1200"], "organisation"),
    ],
)
def test_the_kind_is_suggested_by_first_category_and_name(name, categories, kind):
    assert made(*categories, navn=name)["kind"] == kind


@pytest.mark.parametrize("line", ["c/o Kari Oppdiktet", "C/O Kari", "v/Kari Oppdiktet", "v/ Kari"])
def test_the_person_to_send_by_way_of_is_left_out(line):
    place = PLACE | {"adresse": [line, "Vegen 2", None]}
    assert made(forretningsadresse=place)["address"] == "Vegen 2"


@pytest.mark.parametrize(
    ("text", "web"),
    [
        ("www.lag.no", "https://www.lag.no"),
        ("http://lag.no/om oss", ""),
        ("https://lag.no/om", "https://lag.no/om"),
        ("post@lag.no", ""),
        ("javascript:alert(1)", ""),
        ("ingen", ""),
        ("", ""),
    ],
)
def test_a_web_address_is_one_that_a_browser_opens(text, web):
    assert made(hjemmeside=text)["web"] == web


def test_a_deleted_entity_is_dissolved_on_its_day():
    cells = made(slettedato="2024-02-03")
    assert (cells["status"], cells["dissolved_on"]) == ("dissolved", "2024-02-03")


@pytest.mark.parametrize("values", [{"organisasjonsnummer": "123456789"}, {"navn": " "}])
def test_without_a_valid_number_and_a_name_there_is_no_entity(values):
    assert entity_of(entity(0) | values) is None


@pytest.mark.parametrize(
    "odd", [None, 1, [], {}, [None], {"kommunenummer": 4601}, "x", True, {"kommunenummer": []}]
)
def test_values_of_another_kind_do_no_harm(odd):
    values = entity(0) | dict.fromkeys(["forretningsadresse", "hjemmeside", "stiftelsesdato"], odd)
    found = entity_of(values)
    assert found is not None
    assert found.founded_on == ""


def test_categories_are_not_spoken_of_where_the_voluntary_register_is_not_known():
    found = entity_of(entity(0))
    assert found is not None
    assert not {"categories", "fields"} & set(row(found, None))
