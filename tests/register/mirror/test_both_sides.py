"""The gap between the sides, what is hidden, and the change since last time."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.errors import SamspillError
from samspill.instrument import shipped_instrument
from samspill.register.mirror import changes, gaps
from samspill.register.mirror.both_sides import GIVEN_AWAY, NOBODY, SUPPRESSED
from samspill.statistics.means import ALIKE
from samspill.vocabulary import load

CULTURE, HEALTH = "culture_leisure", "health_care"
COLUMNS = ["respondent", "side", "field", "variable", "value"]


def _answers(*groups, variable="trust_reliability"):
    """Answers of (side, field, values); respondents are numbered within side and field."""
    rows = [
        (f"{side}-{field}-{i}", side, field, variable, str(value))
        for side, field, values in groups
        for i, value in enumerate(values)
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


def _row(frame, field=CULTURE, **more):
    about = pl.all_horizontal(pl.col("field") == field, *(pl.col(k) == v for k, v in more.items()))
    return frame.filter(about).row(0, named=True)


def test_a_gap_has_means_shares_and_intervals_of_both_sides():
    row = _row(gaps(_answers(("municipality", CULTURE, [5, 5, 4, 4, 3, 5]),
                             ("organisation", CULTURE, [2, 2, 1, 3, 4, 2, 2]))))  # fmt: skip
    assert (row["municipality_n"], row["organisation_n"], row["note"]) == (6, 7, "")
    assert row["gap"] == pytest.approx(26 / 6 - 16 / 7)
    assert row["gap_low"] < row["gap"] < row["gap_high"]
    assert row["municipality_share"] == pytest.approx(5 / 6)
    assert row["organisation_share"] == pytest.approx(1 / 7)
    assert row["share_gap"] == pytest.approx(5 / 6 - 1 / 7)
    assert 0 < row["share_gap_low"] < row["share_gap"] < row["share_gap_high"] < 1


def test_a_gap_by_hand_of_newcombe():
    # Newcombe 1998, Statistics in Medicine 17:873–890, table II: 56/70 less 48/80, method 10
    sides = ("municipality", CULTURE, [5] * 56 + [1] * 14), (
        "organisation", CULTURE, [5] * 48 + [1] * 32)  # fmt: skip
    row = _row(gaps(_answers(*sides)))
    assert (row["share_gap_low"], row["share_gap_high"]) == pytest.approx(
        (0.0524, 0.3339), abs=5e-5
    )


def test_do_not_know_is_no_answer():
    frame = _answers(("municipality", CULTURE, ["dont_know"] * 6 + [1] * 5),
                     ("organisation", CULTURE, [1] * 5))  # fmt: skip
    row = _row(gaps(frame))
    assert (row["municipality_n"], row["gap"], row["note"]) == (5, 0, ALIKE)


@settings(deadline=None)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.booleans())
def test_what_few_answered_is_never_shown(values, municipality):
    few, many = ("municipality", "organisation") if municipality else (
        "organisation", "municipality")  # fmt: skip
    row = _row(gaps(_answers((few, CULTURE, values), (many, CULTURE, [1, 2, 3, 4, 5, 5]))))
    assert row["note"] == SUPPRESSED
    assert row[f"{few}_n"] == len(values)
    assert [v for k, v in row.items() if k.startswith((f"{few}_m", f"{few}_s"))] == [None] * 4
    assert row["gap"] is row["share_gap"] is None
    assert row[f"{many}_mean"] == pytest.approx(20 / 6)


@settings(deadline=None)
@given(st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_the_whole_does_not_give_a_hidden_field_away(sizes):
    fields = list(load().fields)[:4]
    frame = gaps(_answers(*((s, f, [1, 3] * n) for f, n in zip(fields, sizes, strict=True)
                            for s in ("municipality", "organisation"))))  # fmt: skip
    shown = {row["field"] for row in frame.to_dicts() if row["organisation_mean"] is not None}
    hidden = sum(2 * n for f, n in zip(fields, sizes, strict=True) if f not in shown)
    if "" in shown:
        assert hidden == 0 or hidden >= 5
    assert all(2 * n >= 5 for f, n in zip(fields, sizes, strict=True) if f in shown)
    assert ("" in shown) == (2 * sum(sizes) >= 5)


def test_the_smallest_of_the_others_is_hidden_with_the_few():
    sides = ("municipality", "organisation")
    answers = [(s, CULTURE, [1, 2, 3, 4, 5]) for s in sides] + [(s, HEALTH, [5]) for s in sides]
    frame = gaps(_answers(*answers))
    assert (_row(frame)["note"], _row(frame)["gap"]) == (GIVEN_AWAY, None)
    assert _row(frame, HEALTH)["note"] == SUPPRESSED
    assert _row(frame, "")["gap"] == 0


def test_a_side_that_nobody_speaks_for_is_said():
    row = _row(gaps(_answers(("organisation", CULTURE, [1, 2, 3, 4, 5]))))
    assert row["note"] == NOBODY
    assert row["organisation_mean"] == 3


def test_one_respondent_in_several_fields_is_one_in_all():
    frame = _answers(("organisation", CULTURE, [1] * 6))
    twice = pl.concat([frame, frame.with_columns(pl.lit(HEALTH).alias("field"),
                                                 pl.lit("5").alias("value"))])  # fmt: skip
    whole = _row(gaps(twice), "")
    assert (whole["organisation_n"], whole["organisation_mean"]) == (6, 3)


def test_only_items_on_a_scale_are_compared():
    asked = {q.variable for _, q in shipped_instrument("pulse").questions() if q.type == "ordinal"}
    frame = _answers(("organisation", CULTURE, [1] * 5))
    other = frame.with_columns(pl.lit("comment").alias("variable"))
    assert set(gaps(pl.concat([frame, other]))["variable"]) == {"trust_reliability"}
    assert len(asked) == 9


def test_a_change_is_that_of_the_same_respondents_where_enough_answered_twice():
    before = _answers(("organisation", CULTURE, [1, 2, 3, 2, 1, 5]))
    now = _answers(("organisation", CULTURE, [2, 3, 4, 3, 3]))
    row = _row(changes(now, before))
    assert (row["n"], row["n_before"], row["pairs"], row["method"]) == (5, 6, 5, "paired")
    assert row["change"] == pytest.approx(6 / 5)
    assert row["low"] < row["change"] < row["high"]


def test_a_change_is_that_of_all_where_few_answered_twice():
    before = _answers(("organisation", CULTURE, [1, 2, 3, 2, 1]))
    now = _answers(("organisation", CULTURE, [5, 4, 4, 4, 3]))
    now = now.with_columns(pl.concat_str(pl.lit("new-"), "respondent").alias("respondent"))
    row = _row(changes(now, before))
    assert (row["pairs"], row["method"]) == (0, "welch")
    assert row["change"] == pytest.approx(4 - 9 / 5)


def test_a_round_with_few_answers_shows_no_change():
    before = _answers(("organisation", CULTURE, [1, 2, 3]))
    row = _row(changes(_answers(("organisation", CULTURE, [1] * 8)), before))
    assert (row["change"], row["note"]) == (None, SUPPRESSED)


def test_answers_without_a_side_are_refused_and_none_are_no_gaps():
    empty = _answers()
    assert gaps(empty).is_empty()
    assert changes(empty, empty).is_empty()
    with pytest.raises(SamspillError) as caught:
        gaps(empty.drop("side"))
    assert caught.value.next_step
