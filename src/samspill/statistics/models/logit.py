"""The logit model on cells: maximum likelihood, and Firth's where that does not exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells
from samspill.statistics.intervals import require_level
from samspill.statistics.models import firth
from samspill.statistics.models.covariance import (
    ClusterFactor,
    binary_meat,
    cluster_factor,
    cluster_meat,
    require_cluster,
    rows_factor,
    sandwich,
)
from samspill.statistics.models.data import ModelCells, left_out_note, select
from samspill.statistics.models.inference import (
    coefficient_frame,
    critical_value,
    require_choice,
    wald,
)
from samspill.statistics.models.likelihood import (
    Counts,
    inverse,
    log_likelihood,
    maximise,
    probabilities,
    weighted_gram,
)
from samspill.statistics.models.results import LogitFit
from samspill.statistics.models.separation import FEWEST, separated, sparse
from samspill.statistics.significance import two_sided_p

Floats = NDArray[np.float64]
Method = Literal["auto", "ml", "firth"]
Covariance = Literal["auto", "model", "HC0", "HC1", "linearised", "cluster"]


@dataclass(frozen=True, slots=True)
class Options:
    """How a logit is to be fitted; checked for sense before any fit."""

    method: Method = "auto"
    covariance: Covariance = "auto"
    cluster: str | None = None
    cluster_factor: ClusterFactor = "CR1S"
    level: float = 0.95
    information: firth.Information = "augmented"

    def __post_init__(self) -> None:
        require_level(self.level)
        require_choice("method", self.method, get_args(Method))
        require_choice("covariance", self.covariance, get_args(Covariance))
        require_choice("information", self.information, get_args(firth.Information))
        require_cluster(self.covariance, self.cluster, self.cluster_factor)


def logit(
    cells: Cells,
    outcome: str,
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
) -> LogitFit:
    """Regress the log odds of ``outcome`` on ``terms``, key columns of ``cells``.

    A term is categorical (treatment coding; the reference is the one in ``reference``, else the
    first in order) or numeric; ``"a:b"`` is an interaction. ``where`` keeps cells by key values.

    ``method``: ``auto`` uses maximum likelihood where it exists and Firth's penalised likelihood,
    flagged in the result, where the data are separated; ``ml`` raises SamspillError then. Where
    separation is merely near, the estimate stays and the result's ``sparse`` and ``note`` say so.
    ``covariance``: ``model`` (inverse information), ``HC0``, ``HC1`` (robust, exact from cells),
    ``cluster`` (the ``cluster`` must be in the key) or ``linearised`` (sampling weights: Taylor
    linearisation, n/(n−1)). ``auto`` is ``cluster`` where a cluster is named, ``linearised`` where
    the cells hold weights, else ``model``. ``information`` chooses between the two conventions
    for Firth's standard errors, see `firth.covariance`.

    Source: McCullagh and Nelder (1989), Generalized Linear Models, ch. 4.
    """
    options = Options(method, covariance, cluster, cluster_factor, level, information)
    names = [terms] if isinstance(terms, str) else list(terms)
    chosen = cells.of(outcome).require_binary()
    model = select(
        chosen, names, where=where, cluster=cluster, reference=reference, categorical=categorical
    )
    return fit_model(model, outcome, options)


def fit_model(model: ModelCells, outcome: str, options: Options) -> LogitFit:
    """Fit one selected model."""
    s, n = model.measure("sum"), model.n
    infinite = separated(model.X, s, n)
    names = tuple(np.array(model.design.names)[infinite].tolist())
    if infinite.any() and options.method == "ml":
        raise SamspillError(
            f"The estimates of {', '.join(names)} are infinite: the terms separate the answers "
            f"of {outcome!r}.",
            "Use method='firth' (or 'auto'), merge categories, or see fisher_exact.",
        )
    if infinite.any() or options.method == "firth":
        return _fit_firth(model, outcome, options, names)
    return _fit_ml(model, outcome, options)


def _fit_ml(model: ModelCells, outcome: str, options: Options) -> LogitFit:
    few = sparse(model.design, model.X, model.measure("sum"), model.n)
    best = maximise(Counts(model.X, model.responses, model.population))
    if not best.converged[0]:
        raise SamspillError(
            f"The likelihood of {outcome!r} did not settle at a maximum.",
            "Rescale numeric terms to unit size, or use method='firth'.",
        )
    kind = _covariance_kind(model, options.covariance)
    beta = best.coefficients[0]
    covariance = _covariance(model, beta, best.information[0], kind, options.cluster_factor)
    errors = np.sqrt(np.diag(covariance))
    columns = wald(beta, errors, options.level)
    return LogitFit(
        frame=coefficient_frame(model.design.names, columns, model.rows),
        outcome=outcome,
        method="ml",
        covariance_kind=kind,
        coefficients=beta,
        covariance=covariance,
        level=options.level,
        log_likelihood=float(best.log_likelihood[0]),
        penalised_log_likelihood=None,
        n=model.rows,
        cells_used=len(model.X),
        converged=True,
        iterations=best.iterations,
        separated=(),
        sparse=few,
        note=_notes(_sparse_note(few), left_out_note(model)),
        model=model,
    )


def _fit_firth(
    model: ModelCells, outcome: str, options: Options, infinite: tuple[str, ...]
) -> LogitFit:
    _require_plain_model(model, options, infinite)
    counts = Counts(model.X, model.measure("sum"), model.n)
    best = firth.maximise_penalised(counts)
    if not best.converged:
        raise SamspillError(
            f"The penalised likelihood of {outcome!r} did not settle at a maximum.",
            "Rescale numeric terms to unit size, or leave terms out.",
        )
    covariance = firth.covariance(counts, best.coefficients, options.information)
    errors = np.sqrt(np.diag(covariance))
    return LogitFit(
        frame=coefficient_frame(
            model.design.names,
            _profile_columns(counts, best, errors, options.level),
            model.rows,
        ),
        outcome=outcome,
        method="firth",
        covariance_kind=f"{options.information} information",
        coefficients=best.coefficients,
        covariance=covariance,
        level=options.level,
        log_likelihood=float(log_likelihood(counts, best.coefficients)),
        penalised_log_likelihood=best.penalised_log_likelihood,
        n=model.rows,
        cells_used=len(model.X),
        converged=True,
        iterations=best.iterations,
        separated=infinite,
        sparse=sparse(model.design, model.X, counts.s, counts.n),
        note=_notes(_separation_note(infinite), left_out_note(model)),
        model=model,
    )


def _profile_columns(
    counts: Counts, best: firth.PenalisedMaximum, errors: Floats, level: float
) -> dict[str, Floats]:
    """Columns as `wald` gives them, from the profile of the penalised likelihood."""
    statistic = np.sign(best.coefficients) * np.sqrt(firth.profile_test(counts, best))
    limits = firth.profile_intervals(counts, best, errors, critical_value(level) ** 2)
    return {
        "estimate": best.coefficients,
        "standard_error": errors,
        "statistic": statistic,
        "p": two_sided_p(statistic),
        "low": limits[:, 0],
        "high": limits[:, 1],
    }


def _require_plain_model(model: ModelCells, options: Options, infinite: tuple[str, ...]) -> None:
    """Firth's method is for unweighted answers and the model's own covariance."""
    cause = (
        f", which {', '.join(infinite)} calls for by separating the answers," if infinite else ""
    )
    if model.weighted:
        raise SamspillError(
            f"Firth's method{cause} knows no sampling weights.",
            "Merge categories, or count anew without weights.",
        )
    if options.covariance not in {"auto", "model"} or options.cluster is not None:
        raise SamspillError(
            f"Firth's method{cause} has no robust or cluster-robust covariance.",
            "Use covariance='model', or merge categories.",
        )


def _covariance_kind(model: ModelCells, asked: Covariance) -> Covariance:
    if model.weighted and asked == "model":
        raise SamspillError(
            "Under sampling weights the inverse information is no covariance.",
            "Use covariance='linearised'.",
        )
    if asked == "linearised" and not model.weighted:
        raise SamspillError(
            "The cells hold no weights to linearise over.",
            "Use covariance='HC1', or count anew with weight=.",
        )
    if asked != "auto":
        return asked
    if model.clusters is not None:
        return "cluster"
    return "linearised" if model.weighted else "model"


def _covariance(
    model: ModelCells, beta: Floats, info: Floats, kind: Covariance, factor: ClusterFactor
) -> Floats:
    X, rows = model.X, model.rows
    bread = inverse(info)
    if kind == "model":
        return bread
    p = probabilities(X, beta)
    if kind == "cluster":
        assert model.clusters is not None  # noqa: S101
        residuals = model.responses - model.population * p
        scale = cluster_factor(factor, model.cluster_count, rows, X.shape[1])
        return scale * sandwich(bread, cluster_meat(X, residuals, model.clusters))
    lost = {"HC0": 0, "HC1": X.shape[1], "linearised": 1}[kind]
    return rows_factor(rows, lost) * sandwich(bread, _meat(model, p))


def _meat(model: ModelCells, p: Floats) -> Floats:
    if not model.weighted:
        return binary_meat(model.X, model.measure("sum"), model.n, p)
    ones = model.measure("sum_w2y")
    zeros = model.measure("sum_w2") - ones
    return weighted_gram(model.X, ones * (1.0 - p) ** 2 + zeros * p**2)


def _notes(*notes: str) -> str:
    return " ".join(note for note in notes if note)


def _sparse_note(few: tuple[str, ...]) -> str:
    if not few:
        return ""
    return (
        f"Separation is near: fewer than {FEWEST} ones or zeros in {', '.join(few)}. "
        "Compare method='firth'."
    )


def _separation_note(infinite: tuple[str, ...]) -> str:
    if not infinite:
        return ""
    return f"Firth's method was used: the answers are separated by {', '.join(infinite)}."
