"""Looking measures up: the best evidence first, then the closest fit, and only what fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.advice import load
from samspill.advice.model import barrier_paths
from samspill.errors import SamspillError
from samspill.language import languages, said

ADVICE = load()
PATHS = st.sampled_from(sorted(barrier_paths(ADVICE.vocabulary)))
FIELDS = st.none() | st.sampled_from(sorted(ADVICE.vocabulary.fields))


def names(measures):
    return [measure.identifier for measure in measures]


@given(PATHS, FIELDS)
def test_grades_never_get_better_down_the_list(path, field):
    grades = [measure.grade for measure in ADVICE.for_barrier(path, field)]
    assert grades == sorted(grades)


@given(PATHS, FIELDS)
def test_every_measure_is_there_once_and_fits(path, field):
    found = ADVICE.for_barrier(path, field)
    assert len(names(found)) == len(set(names(found)))
    top = path.partition("/")[0]
    for measure in found:
        assert any(link.partition("/")[0] == top for link in measure.barriers)
        assert field is None or not measure.fields or field in measure.fields


@given(PATHS)
def test_a_field_only_takes_measures_away(path):
    everything = set(names(ADVICE.for_barrier(path)))
    by_field = [set(names(ADVICE.for_barrier(path, field))) for field in ADVICE.vocabulary.fields]
    assert all(found <= everything for found in by_field)
    assert set.union(*by_field) == everything


@given(PATHS.filter(lambda path: "/" in path))
def test_a_barrier_has_all_that_its_sub_themes_have(path):
    barrier = path.partition("/")[0]
    assert set(names(ADVICE.for_barrier(path))) <= set(names(ADVICE.for_barrier(barrier)))


@given(PATHS)
def test_a_barrier_is_found_by_path_by_path_of_the_vocabulary_and_by_name(path):
    expected = ADVICE.for_barrier(path)
    assert expected
    assert ADVICE.for_barrier(f"barriers/{path}") == expected
    assert ADVICE.for_barrier(path.rpartition("/")[2]) == expected


def test_a_measure_for_the_whole_barrier_comes_after_those_for_the_sub_theme():
    found = names(ADVICE.for_barrier("coordination/poor_overview"))
    assert found.index("register_of_organisations") < found.index("policy_with_follow_up")


def test_a_measure_made_for_the_field_comes_before_those_for_every_field():
    found = ADVICE.for_barrier("steering_autonomy/volunteers_in_staff_roles", "health_care")
    of_grade_b = [measure for measure in found if measure.grade == "B"]
    assert of_grade_b[0].identifier == "roles_with_staff"
    assert any(not measure.fields for measure in of_grade_b)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    "ask",
    [
        lambda: ADVICE.for_barrier("poor_weather"),
        lambda: ADVICE.for_barrier("coordination/rent"),
        lambda: ADVICE.for_barrier(""),
        lambda: ADVICE.for_barrier("coordination", "sailing"),
        lambda: ADVICE.measure("magic"),
    ],
)
def test_what_is_not_known_is_said_with_a_next_step(ask, language):
    with pytest.raises(SamspillError) as caught:
        ask()
    assert caught.value.next_step
    assert (said(caught.value, language) == said(caught.value, "en")) == (language == "en")
