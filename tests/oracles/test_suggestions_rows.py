"""Suggested codes against the formulas, computed anew and fitted by scipy.

N-grams weigh (1 + ln tf) (ln((1 + n)/(1 + df)) + 1), Salton & Buckley 1988 with the smoothing that
scikit-learn documents, words and characters each of length one. The weights b of a code minimise
½ b'b + C Σ w ln(1 + exp(-y x'b)), Fan et al. 2008, the intercept among them, C = 4 and w such that
passages with and without the code count alike. Here it is minimised by scipy's L-BFGS.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import expit

from samspill.qualitative.suggestions import Examples, train
from samspill.qualitative.suggestions.examples import Passage

TEXTS = [
    "Tilskuddet rekker ikke til leia.", "Vi mangler penger til drift.", "Leia spiser tilskuddet.",
    "Støtta er for liten til å betale leie.", "Pengene går til leie, bare leie og drift.",
    "Vi får ikke tid til å møtes.", "Møtet er på dagtid når vi jobber.", "Vi har ikke tid.",
    "Ingen har tid om kvelden.", "Laget ble stiftet i bygda.", "Barna leker ute ved vannet.",
    "Det var sol den dagen.", "Hun heter Kari og bor i bygda.", "Penger og tid er det samme.",
]  # fmt: skip
MONEY = (0, 1, 2, 3, 4, 13)
C = 4.0


def words(text: str) -> list[str]:
    found = re.findall(r"\w\w+", text.lower())
    return [*found, *(" ".join(pair) for pair in pairwise(found))]


def characters(text: str) -> list[str]:
    found = []
    for word in text.lower().split():
        padded = f" {word} "
        for n in (3, 4, 5):
            found += [padded[i : i + n] for i in range(len(padded) - n + 1)]
    return found


def weighed(texts: list[str], grams) -> np.ndarray:
    counts = [Counter(grams(text)) for text in texts]
    among = Counter(gram for count in counts for gram in count)
    kept = [gram for gram, n in among.items() if n >= 2]
    table = np.array(
        [
            [
                (1 + np.log(count[g])) * (np.log((1 + len(texts)) / (1 + among[g])) + 1)
                if count[g]
                else 0.0
                for g in kept
            ]
            for count in counts
        ]
    )
    length = np.linalg.norm(table, axis=1, keepdims=True)
    return table / np.where(length > 0, length, 1)


def fitted(table: np.ndarray, marks: np.ndarray) -> np.ndarray:
    x = np.hstack([table, np.ones((len(table), 1))])
    y = np.where(marks, 1.0, -1.0)
    w = np.where(marks, len(y) / (2 * marks.sum()), len(y) / (2 * (~marks).sum()))

    def loss(b):
        margin = y * (x @ b)
        return 0.5 * b @ b + C * (w * np.logaddexp(0, -margin)).sum(), b - C * x.T @ (
            w * y * expit(-margin)
        )

    found = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", tol=1e-12)
    return expit(x @ found.x)


def test_scores_are_those_of_the_formulas_minimised_by_scipy():
    marks = np.isin(np.arange(len(TEXTS)), MONEY)
    passages = tuple(Passage(f"s{i}", 0, len(text), text) for i, text in enumerate(TEXTS))
    given = Examples(passages, ("money",), marks[:, None], (), "sentence")
    scores = train(given).scores(TEXTS)[:, 0]
    expected = fitted(np.hstack([weighed(TEXTS, words), weighed(TEXTS, characters)]), marks)
    assert scores == pytest.approx(expected, abs=1e-4)
