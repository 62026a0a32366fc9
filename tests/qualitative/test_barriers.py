"""The barriers spoken of, in shares of sources."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


PATHS = [None, "barriers/coordination", "barriers/coordination/poor_overview",
         "barriers/conditions_resources/too_little_money", "fields/health_care"]  # fmt: skip
SIDES = ("municipality", "organisation")
FIELDS = ("culture_leisure", "health_care")


@st.composite
def coded(draw) -> Project:
    codes = tuple(Code(f"c{i}", f"C{i}", concept=path) for i, path in enumerate(PATHS))
    sources = tuple(
        Source(
            f"s{i}", f"S{i}", TEXT, side=draw(st.sampled_from(SIDES)), unit="u",
            kind=draw(st.sampled_from(["interview", "interview", "document"])),
            fields=tuple(draw(st.lists(st.sampled_from(FIELDS), unique=True, max_size=2))),
        )
        for i in range(draw(st.integers(1, 5)))
    )  # fmt: skip
    codings = tuple(
        Coding(f"k{i}", draw(st.sampled_from(sources)).guid, 0, 5,
               draw(st.sampled_from(codes)).guid, draw(st.sampled_from(["anne", "bo"])))
        for i in range(draw(st.integers(0, 8)))
    )  # fmt: skip
    return Project("P", (), codes, sources, codings)


@settings(max_examples=40, deadline=None)
@given(coded())
def test_every_share_is_what_reading_source_by_source_gives(project):
    heard = [source for source in project.sources if source.kind == "interview"]
    if not heard:
        return
    path = {code.guid: code.concept or "" for code in project.codes}
    frame = barrier_profile(project.tables(), ("field", "side"), sub_themes=True).frame
    for row in frame.iter_rows(named=True):
        group = [s for s in heard if row["field"] in s.fields and s.side == row["side"]]
        whole = f"barriers/{row['barrier']}"
        speaking = {
            coding.source
            for coding in project.codings
            if path[coding.code] == whole or path[coding.code].startswith(f"{whole}/")
        }
        found = [source for source in group if source.guid in speaking]
        assert (row["n"], row["count"], row["segments"]) == (len(group), len(found), len(found))
        assert row["low"] <= row["share"] <= row["high"]
    groups = {(field, s.side) for s in heard for field in s.fields}
    assert set(frame.select("field", "side").unique().rows()) == groups


def test_what_cannot_be_asked_is_said():
    with pytest.raises(SamspillError, match="not grouped by “county”"):
        barrier_profile(_tables(), "county")
    with pytest.raises(SamspillError, match="No source is of these kinds"):
        barrier_profile(_tables(), kinds=["open_answer"])
