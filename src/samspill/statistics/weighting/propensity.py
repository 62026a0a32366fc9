"""Weights by the chance to answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from samspill.errors import SamspillError
from samspill.statistics.cells import Cells, as_names
from samspill.statistics.response.propensities import response_propensities
from samspill.statistics.weighting.sample import Floats, Sample
from samspill.statistics.weighting.weights import Weights, weights_of


def propensity_weights(
    cells: Cells,
    outcome: str,
    attributes: str | Sequence[str],
    *,
    classes: int | None = None,
) -> Weights:
    """Weights inverse to the propensity to respond, brought to the number of units in the frame.

    ``cells`` count all units of the frame, ``outcome`` is 1 for those that responded, and
    ``attributes`` are key columns. With ``classes`` the units are laid into so many classes of
    about equal size by propensity, and each class has the weight units over respondents; five
    remove most of the bias that the model can remove and keep weights from running away.

    Raises SamspillError for fewer than two classes, a class from which nobody responded, and what
    ``response_propensities`` refuses.
    Sources: Little 1986, International Statistical Review 54:139–157; Rosenbaum & Rubin 1984,
    Journal of the American Statistical Association 79:516–524 (classes).
    """
    names = as_names(attributes)
    if classes is not None and classes < 2:
        raise SamspillError(f"{classes} class makes all alike.", "Give two classes or more.")
    found = response_propensities(cells, outcome, names).frame
    units = found["n"].to_numpy().astype(np.float64)
    answered = found["responded"].to_numpy().astype(np.float64)
    rho = found["propensity"].to_numpy().astype(np.float64)
    if classes is not None:
        rho = _in_classes(rho, units, answered, classes)
    kept = answered > 0
    sample = Sample.responding(cells, outcome, names)
    order = sample.frame.select(names).join(
        found.select(*names).with_columns(pl.Series("rho", rho)),
        on=list(names),
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    if order["rho"].null_count():
        raise SamspillError(
            "Units with an unknown attribute responded, and have no propensity.",
            "Make the unknown a category of its own, or choose other attributes.",
        )
    inverse = 1 / order["rho"].to_numpy()
    scale = units.sum() / float((answered[kept] / rho[kept]).sum())
    factor: Floats = inverse * scale * sample.n / sample.base
    method = "response propensity" if classes is None else "response propensity classes"
    return weights_of(sample, factor, method)


def _in_classes(rho: Floats, units: Floats, answered: Floats, classes: int) -> Floats:
    """The response rate of each cell's class, cells in classes of about equal numbers of units."""
    order = np.argsort(rho, kind="stable")
    middle = (np.cumsum(units[order]) - units[order] / 2) / units.sum()
    own = np.empty(rho.size, dtype=np.int64)
    own[order] = np.minimum((middle * classes).astype(np.int64), classes - 1)
    sizes = np.bincount(own, weights=units, minlength=classes)
    ones = np.bincount(own, weights=answered, minlength=classes)
    if ((sizes > 0) & (ones == 0)).any():
        raise SamspillError(
            "Nobody responded in one of the classes.", "Use fewer classes, or none."
        )
    rates = np.divide(ones, sizes, out=np.ones_like(ones), where=sizes > 0)
    return np.asarray(rates[own])
