"""Lists of figures and tables keep to what a study can fill."""

from __future__ import annotations

from presentation.figures.fake_analysis import FORMS, FakeAnalysis

from samspill.analysis import open_study
from samspill.presentation import figure_numbers, table_numbers


def test_the_founding_study_fills_them_all():
    study = open_study("norway-2018")
    assert figure_numbers(study) == figure_numbers()
    assert table_numbers(study) == table_numbers()


def test_a_question_not_asked_takes_its_figures_along():
    analysis = FakeAnalysis()
    for key in [key for key in analysis.counts if key[0] in FORMS]:
        del analysis.counts[key]
    left_out = set(figure_numbers()) - set(figure_numbers(analysis))
    assert left_out == {"4.4", "4.11"}
