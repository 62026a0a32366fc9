"""Signals of barriers, and what speaks for each criterion of a policy."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from register.mirror.register_examples import (
    ON,
    body,
    contact,
    grant,
    organisation,
    register,
    relation,
    seat,
)

from samspill.register.mirror import checklist, signal_rules, signals, weighed
from samspill.register.mirror.both_sides import GAPS
from samspill.register.mirror.signals.counting import COUNTS
from samspill.register.schema import CRITERIA
from samspill.vocabulary import load

OLD, NEW = date(2023, 1, 1), date(2025, 5, 1)


def _six(make, *so, **other):
    """Six rows, of which four are ``so`` and two are not."""
    return [make(f"x{i}", **(so[0] if i < 4 else other)) for i in range(6)]


def _relation(identifier, **more):
    return relation(identifier, f"o{identifier}", **more)


def _enquiry(identifier, days):
    received = date(2025, 1, 1)
    return {"identifier": identifier, "subject": "?", "received_on": received,
            "answered_on": received + timedelta(days=days)}  # fmt: skip


def _input(identifier, **more):
    return {"identifier": identifier, "process": "p1", "received_on": NEW, **more}


def _process(identifier, **more):
    return {"identifier": identifier, "title": "p", "kind": "hearing", **more}


def _allocation(identifier, rent):
    return {"identifier": identifier, "premises": "h1", "organisation": "o1", "rent": rent}


def _agreement(identifier, **more):
    return {"identifier": identifier, "title": "a", "organisation": "o1", **more}


def _grant(identifier, **more):
    return grant(identifier, f"o{identifier}", 10, **more)


CULTURE, HEALTH = {"field": "culture_leisure"}, {"field": "health_care"}
CASES = {
    "contacts_not_verified": {"contacts": _six(contact, {"verified_on": OLD}, verified_on=NEW)},
    "organisations_not_verified": {
        "organisations": _six(organisation, {"verified_on": OLD}, verified_on=NEW)
    },
    "no_meeting_point": {
        "relations": _six(_relation, CULTURE, **HEALTH),
        "bodies": [body("b1", "meeting_point", ["health_care"])],
    },
    "no_coordinator": {
        "relations": _six(_relation, CULTURE, **HEALTH),
        "contacts": [contact("c1", fields=["health_care"], coordination_position=True)],
    },
    "one_municipal_contact": {
        "relations": _six(_relation, {"municipal_contact": "c1"}, municipal_contact="c2"),
        "contacts": [contact("c1"), contact("c2", kind="function")],
    },
    "one_contact_in_organisation": {
        "relations": _six(_relation, {"organisation_contact": "c1"}, organisation_contact="c2"),
        "contacts": [contact("c1", "organisation"), contact("c2", "organisation", "web")],
    },
    "no_municipal_contact": {
        "relations": _six(_relation, {}, municipal_contact="c1"),
        "contacts": [contact("c1")],
    },
    "late_answers": {"enquiries": _six(_enquiry, {"days": 31}, days=30)},
    "input_without_reply": {"inputs": _six(_input, {"outcome": "pending"}, outcome="taken_up")},
    "no_agreement": {
        "relations": _six(_relation, {}, agreement="a1"),
        "agreements": [_agreement("a1")],
    },
    "agreements_past_review": {
        "agreements": [*_six(_agreement, {"review_on": OLD}, review_on=date(2026, 1, 1)),
                       _agreement("a7")]
    },
    "one_year_grants": {"grants": _six(_grant, {}, years=3)},
    "no_operating_grant": {
        "grants": _six(_grant, {"economic_relation": "activity_grant"},
                       economic_relation="operating_grant")
    },
    "applications_not_met": {
        "grants": _six(_grant, {"decision": "refused"}, decision="granted")
    },
    "rent_paid": {"allocations": _six(_allocation, {"rent": 500}, rent=0)},
    "decided_by_municipality_alone": {
        "relations": [*_six(_relation, {"decided_by": "municipality"}, decided_by="together"),
                      _relation("x7")]
    },
    "involved_late": {
        "processes": _six(_process, {"sector_involved_at": "hearing"}, sector_involved_at="idea")
    },
}  # fmt: skip


def _of(found, identifier):
    return next(signal for signal in found if signal.identifier == identifier)


@pytest.mark.parametrize("identifier", CASES)
def test_a_signal_has_its_numbers_and_the_entries_behind(identifier):
    signal = _of(weighed(register(**CASES[identifier]), ON), identifier)
    assert (signal.k, signal.n) == (4, 6)
    assert signal.share == pytest.approx(4 / 6)
    names = {entry.partition("/")[2] for entry in signal.entries}
    assert names in ({f"x{i}" for i in range(4)}, {f"ox{i}" for i in range(4)})
    assert signal.shows == (signal.rule.share <= 4 / 6)
    assert "4" in signal.sentence("nb")
    assert "6" in signal.sentence("nn")


def test_every_rule_has_a_case_a_count_a_barrier_and_words():
    words = load()
    of_register = [rule for rule in signal_rules() if rule.count]
    assert {rule.identifier for rule in of_register} == set(CASES)
    assert {rule.count for rule in of_register} == set(COUNTS)
    for rule in signal_rules():
        assert words.concept(rule.barrier)
        assert set(rule.sentence) == set(words.languages)
        assert all("{k}" in text and "{n}" in text for text in rule.sentence.values())
        assert 0 < rule.share <= 1


def test_an_empty_register_shows_nothing():
    assert signals(register(), ON) == []
    assert {signal.share for signal in weighed(register(), ON)} == {None}


def test_few_show_nothing_and_fields_are_named():
    rows = {"bodies": [body("b1")], "relations": [_relation("r1"), _relation("r2")]}
    two = _of(weighed(register(**rows), ON), "no_meeting_point")
    assert (two.k, two.n, two.shows, two.fields) == (2, 2, False, ("culture_leisure",))
    rows["relations"].append(_relation("r3"))
    assert _of(signals(register(**rows), ON), "no_meeting_point").k == 3


def test_where_no_body_is_written_down_no_meeting_point_is_missed():
    rows = [_relation(f"r{i}") for i in range(9)]
    signal = _of(weighed(register(relations=rows), ON), "no_meeting_point")
    assert (signal.n, signal.shows) == (0, False)


def test_what_is_over_is_not_counted():
    rows = [_relation(f"r{i}", valid_to=OLD) for i in range(9)]
    assert _of(weighed(register(relations=rows), ON), "no_agreement").n == 0


@given(st.integers(0, 12), st.integers(0, 12))
def test_a_signal_shows_from_its_least_number_and_its_least_share(such, others):
    """What is counted rises with what is so; rows that are not so bring no signal out."""

    def found(such, others):
        rows = [_grant(f"a{i}") for i in range(such)]
        rows += [_grant(f"b{i}", years=3) for i in range(others)]
        return _of(weighed(register(grants=rows), ON), "one_year_grants")

    signal = found(such, others)
    assert (signal.k, signal.n) == (such, such + others)
    enough = signal.n >= signal.rule.n
    assert signal.shows == (enough and signal.k >= signal.rule.share * signal.n)
    if signal.shows:
        assert found(such + 1, others).shows
    elif enough:
        assert not found(such, others + 1).shows


def _pulse(share, n):
    import polars as pl

    row = {"field": "", "variable": "recognition", "organisation_n": n,
           "organisation_share": share, "organisation_share_low": 0.1,
           "organisation_share_high": 0.6, "note": ""}  # fmt: skip
    return pl.DataFrame([row], schema=GAPS)


def test_organisations_that_do_not_agree_are_a_signal_without_names():
    signal = _of(signals(register(), ON, _pulse(0.3, 10)), "pulse_recognition")
    assert (signal.k, signal.n, signal.entries) == (7, 10, ())
    assert (signal.low, signal.high) == pytest.approx((0.4, 0.9))


def test_agreement_and_what_is_suppressed_are_no_signal():
    assert signals(register(), ON, _pulse(0.8, 10)) == []
    assert signals(register(), ON, _pulse(None, 3)) == []


def test_each_criterion_has_the_entries_that_speak_for_it_and_no_verdict():
    goal = {"identifier": "g1", "policy": "v1", "title": "g"}
    tables = register(
        policies=[{"identifier": "v1", "title": "v", "state": "adopted", "adopted_on": OLD,
                   "case_number": "23/1"}],
        processes=[_process("p1", policy="v1"), _process("p2")],
        inputs=[_input("i1"), _input("i2", received_on=None), _input("i3", process="p2")],
        goals=[goal],
        measures=[
            {"identifier": f"m{i}", "goal": "g1", "title": "m", "status": status,
             "deadline": deadline, "evidence": evidence}
            for i, (status, deadline, evidence) in enumerate(
                [("done", OLD, "Referat"), ("done", OLD, None), ("planned", OLD, None),
                 ("planned", None, None), ("dropped", OLD, None)])
        ],
        bodies=[body("b1", "meeting_point"), body("b2"), body("b3", "meeting_point",
                                                              closed_on=OLD)],
        seats=[seat("s1", "b1", "o1")],
        contacts=[contact("c1", coordination_position=True), contact("c2")],
    )  # fmt: skip
    rows = {r["criterion"]: (r["k"], r["n"], r["entries"])
            for r in checklist(tables, ON, "v1").to_dicts()}  # fmt: skip
    assert tuple(rows) == CRITERIA
    assert rows["own_policy"] == (1, 1, ["policies/v1"])
    assert rows["made_in_dialogue"] == (1, 2, ["inputs/i1"])
    assert rows["politically_treated"] == (1, 1, ["policies/v1"])
    assert rows["measures"][:2] == (4, 5)
    assert rows["meeting_points"] == (1, 2, ["bodies/b1"])
    assert rows["contact"] == (1, 2, ["contacts/c1"])
    assert rows["follow_up"] == (1, 3, ["measures/m0"])


def test_a_policy_that_is_not_there_has_nothing_that_speaks_for_it():
    frame = checklist(register(), ON, "v9")
    assert frame["k"].sum() == 0
    assert frame["criterion"].to_list() == list(CRITERIA)
