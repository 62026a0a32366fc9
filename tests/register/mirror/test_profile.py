"""One municipality beside others, of whom none can be told."""

import polars as pl
import pytest
from register.mirror.register_examples import ON, relation, used_register

from samspill.errors import SamspillError
from samspill.register.mirror import profile, questionnaire
from samspill.register.mirror.profile import ALIKE, FEW, NOT_KNOWN, REST
from samspill.statistics import cells, shares
from samspill.study import read_study
from samspill.study.shipped import locate_study

CULTURE = "culture_leisure"


@pytest.fixture(scope="module")
def founding():
    return read_study(locate_study("norway-2018"))


def _own(unit="k1", **rows):
    return questionnaire(used_register(**rows), ON, unit)


def _row(frame, indicator="planning_processes", attribute="", field=CULTURE):
    found = frame.filter(
        pl.col("indicator") == indicator,
        pl.col("attribute") == attribute,
        pl.col("field") == field,
    )
    return found.row(0, named=True)


def _small(founding, values, sizes, unit="k1"):
    """A study of one indicator with ``values`` of units of ``sizes``, the last one being ours."""
    names = [f"m{i}" for i in range(len(values))] + [unit]
    units = pl.DataFrame({"unit": names, "size": [*sizes, "small"]})
    answers = pl.DataFrame(
        {"unit": names[:-1], "field": CULTURE, "variable": "planning_processes",
         "value": [str(v) for v in values]}
    )  # fmt: skip
    return founding.with_tables(units=units, answers=answers)


def test_the_country_is_the_founding_studys_own_shares(founding):
    own = _own(relations=[relation("r1", "o1", form="planning_processes")])
    row = _row(profile(founding, own))
    counted = founding.answers.filter(
        pl.col("variable") == "planning_processes", pl.col("field") == CULTURE
    ).with_columns(pl.col("value").cast(pl.Int64))
    expected = shares(cells(counted, (), "value")).frame.row(0, named=True)
    assert row["own"] == 1
    for name in ("n", "count", "share", "low", "high"):
        assert row[name] == pytest.approx(expected[name])


def test_what_the_register_cannot_know_is_shown_as_unknown(founding):
    frame = profile(founding, _own())
    assert _row(frame)["own"] == 0
    assert _row(frame, "barrier_coordination", field="")["own"] is None


def test_the_municipality_is_not_among_those_it_is_compared_with(founding):
    first = founding.units["unit"][0]
    everyone = _row(profile(founding, _own()))["n"]
    assert _row(profile(founding, _own(first)))["n"] == everyone - 1


def test_a_group_is_the_units_of_the_same_value(founding):
    study = _small(founding, [1] * 6 + [0] * 4 + [1] * 10, ["small"] * 10 + ["large"] * 10)
    row = _row(profile(study, _own(), {"size": "small"}), attribute="size")
    assert (row["group"], row["n"], row["count"], row["note"]) == ("small", 10, 6, "")


@pytest.mark.parametrize(
    ("small", "large", "note"),
    [
        ([1, 0, 1, 0], [1, 0] * 5, FEW),
        ([1] * 6, [1, 0] * 5, ALIKE),
        ([0] * 6, [1, 0] * 5, ALIKE),
        ([1, 0] * 5, [1, 0, 1], REST),
    ],
)
def test_what_would_give_another_municipality_away_is_not_shown(founding, small, large, note):
    sizes = ["small"] * len(small) + ["large"] * len(large)
    row = _row(
        profile(_small(founding, small + large, sizes), _own(), {"size": "small"}), attribute="size"
    )
    assert row["note"] == note
    assert [row[name] for name in ("count", "share", "low", "high")] == [None] * 4


def test_one_whose_group_is_not_known_has_no_group(founding):
    study = _small(founding, [1, 0] * 5, ["small"] * 10)
    row = _row(profile(study, _own(), {"size": None}), attribute="size")
    assert (row["note"], row["share"]) == (NOT_KNOWN, None)


def test_an_attribute_that_the_study_lacks_is_refused(founding):
    with pytest.raises(SamspillError) as caught:
        profile(founding, _own(), {"colour": "red"})
    assert caught.value.next_step
