"""How well a survey was answered: outcome rates, response by attribute, representativity.

Each is a function of counts: ``outcome_rates`` of the number of cases with each final disposition,
``response_by`` and ``representativity`` of cells of who responded by attributes of the units.
"""

from samspill.statistics.response.attributes import ResponseBy, response_by
from samspill.statistics.response.dispositions import DISPOSITIONS, Disposition, group_of
from samspill.statistics.response.outcome_rates import OutcomeRates, outcome_rates
from samspill.statistics.response.propensities import Propensities, response_propensities
from samspill.statistics.response.representativity import Representativity, representativity

__all__ = [
    "DISPOSITIONS",
    "Disposition",
    "OutcomeRates",
    "Propensities",
    "Representativity",
    "ResponseBy",
    "group_of",
    "outcome_rates",
    "representativity",
    "response_by",
    "response_propensities",
]
