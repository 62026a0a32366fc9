"""``samspill sources``: shown, kept in a memo, and brought out as counts."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from samspill.cli.main import commands

STUDY = "norway-2018"
PLACE = ["--theme", "extent_by_phase", "--field", "integration"]


def _run(*arguments: str):
    return CliRunner().invoke(commands, ["sources", *arguments], catch_exceptions=False)


def test_the_study_alone_is_enough_and_contradictions_stand_first():
    told = _run(STUDY, "--lang", "nn").stdout
    assert told.startswith("Seier kjeldene det same? Opne motseiingar: 7")
    assert told.index("≠") < told.index("=")


def test_a_contradiction_closed_in_a_memo_is_no_longer_open(tmp_path):
    memo = str(tmp_path / "memo.csv")
    before = json.loads(_run(STUDY, "--open", "--json").stdout)
    reason = ["--kind", "what", "--text", "Two questions.", "--by", "A"]
    assert _run("reason", STUDY, *PLACE, *reason, "--memo", memo).exit_code == 0
    evidence = ["--theme", "extent_by_phase", "--about", "m1", "--text", "See.", "--by", "A"]
    assert _run("evidence", STUDY, *evidence, "--memo", memo).exit_code == 0
    done = _run("decide", STUDY, "close", *PLACE, "--text", "So.", "--by", "A", "--memo", memo)
    assert done.exit_code == 0
    after = json.loads(_run("show", STUDY, "--json", "--memo", memo).stdout)
    assert after["open"] == before["open"] - 1
    kept = json.loads(_run("memo", STUDY, *PLACE, "--json", "--memo", memo).stdout)[0]
    assert kept["standing"] == "closed"
    assert kept["reasons"][-1]["evidence"][0]["text"] == "See."
    assert kept["decisions"][0]["holds"] is True


def test_what_is_written_is_checked_before_anything_is_kept(tmp_path):
    from samspill.errors import InvalidInput

    memo = tmp_path / "memo.csv"
    wrong = ["--kind", "mood", "--text", "x", "--by", "A", "--memo", str(memo)]
    with pytest.raises(InvalidInput, match="has 1 fault"):
        _run("reason", STUDY, *PLACE, *wrong)
    assert not memo.exists()


def test_a_register_is_brought_out_as_counts_that_name_nobody_and_read_in_again(tmp_path):
    from samspill.register import Register, write_register
    from samspill.studies.invented_municipality import MUNICIPALITY, invent
    from samspill.triangulation import read_counts
    from samspill.triangulation.sources import counts_of_folder

    day = date(2026, 3, 1)
    rows = invent(day)
    register = Register.of(MUNICIPALITY.code, MUNICIPALITY.name, rows, invented=True)
    folder = write_register(register, tmp_path / "register")
    path = tmp_path / "counts.csv"
    _run("counts", "--register", str(folder), "--on", "2026-03-01", "--csv", str(path))
    found = read_counts(path)
    assert found.frame.equals(counts_of_folder(folder, day).frame)
    text = path.read_text(encoding="utf-8")
    assert not any(str(row["name"]) in text for row in rows["organisations"])
