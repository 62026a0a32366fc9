"""The roles of a study's members, as a table of who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from samspill.web.access.permissions import Permission

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
