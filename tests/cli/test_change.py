"""``samspill change``, ``adoption`` and ``power`` as a person or a script uses them."""

from __future__ import annotations

import json
from dataclasses import replace

import polars as pl
import pytest
from click.testing import CliRunner

from samspill.analysis import open_study
from samspill.cli.main import commands
from samspill.study import write_study


def _run(*arguments: str):
    return CliRunner().invoke(commands, list(arguments), catch_exceptions=False)


@pytest.fixture(scope="module")
def waves(tmp_path_factory):
    """The founding study, and the same as of 2022 with twenty more that have a policy."""
    study = open_study("norway-2018").study
    without = study.units.filter(pl.col("has_policy") == "no")["unit"].to_list()[:20]
    policy = pl.when(pl.col("unit").is_in(without)).then(pl.lit("yes"))
    units = study.units.with_columns(policy.otherwise(pl.col("has_policy")).alias("has_policy"))
    later = replace(
        study.with_tables(units=units, printed=study.printed.clear()), identifier="later", year=2022
    )
    folder = tmp_path_factory.mktemp("waves") / "later"
    write_study(later, folder)
    return "norway-2018", str(folder)


def test_change_tells_numbers_units_and_what_they_do_not_show(waves):
    told = json.loads(_run("change", *waves, "meeting_point", "--json").stdout)
    assert told["followed"] == {"same": 440}
    assert told["answered_in_all"] == 241
    assert "not why" in told["caution"]
    assert {row["difference"] for row in told["rows"]} == {0.0}
    text = _run("change", *waves, "meeting_point", "--field", "integration", "--lang", "nn").stdout
    assert "ikkje kvifor" in text


def test_change_lists_what_became_of_every_unit(waves):
    told = json.loads(_run("change", *waves, "meeting_point", "--units", "--json").stdout)
    assert len(told["rows"]) == 440


def test_changes_of_codes_come_from_a_file(waves, tmp_path):
    unit = open_study("norway-2018").study.units["unit"][0]
    table = tmp_path / "klass.csv"
    table.write_text(
        f"oldCode;oldName;newCode;newName;changeOccurred\n{unit};A;9999;B;2020-01-01\n"
    )
    told = json.loads(
        _run("change", *waves, "meeting_point", "--changes", str(table), "--json").stdout
    )
    assert told["followed"] == {"same": 439, "ceased": 1, "began": 1}


def test_adoption_counts_who_adopted(waves):
    told = json.loads(_run("adoption", *waves, "meeting_point", "--json").stdout)
    assert told["units"]["adopted"] == 20
    assert "cannot be tested" in told["caution"]
    assert {row["estimate"] for row in told["rows"]} == {0.0}


def test_power_tells_the_smallest_change():
    told = json.loads(
        _run("power", "norway-2018", "meeting_point", "--both", "132", "--json").stdout
    )
    assert {row["design"] for row in told["rows"]} == {"independent", "paired"}


@pytest.mark.parametrize(
    "given", [("change", "norway-2018", "meeting_point"), ("adoption", "a", "b")]
)
def test_too_few_waves_are_named(given):
    result = CliRunner().invoke(commands, list(given))
    assert result.exit_code == 2
    assert "at least two waves" in result.output
