"""Significance marks: which tests, applied to known counts, would have printed them."""

from __future__ import annotations

from math import comb, log, sqrt

from samspill.statistics.significance import normal_p

WALD = "Wald test"


def wald_of_contrast(s0: int, n0: int, s1: int, n1: int) -> float | None:
    """The p-value of the log odds ratio by Wald's test; None where a cell is empty."""
    cells = (s0, n0 - s0, s1, n1 - s1)
    if not all(cells):
        return None
    estimate = log(s1 * (n0 - s0) / (s0 * (n1 - s1)))
    return normal_p(estimate / sqrt(sum(1 / cell for cell in cells)))


def wald_of_group(s: int, n: int) -> float | None:
    """The p-value of a group's log odds against nought by Wald's test."""
    if not 0 < s < n:
        return None
    return normal_p(log(s / (n - s)) / sqrt(n / (s * (n - s))))


def tests_of_contrast(s0: int, n0: int, s1: int, n1: int) -> dict[str, float]:
    """The p-values of the tests in use for a 2x2 table, by name, one-sided ones halved.

    Wald's test of the log odds ratio, Pearson's chi-square without and with Yates' correction,
    the likelihood ratio, the two-proportion z test with separate variances, Fisher's exact test
    (Agresti, Categorical Data Analysis, 3rd ed., sections 3.1 to 3.5).
    """
    total, s = n0 + n1, s0 + s1
    if not (n0 and n1 and 0 < s < total):
        return {}
    both: dict[str, float] = {}
    wald = wald_of_contrast(s0, n0, s1, n1)
    if wald is not None:
        both[WALD] = wald
    distance = abs(s1 * (n0 - s0) - s0 * (n1 - s1))
    scale = sqrt(total / (n0 * n1 * s * (total - s)))
    both["Pearson's chi-square"] = normal_p(distance * scale)
    both["chi-square with Yates' correction"] = normal_p(max(distance - total / 2, 0) * scale)
    both["likelihood ratio test"] = normal_p(sqrt(_deviance(s0, n0, s1, n1)))
    spread = s0 * (n0 - s0) / n0**3 + s1 * (n1 - s1) / n1**3
    if spread:
        both["z test with separate variances"] = normal_p((s1 / n1 - s0 / n0) / sqrt(spread))
    one = {f"one-sided {name}": p / 2 for name, p in both.items()}
    return {**both, **_fisher(s0, n0, s1, n1), **one}


def _deviance(s0: int, n0: int, s1: int, n1: int) -> float:
    total, s = n0 + n1, s0 + s1
    terms = (
        (s0, n0 * s),
        (n0 - s0, n0 * (total - s)),
        (s1, n1 * s),
        (n1 - s1, n1 * (total - s)),
    )
    return max(0.0, 2 * sum(cell * log(cell * total / product) for cell, product in terms if cell))


def _fisher(s0: int, n0: int, s1: int, n1: int) -> dict[str, float]:
    """Fisher's exact test: two-sided by small probabilities, one-sided in the data's direction."""
    s, total = s0 + s1, n0 + n1
    if total > 10_000:
        return {}
    ways = {k: comb(n1, k) * comb(n0, s - k) for k in range(max(0, s - n0), min(n1, s) + 1)}
    whole = comb(total, s)
    tails = (
        sum(w for k, w in ways.items() if k >= s1),
        sum(w for k, w in ways.items() if k <= s1),
    )
    return {
        "Fisher's exact test": sum(w for w in ways.values() if w <= ways[s1]) / whole,
        "one-sided Fisher's exact test": min(tails) / whole,
    }
