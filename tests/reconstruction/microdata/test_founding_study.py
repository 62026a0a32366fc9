"""The founding study's microdata, recounted with plain Polars, against everything printed."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from math import erfc, log, sqrt

import numpy as np
import polars as pl
import pytest

from samspill.reconstruction import read_printed
from samspill.reconstruction.microdata import conflicts, possible_codes, reconstruct_microdata
from samspill.studies.norway_2018.build import HERE, reconstructed
from samspill.studies.norway_2018.specification import ASSUMPTIONS, specification

pytestmark = pytest.mark.long

GROUPS = {"no": 164, "yes": 77}
MISPRINT = "A1.1/service_purchase/integration/has_policy"
MARK = "4.8/activity/integration/mark"
RANGE = "text/coordination_range_low/integration"
UNIONS = {
    "policy_development": ("committees_boards_councils", "planning_processes"),
    "transition": ("development_projects", "single_cases"),
    "activity": ("operations_management", "service_delivery"),
}
RESPONSE = {"gross_sample", "net_sample", "complete_response", "partial_response"}
OPEN_ANSWERS = 142


@pytest.fixture(scope="module")
def printed():
    return read_printed(HERE / "printed.csv")


@pytest.fixture(scope="module")
def founding(printed):
    return reconstructed(printed)


@pytest.fixture(scope="module")
def microdata(founding):
    return founding[0]


@pytest.fixture(scope="module")
def answers(microdata):
    """One row per unit, field and variable, unions and the highest category included."""
    told = microdata.answers.join(microdata.units, on="unit")
    parts = [told]
    for whole, members in UNIONS.items():
        own = told.filter(pl.col("variable").is_in(members))
        parts.append(
            own.group_by("unit", "field", "has_policy")
            .agg(pl.col("value").max())
            .with_columns(pl.lit(whole).alias("variable"))
            .select(told.columns)
        )
    numbers = told.filter(pl.col("variable") == "number_of_relations")
    parts.append(
        numbers.with_columns(
            (pl.col("value") == 5).cast(pl.Int64).alias("value"),
            pl.lit("more_than_20_relations").alias("variable"),
        )
    )
    return pl.concat(parts)


def number(text):
    return Decimal(text.rstrip("*").replace("–", "-").replace(",", ".") or "0")


def stars(p):
    return "*" * sum(p < level for level in (0.05, 0.01, 0.001))


def counts(answers, name, field, group=""):
    own = answers.filter((pl.col("variable") == name) & (pl.col("field") == field))
    if group:
        own = own.filter(pl.col("has_policy") == group)
    return own["value"].sum(), own.height


def share(answers, name, field, group=""):
    s, n = counts(answers, name, field, group)
    return 100 * s / n


def wald(s0, n0, s1, n1):
    difference = log(s1 / (n1 - s1)) - log(s0 / (n0 - s0))
    error = sqrt(1 / s0 + 1 / (n0 - s0) + 1 / s1 + 1 / (n1 - s1))
    return difference, erfc(abs(difference / error) / sqrt(2))


def line(answers, field):
    """Mean without policy, difference, their stars, and R², by least squares on rows."""
    from scipy import stats

    own = answers.filter((pl.col("variable") == "number_of_relations") & (pl.col("field") == field))
    y = own["value"].to_numpy().astype(float)
    x = np.column_stack([np.ones(len(y)), (own["has_policy"] == "yes").to_numpy()])
    b = np.linalg.lstsq(x, y, rcond=None)[0]
    residual = ((y - x @ b) ** 2).sum()
    error = np.sqrt(residual / (len(y) - 2) * np.diag(np.linalg.inv(x.T @ x)))
    marks = [stars(2 * stats.t.sf(abs(t), len(y) - 2)) for t in b / error]
    return b, marks, 1 - residual / ((y - y.mean()) ** 2).sum(), len(y)


def recomputed(answers, row):
    """A printed number as these answers give it: its text, or None for another kind."""
    name, field, group = row["indicator"], row["field"], row["group"]
    kind, decimals = row["statistic"], max(0, -number(row["printed"]).as_tuple().exponent)
    if name == "number_of_relations":
        b, marks, r_squared, n = line(answers, field)
        assert n == int(row["observations"])
        at = {"mean": (b[0], marks[0]), "mean_difference": (b[1], marks[1])}
        value, mark = at.get(kind, (r_squared, ""))
        return Decimal(f"{value:.2f}"), mark
    if name == "number_of_areas":
        s = answers.filter(pl.col("variable") == "has_relation")["value"].sum()
        return Decimal(f"{s / 241:.0f}"), ""
    if kind in ("minimum", "maximum"):
        shares = [share(answers, one, field) for one in name.split(";")]
        end = min(shares) if kind == "minimum" else max(shares)
        return Decimal(f"{end:.0f}"), ""
    if name == "answered_open_question":
        return Decimal(counts(answers, "barrier_other", "")[1]), ""
    if kind == "percentage":
        return Decimal(f"{share(answers, name, field, group):.0f}"), ""
    s0, n0 = counts(answers, name, field, "no")
    s1, n1 = counts(answers, name, field, "yes")
    difference, p = wald(s0, n0, s1, n1)
    if kind == "mark":
        return Decimal(0), stars(p)
    if kind == "log_odds_ratio":
        return Decimal(f"{difference:.{decimals}f}"), stars(p)
    if kind == "log_odds":
        value = log(s0 / (n0 - s0))
        z = abs(value) / sqrt(n0 / (s0 * (n0 - s0)))
        return Decimal(f"{value:.{decimals}f}"), stars(erfc(z / sqrt(2)))
    raise AssertionError(f"{row['id']} is of an unknown kind")


def test_only_the_three_slips_are_not_followed(founding):
    microdata, given = founding
    assert dict(given.groups) == GROUPS
    assert dict(given.readings) == {MISPRINT: "0,54"}
    assert set(microdata.left_out) == {MARK, RANGE}


def test_every_other_printed_number_is_recounted_as_printed(printed, microdata, answers):
    known = set(answers["variable"]) | {"number_of_areas", "answered_open_question"}
    survey = [row for row in printed.to_dicts() if row["basis"] == "survey"]
    rows = [row for row in survey if set(row["indicator"].split(";")) <= known]
    assert {row["indicator"] for row in survey if row not in rows} == RESPONSE
    wrong = []
    for row in rows:
        text = row["printed"]
        mark = text[len(text.rstrip("*")) :]
        if recomputed(answers, row) != (number(text), mark):
            wrong.append(row["id"])
    assert set(wrong) == {MARK, RANGE, MISPRINT}


def test_the_misprint_is_read_as_nine_and_seven(answers):
    own = {g: counts(answers, "service_purchase", "integration", g) for g in GROUPS}
    assert own == {"no": (9, 164), "yes": (7, 77)}


def test_the_assumptions_hold_in_every_unit(answers):
    wide = answers.filter(pl.col("field") != "").pivot(
        "variable", index=["unit", "field"], values="value"
    )
    forms = [form for members in UNIONS.values() for form in members]
    economic = ["operating_grant", "activity_grant", "service_purchase"]
    without = wide.filter(pl.col("has_relation") == 0)
    assert without.select(pl.col(*forms, *economic).sum()).row(0) == (0,) * 9
    assert without["number_of_relations"].null_count() == without.height
    barriers = answers.filter(pl.col("variable").str.starts_with("barrier_"))
    themes = barriers.group_by("unit").agg(pl.col("value").sum())
    assert themes.height == OPEN_ANSWERS
    assert themes["value"].min() >= 1


def test_the_assumptions_are_not_what_contradicts_the_print(printed):
    assert len(ASSUMPTIONS) == 3
    for kept in ((), ASSUMPTIONS):
        given = specification(GROUPS, readings={MISPRINT: "0,54"}, assumptions=kept)
        found = conflicts(printed, given)
        assert {i for conflict in found for i in conflict.left_out} == {MARK, RANGE}


def test_as_printed_the_misprint_conflicts_with_its_own_intercept(printed):
    found = conflicts(printed, specification(GROUPS))
    (own,) = [c for c in found if MISPRINT in c.statements]
    assert own.statements == ("A1.1/service_purchase/integration/intercept", MISPRINT)
    assert own.left_out == (MISPRINT,)


def test_the_same_seed_gives_the_same_answers_and_another_the_same_counts(printed, founding):
    microdata, given = founding
    same = reconstruct_microdata(printed, given, seed=2018)
    other = reconstruct_microdata(printed, given, seed=1)
    assert same.answers.equals(microdata.answers)
    assert not other.answers.equals(microdata.answers)
    assert other.counts.equals(microdata.counts)

    def tally(data):
        joined = data.answers.join(data.units, on="unit")
        return Counter(joined.select("field", "variable", "has_policy", "value").iter_rows())

    assert tally(other) == tally(microdata)


def test_five_is_the_only_highest_code_that_the_print_allows(printed):
    candidates = [tuple(range(first, last + 1)) for first in (0, 1) for last in range(3, 9)]
    found = possible_codes(printed, specification(GROUPS), "number_of_relations", candidates)
    everywhere = found.group_by("first", "last", "top_share_of").agg(pl.col("possible").all())
    left = everywhere.filter("possible").sort("first", "top_share_of")
    assert left.select("first", "last", "top_share_of").rows() == [
        (0, 5, "answers"),
        (0, 5, "units"),
        (1, 5, "answers"),
        (1, 5, "units"),
    ]
