"""Bootstrap and permutation against printed numbers and exact distributions."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from scipy.stats import bootstrap as scipy_bootstrap
from scipy.stats import chi2, hypergeom

from samspill.statistics import Cells, bootstrap, permutation_test
from samspill.statistics.resampling import share


def _cells(counts: dict[str, tuple[int, int]]) -> Cells:
    frame = pl.DataFrame(
        {
            "group": list(counts),
            "outcome": ["y"] * len(counts),
            "n": [n for _, n in counts.values()],
            "sum": [ones for ones, _ in counts.values()],
        }
    )
    return Cells.from_counts(frame, "group")


@pytest.mark.parametrize("method", ["percentile", "bca"])
def test_efron_tibshirani_1993_aspirin_and_strokes(method: str) -> None:
    # Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapter 1: strokes in 119 of
    # 11037 on aspirin, 98 of 11034 on placebo; ratio 1.21, of 1000 replicates the standard
    # deviation is 0.17 and the central 95 % from 0.93 to 1.60
    cells = _cells({"aspirin": (119, 11037), "placebo": (98, 11034)})
    aspirin, placebo = share(cells, group="aspirin"), share(cells, group="placebo")
    result = bootstrap(
        cells,
        lambda n, sums: aspirin(n, sums) / placebo(n, sums),
        replicates=20_000,
        strata="group",
        seed=1993,
        method=method,  # type: ignore[arg-type]
    )
    row = result.frame.row(0, named=True)
    assert round(row["estimate"], 2) == 1.21
    assert row["standard_error"] == pytest.approx(0.17, abs=0.01)
    assert (row["low"], row["high"]) == pytest.approx((0.93, 1.60), abs=0.02)


def test_bca_as_scipy_on_rows() -> None:
    y = np.repeat([1.0, 0.0], [90, 510])
    cells = Cells.from_counts(pl.DataFrame({"outcome": ["y"], "n": [600], "sum": [90]}))

    def log_odds(n: np.ndarray, sums: np.ndarray) -> np.ndarray:
        return np.log(sums[:, 0] / (n[:, 0] - sums[:, 0]))

    def log_odds_of_rows(values: np.ndarray, axis: int) -> np.ndarray:
        mean = values.mean(axis=axis)
        return np.log(mean / (1 - mean))

    ours = bootstrap(cells, log_odds, replicates=50_000, seed=3, method="bca").frame
    theirs = scipy_bootstrap(
        (y,), log_odds_of_rows, n_resamples=50_000, method="BCa", rng=np.random.default_rng(4)
    )
    limits = theirs.confidence_interval
    # the replicates are discrete: one success more or less moves a limit by about 0.12
    assert ours["low"][0] == pytest.approx(limits.low, abs=0.03)
    assert ours["high"][0] == pytest.approx(limits.high, abs=0.03)
    assert ours["standard_error"][0] == pytest.approx(theirs.standard_error, rel=0.02)


def test_lady_tasting_tea() -> None:
    # Fisher 1935, The Design of Experiments, chapter II: three of four right, 17 of 70 chances
    cells = _cells({"milk second": (1, 4), "tea second": (3, 4)})
    row = permutation_test(
        cells, "y", "group", alternative="greater", permutations=50_000, seed=1935
    ).frame.row(0, named=True)
    assert row["p"] == pytest.approx(17 / 70, abs=4 * row["p_standard_error"])


def test_r_documentation_of_prop_test_smokers() -> None:
    # R, help(prop.test), Fleiss 1981 page 139: X-squared = 12.6, df = 3, p-value = 0.005585
    cells = _cells({"1": (83, 86), "2": (90, 93), "3": (129, 136), "4": (70, 82)})
    row = permutation_test(cells, "y", "group", permutations=50_000, seed=81).frame.row(
        0, named=True
    )
    pearson = row["statistic"] * 397 / 396
    assert round(pearson, 1) == 12.6
    assert chi2.sf(pearson, 3) == pytest.approx(0.005585, abs=5e-7)
    assert row["p"] == pytest.approx(0.0056, abs=0.003)


def test_r_documentation_of_mantelhaen_test_berkeley() -> None:
    # R, UCBAdmissions (Bickel, Hammel & O'Connell 1975), mantelhaen.test(…, correct = FALSE):
    # X-squared = 1.5246, df = 1, p-value = 0.2169
    admitted = {
        "A": ((512, 825), (89, 108)),
        "B": ((353, 560), (17, 25)),
        "C": ((120, 325), (202, 593)),
        "D": ((138, 417), (131, 375)),
        "E": ((53, 191), (94, 393)),
        "F": ((22, 373), (24, 341)),
    }
    rows = [
        {"department": department, "sex": sex, "outcome": "admitted", "n": n, "sum": ones}
        for department, groups in admitted.items()
        for sex, (ones, n) in zip(("male", "female"), groups, strict=True)
    ]
    cells = Cells.from_counts(pl.DataFrame(rows), ("department", "sex"))
    row = permutation_test(
        cells, "admitted", "sex", within="department", permutations=20_000, seed=1975
    ).frame.row(0, named=True)
    assert round(row["statistic"], 4) == 1.5246
    assert chi2.sf(row["statistic"], 1) == pytest.approx(0.2169, abs=5e-5)
    assert row["p"] == pytest.approx(0.2169, abs=0.02)
    crude = permutation_test(cells, "admitted", "sex", permutations=2_000, seed=1975)
    assert crude.frame["p"][0] < 0.001


def test_two_sided_p_is_that_of_the_exact_distribution() -> None:
    cells = _cells({"no": (36, 164), "yes": (22, 77)})
    row = permutation_test(cells, "y", "group", permutations=50_000, seed=2).frame.row(
        0, named=True
    )
    ones = np.arange(0, 59)
    probability = hypergeom.pmf(ones, 241, 58, 77)
    expected = 58 * 77 / 241
    exact = probability[np.abs(ones - expected) >= abs(22 - expected) - 1e-9].sum()
    assert row["p"] == pytest.approx(exact, abs=4 * row["p_standard_error"])
