"""The rules by which an indicator's value follows from the variables it reads.

Each rule takes the definition's variables as Polars expressions and gives one expression. A value
is missing where the answers do not decide it: a union is 1 as soon as one variable is 1, 0 only
where all are answered with 0, and missing otherwise (three-valued logic, Kleene 1952).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class RuleInput:
    """What a rule may look at.

    ``expressions``: one per variable read. ``values``: the values looked for (``any_of``).
    ``top``: the highest value of the first variable's categories, None where it has none.
    ``numbers``: whether the first variable is read as a number.
    """

    expressions: Sequence[pl.Expr]
    values: Sequence[str] = ()
    top: float | None = None
    numbers: bool = True


def _variable(given: RuleInput) -> pl.Expr:
    return given.expressions[0]


def _union(given: RuleInput) -> pl.Expr:
    return pl.any_horizontal(*[e == 1 for e in given.expressions]).cast(pl.Int64)


def _any_of(given: RuleInput) -> pl.Expr:
    first = given.expressions[0]
    if given.numbers:
        return first.cast(pl.Float64).is_in([float(v) for v in given.values]).cast(pl.Int64)
    return first.is_in(list(given.values)).cast(pl.Int64)


def _count(given: RuleInput) -> pl.Expr:
    ones = pl.sum_horizontal(*[(e == 1).cast(pl.Int64) for e in given.expressions])
    answered = pl.any_horizontal(*[e.is_not_null() for e in given.expressions])
    return pl.when(answered).then(ones)


def _top_category(given: RuleInput) -> pl.Expr:
    return (given.expressions[0] == given.top).cast(pl.Int64)


def _answered(given: RuleInput) -> pl.Expr:
    return pl.any_horizontal(*[e.is_not_null() for e in given.expressions]).cast(pl.Int64)


RULES: dict[str, Callable[[RuleInput], pl.Expr]] = {
    "variable": _variable,
    "union": _union,
    "any_of": _any_of,
    "count": _count,
    "top_category": _top_category,
    "answered": _answered,
}
