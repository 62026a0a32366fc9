"""How likely it is that numbers with nothing behind them would have had a solution."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import comb

import numpy as np

from samspill.reconstruction.constraints import CONTRASTS, LOGARITHMS, PER_CENT, SINGLES
from samspill.reconstruction.solver import Floats, Integers, second_count, share_at
from samspill.reconstruction.tables import PrintedTable

DRAWS = 4000
SEED = 241

Pattern = tuple[tuple[str, int | None, int], ...]


def pattern_of(table: PrintedTable) -> Pattern | None:
    """Kind, group and decimals of what ``table`` is solved from; None where not supported.

    Standard errors and confidence limits are left out, which can only make chance look likelier.
    """
    pattern = []
    for row in table.primary:
        if row.number is not None and row.statistic in (*SINGLES, *CONTRASTS):
            pattern.append((row.statistic, table.group_of(row), row.number.decimals))
    return tuple(sorted(pattern, key=str)) or None


@lru_cache(maxsize=256)
def chance_of_match(pattern: Pattern, n0: int, n1: int) -> float:
    """The share of random prints that some counts out of ``n0`` and ``n1`` can give.

    Two shares are drawn evenly between 0 and 1, whatever the group sizes; the statistics of
    ``pattern`` are computed from them, rounded half up to their decimals, and solved. 4,000 draws
    from a fixed seed: the standard error is at most 0.008.
    """
    generator = np.random.default_rng(SEED)
    shares = generator.uniform(0, 1, (2, DRAWS))
    first, second = np.full(DRAWS, n0), np.full(DRAWS, n1)
    low = [np.zeros(DRAWS), np.zeros(DRAWS), np.zeros(DRAWS)]
    high = [first.astype(float), second.astype(float), (first + second).astype(float)]
    contrasts: list[tuple[str, Floats, Floats]] = []
    for kind, group, decimals in pattern:
        ends = _window(kind, group, decimals, shares, n0, n1)
        if kind in CONTRASTS:
            contrasts.append((kind, *ends))
            continue
        place = 2 if group is None else group
        n = (first, second, first + second)[place]
        inner = ends if kind == "count" else tuple(n * share_at(kind, end) for end in ends)
        low[place] = np.maximum(low[place], inner[0])
        high[place] = np.minimum(high[place], inner[1])
    whole_low = [np.ceil(part - 1e-9).astype(np.int64) for part in low]
    whole_high = [np.floor(part + 1e-9).astype(np.int64) for part in high]
    return float(_solvable(whole_low, whole_high, contrasts, n0, n1).mean())


def _window(
    kind: str, group: int | None, decimals: int, shares: Floats, n0: int, n1: int
) -> tuple[Floats, Floats]:
    p0, p1 = shares
    if kind in CONTRASTS:
        value = _contrast(kind, p0, p1)
    else:
        together = (n0 * p0 + n1 * p1) / (n0 + n1)
        p = together if group is None else shares[group]
        size = n0 + n1 if group is None else (n0, n1)[group]
        value = {"count": p * size, "percentage": p, "odds": p / (1 - p)}.get(
            kind, np.log(p / (1 - p))
        )
    unit = 10.0**-decimals / (100 if kind in PER_CENT else 1)
    rounded = np.round(value / unit) * unit
    return rounded - unit / 2, rounded + unit / 2


def _contrast(kind: str, p0: Floats, p1: Floats) -> Floats:
    if kind == "risk_difference":
        return p1 - p0
    if kind == "risk_ratio":
        return p1 / p0
    ratio = p1 * (1 - p0) / (p0 * (1 - p1))
    return np.asarray(np.log(ratio) if kind in LOGARITHMS else ratio)


def _solvable(
    low: Sequence[Integers],
    high: Sequence[Integers],
    contrasts: Sequence[tuple[str, Floats, Floats]],
    n0: int,
    n1: int,
) -> Floats:
    """1 for each draw that has a solution, else 0."""
    widths = np.maximum(high[0] - low[0] + 1, 0)
    if widths.sum() > 20_000_000 // max(1, len(contrasts)):
        return np.ones(widths.size)
    draw = np.repeat(np.arange(widths.size), widths)
    s0 = low[0][draw] + np.arange(draw.size) - np.repeat(np.cumsum(widths) - widths, widths)
    lowest = np.maximum(low[1][draw], low[2][draw] - s0)
    highest = np.minimum(high[1][draw], high[2][draw] - s0)
    size0, size1 = np.full(draw.size, n0), np.full(draw.size, n1)
    for kind, from_, to in contrasts:
        inner = second_count(kind, from_[draw], s0, size0, size1)
        outer = second_count(kind, to[draw], s0, size0, size1)
        lowest = np.maximum(lowest, np.ceil(inner).astype(np.int64))
        highest = np.minimum(highest, np.floor(outer).astype(np.int64))
    solvable = np.zeros(widths.size)
    solvable[draw[lowest <= highest]] = 1.0
    return solvable


def at_least(successes: int, trials: int, chance: float) -> float:
    """The probability of at least ``successes`` in ``trials`` independent tries."""
    return min(
        1.0,
        sum(
            comb(trials, k) * chance**k * (1 - chance) ** (trials - k)
            for k in range(successes, trials + 1)
        ),
    )
