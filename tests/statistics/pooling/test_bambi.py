"""The full Bayesian model and empirical Bayes tell the same of a moderately large example."""

from __future__ import annotations

import builtins

import numpy as np
import polars as pl
import pytest

from samspill.errors import SamspillError
from samspill.statistics import Cells, pooled_shares
from samspill.statistics.pooling.bayes import pooled_by_bambi

COUNTS = [(14, 33), (5, 7), (4, 11), (9, 11), (28, 33), (16, 35), (22, 25), (3, 6), (2, 8), (0, 0)]


@pytest.fixture
def counted():
    return Cells.from_counts(
        pl.DataFrame(
            {
                "group": [f"g{i}" for i in range(len(COUNTS))],
                "outcome": ["y"] * len(COUNTS),
                "n": [n for _, n in COUNTS],
                "sum": [s for s, _ in COUNTS],
            }
        ),
        "group",
    )


@pytest.mark.long
def test_bambi_and_empirical_bayes_agree_within_monte_carlo_error(counted):
    """Limits weigh the prior in both; the interval's ends and ranks may differ by chance alone.

    With 2 000 draws, of which some hundreds count as independent, a 2.5 % quantile of a share with
    standard deviation 0.1 is known to about 0.01.
    """
    pytest.importorskip("bambi")
    sampled = pooled_by_bambi(counted, "group", draws=500, seed=1)
    quadrature = pooled_shares(counted, "group", model="logit")
    pool = sampled.pools.row(0, named=True)
    assert pool["r_hat"] < 1.02
    assert pool["effective_draws"] > 200
    assert pool["divergences"] < 10
    assert sampled.frame.columns == quadrature.frame.columns
    assert sampled.pools.columns == quadrature.pools.columns
    one, other = sampled.frame, quadrature.frame
    for name, within in (("low", 0.035), ("high", 0.035), ("p_above", 0.04), ("p_highest", 0.04)):
        away = np.abs((one[name] - other[name]).drop_nulls().to_numpy()[:-1])
        assert away.max() < within, name
    # empirical Bayes takes the most likely spread as known, the full model all of them
    assert (one["pooled"] - other["pooled"]).abs().max() < 0.03


def test_without_bambi_it_is_said_what_to_install(counted, monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "bambi":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SamspillError, match=r"pip install 'samspill\[pooling\]'"):
        pooled_by_bambi(counted, "group")
