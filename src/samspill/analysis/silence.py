"""What those who did not answer could change, asked of a study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from samspill.analysis import families, weighted_silence
from samspill.analysis.results import FieldResult
from samspill.errors import SamspillError
from samspill.statistics import sensitivity

if TYPE_CHECKING:
    from samspill.analysis.opened import OpenedStudy

POLICY = "has_policy"


def tipping(
    study: OpenedStudy, names: Sequence[str], by: str, fields: Sequence[str], level: float
) -> FieldResult:
    """See ``StudyAnalysis.sensitivity``."""
    reference, comparison = families.two_groups(study, by)
    cells = study.cells(names, by)
    title = f"How different would the silent have to be? {comparison} less {reference} of {by}"
    present = set(cells.frame[by])
    if not {reference, comparison} <= present:
        raise SamspillError(
            f"Only one group of '{by}' has answers.", "Choose an attribute whose groups answered."
        )
    population, unknown = frame_sizes(study, by)
    found = sensitivity.tipping_points(
        cells.where(field=list(fields)),
        by,
        population,
        unknown=unknown,
        reference=reference,
        within="field",
        level=level,
    ).frame.rename({"outcome": "indicator"})
    shown = _in_order(study, found, names, fields, by)
    if study.weighting is not None:
        beside = weighted_silence.tipping(
            study, names, by, fields, (reference, comparison), (population, unknown), level
        )
        shown = _beside(shown, beside)
    return FieldResult(shown, title)


def bounds(
    study: OpenedStudy,
    names: Sequence[str],
    fields: Sequence[str],
    threshold: float,
    level: float,
) -> FieldResult:
    """See ``StudyAnalysis.sensitivity``."""
    found = sensitivity.share_bounds(
        study.cells(names).where(field=list(fields)),
        study.study.population_size,
        within="field",
        threshold=threshold,
        level=level,
    ).frame.rename({"outcome": "indicator"})
    title = f"Shares of {', '.join(names)} whatever the silent are"
    shown = _in_order(study, found, names, fields, None)
    if study.weighting is not None:
        shown = _beside(shown, weighted_silence.bounds(study, names, fields, threshold, level))
    return FieldResult(shown, title)


def _beside(shown: pl.DataFrame, beside: pl.DataFrame) -> pl.DataFrame:
    """The columns of the weighted numbers to the right of the unweighted ones."""
    return shown.join(beside, on=["indicator", "field"], how="left", maintain_order="left")


def frame_sizes(study: OpenedStudy, by: str) -> tuple[dict[Any, int], int]:
    """How many units of the frame are known to be in each group of ``by``, and how many are in
    none that is known."""
    known = study.study.units[by].drop_nulls()
    sizes = dict(known.value_counts().iter_rows())
    return {group: sizes.get(group, 0) for group in study.groups(by)}, (
        study.study.population_size - known.len()
    )


@dataclass(frozen=True, slots=True)
class Condition:
    """What a difference between two groups rests on, where not everyone answered.

    ``holds`` says how firmly: ``always`` (no answers of the silent turn the sign), ``sign`` (the
    interval has no zero, and the silent would have to be as told to bring it there or to turn the
    sign), ``open`` (the interval holds zero already) or ``all answered``. Numbers are those of a
    row of ``StudyAnalysis.sensitivity``.
    """

    indicator: str
    field: str
    holds: str
    silent: int
    row: dict[str, Any]

    @property
    def alike_suffices(self) -> bool:
        """Whether the interval has no zero even if the groups are alike among the silent."""
        tip = self.row["silent_difference_interval"]
        return bool(self.row["clear"]) and (tip is None or tip * self.row["difference"] <= 0)


def conditions(study: OpenedStudy, indicator: str, field: str, by: str = POLICY) -> Condition:
    """The condition under which a difference between the groups of ``by`` holds."""
    rows = study.answered.once(
        ("condition", indicator, field, by),
        lambda: tipping(study, [indicator], by, [field], 0.95),
    ).frame
    row = rows.row(0, named=True)
    if not row["silent"]:
        holds = "all answered"
    elif not row["clear"]:
        holds = "open"
    elif row["shift_sign_least"] is None:
        holds = "always"
    else:
        holds = "sign"
    return Condition(indicator, field, holds, row["silent"], row)


def _in_order(
    study: OpenedStudy,
    frame: pl.DataFrame,
    names: Sequence[str],
    fields: Sequence[str],
    by: str | None,
) -> pl.DataFrame:
    provenance = [
        study.provenance.of_number(name, field, by)
        for name, field in frame.select("indicator", "field").iter_rows()
    ]
    ranks = [
        pl.col(column).replace_strict(
            {value: place for place, value in enumerate(values)}, return_dtype=pl.Int64
        )
        for column, values in (("indicator", names), ("field", fields))
    ]
    return frame.with_columns(pl.Series("provenance", provenance, dtype=pl.String)).sort(*ranks)
