"""Mirror: what a municipality's register says by itself, on a given day.

``questionnaire`` answers what a survey would ask; the rest shows how seats, money, premises and
answers are spread, the network of organisations and municipal units, what hangs on one contact,
how both sides see it, and signals of barriers. Every number has the entries behind it.
"""

from samspill.register.mirror.answering_time import answering_time
from samspill.register.mirror.equal_treatment import (
    equal_treatment,
    insiders,
    largest,
    lorenz_points,
    membership,
    over_years,
)
from samspill.register.mirror.holdings import holdings
from samspill.register.mirror.in_force import in_force
from samspill.register.mirror.register_answers import RegisterAnswers, questionnaire

__all__ = [
    "RegisterAnswers",
    "answering_time",
    "equal_treatment",
    "holdings",
    "in_force",
    "insiders",
    "largest",
    "lorenz_points",
    "membership",
    "over_years",
    "questionnaire",
]
