"""Change between two waves, and the change of those that adopt beside that of the others.

Every unit has a pattern of answers over the waves, with known chances. With parallel trends those
that adopt would have moved as the others did; in the last situation they would not, and no method
can know.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from benchmarks.simulation.judging import Row, judged
from benchmarks.simulation.population import Floats, Whole
from samspill.statistics import Cells
from samspill.statistics.change import changes, difference_in_differences

CHANGE, DID = "A change between two waves", "A difference in differences"
BEFORE, AFTER, TURNOVER = 0.40, 0.50, 0.30
BOTH, ONLY_BEFORE, ONLY_AFTER = 120, 121, 100
ADOPTING, OTHERS, ADDED, OWN_WAY = 60, 120, 0.15, 0.10
WAVES = ("before", "after")
SLOW = 2


def run(draws: int, random: np.random.Generator) -> list[Row]:
    return [*_changes(draws, random), *_adoption(max(draws // SLOW, 1), random)]


def patterns(before: float, after: float, turnover: float) -> list[float]:
    """The chances of 1 and 1, 0 and 1, 1 and 0, 0 and 0."""
    gained = (turnover + after - before) / 2
    lost = turnover - gained
    return [before - lost, gained, lost, 1 - before - gained]


ANSWERS = ((1.0, 1.0), (0.0, 1.0), (1.0, 0.0), (0.0, 0.0))


def _changes(draws: int, random: np.random.Generator) -> list[Row]:
    both = random.multinomial(BOTH, patterns(BEFORE, AFTER, TURNOVER), draws)
    first = random.multinomial(ONLY_BEFORE, [BEFORE, 1 - BEFORE], draws)
    last = random.multinomial(ONLY_AFTER, [AFTER, 1 - AFTER], draws)
    one_only = ((1.0, None), (0.0, None), (None, 1.0), (None, 0.0))
    panel = _cells(both, ANSWERS)
    mixed = _cells(np.hstack([both, first, last]), (*ANSWERS, *one_only))
    place = f"{BOTH} units in both waves"
    rows = []
    for method, name in {"newcombe": "Newcombe, pairs", "tango": "Tango, pairs"}.items():
        frame = changes(panel, WAVES, within="draw", method=method).frame  # type: ignore[arg-type]
        rows.append(_row(CHANGE, place, name, frame, "difference", AFTER - BEFORE))
    place = f"{BOTH} units in both, {ONLY_BEFORE} in the first alone, {ONLY_AFTER} in the second"
    frame = changes(mixed, WAVES, within="draw").frame
    rows.append(_row(CHANGE, place, "all answers, overlap counted", frame, "difference", 0.10))
    frame = changes(mixed, WAVES, within="draw", basis="panel").frame
    rows.append(_row(CHANGE, place, "those in both alone", frame, "difference", 0.10))
    return rows


def _adoption(draws: int, random: np.random.Generator) -> list[Row]:
    others = random.multinomial(OTHERS, patterns(0.40, 0.45, 0.25), draws)
    rows = []
    for situation, own in {
        f"{ADOPTING} adopt, {OTHERS} do not, parallel trends": 0.0,
        f"the same, but adopters would have risen by {100 * OWN_WAY:.0f} points more": OWN_WAY,
    }.items():
        chances = patterns(0.45, 0.50 + ADDED + own, 0.30 + own)
        adopting = random.multinomial(ADOPTING, chances, draws)
        counts = np.hstack([adopting, others])
        groups = ["yes"] * len(ANSWERS) + ["no"] * len(ANSWERS)
        cells = _cells(counts, ANSWERS * 2, groups)
        for errors, name in {"welch": "Welch", "cluster": "clustered by unit"}.items():
            frame = difference_in_differences(
                cells,
                *WAVES,
                "group",
                adopting="yes",
                others="no",
                within="draw",
                errors=errors,  # type: ignore[arg-type]
            ).frame
            rows.append(_row(DID, situation, name, frame, "estimate", ADDED))
    return rows


def _cells(
    counts: Whole, answers: Sequence[tuple[float | None, float | None]], groups: Sequence[str] = ()
) -> Cells:
    """Pattern cells with the draw in the key; ``counts`` of shape (draws, patterns)."""
    draws = len(counts)
    parts = {
        "draw": np.repeat(np.arange(draws), counts.shape[1]),
        **({"group": list(groups) * draws} if groups else {}),
        "before": pl.Series([one for one, _ in answers] * draws, dtype=pl.Float64),
        "after": pl.Series([other for _, other in answers] * draws, dtype=pl.Float64),
    }
    frame = pl.DataFrame({**parts, "outcome": "units", "n": counts.ravel(), "sum": counts.ravel()})
    return Cells.from_counts(frame.filter(pl.col("n") > 0), tuple(parts))


def _row(
    question: str, situation: str, method: str, frame: pl.DataFrame, estimate: str, truth: float
) -> Row:
    ends: dict[str, Floats] = {name: frame[name].to_numpy() for name in ("low", "high")}
    return judged(question, situation, method, estimate=frame[estimate], truth=truth, **ends)
