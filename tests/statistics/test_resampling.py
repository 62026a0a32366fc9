"""Drawing cells is drawing rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from samspill.errors import SamspillError
from samspill.statistics import Cells, bootstrap, cells, permutation_test
from samspill.statistics.bootstrap_limits import limits
from samspill.statistics.resampling import difference, log_odds_ratio, share

COUNTS = Cells.from_counts(
    pl.DataFrame({"g": ["no", "yes"], "outcome": ["y"] * 2, "n": [164, 77], "sum": [36, 22]}), "g"
)
LOG_ODDS_RATIO = log_odds_ratio(COUNTS, "g", "yes", "no")


def _row(result: Any) -> dict[str, Any]:
    return dict(result.frame.row(0, named=True))


@pytest.mark.parametrize("method", ["percentile", "basic", "bca"])
def test_same_seed_same_result(method: Any) -> None:
    first, second, third = (
        bootstrap(COUNTS, LOG_ODDS_RATIO, 200, seed=seed, method=method) for seed in (1, 1, 2)
    )
    assert first.frame.equals(second.frame)
    assert (first.draws == second.draws).all()
    assert not first.frame.equals(third.frame)
    one, two = (permutation_test(COUNTS, "y", "g", permutations=500, seed=5) for _ in range(2))
    assert one.frame.equals(two.frame)


def test_bootstrap_of_a_logit_has_its_known_uncertainty() -> None:
    row = _row(bootstrap(COUNTS, LOG_ODDS_RATIO, 20_000, seed=1))
    woolf = np.sqrt(1 / 22 + 1 / 55 + 1 / 36 + 1 / 128)
    assert row["estimate"] == pytest.approx(np.log(22 / 55 * 128 / 36))
    assert row["standard_error"] == pytest.approx(woolf, rel=0.04)
    assert row["low"] == pytest.approx(row["estimate"] - 1.96 * woolf, abs=0.06)
    assert row["high"] == pytest.approx(row["estimate"] + 1.96 * woolf, abs=0.06)


def test_drawing_cells_has_the_variance_of_drawing_rows() -> None:
    rng = np.random.default_rng(11)
    y = np.concatenate([np.repeat([1.0, 0.0], [36, 128]), np.repeat([1.0, 0.0], [22, 55])])
    yes = np.repeat([False, True], [164, 77])
    by_rows = []
    for _ in range(4000):
        drawn = rng.integers(0, y.size, y.size)
        by_rows.append(y[drawn][yes[drawn]].mean() - y[drawn][~yes[drawn]].mean())
    by_cells = bootstrap(COUNTS, difference(COUNTS, "g", "yes", "no"), 4000, seed=1).draws[:, 0]
    assert by_cells.mean() == pytest.approx(np.mean(by_rows), abs=0.005)
    assert by_cells.std() == pytest.approx(np.std(by_rows), rel=0.06)


def test_strata_keep_their_sizes() -> None:
    sizes = bootstrap(COUNTS, lambda n, _: n, 50, seed=1, strata="g").draws
    assert (sizes == [164, 77]).all()
    free = bootstrap(COUNTS, lambda n, _: n, 50, seed=1).draws
    assert (free.sum(axis=1) == 241).all()
    assert free.std(axis=0).min() > 0


def _clustered() -> pl.DataFrame:
    rng = np.random.default_rng(3)
    municipality = np.repeat(np.arange(40), 25)
    rate = rng.beta(1.0, 1.0, 40)
    return pl.DataFrame({"municipality": municipality, "y": rng.binomial(1, rate[municipality])})


def test_clusters_are_drawn_whole_and_widen_the_uncertainty() -> None:
    frame = _clustered()
    by_cluster = cells(frame, "municipality", "y")
    overall = share(by_cluster)
    whole = _row(bootstrap(by_cluster, overall, 4000, seed=1, cluster="municipality"))
    rows = _row(bootstrap(by_cluster, overall, 4000, seed=1))
    means = frame.group_by("municipality").agg(pl.col("y").mean())["y"]
    assert whole["standard_error"] == pytest.approx(means.std(ddof=0) / np.sqrt(40), rel=0.06)
    assert whole["standard_error"] > 2 * rows["standard_error"]


def test_clusters_across_strata_are_refused() -> None:
    frame = _clustered().with_columns(side=pl.int_range(pl.len()) % 2)
    both = cells(frame, ("municipality", "side"), "y")
    with pytest.raises(SamspillError, match="several strata"):
        bootstrap(both, share(both), 10, seed=1, cluster="municipality", strata="side")


def test_a_number_that_is_constant_within_cells_can_be_drawn() -> None:
    frame = pl.DataFrame({"relations": [0, 3, 3, 7, 20], "value": [0, 3, 3, 7, 20]})
    counted = cells(frame, "relations", "value", squares=True)
    row = _row(bootstrap(counted, share(counted), 20_000, seed=1))
    values = frame["value"].to_numpy()
    assert row["estimate"] == pytest.approx(values.mean())
    assert row["standard_error"] == pytest.approx(values.std() / np.sqrt(5), rel=0.03)
    with pytest.raises(SamspillError, match="not 0/1"):
        bootstrap(cells(frame, (), "value"), lambda n, s: s / n, 10, seed=1)


def test_bca_of_kinds_of_rows_is_bca_of_rows() -> None:
    draws = np.random.default_rng(1).gamma(3.0, size=2000)
    values, multiplicity = np.array([2.9, 3.0, 3.3]), np.array([5.0, 2.0, 4.0])
    by_kind = limits(draws, 3.0, 0.95, "bca", (values, multiplicity))
    rows = np.repeat(values, multiplicity.astype(int))
    by_row = limits(draws, 3.0, 0.95, "bca", (rows, np.ones(rows.size)))
    assert by_kind[:2] == pytest.approx(by_row[:2])
    percentile = limits(draws, 3.0, 0.95, "percentile", (values, multiplicity))
    assert by_kind[:2] != pytest.approx(percentile[:2])


def test_undefined_replicates_are_counted_and_told() -> None:
    rare = Cells.from_counts(
        pl.DataFrame({"g": ["no", "yes"], "outcome": ["y"] * 2, "n": [20, 20], "sum": [2, 9]}), "g"
    )
    row = _row(bootstrap(rare, log_odds_ratio(rare, "g", "yes", "no"), 2000, seed=1))
    assert 100 < row["undefined"] < 500
    assert "left out" in row["note"]
    none = Cells.from_counts(pl.DataFrame({"outcome": ["y"], "n": [5], "sum": [0]}))
    row = _row(bootstrap(none, lambda _, s: np.log(s[:, 0]), 50, seed=1))
    assert (row["estimate"], row["low"], row["note"]) == (None, None, "the statistic is undefined")


def test_bca_says_why_it_has_no_interval() -> None:
    low, high, reason = limits(np.ones(5), 2.0, 0.95, "bca", (np.ones(2), np.ones(2)))
    assert (low, high) == (None, None)
    assert "one side" in reason


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"replicates": 1}, "needs replicates"),
        ({"method": "t"}, "no bootstrap interval called 't'"),
        ({"level": 2}, "not a confidence level"),
        ({"strata": "field"}, "not counted by 'field'"),
        ({"statistic": lambda n, s: 1.0}, "gave an array of shape"),
    ],
)
def test_what_bootstrap_refuses(options: dict[str, Any], message: str) -> None:
    arguments: dict[str, Any] = {"statistic": LOG_ODDS_RATIO, "seed": 1, **options}
    with pytest.raises(SamspillError, match=message):
        bootstrap(COUNTS, **arguments)


def test_several_outcomes_and_weights_cannot_be_drawn() -> None:
    frame = pl.DataFrame({"y": [1, 0], "z": [1, 1], "w": [1.0, 2.0]})
    with pytest.raises(SamspillError, match="several outcomes"):
        bootstrap(cells(frame, (), ("y", "z")), lambda n, s: s / n, 10, seed=1)
    weighted = cells(frame, (), "y", weight="w")
    with pytest.raises(SamspillError, match="weights cannot be drawn"):
        bootstrap(weighted, lambda n, s: s / n, 10, seed=1)
    with pytest.raises(SamspillError, match="weights cannot be permuted"):
        permutation_test(weighted, "y", "w", seed=1)


def test_permutation_sides_add_up() -> None:
    greater, less = (
        _row(permutation_test(COUNTS, "y", "g", alternative=side, seed=1))  # type: ignore[arg-type]
        for side in ("greater", "less")
    )
    assert greater["statistic"] == pytest.approx(less["statistic"])
    assert greater["statistic"] > 0
    assert greater["p"] + less["p"] > 1  # both count the observed table
    assert greater["p"] < less["p"]


def test_permutation_p_values_are_fair_where_nothing_is_going_on() -> None:
    rng = np.random.default_rng(8)
    p = []
    for seed in range(200):
        ones = rng.multivariate_hypergeometric([120, 80, 100], 90)
        counted = Cells.from_counts(
            pl.DataFrame({"g": [0, 1, 2], "outcome": ["y"] * 3, "n": [120, 80, 100], "sum": ones}),
            "g",
        )
        p.append(_row(permutation_test(counted, "y", "g", permutations=199, seed=seed))["p"])
    assert np.mean(np.array(p) <= 0.1) == pytest.approx(0.1, abs=0.07)
    assert np.mean(p) == pytest.approx(0.5, abs=0.08)


def test_nothing_to_permute_gives_one() -> None:
    alike = Cells.from_counts(
        pl.DataFrame({"g": [0, 1], "outcome": ["y"] * 2, "n": [5, 5], "sum": [5, 5]}), "g"
    )
    row = _row(permutation_test(alike, "y", "g", seed=1))
    assert row["p"] == 1
    assert "nothing to test" in row["note"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"alternative": "larger"}, "no alternative called 'larger'"),
        ({"permutations": 0}, "needs permutations"),
        ({"within": "field"}, "not counted by 'field'"),
        ({"by": "field"}, "not counted by 'field'"),
        ({"outcome": "z"}, "no outcome 'z'"),
    ],
)
def test_what_permutation_refuses(options: dict[str, Any], message: str) -> None:
    arguments: dict[str, Any] = {"outcome": "y", "by": "g", "seed": 1, **options}
    with pytest.raises(SamspillError, match=message):
        permutation_test(COUNTS, **arguments)
