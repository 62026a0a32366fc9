"""A small, fixed part of the simulation: what its page promises holds within Monte Carlo error."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from benchmarks.simulation import change, groups, page, shares, weighting
from benchmarks.simulation.__main__ import DOCS, PICTURES, kept
from benchmarks.simulation.judging import table
from benchmarks.simulation.population import Population, Truth

DRAWS = 600
FAR = 4.0
"""Monte Carlo errors that a number may be off; with a fixed seed it is or is not."""


def _drawn(module: object, draws: int = DRAWS) -> pl.DataFrame:
    return table(module.run(draws, np.random.default_rng(7)))  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def of_shares() -> pl.DataFrame:
    return _drawn(shares)


def _off(row: dict[str, float], nominal: float = 0.95) -> float:
    return abs(row["coverage"] - nominal) / np.sqrt(nominal * (1 - nominal) / row["draws"])


def test_wilson_covers_as_often_as_the_binomial_distribution_says(of_shares: pl.DataFrame) -> None:
    """The share of draws is held against the sum of probabilities over all counts."""
    from scipy.stats import binom

    from samspill.statistics.intervals import wilson

    rows = of_shares.filter(pl.col("method") == "Wilson").rows(named=True)
    for (n, p), row in zip(shares.SITUATIONS, rows, strict=True):
        counts = np.arange(n + 1)
        low, high = wilson(counts / n, 1 / n, 0.95)
        exact = float(binom.pmf(counts, n, p)[(low <= p) & (p <= high)].sum())
        assert _off(row, exact) < FAR
        assert exact == pytest.approx(0.95, abs=0.025)


def test_the_finite_population_narrows_and_still_covers(of_shares: pl.DataFrame) -> None:
    rows = {row["method"]: row for row in of_shares.rows(named=True)}
    own, large = rows["Wilson, finite population"], rows["Wilson, as if of a large one"]
    assert _off(own) < FAR
    assert large["coverage"] > 0.98
    assert own["width"] < 0.75 * large["width"]


def test_wald_falls_short_where_there_are_few(of_shares: pl.DataFrame) -> None:
    few = of_shares.filter(pl.col("situation").str.starts_with("20 "), pl.col("method") == "Wald")
    assert few["coverage"][0] < 0.92


def test_weighting_removes_the_bias_that_known_attributes_tell() -> None:
    random = np.random.default_rng(7)
    before, _, *weighted = weighting.bias(weighting.RANDOM, 60, random)
    assert before["bias"] > 10 * before["bias_error"]
    assert before["coverage"] < 0.7
    for after in weighted:
        assert abs(after["bias"]) < FAR * after["bias_error"]
        assert after["coverage"] > 0.85


def test_what_depends_on_the_answer_itself_no_weighting_removes() -> None:
    rows = weighting.bias(weighting.SILENT, 20, np.random.default_rng(7))
    assert all(row["bias"] > 10 * row["bias_error"] for row in rows)


def test_a_change_of_the_same_units_is_covered() -> None:
    rows = _drawn(change, 200).filter(pl.col("question") == change.CHANGE).rows(named=True)
    assert all(_off(row) < FAR for row in rows)
    assert all(abs(row["bias"]) < FAR * row["bias_error"] for row in rows)


def test_chances_of_patterns_have_the_shares_and_the_turnover_asked_for() -> None:
    kept, gained, lost, neither = change.patterns(0.4, 0.5, 0.3)
    assert kept + lost == pytest.approx(0.4)
    assert kept + gained == pytest.approx(0.5)
    assert gained + lost == pytest.approx(0.3)
    assert kept + gained + lost + neither == pytest.approx(1)


def test_newcombe_covers_between_two_groups() -> None:
    rows = _drawn(groups, 100).filter(pl.col("method") == "Newcombe").rows(named=True)
    assert all(_off(row) < FAR for row in rows)


def test_the_country_is_as_its_truth_says() -> None:
    truth = Truth(units=40_000, counties=400)
    country = Population.of(truth)
    assert int(country.n.sum()) == truth.units
    frame = country.frame.with_columns(n=country.n, chance=country.chance)
    by_policy = frame.group_by("size", "policy").agg(
        (pl.col("n") * pl.col("chance")).sum() / pl.col("n").sum()
    )
    with_and_without = by_policy.pivot("policy", index="size", values="n")
    added = with_and_without["1"] - with_and_without["0"]
    assert added.to_list() == pytest.approx([truth.by_policy] * 3, abs=0.01)


def test_the_page_shows_the_kept_results() -> None:
    text = (DOCS / "simulation.md").read_text(encoding="utf-8")
    intervals, tests = kept()
    assert page.intervals(intervals) in text
    assert page.tests(tests) in text


@pytest.mark.parametrize("name", ["coverage", "bias", "power"])
def test_every_picture_says_in_words_what_it_shows(name: str) -> None:
    svg = Path(PICTURES / f"{name}.svg").read_text(encoding="utf-8")
    assert 'role="img"' in svg
    assert "<desc" in svg
    assert f"images/simulation/{name}.svg" in (DOCS / "simulation.md").read_text(encoding="utf-8")
