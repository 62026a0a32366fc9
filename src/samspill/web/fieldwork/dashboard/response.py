"""Outcome rates, response by attribute and representativity of a collection, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from samspill.errors import SamspillError
from samspill.statistics.response import (
    OutcomeRates,
    Representativity,
    ResponseBy,
    outcome_rates,
    representativity,
    response_by,
)
from samspill.web.fieldwork.dashboard.groups import OUTCOME, Grouping, response_cells
from samspill.web.fieldwork.outcomes import LABELS, Standing, count_dispositions
from samspill.web.pages.templatetags.samspill import p_value

RATES = ("RR1", "RR2", "RR3", "RR4", "RR5", "RR6")
OTHERS = ("COOP1", "COOP2", "REF1", "CON1")


@dataclass(frozen=True, slots=True)
class Case:
    """How many respondents ended with a disposition."""

    code: str
    label: str | Promise
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """Response in a group of units. ``start``, ``point`` and ``width`` place the share and its
    interval on a line of 100."""

    value: str
    label: str
    n: int
    count: int
    share: float
    low: float
    high: float

    @property
    def start(self) -> str:
        return f"{100 * self.low:.1f}"

    @property
    def point(self) -> str:
        return f"{99 * self.share:.1f}"

    @property
    def width(self) -> str:
        return f"{100 * (self.high - self.low):.1f}"


@dataclass(frozen=True, slots=True)
class ByAttribute:
    """Response by an attribute, with the test of whether it matters."""

    grouping: Grouping
    groups: tuple[Group, ...]
    result: ResponseBy

    @property
    def p(self) -> str:
        """“= 0.03”, or “< 0.0001” where it is that small."""
        said = p_value(self.result.p) if self.result.p is not None else ""
        return said if said.startswith("<") else f"= {said}"


@dataclass(frozen=True, slots=True)
class Partial:
    """The partial indicators of a category; ``below`` where it surely responds too rarely."""

    attribute: str
    attribute_label: str
    value: str
    label: str
    n: int
    response_rate: float
    unconditional: float
    low: float
    high: float
    conditional: float

    @property
    def below(self) -> bool:
        return self.high < 0


@dataclass(frozen=True, slots=True)
class Balance:
    """Representativity, or why nothing can be said of it (``reason``)."""

    result: Representativity | None
    variables: tuple[Mapping[str, object], ...] = ()
    partials: tuple[Partial, ...] = ()
    reason: str = ""

    @property
    def row(self) -> Mapping[str, object]:
        return self.result.frame.row(0, named=True) if self.result else {}

    @property
    def weakest(self) -> Partial | None:
        """The category that responds most too rarely, where that is beyond chance."""
        below = [each for each in self.partials if each.below]
        return min(below, key=lambda each: each.unconditional, default=None)


def cases(found: Sequence[Standing]) -> list[Case]:
    """Respondents by disposition."""
    counted = count_dispositions(found)
    return [Case(code, LABELS[code], count) for code, count in counted.items()]


def rates(found: Sequence[Standing]) -> OutcomeRates:
    """The outcome rates as they stand now."""
    return outcome_rates(count_dispositions(found))


def by_attribute(found: Sequence[Standing], grouped: Sequence[Grouping]) -> list[ByAttribute]:
    """Response by each attribute that is known also of units that have not answered."""
    return [_by(found, each) for each in grouped if each.informative]


def _by(found: Sequence[Standing], grouping: Grouping) -> ByAttribute:
    result = response_by(response_cells(found, [grouping]), OUTCOME, grouping.column)
    rows = {row["group"]: row for row in result.frame.iter_rows(named=True)}
    groups = tuple(
        Group(value, label, *(rows[value][name] for name in ("n", "count", "share", "low", "high")))
        for value, label in grouping.labels.items()
        if value in rows
    )
    return ByAttribute(grouping, groups, result)


def balance(found: Sequence[Standing], grouped: Sequence[Grouping]) -> Balance:
    """The R-indicator over the given attributes, and partial ones."""
    told = {each.column: each for each in grouped if each.informative}
    if not told:
        return Balance(None)
    cells = response_cells(found, list(told.values()))
    try:
        result = representativity(cells, OUTCOME, list(told))
    except SamspillError as error:
        return Balance(None, reason=str(error))
    variables = tuple(
        {**row, "label": told[row["variable"]].label}
        for row in result.variables.sort("unconditional", descending=True).iter_rows(named=True)
    )
    return Balance(result, variables, tuple(_partials(result, told)))


def _partials(result: Representativity, told: Mapping[str, Grouping]) -> list[Partial]:
    rows = result.categories.sort("unconditional").iter_rows(named=True)
    return [
        Partial(
            told[row["variable"]].identifier,
            told[row["variable"]].label,
            row["category"],
            told[row["variable"]].labels.get(row["category"], row["category"]),
            row["n"],
            row["response_rate"],
            row["unconditional"],
            row["low"],
            row["high"],
            row["conditional"],
        )
        for row in rows
    ]
