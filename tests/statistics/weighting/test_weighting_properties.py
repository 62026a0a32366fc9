"""What weights promise: known totals are met, and what should not matter does not."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.statistics import Cells
from samspill.statistics.weighting import (
    Margin,
    Sample,
    Total,
    calibrate,
    margin_of_frame,
    post_stratify,
    propensity_weights,
    rake,
    trim,
)

A, B = ("a1", "a2"), ("b1", "b2", "b3")
COUNT = st.integers(1, 40)


@st.composite
def frames(draw) -> Cells:
    """A frame by two variables, of which somebody answered in every combination."""
    rows = []
    for a in A:
        for b in B:
            answered = draw(COUNT)
            rows.append((a, b, "y", answered + draw(st.integers(0, 40)), answered))
    frame = pl.DataFrame(rows, ["a", "b", "outcome", "n", "sum"], orient="row")
    return Cells.from_counts(frame, ["a", "b"])


def margins(cells: Cells) -> list[Margin]:
    return [margin_of_frame(cells, "y", name) for name in ("a", "b")]


@given(frames(), st.sampled_from(["rake", "linear", "raking", "logit"]))
@settings(max_examples=60, deadline=None)
def test_weights_add_up_to_every_known_total(cells, way):
    sample = Sample.responding(cells, "y")
    try:
        if way == "rake":
            found = rake(sample, margins(cells))
        else:
            bounds = (0.01, 100) if way == "logit" else None
            found = calibrate(sample, margins(cells), distance=way, bounds=bounds)
    except SamspillError as error:
        assume(way != "linear" or "comes out at" not in error.message)
        raise
    assert found.margins["after"].to_list() == pytest.approx(found.margins["known"].to_list())
    sums = found.frame.with_columns(total=pl.col("n") * pl.col("weight"))
    for name, margin in zip(("a", "b"), margins(cells), strict=True):
        by = dict(sums.group_by(name).agg(pl.col("total").sum()).iter_rows())
        assert by == pytest.approx({k[0]: v for k, v in margin.totals.items()})


@given(frames())
@settings(max_examples=30, deadline=None)
def test_raking_to_one_margin_is_post_stratification(cells):
    sample, margin = Sample.responding(cells, "y"), margins(cells)[1]
    raked, stratified = rake(sample, [margin]), post_stratify(sample, margin)
    assert raked.frame["weight"].to_list() == pytest.approx(stratified.frame["weight"].to_list())


@given(frames(), st.floats(0.01, 1000))
@settings(max_examples=30, deadline=None)
def test_the_scale_of_the_base_weights_does_not_matter(cells, scale):
    sample = Sample.responding(cells, "y")
    frame = sample.frame.with_columns(pl.col("base") * scale, pl.col("base_squares") * scale**2)
    for make in (rake, lambda s, m: calibrate(s, m, distance="raking")):
        one = make(sample, margins(cells)).frame["weight"]
        other = make(Sample(frame, sample.key), margins(cells)).frame["weight"]
        assert one.to_list() == pytest.approx(other.to_list(), rel=1e-6)


@given(frames())
@settings(max_examples=30, deadline=None)
def test_where_all_answered_alike_the_weights_are_alike(cells):
    everyone = Cells(cells.frame.with_columns(sum=pl.col("n")), cells.key)
    sample = Sample.responding(everyone, "y")
    for found in (rake(sample, margins(everyone)), calibrate(sample, margins(everyone))):
        assert found.frame["weight"].to_list() == pytest.approx([1.0] * 6)
        assert found.diagnostics["deff"].item() == pytest.approx(1)


@given(frames(), st.floats(0.2, 0.9), st.floats(1.1, 3))
@settings(max_examples=60, deadline=None)
def test_trimmed_weights_keep_their_limits_and_their_sum(cells, low, high):
    weights = rake(Sample.responding(cells, "y"), margins(cells))
    try:
        found = trim(weights, low=low, high=high)
    except SamspillError:
        assume(False)
    mean = found.diagnostics["mean"].item()
    assert mean == pytest.approx(weights.diagnostics["mean"].item())
    assert found.diagnostics["smallest"].item() >= low * mean * (1 - 1e-6)
    assert found.diagnostics["largest"].item() <= high * mean * (1 + 1e-6)
    assert found.diagnostics["deff"].item() <= weights.diagnostics["deff"].item() + 1e-9


@given(frames(), st.sampled_from([None, 2, 3]))
@settings(max_examples=40, deadline=None)
def test_propensity_weights_add_up_to_the_frame(cells, classes):
    assume(cells.totals["n"].item() > cells.totals["sum"].item())
    found = propensity_weights(cells, "y", ["a", "b"], classes=classes)
    assert found.diagnostics["sum"].item() == pytest.approx(cells.totals["n"].item())
    assert (found.frame["weight"] > 0).all()


def table(*rows: tuple[str, str, int, int]) -> Cells:
    frame = pl.DataFrame(
        [(a, b, "y", n, y) for a, b, n, y in rows],
        ["a", "b", "outcome", "n", "sum"],
        orient="row",
    )
    return Cells.from_counts(frame, ["a", "b"])


PLAIN = table(("a1", "b1", 10, 4), ("a1", "b2", 10, 6), ("a2", "b1", 10, 5), ("a2", "b2", 10, 7))
SAMPLE = Sample.responding(PLAIN, "y")


def margin(variable: str, **totals: float) -> Margin:
    return Margin((variable,), {(name,): total for name, total in totals.items()})


@pytest.mark.parametrize(
    ("wanted", "fault"),
    [
        ([margin("a", a1=20, a2=20), margin("b", b1=20, b2=10)], "a adds up to 40 and b to 30"),
        ([margin("a", a1=20, a2=10, a3=10)], "Nobody with a = a3 answered, and 10 units"),
        ([margin("a", a1=40)], "Units with a = a2 answered, and no total"),
        ([margin("a", a1=-1, a2=41)], "total of a = a1 is -1"),
        ([margin("c", c1=40)], "not counted by 'c'"),
        ([], "No known total"),
    ],
)
def test_totals_that_cannot_be_are_told_by_name(wanted, fault):
    for make in (rake, calibrate):
        with pytest.raises(SamspillError, match=fault):
            make(SAMPLE, wanted)


def test_what_does_not_converge_is_told_by_name():
    hollow = table(("a1", "b1", 10, 5), ("a2", "b2", 10, 5))
    sample = Sample.responding(hollow, "y")
    wanted = [margin("a", a1=15, a2=5), margin("b", b1=5, b2=15)]
    with pytest.raises(SamspillError, match=r"after 1000 rounds; furthest off is .* = "):
        rake(sample, wanted)
    with pytest.raises(SamspillError, match="No weights were found"):
        calibrate(sample, wanted, distance="raking")
    with pytest.raises(SamspillError, match=r"between 0\.9 and 1\.1 times"):
        calibrate(SAMPLE, [margin("a", a1=35, a2=5)], distance="logit", bounds=(0.9, 1.1))


def test_linear_weights_below_zero_are_refused():
    by_number = PLAIN.frame.with_columns(x=pl.Series([1, 2, 3, 40]))
    sample = Sample.responding(Cells(by_number, ("a", "b", "x")), "y")
    with pytest.raises(SamspillError, match="comes out at -"):
        calibrate(sample, [margin("a", a1=20, a2=20)], [Total("x", 2)])


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (lambda: calibrate(SAMPLE, [margin("a", a1=20, a2=20)], distance="logit"), "needs them"),
        (
            lambda: calibrate(
                SAMPLE, [margin("a", a1=20, a2=20)], distance="logit", bounds=(1.2, 2)
            ),
            "do not enclose 1",
        ),
        (lambda: calibrate(SAMPLE, [], [Total("a", 3)]), "is not a number"),
        (lambda: trim(rake(SAMPLE, [margin("a", a1=20, a2=20)])), "No limit"),
        (lambda: trim(rake(SAMPLE, [margin("a", a1=20, a2=20)]), low=2), "do not enclose 1"),
        (lambda: propensity_weights(PLAIN, "y", "a", classes=1), "makes all alike"),
    ],
)
def test_what_cannot_be_asked_is_told(make, fault):
    with pytest.raises(SamspillError, match=fault):
        make()
