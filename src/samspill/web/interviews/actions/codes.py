"""The tree of codes: adding to it and describing its codes."""

from __future__ import annotations

from typing import Any

from samspill.web.accounts.models import User
from samspill.web.interviews.changes import changing
from samspill.web.interviews.models import Code
from samspill.web.studies.models import Study


def add_code(
    *, actor: User, study: Study, name: str, parent: Code | None = None, **described: Any
) -> Code:
    """A new code, last among those under ``parent``."""
    with changing(actor=actor, study=study, action="add_code") as change:
        order = study.codes.filter(parent=parent).count()
        code = Code(study=study, name=name, parent=parent, order=order, **described)
        change.add(code)
    return code
