"""Changes between waves, for every comparison that pattern cells hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Literal, get_args

import polars as pl

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells, as_names
from samspill.statistics.change.estimates import (
    Basis,
    PairedMethod,
    PairedTest,
    Sizes,
    estimate,
)
from samspill.statistics.change.patterns import groups_of, pair_of
from samspill.statistics.intervals import require_level
from samspill.statistics.results import Result
from samspill.statistics.significance import adjust

Against = Literal["first", "previous", "both"]
NUMBERS = ("before", "after", "difference", "low", "high", "p", "correlation")
TURNOVER = ("kept", "gained", "lost", "neither")


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Changes(Result):
    """Changes between waves with intervals.

    ``frame``: the columns of ``within`` and ``by``, ``wave``, ``against`` (the earlier wave),
    ``basis``, ``kind`` (``share`` or ``mean``), ``n_both``, ``n_before``, ``n_after`` (units),
    ``before``, ``after`` (shares 0 to 1, or means), ``difference``, ``low``, ``high``,
    ``correlation`` (of the two answers of a unit, where units are in common), ``p`` and, over all
    rows, ``p_holm``, ``p_bh``; of shares in the units that answered both times ``kept`` (1 and
    1), ``gained`` (0 to 1), ``lost`` (1 to 0), ``neither``; ``method``, ``test``, ``note``.
    """

    level: float = 0.95

    @property
    def heading(self) -> str:
        return f"Changes between waves with {100 * self.level:g} % intervals"


def changes(
    cells: Cells,
    waves: Sequence[str],
    *,
    within: str | Sequence[str] = (),
    by: str | Sequence[str] = (),
    basis: Basis = "all",
    against: Against = "first",
    level: float = 0.95,
    method: PairedMethod = "newcombe",
    test: PairedTest = "mid_p",
    population: int | Mapping[str, int] | None = None,
) -> Changes:
    """How shares and means changed from wave to wave.

    ``cells`` are from ``pattern_cells``; ``waves`` their wave columns in order of time. A column
    whose values are all 0 or 1 is a share, others are means. Intervals of shares put the Wilson
    intervals of both waves together with the correlation that the units in common bring: method
    10 of Newcombe's paper on pairs where every unit answered twice, and of his paper on groups
    where none did. ``population`` (N, or N per wave) makes them intervals for the finite
    population; with groups of ``by`` each is taken to be sampled at the common rate.

    P-values: McNemar's ``test`` where every unit answered twice, otherwise the score test with
    the overlap's covariance (Derrick, Dobson-Mckittrick, Toher & White 2015). Corrected for all
    rows by Holm and by Benjamini–Hochberg.

    Raises SamspillError for an unknown wave, basis, method, test or level, and for weights
    together with a population.
    """
    require_level(level)
    within, by = as_names(within), as_names(by)
    _check(cells, waves, (*within, *by), basis, against, method, test)
    if population is not None and cells.weighted:
        raise SamspillError(
            "Weights and a population size cannot be combined.",
            "Leave out one: weights already say what each answer stands for.",
        )
    pairs = _pairs(waves, against)
    counted = cells.over(*within, *by, *waves)
    binary = {
        tuple(values.values()): _zero_one(part, waves)
        for values, part in groups_of(counted, within)
    }
    rows = []
    for values, part in groups_of(counted, (*within, *by)):
        if any(values[name] is None for name in by):
            continue
        shares = binary[tuple(values[name] for name in within)]
        for earlier, later in pairs:
            pair = pair_of(part, earlier, later, weighted=cells.weighted)
            sizes = _sizes(counted, population, values, by, part, (earlier, later))
            found = estimate(
                pair, basis, binary=shares, level=level, method=method, test=test, sizes=sizes
            )
            turnover = (
                {
                    "kept": pair.count(1, 1),
                    "gained": pair.count(0, 1),
                    "lost": pair.count(1, 0),
                    "neither": pair.count(0, 0),
                }
                if shares
                else dict.fromkeys(TURNOVER)
            )
            rows.append(
                {
                    **values,
                    "wave": later,
                    "against": earlier,
                    "basis": basis,
                    "kind": "share" if shares else "mean",
                    **asdict(found),
                    **turnover,
                }
            )
    frame = pl.DataFrame(rows, schema_overrides=_SCHEMA, infer_schema_length=None)
    if not rows:
        raise SamspillError("There is nothing to compare.", "Check the groups and the waves.")
    frame = frame.with_columns(
        pl.Series("p_holm", adjust(frame["p"], "holm")).fill_nan(None),
        pl.Series("p_bh", adjust(frame["p"], "benjamini_hochberg")).fill_nan(None),
    )
    order = ("wave", "against", "basis", "kind", "n_both", "n_before", "n_after", *NUMBERS)
    last = ("p_holm", "p_bh", *TURNOVER, "method", "test", "note")
    return Changes(frame.select(*within, *by, *order, *last), level)


_SCHEMA: dict[str, Any] = {
    **dict.fromkeys(NUMBERS, pl.Float64),
    **dict.fromkeys(TURNOVER, pl.Int64),
}


def _zero_one(part: pl.DataFrame, waves: Sequence[str]) -> bool:
    return all(part[wave].drop_nulls().is_in([0.0, 1.0]).all() for wave in waves)


def _pairs(waves: Sequence[str], against: Against) -> list[tuple[str, str]]:
    first = [(waves[0], later) for later in waves[1:]]
    previous = list(pairwise(waves))
    chosen = {"first": first, "previous": previous, "both": [*first, *previous]}[against]
    return list(dict.fromkeys(chosen))


def _sizes(
    cells: Cells,
    population: int | Mapping[str, int] | None,
    values: Mapping[str, Any],
    by: Sequence[str],
    part: pl.DataFrame,
    waves: tuple[str, str],
) -> Sizes | None:
    if population is None:
        return None
    found = []
    for wave in waves:
        size = population if isinstance(population, int) else population.get(wave)
        if size is None:
            raise SamspillError(
                f"The population has no size for the wave {wave!r}.",
                "Give N for every wave, or one N for all.",
            )
        answered = _answers(part, wave)
        share = 1.0
        if by:
            rest = {name: value for name, value in values.items() if name not in by}
            alike = cells.frame
            for name, value in rest.items():
                alike = alike.filter(pl.col(name).eq_missing(pl.lit(value)))
            grouped = alike.filter(*[pl.col(name).is_not_null() for name in by])
            all_of_them = _answers(grouped, wave)
            share = answered / all_of_them if all_of_them else 1.0
        if size * share + 1e-9 < answered:
            raise SamspillError(
                f"A population of {size} is smaller than the {answered} answers of {wave!r}.",
                "Correct the population.",
            )
        found.append(float(size * share))
    return Sizes(*found)


def _answers(part: pl.DataFrame, wave: str) -> int:
    return int(part.filter(pl.col(wave).is_not_null())["n"].sum())


def _check(
    cells: Cells,
    waves: Sequence[str],
    key: Sequence[str],
    basis: str,
    against: str,
    method: str,
    test: str,
) -> None:
    if len(waves) < 2 or len(set(waves)) < len(waves):
        raise SamspillError("A change needs two different waves.", "Name each wave once.")
    for name in (*waves, *key):
        if name not in cells.key:
            raise SamspillError(
                f"The cells were not counted by {name!r}.",
                f"Their key is {', '.join(cells.key)}.",
            )
    for what, given, known in (
        ("basis", basis, get_args(Basis)),
        ("comparison", against, get_args(Against)),
        ("interval", method, get_args(PairedMethod)),
        ("test", test, get_args(PairedTest)),
    ):
        if given not in known:
            raise SamspillError(
                f"There is no {what} called {given!r}.", f"Choose one of {', '.join(known)}."
            )
