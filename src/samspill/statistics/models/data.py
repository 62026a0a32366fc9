"""What a model needs of the cells: design matrix, counts, sums, weights and clusters as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells
from samspill.statistics.models.design import Design, build_design

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ModelCells:
    """One outcome's cells over the terms (and cluster), without empty ones.

    ``X`` has shape (cells, coefficients), ``clusters`` (cells,) with codes 0 … G−1; ``left_out``
    counts answers whose term or cluster is missing.
    """

    frame: pl.DataFrame
    design: Design
    X: Floats
    clusters: NDArray[np.intp] | None
    left_out: int

    def measure(self, name: str) -> Floats:
        """A count or sum of the cells as floats, shape (cells,)."""
        return self.frame.get_column(name).cast(pl.Float64).to_numpy()

    @property
    def n(self) -> Floats:
        return self.measure("n")

    @property
    def rows(self) -> int:
        """Answers in the model."""
        return int(self.frame.get_column("n").sum())

    @property
    def weighted(self) -> bool:
        return "sum_w" in self.frame.columns

    @property
    def population(self) -> Floats:
        """Σw of each cell where there are weights, else its answers: what means are taken over."""
        return self.measure("sum_w") if self.weighted else self.n

    @property
    def responses(self) -> Floats:
        """Σwy of each cell where there are weights, else Σy."""
        return self.measure("sum_wy") if self.weighted else self.measure("sum")

    @property
    def cluster_count(self) -> int:
        return 0 if self.clusters is None else int(self.clusters.max()) + 1


def select(
    cells: Cells,
    terms: Sequence[str],
    *,
    where: Mapping[str, object] | None = None,
    cluster: str | None = None,
    reference: Mapping[str, object] | None = None,
    categorical: Sequence[str] = (),
) -> ModelCells:
    """The cells of one outcome as a model needs them; ``cells`` holds that outcome alone.

    Raises SamspillError for a term that is not in the key, for too few answers and for terms
    that cannot be told apart.
    """
    if where:
        cells = cells.where(**where)
    summed = cells.over(*require_key(cells, terms, cluster)).frame
    return arrange(summed, terms, cluster=cluster, reference=reference, categorical=categorical)


def names_of(terms: Sequence[str], cluster: str | None = None) -> tuple[str, ...]:
    """The key columns that a model needs: those of its terms, and the cluster."""
    names = [part.strip() for term in terms for part in term.split(":")]
    return tuple(dict.fromkeys([*names, *([cluster] if cluster is not None else [])]))


def arrange(
    summed: pl.DataFrame,
    terms: Sequence[str],
    *,
    cluster: str | None = None,
    reference: Mapping[str, object] | None = None,
    categorical: Sequence[str] = (),
    like: ModelCells | None = None,
) -> ModelCells:
    """One outcome's cells, summed over exactly the `names_of` the model, as a model needs them.

    ``like`` is a model of the same terms for another outcome: its design serves again where the
    answered cells are the same. Raises as `select` does.
    """
    names = names_of(terms, cluster)
    answered = summed.filter((pl.col("n") > 0) & _positive_weight(summed))
    complete = answered.drop_nulls(list(names))
    if complete.is_empty():
        raise SamspillError("No answer is left for the model.", "Widen the selection.")
    left_out = int(answered.get_column("n").sum()) - int(complete.get_column("n").sum())
    if like is not None and complete.select(names).equals(like.frame.select(names)):
        return ModelCells(complete, like.design, like.X, like.clusters, left_out)
    design = build_design(complete, terms, reference=reference, categorical=categorical)
    X = design.matrix(complete)
    _require_rank(X, design)
    clusters = None if cluster is None else _codes(complete.get_column(cluster))
    return ModelCells(complete, design, X, clusters, left_out)


def left_out_note(model: ModelCells) -> str:
    if not model.left_out:
        return ""
    return f"{model.left_out} answers with a missing term or cluster were left out."


def require_key(cells: Cells, terms: Sequence[str], cluster: str | None) -> tuple[str, ...]:
    """`names_of` the model; raises SamspillError for one that is not in the key of ``cells``."""
    names = names_of(terms, cluster)
    missing = [name for name in names if name not in cells.key]
    if not missing:
        return names
    if missing[0] == cluster:
        raise SamspillError(
            f"The cells were not counted by the cluster {cluster!r}.",
            "Cluster-robust standard errors need the cluster in the key: count anew with it.",
        )
    has = f"The key is {', '.join(cells.key)}" if cells.key else "The cells have no key"
    raise SamspillError(
        f"The term {missing[0]!r} is not in the key of the cells.",
        f"{has}: choose among these, or count anew with {missing[0]!r} in the key.",
    )


def _positive_weight(frame: pl.DataFrame) -> pl.Expr:
    return pl.col("sum_w") > 0 if "sum_w" in frame.columns else pl.lit(value=True)


def _codes(series: pl.Series) -> NDArray[np.intp]:
    codes = np.unique(series.rank("dense").to_numpy(), return_inverse=True)[1]
    return np.asarray(codes, dtype=np.intp)


def _require_rank(X: Floats, design: Design) -> None:
    scaled = X / np.where((largest := np.abs(X).max(axis=0)) > 0, largest, 1.0)
    if np.linalg.matrix_rank(scaled) == X.shape[1]:
        return
    for index in range(1, X.shape[1]):
        if np.linalg.matrix_rank(scaled[:, : index + 1]) <= index:
            raise SamspillError(
                f"The coefficient of {design.names[index]!r} cannot be told from the others.",
                "Leave that term out, or merge categories: the answers do not vary that way.",
            )
