"""The ordered logit against R 4.2.2: MASS 7.3.58.2 (polr) and ordinal 2022.11.16 (clm).

Brant's test against the example output of the package brant 0.3-0 (CRAN's reference manual: Smoke
~ Sex + Height in MASS::survey).
"""

from __future__ import annotations

import polars as pl
import pytest

from samspill.statistics import (
    brant,
    category_cells,
    ordered_logit,
    predicted_distribution,
)

# Copenhagen housing (Madsen 1976), data set housing of MASS: satisfaction low, medium, high in
# the order of contact (low, high) × type × influence (low, medium, high).
HOUSING = """
21 21 28|34 22 36|10 11 36|61 23 17|43 35 40|26 18 54|13 9 10|8 8 12|6 7 9|18 6 7|15 13 13|7 5 11
14 19 37|17 23 40|3 5 23|78 46 43|48 45 86|15 25 62|20 23 20|10 22 24|7 10 21|57 23 13|31 21 13
5 6 13
"""
# Bitterness of wine (Randall 1989), data set wine of ordinal: ratings 1 to 5 by temperature (cold,
# warm) × contact (no, yes).
WINE = {("cold", "no"): [4, 9, 5, 0, 0], ("cold", "yes"): [1, 7, 8, 2, 0],
        ("warm", "no"): [0, 5, 8, 3, 2], ("warm", "yes"): [0, 1, 5, 7, 5]}  # fmt: skip
# Students (data set survey of MASS): smoking by sex and height in cm, those with all three known.
SMOKERS = """
Never F 150 1|Never F 152 1|Regul F 152.4 1|Never F 153.5 1|Never F 154.94 1|Never M 154.94 1
Never F 155 2|Never F 156 1|Never F 156.2 1|Never F 157 3|Never F 157.48 3|Never F 158 1
Never F 159 2|Never F 160 3|Never M 160 2|Never F 160.02 1|Occas F 160.02 1|Regul F 160.02 1
Never F 162.5 1|Never F 162.56 4|Never F 163 2|Heavy F 163 1|Never F 164 4|Never F 165 9
Never M 165 5|Never F 165.1 2|Occas F 165.1 1|Heavy F 165.1 1|Heavy F 166.4 1|Never F 166.5 1
Never F 167 3|Occas F 167 1|Regul F 167 1|Never M 167 2|Never F 167.64 4|Never M 167.64 1
Never F 168 4|Occas F 168 2|Never M 168 2|Never F 168.5 1|Never F 168.9 1|Never F 169 2
Occas F 169.2 1|Never F 170 7|Occas F 170 1|Heavy F 170 1|Never M 170 5|Never F 170.18 2
Heavy F 170.18 1|Never M 170.18 1|Never F 171 2|Never M 171 1|Occas M 171 1|Heavy M 171 1
Never F 171.5 1|Never F 172 3|Occas F 172 1|Never M 172 1|Occas M 172 1|Never F 172.72 3
Never M 172.72 2|Regul M 172.72 1|Never F 173 2|Never M 173 2|Never M 174 1|Never F 175 3
Never M 175 2|Never F 175.26 1|Never M 175.26 3|Occas M 175.26 1|Occas M 176 1|Heavy M 176 1
Never F 176.5 1|Never M 176.5 1|Never M 177 2|Occas M 177 1|Never M 177.8 1|Regul M 177.8 1
Never F 178 1|Never M 178 1|Regul M 178.5 1|Never M 179 2|Heavy M 179 1|Never M 179.1 1
Regul M 179.1 1|Never M 180 7|Regul M 180 1|Never F 180.34 1|Never M 180.34 7|Regul M 180.34 1
Regul M 182 1|Never M 182.5 1|Never M 182.88 3|Occas M 182.88 1|Never M 183 3|Never M 184 1
Heavy M 184 1|Never M 185 5|Occas M 185 1|Never M 185.42 2|Never M 187 2|Regul M 187 1
Never M 187.96 2|Regul M 187.96 1|Never M 188 1|Never M 189 1|Regul M 189 1|Never M 190 1
Occas M 190 1|Regul M 190 1|Never M 190.5 3|Never M 191.8 1|Heavy M 193.04 1|Never M 195 1
Never M 196 1|Never M 200 1
"""


def _split(text):
    return [row.split() for row in text.replace("\n", "|").split("|") if row]


def _rows(counts, key, categories):
    """One row per answer."""
    return pl.DataFrame(
        [
            (*values, category)
            for values, numbers in counts
            for category, number in zip(categories, numbers, strict=True)
            for _ in range(number)
        ],
        schema=[*key, "answer"],
        orient="row",
    )


@pytest.fixture(scope="module")
def housing():
    keys = [
        (contact, kind, influence)
        for contact in ("Low", "High")
        for kind in ("Tower", "Apartment", "Atrium", "Terrace")
        for influence in ("Low", "Medium", "High")
    ]
    counts = [[int(n) for n in row] for row in _split(HOUSING)]
    rows = _rows(zip(keys, counts, strict=True), ["contact", "type", "influence"], "123")
    cells = category_cells(rows, ["contact", "type", "influence"], "answer", list("123"))
    return ordered_logit(
        cells,
        list("123"),
        ["influence", "type", "contact"],
        reference={"influence": "Low", "type": "Tower", "contact": "Low"},
    )


def _named(fit, column):
    return dict(fit.frame.select("term", column).iter_rows())


def test_housing_is_polrs(housing):
    estimates, errors = _named(housing, "estimate"), _named(housing, "standard_error")
    published = {
        "influence[Medium]": (0.5663937379, 0.1046527814),
        "influence[High]": (1.2888191104, 0.1271561446),
        "type[Apartment]": (-0.5723500020, 0.1192380086),
        "type[Atrium]": (-0.3661863707, 0.1551733320),
        "type[Terrace]": (-1.0910146590, 0.1514860186),
        "contact[High]": (0.3602840046, 0.0955357950),
        "1|2": (-0.4961351382, 0.1248472429),
        "2|3": (0.6907082593, 0.1254719378),
    }
    for term, (estimate, error) in published.items():
        assert estimates[term] == pytest.approx(estimate, abs=2e-7), term
        assert errors[term] == pytest.approx(error, rel=1e-6), term
    assert housing.log_likelihood == pytest.approx(-1739.57465, abs=1e-5)


def test_its_profile_intervals_are_clms(housing):
    low, high = _named(housing, "low"), _named(housing, "high")
    for term, limits in {
        "influence[High]": (1.0409699418, 1.53958145962),
        "type[Terrace]": (-1.3893865592, -0.79533937808),
        "contact[High]": (0.1733588182, 0.54792872070),
    }.items():
        assert (low[term], high[term]) == pytest.approx(limits, abs=2e-5)


def test_its_predicted_shares_are_polrs(housing):
    found = predicted_distribution(housing).frame
    low = found.filter(influence="Low", type="Tower", contact="Low")["share"].to_list()
    high = found.filter(influence="High", type="Terrace", contact="High")["share"].to_list()
    assert low == pytest.approx([0.3784493062, 0.2876751647, 0.3338755291], abs=1e-6)
    assert high == pytest.approx([0.2584148693, 0.2746916178, 0.4668935129], abs=1e-6)


def test_wine_is_clms():
    rows = _rows(WINE.items(), ["temp", "contact"], "12345")
    cells = category_cells(rows, ["temp", "contact"], "answer", list("12345"))
    fit = ordered_logit(cells, list("12345"), ["temp", "contact"])
    estimates, errors = _named(fit, "estimate"), _named(fit, "standard_error")
    for term, (estimate, error) in {
        "1|2": (-1.344383411, 0.5171020453),
        "2|3": (1.250808798, 0.4378802030),
        "3|4": (3.466886926, 0.5977604246),
        "4|5": (5.006404204, 0.7309063437),
        "temp[warm]": (2.503102008, 0.5286801008),
        "contact[yes]": (1.527797658, 0.4766226296),
    }.items():
        assert (estimates[term], errors[term]) == pytest.approx((estimate, error), rel=1e-6)
    low, high = _named(fit, "low"), _named(fit, "high")
    # clm reads its limits off a spline through the profile
    limits = (low["temp[warm]"], high["temp[warm]"])
    assert limits == pytest.approx((1.5097627406, 3.595225164), abs=3e-4)


def test_brant_is_that_of_the_package_of_his_name():
    order = ["Never", "Occas", "Regul", "Heavy"]
    rows = _split(SMOKERS)
    counts = pl.DataFrame(
        [(sex, float(height), order.index(smoke), int(n)) for smoke, sex, height, n in rows],
        schema=["sex", "height", "smoke", "n"],
        orient="row",
    )
    answers = counts.select(pl.all().repeat_by("n").explode())
    cells = category_cells(answers, ["sex", "height"], "smoke", ["0", "1", "2", "3"])
    fit = ordered_logit(cells, ["0", "1", "2", "3"], ["sex", "height"], interval="wald")
    assert fit.n == 208
    estimates = _named(fit, "estimate")
    assert estimates["sex[M]"] == pytest.approx(0.09478, abs=2e-4)
    assert estimates["height"] == pytest.approx(0.02785, abs=1e-5)
    test = brant(fit).frame
    assert test["statistic"].to_list() == pytest.approx([3.28, 1.58, 0.02], abs=0.006)
    assert test["degrees_of_freedom"].to_list() == [4, 2, 2]
    assert test["p"].to_list() == pytest.approx([0.51, 0.45, 0.99], abs=0.006)
