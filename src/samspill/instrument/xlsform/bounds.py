"""A count is never below zero; XLSForm's integer may be, so its constraint says it."""

from __future__ import annotations

from samspill.instrument.expressions import And, Comparison, Expression, Number, Own

_NOT_NEGATIVE = Comparison(">=", Own(), Number(0))


def without_bound(constraint: Expression | None) -> Expression | None:
    """A count's constraint without ``. >= 0`` in front, which the type says already."""
    if constraint == _NOT_NEGATIVE:
        return None
    if isinstance(constraint, And):
        left = without_bound(constraint.left)
        return constraint.right if left is None else And(left, constraint.right)
    return constraint


def with_bound(constraint: Expression | None) -> Expression:
    """A count's constraint with ``. >= 0`` in front, for programs whose integers may be less."""
    return _NOT_NEGATIVE if constraint is None else And(_NOT_NEGATIVE, constraint)
