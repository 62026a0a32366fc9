"""How near two categories are: weights of agreement, 1 for the same and 0 for the farthest."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from samspill.errors import Message, SamspillError
from samspill.qualitative.agreement.ratings import Floats, Ratings

Weights = Literal["identity", "linear", "quadratic"]
Level = Literal["nominal", "ordinal", "interval", "ratio"]


def weight_matrix(weights: Weights, ratings: Ratings) -> Floats:
    """Weights of agreement between categories, shape (categories, categories).

    ``linear``: 1 − |x − y| / range (Cicchetti & Allison 1971). ``quadratic``: 1 − (x − y)² / range²
    (Fleiss & Cohen 1973). Categories that are names stand at 1, 2, 3 … in their order.

    Raises SamspillError for weights that there are not.
    """
    if weights not in get_args(Weights):
        raise SamspillError(
            Message("There are no weights called “{name}”.", name=weights),
            Message("Choose among {names}.", names=", ".join(get_args(Weights))),
        )
    size = len(ratings.categories)
    if weights == "identity" or size < 2:
        return np.eye(size)
    x = _places(ratings)
    distance = np.abs(x[:, None] - x[None, :]) / (x.max() - x.min())
    return np.asarray(1 - (distance if weights == "linear" else distance**2))


def disagreement(level: Level, ratings: Ratings, margins: Floats) -> Floats:
    """Krippendorff's δ² for a level of measurement, shape (…, categories, categories).

    ``margins``, shape (…, categories), are how often each category was paired; the ordinal metric
    is made of them (Krippendorff 2011, section "Metric differences"). The ratio metric takes 0
    against 0 as the same.

    Raises SamspillError for another level, and for interval and ratio where categories are names.
    """
    if level not in get_args(Level):
        raise SamspillError(
            Message("There is no level of measurement called “{name}”.", name=level),
            Message("Choose among {names}.", names=", ".join(get_args(Level))),
        )
    size = len(ratings.categories)
    if level == "nominal":
        return 1 - np.eye(size)
    if level == "ordinal":
        before = np.cumsum(margins, axis=-1)
        middle = before - margins / 2
        return np.asarray((middle[..., :, None] - middle[..., None, :]) ** 2)
    if ratings.values is None:
        raise SamspillError(
            Message("Categories that are names have no {level} distance.", level=level),
            "Give numbers, or take the nominal or the ordinal level.",
        )
    x = np.array(ratings.values)
    difference = x[:, None] - x[None, :]
    if level == "interval":
        return np.asarray(difference**2)
    total = x[:, None] + x[None, :]
    return np.asarray((difference / np.where(total == 0, 1, total)) ** 2)


def _places(ratings: Ratings) -> Floats:
    if ratings.values is not None:
        return np.array(ratings.values)
    return np.arange(1.0, len(ratings.categories) + 1)
