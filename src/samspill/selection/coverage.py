"""What a selection of cases covers of the categories of its attributes, and what it misses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from samspill.errors import Message, SamspillError
from samspill.selection.attributes import UNIT, Attribute, attributes_of, codes
from samspill.selection.distances import gower
from samspill.statistics.results import Result

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEPARATOR = "; "


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Coverage(Result):
    """What some cases cover. ``frame`` has a row a category:

    ``attribute``, ``category``, ``order`` (from 0), ``units`` (how many units of the frame have it;
    null where only the categories are known), ``cases`` (how many cases have it), ``names`` (those
    cases, with ``; `` between), ``covered``.

    ``pairs`` has a row for every two categories of different attributes: ``attribute``,
    ``category``, ``other``, ``other_category``, ``units``, ``cases``, ``covered``. With a frame they
    are the pairs that some unit has; without one, all that can be written down.

    ``mean_distance`` is the mean over the frame's units of Gower's distance to the nearest case,
    ``alike`` the number of units that share every category with some case; None without a frame.
    ``missing`` counts the units that lack each attribute.
    """

    pairs: pl.DataFrame
    cases: tuple[str, ...]
    attributes: tuple[Attribute, ...]
    population: int | None
    mean_distance: float | None
    alike: int | None
    missing: Mapping[str, int]

    @property
    def heading(self) -> str:
        return f"Coverage of {len(self.cases)} cases"

    @property
    def categories_covered(self) -> tuple[int, int]:
        """How many categories are covered, of how many."""
        return int(self.frame["covered"].sum()), self.frame.height

    @property
    def pairs_covered(self) -> tuple[int, int]:
        """How many pairs of categories are covered, of how many."""
        return int(self.pairs["covered"].sum()), self.pairs.height

    @property
    def missed(self) -> tuple[tuple[str, str], ...]:
        """Attribute and category of all that no case has."""
        left = self.frame.filter(~pl.col("covered"))
        return tuple(left.select("attribute", "category").iter_rows())


@dataclass(frozen=True, slots=True)
class Elements:
    """What can be covered: categories and pairs of them, and which units have each.

    ``categories`` and ``pairs`` have a row an element and a column a unit.
    """

    category_keys: tuple[tuple[int, int], ...]
    pair_keys: tuple[tuple[int, int], ...]
    categories: NDArray[np.bool_]
    pairs: NDArray[np.bool_]
    category_weights: NDArray[np.float64]
    pair_weights: NDArray[np.float64]


def coverage(
    frame: pl.DataFrame,
    cases: Sequence[str],
    attributes: Sequence[Attribute] | Sequence[str],
    *,
    only_cases: bool = False,
) -> Coverage:
    """What ``cases`` cover.

    Args:
        frame: one row a unit, with ``unit`` and the attributes.
        cases: units chosen.
        attributes: names of columns, or attributes with their kinds and classes.
        only_cases: the frame holds the cases and no other unit. Coverage is then of the categories
            that can be, as the attributes give them, and says nothing of how many units have each.

    Raises SamspillError where a case is not in the frame, or an attribute unknown.
    """
    frame = checked_frame(frame)
    found = as_attributes(frame, attributes)
    units = frame[UNIT].to_list()
    unknown = next((case for case in cases if case not in units), None)
    if unknown is not None:
        raise SamspillError(
            Message("There is no unit “{unit}” in the frame.", unit=unknown),
            "Write it as the frame does.",
        )
    chosen = np.isin(units, list(cases))
    elements = elements_of(frame, found, possible=only_cases)
    names = np.array(units)
    rows = [
        (
            found[a].name,
            found[a].categories[c],
            c,
            None if only_cases else int(marked.sum()),
            int((marked & chosen).sum()),
            SEPARATOR.join(names[marked & chosen]),
            bool((marked & chosen).any()),
        )
        for (a, c), marked in zip(elements.category_keys, elements.categories, strict=True)
    ]
    schema = {
        "attribute": pl.String, "category": pl.String, "order": pl.Int64, "units": pl.Int64,
        "cases": pl.Int64, "names": pl.String, "covered": pl.Boolean,
    }  # fmt: skip
    nearest = None
    alike = None
    if not only_cases and chosen.any():
        nearest = float(gower(frame, found)[:, chosen].min(axis=1).mean())
        alike = _alike(frame, found, chosen)
    return Coverage(
        frame=pl.DataFrame(rows, schema=schema, orient="row"),
        pairs=_pair_frame(elements, found, chosen, only_cases=only_cases),
        cases=tuple(cases),
        attributes=found,
        population=None if only_cases else frame.height,
        mean_distance=nearest,
        alike=alike,
        missing={a.name: int(codes(frame, a).null_count()) for a in found},
    )


def checked_frame(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame whose units are named once each, as text."""
    if UNIT not in frame.columns:
        raise SamspillError(
            "The frame has no column “unit”.", "Name the column that holds the units “unit”."
        )
    frame = frame.with_columns(pl.col(UNIT).cast(pl.String))
    if frame[UNIT].null_count():
        raise SamspillError("A unit of the frame has no name.", "Give every row a unit.")
    doubled = frame[UNIT].filter(frame[UNIT].is_duplicated())
    if doubled.len():
        raise SamspillError(
            Message("The unit “{unit}” stands in the frame twice.", unit=doubled[0]),
            "Keep one row for each unit.",
        )
    return frame


def as_attributes(
    frame: pl.DataFrame, attributes: Sequence[Attribute] | Sequence[str]
) -> tuple[Attribute, ...]:
    """Attributes as they are, or made from names."""
    if not attributes:
        raise SamspillError(
            "No attribute was named to choose by.", "Name at least one attribute of the units."
        )
    given = [a for a in attributes if isinstance(a, Attribute)]
    named = {a.name: a for a in attributes_of(frame, [a for a in attributes if isinstance(a, str)])}
    attributes_of(frame, [a.name for a in given if a.kind == "nominal"])
    return tuple(a if isinstance(a, Attribute) else named[a] for a in (*given, *named))


def elements_of(
    frame: pl.DataFrame, attributes: Sequence[Attribute], *, possible: bool = False
) -> Elements:
    """The categories and pairs that some unit has, or with ``possible`` all that can be."""
    marks = []
    for attribute in attributes:
        places = codes(frame, attribute)
        marks.append(
            np.array([(places == c).fill_null(value=False).to_numpy()
                      for c in range(len(attribute.categories))])
        )  # fmt: skip
    keys = [
        (a, c) for a, marked in enumerate(marks) for c in range(len(marked))
        if possible or marked[c].any()
    ]  # fmt: skip
    categories = np.array([marks[a][c] for a, c in keys]).reshape(len(keys), frame.height)
    pair_keys = [
        (i, j)
        for i, (a, _) in enumerate(keys)
        for j, (b, _) in enumerate(keys)
        if a < b and (possible or (categories[i] & categories[j]).any())
    ]
    pairs = np.array([categories[i] & categories[j] for i, j in pair_keys])
    weights = np.array([attributes[a].weight for a, _ in keys], float)
    return Elements(
        tuple(keys),
        tuple(pair_keys),
        categories,
        pairs.reshape(len(pair_keys), frame.height),
        weights,
        np.array([weights[i] * weights[j] for i, j in pair_keys], float),
    )


def _pair_frame(
    elements: Elements,
    attributes: Sequence[Attribute],
    chosen: NDArray[np.bool_],
    *,
    only_cases: bool,
) -> pl.DataFrame:
    rows = []
    for (i, j), marked in zip(elements.pair_keys, elements.pairs, strict=True):
        (a, c), (b, d) = elements.category_keys[i], elements.category_keys[j]
        rows.append(
            (attributes[a].name, attributes[a].categories[c], attributes[b].name,
             attributes[b].categories[d], None if only_cases else int(marked.sum()),
             int((marked & chosen).sum()), bool((marked & chosen).any()))
        )  # fmt: skip
    schema = {
        "attribute": pl.String, "category": pl.String, "other": pl.String,
        "other_category": pl.String, "units": pl.Int64, "cases": pl.Int64, "covered": pl.Boolean,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _alike(
    frame: pl.DataFrame, attributes: Sequence[Attribute], chosen: NDArray[np.bool_]
) -> int:
    profiles = list(zip(*(codes(frame, a).to_list() for a in attributes), strict=True))
    had = {profile for profile, inside in zip(profiles, chosen, strict=True) if inside}
    return sum(profile in had for profile in profiles)
