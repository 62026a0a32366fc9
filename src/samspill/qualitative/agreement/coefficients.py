"""Coefficients of agreement from weighted patterns, and each unit's pull on them.

Every coefficient is (a − e) / (1 − e) with a the agreement seen and e that expected by chance;
they differ in e, and Krippendorff's alpha in both. Point estimates work on the last axis of the
weights, so that all replicates of a resampling are computed at once. The pull of a unit, whose
spread over units is the variance, is Gwet's linearisation (2014, *Handbook of Inter-Rater
Reliability*, 4th ed., chapter 5; 2021, Educational and Psychological Measurement 81:781–790, for
alpha).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from samspill.qualitative.agreement.ratings import MISSING, Floats, Ratings
from samspill.qualitative.agreement.weights import Level, Weights, disagreement, weight_matrix

PAIRWISE = ("cohen", "scott")
COEFFICIENTS = (
    "percent_agreement",
    "cohen",
    "scott",
    "fleiss",
    "conger",
    "krippendorff",
    "gwet",
    "brennan_prediger",
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the coefficients are made of, for weights of shape (…, patterns).

    ``agreement`` (…,) is a; ``shares`` (…, categories) the classification probabilities; ``units``
    (…,) the number of units rated at all; ``compared`` (…,) that of units rated by two or more.
    """

    ratings: Ratings
    similarity: Floats
    table: Floats
    rated: Floats
    w: Floats
    units: Floats
    compared: Floats
    within: Floats
    agreement: Floats
    shares: Floats


def parts(ratings: Ratings, weights: Weights, w: Floats | None = None) -> Parts:
    """The parts for the ratings' own counts, or for other weights of the same patterns."""
    w = ratings.weights if w is None else w
    size = len(ratings.categories)
    table = (ratings.patterns[:, :, None] == np.arange(size)).sum(axis=1).astype(np.float64)
    rated = table.sum(axis=1)
    similarity = weight_matrix(weights, ratings)
    paired = (table * (table @ similarity.T - 1)).sum(axis=1)
    possible = np.where(rated >= 2, rated * (rated - 1), 1)
    within = np.where(rated >= 2, paired / possible, 0.0)
    units, compared = w.sum(axis=-1), w @ (rated >= 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        agreement = (w @ within) / compared
        shares = (w @ (table / rated[:, None])) / units[..., None]
    return Parts(
        ratings, similarity, table, rated, w, units, compared, within, agreement, shares
    )  # fmt: skip


def estimate(coefficient: str, p: Parts, level: Level = "nominal") -> Floats:
    """The coefficient for each row of weights; NaN where it is undefined."""
    if coefficient == "krippendorff":
        return _alpha(p, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = EXPECTED[coefficient](p)
        value = (p.agreement - expected) / (1 - expected)
    return np.asarray(np.where(1 - expected > 1e-12, value, np.nan))


def standard_error(coefficient: str, p: Parts, level: Level = "nominal") -> float | None:
    """The linearised standard error over units; None below two units or where it is undefined."""
    n = float(p.units)
    if coefficient == "krippendorff":
        return _alpha_error(p, level)
    value = float(estimate(coefficient, p))
    if n < 2 or not np.isfinite(value):
        return None
    expected = float(EXPECTED[coefficient](p))
    compared = p.rated >= 2
    own = (n / float(p.compared)) * (p.within - expected * compared) / (1 - expected)
    pull = own - 2 * (1 - value) * (_CHANCE_OF_UNIT[coefficient](p) - expected) / (1 - expected)
    return float(np.sqrt((p.w @ (pull - value) ** 2) / (n * (n - 1))))


def _no_chance(p: Parts) -> Floats:
    return np.zeros_like(p.agreement)


def _common_margins(p: Parts) -> Floats:
    """Scott 1955 and Fleiss 1971: two ratings drawn from all raters' ratings together."""
    return np.asarray(np.einsum("...k,kl,...l->...", p.shares, p.similarity, p.shares))


def _own_margins(p: Parts) -> Floats:
    """Cohen 1960 and Conger 1980: two different raters, each with margins of its own."""
    own = _rater_shares(p)
    raters = own.shape[-2]
    mean = own.mean(axis=-2)
    spread = np.einsum("...gk,...gl->...kl", own, own) - raters * (
        mean[..., :, None] * mean[..., None, :]
    )
    apart = mean[..., :, None] * mean[..., None, :] - spread / (raters * (raters - 1))
    return np.asarray((p.similarity * apart).sum(axis=(-2, -1)))


def _hard_units(p: Parts) -> Floats:
    """Gwet 2008: chance works on the hard units alone, whose share the variation bounds."""
    size = len(p.ratings.categories)
    if size < 2:
        return np.ones_like(p.agreement)
    scale = p.similarity.sum() / (size * (size - 1))
    return np.asarray(scale * (p.shares * (1 - p.shares)).sum(axis=-1))


def _even_margins(p: Parts) -> Floats:
    """Brennan & Prediger 1981: every category equally likely."""
    return np.full_like(p.agreement, p.similarity.mean())


EXPECTED: dict[str, Callable[[Parts], Floats]] = {
    "percent_agreement": _no_chance,
    "scott": _common_margins,
    "fleiss": _common_margins,
    "cohen": _own_margins,
    "conger": _own_margins,
    "gwet": _hard_units,
    "brennan_prediger": _even_margins,
}


def _chance_constant(p: Parts) -> Floats:
    return np.asarray(np.full(p.rated.size, float(_even_margins(p))))


def _chance_none(p: Parts) -> Floats:
    return np.zeros(p.rated.size)


def _chance_common(p: Parts) -> Floats:
    return np.asarray(p.table @ (p.similarity @ p.shares) / p.rated)


def _chance_hard(p: Parts) -> Floats:
    size = len(p.ratings.categories)
    scale = p.similarity.sum() / (size * (size - 1))
    return np.asarray(scale * (p.table @ (1 - p.shares)) / p.rated)


def _chance_own(p: Parts) -> Floats:
    own = _rater_shares(p)
    raters, n = own.shape[0], float(p.units)
    given = p.ratings.patterns != MISSING
    each = p.w @ given
    chosen = p.ratings.patterns[:, :, None] == np.arange(own.shape[1])
    surprise = chosen - (given - each / n)[:, :, None] * own
    weighted = np.einsum("igl,kl->igk", surprise, p.similarity) * (n / each)[None, :, None]
    others = raters * own.mean(axis=0) - own
    return np.asarray((weighted * others).sum(axis=(1, 2)) / (raters * (raters - 1)))


_CHANCE_OF_UNIT: dict[str, Callable[[Parts], Floats]] = {
    "percent_agreement": _chance_none,
    "scott": _chance_common,
    "fleiss": _chance_common,
    "cohen": _chance_own,
    "conger": _chance_own,
    "gwet": _chance_hard,
    "brennan_prediger": _chance_constant,
}


def _rater_shares(p: Parts) -> Floats:
    """Each rater's own margins, shape (…, raters, categories)."""
    raters, size = p.ratings.patterns.shape[1], len(p.ratings.categories)
    chosen = (p.ratings.patterns[:, :, None] == np.arange(size)).astype(np.float64)
    sums = p.w @ chosen.reshape(-1, raters * size)
    sums = sums.reshape(*p.w.shape[:-1], raters, size)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(sums / sums.sum(axis=-1, keepdims=True))


def _alpha(p: Parts, level: Level) -> Floats:
    """1 − seen / expected disagreement over pairable values (Krippendorff 2011)."""
    use = p.rated >= 2
    table, rated, w = p.table[use], p.rated[use], p.w[..., use]
    margins = w @ table
    total = margins.sum(axis=-1)
    distance = disagreement(level, p.ratings, margins)
    pairs = table[:, :, None] * table[:, None, :]
    diagonal = np.arange(table.shape[1])
    pairs[:, diagonal, diagonal] -= table
    coincidences = np.tensordot(w, pairs / (rated - 1)[:, None, None], axes=([-1], [0]))
    seen = (coincidences * distance).sum(axis=(-2, -1))
    chance = (margins[..., :, None] * margins[..., None, :] * distance).sum(axis=(-2, -1))
    with np.errstate(divide="ignore", invalid="ignore"):
        value = 1 - (total - 1) * seen / chance
    return np.asarray(np.where(chance > 0, value, np.nan))


def _alpha_error(p: Parts, level: Level) -> float | None:
    """Gwet 2021, with the metric taken as known where it is made of the margins (ordinal)."""
    use = p.rated >= 2
    table, rated, w = p.table[use], p.rated[use], p.w[use]
    n = float(w.sum())
    distance = disagreement(level, p.ratings, w @ table)
    farthest = distance.max() if distance.size else 0.0
    if n < 2 or farthest == 0:
        return None
    near = 1 - distance / farthest
    mean = float(w @ rated) / n
    within = (table * (table @ near - 1)).sum(axis=1) / (mean * (rated - 1))
    seen = float(w @ within) / n
    shares = (w @ table) / (n * mean)
    expected = float(shares @ near @ shares)
    if 1 - expected <= 1e-12:
        return None
    value = (seen - expected) / (1 - expected)
    off = (rated - mean) / mean
    own = (within - seen * off - expected) / (1 - expected)
    chance = table @ (near @ shares) / mean - expected * off
    pull = own - 2 * (1 - value) * (chance - expected) / (1 - expected)
    return float(np.sqrt((w @ (pull - value) ** 2) / (n * (n - 1))))
