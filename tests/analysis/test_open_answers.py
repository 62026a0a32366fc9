"""Coded open answers become the survey's own numbers, and who answered is tested."""

import polars as pl
import pytest
from scipy.stats import fisher_exact as scipy_fisher

from samspill.analysis import open_answer_rows, open_study, who_answered, with_open_answers
from samspill.analysis.study_analysis import StudyAnalysis
from samspill.errors import SamspillError
from samspill.presentation import figure
from samspill.qualitative import Code, Coding, Project, Source
from samspill.vocabulary import load

BARRIERS = list(load().barriers)
CODES = tuple(Code(name, name, concept=f"barriers/{name}") for name in BARRIERS)
TEXT = "Vi mangler oversikt og penger."


def _tables(answers):
    """``answers``: (unit, the barriers that the answer carries)."""
    sources = tuple(
        Source(f"s{i}", f"Svar {i}", TEXT, kind="open_answer", unit=unit)
        for i, (unit, _) in enumerate(answers)
    )
    codings = tuple(
        Coding(f"{i}-{name}", f"s{i}", 0, 10, name)
        for i, (_, names) in enumerate(answers)
        for name in names
    )
    return Project("P", (), CODES, sources, codings).tables()


@pytest.fixture(scope="module")
def study():
    return open_study("norway-2018").study


def test_every_unit_that_answered_has_a_row_for_each_barrier():
    rows = open_answer_rows(_tables([("u1", ["coordination"]), ("u2", []), ("u1", ["other"])]))
    assert rows.height == 2 * len(BARRIERS)
    carried = rows.filter(pl.col("value") == "1").select("unit", "variable").rows()
    assert sorted(carried) == [("u1", "barrier_coordination"), ("u1", "barrier_other")]


def test_figure_4_10_is_drawn_from_the_codings(study):
    units = study.units["unit"].to_list()
    answers = [(unit, ["coordination"] * (i < 9) + ["other"] * (i >= 9)) for i, unit in
               enumerate(units[:12])]  # fmt: skip
    counted = StudyAnalysis(with_open_answers(study, _tables(answers), invented=True))
    shown = figure(counted, "4.10", "nb")
    row = shown.data.filter(pl.col("indicator") == "barrier_coordination").row(0, named=True)
    assert (row["n"], row["count"]) == (12, 9)
    assert shown.warning
    others = figure(open_study("norway-2018"), "4.1", "nb").data
    assert figure(counted, "4.1", "nb").data.equals(others)


def test_a_study_that_had_no_such_question_gets_one(study):
    bare = study.with_tables(**{
        name: getattr(study, name).filter(~pl.col(column).str.starts_with("barrier_"))
        for name, column in (("variables", "variable"), ("answers", "variable"),
                             ("indicators", "indicator"), ("provenance", "name"))
    }).with_tables()  # fmt: skip
    bare = bare.with_tables(
        indicators=bare.indicators.filter(pl.col("indicator") != "answered_open_question")
    )
    unit = study.units["unit"][0]
    counted = StudyAnalysis(with_open_answers(bare, _tables([(unit, ["confidentiality"])])))
    shares = counted.shares("barrier_confidentiality").frame
    assert shares.select("n", "count").row(0) == (1, 1)


def test_an_answer_from_elsewhere_is_refused(study):
    with pytest.raises(SamspillError, match="no unit “nowhere”"):
        with_open_answers(study, _tables([("nowhere", ["other"])]))
    with pytest.raises(SamspillError, match="no open answer from a unit"):
        open_answer_rows(Project("P", (), CODES).tables())


UNITS = pl.DataFrame(
    {
        "unit": [f"u{i}" for i in range(20)],
        "population": [*range(1000, 20000, 1000), None],
        "has_policy": ["no"] * 12 + ["yes"] * 8,
    }
)


def test_large_units_over_represented_among_those_that_answered():
    wrote = ["u0", "u1", *(f"u{i}" for i in range(11, 18))]
    found = who_answered(UNITS, wrote).frame.row(0, named=True)
    assert (found["reference"], found["group"]) == ("at most 10000", "over 10000")
    assert (found["n_reference"], found["count_reference"]) == (10, 2)
    assert (found["n"], found["count"], found["left_out"]) == (9, 7, 1)
    assert found["difference"] == pytest.approx(7 / 9 - 0.2)
    assert found["low"] > 0
    assert found["p"] == pytest.approx(scipy_fisher([[7, 2], [2, 8]])[1])
    other = who_answered(UNITS, wrote, "population", cut=4000).frame.row(0, named=True)
    assert other["n_reference"] == 4
    policy = who_answered(UNITS, wrote, "has_policy").frame.row(0, named=True)
    assert (policy["group"], policy["n"], policy["count"]) == ("yes", 8, 6)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((UNITS, ["u0"], "county"), "no attribute “county”"),
        ((UNITS, ["x"], "population"), "“x” answered but"),
        ((UNITS, ["u0"], "unit"), "does not part"),
    ],
)
def test_what_cannot_be_asked_is_said(arguments, said):
    with pytest.raises(SamspillError, match=said):
        who_answered(*arguments)
