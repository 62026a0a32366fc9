"""Units that adopt something between waves, beside those that do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from samspill.analysis.change.design import Design
from samspill.analysis.change.waves import in_order
from samspill.analysis.results import FieldResult
from samspill.errors import SamspillError
from samspill.statistics import adjust
from samspill.statistics.change import (
    EventStudy,
    difference_in_differences,
    event_study,
    largest_change_excluded,
    pattern_cells,
    relative_magnitudes,
)

if TYPE_CHECKING:
    from samspill.analysis.change.waves import Waves

GROUP = "adoption"
ADOPTED, NEVER, ALWAYS, LEFT, UNKNOWN = "adopted", "never", "always", "left", "unknown"
NO_EARLIER_WAVE = "with two waves nothing shows whether both moved alike before"


@dataclass(frozen=True, slots=True)
class Adoption:
    """Differences in differences by adoption.

    ``result``'s frame: indicator, field, and the columns of
    ``statistics.change.DifferencesInDifferences`` with provenance. With a wave before also
    ``pre_estimate``, ``pre_low``, ``pre_high``, ``pre_p`` (the same difference before anyone
    adopted), ``excluded`` (the smallest movement before that an equivalence test at 5 % rules
    out) and ``breakdown`` (how many times the movement before parallel trends would have to fail
    by, until the interval holds zero; Rambachan & Roth 2023). ``groups`` counts the followed
    units that adopted between the two waves, never had it, always had it, left it, and those of
    which it is unknown; only the first two are compared. ``untested`` says why the assumption of
    parallel trends is not tested; it is empty where it is.
    """

    result: FieldResult
    groups: dict[str, int]
    untested: str = NO_EARLIER_WAVE

    @property
    def design(self) -> Design:
        """Whether the waves before were held against the assumption, and did not speak against it
        anywhere at 5 % after Holm's correction."""
        if self.untested:
            return Design.ADOPTION
        corrected = adjust(self.result.frame["pre_p"], "holm")
        moved = bool((corrected < 0.05).any())
        return Design.ADOPTION if moved else Design.ADOPTION_TESTED


def adoption(
    waves: Waves,
    indicators: str | Sequence[str],
    attribute: str,
    *,
    adopted: str | None = None,
    before: str | None = None,
    after: str | None = None,
    fields: Sequence[str] | None = None,
    basis: str = "panel",
    errors: str = "welch",
    level: float = 0.95,
    weight: str | None = None,
) -> Adoption:
    """The change of units that adopted between two waves, less that of units that never did.

    ``attribute`` is one of the units that every wave has; ``adopted`` its value with (by default
    the last in order). ``before`` and ``after`` name the waves, by default the last two. Other
    arguments as in ``difference_in_differences``. Raises SamspillError where nobody adopted, or
    nobody is left to compare with.
    """
    names = [indicators] if isinstance(indicators, str) else list(indicators)
    first, last = before or waves.names[-2], after or waves.names[-1]
    for name in (first, last):
        if name not in waves.names:
            raise SamspillError(
                f"There is no wave '{name}'.", f"There are: {', '.join(waves.names)}."
            )
    value = adopted if adopted is not None else waves.last.groups(attribute)[-1]
    groups = adoption_groups(waves, attribute, value, first, last)
    counts = dict(groups["adoption"].value_counts().iter_rows())
    told = {kind: int(counts.get(kind, 0)) for kind in (ADOPTED, NEVER, ALWAYS, LEFT, UNKNOWN)}
    for kind, words in ((ADOPTED, "adopted"), (NEVER, "never had")):
        if not told[kind]:
            raise SamspillError(
                f"No unit that can be followed {words} '{attribute}' from {first} to {last}.",
                "Choose other waves or another attribute.",
            )
    asked = waves.asked(names, fields)
    rows = waves.rows(names, asked, [weight] if weight else []).join(groups, on="unit", how="inner")
    if weight:
        rows = rows.with_columns(pl.col(weight).cast(pl.Float64, strict=False))
    cells = pattern_cells(rows, waves.names, key=["indicator", "field", GROUP], weight=weight)

    def difference(start: str, end: str) -> pl.DataFrame:
        return difference_in_differences(
            cells,
            start,
            end,
            GROUP,
            adopting=ADOPTED,
            others=NEVER,
            within=["indicator", "field"],
            basis=basis,  # type: ignore[arg-type]
            errors=errors,  # type: ignore[arg-type]
            level=level,
        ).frame

    frame = difference(first, last)
    place = waves.names.index(first)
    if place:
        frame = _with_earlier(frame, difference(waves.names[place - 1], first), level)
    provenance = [
        waves.provenance(name, field, attribute)
        for name, field in frame.select("indicator", "field").iter_rows()
    ]
    frame = in_order(
        frame.with_columns(pl.Series("provenance", provenance, dtype=pl.String)), names, asked
    )
    title = f"Change from {first} to {last} in units that adopted {attribute}, less that of others"
    return Adoption(FieldResult(frame, title), told, "" if place else NO_EARLIER_WAVE)


def _with_earlier(frame: pl.DataFrame, earlier: pl.DataFrame, level: float) -> pl.DataFrame:
    """``frame`` with the same difference between the two waves before, and what it says."""
    before = earlier.select(
        "indicator",
        "field",
        pl.col("estimate").alias("pre_estimate"),
        pl.col("standard_error").alias("pre_error"),
        pl.col("low").alias("pre_low"),
        pl.col("high").alias("pre_high"),
        pl.col("p").alias("pre_p"),
    )
    joined = frame.join(before, on=["indicator", "field"], how="left", maintain_order="left")
    rows = joined.select("estimate", "standard_error", "pre_estimate", "pre_error").iter_rows()
    excluded, breakdown = [], []
    for estimate, error, pre, pre_error in rows:
        known = None not in (pre, pre_error)
        excluded.append(largest_change_excluded(pre, pre_error) if known else None)
        bound = None
        if None not in (estimate, error, pre):
            bound = relative_magnitudes(estimate, error, {-2: pre}, level=level).breakdown
        breakdown.append(bound)
    return joined.drop("pre_error").with_columns(
        pl.Series("excluded", excluded, dtype=pl.Float64),
        pl.Series("breakdown", breakdown, dtype=pl.Float64),
    )


def staggered(
    waves: Waves,
    indicator: str,
    attribute: str,
    *,
    field: str = "",
    adopted: str | None = None,
    estimator: str = "saturated",
    level: float = 0.95,
) -> EventStudy:
    """An event study over all waves in one field, by the wave in which each unit first had it.

    Units that gave it up, and those of which it is unknown in a wave, are left out. Arguments and
    errors as in ``statistics.change.event_study``.
    """
    value = adopted if adopted is not None else waves.last.groups(attribute)[-1]
    has = waves.attribute_by_wave(attribute).drop_nulls()
    begins = []
    for unit, *values in has.iter_rows():
        course = [each == value for each in values]
        if course == sorted(course):
            begins.append((unit, course.index(True) if any(course) else None))
    first = pl.DataFrame(begins, schema={"unit": pl.String, "adopted": pl.Int64}, orient="row")
    wide = waves.rows([indicator], [field]).join(first, on="unit", how="inner")
    places = {name: place for place, name in enumerate(waves.names)}
    long = wide.unpivot(
        on=list(waves.names), index=["unit", "adopted"], variable_name="wave", value_name="y"
    ).with_columns(pl.col("wave").replace_strict(places, return_dtype=pl.Int64).alias("period"))
    return event_study(long.drop_nulls("y"), "y", estimator=estimator, level=level)  # type: ignore[arg-type]


def adoption_groups(
    waves: Waves, attribute: str, value: str, before: str, after: str
) -> pl.DataFrame:
    """``unit`` (followed) and ``adoption``: adopted, never, always, left or unknown."""
    has = waves.attribute_by_wave(attribute)
    one, other = pl.col(before) == value, pl.col(after) == value
    return has.select(
        "unit",
        pl.when(one.is_null() | other.is_null())
        .then(pl.lit(UNKNOWN))
        .when(~one & other)
        .then(pl.lit(ADOPTED))
        .when(~one & ~other)
        .then(pl.lit(NEVER))
        .when(one & other)
        .then(pl.lit(ALWAYS))
        .otherwise(pl.lit(LEFT))
        .alias(GROUP),
    )
