"""Case tables hold nobody who was not asked, and join the survey with both their bases."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from qualitative.queries.conversation import conversation
from qualitative.queries.invented import projects, under

from samspill.errors import SamspillError
from samspill.qualitative import Code, Project, Source
from samspill.qualitative.queries import case_table, joint_display

TABLES = conversation().tables()


@settings(max_examples=20, deadline=None)
@given(projects())
def test_a_case_has_a_code_where_one_of_its_sources_has(project):
    table = case_table(project.tables(), ("unit", "side"))
    assert table.frame.height == len({(s.unit, s.side) for s in project.sources})
    for row in table.long().iter_rows(named=True):
        own = {
            s.guid
            for s in project.sources
            if (s.unit, s.side) == (row["unit"] or "", row["side"] or "")
        }
        codes = under(project, row["code"]) if row["code"] else {"gone"}
        coded = any(c.source in own and c.code in codes for c in project.codings)
        assert row["sources"] == len(own)
        assert row["value"] == int(coded)


def test_codes_of_one_name_have_columns_of_their_own():
    project = Project(
        "P", codes=(Code("1", "Money!"), Code("2", "money")), sources=(Source("s", "S", "x"),)
    )
    table = case_table(project.tables(), "source")
    assert table.codes["column"].to_list() == ["money", "money_2"]


def test_a_theme_stands_beside_the_surveys_share_with_both_bases():
    table = case_table(TABLES, ("unit", "field"))
    shares = pl.DataFrame(
        {
            "indicator": ["meeting_point"] * 2,
            "field": ["culture_leisure", "integration"],
            "n": [241, 241],
            "share": [0.5, 0.35],
            "low": [0.44, 0.29],
            "high": [0.56, 0.41],
        }
    )
    joint = joint_display(table, shares, {"Meeting points": "meeting_point"}).frame
    assert joint.select("field", "cases", "with_theme", "survey_n", "survey_share").rows() == [
        ("culture_leisure", 2, 1, 241, 0.5),
        ("health_care", 2, 0, None, None),
        ("integration", 0, 0, 241, 0.35),
    ]
    culture = joint.row(0, named=True)
    assert culture["theme_low"] < 0.5 < culture["theme_high"]
    assert joint.row(2, named=True)["theme_share"] is None


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: case_table(TABLES, ()), "tells the cases apart"),
        (lambda: case_table(TABLES, value="words"), "does not hold"),
        (
            lambda: joint_display(case_table(TABLES, "unit"), pl.DataFrame(), {}),
            "not told apart by field",
        ),
        (
            lambda: joint_display(
                case_table(TABLES, "field"), pl.DataFrame({"x": [1]}), {"a": "b"}
            ),
            "no column",
        ),
    ],
)
def test_what_cannot_be_joined_is_named(ask, words):
    with pytest.raises(SamspillError, match=words):
        ask()
