"""The made-up country: municipalities with a size, a county and perhaps a policy.

Chances are added, so that what the policy adds is the same in every group and known: an answer is
yes with chance base + size + policy + county. Who responds depends on size and policy (missing at
random, given what is known of everyone) and, where asked for, on the answer itself (not at random).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.statistics import Cells

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

KEY = ("county", "size", "policy")
SIZES = ("small", "middle", "large")


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of the country; every number is a share or a difference of shares."""

    units: int = 440
    counties: int = 15
    size_shares: tuple[float, ...] = (0.5, 0.3, 0.2)
    policy_by_size: tuple[float, ...] = (0.2, 0.35, 0.6)
    base: float = 0.25
    by_size: tuple[float, ...] = (0.0, 0.1, 0.25)
    by_policy: float = 0.12
    county_spread: float = 0.05
    response_by_size: tuple[float, ...] = (0.4, 0.6, 0.8)
    response_by_policy: float = 0.1
    response_by_answer: float = 0.0


@dataclass(frozen=True, slots=True)
class Population:
    """The country's units, counted by ``KEY``: arrays with a value for each cell.

    ``chance`` of a yes, and of responding with a yes and with a no.
    """

    truth: Truth
    frame: pl.DataFrame
    n: Whole
    chance: Floats
    response_yes: Floats
    response_no: Floats

    @classmethod
    def of(cls, truth: Truth, seed: int = 2018) -> Population:
        """The country drawn once: which unit is how large, where, and has a policy."""
        random = np.random.default_rng(seed)
        size = random.choice(len(SIZES), truth.units, p=truth.size_shares)
        weight = random.dirichlet(np.full(truth.counties, 4.0))
        county = random.choice(truth.counties, truth.units, p=weight)
        policy = (random.random(truth.units) < np.array(truth.policy_by_size)[size]).astype(int)
        by_county = random.normal(0, truth.county_spread, truth.counties)
        frame = (
            pl.DataFrame({"county": county, "code": size, "policy": policy})
            .group_by("county", "code", "policy")
            .len()
            .sort("county", "code", "policy")
        )
        code, has = frame["code"].to_numpy(), frame["policy"].to_numpy()
        chance = truth.base + np.array(truth.by_size)[code] + truth.by_policy * has
        chance = chance + by_county[frame["county"].to_numpy()]
        known = np.array(truth.response_by_size)[code] + truth.response_by_policy * has
        half = truth.response_by_answer / 2
        names = pl.Series("size", [SIZES[c] for c in code])
        return cls(
            truth,
            frame.select("county", names, "policy"),
            frame["len"].to_numpy().astype(np.int64),
            np.clip(chance, 0.01, 0.99),
            np.clip(known + half, 0.01, 0.99),
            np.clip(known - half, 0.01, 0.99),
        )

    def answered(self, random: np.random.Generator, draws: int) -> Draws:
        """The country's answers and who gave them, ``draws`` times over."""
        shape = (draws, len(self.n))
        yes = random.binomial(self.n, self.chance, shape)
        yes_given = random.binomial(yes, self.response_yes)
        no_given = random.binomial(self.n - yes, self.response_no)
        return Draws(
            self.frame, np.broadcast_to(self.n, shape), yes, yes_given + no_given, yes_given
        )


@dataclass(frozen=True, slots=True)
class Draws:
    """Counts of shape (draws, cells): of the whole country, and of those who responded."""

    frame: pl.DataFrame
    n: Whole
    yes: Whole
    responded: Whole
    responded_yes: Whole
    share: Floats = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "share", self.yes.sum(axis=1) / self.n.sum(axis=1))

    def cells(self, key: Sequence[str] = KEY, weight: Floats | None = None) -> Cells:
        """The respondents' cells, an outcome for each draw; ``weight`` of shape (draws, cells)."""
        return cells_of(self.frame, self.responded, self.responded_yes, key, weight)


def each(cells: Cells) -> Iterator[Cells]:
    """The cells of one draw at a time."""
    for part in cells.frame.partition_by("outcome", maintain_order=True):
        yield Cells(part, cells.key)


def cells_of(
    frame: pl.DataFrame, n: Whole, yes: Whole, key: Sequence[str] = (), weight: Floats | None = None
) -> Cells:
    """Cells of counts of shape (draws, cells), with the outcomes ``d0``, ``d1``, …"""
    draws = len(n)
    parts = {name: pl.concat([frame[name]] * draws) for name in key}
    columns = {"n": n.ravel(), "sum": yes.ravel()}
    if weight is not None:
        w = weight.ravel()
        columns |= {
            "sum_w": n.ravel() * w,
            "sum_w2": n.ravel() * w**2,
            "sum_wy": yes.ravel() * w,
            "sum_w2y": yes.ravel() * w**2,
        }
    names = np.repeat([f"d{draw}" for draw in range(draws)], n.shape[1])
    return Cells.from_counts(pl.DataFrame({**parts, "outcome": names, **columns}), tuple(key))
