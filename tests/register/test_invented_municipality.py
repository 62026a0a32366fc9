"""A whole municipality goes out and comes in again, and what anyone may see is valid everywhere."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from register.standards import STANDARDS, needs_shared

from samspill.register import Register, read_register, write_register
from samspill.register.interchange import Wishes, check_grants, check_services, export
from samspill.register.spreadsheet import read_workbook, write_workbook
from samspill.studies.invented_municipality import invent

DAY = date(2026, 9, 14)
WISHES = Wishes("nb", datetime(2026, 9, 14, 12, tzinfo=UTC))


@pytest.fixture(scope="module")
def municipality() -> Register:
    return Register.of("9999", "Oterfjord kommune", invent(DAY), invented=True)


def test_it_comes_back_from_its_folder(municipality, tmp_path):
    assert read_register(write_register(municipality, tmp_path / "folder")) == municipality


def test_it_comes_back_from_its_workbook(municipality, tmp_path):
    path = write_workbook(municipality, tmp_path / "register.xlsx", "nn")
    assert read_workbook(path) == municipality


@needs_shared
def test_its_grants_are_valid_360giving_in_every_form(municipality, tmp_path):
    schema = STANDARDS / "360giving" / "360giving_schema.json"
    written = export(municipality, "360giving", tmp_path, WISHES)
    assert {path.suffix for path in written} == {".csv", ".json", ".xlsx"}
    for path in written:
        assert check_grants(path, schema) == []


@needs_shared
@pytest.mark.parametrize("kind", ["organization", "service"])
def test_its_organisations_and_services_are_valid_hsds(municipality, tmp_path, kind):
    schema = STANDARDS / "hsds" / f"hsds3_schema_{kind}.json"
    export(municipality, "hsds", tmp_path, WISHES)
    assert check_services(tmp_path / f"{kind}s.json", schema) == []


def test_no_persons_name_or_address_stands_in_its_open_data(municipality, tmp_path):
    for to in ("csv", "hsds", "360giving", "ics"):
        export(municipality, to, tmp_path, WISHES)
    content = "\n".join(path.read_text("utf-8") for path in _texts(tmp_path))
    persons = [row for row in municipality.rows("contacts") if row["kind"] == "person"]
    hidden = [row for row in persons if "name" not in str(row["public"] or "")]
    assert hidden
    for row in (*hidden, *municipality.rows("offers")):
        for column in ("name", "email"):
            assert not row[column] or str(row[column]) not in content


def _texts(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.suffix != ".xlsx"]
