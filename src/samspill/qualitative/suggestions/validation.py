"""How well suggestions would have done on texts that the model had not seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.qualitative.suggestions.examples import Examples
from samspill.qualitative.suggestions.linear import fit, linear_scores, new_vectoriser

TOO_FEW = "too few examples to learn from"
NEVER_SUGGESTED = "never suggested in texts that were held out"

SCHEMA = {
    "code": pl.String,
    "examples": pl.Int64,
    "sources": pl.Int64,
    "suggested": pl.Int64,
    "right": pl.Int64,
    "precision": pl.Float64,
    "recall": pl.Float64,
    "average_precision": pl.Float64,
    "base": pl.Float64,
    "note": pl.String,
}


@dataclass(frozen=True, slots=True, eq=False)
class Validation:
    """Cross-validation by source: every passage is judged by a model that has seen none of its
    text.

    ``frame``, one row a code: ``examples`` (passages that carry it), ``sources``, ``suggested``
    and how many of those were ``right``, ``precision`` (right of the suggested), ``recall``
    (right of the examples), ``average_precision`` (of the ranking, whatever the least score)
    beside ``base`` (that of a random ranking), and ``note`` (why a code is not suggested).
    ``passages``, ``folds`` and ``least`` (the least score that is shown) are those of all rows.
    """

    frame: pl.DataFrame
    passages: int
    folds: int
    least: float


def validate(
    examples: Examples, *, least: float = 0.5, folds: int = 5, seed: int = 2018
) -> Validation:
    """Cross-validate the linear model in ``folds`` groups of whole sources.

    Codes with too few examples have a row with the reason. Raises SamspillError where the examples
    come from a single source.
    """
    sources = np.array(examples.sources)
    groups = len(set(examples.sources))
    if groups < 2:
        raise SamspillError(
            "Texts cannot be held out: all examples come from one source.",
            "Code passages in more sources.",
        )
    folds = min(folds, groups)
    scores = _held_out(examples, sources, folds, seed)
    rows = [
        _row(code, examples.marks[:, k], scores[:, k], sources, least)
        for k, code in enumerate(examples.codes)
    ]
    rows += [
        {"code": code, "examples": n, "sources": of, "note": TOO_FEW}
        for code, n, of in examples.too_few
    ]
    return Validation(pl.DataFrame(rows, schema=SCHEMA), len(sources), folds, least)


def _held_out(
    examples: Examples, sources: NDArray[Any], folds: int, seed: int
) -> NDArray[np.float64]:
    """Scores of shape (passages, codes), each from the folds that its source is not in."""
    from sklearn.model_selection import GroupKFold

    texts = np.array(examples.texts, dtype=object)
    scores = np.zeros(examples.marks.shape)
    if not examples.codes:
        return scores
    parts = GroupKFold(folds, shuffle=True, random_state=seed)
    for seen, held_out in parts.split(texts, groups=sources):
        vectoriser = new_vectoriser()
        table = vectoriser.fit_transform(texts[seen])
        weights, intercepts = fit(table, examples.marks[seen], seed)
        scores[held_out] = linear_scores(vectoriser.transform(texts[held_out]), weights, intercepts)
    return scores


def _row(
    code: str,
    marks: NDArray[np.bool_],
    scores: NDArray[np.float64],
    sources: NDArray[Any],
    least: float,
) -> dict[str, Any]:
    from sklearn.metrics import average_precision_score

    suggested = scores >= least
    right = int((suggested & marks).sum())
    given, shown = int(marks.sum()), int(suggested.sum())
    return {
        "code": code,
        "examples": given,
        "sources": len(set(sources[marks])),
        "suggested": shown,
        "right": right,
        "precision": right / shown if shown else None,
        "recall": right / given,
        "average_precision": float(average_precision_score(marks, scores)),
        "base": given / len(marks),
        "note": "" if shown else NEVER_SUGGESTED,
    }
