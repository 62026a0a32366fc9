"""The pieces of work that are measured, each a function that a child process can run."""

from __future__ import annotations

from typing import Any

from benchmarks.survey import KEY, TERMS


def on_cells(path: str, outcomes: list[str], covariance: str) -> dict[str, Any]:
    """Count the file into cells and fit a logit for each outcome."""
    from samspill.statistics.counting import cells
    from samspill.statistics.models import logit_models

    family = logit_models(
        cells(path, KEY, outcomes),
        outcomes,
        TERMS,
        covariance=covariance,  # type: ignore[arg-type]
        categorical=KEY,
    )
    first = family.fits[outcomes[0]]
    return {
        "coefficients": first.coefficients,
        "errors": first.frame["standard_error"].to_numpy(),
        "cells": first.cells_used,
        "converged": all(fit.converged for fit in family.fits.values()),
    }


def on_rows(path: str, outcome: str, covariance: str) -> dict[str, Any]:
    """Read the file and fit the same logit with statsmodels on its rows."""
    import numpy as np
    import polars as pl
    from statsmodels.discrete.discrete_model import Logit

    rows = pl.read_parquet(path, columns=[*KEY, outcome])
    columns = [np.ones(rows.height)]
    for name in KEY:
        values = rows[name].to_numpy()
        columns += [(values == category).astype(float) for category in np.unique(values)[1:]]
    X = np.column_stack(columns)
    kind = "nonrobust" if covariance == "model" else covariance
    fit = Logit(rows[outcome].to_numpy().astype(float), X).fit(
        disp=0, tol=1e-12, maxiter=100, cov_type=kind
    )
    return {"coefficients": np.asarray(fit.params), "errors": np.asarray(fit.bse)}


def scan(path: str, columns: list[str]) -> list[Any]:
    """Read every value of ``columns`` with DuckDB and do as little as possible with them.

    A count, a smallest or a largest value would be answered from the file's statistics, without
    reading it; a sum has to read. DuckDB is the library's own and as warm as it is there.
    """
    from samspill.statistics.engines import connection

    sums = ", ".join(f"sum({name})" for name in columns)
    return list(connection().read_parquet(path).aggregate(sums).fetchall())


def on_rows_by_formula(path: str, outcome: str) -> dict[str, Any]:
    """Read the file and fit the same logit as most users of statsmodels write it."""
    import numpy as np
    import polars as pl
    import statsmodels.api as sm
    import statsmodels.formula.api as smf

    rows = pl.read_parquet(path, columns=[*KEY, outcome]).to_pandas()
    formula = f"{outcome} ~ " + " + ".join(f"C({name})" for name in KEY)
    fit = smf.glm(formula, rows, family=sm.families.Binomial()).fit(tol=1e-14)
    return {"coefficients": np.asarray(fit.params), "errors": np.asarray(fit.bse)}
