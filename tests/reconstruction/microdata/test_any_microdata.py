"""Margins computed from any microdata can be reconstructed, and are reproduced."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samspill.reconstruction.microdata import (
    Assumption,
    BinaryVariable,
    OrdinalVariable,
    Specification,
    Union,
    conflicts,
    reconstruct_microdata,
)

CODES = (1, 2, 3, 4)
FIELDS = ("x", "y")
SETTINGS = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
pytestmark = pytest.mark.long


def half_up(numerator, denominator, decimals=0):
    exact = Decimal(int(numerator)) / Decimal(int(denominator))
    return str(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


@st.composite
def populations(draw):
    """Units of two groups with a relation, two forms under it, a theme, a number."""
    sizes = draw(st.tuples(st.integers(4, 40), st.integers(4, 40)))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    units = sum(sizes)
    data = {"group": np.array(["no"] * sizes[0] + ["yes"] * sizes[1])}
    for field in FIELDS:
        relation = random.random(units) < random.random()
        data["relation", field] = relation
        for form in ("a", "b"):
            data[form, field] = relation & (random.random(units) < random.random())
        data["either", field] = data["a", field] | data["b", field]
    data["wrote", ""] = random.random(units) < 0.7
    data["theme", ""] = data["wrote", ""] & (random.random(units) < random.random())
    return sizes, data


def table_of(sizes, data):
    """Printed margins: counts by group for the union, whole percentages of all for the rest."""
    rows = []

    def add(name, field, group, statistic, number, observations=""):
        split = "policy" if group else ""
        identifier = f"{name}/{field}/{group}/{statistic}"
        rows.append(
            (identifier, "T", "survey", name, field, split, group, statistic, number, observations)
        )

    units = sum(sizes)
    for (name, field), values in ((k, v) for k, v in data.items() if k != "group"):
        if name == "either":
            for group in ("no", "yes"):
                add(name, field, group, "count", str(values[data["group"] == group].sum()))
        elif name == "theme":
            wrote = int(data["wrote", ""].sum())
            if wrote:
                share = half_up(100 * int(values.sum()), wrote)
                add(name, field, "", "percentage", share, str(wrote))
        else:
            add(name, field, "", "percentage", half_up(100 * int(values.sum()), units))
    relations = sum(int(data["relation", field].sum()) for field in FIELDS)
    add("areas", "", "", "mean", half_up(relations, units, 1))
    columns = ["id", "source", "basis", "indicator", "field", "split", "group", "statistic"]
    return pl.DataFrame(rows, schema=[*columns, "printed", "observations"], orient="row")


def specification(sizes):
    return Specification(
        split="policy",
        groups={"no": sizes[0], "yes": sizes[1]},
        binary=(
            BinaryVariable("relation", FIELDS),
            BinaryVariable("a", FIELDS),
            BinaryVariable("b", FIELDS),
            BinaryVariable("either", FIELDS, recorded=False),
            BinaryVariable("wrote"),
            BinaryVariable("theme", asked_of="wrote"),
        ),
        unions=(Union("either", ("a", "b")),),
        assumptions=(Assumption("needs relation", "relation", ("either",)),),
        areas={"areas": "relation"},
    )


@SETTINGS
@given(populations())
def test_margins_of_any_microdata_are_possible_and_reproduced(population):
    sizes, data = population
    table = table_of(sizes, data)
    assert conflicts(table, specification(sizes)) == ()
    microdata = reconstruct_microdata(table, specification(sizes), seed=1)
    again = recounted(microdata, sizes)
    assert dict(table_of(sizes, again).select("id", "printed").iter_rows()) == dict(
        table.select("id", "printed").iter_rows()
    )
    for field in FIELDS:
        assert not (again["either", field] & ~again["relation", field]).any()


@SETTINGS
@given(populations())
def test_the_true_counts_are_always_among_the_possible_ones(population):
    sizes, data = population
    microdata = reconstruct_microdata(table_of(sizes, data), specification(sizes))
    for row in microdata.counts.to_dicts():
        values = data[row["variable"], row["field"]]
        own = values if row["group"] == "" else values[data["group"] == row["group"]]
        assert row["low"] <= own.sum() <= row["high"]


def recounted(microdata, sizes):
    """The reconstructed answers in the form of ``populations``."""
    units = microdata.units.sort("unit")
    data = {"group": units["policy"].to_numpy()}
    wide = {key: np.zeros(sum(sizes), dtype=bool) for key in _keys()}
    for unit, field, variable, value in microdata.answers.iter_rows():
        wide[variable, field][unit - 1] = value == 1
    for field in FIELDS:
        wide["either", field] = wide["a", field] | wide["b", field]
    return data | wide


def _keys():
    for field in FIELDS:
        yield from ((name, field) for name in ("relation", "a", "b", "either"))
    yield ("wrote", "")
    yield ("theme", "")


@SETTINGS
@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from(CODES)), min_size=12, max_size=80).filter(
        lambda rows: (
            min(sum(g for g, _ in rows), sum(not g for g, _ in rows)) >= 3
            and len({c for _, c in rows}) > 1
        )
    )
)
def test_a_line_through_any_ordinal_answers_is_possible_and_reproduced(rows):
    groups = np.array([group for group, _ in rows])
    codes = np.array([code for _, code in rows])
    line = regression(groups, codes)
    if line is None:
        return
    columns = ["id", "source", "basis", "indicator", "field", "split", "group", "statistic"]
    table = pl.DataFrame(
        [
            ("mean", "T", "survey", "size", "", "policy", "no", "mean", line[0], str(len(rows))),
            ("slope", "T", "survey", "size", "", "policy", "", "mean_difference", line[1], ""),
            ("r2", "T", "survey", "size", "", "policy", "", "r_squared", line[2], ""),
            ("top", "T", "survey", "top", "", "", "", "percentage", line[3], ""),
        ],
        schema=[*columns, "printed", "observations"],
        orient="row",
    )
    given = Specification(
        split="policy",
        groups={"no": int((~groups).sum()) + 2, "yes": int(groups.sum()) + 1},
        binary=(),
        ordinal=(OrdinalVariable("size", ("",), CODES, "top"),),
    )
    assert conflicts(table, given) == ()
    answers = reconstruct_microdata(table, given, seed=3)
    joined = answers.answers.join(answers.units, on="unit")
    assert joined.height == len(rows)
    assert regression((joined["policy"] == "yes").to_numpy(), joined["value"].to_numpy()) == line


def regression(groups, codes):
    """Intercept, slope (with stars), R² and share at the top, as print would give them.

    None where a printed number lies too near a rounding or star border for floats to decide.
    """
    from scipy import stats

    design = np.column_stack([np.ones(len(codes)), groups])
    factors, *_ = np.linalg.lstsq(design, codes.astype(float), rcond=None)
    residual = float(((codes - design @ factors) ** 2).sum())
    total = float(((codes - codes.mean()) ** 2).sum())
    degrees = len(codes) - 2
    if residual < 1e-9:
        return None
    errors = np.sqrt(residual / degrees * np.diag(np.linalg.inv(design.T @ design)))
    printed = []
    for factor, error in zip(factors, errors, strict=True):
        p = 2 * stats.t.sf(abs(factor / error), degrees)
        if min(abs(p - level) for level in (0.05, 0.01, 0.001)) < 1e-9:
            return None
        stars = sum(p < level for level in (0.05, 0.01, 0.001))
        printed.append((float(factor), "*" * stars))
    r_squared = 1 - residual / total
    numbers = [round(n, 9) + 0.0 for n in (printed[0][0], printed[1][0], r_squared)]
    if any(abs((abs(n) * 100) % 1 - 0.5) < 1e-6 for n in numbers):
        return None
    first, second, third = (f"{n:.2f}" for n in numbers)
    top = half_up(100 * int((codes == CODES[-1]).sum()), len(codes))
    return first + printed[0][1], second + printed[1][1], third, top
