"""Typology: where the evidence places a field among the ideal types, and how sure that is.

``evidence`` gathers coded stretches of interviews and answers of the survey, ``register_evidence``
entries of a register; ``place`` weighs them for a field in a unit or in the country, with
probabilities by drawing sources, and a person's ``Judgement`` may overrule; both are shown. Which
code, answer or entry speaks for which pole is data.
"""

from samspill.typology.evidence import evidence
from samspill.typology.judgement import Judgement
from samspill.typology.placement import Minimum, Placement, place, place_all
from samspill.typology.register_evidence import register_evidence
from samspill.typology.rules import (
    TYPOLOGIES,
    RegisterRule,
    Rule,
    code_rules,
    indicator_rules,
    register_rules,
)

__all__ = [
    "TYPOLOGIES",
    "Judgement",
    "Minimum",
    "Placement",
    "RegisterRule",
    "Rule",
    "code_rules",
    "evidence",
    "indicator_rules",
    "place",
    "place_all",
    "register_evidence",
    "register_rules",
]
