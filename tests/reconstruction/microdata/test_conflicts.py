"""Contradictory print: the minimal conflicting set, and the fewest statements left out."""

from __future__ import annotations

import polars as pl
import pytest

from samspill.reconstruction.microdata import (
    Assumption,
    BinaryVariable,
    OrdinalVariable,
    Specification,
    Union,
    conflicts,
    reconstruct_microdata,
)

COLUMNS = ["id", "source", "basis", "indicator", "field", "split", "group", "statistic", "printed"]


def printed(*rows, observations=""):
    """Rows of (id, indicator, group, statistic, printed); a group makes it a split."""
    told = [
        (i, "Table 1", "survey", name, "", "policy" if group is not None else "", group or "", s, p)
        for i, name, group, s, p in rows
    ]
    frame = pl.DataFrame(told, schema=COLUMNS, orient="row")
    return frame.with_columns(pl.lit(observations).alias("observations"))


def specification(**changes):
    given = {
        "split": "policy",
        "groups": {"no": 60, "yes": 40},
        "binary": tuple(BinaryVariable(name) for name in ("a", "b", "either", "relation")),
        "unions": (Union("either", ("a", "b")),),
    }
    return Specification(**(given | changes))


def named(found):
    return {conflict.statements for conflict in found}


def test_print_that_agrees_has_no_conflict():
    table = printed(
        ("a", "a", None, "percentage", "30"),
        ("b", "b", None, "percentage", "40"),
        ("either", "either", None, "percentage", "55"),
    )
    assert conflicts(table, specification()) == ()


def test_a_union_larger_than_its_parts_conflicts_with_both_of_them():
    table = printed(
        ("a", "a", None, "percentage", "30"),
        ("r", "relation", None, "percentage", "90"),
        ("b", "b", None, "percentage", "40"),
        ("either", "either", None, "percentage", "75"),
    )
    (conflict,) = conflicts(table, specification())
    assert conflict.statements == ("a", "b", "either")
    assert conflict.left_out == ("either",)


def test_a_part_larger_than_its_union_does_not_involve_the_other_part():
    table = printed(
        ("a", "a", None, "percentage", "60"),
        ("b", "b", None, "percentage", "10"),
        ("either", "either", None, "percentage", "55"),
    )
    assert named(conflicts(table, specification())) == {("a", "either")}


def test_groups_that_do_not_add_up_to_the_total():
    table = printed(
        ("no", "a", "no", "count", "20"),
        ("yes", "a", "yes", "count", "10"),
        ("all", "a", None, "count", "31"),
        ("other", "b", None, "count", "50"),
    )
    (conflict,) = conflicts(table, specification())
    assert set(conflict.statements) == {"no", "yes", "all"}
    assert conflict.left_out == ("all",)


def test_the_one_statement_in_two_conflicts_is_the_one_left_out():
    table = printed(
        ("either", "either", None, "count", "20"),
        ("a", "a", None, "count", "30"),
        ("b", "b", None, "count", "40"),
    )
    found = conflicts(table, specification())
    assert named(found) == {("either", "a"), ("either", "b")}
    assert {conflict.left_out for conflict in found} == {("either",)}


def test_separate_contradictions_are_separate_conflicts():
    table = printed(
        ("a1", "a", None, "count", "10"),
        ("r1", "relation", None, "count", "10"),
        ("a2", "a", None, "count", "11"),
        ("r2", "relation", None, "count", "12"),
    )
    found = conflicts(table, specification())
    assert named(found) == {("a1", "a2"), ("r1", "r2")}
    assert sorted(i for conflict in found for i in conflict.left_out) == ["a2", "r2"]


def test_an_assumption_gives_way_before_a_printed_number():
    table = printed(
        ("relation", "relation", None, "count", "20"),
        ("either", "either", None, "count", "30"),
    )
    given = specification(assumptions=(Assumption("needs relation", "relation", ("either",)),))
    (conflict,) = conflicts(table, given)
    assert conflict.statements == ("relation", "either", "assumed/needs relation")
    assert conflict.left_out == ("assumed/needs relation",)
    assert conflicts(table, specification()) == ()


def test_stars_that_the_counts_cannot_have_are_a_conflict():
    table = printed(
        ("no", "a", "no", "count", "30"),
        ("yes", "a", "yes", "count", "22"),
        ("mark", "a", "", "mark", "***"),
    )
    (conflict,) = conflicts(table, specification())
    assert conflict.statements == ("no", "yes", "mark")


def test_an_impossible_single_number_conflicts_with_nothing_else():
    table = printed(("share", "a", "yes", "percentage", "51"), ("b", "b", None, "count", "7"))
    (conflict,) = conflicts(table, specification())
    assert conflict.statements == ("share",)
    assert conflict.left_out == ("share",)


def test_an_r_squared_that_the_line_cannot_have():
    ordinal = OrdinalVariable("size", ("",), (1, 2, 3))
    table = printed(
        ("mean", "size", "no", "mean", "1,00***"),
        ("slope", "size", "", "mean_difference", "2,00***"),
        ("r2", "size", "", "r_squared", "0,50"),
        observations="100",
    )
    (conflict,) = conflicts(table, specification(ordinal=(ordinal,)))
    assert conflict.statements == ("slope", "r2")
    assert conflict.left_out == ("r2",)


def test_what_is_left_out_is_named_and_the_rest_is_followed():
    table = printed(
        ("no", "a", "no", "count", "20"),
        ("yes", "a", "yes", "count", "10"),
        ("all", "a", None, "count", "31"),
    )
    microdata = reconstruct_microdata(table, specification())
    assert microdata.left_out == ("all",)
    counted = microdata.answers.filter(pl.col("variable") == "a").join(microdata.units, on="unit")
    sums = dict(counted.group_by("policy").agg(pl.col("value").sum()).iter_rows())
    assert sums == {"no": 20, "yes": 10}


@pytest.mark.parametrize("printed_minimum", ["20", "25"])
def test_the_lowest_of_several_shares(printed_minimum):
    table = printed(
        ("a", "a", None, "percentage", "30"),
        ("b", "b", None, "percentage", "25"),
        ("low", "a;b", None, "minimum", printed_minimum),
    )
    expected = set() if printed_minimum == "25" else {("b", "low"), ("a", "b", "low")}
    found = named(conflicts(table, specification()))
    assert found <= expected
    assert bool(found) == bool(expected)
