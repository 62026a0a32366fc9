"""The founding study's print, turned back into counts."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest

from samspill.reconstruction import Reconstruction, read_printed, reconstruct

FILE = Path(str(files("samspill") / "studies" / "norway_2018" / "printed.csv"))


@pytest.fixture(scope="module")
def printed() -> pl.DataFrame:
    return read_printed(FILE)


@pytest.fixture(scope="module")
def found(printed: pl.DataFrame) -> Reconstruction:
    return reconstruct(printed)


def models(found: Reconstruction) -> pl.DataFrame:
    return found.tables.filter(pl.col("split") == "has_policy")


def test_the_group_sizes_are_164_and_77(found: Reconstruction) -> None:
    chosen = found.groups.filter("chosen").select("n0", "n1", "explained", "tables").rows()
    assert chosen == [(164, 77, 39, 40)]
    runners_up = found.groups.filter(~pl.col("chosen"))["explained"]
    assert runners_up.max() < 20


def test_all_models_but_one_have_exactly_one_solution(found: Reconstruction) -> None:
    statuses = models(found)["status"].value_counts().rows()
    assert dict(statuses) == {"unique": 39, "impossible": 1}


def test_the_misprint_is_explained(found: Reconstruction) -> None:
    nearest = found.explanations.filter(pl.col("rank") == 1).to_dicts()
    assert len(nearest) == 1
    assert nearest[0]["id"] == "A1.1/service_purchase/integration/has_policy"
    assert nearest[0]["read_as"] == "0,54"
    assert nearest[0]["solutions"] == 1
    assert (nearest[0]["count0"], nearest[0]["count1"]) == (9, 7)


def test_all_eighty_marks_of_the_appendix_come_out(found: Reconstruction) -> None:
    marks = found.statistics.filter(
        (pl.col("source") == "Appendix table 1.1") & (pl.col("part") == "mark")
    )
    assert marks.height == 80
    assert (marks["recomputed"] == marks["printed"]).all()


def test_nothing_else_disagrees_but_the_three_known_slips(found: Reconstruction) -> None:
    wrong = found.statistics.filter(pl.col("verdict") == "disagrees")["id"]
    assert sorted(wrong) == [
        "4.8/activity/integration/mark",
        "A1.1/service_purchase/integration/has_policy",
        "text/coordination_range_low/integration",
    ]


def test_figure_4_8_and_the_text_are_confirmed(found: Reconstruction) -> None:
    own = found.statistics.filter(
        pl.col("source").is_in(["Figure 4.8", "Figure 4.1"])
        & (pl.col("statistic") == "percentage")
        & (pl.col("verdict") == "agrees")
    )
    assert own.filter(pl.col("source") == "Figure 4.8").height == 24
    assert own.filter(pl.col("source") == "Figure 4.1").height == 4
    ranges = found.statistics.filter(pl.col("id").str.starts_with("text/coordination_range"))
    assert (ranges.height, ranges.filter(pl.col("verdict") == "agrees").height) == (6, 5)
    culture = ("coordination_position", "coordination_body", "meeting_point")
    ids = [f"text/{indicator}/culture_leisure" for indicator in culture]
    text = found.statistics.filter(pl.col("id").is_in(ids))
    assert text["verdict"].to_list() == ["agrees"] * 3


def test_the_disagreeing_mark_is_explained_by_no_test_that_fits_the_others(
    found: Reconstruction,
) -> None:
    (mark,) = found.statistics.filter(pl.col("id") == "4.8/activity/integration/mark").to_dicts()
    assert (mark["printed"], mark["recomputed"]) == ("**", "*")
    assert "p = 0.0203" in mark["explanation"]
    assert "contradicts 2 of the other 11 marks" in mark["explanation"]


def test_so_many_matches_are_no_chance(found: Reconstruction) -> None:
    (row,) = found.chance.to_dicts()
    assert row["expected_elsewhere"] < 3
    assert row["probability"] < 1e-30
    assert row["strength"] == "very strong"


@pytest.mark.parametrize(
    ("id_", "changed"),
    [
        ("A1.1/meeting_point/integration/has_policy", "0,78**"),
        ("A1.1/activity/children_youth/intercept", "–0,79***"),
        ("A1.1/meeting_point/health_care/intercept", "–0,47***"),
        ("4.8/transition/culture_leisure/no", "83"),
        ("text/coordination_body/culture_leisure", "58"),
        ("text/coordination_range_high/health_care", "43"),
    ],
)
def test_a_changed_digit_is_caught(printed: pl.DataFrame, id_: str, changed: str) -> None:
    altered = printed.with_columns(
        pl.when(pl.col("id") == id_)
        .then(pl.lit(changed))
        .otherwise(pl.col("printed"))
        .alias("printed")
    )
    assert altered.filter(pl.col("id") == id_)["printed"].to_list() == [changed]
    found = reconstruct(altered)
    wrong = found.statistics.filter((pl.col("verdict") == "disagrees") & (pl.col("id") == id_))
    assert wrong.height == 1


def test_every_printed_number_has_a_verdict(found: Reconstruction, printed: pl.DataFrame) -> None:
    assert set(found.statistics["id"]) == set(printed["id"])
    assert found.statistics.filter(pl.col("verdict") == "").is_empty()


def test_it_reads_as_sentences(found: Reconstruction) -> None:
    assert "164 no and 77 yes explain 39 of 40 tables" in repr(found)
    assert "<table" in found._repr_html_()
