"""A linear model on n-grams of characters and words, one for each code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samspill.errors import SamspillError
from samspill.qualitative.suggestions.examples import Examples
from samspill.qualitative.suggestions.protocol import Guess

REASONS = 4
EXPLAINED = 6
WORDS, CHARACTERS = "words__", "characters__"


@dataclass(frozen=True, slots=True, eq=False)
class LinearModel:
    """Logistic regressions on n-grams (words 1–2, characters 3–5 within words), weighted by tf-idf.

    ``weights`` has shape (n-grams, codes). A score is the logistic of the weighted sum, with
    present and absent counted equally in training: it ranks, and is no probability.
    """

    codes: tuple[str, ...]
    vectoriser: Any
    weights: NDArray[np.float64]
    intercepts: NDArray[np.float64]

    @property
    def name(self) -> str:
        return "linear n-grams"

    @property
    def leaves_machine(self) -> bool:
        return False

    def scores(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Scores of shape (texts, codes), 0 to 1."""
        return linear_scores(self.vectoriser.transform(texts), self.weights, self.intercepts)

    def guess(self, texts: Sequence[str]) -> list[list[Guess]]:
        """Every code for each text, the likeliest first; those at the top (``EXPLAINED``) with the
        n-grams that weighed most."""
        table = self.vectoriser.transform(texts).tocsr()
        scores = linear_scores(table, self.weights, self.intercepts)
        names = self.vectoriser.get_feature_names_out()
        found = []
        for i in range(len(texts)):
            order = sorted(range(len(self.codes)), key=lambda k: (-scores[i, k], self.codes[k]))
            row = table[i]
            found.append(
                [
                    Guess(
                        self.codes[k],
                        float(scores[i, k]),
                        self._why(row, k, names) if place < EXPLAINED else (),
                    )
                    for place, k in enumerate(order)
                ]
            )
        return found

    def _why(self, row: Any, code: int, names: NDArray[Any]) -> tuple[str, ...]:
        """The n-grams that weighed most for the code; words first where they say the same."""
        pull = row.data * self.weights[row.indices, code]
        order = np.argsort(-pull, kind="stable")
        chosen: list[str] = []
        for place in order[pull[order] > 0]:
            gram = str(names[row.indices[place]]).removeprefix(WORDS)
            gram = gram.removeprefix(CHARACTERS).strip()
            if gram and not any(gram in other or other in gram for other in chosen):
                chosen.append(gram)
            if len(chosen) == REASONS:
                break
        return tuple(chosen)


def train(examples: Examples, *, seed: int = 2018) -> LinearModel:
    """Learn each code of the examples.

    Raises SamspillError where no code has enough examples.
    """
    if not examples.codes:
        raise SamspillError(
            "No code has been given often enough to be learnt from.",
            "Code more passages in more texts, and train again.",
        )
    vectoriser = new_vectoriser()
    table = vectoriser.fit_transform(examples.texts)
    weights, intercepts = fit(table, examples.marks, seed)
    return LinearModel(examples.codes, vectoriser, weights, intercepts)


def new_vectoriser() -> Any:
    """N-grams of words and of characters, as one table of weights."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import FeatureUnion

    common = {"sublinear_tf": True, "min_df": 2, "dtype": np.float64}
    words = TfidfVectorizer(ngram_range=(1, 2), **common)
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), **common)
    return FeatureUnion([("words", words), ("characters", characters)])


def fit(
    table: Any, marks: NDArray[np.bool_], seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights (n-grams, codes) and intercepts (codes); a code that never varies is never
    guessed.
    """
    from sklearn.linear_model import LogisticRegression

    weights = np.zeros((table.shape[1], marks.shape[1]))
    intercepts = np.full(marks.shape[1], -np.inf)
    for k in range(marks.shape[1]):
        if marks[:, k].any() and not marks[:, k].all():
            model = LogisticRegression(
                C=4.0, class_weight="balanced", solver="liblinear", dual=True, random_state=seed
            )
            model.fit(table, marks[:, k])
            weights[:, k], intercepts[k] = model.coef_[0], model.intercept_[0]
    return weights, intercepts


def linear_scores(
    table: Any, weights: NDArray[np.float64], intercepts: NDArray[np.float64]
) -> NDArray[np.float64]:
    from scipy.special import expit

    return np.asarray(expit(table @ weights + intercepts))
