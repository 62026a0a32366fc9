"""The made-up study's sources laid side by side: a register brought, reasons, a decision."""

from __future__ import annotations

from django.utils import timezone

from samspill.triangulation import counts_of_register
from samspill.web.accounts.models import User
from samspill.web.demonstration.inventing import made_up
from samspill.web.municipality.content import register_of
from samspill.web.municipality.models import Municipality
from samspill.web.studies.models import Study
from samspill.web.triangulation.actions import (
    add_evidence,
    add_reason,
    bring_register,
    decide,
    share,
)
from samspill.web.triangulation.gathering import gathered


def load_sources(study: Study, owner: User, municipality: Municipality) -> None:
    """Bring the invented municipality's register to the study; write a memo of the first open
    contradiction that ``made_up.toml`` has reasons for, close another, and let readers see it."""
    on = timezone.localdate()
    register = register_of(municipality)
    counts = counts_of_register(register.frames(), on, municipality.code, provenance="invented")
    bring_register(
        actor=owner, study=study, name=municipality.name, on=on, counts=counts, invented=True
    )
    open_rows = {(r.theme.identifier, r.field): r for r in gathered(study).display.open}
    for memo in made_up()["comparison"]:
        row = open_rows.get((memo["theme"], memo["field"]))
        if row is None:
            continue
        for reason in memo["reason"]:
            made = add_reason(
                actor=owner,
                study=study,
                theme=memo["theme"],
                field=memo["field"],
                kind=reason["kind"],
                text=reason["text"],
            )
            for direction in ("for", "against"):
                if direction in reason:
                    add_evidence(
                        actor=owner,
                        study=study,
                        reason=made,
                        direction=direction,
                        text=reason[direction],
                    )
        if "closed" in memo:
            decide(actor=owner, study=study, row=row, kind="close", text=memo["closed"])
    share(actor=owner, study=study)
