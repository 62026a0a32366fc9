"""States of published comparisons, re-created as data, and a published interval.

Tonkin-Crine et al. (2016, Implementation Science 11:66, abstract): four data sets (interviews with
patients and with GPs, questionnaires to both), compared in pairs by Farmer's protocol.
Newcombe's interval of a paired difference: Fagerland, Lydersen & Laake (2017, Statistical Analysis
of Contingency Tables, chapter 8), by its R package contingencytables.
"""

from __future__ import annotations

import pytest
from triangulation.conftest import counts, theme_of

from samspill.triangulation import lay_beside
from samspill.triangulation.intervals import paired_difference


def _state(theme, **columns):
    return lay_beside(counts(**columns), chosen=[theme]).rows[0].assessment


def test_the_interval_of_a_paired_difference_is_the_printed_one():
    """Complete response before and after consolidation (59 both, 6 before only, 16 after only, of
    161), as the book and its R package contingencytables 3.0 print it: -0.0621 (-0.1186, -0.0046).
    """
    low, high = paired_difference(65, 75, 161, 59)
    assert round((65 - 75) / 161, 4) == -0.0621
    assert (low, high) == pytest.approx((-0.1186, -0.0046), abs=5e-5)


def test_views_that_the_paper_calls_dissonance_contradict():
    """GPs found the test useful to convince, patients that it was not needed."""
    theme = theme_of("presence", "test_convinces")
    gps, patients = {"test_convinces": (58, 8, 66)}, {"test_convinces": (9, 53, 62)}
    assert _state(theme, municipality=gps, organisation=patients) == "contradictory"


def test_findings_that_the_paper_calls_agreement_converge():
    """Interviews and questionnaires both have more enablement with communication training."""
    theme = theme_of("order", "training", "usual_care")
    said = {"training": (50, 0, 62), "usual_care": (20, 0, 62)}
    counted = {"training": (1700, 0, 2886), "usual_care": (1300, 0, 2886)}
    assert _state(theme, municipality=said, survey=counted) == "convergent"


MEANING = {"same": (9, 0, 9), "other": (0, 9, 9)}


@pytest.mark.parametrize(
    ("meaning", "example", "printed", "state", "degree"),
    [
        ("same", "same", "agreement", "convergent", "full"),
        ("same", "none", "partial agreement", "convergent", "partial"),
        ("other", "other", "dissonance", "contradictory", "full"),
    ],
)
def test_farmers_codes_have_their_states(meaning, example, printed, state, degree):
    """Farmer et al. (2006), table 1: two elements of comparison, the meaning and the examples; both
    alike is agreement, one is partial agreement, neither is dissonance. Ours besides has a state
    of its own for what is only told by one of them (complementary)."""
    theme = theme_of("presence", "meaning", "example")
    one = {"meaning": MEANING["same"], "example": MEANING["same"]}
    other = {"meaning": MEANING[meaning]}
    if example != "none":
        other["example"] = MEANING[example]
    row = lay_beside(counts(municipality=one, survey=other), chosen=[theme]).rows[0]
    assert (row.assessment, row.relations[0].degree) == (state, degree), printed


def test_farmers_silence_is_where_one_set_says_nothing():
    theme = theme_of("presence", "meaning")
    one, none = {"meaning": MEANING["same"]}, {"meaning": (0, 0, 9)}
    row = lay_beside(counts(municipality=one, survey=none), chosen=[theme]).rows[0]
    assert row.assessment == "silent"
    assert row.position("survey").state == "silent"


def test_what_the_paper_calls_dissonance_and_ours_leaves_open():
    """Tonkin-Crine et al., abstract: in interviews all patients were satisfied, in questionnaires
    most of all those whose GP had explained and given a booklet, and the authors call that
    dissonance. Ours reads no order out of the interviews, since none can be told apart there, and
    what cannot be told is no statement: no contradiction, and nothing that is said alike."""
    theme = theme_of("order", "explained", "usual_care")
    said = {"explained": (60, 0, 62), "usual_care": (60, 0, 62)}
    counted = {"explained": (2600, 0, 2886), "usual_care": (2300, 0, 2886)}
    row = lay_beside(counts(municipality=said, survey=counted), chosen=[theme]).rows[0]
    assert row.position("municipality").state == "unclear"
    assert row.position("survey").order == {("explained", "usual_care")}
    assert (row.assessment, row.relations) == ("silent", ())
