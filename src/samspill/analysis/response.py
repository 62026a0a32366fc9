"""Who answered a study, by what is known of every unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from samspill.analysis.weighting import RESPONDED, response_cells
from samspill.errors import SamspillError
from samspill.statistics.response import (
    Propensities,
    Representativity,
    ResponseBy,
    representativity,
    response_by,
    response_propensities,
)
from samspill.statistics.results import Result

if TYPE_CHECKING:
    from samspill.analysis.opened import OpenedStudy

TOLD_BY_ANSWERING = ("mode",)
MOST_CATEGORIES = 30


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class StudyResponse(Result):
    """Who answered.

    ``frame``, one row per attribute and category: ``attribute``, and the columns of
    ``statistics.response.ResponseBy``. ``by`` holds these results by attribute.
    ``representativity`` and ``propensities`` are over ``known``, the attributes that every unit
    has; None where there is none that tells units apart. ``unknown`` are attributes that are not
    known of all units, so that nothing can be said by them.
    """

    units: int
    responded: int
    by: dict[str, ResponseBy] = field(repr=False)
    known: tuple[str, ...]
    unknown: tuple[str, ...]
    representativity: Representativity | None = field(repr=False)
    propensities: Propensities | None = field(repr=False)

    @property
    def heading(self) -> str:
        rate = 100 * self.responded / self.units
        return f"{self.responded} of {self.units} units responded, {rate:.1f} %"


def study_response(study: OpenedStudy, attributes: Sequence[str], level: float) -> StudyResponse:
    """See ``StudyAnalysis.response``."""
    wanted = list(attributes) or candidates(study)
    for name in wanted:
        if name not in study.study.units.columns:
            raise SamspillError(
                f"The units have no attribute '{name}'.",
                f"They have: {', '.join(c for c in study.study.units.columns if c != 'unit')}.",
            )
    known = tuple(name for name in wanted if known_of_all(study, name))
    by = {}
    for name in known:
        cells = response_cells(study.study, [name])
        by[name] = response_by(cells, RESPONDED, name, level=level)
    telling = [name for name in known if by[name].frame.height > 1]
    whole = response_cells(study.study, telling) if telling else None
    alike = study.respondents in {0, study.study.units.height}
    frames = [
        found.frame.select(pl.lit(name).alias("attribute"), pl.all()) for name, found in by.items()
    ]
    return StudyResponse(
        pl.concat(frames) if frames else pl.DataFrame(),
        units=study.study.population_size,
        responded=study.respondents,
        by=by,
        known=known,
        unknown=tuple(name for name in wanted if name not in known),
        representativity=(
            representativity(whole, RESPONDED, telling, level=level)
            if whole is not None and not alike
            else None
        ),
        propensities=(
            response_propensities(whole, RESPONDED, telling, level=level)
            if whole is not None and not alike
            else None
        ),
    )


def candidates(study: OpenedStudy) -> list[str]:
    """Attributes of the units that could tell who answered: in categories, and not themselves
    told by answering."""
    own = study.study
    types = dict(own.variables.select("variable", "type").iter_rows())
    told = {"unit", own.response_attribute, *TOLD_BY_ANSWERING}
    return [
        name
        for name in own.units.columns
        if name not in told
        and types.get(name, "nominal") in {"binary", "ordinal", "nominal"}
        and own.units[name].n_unique() <= MOST_CATEGORIES
    ]


def known_of_all(study: OpenedStudy, attribute: str) -> bool:
    """Whether every unit of the frame has a value of the attribute."""
    units = study.study.units
    return units.height == study.study.population_size and not units[attribute].null_count()
