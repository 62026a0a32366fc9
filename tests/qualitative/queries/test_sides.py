"""Silence is only read from those who were asked; a contradiction is a person's verdict."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from qualitative.queries.conversation import NO_POINTS, POINTS, conversation
from qualitative.queries.invented import projects, under

from samspill.errors import SamspillError
from samspill.qualitative.queries import Judgement, contradictions, oppositions, sides
from samspill.statistics import cells, differences
from samspill.vocabulary import load

TABLES = conversation().tables()


def _row(frame, **values):
    return frame.filter(*(pl.col(name) == value for name, value in values.items())).row(
        0, named=True
    )


def test_who_speaks_is_said_field_by_field():
    frame = sides(TABLES).frame
    found = {(row["name"], row["field"]): row["agreement"] for row in frame.iter_rows(named=True)}
    assert found == {
        ("Coordination", "culture_leisure"): "organisation only",
        ("Coordination", "health_care"): "both",
        ("No meeting points", "culture_leisure"): "organisation only",
        ("No meeting points", "health_care"): "both",
        ("Meeting points", "culture_leisure"): "municipality only",
        ("Meeting points", "health_care"): "neither",
    }


def test_a_side_that_was_not_asked_is_not_silent():
    compared = sides(TABLES, "absent", by=("unit", "field"))
    row = _row(compared.frame, unit="dal", field="health_care")
    assert (row["municipality_state"], row["organisation_state"]) == ("says", "not asked")
    assert row["agreement"] == "not comparable"
    assert row["organisation_share"] is row["difference"] is None
    coverage = _row(compared.coverage(), unit="dal", field="health_care")
    assert (coverage["municipality"], coverage["organisation"]) == (1, 0)


@settings(max_examples=40, deadline=None)
@given(projects())
def test_states_are_what_reading_all_sources_gives(project):
    for row in sides(project.tables()).frame.iter_rows(named=True):
        codes = under(project, row["code"]) if row["code"] else {"gone"}
        speaking = {coding.source for coding in project.codings if coding.code in codes}
        here = [
            source
            for source in project.sources
            if (row["field"] in source.fields if row["field"] else not source.fields)
        ]
        states = []
        for side in ("municipality", "organisation"):
            asked = [source for source in here if source.side == side]
            says = [source for source in asked if source.guid in speaking]
            assert (row[f"{side}_sources"], row[f"{side}_n"]) == (len(says), len(asked))
            states.append("says" if says else "silent" if asked else "not asked")
            assert row[f"{side}_state"] == states[-1]
        told = {
            ("says", "says"): "both",
            ("says", "silent"): "municipality only",
            ("silent", "says"): "organisation only",
            ("silent", "silent"): "neither",
        }
        assert row["agreement"] == told.get(tuple(states), "not comparable")
        assert row["unknown_side"] == sum(not source.side for source in here)


def test_shares_and_their_difference_are_those_of_the_statistics():
    row = _row(sides(TABLES, "absent", by=()).frame, name="No meeting points")
    assert (row["municipality_sources"], row["municipality_n"]) == (2, 4)
    assert (row["organisation_sources"], row["organisation_n"]) == (3, 3)
    rows = pl.DataFrame({"side": ["o"] * 3 + ["m"] * 4, "y": [1, 1, 1, 1, 1, 0, 0]})
    expected = differences(cells(rows, ["side"], ["y"]), "side", reference="o").frame
    expected = expected.filter(pl.col("group") == "m")
    assert row["difference"] == pytest.approx(expected["estimate"].item())
    assert row["difference_low"] == pytest.approx(expected["low"].item())
    assert row["difference_high"] == pytest.approx(expected["high"].item())


def test_quotes_stand_behind_a_side():
    found = sides(TABLES).quotes("No meeting points", "organisation", "culture_leisure")
    assert found["source"].to_list() == ["2", "6"]


def test_opposed_codes_in_two_mouths_may_contradict():
    found = contradictions(TABLES)
    assert found.frame.select("field", "unit", "says_one", "one_name", "other_name").rows() == [
        ("culture_leisure", "fjord", "municipality", "Meeting points", "No meeting points")
    ]
    assert found.frame["verdict"].to_list() == [None]
    assert [part["source"].to_list() for part in found.quotes(0)] == [["1"], ["2"]]


def _judged(unit: str) -> Judgement:
    return Judgement(
        POINTS,
        NO_POINTS,
        "municipality",
        {"field": "culture_leisure", "unit": unit},
        "no contradiction",
        "They speak of different years.",
        "A. Researcher",
    )


def test_a_judgement_stands_with_its_reason_and_an_idle_one_is_kept():
    found = contradictions(TABLES, judgements=[_judged("fjord"), _judged("dal")])
    row = found.frame.row(0, named=True)
    assert (row["verdict"], row["judged_by"]) == ("no contradiction", "A. Researcher")
    assert row["reason"].startswith("They speak")
    assert [judgement.where["unit"] for judgement in found.unused] == ["dal"]


def test_a_judgement_needs_a_reason():
    with pytest.raises(SamspillError, match="reason"):
        Judgement(POINTS, NO_POINTS, "municipality", {}, "contradiction", " ", "A")
    with pytest.raises(SamspillError, match="verdict"):
        Judgement(POINTS, NO_POINTS, "municipality", {}, "perhaps", "so", "A")  # type: ignore[arg-type]


def test_opposed_concepts_are_concepts_of_the_vocabulary():
    vocabulary = load()

    def paths(concept, above):
        here = f"{above}/{concept.identifier}"
        return {here}.union(*(paths(narrower, here) for narrower in concept.narrower))

    known = {
        path
        for scheme in vocabulary.schemes.values()
        for concept in scheme.concepts
        for path in paths(concept, scheme.identifier)
    }
    named = {concept for pair in oppositions() for concept in pair}
    assert {c for c in named if c.split("/")[0] in vocabulary.schemes} <= known


def test_sides_are_not_crossed_with_themselves():
    with pytest.raises(SamspillError, match="already"):
        sides(TABLES, by="side")
