"""What those who did not answer could do to a study's weighted numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from samspill.analysis import weighted_numbers
from samspill.analysis.weighting import weighted_differences, weighted_shares
from samspill.statistics.sensitivity import WeightedGroup, weighted_shift, weighted_tipping

if TYPE_CHECKING:
    from samspill.analysis.opened import OpenedStudy

TIPPING: dict[str, type[pl.DataType]] = {
    "share_reference_weighted": pl.Float64,
    "share_comparison_weighted": pl.Float64,
    "difference_weighted": pl.Float64,
    "low_weighted": pl.Float64,
    "high_weighted": pl.Float64,
    "clear_weighted": pl.Boolean,
    "silent_share_reference_weighted": pl.Float64,
    "silent_share_comparison_weighted": pl.Float64,
    "shift_interval_weighted": pl.Float64,
    "silent_difference_interval_weighted": pl.Float64,
    "shift_sign_weighted": pl.Float64,
    "silent_difference_sign_weighted": pl.Float64,
    "note_weighted": pl.String,
}
BOUNDS: dict[str, type[pl.DataType]] = {
    "share_weighted": pl.Float64,
    "low_weighted": pl.Float64,
    "high_weighted": pl.Float64,
    "silent_share_weighted": pl.Float64,
    "shift_interval_weighted": pl.Float64,
    "shift_side_weighted": pl.Float64,
    "note_weighted": pl.String,
}
KEYS: dict[str, type[pl.DataType]] = {"indicator": pl.String, "field": pl.String}


def tipping(
    study: OpenedStudy,
    names: Sequence[str],
    by: str,
    fields: Sequence[str],
    groups: tuple[str, str],
    sizes: tuple[dict[Any, int], int],
    level: float,
) -> pl.DataFrame:
    """Weighted differences with their tipping points; columns indicator, field and TIPPING.

    ``sizes`` are the units of the frame known to be in each group, and how many are in none that
    is known: these fall on the groups as the weights do.
    """
    asked = weighted_numbers.answered(study, names)
    if not asked:
        return pl.DataFrame(schema=KEYS | TIPPING)
    found = weighted_differences(study, asked, by, fields, groups, level)
    cells = {
        (row["outcome"], row["field"], row[by]): row
        for row in weighted_numbers.sums(study, study.frame, asked, by, fields).frame.to_dicts()
        if row["n"]
    }
    rows = []
    for row in found.to_dicts():
        reference, comparison = (cells[row["indicator"], row["field"], group] for group in groups)
        whole = _sizes((reference, comparison), groups, sizes)
        tip = weighted_tipping(
            _group(reference, row["share_reference_weighted"], whole[0]),
            _group(comparison, row["share_comparison_weighted"], whole[1]),
            row["low_weighted"],
            row["high_weighted"],
        )
        told = {name: row[name] for name in (*KEYS, *TIPPING) if name in row}
        rows.append(
            told
            | {
                "clear_weighted": row["low_weighted"] > 0 or row["high_weighted"] < 0,
                "silent_share_reference_weighted": tip.silent_share_reference,
                "silent_share_comparison_weighted": tip.silent_share_comparison,
                "shift_interval_weighted": tip.shift_interval,
                "silent_difference_interval_weighted": tip.silent_difference_interval,
                "shift_sign_weighted": tip.shift_sign,
                "silent_difference_sign_weighted": tip.silent_difference_sign,
                "note_weighted": tip.note,
            }
        )
    return pl.DataFrame(rows, schema=KEYS | TIPPING)


def bounds(
    study: OpenedStudy,
    names: Sequence[str],
    fields: Sequence[str],
    threshold: float,
    level: float,
) -> pl.DataFrame:
    """Weighted shares with what would bring them to ``threshold``; indicator, field and BOUNDS."""
    asked = weighted_numbers.answered(study, names)
    if not asked:
        return pl.DataFrame(schema=KEYS | BOUNDS)
    found = weighted_shares(study, study.frame, asked, None, fields, level)
    cells = {
        (row["outcome"], row["field"]): row
        for row in weighted_numbers.sums(study, study.frame, asked, None, fields).frame.to_dicts()
    }
    population = float(study.study.population_size)
    rows = []
    for row in found.filter(pl.col("share_weighted").is_not_null()).to_dicts():
        group = _group(cells[row["indicator"], row["field"]], row["share_weighted"], population)
        shift = weighted_shift(group, row["low_weighted"], row["high_weighted"], threshold)
        told = {name: row[name] for name in (*KEYS, *BOUNDS) if name in row}
        rows.append(
            told
            | {
                "silent_share_weighted": shift.silent_share,
                "shift_interval_weighted": shift.shift_interval,
                "shift_side_weighted": shift.shift_side,
                "note_weighted": shift.note,
            }
        )
    return pl.DataFrame(rows, schema=KEYS | BOUNDS)


def _group(cell: dict[str, Any], weighted: float, size: float) -> WeightedGroup:
    return WeightedGroup(cell["n"], cell["sum"] / cell["n"], weighted, size)


def _sizes(
    cells: Sequence[dict[str, Any]], groups: Sequence[str], sizes: tuple[dict[Any, int], int]
) -> list[float]:
    """How many units of the frame each group has; those of unknown group by the weights."""
    known, unknown = sizes
    if not unknown:
        return [float(known[group]) for group in groups]
    everyone = sum(known[group] for group in groups) + unknown
    part = cells[0]["sum_w"] / sum(cell["sum_w"] for cell in cells)
    least, most = known[groups[0]], known[groups[0]] + unknown
    first = min(max(everyone * part, least), most)
    return [first, everyone - first]
