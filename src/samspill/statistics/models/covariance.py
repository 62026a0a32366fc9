"""Covariances of estimated coefficients, exact from cells.

A residual of a binary outcome has two values in a cell, 1 − p (``s`` times) and −p (``n − s``
times). The meat of a robust covariance therefore is Σ [s(1−p)² + (n−s)p²] x xᵀ. The residual of
the cell as a whole, (s − np)², is a different quantity: it belongs to a sampling of whole cells.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.models.inference import require_choice
from samspill.statistics.models.likelihood import weighted_gram

Floats = NDArray[np.float64]
ClusterFactor = Literal["CR0", "CR1", "CR1S"]


def sandwich(bread: Floats, meat: Floats) -> Floats:
    """bread · meat · bread, made symmetric."""
    product = bread @ meat @ bread
    return (product + product.T) / 2.0


def binary_meat(X: Floats, s: Floats, n: Floats, p: Floats) -> Floats:
    """Σ over rows of (y − p)² x xᵀ for a binary outcome (White 1982, Econometrica 50)."""
    return weighted_gram(X, s * (1.0 - p) ** 2 + (n - s) * p**2)


def cluster_meat(X: Floats, residual_sums: Floats, clusters: NDArray[np.intp]) -> Floats:
    """Σ over clusters of U Uᵀ, U the cluster's sum of residual × x.

    ``residual_sums`` holds each cell's Σ(y − fitted), ``clusters`` each cell's cluster as 0 … G−1
    (Liang and Zeger 1986, Biometrika 73).
    """
    scores = np.zeros((int(clusters.max()) + 1, X.shape[1]))
    np.add.at(scores, clusters, residual_sums[:, None] * X)
    return np.asarray(scores.T @ scores)


def cluster_factor(kind: ClusterFactor, clusters: int, rows: float, coefficients: int) -> float:
    """The small-sample factor, by the names of the R package clubSandwich.

    ``CR0`` none; ``CR1`` G/(G−1), Stata's for logit; ``CR1S`` G/(G−1)·(N−1)/(N−K), Stata's for
    regress and the default of statsmodels.
    """
    if clusters < 2:
        raise SamspillError(
            "There is only one cluster, which gives no cluster-robust covariance.",
            "Choose a cluster with several values, or covariance='HC1'.",
        )
    if kind == "CR0":
        return 1.0
    factor = clusters / (clusters - 1.0)
    return factor if kind == "CR1" else factor * (rows - 1.0) / (rows - coefficients)


def require_cluster(covariance: str, cluster: str | None, factor: ClusterFactor) -> None:
    """Check that the cluster and the covariance asked for go together."""
    require_choice("cluster_factor", factor, get_args(ClusterFactor))
    if covariance == "cluster" and cluster is None:
        raise SamspillError(
            "covariance='cluster' needs to know the cluster.",
            "Name the key column: cluster='unit'.",
        )
    if cluster is not None and covariance not in {"auto", "cluster"}:
        raise SamspillError(
            f"A cluster is named together with covariance={covariance!r}.",
            "Use covariance='cluster', or leave the cluster out.",
        )


def rows_factor(rows: float, coefficients: int) -> float:
    """N/(N−K), which makes HC1 of HC0 (Hinkley 1977, Technometrics 19); 1 for K = 0."""
    if rows <= coefficients:
        raise SamspillError(
            f"{rows:.0f} answers are too few for {coefficients} coefficients.",
            "Leave terms out, or use more answers.",
        )
    return rows / (rows - coefficients)
