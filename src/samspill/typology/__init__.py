"""Typology: where the evidence places a field among the ideal types, and how sure that is.

``evidence`` gathers coded stretches of interviews and answers of the survey, ``place`` weighs them
for a field in a unit or in the country, with probabilities by drawing sources, and a person's
``Judgement`` may overrule; both are shown. Which code speaks for which pole is data.
"""

from samspill.typology.evidence import evidence
from samspill.typology.judgement import Judgement
from samspill.typology.placement import Minimum, Placement, place, place_all
from samspill.typology.rules import TYPOLOGIES, Rule, code_rules, indicator_rules

__all__ = [
    "TYPOLOGIES",
    "Judgement",
    "Minimum",
    "Placement",
    "Rule",
    "code_rules",
    "evidence",
    "indicator_rules",
    "place",
    "place_all",
]
