"""The whole mirror of an invented municipality: what was put into it is seen in it."""

from datetime import date

import polars as pl
import pytest

from samspill import advice
from samspill.register import Register
from samspill.register.frames import tables_of
from samspill.register.mirror import (
    changes,
    checklist,
    equal_treatment,
    gaps,
    hanging,
    insiders,
    questionnaire,
    signals,
    weakest_points,
    weighed,
)
from samspill.studies.invented_municipality import invent, pulse
from samspill.typology import place_all, register_evidence
from samspill.vocabulary import load

ON = date(2026, 6, 1)
STUDIED = ("culture_leisure", "health_care", "children_youth", "integration")


@pytest.fixture(scope="module")
def tables():
    return tables_of(invent(ON))


@pytest.fixture(scope="module")
def rounds():
    answers = pl.DataFrame([answer._asdict() for answer in pulse(ON)])
    return [answers.filter(pl.col("round") == n) for n in (1, 2)]


def _entries(tables):
    return {f"{name}/{row}" for name, rows in tables.items() for row in rows["identifier"]}


def test_every_answer_opens_entries_that_are_there(tables):
    said = questionnaire(tables, ON, "k1")
    behind = {f"{t}/{i}" for t, i in said.evidence.select("table", "identifier").iter_rows()}
    assert behind <= _entries(tables)
    yes = said.states.filter(pl.col("value") == "1")
    assert (yes["entries"] > 0).all()
    assert set(said.answers.filter(variable="has_relation", value="1")["field"]) >= set(STUDIED)


def test_a_register_gives_the_same_by_its_own_frames(tables):
    register = Register.of("9999", "Oterfjord", invent(ON), invented=True)
    other, own = questionnaire(register.frames(), ON, "k1"), questionnaire(tables, ON, "k1")
    assert other.states.equals(own.states)
    assert weighed(register.frames(), ON) == weighed(tables, ON)


def test_the_large_are_inside_and_the_small_outside(tables):
    rows = insiders(tables, ON, "size").filter(outcome="inside")
    share = dict(rows.select("group", "share").iter_rows())
    assert share["under_30"] < share["30_to_99"] < share["100_to_299"]
    spread = equal_treatment(tables, ON)
    assert (spread["gini"] > 0.5).all()


def test_what_hangs_on_one_contact_is_what_is_lost(tables):
    one = set(hanging(tables, ON).filter(side="any")["identifiers"].item())
    lost = weakest_points(tables, ON).filter(party="contact")
    assert one
    assert lost["relations"].sum() >= len(one)


def test_every_field_studied_is_placed_or_said_to_be_undecided(tables):
    found = register_evidence(tables, ON, "k1")
    assert set(found["entry"]) <= _entries(tables)
    for typology in ("policy_models", "activity_models"):
        placed = {place.field: place for place in place_all(found, typology)}
        assert set(STUDIED) <= set(placed)
        for place in placed.values():
            assert place.evidence["entry"].null_count() == 0


def test_the_sides_differ_most_where_they_were_made_to(rounds):
    whole = gaps(rounds[1]).filter(pl.col("field") == "").sort("gap", descending=True)
    largest = set(whole["variable"].head(3))
    assert largest == {"value_influence", "value_early_involvement", "role_clarity"}


def test_the_second_round_is_a_little_better(rounds):
    change = changes(rounds[1], rounds[0]).filter(pl.col("field") == "", side="organisation")
    assert set(change["method"]) == {"paired"}
    assert change["change"].mean() > 0


def test_each_signal_has_measures_against_its_barrier(tables, rounds):
    known = advice.load()
    for signal in weighed(tables, ON, gaps(rounds[1])):
        assert known.for_barrier(signal.barrier), signal.barrier
        assert set(signal.entries) <= _entries(tables)
    shown = {signal.barrier.split("/")[1] for signal in signals(tables, ON, gaps(rounds[1]))}
    assert len(shown) >= 3
    assert shown <= set(load().barriers)


def test_the_policy_in_force_has_evidence_to_judge(tables):
    (policy,) = tables["policies"].filter(state="adopted")["identifier"]
    rows = dict(checklist(tables, ON, policy).select("criterion", "k").iter_rows())
    assert rows["own_policy"] == 1
    assert rows["made_in_dialogue"] > 0
