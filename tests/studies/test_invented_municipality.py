"""The invented municipality holds what its README promises, whatever the day and the seed."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections import Counter, defaultdict
from datetime import date, time, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import mean

import polars as pl
import pytest

from samspill.advice import load as load_advice
from samspill.instrument.shipping import shipped_instrument
from samspill.register import TABLES, Kind
from samspill.register.checks import check_register
from samspill.register.frames import tables_of
from samspill.register.mirror import contact_dependence, questionnaire
from samspill.register.model import Register
from samspill.register.numbers import is_organisation_number
from samspill.register.schema import LISTS
from samspill.studies import invented_municipality
from samspill.studies.invented_municipality import (
    MUNICIPALITY,
    invent,
    national_files,
    pulse,
    pulse_rounds,
)
from samspill.vocabulary import load

WORDS = Path(invented_municipality.__file__).parent / "words"
NORWAY = Path(__file__).parents[3] / "shared" / "norway"
CIVIC = NORWAY.parent / "samples" / "civic"
DAYS = (date(2026, 9, 14), date(2028, 2, 29), date(2025, 1, 1))
SEED = 2018
AT_LEAST = {
    "municipal_units": 12,
    "organisations": 130,
    "contacts": 60,
    "agreements": 30,
    "relations": 270,
    "bodies": 12,
    "seats": 70,
    "meetings": 30,
    "schemes": 6,
    "grants": 200,
    "premises": 8,
    "allocations": 60,
    "enquiries": 40,
    "policies": 2,
    "goals": 4,
    "measures": 18,
    "criteria": 7,
    "processes": 4,
    "inputs": 40,
    "needs": 10,
    "offers": 20,
    "referrals": 10,
    "capacities": 10,
    "gatherings": 3,
    "matches": 6,
}
TYPES = {
    Kind.INTEGER: int,
    Kind.AMOUNT: int,
    Kind.NUMBER: float,
    Kind.BOOLEAN: bool,
    Kind.DATE: date,
    Kind.TIME: time,
}
PERIODS = (
    ("valid_from", "valid_to"),
    ("opens_on", "deadline"),
    ("begins_on", "deadline"),
    ("begins_on", "done_on"),
    ("valid_from", "review_on"),
    ("valid_from", "ended_on"),
    ("established_on", "closed_on"),
    ("founded_on", "dissolved_on"),
    ("published_on", "open_until"),
    ("published_on", "closed_on"),
    ("given_on", "expires_on"),
    ("applied_on", "decided_on"),
    ("received_on", "answered_on"),
    ("invited_on", "received_on"),
    ("sent_on", "answered_on"),
    ("starts_at", "ends_at"),
    ("left_on", "keep_until"),
)
NEVER_TO_COME = (
    "verified_on",
    "founded_on",
    "dissolved_on",
    "left_on",
    "ended_on",
    "closed_on",
    "established_on",
    "applied_on",
    "decided_on",
    "answered_on",
    "received_on",
    "adopted_on",
    "done_on",
    "judged_on",
    "sector_involved_on",
    "published_on",
    "given_on",
    "consented_on",
    "sent_on",
    "followed_up_on",
    "invited_on",
)


@pytest.fixture(
    scope="module",
    params=[(day, seed) for day in DAYS for seed in (SEED, 7)],
    ids=lambda each: f"{each[0]}-{each[1]}",
)
def made(request):
    """A day and the register made for it."""
    on, seed = request.param
    return on, invent(on, seed)


@pytest.fixture(scope="module")
def register():
    return invent(DAYS[0])


def cells(tables):
    """Every filled cell: table, row, column, value."""
    for name, rows in tables.items():
        for row in rows:
            for column in TABLES[name].columns:
                if row[column.name] not in (None, ()):
                    yield name, row, column, row[column.name]


def items(value):
    return value if isinstance(value, tuple) else (value,)


def test_there_is_enough_of_everything(made):
    _, tables = made
    assert list(tables) == list(TABLES)
    short = {name: len(tables[name]) for name, n in AT_LEAST.items() if len(tables[name]) < n}
    assert not short
    assert set(AT_LEAST) == set(TABLES)


def test_rows_have_every_column_and_the_filled_are_filled(made):
    for name, rows in made[1].items():
        columns = [column.name for column in TABLES[name].columns]
        filled = [column.name for column in TABLES[name].columns if column.filled]
        for row in rows:
            assert list(row) == columns
            assert all(row[column] is not None for column in filled), (name, row)


def test_every_column_is_used_somewhere(register):
    """But for what has no document, and what the municipality has not decided otherwise."""
    used = {(name, column.name) for name, _, column, _ in cells(register)}
    unused = {(t.name, c.name) for t in TABLES.values() for c in t.columns} - used
    assert {(t, c) for t, c in unused if c != "public"} <= {
        ("agreements", "document"),
        ("agreements", "checksum"),
        ("measures", "decision"),
        ("criteria", "web"),
        ("criteria", "case_number"),
        ("inputs", "municipal_unit"),
        ("matches", "municipal_unit"),
    }


def test_every_value_is_of_its_kind(made):
    for name, _, column, value in cells(made[1]):
        told = (name, column.name, value)
        if column.kind in LISTS:
            assert isinstance(value, tuple), told
            assert len(set(value)) == len(value), told
            assert all(isinstance(each, str) and each for each in value), told
        else:
            assert type(value) is TYPES.get(column.kind, str), told
        if column.choices:
            assert set(items(value)) <= set(column.choices), told
        if column.kind in {Kind.INTEGER, Kind.NUMBER, Kind.AMOUNT}:
            assert value >= 0, told
        if column.kind is Kind.WEB:
            assert re.fullmatch(rf"https://([a-z0-9-]+\.)*{MUNICIPALITY.domain}(/\S*)?", value)
        if column.kind is Kind.EMAIL:
            assert re.fullmatch(rf"[a-z0-9.-]+@([a-z0-9-]+\.)*{MUNICIPALITY.domain}", value), told
        if column.kind is Kind.PHONE:
            assert re.fullmatch(r"01 \d\d \d\d \d\d", value), told


def test_concepts_are_the_vocabularys(made):
    schemes = load().schemes
    for name, _, column, value in cells(made[1]):
        if column.kind in {Kind.CONCEPT, Kind.CONCEPTS}:
            if column.of in schemes:
                known = {concept.identifier for concept in schemes[column.of].walk()}
                assert set(items(value)) <= known, (name, column.name, value)
            else:
                assert column.of == "icnpo"
                assert all(re.fullmatch(r"\d{4,5}", each) for each in items(value))


def test_categories_are_published_ones(register):
    path = CIVIC / "icnpo_codes_flod2014.csv"
    if not path.exists():
        pytest.skip("needs ../shared")
    with path.open(encoding="utf-8") as file:
        published = {row["code"].replace(" ", "") for row in csv.DictReader(file)}
    used = {code for row in register["organisations"] for code in row["categories"]}
    assert used <= published
    assert len(used) >= 12


def test_every_reference_leads_somewhere(made):
    _, tables = made
    known = {name: {row["identifier"] for row in rows} for name, rows in tables.items()}
    for name, rows in tables.items():
        assert len(known[name]) == len(rows)
    for name, row, column, value in cells(tables):
        if column.kind in {Kind.REFERENCE, Kind.REFERENCES}:
            assert set(items(value)) <= known[column.of], (name, column.name, value)
            if column.of == name:
                assert row["identifier"] not in items(value)


def test_numbers_have_their_control_digit_and_are_nobodys(made):
    numbers = [row["number"] for row in made[1]["organisations"] if row["number"]]
    assert len(set(numbers)) == len(numbers) > 110
    assert all(is_organisation_number(number) for number in numbers)
    assert {number[0] for number in numbers}.isdisjoint("89")


def test_the_register_finds_no_fault_with_it(made):
    told = Register.of(MUNICIPALITY.code, MUNICIPALITY.name, made[1], invented=True)
    assert check_register(told) == []


def test_periods_are_in_order(made):
    for name, rows in made[1].items():
        for row in rows:
            for first, last in PERIODS:
                begins, ends = row.get(first), row.get(last)
                if begins is not None and ends is not None:
                    assert begins <= ends, (name, first, last, row)


def test_nothing_has_happened_that_is_yet_to_come(made):
    on, tables = made
    for name, rows in tables.items():
        for row in rows:
            late = [
                key for key in NEVER_TO_COME if isinstance(row.get(key), date) and row[key] > on
            ]
            assert not late, (name, late, row)
    assert all(row["valid_from"] <= on for row in tables["relations"])
    for meeting in tables["meetings"]:
        if meeting["minutes"] or meeting["present"]:
            assert meeting["held_on"] < on
    for gathering in tables["gatherings"]:
        assert not gathering["present"] or gathering["held_on"] < on


def test_nobody_acts_before_being_founded_or_after_being_dissolved(made):
    _, tables = made
    lives = {r["identifier"]: (r["founded_on"], r["dissolved_on"]) for r in tables["organisations"]}
    assert {r["status"] for r in tables["organisations"]} == {"active", "dissolved", "unknown"}
    for name, begin, end in (
        ("relations", "valid_from", "valid_to"),
        ("agreements", "valid_from", "ended_on"),
        ("allocations", "valid_from", "valid_to"),
        ("grants", "applied_on", "applied_on"),
        ("seats", "valid_from", "valid_to"),
        ("enquiries", "received_on", "received_on"),
    ):
        for row in tables[name]:
            if row["organisation"] is None:
                continue
            founded, dissolved = lives[row["organisation"]]
            assert row[begin] >= founded, (name, row)
            if dissolved is not None:
                assert row[end] is not None, (name, row)
                assert row[end] <= dissolved, (name, row)


def test_contacts_belong_to_those_whom_they_stand_for(made):
    _, tables = made
    whose = {r["identifier"]: r["organisation"] or r["municipal_unit"] for r in tables["contacts"]}
    for row in tables["relations"]:
        if row["organisation_contact"]:
            assert whose[row["organisation_contact"]] == row["organisation"]
        if row["municipal_contact"]:
            assert whose[row["municipal_contact"]] == row["municipal_unit"]
    for row in tables["contacts"]:
        assert (row["side"] == "organisation") == (row["organisation"] is not None)
        assert (row["side"] == "municipality") == (row["municipal_unit"] is not None)
    for row in tables["seats"]:
        if row["contact"]:
            assert whose[row["contact"]] == (row["organisation"] or row["municipal_unit"])
    agreed = {
        r["identifier"]: (r["organisation"], r["municipal_unit"]) for r in tables["agreements"]
    }
    for row in (*tables["relations"], *tables["grants"]):
        if row["agreement"]:
            assert agreed[row["agreement"]] == (row["organisation"], row["municipal_unit"])


def test_nobody_is_shown_to_anyone(made):
    personal = {t.name: {c.name for c in t.columns if c.personal} for t in TABLES.values()}
    columns = {t.name: {c.name for c in t.columns} for t in TABLES.values()}
    for name, rows in made[1].items():
        for row in rows:
            shown = set((row["public"] or "").split(";")) - {""}
            assert shown <= columns[name]
            if shown & personal[name]:
                assert name == "contacts"
                assert row["kind"] in {"function", "web"}
                assert row["left_on"] is None


def test_there_is_one_of_each_that_the_demonstration_shows(made):
    on, tables = made
    organisations, agreements = tables["organisations"], tables["agreements"]
    kinds = Counter(row["kind"] for row in organisations)
    assert 2 <= kinds["umbrella"] <= 3
    assert kinds["volunteer_centre"] == 1
    assert {f for row in organisations for f in row["fields"]} >= {
        "culture_leisure",
        "health_care",
        "children_youth",
        "integration",
        "emergency_preparedness",
    }
    sizes = [row["members"] for row in organisations]
    assert 8 <= min(sizes) < 20
    assert 700 < max(sizes) <= 900
    assert {row["form"] for row in tables["relations"]} == set(load().forms)
    assert {row["economic_relation"] for row in tables["relations"]} - {None} == set(
        load().economic_relations
    )
    running = [row for row in agreements if row["ended_on"] is None]
    assert sum(row["ended_on"] is not None for row in agreements) == 1
    assert sum(row["review_on"] < on for row in running) == 1
    assert sum(on <= row["review_on"] <= on + timedelta(days=60) for row in running) >= 3
    closed = [row for row in tables["bodies"] if row["closed_on"]]
    assert [row["type"] for row in closed] == ["meeting_point"]
    assert closed[0]["closed_because"]
    assert any(row["held_on"] > on for row in tables["meetings"])
    assert any(row["held_on"] < on for row in tables["meetings"])
    assert any(row["deadline"] > on for row in tables["schemes"])
    assert any(row["answered_on"] is None for row in tables["enquiries"])
    assert {"waiting", "expired", "accepted"} <= {row["status"] for row in tables["offers"]}
    assert {row["kind"] for row in tables["contacts"]} == {"person", "function", "web"}
    assert any(row["left_on"] for row in tables["contacts"])
    old = on - timedelta(days=730)
    assert any(row["verified_on"] < old for row in tables["contacts"])


def test_history_goes_back_four_years(made):
    on, tables = made
    first = min(row["valid_from"] for row in tables["relations"])
    assert (on - first).days > 3 * 365
    assert sum(row["valid_to"] is not None for row in tables["relations"]) > 30
    assert len({row["year"] for row in tables["grants"] if row["scheme"]}) >= 4


def test_the_plan_has_late_done_planned_and_yearly_measures(made):
    on, tables = made
    measures = tables["measures"]
    late = [
        row
        for row in measures
        if row["deadline"] < on and row["status"] in {"planned", "under_way"}
    ]
    assert len(late) >= 3
    assert any(row["field"] == "health_care" for row in late)
    assert {row["status"] for row in measures} == {"planned", "under_way", "done", "dropped"}
    assert sum(row["every_year"] for row in measures) >= 3
    assert all(row["done_on"] and row["evidence"] for row in measures if row["status"] == "done")
    assert {row["goal"] for row in measures} == {row["identifier"] for row in tables["goals"]}
    assert sorted(row["generation"] for row in tables["policies"]) == [1, 2]
    assert len({row["criterion"] for row in tables["criteria"]}) == 7
    making = next(row for row in tables["processes"] if row["kind"] == "volunteer_policy")
    answers = [row for row in tables["inputs"] if row["process"] == making["identifier"]]
    received = [row for row in answers if row["received_on"]]
    assert 0 < len(received) < len(answers)
    assert all(row["outcome"] and row["reason"] for row in received)


def test_advice_that_measures_come_from_exists(register):
    known = {measure.identifier for measure in load_advice().measures}
    taken = [row["advice"] for row in register["measures"] if row["advice"]]
    assert len(taken) >= 12
    assert set(taken) <= known


def test_only_some_coordinate_and_one_of_them_has_left(made):
    _, tables = made
    coordinators = [row for row in tables["contacts"] if row["coordination_position"]]
    assert {row["kind"] for row in coordinators} == {"person"}
    left = [row for row in coordinators if row["left_on"]]
    assert [row["fields"] for row in left] == [("health_care",)]
    present = {field for row in coordinators if not row["left_on"] for field in row["fields"]}
    assert {"culture_leisure", "children_youth"} <= present
    assert present.isdisjoint({"health_care", "integration"})


def test_integration_hangs_on_one_person_and_health_is_poorly_known(made):
    _, tables = made
    people = {row["identifier"]: row for row in tables["contacts"]}
    running = [row for row in tables["relations"] if row["valid_to"] is None]
    by_field = defaultdict(list)
    for row in running:
        by_field[row["field"]].append(row["municipal_contact"])
    assert len(set(by_field["integration"])) == 1
    assert people[by_field["integration"][0]]["kind"] == "person"

    def known(field):
        here = [each for each in by_field[field] if each and people[each]["left_on"] is None]
        return len(here) / len(by_field[field])

    assert known("health_care") < 0.5 < known("culture_leisure")
    where = {row["municipal_unit"] for row in running if row["field"] == "integration"}
    there = [r for r in people.values() if r["municipal_unit"] in where and r["left_on"] is None]
    assert [row["kind"] for row in there] == ["person"]


def test_the_large_get_most_and_the_small_are_refused(made):
    _, tables = made
    members = {row["identifier"]: row["members"] for row in tables["organisations"]}
    grants = [row for row in tables["grants"] if row["scheme"]]
    given = Counter()
    for row in grants:
        given[row["organisation"]] += row["amount"] or 0
    five_largest = sum(amount for _, amount in given.most_common(5))
    assert five_largest / sum(given.values()) > 0.25
    sizes = defaultdict(list)
    for row in grants:
        sizes[row["decision"]].append(members[row["organisation"]])
    assert mean(sizes["refused"]) < mean(sizes["granted"] + sizes["partly_granted"])
    assert {row["years"] for row in grants} == {1}
    for row in tables["grants"]:
        assert (row["amount"] is not None) == (row["decision"] in {"granted", "partly_granted"})
        assert (row["decided_on"] is None) == (row["decision"] == "pending")
        if row["decision"] == "partly_granted":
            assert row["amount"] < row["applied"]


def test_a_round_does_not_give_out_more_than_its_budget(made):
    budgets = {row["identifier"]: row["budget"] for row in made[1]["schemes"]}
    spent = Counter()
    for row in made[1]["grants"]:
        if row["scheme"]:
            spent[row["scheme"], row["year"], row["decided_on"]] += row["amount"] or 0
    assert all(amount <= budgets[scheme] * 1.1 for (scheme, *_), amount in spent.items())


def test_the_same_day_and_seed_give_the_same():
    assert invent(DAYS[0], 3) == invent(DAYS[0], 3)
    assert invent(DAYS[0], 3) != invent(DAYS[0], 4)
    assert pulse(DAYS[0], 3) == pulse(DAYS[0], 3)


def test_the_municipality_is_none_that_is_or_was():
    path = NORWAY / "klass_131_nodes.csv"
    if not path.exists():
        pytest.skip("needs ../shared")
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert MUNICIPALITY.invented
    assert MUNICIPALITY.code not in {row["code"] for row in rows}
    names = {re.split(r" - | \(", row["label"])[0].casefold() for row in rows}
    places = tomllib.loads((WORDS / "municipality.toml").read_text(encoding="utf-8"))["place"]
    assert names.isdisjoint({MUNICIPALITY.name.casefold()} | {p["name"].casefold() for p in places})


def test_everything_says_that_it_is_invented(register):
    assert all(row["note"].endswith("Oppdiktet.") for rows in register.values() for row in rows)
    for path in WORDS.glob("*.toml"):
        assert tomllib.loads(path.read_text(encoding="utf-8"))["invented"] is True


def test_names_are_told_apart_and_some_organisations_write_nynorsk(register):
    names = [row["name"] for row in register["organisations"]]
    assert len(set(names)) == len(names)
    nynorsk = re.compile(r"\b(ikkje|frå|driv|held|tek|lèt|dei|syng)\b", re.IGNORECASE)
    purposes = [row["purpose"] for row in register["organisations"]]
    assert sum(bool(nynorsk.search(each)) for each in purposes) >= 12
    subjects = [row["subject"] for row in register["enquiries"]]
    assert (
        sum(bool(re.search(r"\b([Kk]ven|kjem|blir det|ein|eit|pengar)\b", s)) for s in subjects) > 0
    )


def test_people_have_a_name_each(register):
    people = [row["name"] for row in register["contacts"] if row["kind"] == "person"]
    assert len(set(people)) == len(people)


@pytest.mark.parametrize("on", DAYS)
def test_the_pulse_is_answered_by_both_sides_in_two_rounds(on):
    tables, answers = invent(on), pulse(on)
    organisations = {row["identifier"] for row in tables["organisations"]}
    contacts = {r["identifier"] for r in tables["contacts"] if r["side"] == "municipality"}
    instrument = shipped_instrument("pulse")
    asked = {q.variable: q for page in instrument.pages for q in page.questions}
    who = defaultdict(set)
    for answer in answers:
        who[answer.round, answer.side].add(answer.respondent)
        known = organisations if answer.side == "organisation" else contacts
        assert answer.respondent in known
        assert answer.field in load().fields
        question = asked[answer.variable]
        assert question.type in {"ordinal", "text"}
        if question.code_list:
            assert answer.value in question.code_list.values()
    for n in (1, 2):
        assert 50 <= len(who[n, "organisation"]) <= 64
        assert 15 <= len(who[n, "municipality"]) <= 20
    keys = [answer[:5] for answer in answers]
    assert len(set(keys)) == len(keys)
    items_asked = sum(question.code_list is not None for question in asked.values())
    rows = Counter(a[:3] for a in answers if asked[a.variable].code_list)
    assert min(rows.values()) < items_asked == max(rows.values())
    assert any(answer.value == "dont_know" for answer in answers)
    first, last = pulse_rounds(on)
    assert first < last < on


def test_the_sides_differ_on_influence_most_in_health_and_it_gets_better():
    values = defaultdict(list)
    for answer in (each for seed in range(6) for each in pulse(DAYS[0], seed)):
        if answer.value.isdigit():
            where = "health" if answer.field == "health_care" else "elsewhere"
            values[answer.side, where, answer.variable].append(int(answer.value))
            values[answer.side, answer.round].append(int(answer.value))

    def gap(where, item):
        sides = (mean(values[side, where, item]) for side in ("municipality", "organisation"))
        return next(sides) - next(sides)

    for item in ("value_influence", "role_clarity", "value_early_involvement"):
        assert gap("elsewhere", item) > gap("elsewhere", "autonomy")
        assert gap("health", item) > gap("elsewhere", item) > 0.4
    assert mean(values["organisation", 2]) > mean(values["organisation", 1])


def test_the_national_files_are_a_little_ahead_of_the_register(tmp_path, register):
    entities, voluntary = (
        json.loads(path.read_text(encoding="utf-8"))
        for path in national_files(DAYS[0], SEED, tmp_path)
    )
    known = {
        row["number"]: row["name"]
        for row in register["organisations"]
        if row["number"] and row["status"] != "dissolved"
    }
    told = {each["organisasjonsnummer"]: each["navn"] for each in entities}
    assert len(told) == len(entities)
    assert len(told.keys() - known.keys()) == 6
    assert len(known.keys() - told.keys()) == 2
    assert sum(told[number] != known[number] for number in told.keys() & known.keys()) == 4
    everyone = {row["number"] for row in register["organisations"]}
    assert (told.keys() - known.keys()).isdisjoint(everyone)
    assert all(is_organisation_number(number) for number in told)
    assert all(
        each["forretningsadresse"]["kommunenummer"] == MUNICIPALITY.code for each in entities
    )
    registered = voluntary["_embedded"]["frivilligeOrganisasjoner"]
    flagged = {
        e["organisasjonsnummer"] for e in entities if e["registrertIFrivillighetsregisteret"]
    }
    assert {each["organisasjonsnummer"] for each in registered} == flagged
    assert "next" not in voluntary["_links"]
    assert any(
        first["rekkefoelge"] > second["rekkefoelge"]
        for each in registered
        for first, second in pairwise(each["icnpoKategorier"])
    )


def test_nothing_but_names_differs_in_the_national_files(tmp_path, register):
    entities, voluntary = (
        json.loads(path.read_text(encoding="utf-8"))
        for path in national_files(DAYS[0], SEED, tmp_path)
    )
    categories = {
        each["organisasjonsnummer"]: tuple(
            told["icnpoNummer"]
            for told in sorted(each["icnpoKategorier"], key=lambda told: told["rekkefoelge"])
        )
        for each in voluntary["_embedded"]["frivilligeOrganisasjoner"]
    }
    rows = {row["number"]: row for row in register["organisations"] if row["number"]}
    for entity in entities:
        row = rows.get(entity["organisasjonsnummer"])
        if row is None:
            continue
        address = entity["forretningsadresse"]
        assert address["adresse"] == [row["address"]]
        assert (address["postnummer"], address["poststed"]) == (row["postcode"], row["place"])
        assert entity["organisasjonsform"]["kode"] == row["legal_form"]
        assert date.fromisoformat(entity["stiftelsesdato"]) == row["founded_on"]
        assert entity.get("hjemmeside") == (row["web"] and row["web"].removeprefix("https://"))
        assert entity["registrertIFrivillighetsregisteret"] is row["in_voluntary_register"]
        assert categories.get(row["number"], row["categories"]) == row["categories"]
        assert row["status"] == "active"


def test_the_national_files_have_the_documented_keys(tmp_path):
    fields, page = NORWAY / "brreg_enheter_fields.json", None
    if not fields.exists():
        pytest.skip("needs ../shared")
    documented = {
        each["value"].split(".")[0] for each in json.loads(fields.read_text("utf-8"))["fields"]
    }
    entities, voluntary = national_files(DAYS[0], SEED, tmp_path)
    used = {key for each in json.loads(entities.read_text("utf-8")) for key in each}
    assert used - documented <= {"vedtektsfestetFormaal", "registrertIMvaregisteret"}
    page = json.loads((CIVIC / "brreg_frivillige_page_RECONSTRUCTED.json").read_text("utf-8"))
    shape = page["_embedded"]["frivilligeOrganisasjoner"][0]
    for each in json.loads(voluntary.read_text("utf-8"))["_embedded"]["frivilligeOrganisasjoner"]:
        assert each.keys() <= shape.keys()
        for category in each["icnpoKategorier"]:
            assert category.keys() == shape["icnpoKategorier"][0].keys()


def test_the_mirror_finds_what_is_there_to_be_found(made):
    on, tables = made
    held = tables_of(tables)
    ours = contact_dependence(held, on).filter(pl.col("side") == "municipality")
    states = {
        field: set(ours.filter(pl.col("field") == field)["state"])
        for field in ("integration", "health_care", "culture_leisure")
    }
    assert states["integration"] == {"one_person"}
    assert "none" in states["health_care"]
    assert "covered" in states["culture_leisure"]
    answered = {
        (row["field"], row["variable"]): row["value"]
        for row in questionnaire(held, on, MUNICIPALITY.code).answers.iter_rows(named=True)
    }
    assert answered["culture_leisure", "meeting_point"] == "1"
    assert answered["health_care", "meeting_point"] == "0"
    assert answered["health_care", "coordination_position"] == "0"
