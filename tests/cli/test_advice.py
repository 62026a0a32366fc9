"""``samspill advice`` as a person or a script uses it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from samspill.advice import load
from samspill.cli.main import commands
from samspill.errors import SamspillError

ADVICE = load()


def run(*arguments: str) -> str:
    return CliRunner().invoke(commands, ["advice", *arguments], catch_exceptions=False).stdout


@pytest.mark.parametrize("language", ADVICE.vocabulary.languages)
def test_a_barrier_shows_each_measure_with_everything_said_of_it(language):
    shown = " ".join(run("coordination/poor_overview", "--lang", language).split())
    for measure in ADVICE.for_barrier("coordination/poor_overview"):
        for texts in (measure.titles, measure.actions, measure.signs, measure.known):
            assert texts[language] in shown
        for place in measure.seen_in:
            assert f"{place.table}.{place.column}" in shown
        for citation in measure.citations:
            assert citation.source.address in shown


def test_a_script_reads_the_same_in_order():
    told = json.loads(run("confidentiality", "--field", "health_care", "--json"))
    expected = ADVICE.for_barrier("confidentiality", "health_care")
    assert [one["identifier"] for one in told] == [measure.identifier for measure in expected]
    assert all(one["sources"] for one in told)


def test_without_a_barrier_all_are_listed_with_their_number_of_measures():
    rows = json.loads(run("--json"))
    assert {row["barrier"]: row["measures"] for row in rows} == {
        row["barrier"]: len(ADVICE.for_barrier(row["barrier"])) for row in rows
    }
    shown = run("--lang", "nn")
    for barrier in ADVICE.vocabulary.barriers.concepts:
        assert f"{barrier.label('nn')}: " in shown


def test_a_page_without_a_date_says_so_in_the_language():
    assert "Helsedirektoratet (u.å.)" in run("confidentiality", "--lang", "nb")
    assert "Helsedirektoratet (n.d.)" in run("confidentiality")


def test_what_is_not_known_is_told():
    with pytest.raises(SamspillError, match="poor_weather"):
        run("poor_weather")
    with pytest.raises(SamspillError, match="sailing"):
        run("coordination", "--field", "sailing")
