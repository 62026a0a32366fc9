"""A municipality's register as the pages read it: whole, or as anyone may see it."""

from __future__ import annotations

from collections.abc import Iterable

from samspill.register import TABLES, Register, public_register
from samspill.web.municipality.content import rows_of
from samspill.web.municipality.models import Municipality, Organisation
from samspill.web.organisation.own import own_register

PLAN = frozenset({"policies", "goals", "measures", "criteria"})
COLLABORATION = tuple(table for table in TABLES if table not in PLAN)
"""All but the plan, which names no organisation."""


def register_with(municipality: Municipality, tables: Iterable[str] = COLLABORATION) -> Register:
    """Some tables of a municipality's register, and the others empty."""
    rows = rows_of(municipality, tuple(tables))
    return Register.of(municipality.code, municipality.name, rows, invented=municipality.invented)


def public_content(municipality: Municipality, tables: Iterable[str] = tuple(TABLES)) -> Register:
    """What anyone may see of some tables; every page and file of the public desk is made of this.

    References to rows of tables that are not asked for are empty.
    """
    return public_register(register_with(municipality, tables))


def seen_by(organisation: Organisation) -> tuple[Register, Register]:
    """What an organisation sees of the register that it stands in: its own, and what anyone may."""
    register = register_with(organisation.municipality)
    shown = public_register(register)
    return own_register(register, shown, organisation.identifier), shown
