"""Mirror: what a municipality's register says by itself, on a given day.

``questionnaire`` answers what a survey would ask; the rest shows how seats, money, premises and
answers are spread, the network of organisations and municipal units, what hangs on one contact,
how both sides see it, and signals of barriers. Every number has the entries behind it.
"""

from samspill.register.mirror.answering_time import answering_time
from samspill.register.mirror.both_sides import changes, gaps
from samspill.register.mirror.checklist import checklist
from samspill.register.mirror.dependence import (
    Departure,
    contact_dependence,
    hanging,
    weakest_points,
    what_if_leaves,
)
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
from samspill.register.mirror.network import (
    Network,
    core,
    measures,
    network,
    projection,
    projection_measures,
)
from samspill.register.mirror.profile import profile
from samspill.register.mirror.register_answers import RegisterAnswers, questionnaire
from samspill.register.mirror.signals import Signal, SignalRule, signal_rules, signals, weighed

__all__ = [
    "Departure",
    "Network",
    "RegisterAnswers",
    "Signal",
    "SignalRule",
    "answering_time",
    "changes",
    "checklist",
    "contact_dependence",
    "core",
    "equal_treatment",
    "gaps",
    "hanging",
    "holdings",
    "in_force",
    "insiders",
    "largest",
    "lorenz_points",
    "measures",
    "membership",
    "network",
    "over_years",
    "profile",
    "projection",
    "projection_measures",
    "questionnaire",
    "signal_rules",
    "signals",
    "weakest_points",
    "weighed",
    "what_if_leaves",
]
