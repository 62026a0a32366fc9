"""The diverse selection's two programs against location problems whose optimum is published.

Nearness: OR-Library, pmed1 (Beasley 1985, European Journal of Operational Research 21:270-273): a
network of 100 vertices, 200 edges with lengths (of an edge given twice the last holds), distances
along it, 5 medians; the optimum of ``pmedopt.txt`` is 5819.

Coverage: the set covering problems A9 and A27 of Fulkerson, Nemhauser & Trotter 1974 (Mathematical
Programming Study 2:72-81), stein9 and stein27 in MIPLIB: the triples of Steiner systems, here the
lines of the affine plane and space over three elements. The fewest points that meet every triple
are 5 and 18.
"""

from __future__ import annotations

import itertools

import numpy as np
import polars as pl
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import shortest_path

from samspill.selection import choose_cases
from samspill.selection.coverage import Elements
from samspill.selection.diverse import diverse
from samspill.selection.quotas import Limits

# lengths of the edges 1-2, 2-3, ..., 99-100, 100-1
AROUND = [
    30, 46, 1, 28, 31, 69, 39, 14, 84, 59, 10, 28, 63, 9, 100, 98, 70, 94, 22, 14, 87, 82, 55, 2,
    32, 77, 95, 29, 59, 91, 89, 50, 40, 88, 94, 60, 21, 89, 47, 63, 45, 46, 24, 77, 60, 45, 50, 93,
    22, 84, 16, 85, 68, 93, 37, 26, 29, 38, 10, 32, 67, 66, 52, 19, 39, 12, 86, 72, 73, 65, 2, 8,
    96, 43, 39, 61, 90, 8, 58, 91, 58, 13, 79, 59, 28, 46, 24, 63, 81, 14, 52, 64, 75, 71, 51, 75,
    57, 31, 49, 88,
]  # fmt: skip
ACROSS = """
80 5 90|85 69 51|20 19 30|85 13 22|81 95 54|58 73 37|64 51 89|39 76 89|13 8 77|91 76 51|52 95 96
91 75 33|80 91 84|35 80 46|54 86 35|30 70 5|19 7 9|74 53 50|11 37 4|19 92 70|62 94 96|60 52 34
24 59 63|42 45 68|19 60 53|60 27 86|15 50 31|38 18 27|81 30 99|1 29 6|22 52 11|54 59 75|5 7 8
41 44 80|41 76 42|44 12 56|61 65 73|20 93 35|9 99 28|45 68 19|16 79 96|13 42 3|68 4 28|58 17 60
21 81 34|35 7 7|21 14 82|26 32 26|6 63 83|31 69 53|91 78 32|45 59 33|42 57 5|8 53 66|65 94 61
94 90 63|73 33 88|39 21 59|42 85 34|30 57 37|34 94 52|62 38 56|26 29 20|48 98 53|4 33 45|31 63 82
8 52 31|37 81 14|50 27 16|27 14 48|88 33 8|56 30 76|87 91 17|33 49 77|70 30 74|25 99 19|95 30 96
14 85 90|49 8 96|96 5 87|73 4 41|99 32 35|95 1 31|99 3 49|18 75 100|58 47 68|35 60 5|38 16 70
54 40 52|95 55 47|54 17 45|9 83 75|97 66 81|9 48 92|90 95 96|4 27 27|75 22 48|62 7 55|79 3 57
15 69 46
"""


def _along_the_network() -> np.ndarray:
    edges = {
        frozenset((k, (k + 1) % 100)): length for k, length in enumerate(AROUND)
    }  # fmt: skip
    for one, other, length in (
        map(int, e.split()) for e in ACROSS.replace("\n", "|").split("|") if e
    ):
        edges[frozenset((one - 1, other - 1))] = length
    ends = np.array([sorted(pair) for pair in edges])
    graph = coo_array((list(edges.values()), (ends[:, 0], ends[:, 1])), shape=(100, 100))
    return np.asarray(shortest_path(graph.tocsr(), directed=False))


def test_five_medians_of_pmed1():
    free, nothing = np.zeros(100, bool), np.zeros((0, 100), bool)
    found = diverse(
        Elements((), (), nothing, nothing, np.zeros(0), np.zeros(0)),
        _along_the_network(),
        Limits(5, free, free, np.zeros((0, 100)), np.zeros(0), np.zeros(0)),
        np.random.default_rng(1),
        60.0,
    )
    assert found.worth.distance * 100 == pytest.approx(5819)
    assert found.distance_bound * 100 <= 5819 + 1e-6


def _triples(dimension: int) -> pl.DataFrame:
    """A unit for each point; for each line an attribute that its three points have."""
    points = list(itertools.product(range(3), repeat=dimension))
    lines = {
        frozenset((a, b, tuple((-x - y) % 3 for x, y in zip(a, b, strict=True))))
        for a, b in itertools.combinations(points, 2)
    }
    columns = {
        f"line {k}": ["on" if point in line else None for point in points]
        for k, line in enumerate(sorted(map(sorted, lines)))
    }
    names = ["".join(map(str, point)) for point in points]
    return pl.DataFrame({"unit": names, **columns})


def _met(dimension: int, number: int):
    frame = _triples(dimension)
    lines = [name for name in frame.columns if name != "unit"]
    found = choose_cases(frame, "diverse", number, lines, pairs=False).optimality
    assert found is not None
    return found


@pytest.mark.parametrize(("dimension", "triples", "fewest"), [(2, 12, 5), (3, 117, 18)])
def test_the_fewest_points_that_meet_every_triple(dimension, triples, fewest):
    assert _met(dimension, fewest).categories == triples


def test_fewer_points_are_known_not_to_meet_every_triple_of_a9():
    assert _met(2, 4).categories_bound < 12
