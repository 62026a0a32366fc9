"""The barriers spoken of, in shares of sources."""

import polars as pl
import pytest

from samspill.errors import SamspillError
from samspill.qualitative import Code, Coding, Project, Source
from samspill.qualitative.barriers import barrier_profile
from samspill.statistics.intervals import wilson
from samspill.vocabulary import load

CODES = (
    Code("c", "Koordinering", concept="barriers/coordination"),
    Code("o", "Oversikt", parent="c", concept="barriers/coordination/poor_overview"),
    Code("m", "Penger", concept="barriers/conditions_resources/too_little_money"),
    Code("own", "Noe eget"),
)
TEXT = "Vi har ingen liste, og pengene rekker ikke."


def _tables():
    sources = (
        Source("a", "A", TEXT, side="municipality", fields=("culture_leisure",), unit="u1"),
        Source("b", "B", TEXT, side="organisation", fields=("culture_leisure", "health_care")),
        Source("d", "D", TEXT, side="organisation", fields=("culture_leisure",)),
        Source("e", "E", TEXT, kind="document", fields=("culture_leisure",)),
    )
    codings = (
        Coding("1", "a", 0, 18, "o", "anne"),
        Coding("2", "a", 3, 18, "c", "bo"),
        Coding("3", "b", 20, 30, "m", "anne"),
        Coding("4", "b", 0, 5, "own", "anne"),
        Coding("5", "e", 0, 18, "o", "anne"),
    )
    return Project("P", (), CODES, sources, codings).tables()


def _row(profile, **keys):
    return profile.frame.filter(*[pl.col(n) == v for n, v in keys.items()]).row(0, named=True)


def test_the_share_of_sources_that_speak_of_each_barrier():
    profile = barrier_profile(_tables())
    row = _row(profile, field="culture_leisure", barrier="coordination")
    assert (row["n"], row["count"], row["segments"]) == (3, 1, 1)
    low, high = wilson([1 / 3], [1 / 3], 0.95)
    assert (row["low"], row["high"]) == (pytest.approx(low[0]), pytest.approx(high[0]))
    assert _row(profile, field="health_care", barrier="conditions_resources")["share"] == 1
    order = profile.frame.filter(pl.col("field") == "health_care")["barrier"].to_list()
    assert order == list(load().barriers)


def test_sub_themes_by_side_and_other_kinds():
    profile = barrier_profile(_tables(), ("side",), sub_themes=True)
    row = _row(profile, side="municipality", barrier="coordination/poor_overview")
    assert (row["n"], row["count"]) == (1, 1)
    documents = barrier_profile(_tables(), kinds=["document"])
    assert _row(documents, field="culture_leisure", barrier="coordination")["count"] == 1
    whole = barrier_profile(_tables(), ())
    assert _row(whole, barrier="coordination")["n"] == 3


def test_what_cannot_be_asked_is_said():
    with pytest.raises(SamspillError, match="not grouped by “county”"):
        barrier_profile(_tables(), "county")
    with pytest.raises(SamspillError, match="No source is of these kinds"):
        barrier_profile(_tables(), kinds=["open_answer"])
