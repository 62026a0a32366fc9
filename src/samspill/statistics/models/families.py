"""The same logit for a family of outcomes, fitted together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells
from samspill.statistics.models import firth
from samspill.statistics.models.covariance import ClusterFactor
from samspill.statistics.models.data import arrange, require_key
from samspill.statistics.models.logit import Covariance, Method, Options, fit_model
from samspill.statistics.models.results import LogitFit, ModelFamily


def logit_models(
    cells: Cells,
    outcomes: Sequence[str] | None,
    terms: Sequence[str] | str,
    *,
    where: Mapping[str, object] | None = None,
    method: Method = "auto",
    covariance: Covariance = "auto",
    cluster: str | None = None,
    cluster_factor: ClusterFactor = "CR1S",
    level: float = 0.95,
    reference: Mapping[str, object] | None = None,
    categorical: Sequence[str] = (),
    information: firth.Information = "augmented",
) -> ModelFamily:
    """`logit` for each of ``outcomes`` (None: all in the cells), as one tidy frame.

    The cells are summed over terms and cluster once. For p-values corrected for the family, give
    the rows of one term to `samspill.statistics.adjust`.
    """
    names = list(dict.fromkeys(cells.outcomes if outcomes is None else outcomes))
    if not names:
        raise SamspillError("No outcome was named.", "Name one or more, or None for all.")
    options = Options(method, covariance, cluster, cluster_factor, level, information)
    columns = [terms] if isinstance(terms, str) else list(terms)
    chosen = cells.of(*names).require_binary()
    if where:
        chosen = chosen.where(**where)
    summed = chosen.over(*require_key(chosen, columns, cluster)).frame
    fits: dict[str, LogitFit] = {}
    model = None
    for part in summed.partition_by("outcome", maintain_order=True):
        model = arrange(
            part,
            columns,
            cluster=cluster,
            reference=reference,
            categorical=categorical,
            like=model,
        )
        outcome = part.item(0, "outcome")
        fits[outcome] = fit_model(model, outcome, options)
    frame = pl.concat([fit.frame for fit in fits.values()])
    about = pl.DataFrame(
        [
            (name, fit.method, fit.converged)
            for name, fit in fits.items()
            for _ in range(fit.frame.height)
        ],
        schema=["outcome", "method", "converged"],
        orient="row",
    )
    whole = pl.DataFrame(
        [about["outcome"], *frame.get_columns(), about["method"], about["converged"]]
    )
    return ModelFamily(whole, fits=fits)
