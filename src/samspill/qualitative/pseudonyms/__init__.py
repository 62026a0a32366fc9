"""Names of people, places and organisations: found, replaced by pseudonyms, and put back.

A ``Key`` says which pseudonym stands for whom; it is kept apart from the texts, and who has it can
``restore`` them. Names are suggested by rules, each with its reason; a person decides.
"""

from samspill.qualitative.pseudonyms.forms import (
    ORGANISATION,
    PERSON,
    PLACE,
    KnownName,
    Occurrence,
    occurrences,
)
from samspill.qualitative.pseudonyms.key import Key, check_key, propose_key, read_key, write_key
from samspill.qualitative.pseudonyms.leftovers import NameLeft, known_names_left
from samspill.qualitative.pseudonyms.lists import read_names, write_names
from samspill.qualitative.pseudonyms.replacing import (
    Pseudonymised,
    pseudonymise,
    replace_names,
    restore,
)
from samspill.qualitative.pseudonyms.suggestions import SuggestedName, suggest_names

__all__ = [
    "ORGANISATION",
    "PERSON",
    "PLACE",
    "Key",
    "KnownName",
    "NameLeft",
    "Occurrence",
    "Pseudonymised",
    "SuggestedName",
    "check_key",
    "known_names_left",
    "occurrences",
    "propose_key",
    "pseudonymise",
    "read_key",
    "read_names",
    "replace_names",
    "restore",
    "suggest_names",
    "write_key",
    "write_names",
]
