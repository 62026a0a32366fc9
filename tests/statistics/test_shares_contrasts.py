"""What shares and contrasts promise beside the printed numbers of tests/oracles."""

from __future__ import annotations

import itertools
import math
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from samspill.errors import SamspillError
from samspill.statistics import (
    Cells,
    cells,
    differences,
    odds_ratios,
    risk_ratios,
    shares,
)

COUNTS = {"no": (36, 164), "yes": (22, 77)}


def _cells(counts: dict[Any, tuple[int, int]], **columns: str) -> Cells:
    frame = pl.DataFrame(
        {
            "group": list(counts),
            "outcome": ["y"] * len(counts),
            "n": [n for _, n in counts.values()],
            "sum": [ones for ones, _ in counts.values()],
        }
    ).with_columns(pl.lit(value).alias(name) for name, value in columns.items())
    return Cells.from_counts(frame, ("group", *columns))


def _weighted(counts: dict[Any, tuple[int, int]], weight: float) -> Cells:
    rows = [
        {"group": group, "y": int(unit < ones), "w": weight}
        for group, (ones, n) in counts.items()
        for unit in range(n)
    ]
    return cells(pl.DataFrame(rows), "group", "y", weight="w")


PROPORTION = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(deadline=None)
@given(counts=PROPORTION, level=st.floats(0.5, 0.999))
@pytest.mark.parametrize("method", ["wilson", "clopper_pearson", "jeffreys", "agresti_coull"])
def test_intervals_hold_the_share_and_mirror_its_complement(
    method: str, counts: tuple[int, int], level: float
) -> None:
    ones, n = counts
    result = shares(_cells({"a": (ones, n), "b": (n - ones, n)}), by="group", level=level,
                    method=method).frame  # type: ignore[arg-type]  # fmt: skip
    first, second = result.iter_rows(named=True)
    assert 0 <= first["low"] <= first["share"] <= first["high"] <= 1
    assert first["low"] == pytest.approx(1 - second["high"], abs=1e-9)


@settings(deadline=None)
@given(counts=PROPORTION, extra=st.integers(0, 500))
def test_a_finite_population_narrows_the_interval(counts: tuple[int, int], extra: int) -> None:
    ones, n = counts
    plain = shares(_cells({"a": counts})).frame.row(0, named=True)
    finite = shares(_cells({"a": counts}), population=n + extra).frame.row(0, named=True)
    assert finite["low"] >= plain["low"] - 1e-12
    assert finite["high"] <= plain["high"] + 1e-12
    if extra == 0:
        assert finite["low"] == finite["high"] == finite["share"] == ones / n
        assert finite["standard_error"] == 0


def test_a_population_much_larger_than_the_sample_changes_nothing() -> None:
    plain = shares(_cells(COUNTS), by="group").frame
    finite = shares(_cells(COUNTS), by="group", population=10**12).frame
    for limit in ("low", "high"):
        assert finite[limit].to_list() == pytest.approx(plain[limit].to_list(), abs=1e-8)


def test_one_population_of_unknown_groups_means_a_common_rate() -> None:
    common = shares(_cells(COUNTS), by="group", population=440).frame
    rate = {"no": 164 * 440 / 241, "yes": 77 * 440 / 241}
    known = shares(_cells(COUNTS), by="group", population=rate).frame  # type: ignore[arg-type]
    assert_frame_equal(common, known)


def test_population_holds_within_fields_that_count_the_same_units() -> None:
    fields = _cells(COUNTS, field="culture") + _cells(COUNTS, field="health")
    result = shares(fields, by="group", within="field", population=440).frame
    alone = shares(_cells(COUNTS), by="group", population=440).frame
    for field in ("culture", "health"):
        part = result.filter(pl.col("field") == field).drop("field")
        assert part.equals(alone)
    with pytest.raises(SamspillError, match="smaller than the 482 answers") as caught:
        shares(fields, by="group", population=440)
    assert "within=" in caught.value.next_step


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"population": {"no": 100, "yes": 100}, "by": "group"}, "population of a group is small"),
        ({"population": {"no": 200}, "by": "group"}, "no size for the group 'yes'"),
        ({"population": {"no": 200}}, "needs groups"),
        ({"population": 100}, "smaller than the 241 answers"),
        ({"population": 440, "method": "jeffreys"}, "no form for a finite population"),
        ({"population": 440, "method": "clopper_pearson", "by": "group"}, "population of every"),
        ({"method": "exact"}, "no interval called 'exact'"),
        ({"level": 95}, "95 is not a confidence level"),
        ({"by": "field"}, "not counted by 'field'"),
    ],
)
def test_what_shares_refuse(options: dict[str, Any], message: str) -> None:
    with pytest.raises(SamspillError, match=message) as caught:
        shares(_cells(COUNTS), **options)
    assert caught.value.next_step


def test_groups_without_answers_have_a_note_instead_of_an_interval() -> None:
    result = shares(_cells({"no": (3, 9), "yes": (0, 0)}), by="group", population=440).frame
    row = result.row(1, named=True)
    assert (row["share"], row["low"], row["note"]) == (None, None, "no answers")


def test_equal_weights_change_no_share_and_no_interval() -> None:
    plain = shares(_cells(COUNTS), by="group").frame
    for weight in (1.0, 2.5):
        weighted = shares(_weighted(COUNTS, weight), by="group").frame
        for column in ("share", "low", "high", "n_effective"):
            assert weighted[column].to_list() == pytest.approx(plain[column].to_list())


def test_unequal_weights_widen_by_kish_where_everyone_agrees() -> None:
    frame = pl.DataFrame({"y": [1, 1, 1, 1], "w": [1.0, 1.0, 1.0, 5.0]})
    row = shares(cells(frame, (), "y", weight="w")).frame.row(0, named=True)
    assert row["n_effective"] == pytest.approx(8**2 / 28)
    assert row["high"] == 1


def test_weights_of_zero_give_no_share() -> None:
    frame = pl.DataFrame({"y": [1, 0], "w": [0.0, 0.0]})
    row = shares(cells(frame, (), "y", weight="w")).frame.row(0, named=True)
    assert (row["share"], row["low"], row["note"]) == (None, None, "the weights add up to zero")


def test_weights_and_a_population_do_not_mix() -> None:
    with pytest.raises(SamspillError, match="cannot be combined"):
        shares(_weighted(COUNTS, 1.0), population=440)


VERBS = {
    "difference": (differences, ("newcombe", "miettinen_nurminen", "wald")),
    "odds_ratio": (odds_ratios, ("woolf", "exact")),
    "risk_ratio": (risk_ratios, ("katz", "koopman", "miettinen_nurminen")),
}
METHODS = [(measure, method) for measure, (_, methods) in VERBS.items() for method in methods]
methods = pytest.mark.parametrize(("measure", "method"), METHODS)


def _contrast(measure: str, counts: dict[Any, tuple[int, int]], **options: Any) -> dict[str, Any]:
    verb: Any = VERBS[measure][0]
    return dict(verb(_cells(counts), "group", **options).frame.row(0, named=True))


@methods
@settings(max_examples=40, deadline=None)
@given(first=PROPORTION, second=PROPORTION)
def test_swapping_the_groups_mirrors_the_contrast(
    measure: str, method: str, first: tuple[int, int], second: tuple[int, int]
) -> None:
    forth = _contrast(measure, {"a": first, "b": second}, method=method)
    back = _contrast(measure, {"a": first, "b": second}, method=method, reference="b")
    for one, other in (("estimate", "estimate"), ("low", "high"), ("high", "low")):
        if forth[one] is None:
            assert back[other] is None
            continue
        if measure == "difference":
            assert forth[one] == pytest.approx(-back[other], abs=1e-6)
        else:
            mirrored = 1 / back[other] if back[other] else math.inf
            assert forth[one] == pytest.approx(mirrored, rel=1e-4, abs=1e-9)
    if forth["p"] is None:
        assert back["p"] is None
    else:
        assert forth["p"] == pytest.approx(back["p"], rel=1e-9)


@methods
@settings(max_examples=40, deadline=None)
@given(first=PROPORTION, second=PROPORTION)
def test_the_interval_holds_the_estimate_or_a_note_says_why_not(
    measure: str, method: str, first: tuple[int, int], second: tuple[int, int]
) -> None:
    row = _contrast(measure, {"a": first, "b": second}, method=method)
    if row["low"] is None or row["estimate"] is None or row["p"] is None:
        assert row["note"]
    if row["low"] is not None and row["estimate"] is not None:
        assert row["low"] - 1e-9 <= row["estimate"] <= row["high"] + 1e-9


@pytest.mark.parametrize("measure", ["odds_ratio", "risk_ratio"])
def test_a_zero_count_is_flagged_and_corrected_only_by_name(measure: str) -> None:
    counts = {"no": (0, 80), "yes": (5, 80)}
    plain = _contrast(measure, counts)
    assert (plain["estimate"], plain["low"], plain["high"]) == (math.inf, None, None)
    assert "count is zero" in plain["note"]
    corrected = _contrast(measure, counts, correction="haldane_anscombe")
    odds = (5.5 / 75.5) / (0.5 / 80.5)
    assert corrected["estimate"] == pytest.approx(odds if measure == "odds_ratio" else 11.0)
    assert corrected["method"].endswith("haldane_anscombe")
    assert (corrected["count"], corrected["n"]) == (5, 80)


@pytest.mark.parametrize("measure", VERBS)
def test_a_finite_population_narrows_contrasts_to_a_point_when_all_answered(measure: str) -> None:
    plain = _contrast(measure, COUNTS)
    finite = _contrast(measure, COUNTS, population=440)
    full = _contrast(measure, COUNTS, population={"no": 164, "yes": 77})
    assert plain["low"] < finite["low"] < finite["estimate"] < finite["high"] < plain["high"]
    assert finite["p"] < plain["p"]
    assert full["low"] == pytest.approx(full["estimate"], abs=1e-12)
    assert full["high"] == pytest.approx(full["estimate"], abs=1e-12)
    assert full["p"] is None
    assert "fully counted" in full["note"]


@pytest.mark.parametrize("measure", VERBS)
def test_equal_weights_change_no_contrast(measure: str) -> None:
    verb: Any = VERBS[measure][0]
    weighted = verb(_weighted(COUNTS, 2.0), "group").frame.row(0, named=True)
    plain = _contrast(measure, COUNTS, test="wald")
    for column in ("estimate", "low", "high", "p"):
        assert weighted[column] == pytest.approx(plain[column])


def test_every_group_is_set_against_the_reference_within_every_field() -> None:
    counts = {1: (2, 9), 2: (3, 9), 3: (4, 9)}
    fields = _cells(counts, field="culture") + _cells(counts, field="health")
    frame = differences(fields, "group", within="field", reference=2).frame
    compared = frame.select("field", "group", "reference").rows()
    assert compared == [(f, g, 2) for f, g in itertools.product(("culture", "health"), (1, 3))]


def test_units_whose_group_is_missing_are_left_out_of_contrasts() -> None:
    with_missing = differences(_cells({**COUNTS, None: (4, 5)}), "group").frame
    assert with_missing.equals(differences(_cells(COUNTS), "group").frame)


def test_a_group_without_answers_is_named_in_the_note() -> None:
    row = _contrast("difference", {"no": (0, 0), "yes": (1, 5)})
    assert row["estimate"] is None
    assert row["note"] == "no: no answers"


@pytest.mark.parametrize(
    ("measure", "options", "message"),
    [
        ("difference", {"reference": "maybe"}, "no group 'maybe'"),
        ("difference", {"method": "katz"}, "no interval called 'katz'"),
        ("difference", {"test": "t"}, "no test called 't'"),
        ("difference", {"population": 440, "method": "miettinen_nurminen"}, "no form for a fin"),
        ("odds_ratio", {"population": 440, "test": "fisher"}, "no form for a finite"),
        ("odds_ratio", {"method": "exact", "correction": "haldane_anscombe"}, "takes no corr"),
        ("odds_ratio", {"correction": "jewell"}, "'jewell' cannot be used"),
        ("risk_ratio", {"method": "koopman", "correction": "haldane_anscombe"}, "takes no corr"),
        ("risk_ratio", {"level": 0}, "not a confidence level"),
    ],
)
def test_what_contrasts_refuse(measure: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(SamspillError, match=message) as caught:
        _contrast(measure, COUNTS, **options)
    assert caught.value.next_step


def test_one_group_cannot_be_compared() -> None:
    with pytest.raises(SamspillError, match="fewer than two groups"):
        _contrast("difference", {"no": (1, 2), None: (1, 2)})
