"""``samspill cases`` as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from samspill.cli.main import commands
from samspill.errors import SamspillError

FRAME = """kommune,people,centrality,policy,turnout
Alta,20000,4,yes,61
Bø,900,6,no,70
Dovre,2600,5,no,66
Eid,6000,5,yes,64
Fet,11000,2,no,62
Gol,4600,4,yes,67
Hole,6800,2,no,65
Iveland,1300,5,,71
"""


@pytest.fixture
def frame(tmp_path: Path) -> str:
    path = tmp_path / "units.csv"
    path.write_text(FRAME, encoding="utf-8")
    return str(path)


def _run(*arguments: str):
    return CliRunner().invoke(commands, ["cases", *arguments], catch_exceptions=False)


def _choose(frame: str, *more: str):
    return _run(
        "choose", frame, "--unit", "kommune", "--number", "3", "--by", "people,centrality,policy",
        "--classes", "people=5000", "--ordinal", "centrality", *more,
    )  # fmt: skip


def test_cases_are_chosen_and_each_has_its_reason(frame: str, tmp_path: Path) -> None:
    found = _choose(
        frame, "--quota", "policy=no>=2", "--include", "Eid", "--exclude", "Alta", "--lang", "nb",
        "--output", str(tmp_path / "cases.csv"),
    )  # fmt: skip
    assert found.exit_code == 0
    assert "Det må være med." in found.output
    assert "Ingen andre utvalg dekker mer." in found.output
    written = (tmp_path / "cases.csv").read_text(encoding="utf-8").splitlines()
    assert len(written) == 4
    assert any(line.startswith("Eid,") for line in written)


def test_json_holds_all_that_the_library_found(frame: str) -> None:
    found = json.loads(_choose(frame, "--json").stdout)
    assert len(found["cases"]) == 3
    assert found["optimality"]["optimal"] is True
    assert len(found["rows"]) == 8
    assert found["coverage"]["missing"]["policy"] == 1
    assert found == json.loads(_choose(frame, "--json").stdout)


@pytest.mark.parametrize(
    ("method", "outcome"), [("typical", "turnout"), ("extreme", ""), ("most_similar", "policy")]
)
def test_other_methods_are_asked_for_by_name(frame: str, method: str, outcome: str) -> None:
    more = ["--outcome", outcome] if outcome else []
    found = json.loads(
        _run(
            "choose", frame, "--unit", "kommune", "--number", "2", "--by", "people",
            "--method", method, "--json", *more,
        ).stdout
    )  # fmt: skip
    assert len(found["cases"]) == 2


def test_a_fault_is_a_sentence_and_the_next_step(frame: str) -> None:
    with pytest.raises(SamspillError, match=r"has no column “unit”\..*there are kommune, people"):
        _run("choose", frame, "--number", "2", "--by", "people")
    with pytest.raises(SamspillError, match="There is no file"):
        _run("choose", "nowhere.csv", "--number", "2", "--by", "people")
    with pytest.raises(SamspillError, match="policy=yes>=3"):
        _choose(frame, "--quota", "policy=yes>=3", "--quota", "policy=no>=2")


def test_coverage_of_the_founding_study_and_of_a_frame(frame: str, tmp_path: Path) -> None:
    drawn = tmp_path / "map.svg"
    found = _run("coverage", "norway-2018", "--lang", "nn", "--output", str(drawn))
    assert "12 case; 13 av 15 kategoriar" in found.output
    assert "ingen case" in drawn.read_text(encoding="utf-8")
    told = json.loads(
        _run(
            "coverage", frame, "--unit", "kommune", "--case", "Eid", "--case", "Bø", "--by",
            "policy", "--json",
        ).stdout
    )  # fmt: skip
    assert (told["categories_covered"], told["categories"], told["missed"]) == (2, 2, [])


def test_interviews_of_the_founding_study_and_of_a_plan(tmp_path: Path) -> None:
    told = json.loads(_run("interviews", "norway-2018", "--next", "2", "--json").stdout)
    assert (told["interviews"], told["met"], told["planned"]) == (89, 79, 96)
    assert [row["unit"] for row in told["ask_next"]] == ["Førde", "Askøy"]


def test_the_guide_is_shown_for_a_side_and_checked() -> None:
    shown = _run("guide", "--side", "organisation", "--field", "health_care", "--lang", "nb").output
    assert "Mellom partene" in shown
    assert "Hva ber dere organisasjonene om" not in shown
    checked = json.loads(_run("guide", "--check", "--json").stdout)
    assert (checked["unfed"], checked["feeding_nothing"]) == ([], [])
    with pytest.raises(SamspillError, match="There is no “king”"):
        _run("guide", "--side", "king")
