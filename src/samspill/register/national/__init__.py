"""National registers: voluntary organisations from Enhetsregisteret and Frivillighetsregisteret.

Reads the bulk download and the pages of their interfaces, from files or online, makes rows of the
table ``organisations``, and says what they would change in a register before anything is changed.
Format and sources: docs/national-registers.md.
"""

from samspill.register.national.changes import (
    Change,
    Changes,
    Gone,
    apply,
    changes,
    held_by_provenance,
    number_of,
)
from samspill.register.national.icnpo import code, icnpo, label, suggested_fields
from samspill.register.national.municipalities import current_codes
from samspill.register.national.online import Registers
from samspill.register.national.reading import National, Selection, read_national
from samspill.register.national.rows import COLUMNS, SUGGESTED
from samspill.register.national.voluntary import (
    VoluntaryOrganisation,
    VoluntaryRegister,
    read_voluntary,
)

__all__ = [
    "COLUMNS",
    "SUGGESTED",
    "Change",
    "Changes",
    "Gone",
    "National",
    "Registers",
    "Selection",
    "VoluntaryOrganisation",
    "VoluntaryRegister",
    "apply",
    "changes",
    "code",
    "current_codes",
    "held_by_provenance",
    "icnpo",
    "label",
    "number_of",
    "read_national",
    "read_voluntary",
    "suggested_fields",
]
