"""What a method of choosing is asked for, and what it answers, before anything is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from samspill.selection.attributes import Attribute
from samspill.selection.quotas import Limits, Quota
from samspill.selection.regression import Diagnostics
from samspill.selection.result import Method, Optimality

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]
    Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that a method needs to choose."""

    frame: pl.DataFrame
    by: tuple[Attribute, ...]
    method: Method
    number: int
    outcome: str
    quotas: tuple[Quota, ...]
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    seed: int
    distance: str
    influence: str
    pairs: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a method chose, over the rows of the frame."""

    rows: Marks
    limits: Limits
    scores: Vector | None = None
    pairs: tuple[tuple[int, int], ...] = ()
    model: Diagnostics | None = None
    optimality: Optimality | None = None
    between: Vector | None = None
