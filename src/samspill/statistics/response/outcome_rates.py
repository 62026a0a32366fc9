"""AAPOR's outcome rates: response, cooperation, refusal and contact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from samspill.errors import SamspillError
from samspill.statistics.response.dispositions import group_of
from samspill.statistics.results import Result

NO_CASES = "no case counts in the denominator"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class OutcomeRates(Result):
    """Outcome rates of a data collection.

    ``frame``: ``rate`` (RR1 … RR6, COOP1 … COOP4, REF1 … REF3, CON1 … CON3), ``numerator``,
    ``denominator`` (with e times the cases of unknown eligibility in RR3, RR4, REF2 and CON2),
    ``value`` (0 to 1; null where the denominator is 0) and ``note``. ``groups`` holds the number
    of cases in each group of dispositions; ``eligibility`` is e, and ``estimated`` whether it was
    estimated from the cases.
    """

    groups: Mapping[str, int]
    eligibility: float
    estimated: bool

    @property
    def heading(self) -> str:
        return f"Outcome rates of {sum(self.groups.values())} cases, e = {self.eligibility:.3f}"

    def value(self, rate: str) -> float | None:
        """One rate by name; None where it has no denominator."""
        found: float | None = self.frame.filter(rate=rate)["value"].item()
        return found


def outcome_rates(cases: Mapping[str, int], *, eligibility: float | None = None) -> OutcomeRates:
    """The outcome rates of cases counted by final disposition code (or by group, see `group_of`).

    ``eligibility`` is e, the share of the cases of unknown eligibility that is eligible. Left out
    it is estimated as among the cases whose eligibility is known (the proportional allocation or
    CASRO method); 1 where no case is known.

    Raises SamspillError for an unknown code, a negative count, and an e outside 0 to 1.
    Source: AAPOR 2016, Standard Definitions, 9th edition, pp. 61–66 (10th edition 2023: the same).
    """
    groups = _groups(cases)
    i, p, r, nc, o, u, ne = (groups[name] for name in ("I", "P", "R", "NC", "O", "U", "NE"))
    eligible = i + p + r + nc + o
    e = _eligibility(eligibility, eligible, ne)
    reached = i + p + r + o
    rates: dict[str, tuple[int, float]] = {
        "RR1": (i, eligible + u),
        "RR2": (i + p, eligible + u),
        "RR3": (i, eligible + e * u),
        "RR4": (i + p, eligible + e * u),
        "RR5": (i, eligible),
        "RR6": (i + p, eligible),
        "COOP1": (i, reached),
        "COOP2": (i + p, reached),
        "COOP3": (i, i + p + r),
        "COOP4": (i + p, i + p + r),
        "REF1": (r, eligible + u),
        "REF2": (r, eligible + e * u),
        "REF3": (r, eligible),
        "CON1": (reached, eligible + u),
        "CON2": (reached, eligible + e * u),
        "CON3": (reached, eligible),
    }
    rows = [
        (name, above, float(below), above / below if below else None, "" if below else NO_CASES)
        for name, (above, below) in rates.items()
    ]
    schema = {
        "rate": pl.String,
        "numerator": pl.Int64,
        "denominator": pl.Float64,
        "value": pl.Float64,
        "note": pl.String,
    }
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return OutcomeRates(frame, groups, e, eligibility is None)


def _groups(cases: Mapping[str, int]) -> dict[str, int]:
    groups = dict.fromkeys(("I", "P", "R", "NC", "O", "U", "NE"), 0)
    for code, number in cases.items():
        if number < 0:
            raise SamspillError(f"There are {number} cases of '{code}'.", "Check the counts.")
        groups[code if code in groups else group_of(code)] += number
    return groups


def _eligibility(given: float | None, eligible: int, not_eligible: int) -> float:
    if given is None:
        known = eligible + not_eligible
        return eligible / known if known else 1.0
    if not 0 <= given <= 1:
        raise SamspillError(
            f"The share of eligible cases is {given}.", "Give a number from 0 to 1."
        )
    return given
