"""Exports hold to the standards' own schemas, and files of others are checked."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from register.registers import example, registers
from register.standards import SAMPLES, STANDARDS, needs_shared

from samspill.errors import InvalidInput
from samspill.language import languages
from samspill.register.interchange import (
    Wishes,
    calendar,
    check_grants,
    check_services,
    export,
    grants,
    hsds,
)

GIVING = STANDARDS / "360giving"
HSDS = STANDARDS / "hsds"
STAMP = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
DAY = date(2026, 6, 1)
SLOW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def schema(path: Path) -> dict:
    return json.loads(path.read_text("utf-8"))


def errors(found: object, wanted: dict, **more: object) -> list[str]:
    checker = jsonschema.FormatChecker()
    checker.checks("date-time", ValueError)(datetime_of_rfc_3339)
    validator = jsonschema.Draft202012Validator(wanted, format_checker=checker, **more)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(found)]


def datetime_of_rfc_3339(text: str) -> bool:
    return "T" in text and datetime.fromisoformat(text).tzinfo is not None


def package_errors(package: object) -> list[str]:
    import referencing

    grant = referencing.Resource.from_contents(
        {
            **schema(GIVING / "360giving_schema.json"),
            "$schema": "https://json-schema.org/draft/2020-12/schema",
        }
    )
    address = "https://raw.githubusercontent.com/ThreeSixtyGiving/standard/1.4.2/schema/"
    registry = referencing.Registry().with_resource(f"{address}360-giving-schema.json", grant)
    wanted = {
        **schema(GIVING / "360giving_package_schema.json"),
        "$schema": "https://json-schema.org/draft/2020-12/schema",
    }
    return errors(package, wanted, registry=registry)


@needs_shared
@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("internal", [True, False])
def test_the_example_is_valid_360giving(language, internal):
    found = grants(example(), language, internal=internal)
    assert package_errors(found.package) == []
    assert [grant["id"] for grant in found.package["grants"]] == (
        ["360G-kommune9999-g1", "360G-kommune9999-g3"] if internal else ["360G-kommune9999-g1"]
    )


@needs_shared
@SLOW
@given(register=registers(), internal=st.booleans())
def test_grants_of_any_register_are_valid_360giving(register, internal):
    wanted = schema(GIVING / "360giving_schema.json")
    for grant in grants(register, "nb", internal=internal).package["grants"]:
        assert errors(grant, wanted) == []


@needs_shared
@SLOW
@given(register=registers(), internal=st.booleans())
def test_organisations_and_services_of_any_register_are_valid_hsds(register, internal):
    found = hsds(register, "nn", day=DAY, internal=internal)
    for kind in ("organization", "service"):
        wanted = schema(HSDS / f"hsds3_schema_{kind}.json")
        for one in found[f"{kind}s"]:
            assert errors(one, wanted) == []


@needs_shared
@pytest.mark.parametrize("internal", [True, False])
def test_the_example_is_valid_hsds_and_has_something_of_everything(internal):
    found = hsds(example(), "nb", day=DAY, internal=internal)
    for kind in ("organization", "service"):
        wanted = schema(HSDS / f"hsds3_schema_{kind}.json")
        assert [errors(one, wanted) for one in found[f"{kind}s"]] == [[]] * len(found[f"{kind}s"])
    by_name = {one["name"]: one for one in found["organizations"]}
    club = by_name["Fjordvik idrettslag"]
    assert club["organization_identifiers"][0]["identifier"] == "NO-BRC-974760673"
    assert club["locations"][0]["addresses"][0]["address_1"] == "Strandgata 1"
    assert by_name["Kultur og fritid"]["contacts"][0]["email"] == "post@example.no"
    (service,) = found["services"]
    assert (service["organization_id"], service["status"]) == (club["id"], "active")
    assert ("Skjult forening" in by_name) == internal


def test_a_grant_says_who_gave_what_to_whom_and_when():
    (grant,) = grants(example(), "nb", funder_number="974760673").package["grants"]
    assert grant["amountAwarded"] == 120000
    assert grant["awardDate"] == "2025-04-01"
    assert grant["recipientOrganization"][0]["id"] == "NO-BRC-974760673"
    assert grant["fundingOrganization"] == [{"id": "NO-BRC-974760673", "name": "Fjordvik kommune"}]
    assert grant["grantProgramme"][0]["title"] == "Driftstilskudd"
    assert grant["classifications"][0]["code"] == "culture_leisure"
    assert grant["description"].startswith("Oppdiktede data.")
    assert "amountAppliedFor" not in grant


def test_grants_to_someone_who_is_not_shown_are_left_out_and_told_of():
    assert grants(example(), "nb").left_out == ("g3",)


def files(tmp_path: Path, to: str, **wishes: object) -> dict[str, Path]:
    written = export(example(), to, tmp_path / to, Wishes("nb", STAMP, **wishes))
    return {path.name: path for path in written}


def test_what_is_written_passes_the_checks_in_every_form(tmp_path):
    for name, path in files(tmp_path, "360giving").items():
        assert check_grants(path) == [], name
    for name, path in files(tmp_path, "hsds").items():
        assert check_services(path) == [], name


def test_the_flat_form_has_the_standards_titles(tmp_path):
    with files(tmp_path, "360giving")["grants-360giving.csv"].open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert row["Identifier"] == "360G-kommune9999-g1"
    assert row["Amount Awarded"] == "120000"
    assert row["Recipient Org:Name"] == "Fjordvik idrettslag"
    assert row["Planned Dates:Start Date"] == "2025-01-01"


@needs_shared
def test_grants_of_others_that_are_invalid_are_told_of_by_place():
    bad = check_grants(SAMPLES / "360_grants_bad.json")
    places = {problem.column for problem in bad}
    assert {"awardDate", "amountAwarded", "title", "currency", "description"} <= places
    assert {"recipientOrganization/0/id", "plannedDates", "fundingOrganization"} <= places
    assert all(problem.row == 1 and problem.next_step for problem in bad)
    two = check_grants(SAMPLES / "360_grants_2_invalid_vs_1.4.3.json")
    assert {(p.row, p.column) for p in two} >= {
        (1, "description"),
        (1, "awardDate"),
        (1, "recipientOrganization/0/id"),
        (2, "awardDate"),
        (None, "id"),
    }
    flat = check_grants(SAMPLES / "360_grants.csv")
    assert {(p.row, p.column) for p in flat} >= {(1, "description"), (1, "awardDate")}


@needs_shared
def test_a_schema_of_the_standard_finds_more():
    path = SAMPLES / "360_grants_2_invalid_vs_1.4.3.json"
    more = check_grants(path, GIVING / "360giving_schema.json")
    assert {(p.row, p.column) for p in more} > {(p.row, p.column) for p in check_grants(path)}
    assert (2, "dateModified") in {(p.row, p.column) for p in more}


@needs_shared
@pytest.mark.parametrize("kind", ["organization", "service"])
def test_the_standards_own_examples_are_found_valid(kind):
    path = SAMPLES / f"hsds3_{kind}_full.json"
    assert check_services(path) == []


@needs_shared
def test_an_invalid_service_is_told_of_by_place(tmp_path):
    service = schema(SAMPLES / "hsds3_service_full.json")
    service["status"] = "open"
    service["id"] = "7"
    del service["name"]
    service["phones"][0].pop("number")
    path = tmp_path / "service.json"
    path.write_text(json.dumps([service]), "utf-8")
    expected = {"status", "id", "name", "phones/0/number"}
    assert {p.column for p in check_services(path)} == expected
    official = check_services(path, HSDS / "hsds3_schema_service.json")
    assert {p.column for p in official} >= expected


@pytest.mark.parametrize("content", ["[]", "{}", "[1]", '{"grants": []}', '{"grants": {}}'])
def test_a_file_without_grants_is_refused(tmp_path, content):
    path = tmp_path / "grants.json"
    path.write_text(content, "utf-8")
    assert check_grants(path)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_file_that_is_no_json_is_refused(tmp_path, content):
    path = tmp_path / "grants.json"
    path.write_bytes(content)
    for check in (check_grants, check_services):
        with pytest.raises(InvalidInput):
            check(path)


def events(content: bytes) -> dict[str, icalendar.Event]:
    feed = icalendar.Calendar.from_ical(content)
    return {str(event["summary"]): event for event in feed.walk("VEVENT")}


def test_meetings_are_in_the_time_of_oslo_in_summer_and_winter():
    found = events(calendar(example(), "nb", stamp=STAMP))
    meeting = found["Dialogmøte"]
    oslo = ZoneInfo("Europe/Oslo")
    assert meeting.decoded("dtstart") == datetime(2026, 3, 29, 18, 30, tzinfo=oslo)
    assert meeting.decoded("dtstart").astimezone(UTC).hour == 16
    assert meeting.decoded("dtend") == datetime(2026, 3, 29, 20, 0, tzinfo=oslo)
    assert str(meeting["location"]) == "Rådhuset"
    assert "2. Haller; 3. Annet" in str(meeting["description"])


def test_days_without_a_time_last_the_whole_day():
    event = events(calendar(example(), "nb", stamp=STAMP))["Frist: Driftstilskudd"]
    assert event.decoded("dtstart") == date(2026, 3, 1)
    assert event.decoded("dtend") == date(2026, 3, 2)


def test_reviews_of_agreements_are_for_the_municipality_alone():
    review = "Neste gjennomgang: Avtale om svømmehallen"
    assert review in events(calendar(example(), "nb", stamp=STAMP, internal=True))
    assert review not in events(calendar(example(), "nb", stamp=STAMP))


def test_a_calendar_may_be_of_some_kinds_alone():
    found = events(calendar(example(), "nb", stamp=STAMP, kinds=["schemes"]))
    assert set(found) == {"Frist: Driftstilskudd"}


def test_an_event_keeps_its_identifier_when_it_is_moved():
    def uid(register):
        return str(events(calendar(register, "nb", stamp=STAMP))["Dialogmøte"]["uid"])

    meeting = {**example().rows("meetings")[0], "held_on": date(2027, 1, 1), "starts_at": time(9)}
    assert uid(example(meetings=[meeting])) == uid(example())


@SLOW
@given(register=registers(), internal=st.booleans(), language=st.sampled_from(languages()))
def test_the_calendar_of_any_register_holds_to_rfc_5545(register, internal, language):
    content = calendar(register, language, stamp=STAMP, internal=internal)
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    feed = icalendar.Calendar.from_ical(content)
    assert (str(feed["version"]), bool(feed["prodid"])) == ("2.0", True)
    found = feed.walk("VEVENT")
    uids = [str(event["uid"]) for event in found]
    assert len(set(uids)) == len(uids)
    zones = {str(zone["tzid"]) for zone in feed.walk("VTIMEZONE")}
    for event in found:
        assert not event.errors
        assert event.decoded("dtstamp") == STAMP
        begins, ends = event.decoded("dtstart"), event.get("dtend")
        if ends is not None:
            assert type(ends.dt) is type(begins)
            assert ends.dt > begins
        if isinstance(begins, datetime):
            assert event["dtstart"].params["TZID"] in zones
    if register.invented:
        assert feed.get("x-wr-caldesc")
