"""Shares of groups by a full Bayesian model, sampled by Bambi (the extra ``pooling``).

The log odds of a group are Normal(X·β, σ²), as in `logistic_normal`; nothing is estimated first
and then taken as known. Priors, all weakly informative: β ~ Normal(0, 1.5²), nearly uniform on the
share; σ ~ half-normal with standard deviation 1.5. Capretto et al. 2022 (Journal of Statistical
Software 103:15); Vehtari et al. 2021 on R̂ and effective draws (Bayesian Analysis 16:667–718).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics import intervals
from samspill.statistics.cells import Cells, as_names
from samspill.statistics.groups import group_shares
from samspill.statistics.intervals import require_level
from samspill.statistics.pooling.logistic_normal import PRIOR, LogisticNormal
from samspill.statistics.pooling.pooling import (
    ALIKE,
    FEWEST,
    SEED,
    TOO_FEW_GROUPS,
    Groups,
    Pool,
    told,
    unpooled,
)
from samspill.statistics.pooling.ranks import ranks
from samspill.statistics.pooling.results import Pooled
from samspill.statistics.pooling.shares import design_of, pools, require_groups, together

Floats = NDArray[np.float64]

DRAWS, TUNING, CHAINS = 1000, 1000, 4
R_HAT = 1.01
FEWEST_DRAWS = 400


@dataclass(frozen=True, slots=True)
class Sampled:
    """Draws of the shares (draws, groups), coefficients (draws, p) and σ (draws,), and how well
    they were drawn."""

    log_odds: Floats
    coefficients: Floats
    spread: Floats
    r_hat: float
    effective_draws: float
    divergences: int


def pooled_by_bambi(
    cells: Cells,
    by: str | Sequence[str],
    *,
    within: str | Sequence[str] = (),
    towards: str | Sequence[str] = (),
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Pooled:
    """`pooled_shares` with the posterior itself in place of the most likely prior.

    ``pooled`` is the posterior mean; ``low`` and ``high`` hold ``level`` of the posterior.
    ``draws`` is the number kept of each of four chains. The pools tell R̂, effective draws and
    divergences, and the note says where they are not as they should be. Raises SamspillError where
    the extra is not installed, for weighted cells and for what `pooled_shares` raises.
    """
    bambi = _bambi()
    groups_by, within = as_names(by), as_names(within)
    require_level(level)
    require_groups(groups_by, as_names(towards))
    if cells.weighted:
        raise SamspillError(
            "The full Bayesian model knows no sampling weights.", "Use model='beta' or 'logit'."
        )
    table = group_shares(cells, groups_by, within)
    parts = []
    for labels, part in pools(table, within):
        n = part["n"].cast(pl.Float64).to_numpy()
        s = part["count"].cast(pl.Float64).to_numpy()
        found = _pool(bambi, part, s, n, as_names(towards), level, draws, seed)
        parts.append((labels, part, found))
    return together(parts, groups_by, within, "Bambi", level)


def _pool(
    bambi: Any,
    part: pl.DataFrame,
    s: Floats,
    n: Floats,
    towards: Sequence[str],
    level: float,
    draws: int,
    seed: int,
) -> Pool:
    known = n > 0
    share, low, high = (np.full(len(n), np.nan) for _ in range(3))
    share[known] = s[known] / n[known]
    low[known], high[known] = intervals.wilson(share[known], 1.0 / n[known], level)
    groups = Groups(n, share, low, high)
    if known.sum() < FEWEST:
        return unpooled(groups, TOO_FEW_GROUPS)
    if s.sum() in (0.0, n.sum()):
        return unpooled(groups, ALIKE)
    X = design_of(part, known, towards)
    sampled = sample(bambi, X[known], s[known], n[known], draws=draws, seed=seed)
    return _told(groups, X, sampled, level, seed)


def sample(bambi: Any, X: Floats, s: Floats, n: Floats, *, draws: int, seed: int) -> Sampled:
    """Draws from the posterior of groups that all have answers."""
    import arviz
    import pandas as pd  # type: ignore[import-untyped]

    names = [f"x{i}" for i in range(1, X.shape[1])]
    data = pd.DataFrame(X[:, 1:], columns=names)
    data = data.assign(s=s.astype(int), n=n.astype(int), g=[f"{i:06}" for i in range(len(n))])
    wide = bambi.Prior("Normal", mu=0, sigma=PRIOR)
    between = bambi.Prior("Normal", mu=0, sigma=bambi.Prior("HalfNormal", sigma=PRIOR))
    priors = {"Intercept": wide, **dict.fromkeys(names, wide), "1|g": between}
    formula = " + ".join(["p(s, n) ~ 1", *names, "(1|g)"])
    model = bambi.Model(
        formula, data, family="binomial", priors=priors, auto_scale=False, center_predictors=False
    )
    with _quiet():
        found = model.fit(
            draws=draws, tune=TUNING, chains=CHAINS, cores=1, random_seed=seed,
            target_accept=0.95, progressbar=False,
        )  # fmt: skip
    posterior = found.posterior

    def flat(name: str) -> Floats:
        values = np.asarray(posterior[name].values, dtype=np.float64)
        return values.reshape(values.shape[0] * values.shape[1], -1)

    coefficients = np.column_stack([flat(name) for name in ("Intercept", *names)])
    summary = arviz.summary(found, kind="diagnostics", round_to="none")
    return Sampled(
        coefficients @ X.T + flat("1|g"),
        coefficients,
        flat("1|g_sigma")[:, 0],
        float(summary["r_hat"].max()),
        float(summary["ess_bulk"].min()),
        int(np.asarray(found.sample_stats["diverging"].values).sum()),
    )


def _told(groups: Groups, X: Floats, sampled: Sampled, level: float, seed: int) -> Pool:
    answered = groups.answered
    log_odds = sampled.coefficients @ X.T
    noise = np.random.default_rng(seed).standard_normal(log_odds.shape)
    log_odds = log_odds + sampled.spread[:, None] * noise
    log_odds[:, answered] = sampled.log_odds
    shares = 1.0 / (1.0 + np.exp(-log_odds))
    tail = (1.0 - level) / 2.0
    low, high = np.quantile(shares, [tail, 1.0 - tail], axis=0)
    variance = float((sampled.spread**2).mean())
    centre = 1.0 / (1.0 + np.exp(-(sampled.coefficients @ X.T).mean(axis=0)))
    frame = told(
        groups,
        ranks(shares[:, answered], level),
        level,
        centre=centre,
        pooled=shares.mean(axis=0),
        low=low,
        high=high,
        shrinkage=np.minimum(log_odds.var(axis=0) / variance, 1.0),
    )
    family = LogisticNormal(X, np.zeros(len(X)), np.zeros(len(X)))
    mean = sampled.coefficients.mean(axis=0)
    spread = np.quantile(sampled.spread, [0.5, tail, 1.0 - tail])
    deviation = [family.deviation(float(value), mean) for value in spread]
    about = {
        "groups": len(groups.n),
        "answering": int(answered.sum()),
        "n": int(groups.n.sum()),
        "mean": float(centre.mean()),
        "spread": deviation[0],
        "spread_low": deviation[1],
        "spread_high": deviation[2],
        "parameter": "σ",
        "value": float(spread[0]),
        "r_hat": sampled.r_hat,
        "effective_draws": sampled.effective_draws,
        "divergences": sampled.divergences,
        "method": "Bambi, logistic-normal",
        "note": _doubts(sampled),
    }
    return Pool(frame, about)


def _doubts(sampled: Sampled) -> str:
    """What speaks against trusting the draws; empty where nothing does."""
    doubts = []
    if sampled.r_hat > R_HAT:
        doubts.append(f"R̂ is {sampled.r_hat:.3f} (should be below {R_HAT})")
    if sampled.effective_draws < FEWEST_DRAWS:
        doubts.append(f"{sampled.effective_draws:.0f} effective draws (fewer than {FEWEST_DRAWS})")
    if sampled.divergences:
        doubts.append(f"{sampled.divergences} divergences")
    return f"The draws are not to be trusted: {'; '.join(doubts)}." if doubts else ""


def _bambi() -> Any:
    try:
        import bambi
    except ImportError as error:
        raise SamspillError(
            "The full Bayesian model needs Bambi, which is not installed.",
            "Install it with: pip install 'samspill[pooling]', or use model='beta' or 'logit'.",
        ) from error
    return bambi


class _quiet:  # noqa: N801
    """PyMC's talk on standard error, off for as long as it samples."""

    def __enter__(self) -> None:
        self._log = logging.getLogger("pymc")
        self._level = self._log.level
        self._log.setLevel(logging.ERROR)

    def __exit__(self, *_: object) -> None:
        self._log.setLevel(self._level)
