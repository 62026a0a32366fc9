"""Before anything is published from real answers: can it be turned into small cells?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from samspill.analysis.provenance import OBSERVED
from samspill.errors import SamspillError

if TYPE_CHECKING:
    from samspill.analysis.opened import OpenedStudy
    from samspill.reconstruction import Disclosure

POLICY = "has_policy"
THRESHOLD = 5
PRINTED = (
    "id",
    "source",
    "basis",
    "indicator",
    "field",
    "split",
    "group",
    "statistic",
    "printed",
    "observations",
    "note",
)


def holds_real_answers(study: OpenedStudy) -> bool:
    """Whether any answer was observed, so that a unit, named or not, can be told by its answers.

    Stand-in units of a reconstructed study are nobody.
    """
    known = study.study.provenance["provenance"]
    return known.is_empty() or bool((known == OBSERVED).any())


def publication_table(study: OpenedStudy, splits: Sequence[str] = ()) -> pl.DataFrame:
    """What a report prints of a study, as a table of printed statistics.

    The count of each binary indicator of the answers with its base: per field or for the whole
    unit, in all and in each group of ``splits``. Attributes of the units are not answers.
    """
    attributes = set(study.study.units.columns)
    names = [
        name
        for name, definition in study.definitions.items()
        if study.is_binary(name) and not attributes.issuperset(definition.variables)
    ]
    frames = [pl.DataFrame(schema=dict.fromkeys(PRINTED, pl.String))]
    for split in ["", *splits] if names else []:
        group = pl.col(split).cast(pl.String) if split else pl.lit("")
        cells = study.cells(names, split or None).frame.filter(pl.col("n") > 0)
        frames.append(
            cells.select(
                pl.concat_str(pl.lit(split), group, "outcome", "field", separator="/").alias("id"),
                pl.lit("Report").alias("source"),
                pl.lit("survey").alias("basis"),
                pl.col("outcome").alias("indicator"),
                "field",
                pl.lit(split).alias("split"),
                group.alias("group"),
                pl.lit("count").alias("statistic"),
                pl.col("sum").cast(pl.Int64).cast(pl.String).alias("printed"),
                pl.col("n").cast(pl.String).alias("observations"),
                pl.lit("").alias("note"),
            )
        )
    return pl.concat(frames)


def disclosure(
    study: OpenedStudy, splits: Sequence[str] = (), threshold: int = THRESHOLD
) -> Disclosure:
    """The small cells that a report of the study would give away, and what to coarsen."""
    from samspill.reconstruction import disclosure_check

    return disclosure_check(publication_table(study, splits), threshold=threshold, propose=False)


def published_splits(study: OpenedStudy) -> tuple[str, ...]:
    """The attributes that a report splits results by: those of its printed numbers, and policy."""
    asked = [*study.study.printed["split"].unique(maintain_order=True), POLICY]
    return tuple(dict.fromkeys(name for name in asked if name in study.study.units.columns))


def require_safe(study: OpenedStudy) -> None:
    """Refuse to publish small cells of a study that holds real answers.

    Raises SamspillError naming how many cells, and the first of them.
    """
    if not holds_real_answers(study):
        return
    found = disclosure(study, published_splits(study))
    if found.safe:
        return
    first = found.cells.row(0, named=True) if found.cells.height else {}
    number = found.cells.height
    cells = "1 cell" if number == 1 else f"{number} cells"
    where = " ".join(str(first.get(key) or "") for key in ("indicator", "field", "group")).strip()
    raise SamspillError(
        f"Real answers would be given away in {cells} below {found.threshold}, "
        f"the first in: {where}.",
        "See samspill disclosure STUDY; merge categories or fields, or allow small cells "
        "(--allow-small-cells) once that has been decided.",
    )
