"""Method notes of the chapter on fields read together and on ordered answers."""

from __future__ import annotations

from samspill.presentation.report.content.material import Material
from samspill.presentation.report.content.ordered import ANSWER, POLICY
from samspill.presentation.report.content.pooling import pooled_rows
from samspill.presentation.report.document import MethodNote
from samspill.presentation.tables.source import modelled_fields


def notes(m: Material) -> tuple[MethodNote, ...]:
    """Those of what the study can fill."""
    found: tuple[MethodNote, ...] = (_pooling(m),) if pooled_rows(m) else ()
    if m.effects and modelled_fields(m.analysis, ANSWER, m.fields):
        found += (_ordered(m),) if POLICY in m.study.units.columns else ()
    return found


def _pooling(m: Material) -> MethodNote:
    return MethodNote(
        "method-pooling",
        m.word("Partial pooling (beta-binomial, empirical Bayes)"),
        m.word(
            "The groups' shares are taken as drawn from one beta distribution, the most likely "
            "one. A group's pooled share is its own answers and a number of the common mean's, "
            "added: the fewer its own, the more the common mean weighs. The intervals weigh all "
            "likely distributions."
        ),
        "Morris (1983), Journal of the American Statistical Association 78, 47–65.",
        m.word(
            "With fewer than three groups, for groups that are of no common kind, and for a group "
            "that is of interest for its own sake alone."
        ),
    )


def _ordered(m: Material) -> MethodNote:
    return MethodNote(
        "method-ordered",
        m.word("Ordered logit (proportional odds)"),
        m.word(
            "The log odds of an answer above each boundary between the categories differ by one "
            "and the same amount between the groups. Only the order of the categories is used. "
            "Brant's test asks whether the amount is the same at every boundary."
        ),
        "McCullagh (1980), Journal of the Royal Statistical Society B 42, 109–142; Brant (1990), "
        "Biometrics 46, 1171–1178.",
        m.word(
            "When the difference is not the same at every boundary; then each boundary should have "
            "a logit of its own."
        ),
    )
