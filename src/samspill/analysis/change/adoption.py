"""Units that adopt something between waves, beside those that do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from samspill.analysis.change.waves import in_order
from samspill.analysis.results import FieldResult
from samspill.errors import SamspillError
from samspill.statistics.change import difference_in_differences, pattern_cells

if TYPE_CHECKING:
    from samspill.analysis.change.waves import Waves

GROUP = "adoption"
ADOPTED, NEVER, ALWAYS, LEFT, UNKNOWN = "adopted", "never", "always", "left", "unknown"
NO_EARLIER_WAVE = "with two waves nothing shows whether both moved alike before"


@dataclass(frozen=True, slots=True)
class Adoption:
    """Differences in differences by adoption.

    ``result``'s frame: indicator, field, and the columns of
    ``statistics.change.DifferencesInDifferences`` with provenance. ``groups`` counts the followed
    units that adopted between the two waves, never had it, always had it, left it, and those of
    which it is unknown; only the first two are compared. ``untested`` says why the assumption of
    parallel trends is not tested; it is empty where it is.
    """

    result: FieldResult
    groups: dict[str, int]
    untested: str = NO_EARLIER_WAVE


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
    cells = pattern_cells(
        rows, [first, last], key=["indicator", "field", GROUP], weight=weight
    )
    found = difference_in_differences(
        cells,
        first,
        last,
        GROUP,
        adopting=ADOPTED,
        others=NEVER,
        within=["indicator", "field"],
        basis=basis,  # type: ignore[arg-type]
        errors=errors,  # type: ignore[arg-type]
        level=level,
    )
    provenance = [
        waves.provenance(name, field, attribute)
        for name, field in found.frame.select("indicator", "field").iter_rows()
    ]
    frame = in_order(
        found.frame.with_columns(pl.Series("provenance", provenance, dtype=pl.String)),
        names,
        asked,
    )
    title = f"Change from {first} to {last} in units that adopted {attribute}, less that of others"
    return Adoption(FieldResult(frame, title), told)


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
