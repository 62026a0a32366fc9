"""What a register shows of a field's place among the ideal types."""

from datetime import date

import polars as pl
import pytest
from register.mirror.register_examples import ON, body, grant, register, relation, seat

from samspill.qualitative import Project
from samspill.register.frames import table_schema
from samspill.typology import evidence, place, register_evidence, register_rules
from samspill.vocabulary import load

CULTURE = "culture_leisure"


def _agreement(identifier, organisation, **more):
    return {"identifier": identifier, "title": "a", "organisation": organisation,
            "fields": [CULTURE], **more}  # fmt: skip


def _process(identifier, **more):
    return {"identifier": identifier, "title": "p", "kind": "plan_process", "fields": [CULTURE],
            **more}  # fmt: skip


def _poles(tables):
    frame = register_evidence(tables, ON, "k1")
    return set(frame.select("entry", "pole").drop_nulls("pole").iter_rows())


def test_every_rule_names_what_the_vocabulary_and_the_register_have():
    words = load()
    for rule in register_rules():
        scheme = words.schemes[rule.rule.typology]
        if rule.rule.ideal_type:
            assert rule.rule.ideal_type in scheme
        else:
            axis = next(a for a in scheme.axes if a.identifier == rule.rule.axis)
            assert rule.rule.pole in {pole.identifier for pole in axis.narrower}
        assert {"identifier"} <= set(table_schema(rule.table))
        assert set(rule.label) == {"nb", "nn", "en"}
        made = {"formalised", "mandated"}
        assert rule.column in {"", *made, *table_schema(rule.table)}


@pytest.mark.parametrize(
    ("rows", "pole"),
    [
        ({"agreements": [_agreement("x", "o1")]}, "formal"),
        ({"agreements": [_agreement("x", "o1", made_together=True)]}, "horizontal"),
        ({"agreements": [_agreement("x", "o1", made_together=False)]}, "hierarchical"),
        ({"bodies": [body("x", mandate="Skal gi råd.")]}, "formal"),
        ({"bodies": [body("b1")], "seats": [seat("x", "b1", "o1")]}, "formal"),
        ({"relations": [relation("x", "o1")]}, "informal"),
        ({"relations": [relation("x", "o1", proposed_by="municipality")]}, "hierarchical"),
        ({"relations": [relation("x", "o1", proposed_by="together")]}, "horizontal"),
        ({"relations": [relation("x", "o1", decided_by="municipality")]}, "hierarchical"),
        ({"relations": [relation("x", "o1", decided_by="together")]}, "horizontal"),
        ({"relations": [relation("x", "o1", statutory=True)]}, "public_obligations"),
        ({"relations": [relation("x", "o1", statutory=False)]}, "public_leeway"),
        ({"relations": [relation("x", "o1", target="open_to_all")]}, "general_support"),
        ({"relations": [relation("x", "o1", target="named_group")]}, "targeted_support"),
        ({"processes": [_process("x", sector_involved_at="idea")]}, "horizontal"),
        ({"processes": [_process("x", sector_involved_at="hearing")]}, "hierarchical"),
    ],
)  # fmt: skip
def test_an_entry_speaks_for_its_pole(rows, pole):
    assert pole in {spoken for entry, spoken in _poles(register(**rows)) if entry.endswith("/x")}


def test_what_is_not_filled_in_says_nothing():
    rows = {
        "relations": [relation("r1", "o1", decided_by="organisation")],
        "agreements": [_agreement("a1", "o1")],
        "bodies": [body("b1", mandate="  "), body("b2")],
        "processes": [_process("p1")],
    }
    assert _poles(register(**rows)) == {("agreements/a1", "formal")}


def test_what_is_over_says_nothing():
    gone = date(2024, 1, 1)
    rows = {
        "agreements": [_agreement("a1", "o1", ended_on=gone)],
        "bodies": [body("b1", closed_on=gone, mandate="Skal gi råd.")],
        "processes": [_process("p1", adopted_on=gone, sector_involved_at="idea")],
        "relations": [relation("r1", "o1", valid_to=gone)],
    }
    assert _poles(register(**rows)) == set()


@pytest.mark.parametrize(
    "formal",
    [
        {"agreements": [_agreement("a1", "o1")]},
        {"bodies": [body("b1")], "seats": [seat("s1", "b1", "o1")]},
    ],
)
def test_a_relation_of_one_with_an_agreement_or_a_seat_in_the_field_is_not_informal(formal):
    rows = [relation("r1", "o1"), relation("r2", "o1", field="integration"),
            relation("r3", "o2")]  # fmt: skip
    informal = {e for e, p in _poles(register(relations=rows, **formal)) if p == "informal"}
    assert informal == {"relations/r2", "relations/r3"}


def test_a_relations_own_agreement_counts_though_it_names_no_field():
    rows = {
        "agreements": [_agreement("a1", "o1") | {"fields": []}],
        "relations": [relation("r1", "o1", agreement="a1")],
    }
    assert _poles(register(**rows)) == set()


def test_a_purchase_speaks_for_subcontracting_and_moves_no_axis():
    rows = {"grants": [grant("g1", "o1", 5, economic_relation="service_purchase")]}
    frame = register_evidence(register(**rows), ON, "k1")
    assert frame.select("ideal_type", "axis", "entry").rows() == [
        ("subcontracting", None, "grants/g1")
    ]


def test_a_register_places_a_field_by_the_same_rule_with_organisations_as_sources():
    rows = [relation(f"r{i}", f"o{i % 4}", statutory=False, target="open_to_all") for i in range(8)]
    found = register_evidence(register(relations=rows), ON, "k1")
    placed = place(found, "activity_models", CULTURE, "k1")
    assert (placed.status, placed.ideal_type) == ("placed", "equal_collaboration")
    obligation = placed.position("obligation")
    assert (obligation["register"], obligation["survey"], obligation["sources"]) == (8, 0, 4)
    assert place(found, "activity_models", CULTURE, "k2").status == "not_enough_evidence"


def test_one_organisation_with_many_entries_is_one_source():
    rows = [relation(f"r{i}", "o1", statutory=False, target="open_to_all") for i in range(20)]
    found = register_evidence(register(relations=rows), ON, "k1")
    assert place(found, "activity_models", CULTURE, "k1").status == "not_enough_evidence"


def test_it_stands_below_the_evidence_of_interviews_and_survey():
    survey = pl.DataFrame(
        {"unit": ["k1"], "field": [CULTURE], "indicator": ["meeting_point"], "value": [1]}
    )
    tables = Project("Prøve", (), (), (), ()).tables()
    own = register_evidence(register(agreements=[_agreement("a1", "o1")]), ON, "k1")
    together = pl.concat([evidence(tables, survey), own])
    formality = place(together, "policy_models", CULTURE, "k1").position("formality")
    assert (formality["survey"], formality["register"], formality["second"]) == (1, 1, 2)


def test_the_side_is_the_one_that_gave_the_entry():
    rows = [relation("r1", "o1", provenance="organisation"), relation("r2", "o2")]
    frame = register_evidence(register(relations=rows), ON, "k1")
    assert frame["side"].to_list() == ["organisation", "municipality"]
