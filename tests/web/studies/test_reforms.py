"""Units through municipal reforms, and what can be compared after them."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path

import pytest

from samspill.classification import ChangeTable, CodeChange, Comparability
from samspill.web.audit.models import Event
from samspill.web.studies.actions import apply_reforms
from samspill.web.studies.listing import units_on
from samspill.web.studies.models import UnitSuccession
from samspill.web.studies.reforms.comparing import compare_units

NORWAY = Path(__file__).parents[4] / "shared" / "norway"
BEFORE, REFORM, LATER = (datetime.date(year, 1, 1) for year in (2018, 2020, 2024))
TODAY = datetime.date(2026, 1, 1)
HEADING = "oldCode,oldName,newCode,newName,changeOccurred\n"
TABLE = HEADING + "".join(
    f"{old},{old_name},{new},{new_name},{day}-01-01\n"
    for old, old_name, new, new_name, day in (
        ("0101", "Halden", "3001", "Halden", 2020),
        ("3001", "Halden", "3101", "Halden", 2024),
        ("1103", "Stavanger", "1103", "Stavanger", 2020),
        ("1141", "Finnøy", "1103", "Stavanger", 2020),
        ("5012", "Snillfjord", "5055", "Heim", 2020),
        ("5012", "Snillfjord", "5056", "Hitra", 2020),
        ("5011", "Hemne", "5055", "Heim", 2020),
        ("1852", "Tjeldsund", "1852", "Dielddanuorri", 2020),
    )
)
FRAME = {
    "0101": "Halden",
    "1103": "Stavanger",
    "1141": "Finnøy",
    "5012": "Snillfjord",
    "1852": "Tjeldsund",
    "0301": "Oslo",
}


def changes(text: str = TABLE) -> ChangeTable:
    from samspill.classification import read_changes

    return read_changes(text.encode())


@pytest.fixture
def units(study):
    for code, name in FRAME.items():
        unit = study.units.create(identifier=code)
        unit.names.create(code=code, name=name, valid_from=BEFORE)
    return study


def apply(study, table=None, after=BEFORE, until=TODAY):
    return apply_reforms(
        actor="test", study=study, table=table or changes(), after=after, until=until
    )


def named(study, day) -> dict[str, str]:
    return {row.unit.identifier: row.code for row in units_on(study, day) if row.exists}


def test_a_unit_with_new_codes_stays_the_one_it_is(units):
    apply(units)
    halden = units.units.get(identifier="0101")
    assert [(n.code, n.valid_from, n.valid_to) for n in halden.names.order_by("valid_from")] == [
        ("0101", BEFORE, REFORM),
        ("3001", REFORM, LATER),
        ("3101", LATER, None),
    ]
    assert halden.ceased_on is None


def test_merged_units_cease_and_another_begins(units):
    apply(units)
    before, after = named(units, BEFORE), named(units, TODAY)
    assert {"1103", "1141"} <= set(before)
    assert not {"1103", "1141"} & set(after)
    assert after["1103-2020"] == "1103"
    heirs = UnitSuccession.objects.filter(successor__identifier="1103-2020")
    assert {row.predecessor.identifier for row in heirs} == {"1103", "1141"}


def test_a_split_keeps_who_came_from_outside_the_frame(units):
    apply(units)
    (stranger,) = UnitSuccession.objects.filter(predecessor=None)
    assert (stranger.outside, stranger.successor.identifier) == ("5011 Hemne", "5055")


def test_applying_again_changes_nothing(units):
    assert apply(units)
    entries = Event.objects.count()
    assert apply(units) == []
    assert apply(units, until=datetime.date(2022, 1, 1)) == []
    assert Event.objects.count() == entries


def test_reforms_one_by_one_give_what_they_give_at_once(units):
    for until in (datetime.date(2019, 1, 1), REFORM, LATER, TODAY):
        apply(units, until=until)
    assert named(units, TODAY) == {
        "0101": "3101",
        "0301": "0301",
        "1103-2020": "1103",
        "1852": "1852",
        "5055": "5055",
        "5056": "5056",
    }


def test_every_change_stands_in_the_log(units):
    steps = apply(units)
    events = Event.objects.filter(action="studies.apply_reforms")
    merged = events.get(subject="1103, 1141")
    assert merged.old == {"units": ["1103 Stavanger", "1141 Finnøy"]}
    assert merged.new == {"units": ["1103 Stavanger"], "day": "2020-01-01"}
    logged = [unit for event in events for unit in event.old["units"]]
    assert sorted(logged) == sorted(unit for step in steps for unit in step.before)


def test_what_can_be_compared_is_said(units):
    apply(units)
    found = compare_units(units, BEFORE, TODAY)
    same = {group.before[0].identifier for group in found[Comparability.SAME]}
    assert same == {"0101", "0301", "1852"}
    (merged,) = found[Comparability.MERGED]
    assert {u.code for u in merged.before} == {"1103", "1141"}
    (split,) = found[Comparability.REGROUPED]
    assert [unit.code for unit in split.before] == ["5012"]
    assert split.outside == ("5011 Hemne",)
    assert compare_units(units, REFORM, TODAY)[Comparability.SAME][0].after[0].code == "0301"


def test_a_unit_imported_under_its_new_code_is_linked_not_made_twice(units):
    imported = units.units.create(identifier="S2020")
    imported.names.create(code="1103", name="Stavanger", valid_from=REFORM)
    apply(units)
    assert not units.units.filter(identifier="1103-2020").exists()
    assert imported.predecessors.count() == 2


def post_table(client, text: str = TABLE, **fields):
    file = io.BytesIO(text.encode())
    file.name = "changes.csv"
    given = {"after": "2018-01-01", "until": "2026-01-01", "file": file}
    return client.post("/studies/trial/units/changes/", given | fields)


def test_the_pages_show_first_and_apply_after(client_of, units):
    client = client_of("owner")
    preview = post_table(client)["Location"]
    shown = client.get(preview)
    assert len(shown.context["steps"]) == 5
    assert "5011 Hemne er ikke blant enhetene" in shown.content.decode()
    assert not UnitSuccession.objects.exists()
    client.post(f"{preview}confirm/")
    assert UnitSuccession.objects.count() == 5
    page = client.get("/studies/trial/unit/1103-2020/").content.decode()
    assert "/studies/trial/unit/1141/" in page


def test_a_file_that_is_no_table_is_told_in_the_pages_language(client_of, units):
    page = post_table(client_of("owner"), "a,b\n1,2\n").content.decode()
    assert "Filen er ikke en endringstabell." in page


def test_the_last_day_comes_after_the_first(client_of, units):
    page = post_table(client_of("owner"), until="2018-01-01").content.decode()
    assert "må være senere" in page


def test_without_a_file_the_table_is_fetched_by_the_worker(client_of, units, monkeypatch):
    from samspill.web.jobs.models import Job
    from samspill.web.jobs.running import run_job
    from samspill.web.studies import work

    monkeypatch.setattr(work, "fetch_file", lambda first, last: TABLE.encode())
    client = client_of("owner")
    answer = client.post(
        "/studies/trial/units/changes/", {"after": "2018-01-01", "until": "2026-01-01"}
    )
    job = Job.objects.get()
    assert answer["Location"] == f"/jobs/{job.identifier}/"
    run_job.call(str(job.identifier))
    job.refresh_from_db()
    assert job.state == "done", job.error
    page = client.get(job.back).content.decode()
    assert "KLASS 131" in page


def test_the_panel_page_and_its_file_agree(client_of, units):
    units.waves.create(identifier="a", title={"nb": "A"}, reference_date=BEFORE)
    units.waves.create(identifier="b", title={"nb": "B"}, reference_date=TODAY)
    apply(units)
    client = client_of("reader")
    page = client.get("/studies/trial/comparable/")
    assert (page.context["all"], page.context["comparable"]) == (5, 4)
    file = client.get("/studies/trial/comparable.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file)))
    assert {row["group"] for row in rows} == {"1", "2", "3", "4", "5"}
    assert {r["code"] for r in rows if r["comparability"] == "merged"} == {"1103", "1141"}


@pytest.mark.skipif(not NORWAY.is_dir(), reason="the table of municipal changes is not here")
def test_all_municipalities_of_2018_come_through_to_2024(study):
    """Every municipality of 2018, taken through the whole table, is 357 municipalities in 2024."""
    with (NORWAY / "klass_131_nodes.csv").open(encoding="utf-8") as file:
        periods = list(csv.DictReader(file))
    with (NORWAY / "klass_131_edges.csv").open(encoding="utf-8") as file:
        links = [(periods[int(r["from"])], periods[int(r["to"])], r) for r in csv.DictReader(file)]
    table = ChangeTable.of(
        CodeChange(
            datetime.date.fromisoformat(row["changeOccurred"]),
            old["code"],
            old["label"],
            new["code"],
            new["label"],
        )
        for old, new, row in links
    )
    day = BEFORE.isoformat()
    for period in periods:
        holds = period["validFrom"] <= day and (not period["validTo"] or period["validTo"] > day)
        if holds and period["code"] != "9999":
            unit = study.units.create(identifier=period["code"])
            unit.names.create(code=period["code"], name=period["label"], valid_from=BEFORE)
    assert study.units.count() == 422
    apply(study, table, until=LATER)
    expected = {
        p["code"]
        for p in periods
        if p["validFrom"] <= "2024-01-01" and not p["validTo"] and p["code"] != "9999"
    }
    held = named(study, LATER)
    assert len(held) == 357
    assert set(held.values()) == expected
    groups = [g for found in compare_units(study, BEFORE, LATER).values() for g in found]
    assert sum(len(group.before) for group in groups) == 422
    assert sum(len(group.after) for group in groups) == 357
    assert not any(group.outside for group in groups)
