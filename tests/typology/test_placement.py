"""Placing a field: what counts as evidence, how sure the place is, and what a person says."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.qualitative import Code, Coding, Project, Source
from samspill.qualitative.model import NOT_QUOTED
from samspill.typology import (
    TYPOLOGIES,
    Judgement,
    Minimum,
    code_rules,
    evidence,
    indicator_rules,
    place,
    place_all,
)
from samspill.vocabulary import load

CODES = tuple(
    Code(concept.partition("/")[2], concept, concept=concept) for concept in code_rules(load())
)
SIDES = ("municipality", "organisation")


def _tables(*said, field="culture_leisure", consent="anonymous"):
    """Source i, of unit u<i // 2>, has a piece for each code named in ``said[i]``."""
    sources, codings = [], []
    for i, codes in enumerate(said):
        sources.append(
            Source(
                f"s{i}", f"Samtale {i}", "Vi møtes i rådet. " * 20, unit=f"u{i // 2}",
                side=SIDES[i % 2], fields=(field,), consent=consent,
            )
        )  # fmt: skip
        codings += [
            Coding(f"c{i}-{k}", f"s{i}", 18 * k, 18 * k + 17, code, "anne")
            for k, code in enumerate(codes)
        ]
    return Project("Prøve", (), CODES, tuple(sources), tuple(codings)).tables()


FORMAL = ["formal_arena", "formal_arena", "one_sided_dependence", "one_sided_dependence"]
HORIZONTAL = ["formal_arena", "mutual_dependence"]


def test_every_rule_names_what_the_vocabulary_has():
    words = load()
    rules = [*code_rules(words).values(), *indicator_rules()]
    for rule in rules:
        scheme = words.schemes[rule.typology]
        if rule.ideal_type:
            assert rule.ideal_type in scheme
        else:
            axis = next(a for a in scheme.axes if a.identifier == rule.axis)
            assert rule.pole in {pole.identifier for pole in axis.narrower}
    spoken = {(r.typology, r.pole) for r in code_rules(words).values() if r.pole}
    poles = {
        (name, pole.identifier)
        for name in TYPOLOGIES for axis in words.schemes[name].axes for pole in axis.narrower
    }  # fmt: skip
    assert spoken == poles


def test_one_voice_places_the_field_and_is_certain():
    placed = place(evidence(_tables(FORMAL, FORMAL, FORMAL)), "policy_models", "culture_leisure")
    assert placed.status == "placed"
    assert placed.ideal_type == "formal_model"
    assert placed.probability == 1
    formality = placed.position("formality")
    assert (formality["share"], formality["segments"], formality["sources"]) == (1, 6, 3)
    assert placed.position("hierarchy")["share"] == 0
    assert placed.holds == "formal_model"


def test_divided_evidence_divides_the_probability():
    found = evidence(_tables(FORMAL, HORIZONTAL * 2, FORMAL, HORIZONTAL * 2, FORMAL))
    placed = place(found, "policy_models", "culture_leisure", seed=4)
    chances = dict(placed.candidates.select("ideal_type", "probability").drop_nulls().iter_rows())
    assert placed.ideal_type == "formal_model"
    assert 0.5 < chances["formal_model"] < 0.9
    assert 0.05 < chances["development_model"] < 0.4
    assert sum(chances.values()) <= 1
    hierarchy = placed.position("hierarchy")
    assert hierarchy["low"] < 0.4 < hierarchy["high"]
    again = place(found, "policy_models", "culture_leisure", seed=4)
    assert again.candidates.equals(placed.candidates)


def test_what_each_side_says_stands_apart():
    found = evidence(_tables(FORMAL, ["informal_contact"] * 3, FORMAL, ["informal_contact"] * 3))
    axes = place(found, "policy_models", "culture_leisure").axes
    formality = axes.filter(pl.col("axis") == "formality")
    assert dict(formality.select("side", "share").iter_rows()) == {
        None: pytest.approx(0.4), "municipality": 1, "organisation": 0,
    }  # fmt: skip


def test_a_combination_that_was_not_found_is_said_to_be_so():
    said = ["informal_contact", "informal_contact", "mutual_dependence", "mutual_dependence"]
    placed = place(evidence(_tables(said, said)), "policy_models", "culture_leisure")
    assert placed.status == "not_found"
    assert placed.ideal_type is None
    assert placed.poles == ("informal", "horizontal")
    assert placed.probability == 1
    row = placed.candidates.filter(~pl.col("found"))
    assert row["ideal_type"].to_list() == [None]


def test_below_the_minimum_there_is_no_place_but_a_reason():
    found = evidence(_tables(FORMAL))
    placed = place(found, "policy_models", "culture_leisure")
    assert placed.status == "not_enough_evidence"
    assert placed.ideal_type is None
    assert "too few pieces" in placed.position("formality")["note"]
    assert placed.position("formality")["low"] is None
    alone = place(found, "policy_models", "culture_leisure", minimum=Minimum(1, 1))
    assert alone.status == "placed"
    assert alone.probability is None
    assert "one source" in alone.position("formality")["note"]
    nothing = place(found, "activity_models", "health_care")
    assert nothing.status == "not_enough_evidence"
    assert nothing.position("obligation")["share"] is None


def test_as_much_on_both_sides_is_undecided():
    said = ["formal_arena", "informal_contact", "one_sided_dependence", "one_sided_dependence"]
    placed = place(evidence(_tables(said, said)), "policy_models", "culture_leisure")
    assert placed.status == "undecided"
    assert placed.poles == (None, "hierarchical")


def test_two_coders_on_the_same_words_are_one_piece_of_evidence():
    tables = _tables(["formal_arena"])
    twice = tables.codings.with_columns(
        pl.lit("bo").alias("coder"), pl.lit("other").alias("coding"), pl.col("end") - 3
    )
    both = type(tables)(tables.sources, tables.codes, pl.concat([tables.codings, twice]))
    assert evidence(both).height == 1


def test_a_person_overrules_and_both_are_shown():
    found = evidence(_tables(FORMAL, FORMAL))
    first = Judgement("policy_models", "", "culture_leisure", "informal_model", "Kari", "Før rådet",
                      "2019-01-01")  # fmt: skip
    last = Judgement("policy_models", "", "culture_leisure", "development_model", "Ola",
                     "Rådet la selv fram planen.", "2020-01-01")  # fmt: skip
    other = Judgement(
        "policy_models", "u0", "culture_leisure", "informal_model", "Kari", "Bare her"
    )
    placed = place(found, "policy_models", "culture_leisure", judgements=[last, first, other])
    assert placed.ideal_type == "formal_model"
    assert placed.judgement is last
    assert placed.holds == "development_model"
    with pytest.raises(SamspillError, match="somebody's, for a reason"):
        Judgement("policy_models", "", "culture_leisure", "informal_model", "Kari", " ")
    wrong = Judgement("policy_models", "", "culture_leisure", "subcontracting", "Kari", "Feil")
    with pytest.raises(SamspillError, match="not an ideal type"):
        place(found, "policy_models", "culture_leisure", judgements=[wrong])


def test_the_survey_speaks_of_formality_alone_and_never_of_what_was_not_answered():
    survey = pl.DataFrame(
        [
            ("u1", "committees_boards_councils", 1), ("u1", "meeting_point", 1),
            ("u1", "single_cases", 1), ("u1", "planning_processes", 0),
            ("u2", "committees_boards_councils", 0), ("u2", "planning_processes", 0),
            ("u2", "coordination_body", 0), ("u2", "meeting_point", 0), ("u2", "single_cases", 1),
            ("u3", "single_cases", 1), ("u3", "committees_boards_councils", 0),
        ],
        schema=["unit", "indicator", "value"], orient="row",
    ).with_columns(pl.lit("health_care").alias("field"))  # fmt: skip
    found = evidence(_tables(FORMAL), survey)
    said = found.filter(pl.col("origin") == "survey").select("unit", "axis", "pole").rows()
    assert sorted(said) == [
        ("u1", "formality", "formal"), ("u1", "formality", "formal"),
        ("u2", "formality", "informal"),
    ]  # fmt: skip
    placed = place(found, "policy_models", "health_care")
    assert placed.position("formality")["survey"] == 3
    assert placed.position("hierarchy")["share"] is None
    assert placed.status == "not_enough_evidence"
    with pytest.raises(SamspillError, match="no column “indicator”"):
        evidence(_tables(FORMAL), survey.drop("indicator"))


def test_a_paid_task_is_shown_beside_and_moves_no_axis():
    said = ["leeway", "leeway", "targeted_support", "targeted_support", "paid_task"]
    placed = place(evidence(_tables(said, said)), "activity_models", "culture_leisure")
    assert placed.ideal_type == "subcontracting"
    assert placed.direct.rows() == [("subcontracting", "placement_evidence/paid_task", 2, 2)]
    assert placed.axes["segments"].sum() == 2 * (4 + 4)


def test_the_words_of_those_who_are_not_to_be_quoted_do_not_follow():
    shown = evidence(_tables(FORMAL))
    assert shown["quote"][0] == "Vi møtes i rådet."
    hidden = evidence(_tables(FORMAL, consent=NOT_QUOTED))
    assert hidden["quote"].null_count() == hidden.height
    assert place(hidden, "policy_models", "culture_leisure").position("formality")["segments"] == 2


def test_all_fields_and_units_in_the_order_of_the_vocabulary():
    one, two = _tables(FORMAL, field="integration"), _tables(FORMAL, FORMAL, FORMAL)
    found = pl.concat([evidence(one), evidence(two)])
    assert [p.field for p in place_all(found, "policy_models")] == [
        "culture_leisure",
        "integration",
    ]
    each = [(p.unit, p.field) for p in place_all(found, "policy_models", units=True)]
    assert each == [("u0", "culture_leisure"), ("u0", "integration"), ("u1", "culture_leisure")]


@pytest.mark.parametrize(
    ("typology", "field", "said"),
    [("policy", "culture_leisure", "no typology"), ("policy_models", "sport", "no field “sport”")],
)
def test_what_cannot_be_asked_is_said(typology, field, said):
    with pytest.raises(SamspillError, match=said):
        place(evidence(_tables(FORMAL)), typology, field)


words_said = st.lists(
    st.lists(st.sampled_from(["formal_arena", "informal_contact", "one_sided_dependence",
                              "mutual_dependence"]), max_size=5),
    min_size=1, max_size=5,
)  # fmt: skip
MIRRORED = {
    "formal_arena": "informal_contact",
    "informal_contact": "formal_arena",
    "one_sided_dependence": "mutual_dependence",
    "mutual_dependence": "one_sided_dependence",
}


@settings(max_examples=15, deadline=None)
@given(words_said)
def test_the_opposite_words_give_the_opposite_place(said):
    model = ("policy_models", "culture_leisure")
    as_said = place(evidence(_tables(*said)), *model, replicates=200)
    turned = [[MIRRORED[word] for word in words] for words in said]
    opposite = place(evidence(_tables(*turned)), *model, replicates=200)
    for axis in ("formality", "hierarchy"):
        one, other = as_said.position(axis), opposite.position(axis)
        assert (one["first"], one["second"]) == (other["second"], other["first"])
        if one["share"] is not None:
            assert one["share"] == pytest.approx(1 - other["share"])
        if one["low"] is not None:
            assert one["low"] == pytest.approx(1 - other["high"])
            assert one["high"] == pytest.approx(1 - other["low"])
    chances, turned_chances = (
        {(r["row_pole"], r["column_pole"]): r["probability"] for r in p.candidates.to_dicts()}
        for p in (as_said, opposite)
    )
    if None not in chances.values():
        assert sum(chances.values()) <= 1 + 1e-12
        assert sorted(chances.values()) == pytest.approx(sorted(turned_chances.values()))


@settings(max_examples=15, deadline=None)
@given(words_said, st.randoms(use_true_random=False))
def test_the_order_of_the_pieces_does_not_matter(said, random):
    found = evidence(_tables(*said))
    shuffled = found[random.sample(range(found.height), found.height)]
    one, other = (
        place(rows, "policy_models", "culture_leisure", replicates=200)
        for rows in (found, shuffled)
    )
    assert one.axes.equals(other.axes)
    assert one.candidates.equals(other.candidates)
