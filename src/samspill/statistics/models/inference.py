"""Tests and intervals from estimates and standard errors, as a tidy frame."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.intervals import normal_quantile, require_level
from samspill.statistics.significance import stars, two_sided_p

Floats = NDArray[np.float64]


def critical_value(level: float, degrees_of_freedom: float | None = None) -> float:
    """The two-sided quantile of the normal, or of t with ``degrees_of_freedom``."""
    if degrees_of_freedom is None:
        return normal_quantile(level)
    require_level(level)
    from scipy.special import stdtrit

    return float(stdtrit(degrees_of_freedom, 0.5 + level / 2.0))


def require_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise SamspillError(
            f"{name}={value!r} is not known.", f"Choose among {', '.join(choices)}."
        )


def wald(
    estimates: Floats,
    standard_errors: Floats,
    level: float,
    degrees_of_freedom: float | None = None,
) -> dict[str, Floats]:
    """Columns estimate, standard_error, statistic, p, low, high."""
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = estimates / standard_errors
    reach = critical_value(level, degrees_of_freedom) * standard_errors
    return {
        "estimate": estimates,
        "standard_error": standard_errors,
        "statistic": statistic,
        "p": two_sided_p(statistic, degrees_of_freedom),
        "low": estimates - reach,
        "high": estimates + reach,
    }


def coefficient_frame(names: Sequence[str], columns: dict[str, Floats], n: int) -> pl.DataFrame:
    """Term, the columns of `wald`, stars and n, one row per coefficient."""
    return pl.DataFrame(
        {
            "term": list(names),
            **{name: values.tolist() for name, values in columns.items()},
            "stars": [stars(p) for p in columns["p"]],
            "n": [n] * len(names),
        }
    )
