"""The roles of a study's members and at a municipality's desk, as tables of who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from samspill.web.access.permissions import DeskPermission, Permission

P = Permission

OWNER, ANALYST, CODER, READER = "owner", "analyst", "coder", "reader"

ROLES: Mapping[str, frozenset[Permission]] = MappingProxyType(
    {
        OWNER: frozenset(Permission),
        ANALYST: frozenset(Permission) - {P.EDIT_STUDY, P.MANAGE_MEMBERS, P.PUBLISH, P.READ_KEY},
        CODER: frozenset({P.READ_STUDY, P.CODE_TEXT, P.READ_RESULTS, P.READ_RESPONSES}),
        READER: frozenset({P.READ_STUDY, P.READ_RESULTS, P.READ_FIELDWORK}),
    }
)

D = DeskPermission

COORDINATOR, CONTRIBUTOR, DESK_READER = "coordinator", "contributor", "desk_reader"
REPRESENTATIVE = "representative"

DESK_ROLES: Mapping[str, frozenset[DeskPermission]] = MappingProxyType(
    {
        COORDINATOR: frozenset(DeskPermission),
        CONTRIBUTOR: frozenset(
            {D.READ_REGISTER, D.EDIT_REGISTER, D.EDIT_PLAN, D.HANDLE_OFFERS, D.READ_CHANGES}
        ),
        DESK_READER: frozenset({D.READ_REGISTER}),
        REPRESENTATIVE: frozenset(),
    }
)
"""A representative has nothing at the desk, and the page of one organisation."""
