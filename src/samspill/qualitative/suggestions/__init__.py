"""Suggested codes: what earlier codings make likely, for a person to accept or turn down.

``train`` learns from the codings of a project, ``validate`` says how well it would have done on
texts it had not seen, ``suggest`` proposes. A suggestion carries its score and why; it is never a
coding. Other models take part through the protocol ``SuggestionModel``.
"""

from samspill.qualitative.suggestions.endpoint import LocalEndpoint
from samspill.qualitative.suggestions.examples import Examples, Passage, examples, passages
from samspill.qualitative.suggestions.linear import LinearModel, train
from samspill.qualitative.suggestions.protocol import Guess, SuggestionModel
from samspill.qualitative.suggestions.suggesting import suggest
from samspill.qualitative.suggestions.validation import Validation, validate

__all__ = [
    "Examples",
    "Guess",
    "LinearModel",
    "LocalEndpoint",
    "Passage",
    "SuggestionModel",
    "Validation",
    "examples",
    "passages",
    "suggest",
    "train",
    "validate",
]
