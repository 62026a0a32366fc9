"""A matrix holds what counting row by row gives, and every cell its own passages."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qualitative.queries.invented import FIELDS, places, projects, under

from samspill.errors import SamspillError
from samspill.qualitative import Code, Coder, Coding, Project, Source
from samspill.qualitative.queries import matrix


def _values(source: Source, dimension: str) -> list[str | None]:
    if dimension == "field":
        return list(source.fields) or [None]
    return [getattr(source, dimension) or None]


def _in_cell(project, row, dimensions, with_descendants):
    """The codings that stand in the row and columns of a frame's row."""
    sources = {source.guid: source for source in project.sources}
    if row["code"] is None:
        codes = {"gone"}
    else:
        codes = under(project, row["code"]) if with_descendants else {row["code"]}
    return [
        coding
        for coding in project.codings
        if coding.code in codes
        and all(
            (coding.coder == row[d])
            if d == "coder"
            else row[d] in _values(sources[coding.source], d)
            for d in dimensions
        )
    ]


@settings(max_examples=25, deadline=None)
@given(
    projects(),
    st.sampled_from([(), ("field",), ("side",), ("field", "side"), ("coder",), ("coder", "field")]),
    st.booleans(),
)
def test_every_cell_is_what_counting_row_by_row_gives(project, dimensions, with_descendants):
    result = matrix(
        project.tables(),
        columns=dimensions,
        measure="characters",
        with_descendants=with_descendants,
    )
    for row in result.frame.iter_rows(named=True):
        found = _in_cell(project, row, dimensions, with_descendants)
        assert row["codings"] == len(found)
        assert row["sources"] == len({coding.source for coding in found})
        assert row["characters"] == len(places(found))
        where = [row[d] for d in dimensions]
        quotes = result.cell(row["code"] or "(unknown code)", *where).quotes()
        assert sorted(quotes["coding"]) == sorted(coding.guid for coding in found)
    for total in result.totals.iter_rows(named=True):
        kept = [d for d in dimensions if total["of"] == "column"]
        rows = [None] if total["of"] == "row" and total["code"] is None else result.frame["code"]
        wanted = [total["code"]] if total["of"] == "row" else rows
        found = {
            coding.guid: coding
            for code in wanted
            for coding in _in_cell(project, {**total, "code": code}, kept, with_descendants)
        }.values()
        assert total["codings"] == len(found)
        assert total["sources"] == len({coding.source for coding in found})
        assert total["characters"] == len(places(found))


@settings(max_examples=15, deadline=None)
@given(projects())
def test_the_base_of_a_column_is_its_sources_coded_or_not(project):
    frame = matrix(project.tables(), columns="field").frame
    for row in frame.iter_rows(named=True):
        base = [s for s in project.sources if row["field"] in _values(s, "field")]
        assert row["n"] == len(base)
        assert row["share"] == pytest.approx(row["sources"] / len(base))
        assert row["low"] <= row["share"] <= row["high"]


def _two_fields() -> Project:
    return Project(
        "Two",
        (Coder("k", "K"),),
        (Code("m", "Money"), Code("r", "Rent", parent="m")),
        (
            Source("1", "One", "There is no money for rent.", fields=FIELDS[:2]),
            Source("2", "Two", "We get by.", fields=FIELDS[:1]),
            Source("3", "Three", "Rent!"),
        ),
        (Coding("a", "1", 9, 17, "m", "k"), Coding("b", "1", 12, 26, "r", "k")),
    )


def test_a_source_of_two_fields_counts_in_both_columns_and_once_in_the_total():
    result = matrix(_two_fields().tables(), measure="sources")
    money = result.frame.filter(pl.col("name") == "Money")
    assert money.select("field", "sources", "n").rows() == [
        ("culture_leisure", 1, 2),
        ("health_care", 1, 1),
        (None, 0, 1),
    ]
    total = result.totals.filter(pl.col("name") == "Money").row(0, named=True)
    assert (total["sources"], total["n"]) == (1, 3)
    assert "(not known)" in repr(result)


def test_characters_that_two_codings_share_count_once():
    result = matrix(_two_fields().tables(), "m", (), measure="characters")
    assert result.frame["characters"].item() == 26 - 9


def test_crossed_columns_show_where_nobody_was_asked():
    crossed = matrix(_two_fields().tables(), "m", ("field", "source")).frame
    empty = crossed.filter(pl.col("n") == 0)
    assert empty.height == 5
    assert set(empty["note"]) == {"no sources"}
    assert empty["share"].null_count() == 5


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"rows": "No such"}, "no code"),
        ({"columns": "colour"}, "no attribute"),
        ({"columns": ("field", "field")}, "itself"),
        ({"measure": "words"}, "no measure"),
        ({"coders": "nobody"}, "coded by"),
        ({"sources": ["9"]}, "no source"),
    ],
)
def test_what_is_not_there_is_named(arguments, words):
    with pytest.raises(SamspillError, match=words) as fault:
        matrix(_two_fields().tables(), **arguments)
    assert fault.value.next_step


def test_a_name_that_two_codes_have_is_not_guessed():
    project = Project("P", codes=(Code("1", "Money"), Code("2", "Money")))
    with pytest.raises(SamspillError, match="2 codes"):
        matrix(project.tables(), "Money")


def test_a_project_without_anything_gives_an_empty_matrix():
    assert matrix(Project("Empty").tables()).frame.is_empty()
