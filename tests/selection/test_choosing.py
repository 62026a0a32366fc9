"""What choosing promises: the best there is, the same each time, and the fault named."""

from __future__ import annotations

import itertools

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.language import languages
from samspill.selection import (
    METHODS,
    Quota,
    Selection,
    attributes_of,
    choose_cases,
    coverage,
    parse_quota,
)
from samspill.selection.coverage import elements_of
from samspill.selection.distances import gower
from samspill.selection.reasons import packed, said, unpacked

SIZES, COUNTIES = ("small", "medium", "large"), ("Agder", "Troms", "Vestland")


@st.composite
def frames(draw: st.DrawFn) -> pl.DataFrame:
    """Five to nine units with a size, a county and a number, any of which may be unknown."""
    n = draw(st.integers(5, 9))

    def column(values: st.SearchStrategy) -> list:
        found = draw(st.lists(st.none() | values, min_size=n, max_size=n))
        return found if any(v is not None for v in found) else [draw(values), *found[1:]]

    return pl.DataFrame(
        {
            "unit": [f"U{k}" for k in range(n)],
            "size": pl.Series(column(st.sampled_from(SIZES)), dtype=pl.String),
            "county": pl.Series(column(st.sampled_from(COUNTIES)), dtype=pl.String),
            "people": pl.Series(column(st.integers(0, 40)), dtype=pl.Int64),
        }
    )


def _attributes(frame: pl.DataFrame):
    return attributes_of(
        frame, ["size", "county", "people"], ordinal={"size": SIZES}, breaks={"people": [10, 25]}
    )


def _best_by_trying(frame: pl.DataFrame, number: int) -> tuple[int, int, float]:
    attributes = _attributes(frame)
    elements, distance = elements_of(frame, attributes), gower(frame, attributes)
    worths = []
    for chosen in itertools.combinations(range(frame.height), number):
        rows = list(chosen)
        covered = elements.categories[:, rows].any(axis=1).sum()
        pairs = elements.pairs[:, rows].any(axis=1).sum() if len(elements.pairs) else 0
        worths.append((-int(covered), -int(pairs), distance[:, rows].min(axis=1).mean()))
    categories, pairs, nearest = min(worths, key=lambda w: (w[0], w[1], round(w[2], 9)))
    return -categories, -pairs, nearest


@settings(max_examples=12, deadline=None)
@given(frames(), st.integers(1, 4))
def test_the_diverse_selection_is_the_best_of_all(frame: pl.DataFrame, number: int) -> None:
    found = choose_cases(frame, "diverse", number, _attributes(frame)).optimality
    assert found is not None
    assert found.optimal
    categories, pairs, nearest = _best_by_trying(frame, number)
    assert (found.categories, found.pairs) == (categories, pairs)
    assert found.distance == pytest.approx(nearest, abs=1e-6)


@settings(max_examples=8, deadline=None)
@given(frames(), st.sampled_from(SIZES), st.integers(0, 2), st.randoms(use_true_random=False))
def test_a_quota_never_raises_coverage_and_is_kept(frame, size, most, random) -> None:
    free = choose_cases(frame, "diverse", 3, _attributes(frame)).optimality
    try:
        bound = choose_cases(
            frame, "diverse", 3, _attributes(frame), quotas=[Quota("size", size, "<=", most)]
        )
    except SamspillError:
        having = int((frame["size"] == size).sum())
        assert size not in set(frame["size"]) or frame.height - having + min(most, having) < 3
        return
    assert free is not None
    assert bound.optimality is not None
    now, before = bound.optimality, free
    assert (now.categories, now.pairs) <= (before.categories, before.pairs)
    chosen = frame.filter(pl.col("unit").is_in(list(bound.cases)))
    assert (chosen["size"] == size).sum() <= most


def _frame(n: int = 40, seed: int = 3) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    people = rng.integers(500, 60000, n)
    policy = np.where(rng.random(n) < 0.4, "yes", "no")
    return pl.DataFrame(
        {
            "unit": [f"M{k:02d}" for k in range(n)],
            "people": people,
            "centrality": rng.integers(1, 7, n),
            "policy": policy,
            "turnout": np.round(55 + people / 8000 + rng.normal(0, 3, n), 1),
        }
    )


def _chosen(frame: pl.DataFrame, method: str, **more) -> Selection:
    outcome = {"diverse": "", "extreme": ""}.get(method, "policy")
    outcome = "turnout" if method in ("typical", "deviant", "influential") else outcome
    by = attributes_of(
        frame, ["people", "centrality"], ordinal={"centrality": ()},
        breaks={"people": [5000, 20000]},
    )  # fmt: skip
    return choose_cases(frame, method, 4, by, outcome=outcome, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("method", METHODS)
def test_the_same_is_chosen_however_the_rows_stand(method: str) -> None:
    frame = _frame()
    found = _chosen(frame, method)
    for seed in (1, 2):
        again = _chosen(frame.sample(fraction=1.0, shuffle=True, seed=seed), method)
        assert again == found
    assert len(found.cases) == 4
    assert all(found.frame["reason"].str.len_chars() > 0)


@pytest.mark.parametrize("method", METHODS)
def test_a_unit_that_covers_no_pair_more_is_told_of_in_words(method: str) -> None:
    assert not any(" 0 more " in reason for reason in _chosen(_frame(), method).frame["reason"])


@pytest.mark.parametrize("method", METHODS)
def test_quotas_and_given_units_hold_in_every_method(method: str) -> None:
    frame = _frame()
    found = _chosen(
        frame, method, quotas=[parse_quota("policy=yes>=2"), parse_quota("centrality=6<=1")],
        include=["M03"], exclude=["M05", "M07"],
    )  # fmt: skip
    cases = frame.filter(pl.col("unit").is_in(list(found.cases)))
    assert "M03" in found.cases
    assert not {"M05", "M07"} & set(found.cases)
    assert (cases["policy"] == "yes").sum() >= 2
    assert (cases["centrality"] == 6).sum() <= 1
    given = dict(found.frame.select("unit", "given").iter_rows())
    assert (given["M03"], given["M05"], given["M00"]) == ("must", "must_not", "")


def test_what_is_said_of_a_unit_left_out_holds_when_it_is_added_or_exchanged() -> None:
    frame = _frame()
    found = _chosen(frame, "diverse")
    by = found.coverage.attributes
    now = found.coverage
    row = found.frame.filter(~pl.col("chosen")).row(0, named=True)
    added = coverage(frame, [*found.cases, row["unit"]], by)
    assert added.categories_covered[0] - now.categories_covered[0] == row["adds_categories"]
    assert added.pairs_covered[0] - now.pairs_covered[0] == row["adds_pairs"]
    assert now.mean_distance - added.mean_distance == pytest.approx(row["adds_nearness"])
    others = [case for case in found.cases if case != row["exchange"]]
    exchanged = coverage(frame, [*others, row["unit"]], by)
    assert exchanged.pairs_covered[0] - now.pairs_covered[0] == row["exchange_pairs"]
    nearer = now.mean_distance - exchanged.mean_distance
    assert nearer == pytest.approx(row["exchange_nearness"])


def test_units_that_are_alike_are_a_tie_that_the_seed_decides_and_that_is_named() -> None:
    frame = pl.DataFrame(
        {"unit": ["a", "b", "c", "d"], "kind": ["x", "x", "x", "y"], "size": [1, 1, 1, 9]}
    )
    by = attributes_of(frame, ["kind"])
    chosen = {choose_cases(frame, "diverse", 2, by, seed=seed).cases for seed in range(12)}
    assert all("d" in cases for cases in chosen)
    assert len({frozenset(cases) for cases in chosen}) == 3
    found = choose_cases(frame, "diverse", 2, by, seed=1)
    left = {"a", "b", "c"} - set(found.cases)
    assert {unit for unit, _case in found.ties} == left


def test_a_value_that_is_not_known_is_counted_and_covers_nothing() -> None:
    frame = pl.DataFrame({"unit": ["a", "b", "c"], "kind": ["x", None, "y"], "n": [1.0, 2.0, None]})
    found = choose_cases(frame, "diverse", 2, attributes_of(frame, ["kind"]))
    assert set(found.cases) == {"a", "c"}
    assert found.coverage.missing == {"kind": 1}
    assert [str(note) for note in found.notes] == ["“kind” is not known for 1 of 3 units."]
    ranked = choose_cases(frame, "extreme", 1, attributes_of(frame, ["n"]))
    lacking = ranked.frame.filter(pl.col("unit") == "c").row(0, named=True)
    assert lacking["score"] is None
    assert "lacks an attribute" in lacking["reason"]


@pytest.mark.parametrize("language", languages())
def test_every_reason_can_be_said_in_every_language_and_kept_as_json(language: str) -> None:
    frame = _frame()
    for method in METHODS:
        found = _chosen(frame, method, include=["M03"], exclude=["M05"])
        told = found.reasons(language)["reason"]
        assert all(told)
        assert (language == "en") or not set(told) & set(found.frame["reason"])
        for message in found.said:
            assert said(unpacked(packed(message)), language) == said(message, language)


FAULTS = [
    ({"number": 41}, "41 cases cannot be chosen from 40 units."),
    ({"number": 0}, "At least one case must be chosen."),
    ({"by": ["weather"]}, "The units have no attribute “weather”."),
    ({"by": []}, "No attribute was named to choose by."),
    ({"include": ["Nowhere"]}, "There is no unit “Nowhere” in the frame."),
    ({"include": ["M01"], "exclude": ["M01"]}, "“M01” both must and must not be in."),
    ({"include": ["M01", "M02", "M03"], "number": 2}, "3 units must be in, and only 2"),
    ({"quotas": ["policy=maybe>=1"]}, "“policy” has no category “maybe”."),
    ({"quotas": ["policy=yes>=40"]}, "The quota policy=yes>=40 cannot be met with 4 cases"),
    (
        {"quotas": ["centrality=1>=1", "policy=yes>=3", "policy=no>=3"]},
        "These quotas cannot be met together with 4 cases: policy=yes>=3, policy=no>=3.",
    ),
    ({"method": "typical"}, "The method “typical” needs an outcome."),
    ({"method": "typical", "outcome": "people"}, "“people” is both the outcome and chosen by."),
    ({"method": "most_similar", "outcome": "policy", "number": 3}, "Pairs need an even number"),
    ({"method": "best"}, "There is no method “best”."),
]


@pytest.mark.parametrize(("asked", "told"), FAULTS)
def test_a_fault_is_told_in_one_sentence_with_the_next_step(asked: dict, told: str) -> None:
    given = {"method": "diverse", "number": 4, "by": ["people"], **asked}
    quotas = [parse_quota(text) for text in given.pop("quotas", ())]
    frame = _frame().with_columns(pl.col("centrality").cast(pl.String))
    with pytest.raises(SamspillError) as error:
        choose_cases(frame, quotas=quotas, **given)
    assert error.value.message.startswith(told)
    assert error.value.next_step


def test_an_attribute_that_nobody_has_is_a_fault() -> None:
    frame = pl.DataFrame({"unit": ["a", "b"], "kind": pl.Series([None, ""], dtype=pl.String)})
    with pytest.raises(SamspillError, match="not known for any unit"):
        attributes_of(frame, ["kind"])
    with pytest.raises(SamspillError, match="is no quota"):
        parse_quota("policy yes three")


def test_a_large_frame_is_covered_as_far_as_can_be() -> None:
    """440 units, 12 cases: nothing covers more, and the distance has a bound below it."""
    frame = _frame(440)
    found = choose_cases(
        frame, "diverse", 12,
        attributes_of(frame, ["people", "centrality", "policy"], ordinal={"centrality": ()},
                      breaks={"people": [5000, 20000]}),
    )  # fmt: skip
    best = found.optimality
    assert best is not None
    assert best.covers_most
    assert best.distance_bound <= best.distance
    assert 0 <= best.gap < 1
