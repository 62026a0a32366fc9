"""Every change to what is written of the comparisons: done and logged in one transaction."""

from samspill.web.triangulation.actions.deciding import decide
from samspill.web.triangulation.actions.registers import bring_register, remove_register
from samspill.web.triangulation.actions.sharing import share, withdraw
from samspill.web.triangulation.actions.writing import (
    add_evidence,
    add_reason,
    add_statement,
    remove_reason,
    remove_statement,
)

__all__ = [
    "add_evidence",
    "add_reason",
    "add_statement",
    "bring_register",
    "decide",
    "remove_reason",
    "remove_register",
    "remove_statement",
    "share",
    "withdraw",
]
