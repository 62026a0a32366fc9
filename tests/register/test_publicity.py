"""Nothing personal and nothing internal comes out in what anyone may see."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from register.registers import example, registers

from samspill.register import TABLES, Kind, Register, public_columns, public_register
from samspill.register.interchange import FORMATS, Wishes, export
from samspill.register.schema import LISTS

WISHES = Wishes("nb", datetime(2026, 1, 1, tzinfo=UTC), address="https://example.no/open")
WORDS = {Kind.TEXT, Kind.LONG_TEXT}


def marked(register: Register) -> Register:
    """The register with a mark in every text that is not to be shown."""
    tables = {}
    for table, rows in register.tables.items():
        tables[table] = []
        for row in rows:
            shown = public_columns(table, row)
            changed = dict(row)
            for column in TABLES[table].columns:
                if column.name in {"identifier", "public", *shown}:
                    continue
                if column.kind in WORDS:
                    changed[column.name] = "HEMMELIG"
                elif column.kind is Kind.EMAIL:
                    changed[column.name] = "HEMMELIG@example.no"
                elif column.kind is Kind.WEB:
                    changed[column.name] = "https://example.no/HEMMELIG"
                elif column.kind is Kind.PHONE:
                    changed[column.name] = "404040404040"
                elif column.kind is Kind.AMOUNT:
                    changed[column.name] = 404040404040
            tables[table].append(changed)
    return Register.of(
        register.municipality_code, register.name, tables, invented=register.invented
    )


def everything(folder: Path) -> bytes:
    found = b""
    for path in folder.iterdir():
        found += path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                found += b"".join(book.read(name) for name in book.namelist())
    return found.replace(b"\r\n ", b"")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(register=registers())
def test_no_export_for_anyone_holds_what_is_not_shown(tmp_path_factory, register):
    folder = tmp_path_factory.mktemp("open")
    for to in FORMATS:
        export(marked(register), to, folder, WISHES)
    content = everything(folder)
    assert b"HEMMELIG" not in content
    assert b"404040404040" not in content


def test_the_mark_is_found_in_what_is_written_for_the_municipality(tmp_path):
    internal = Wishes("nb", WISHES.now, internal=True)
    for to in ("csv", "xlsx", "hsds"):
        export(marked(example()), to, tmp_path / to, internal)
        assert b"HEMMELIG" in everything(tmp_path / to)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(register=registers())
def test_what_anyone_may_see_has_only_columns_that_are_shown(register):
    seen = public_register(register)
    for table, rows in seen.tables.items():
        before = register.by_identifier(table)
        for row in rows:
            shown = public_columns(table, before[row["identifier"]])
            for column in TABLES[table].columns:
                value = row[column.name]
                if value in (None, ()):
                    continue
                assert column.name == "identifier" or column.name in shown
                if column.personal:
                    assert table == "contacts"
                    assert row["left_on"] is None
                if column.kind in LISTS:
                    assert set(value) <= set(before[row["identifier"]][column.name])
                else:
                    assert value == before[row["identifier"]][column.name]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(register=registers())
def test_no_row_that_is_shown_refers_to_one_that_is_not(register):
    seen = public_register(register)
    for table, rows in seen.tables.items():
        for column in TABLES[table].references():
            known = {row["identifier"] for row in seen.rows(column.of)}
            for row in rows:
                value = row[column.name]
                assert set(value if isinstance(value, tuple) else [value]) - {None} <= known


def test_offers_and_enquiries_are_never_shown():
    seen = public_register(example())
    for table in ("offers", "enquiries", "referrals", "capacities", "matches"):
        assert seen.rows(table) == ()


def test_a_person_is_shown_without_name_and_address_a_function_as_it_chose():
    person, function = public_register(example()).rows("contacts")
    assert (person["name"], person["email"], person["phone"]) == (None, None, None)
    assert person["role"] == "leder"
    assert (function["name"], function["email"]) == ("Kulturkontoret", "post@example.no")
