"""Method notes: each statistic used, in words, with its source and its limits."""

from __future__ import annotations

from samspill.presentation.report.content import groups_notes
from samspill.presentation.report.content.material import Material
from samspill.presentation.report.document import MethodNote, Section


def chapter(m: Material) -> Section:
    notes = _shares(m)
    if m.effects:
        notes += (*_two_groups(m), *_many_tests(m), _least_squares(m))
    notes += groups_notes.notes(m)
    if m.population > m.respondents:
        notes += _silence(m)
    if m.study.weighting is not None:
        notes += _weights(m)
    if m.reconstructed:
        notes += _printed(m)
    opening = m.paragraph(
        "Each statistic in this report is described below: what is done, who described it first, "
        "and when something else should be used."
    )
    return Section("methods", "", m.word("How was it computed?"), (opening, *notes))


def _shares(m: Material) -> tuple[MethodNote, ...]:
    return (
        MethodNote(
            "method-wilson",
            m.word("Interval of a share (Wilson)"),
            m.word(
                "All shares that a score test at the 5 per cent level would not reject, given the "
                "count that was observed."
            ),
            "Wilson (1927), Journal of the American Statistical Association 22, 209–212.",
            m.word(
                "When units were drawn with unequal probabilities or in clusters; then weights or "
                "the clusters must enter."
            ),
        ),
        MethodNote(
            "method-finite",
            m.word("Finite population"),
            m.word(
                "The variance is multiplied by the share of the population that was not observed: "
                "the population less the answers, over the population less one."
            ),
            "Cochran (1977), Sampling Techniques, 3rd ed., section 2.6.",
            m.word(
                "When the question is about municipalities in general, or when those who answered "
                "are no random part of all."
            ),
        ),
    )


def _two_groups(m: Material) -> tuple[MethodNote, ...]:
    return (
        MethodNote(
            "method-newcombe",
            m.word("Interval of a difference of shares (Newcombe)"),
            m.word(
                "The difference, with the distances from each share to its own Wilson limits "
                "combined as the square root of the sum of their squares."
            ),
            "Newcombe (1998), Statistics in Medicine 17, 873–890, method 10.",
            m.word("When the two groups are matched pairs, or the same units seen twice."),
        ),
        MethodNote(
            "method-logit",
            m.word("Logit with one attribute, and Wald's test"),
            m.word(
                "The log odds ratio is the logarithm of the cross product of the four counts; its "
                "variance is the sum of the four inverses. p is that of their ratio under the "
                "normal distribution."
            ),
            "Agresti (2013), Categorical Data Analysis, 3rd ed., sections 3.1 and 5.1.",
            m.word(
                "When a count is zero or nearly so; then Firth's method or Fisher's test should be "
                "used."
            ),
        ),
        MethodNote(
            "method-fisher",
            m.word("Fisher's exact test"),
            m.word(
                "The probability, when both margins are fixed and nothing differs, of tables no "
                "more likely than the one observed."
            ),
            "Fisher (1935), Journal of the Royal Statistical Society 98, 39–82.",
            m.word("When a test that uses its level to the full is wanted; this one is cautious."),
        ),
    )


def _many_tests(m: Material) -> tuple[MethodNote, ...]:
    return (
        MethodNote(
            "method-holm",
            m.word("Correction for many tests (Holm)"),
            m.word(
                "The p-values are ordered; the smallest is multiplied by the number of tests, the "
                "next by one fewer, and so on, never falling below the one before."
            ),
            "Holm (1979), Scandinavian Journal of Statistics 6, 65–70.",
            m.word("When a few false findings among many are bearable; it is strict."),
        ),
        MethodNote(
            "method-bh",
            m.word("False discovery rate (Benjamini and Hochberg)"),
            m.word(
                "Each ordered p-value is multiplied by the number of tests over its rank, and "
                "never exceeds the next one's."
            ),
            "Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57, 289–300.",
            m.word(
                "When a single false finding would be costly, or when the tests pull against each "
                "other."
            ),
        ),
    )


def _least_squares(m: Material) -> MethodNote:
    return MethodNote(
        "method-ols",
        m.word("Least squares with one attribute"),
        m.word(
            "The intercept is the mean of the units without a policy, the coefficient the "
            "difference of means; R² is the share of the variation between the groups."
        ),
        "Wooldridge (2019), Introductory Econometrics, 7th ed., chapter 2.",
        m.word(
            "When the steps between categories cannot be taken as equal; then an ordinal model "
            "should be used."
        ),
    )


def _silence(m: Material) -> tuple[MethodNote, ...]:
    return (
        MethodNote(
            "method-silence",
            m.word("What the silent would have to be (tipping points)"),
            m.word(
                "Each group is a mixture of those who answered and those who did not. The share "
                "among the silent is moved away from that of the answers, in opposite directions "
                "in the two groups, until the difference, or the limit of its interval, is zero."
            ),
            "Little (1993), Journal of the American Statistical Association 88, 125–134; "
            "Manski (2007), Identification for Prediction and Decision, chapter 2.",
            m.word("When it is asked how likely it is: it says only what would have to be true."),
        ),
    )


def _weights(m: Material) -> tuple[MethodNote, ...]:
    return (
        MethodNote(
            "method-weights",
            m.word("Weights, and intervals with them"),
            m.word(
                "Weights bring the answers to known totals. The variance is that of the residuals "
                "from what the totals explain, and the interval Wilson's or Newcombe's at the "
                "number of equal answers that would be as uncertain."
            ),
            "Deville and Särndal (1992), Journal of the American Statistical Association 87, "
            "376–382; Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling.",
            m.word("When those who are silent differ in what is not known of all."),
        ),
    )


def _printed(m: Material) -> tuple[MethodNote, ...]:
    return (
        MethodNote(
            "method-reconstruction",
            m.word("Counts from printed statistics"),
            m.word(
                "Each printed number is a window of values that are rounded to it. Counts are "
                "whole, so for each division of the units into groups it is decided which counts "
                "fall in all windows at once."
            ),
            "Brown and Heathers (2017), Social Psychological and Personality Science 8, 363–369.",
            m.word(
                "When statistics are weighted or adjusted for other attributes; they are then no "
                "functions of four counts."
            ),
        ),
    )
