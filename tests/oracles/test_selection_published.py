"""Case selection against R: diagnostics, distances, and selections found by trying every one.

R 4.2.2 (Debian 4.2.2.20221110-2) and cluster 2.1.4-1. ``stackloss`` is Brownlee (1965), Statistical
Theory and Methodology, page 454; ``flower`` Struyf, Hubert and Rousseeuw (1996), Journal of
Statistical Software 1(4); ``mtcars`` Henderson and Velleman (1981), Biometrics 37:391–411.
"""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from samspill.selection import attributes_of, choose_cases, coverage, parse_quota
from samspill.selection.distances import from_the_mean, gower, mahalanobis
from samspill.selection.regression import diagnose

AIR = [80, 80, 75, 62, 62, 62, 62, 62, 58, 58, 58, 58, 58, 58, 50, 50, 50, 50, 50, 56, 70]
WATER = [27, 27, 25, 24, 22, 23, 24, 24, 23, 18, 18, 17, 18, 19, 18, 18, 19, 19, 20, 20, 20]
ACID = [89, 88, 90, 87, 87, 87, 93, 93, 87, 80, 89, 88, 82, 93, 89, 86, 72, 79, 80, 82, 91]
LOSS = [42, 37, 37, 28, 18, 18, 19, 20, 15, 14, 14, 13, 11, 12, 8, 7, 8, 8, 9, 15, 15]
# m <- lm(stack.loss ~ ., stackloss); cooks.distance(m), rstudent(m), hatvalues(m), dfbetas(m)
COOK = {1: 0.15371037, 4: 0.13054204, 14: 1.978e-05, 17: 0.06547308, 21: 0.69199992}
STUDENTISED = {1: 1.20947467, 4: 2.05179748, 14: -0.01695002, 17: -0.59958579, 21: -3.33049332}
HAT = {1: 0.30155547, 4: 0.12850524, 14: 0.20582288, 17: 0.4121235, 21: 0.28453346}
DFBETAS = {1: ("air", 0.40023363), 4: ("water", 0.61879485), 21: ("water", 1.64192727)}
# x <- as.matrix(stackloss[, 1:3]); sqrt(mahalanobis(x, x[21, ], cov(x)))
FROM_21 = {1: 2.6619405, 4: 3.26327144, 12: 1.31881251, 17: 4.21386425, 21: 0.0}
# sqrt(rowSums(scale(x)^2))
FROM_MEAN = {1: 2.88156713, 5: 0.35928156, 12: 1.36059096, 17: 2.97330872, 21: 1.4085229}

FLOWER = """V1,V2,V3,V4,V5,V6,V7,V8
a,1,1,4,3,15,25,15
b,0,0,2,1,3,150,50
a,1,0,3,3,1,150,50
a,0,1,4,2,16,125,50
a,1,0,5,2,2,20,15
a,1,0,4,3,12,50,40
a,0,0,4,3,13,40,20
a,0,1,2,2,7,100,15
b,1,0,3,1,4,25,15
b,1,0,5,2,14,100,60
b,1,1,5,3,8,45,10
b,1,1,1,2,9,90,25
b,1,0,1,2,6,20,10
b,1,1,4,2,11,80,30
b,0,0,3,2,10,40,20
b,0,0,4,2,18,200,60
b,0,0,2,2,17,150,60
a,0,1,2,1,5,25,10
"""
# as.matrix(daisy(flower, metric = "gower"))[, 1] and the last column
FROM_FIRST = [
    0, 0.88754085, 0.52724673, 0.35179739, 0.41156046, 0.22691993, 0.28762255, 0.42340686,
    0.58088235, 0.60943627, 0.32785948, 0.42675654, 0.51964869, 0.29260621, 0.62218137, 0.6935866,
    0.77651144, 0.46102941,
]  # fmt: skip


CARS = """unit,cyl,gear,carb,wt,am,hp,mpg
Mazda RX4,6,4,4,2.62,1,110,21
Mazda RX4 Wag,6,4,4,2.875,1,110,21
Datsun 710,4,4,1,2.32,1,93,22.8
Hornet 4 Drive,6,3,1,3.215,0,110,21.4
Hornet Sportabout,8,3,2,3.44,0,175,18.7
Valiant,6,3,1,3.46,0,105,18.1
Duster 360,8,3,4,3.57,0,245,14.3
Merc 240D,4,4,2,3.19,0,62,24.4
Merc 230,4,4,2,3.15,0,95,22.8
Merc 280,6,4,4,3.44,0,123,19.2
Merc 280C,6,4,4,3.44,0,123,17.8
Merc 450SE,8,3,3,4.07,0,180,16.4
Merc 450SL,8,3,3,3.73,0,180,17.3
Merc 450SLC,8,3,3,3.78,0,180,15.2
Cadillac Fleetwood,8,3,4,5.25,0,205,10.4
Lincoln Continental,8,3,4,5.424,0,215,10.4
Chrysler Imperial,8,3,4,5.345,0,230,14.7
Fiat 128,4,4,1,2.2,1,66,32.4
Honda Civic,4,4,2,1.615,1,52,30.4
Toyota Corolla,4,4,1,1.835,1,65,33.9
Toyota Corona,4,3,1,2.465,0,97,21.5
Dodge Challenger,8,3,2,3.52,0,150,15.5
AMC Javelin,8,3,2,3.435,0,150,15.2
Camaro Z28,8,3,4,3.84,0,245,13.3
Pontiac Firebird,8,3,2,3.845,0,175,19.2
Fiat X1-9,4,4,1,1.935,1,66,27.3
Porsche 914-2,4,5,2,2.14,1,91,26
Lotus Europa,4,5,2,1.513,1,113,30.4
Ford Pantera L,8,5,4,3.17,1,264,15.8
Ferrari Dino,6,5,6,2.77,1,175,19.7
Maserati Bora,8,5,8,3.57,1,335,15
Volvo 142E,4,4,2,2.78,1,109,21.4
"""


@pytest.fixture(scope="module")
def cars() -> pl.DataFrame:
    frame = pl.read_csv(CARS.encode())
    return frame.with_columns(pl.col("carb", "am").cast(pl.String))


@pytest.fixture(scope="module")
def losses() -> pl.DataFrame:
    units = [str(n) for n in range(1, 22)]
    return pl.DataFrame({"unit": units, "air": AIR, "water": WATER, "acid": ACID, "loss": LOSS})


@pytest.fixture(scope="module")
def flower() -> pl.DataFrame:
    frame = pl.read_csv(FLOWER.encode()).with_row_index("unit")
    return frame.with_columns(pl.col("unit", "V2", "V3", "V4").cast(pl.String))


def test_diagnostics_of_the_stack_loss_are_those_of_r(losses: pl.DataFrame) -> None:
    found = diagnose(losses, "loss", attributes_of(losses, ["air", "water", "acid"]))
    rows = {int(row["unit"]): row for row in found.frame.iter_rows(named=True)}
    assert found.r_squared == pytest.approx(0.9135769045, abs=1e-9)
    for name, told in (("cooks_distance", COOK), ("studentised", STUDENTISED), ("leverage", HAT)):
        assert {n: rows[n][name] for n in told} == pytest.approx(told, abs=1e-7)
    for n, (coefficient, value) in DFBETAS.items():
        assert rows[n]["coefficient"] == coefficient
        assert rows[n]["dfbetas"] == pytest.approx(value, abs=1e-7)


def test_the_influential_case_is_the_one_that_every_textbook_finds(losses: pl.DataFrame) -> None:
    by = ["air", "water", "acid"]
    found = choose_cases(losses, "influential", 2, by, outcome="loss")
    assert found.cases == ("21", "1")
    assert choose_cases(losses, "deviant", 2, by, outcome="loss").cases == ("21", "4")
    assert choose_cases(losses, "typical", 1, by, outcome="loss").cases == ("14",)


def test_distances_of_numbers_are_those_of_r(losses: pl.DataFrame) -> None:
    attributes = attributes_of(losses, ["air", "water", "acid"])
    between = mahalanobis(losses, attributes)
    assert {n: between[20, n - 1] for n in FROM_21} == pytest.approx(FROM_21, abs=1e-7)
    out = from_the_mean(losses, attributes)
    assert {n: out[n - 1] for n in FROM_MEAN} == pytest.approx(FROM_MEAN, abs=1e-7)
    assert choose_cases(losses, "extreme", 1, attributes).cases == ("17",)


def test_gower_distances_of_the_flowers_are_those_of_daisy(flower: pl.DataFrame) -> None:
    names = [f"V{n}" for n in range(1, 9)]
    attributes = attributes_of(flower, names, ordinal={"V5": (), "V6": ()})
    between = gower(flower, attributes)
    assert between[0] == pytest.approx(np.array(FROM_FIRST), abs=1e-7)
    assert between[16, 17] == pytest.approx(0.61254085, abs=1e-7)
    assert between[14, 16] == pytest.approx(0.35285948, abs=1e-7)


@pytest.mark.parametrize(
    ("number", "quotas", "categories", "pairs", "distance", "cases"),
    [
        (4, (), 13, 24, 0.17129870078,
         {"Duster 360", "Toyota Corona", "Ferrari Dino", "Volvo 142E"}),
        (4, ("am=1>=3",), 13, 24, 0.189781226029,
         {"Mazda RX4 Wag", "Datsun 710", "Hornet Sportabout", "Maserati Bora"}),
        (3, (), 12, 18, 0.213977802992, {"Datsun 710", "Duster 360", "Ferrari Dino"}),
    ],
)  # fmt: skip
def test_the_diverse_selection_is_the_best_of_all_that_r_tries(
    cars: pl.DataFrame, number, quotas, categories, pairs, distance, cases
) -> None:
    """All 35 960 (and 4 960) sets of cars: most categories, then pairs, then nearest by daisy."""
    attributes = attributes_of(
        cars, ["cyl", "gear", "carb", "wt"], ordinal={"cyl": (), "gear": ()},
        breaks={"wt": [2.5, 3.5]},
    )  # fmt: skip
    found = choose_cases(
        cars, "diverse", number, attributes, quotas=[parse_quota(q) for q in quotas]
    )
    assert found.optimality is not None
    assert found.optimality.optimal
    assert (found.optimality.categories, found.optimality.pairs) == (categories, pairs)
    assert found.optimality.distance == pytest.approx(distance, abs=1e-9)
    assert set(found.cases) == cases
    measured = coverage(cars, found.cases, attributes)
    assert measured.categories_covered[0] == categories
    assert measured.pairs_covered[0] == pairs


@pytest.mark.parametrize(
    ("method", "total", "cases"),
    [
        ("most_similar", 0.0460478268084,
         {"Datsun 710", "Toyota Corona", "Mazda RX4", "Hornet 4 Drive"}),
        ("most_different", 1.56874045872,
         {"Honda Civic", "Maserati Bora", "Chrysler Imperial", "Toyota Corona"}),
    ],
)  # fmt: skip
def test_the_best_pairs_are_those_that_r_finds_by_trying(
    cars: pl.DataFrame, method, total, cases
) -> None:
    attributes = attributes_of(cars, ["wt", "cyl", "hp"], ordinal={"cyl": ()})
    found = choose_cases(cars, method, 4, attributes, outcome="am")
    between = dict(zip(cars["unit"], range(cars.height), strict=True))
    distance = gower(cars, attributes)
    pairs = found.frame.filter("chosen").group_by("pair").agg("unit")["unit"]
    assert sum(distance[between[a], between[b]] for a, b in pairs) == pytest.approx(total, abs=1e-9)
    if method == "most_different":
        assert set(found.cases) == cases
