"""What draws from the groups' joint posterior say of their order.

Goldstein & Spiegelhalter 1996 (JRSS A 159:385–443): a rank without its uncertainty is noise
made into a table.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ranks:
    """Each of shape (groups,); rank 1 is the highest value."""

    mean: Floats
    low: Floats
    high: Floats
    p_highest: Floats
    p_lowest: Floats
    p_above: Floats


def ranks(draws: Floats, level: float) -> Ranks:
    """Of joint ``draws``, (draws, groups); ``low`` and ``high`` hold ``level`` of the ranks."""
    groups = draws.shape[1]
    order = np.argsort(-draws, axis=1)
    places = np.empty_like(order)
    np.put_along_axis(places, order, np.arange(1, groups + 1)[None, :], axis=1)
    tail = (1.0 - level) / 2.0
    low, high = np.quantile(places, [tail, 1.0 - tail], axis=0, method="inverted_cdf")
    return Ranks(
        mean=places.mean(axis=0),
        low=low,
        high=high,
        p_highest=(places == 1).mean(axis=0),
        p_lowest=(places == groups).mean(axis=0),
        p_above=(draws > draws.mean(axis=1, keepdims=True)).mean(axis=0),
    )
